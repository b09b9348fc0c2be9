/** What the editor knows of a version's content, `cadence/2`; docs/flows.md describes each field. */

import { t } from "../texts.svelte"

export type Channel = "whatsapp" | "sms" | "telegram"
export type TextFor = "default" | Channel
export type Texts = Record<string, Partial<Record<TextFor, string>>>

export interface Audience {
  min_dpd: number | null
  max_dpd: number | null
  any_of: string[]
  promise_states: string[]
  segments: string[]
  risks: string[]
  products: string[]
  regions: string[]
  languages: string[]
  min_overdue: number | null
  max_overdue: number | null
  currency: string | null
  arms: string[]
}

export interface Step {
  id: string
  name: string
  kind: string
  anchor: "due_date" | "promise_date" | "plan_payment" | "broken_promise" | "payment"
  offset_days: number
  at: string | null
  spread_minutes: number
  phrase: string
  phrase_if_moved: string | null
  texts: Texts
  texts_if_moved: Texts
  templates: Record<string, { content_sid: string; variables: string[] }>
  signature: boolean
  channels: "preferred" | Channel[]
  fall_back: boolean
  audience: Audience
  stop_on: string[]
  valid_for_hours: number
  on_closed_day: "before" | "after" | "skip"
  priority: number
  active: boolean
}

export interface Cadence {
  format: string
  name: string
  note: string
  max_dpd: number
  experiment: { salt: string; hold_out: number; arms: { name: string; share: number }[] } | null
  steps: Step[]
}

/** Only what is said at all of the audience lists. */
export const LISTS = ["segments", "risks", "products", "regions", "languages"] as const

const ANCHORS = ["due_date", "promise_date", "broken_promise", "plan_payment", "payment"]

/** As borrowers live it: what comes around a due date, then around promises and plans, then thanks. */
export function inOrder(steps: Step[]): Step[] {
  return [...steps].sort(
    (one, other) =>
      ANCHORS.indexOf(one.anchor) - ANCHORS.indexOf(other.anchor) ||
      one.offset_days - other.offset_days ||
      (one.at ?? "").localeCompare(other.at ?? ""),
  )
}

/** 'Tres días antes de vencer': the day in words. */
export function when(step: Step): string {
  if (step.anchor === "payment") return t("cadence.payment")
  const count = Math.abs(step.offset_days)
  const side = !count ? "on" : step.offset_days < 0 ? "before" : "after"
  return t(`flow.when.${step.anchor}.${side}`, { count })
}

/** A copy beside its origin, under an id that no other step has. */
export function copyOf(step: Step, steps: Step[]): Step {
  const taken = new Set(steps.map((each) => each.id))
  const stem = step.id.replace(/_\d+$/, "").slice(0, 36)
  const number = [...taken].length + 1
  const free = Array.from({ length: number }, (_, each) => `${stem}_${each + 2}`).find((each) => !taken.has(each))
  return { ...structuredClone(step), id: free ?? stem, name: step.name ? `${step.name} 2` : "" }
}

/** The step's own words for that reader, if it has some. */
export function ownText(step: Step, language: string, channel: TextFor): string | undefined {
  return step.texts[language]?.[channel]
}

/** With those words in place; an empty text is none. */
export function withText(texts: Texts, language: string, channel: TextFor, text: string): Texts {
  const { [channel]: _, ...others } = texts[language] ?? {}
  const said = text ? { ...others, [channel]: text } : others
  const { [language]: __, ...rest } = texts
  return Object.keys(said).length ? { ...rest, [language]: said } : rest
}

/** The values that a text names, each once, as they come. */
export function namesIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), (found) => found[1] ?? ""))]
}
