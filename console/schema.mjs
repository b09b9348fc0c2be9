// `npm run schema`: the shapes of openapi.json as types. Its paths are left out: they would be nine tenths of the file.
// With --check nothing is written; types that are not those of the document end it with 1.
import { readFileSync, writeFileSync } from "node:fs"

import openapiTS, { astToString } from "openapi-typescript"

const FILE = "src/api/schema.d.ts"
const { components, ...rest } = JSON.parse(readFileSync("openapi.json", "utf-8"))
const shapes = await openapiTS({ ...rest, paths: {}, components: { schemas: components.schemas } })
const types = astToString(shapes)
if (!process.argv.includes("--check")) {
  writeFileSync(FILE, types)
} else if (types !== readFileSync(FILE, "utf-8")) {
  console.error(`${FILE} is not what openapi.json describes. Run: npm run schema`)
  process.exit(1)
}
