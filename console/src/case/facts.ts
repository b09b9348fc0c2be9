/** The facts that came with a case, as a person reads them. */

import { day, money } from "../formats"
import { named, t } from "../texts.svelte"

const AMOUNTS = new Set(["amount", "overdue", "balance", "waived"])
// What only a program could use.
export const UNSAID = new Set(["by", "plan", "message", "last_promise"])
// Facts whose values have their words elsewhere.
const TOPICS: Record<string, string> = { step: "step", receipt: "media", channel: "channel" }
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function isSaid(value: unknown): boolean {
  return value !== null && value !== ""
}

export function factInWords(name: string, value: unknown): string {
  if (typeof value === "boolean") return value ? t("fact.yes") : t("fact.no")
  if (typeof value === "number") return AMOUNTS.has(name) ? money(value) : String(value)
  if (typeof value === "string" && TOPICS[name]) return named(TOPICS[name], value)
  if (typeof value === "string") return DAY.test(value) ? day(value, true) : named("fact_value", value)
  if (Array.isArray(value)) return value.map((each) => factInWords(name, each)).join(", ")
  const parts = Object.entries((value ?? {}) as Record<string, unknown>).filter(([, within]) => isSaid(within))
  return parts.map(([part, within]) => `${named("fact", part)}: ${factInWords(part, within)}`).join("; ")
}
