/** What Home and its lists are narrowed to: it stands in the address, so that it can be kept and sent. */

import { address } from "../api/client"
import { here, href, withQuery } from "../router.svelte"

export const PLACES = ["region", "branch", "product"] as const
export const PERIODS = [7, 30, 90, 365]
const USUAL_DAYS = 30
const MOST_DAYS = 366

type Narrowing = Record<(typeof PLACES)[number], string>

export function narrowing(): Narrowing {
  const query = here().query
  return { region: query.get("region") ?? "", branch: query.get("branch") ?? "", product: query.get("product") ?? "" }
}

export function isNarrowed(): boolean {
  return Object.values(narrowing()).some(Boolean)
}

/** How many days flow figures look back on. */
export function days(): number {
  const given = Number(here().query.get("days"))
  return Number.isInteger(given) && given >= 1 && given <= MOST_DAYS ? given : USUAL_DAYS
}

export function withDays(wanted: number): string {
  return withQuery({ days: wanted === USUAL_DAYS ? "" : String(wanted) })
}

/** Home's own address too, with the narrowing kept. */
export function kept(path: string): string {
  const query = here().query.toString()
  return path + (query && `?${query}`)
}

export function listPath(which: string): string {
  return kept(`/lists/${encodeURIComponent(which)}`)
}

export function listHref(which: string): string {
  return href(listPath(which))
}

export function fileHref(name: string, kind: "csv" | "xlsx"): string {
  return address(`/reports/${encodeURIComponent(name)}.${kind}`, { ...narrowing(), days: days() })
}
