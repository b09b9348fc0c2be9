/** What Home and its lists are narrowed to: it stands in the address, so that it can be kept and sent. */

import { address } from "../api/client"
import { here, href, withQuery } from "../router.svelte"

export const PLACES = ["region", "branch", "product"] as const
export const PERIODS = [7, 30, 90, 365]
// What only lists are narrowed to.
export const PARTS = ["currency", "maker", "collector"] as const
const USUAL_DAYS = 30
const MOST_DAYS = 366

type Narrowing = Record<(typeof PLACES)[number], string>
export type Part = Record<(typeof PARTS)[number], string>

export function narrowing(): Narrowing {
  const query = here().query
  return { region: query.get("region") ?? "", branch: query.get("branch") ?? "", product: query.get("product") ?? "" }
}

export function part(): Part {
  const query = here().query
  return { currency: query.get("currency") ?? "", maker: query.get("maker") ?? "", collector: query.get("collector") ?? "" }
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

/** Home's own address too, with the narrowing kept and what a list has beside it. */
export function kept(path: string, more: Partial<Narrowing & Part> = {}): string {
  const query = new URLSearchParams(here().query)
  for (const each of PARTS) query.delete(each)
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value)
  const text = query.toString()
  return path + (text && `?${text}`)
}

export function listPath(which: string, more: Partial<Narrowing & Part> = {}): string {
  return kept(`/lists/${encodeURIComponent(which)}`, more)
}

export function listHref(which: string, more: Partial<Narrowing & Part> = {}): string {
  return href(listPath(which, more))
}

export function fileHref(name: string, kind: "csv" | "xlsx"): string {
  return address(`/reports/${encodeURIComponent(name)}.${kind}`, { ...narrowing(), ...part(), days: days() })
}
