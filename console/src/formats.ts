/** Money, days and hours as the lender's country writes them, in the language of the screen. */

import { now } from "./clock.svelte"
import { lender } from "./session.svelte"
import { language } from "./texts.svelte"
import decimals from "./texts/decimals.json"

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function locale(): string {
  return `${language()}-${lender().country}`
}

function currencyFormat(currency: string): Intl.NumberFormat {
  const places = digits(currency)
  const size = { minimumFractionDigits: places, maximumFractionDigits: places }
  return new Intl.NumberFormat(locale(), { style: "currency", currency, currencyDisplay: "narrowSymbol", ...size })
}

/** As the server counts minor units; browsers differ, in Colombian pesos for one. */
export function digits(currency: string): number {
  return (decimals as Record<string, number>)[currency] ?? 2
}

/** `amount` in minor units. */
export function money(amount: number, currency: string = lender().currency): string {
  return currencyFormat(currency).format(amount / 10 ** digits(currency))
}

/** A decimal of whole units, as the API writes it; what one message costs can be less than a cent. */
export function price(units: string, currency: string = lender().currency): string {
  const options = { style: "currency", currency, currencyDisplay: "narrowSymbol", maximumFractionDigits: 4 } as const
  return new Intl.NumberFormat(locale(), options).format(Number(units))
}

/** For sums of many: without what is less than a whole unit, and from 1,000 million on shortened. */
export function wholeMoney(amount: number, currency: string = lender().currency): string {
  const units = amount / 10 ** digits(currency)
  const size = Math.abs(units) < 1e9 ? { maximumFractionDigits: 0 } : ({ notation: "compact", maximumFractionDigits: 2 } as const)
  const options = { style: "currency", currency, currencyDisplay: "narrowSymbol", ...size } as const
  return new Intl.NumberFormat(locale(), options).format(units)
}

/** `share` of 1, as the API writes decimals. */
export function percent(share: number | string): string {
  const options = { style: "percent", maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale(), options).format(Number(share))
}

/** Bytes, as people speak of files. */
export function fileSize(bytes: number): string {
  const small = bytes < 1_000_000
  const options = { style: "unit", unit: small ? "kilobyte" : "megabyte", maximumFractionDigits: small ? 0 : 1 } as const
  return new Intl.NumberFormat(locale(), options).format(bytes / (small ? 1000 : 1_000_000))
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

/** What was typed, in minor units; null if it can't be read without a guess. */
export function parseMoney(typed: string, currency: string = lender().currency): number | null {
  const parts = new Intl.NumberFormat(locale()).formatToParts(1234.5)
  const group = parts.find((part) => part.type === "group")?.value ?? ","
  const decimal = parts.find((part) => part.type === "decimal")?.value ?? "."
  const plain = typed.replace(/[\s$]/g, "")
  const [whole = "", fraction = "", ...rest] = plain.split(decimal)
  const places = digits(currency)
  const grouped = whole.split(group)
  const wellGrouped = grouped.length === 1 || grouped.slice(1).every((each) => each.length === 3)
  const integer = grouped.join("")
  if (rest.length || !wellGrouped || !/^\d{1,12}$/.test(integer) || !/^\d*$/.test(fraction)) return null
  if (fraction.length > places) return null
  return Number(integer + fraction.padEnd(places, "0"))
}

/** As `parseMoney` reads it back. */
export function plainMoney(amount: number, currency: string = lender().currency): string {
  const places = digits(currency)
  const options = { useGrouping: false, minimumFractionDigits: places, maximumFractionDigits: places }
  return new Intl.NumberFormat(locale(), options).format(amount / 10 ** places)
}

/** A plain day such as 2026-11-20. It is the same day in every zone. */
export function day(iso: string, year = false): string {
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", weekday: year ? undefined : "short" }
  const shown = year ? { ...options, year: "numeric" as const } : options
  return new Intl.DateTimeFormat(locale(), { ...shown, timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`))
}

export function longDay(iso: string): string {
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }
  return new Intl.DateTimeFormat(locale(), options).format(new Date(`${iso}T00:00:00Z`))
}

export function moment(iso: string): string {
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: lender().zone }).format(new Date(iso))
}

export function hour(iso: string): string {
  const options: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit", timeZone: lender().zone }
  return new Intl.DateTimeFormat(locale(), options).format(new Date(iso))
}

/** The lender's business date, offset by some days. */
export function businessDay(offset = 0): string {
  const shifted = new Date(now().getTime() + offset * DAY * 1000)
  return dayOf(shifted.toISOString())
}

/** The day on which something happened where the lender is. */
export function dayOf(iso: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: lender().zone }).format(new Date(iso))
}

/** The last second of a day where the lender is. */
export function endOfDay(iso: string): string {
  return at(iso, "23:59:59")
}

export function startOfDay(iso: string): string {
  return at(iso, "00:00:00")
}

/** An hour of a day where the lender is. */
function at(iso: string, clock: string): string {
  const options: Intl.DateTimeFormatOptions = { timeZone: lender().zone, timeZoneName: "longOffset" }
  const parts = new Intl.DateTimeFormat("en", options).formatToParts(new Date(`${iso}T${clock}Z`))
  const offset = parts.find((part) => part.type === "timeZoneName")?.value.replace("GMT", "") || "+00:00"
  return `${iso}T${clock}${offset}`
}

/** The two largest parts: '2 d 4 h', '35 min'. */
export function duration(seconds: number): string {
  const unit = (value: number, name: string): string =>
    new Intl.NumberFormat(locale(), { style: "unit", unit: name, unitDisplay: "short" }).format(value)
  const left = Math.max(0, Math.floor(seconds))
  const minutes = unit(Math.floor((left % HOUR) / MINUTE), "minute")
  if (left < HOUR) return minutes
  const hours = unit(Math.floor((left % DAY) / HOUR), "hour")
  if (left < DAY) return `${hours} ${minutes}`
  return `${unit(Math.floor(left / DAY), "day")} ${hours}`
}

export function secondsSince(iso: string): number {
  return (now().getTime() - Date.parse(iso)) / 1000
}
