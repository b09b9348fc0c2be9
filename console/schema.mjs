// `npm run schema`: the shapes of openapi.json as types. Its paths are left out: they would be nine tenths of the file.
import { readFileSync, writeFileSync } from "node:fs"

import openapiTS, { astToString } from "openapi-typescript"

const [given = "openapi.json"] = process.argv.slice(2)
const { components, ...rest } = JSON.parse(readFileSync(given, "utf-8"))
const types = await openapiTS({ ...rest, paths: {}, components: { schemas: components.schemas } })
writeFileSync("src/api/schema.d.ts", astToString(types))
