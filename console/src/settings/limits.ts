/** Limits by product and segment, as the list and the form read them. */

import type { LimitsShown } from "../api/types"
import { percent } from "../formats"
import { t } from "../texts.svelte"

export const LEVELS = ["assistant", "collector", "supervisor"] as const
export type Level = (typeof LEVELS)[number]
type Value = number | string | null | undefined
/** A share is a decimal of 1, written as text. */
export type Limits = Record<string, Value>
export type Unit = "days" | "share" | "count"

/** Whom a limit binds besides the assistant: people change no due date and waive no fee through limits. */
export const LIMITS: { topic: string; people: boolean; limits: [name: string, unit: Unit][] }[] = [
  { topic: "promise", people: true, limits: [
    ["promise_max_days", "days"], ["promise_min_share", "share"], ["promise_max_open", "count"],
  ] },
  { topic: "plan", people: true, limits: [
    ["plan_max_payments", "count"], ["plan_max_days", "days"], ["plan_first_within_days", "days"],
    ["plan_min_first_share", "share"], ["plan_max_in_12m", "count"],
  ] },
  { topic: "date_change", people: false, limits: [["date_change_max_days", "days"], ["date_change_max_in_12m", "count"]] },
  { topic: "waiver_late_fee", people: false, limits: [["waiver_max_share", "share"], ["waiver_max_in_12m", "count"]] },
]

/** What a product and a segment follow, what they will follow, and what was said of them before. */
export interface Group {
  product: string
  segment: string
  now: LimitsShown | null
  coming: LimitsShown[]
  earlier: LimitsShown[]
}

/** By product and segment, those for all first; `rows` the newest first. */
export function groups(rows: LimitsShown[], today: string): Group[] {
  const found = new Map<string, LimitsShown[]>()
  for (const each of rows) {
    const key = JSON.stringify([each.product, each.segment])
    found.set(key, [...(found.get(key) ?? []), each])
  }
  return [...found.keys()].sort().map((key) => group(found.get(key) ?? [], today))
}

function group(rows: LimitsShown[], today: string): Group {
  const latestFirst = [...rows].sort((one, other) => other.valid_from.localeCompare(one.valid_from) || other.id - one.id)
  const now = latestFirst.find((each) => each.approved_by && each.valid_from <= today) ?? null
  const coming = latestFirst.filter((each) => each.valid_from > today).reverse()
  const earlier = latestFirst.filter((each) => each.valid_from <= today && each !== now)
  const { product = "", segment = "" } = rows[0] ?? {}
  return { product, segment, now, coming, earlier }
}

export function levelOf(row: LimitsShown | null, level: Level): Limits {
  return (row?.content[level] as Limits | undefined) ?? {}
}

export function valueWords(value: Value, unit: Unit): string {
  if (value === null || value === undefined) return ""
  if (unit === "share") return percent(value)
  return unit === "days" ? t("limits.days", { count: Number(value) }) : String(value)
}

/** 'Group loans · new borrowers', or that they hold for all. */
export function whoseWords({ product, segment }: { product: string; segment: string }): string {
  if (!product && !segment) return t("limits.all")
  return [product || t("limits.every_product"), segment || t("limits.every_segment")].join(" · ")
}

/** As it stands in its field: shares as percent. */
export function typed(value: Value, unit: Unit): string {
  if (value === null || value === undefined) return ""
  return unit === "share" ? String(Number((Number(value) * 100).toFixed(2))) : String(value)
}

/** What a field says, as the API takes it; null: no limit of its own. */
export function read(text: string, unit: Unit): number | string | null {
  if (text === "") return null
  return unit === "share" ? String(Number((Number(text) / 100).toFixed(4))) : Number(text)
}
