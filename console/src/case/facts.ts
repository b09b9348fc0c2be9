/** The facts that came with a case, as a person reads them. */

import { day, money } from "../formats"
import { named, t } from "../texts.svelte"

const AMOUNTS = new Set(["amount", "overdue", "balance", "waived"])
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function factInWords(name: string, value: unknown): string {
  if (typeof value === "boolean") return value ? t("fact.yes") : t("fact.no")
  if (typeof value === "number") return AMOUNTS.has(name) ? money(value) : String(value)
  if (typeof value === "string") return DAY.test(value) ? day(value, true) : named("fact_value", value)
  if (Array.isArray(value)) return value.map((each) => factInWords(name, each)).join(", ")
  const parts = Object.entries((value ?? {}) as Record<string, unknown>)
  return parts.map(([part, within]) => `${named("fact", part)}: ${factInWords(part, within)}`).join("; ")
}
