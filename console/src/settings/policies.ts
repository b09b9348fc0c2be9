/** What the console reads of flows and policies; the rest of them is shown as it is stored. */

export interface Step {
  id: string
  anchor: "due_date" | "promise_date" | "payment"
  offset_days: number
  at: string | null
  phrase: string
  audience: { any_of?: string[] }
  active?: boolean
}

export interface Cadence {
  max_dpd: number
  steps: Step[]
}

export const DAY_TYPES = ["mon_fri", "sat", "sun", "holidays"] as const
export type Hours = Partial<Record<(typeof DAY_TYPES)[number], [string, string] | null>>
interface Cap {
  channel: string
  scope: string
  n: number
}
/** Kept with the days on which it holds; of several, some may be over or still to come. */
interface Dated {
  valid_from: string | null
  valid_to: string | null
  signed_off_by: string | null
}
interface Item<T = unknown> extends Dated {
  /** Null: no rule was found, and none limits. */
  value: T | null
}
interface Usual extends Dated {
  hours: Hours
  caps: Cap[]
  min_gap_hours: number | null
}
export interface Country {
  law: { hours: Item<Hours>[]; caps: Item<Cap[]>[] } & Record<string, Item[] | Record<string, Item[]>>
  default: Usual[]
}
export interface ContactPolicy {
  defaults: { outbound_window: [string, string] }
  countries: Record<string, Country>
  channels: Record<string, { enabled_by_default: boolean }>
}

interface Part {
  bot_may: boolean
}
export interface NegotiationPolicy {
  promise: {
    min_amount: string
    max_days_ahead: { dpd_lte_30: number; dpd_gt_30: number }
    max_open: number
    grace_days: number
    min_kept_share: string
    max_broken_in_180d: number
  } & Part
  plan: {
    max_instalments: number
    max_days_total: number
    first_payment_within_days: number
    min_first_payment_share: string
    dpd_range: [number, number]
    max_plans_in_12m: number
  } & Part
  date_change: { max_shift_days: number; max_per_12m: number; max_dpd: number } & Part
  waiver_late_fee: {
    max_share_of_late_fees: string
    requires_full_payment_of_overdue_within_hours: number
    max_per_12m: number
  } & Part
  settlement: Part
  restructure: Part
  identity: { data_points_needed: number; max_attempts: number }
}

/** What holds on a day. */
function inForce<T extends Dated>(items: T[], day: string): T[] {
  return items.filter(({ valid_from, valid_to }) => (!valid_from || valid_from <= day) && (!valid_to || day <= valid_to))
}

/** The hours in which the product, the law and the lender's own rule all allow it: 'HH:MM'. */
export function hoursOf(
  policy: ContactPolicy, country: Country, type: (typeof DAY_TYPES)[number], day: string,
): [string, string] | null {
  const laws = inForce(country.law.hours, day).flatMap((each) => (each.value ? [each.value[type] ?? null] : []))
  const own = inForce(country.default, day).map((each) => each.hours[type] ?? null)
  const parts = [policy.defaults.outbound_window, ...laws, ...own]
  const allowed = parts.filter((each) => each !== null)
  const from = allowed.map((each) => each[0]).sort().at(-1) ?? ""
  const until = allowed.map((each) => each[1]).sort()[0] ?? ""
  return allowed.length === parts.length && own.length && from < until ? [from.slice(0, 5), until.slice(0, 5)] : null
}

/** The smallest number that any rule for all channels names. */
export function capOf(country: Country, scope: string, day: string): number | undefined {
  const caps = [
    ...inForce(country.law.caps, day).flatMap((each) => each.value ?? []),
    ...inForce(country.default, day).flatMap((each) => each.caps),
  ]
  const numbers = caps.filter((each) => each.scope === scope && each.channel === "all").map((each) => each.n)
  return numbers.length ? Math.min(...numbers) : undefined
}

export function gapOf(country: Country, day: string): number | null {
  return inForce(country.default, day)[0]?.min_gap_hours ?? null
}

/** Rules of the law that say something and that nobody has signed off. */
export function unsigned(country: Country, day: string): number {
  const items = Object.values(country.law).flatMap((each) => (Array.isArray(each) ? each : Object.values(each).flat()))
  return inForce(items, day).filter((each) => each.value !== null && !each.signed_off_by).length
}
