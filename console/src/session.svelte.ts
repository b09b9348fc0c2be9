/** Who is signed in, what they may do, and for which lender. */

import { get, onSignedOut, Problem, setCsrf, write } from "./api/client"
import { connect, disconnect } from "./api/live.svelte"
import type { Lender, Permission, Session } from "./api/types"
import { setClock } from "./clock.svelte"
import { forgetDrafts } from "./draft"
import { speak, type Language } from "./texts.svelte"

const UNKNOWN: Lender = { name: "", zone: "America/Mexico_City", currency: "MXN", country: "MX" }

let current = $state.raw<Session | null>(null)
let expired = $state(false)

export function session(): Session | null {
  return current
}

/** The session ended under the person's hands: they sign in again above the page they were on. */
export function hasExpired(): boolean {
  return expired
}

export function lender(): Lender {
  return current?.lender ?? UNKNOWN
}

export function may(permission: Permission): boolean {
  return current?.permissions.includes(permission) ?? false
}

/** The session that the browser's cookie still holds, if any. */
export async function resume(): Promise<void> {
  try {
    await begin(await get<Session>("/session"))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

export async function begin(started: Session): Promise<void> {
  const other = current && current.staff.id !== started.staff.id
  if (other) forgetDrafts()
  setCsrf(started.csrf_token)
  setClock(started.now)
  if (other) return location.reload()
  current = started
  expired = false
  await speak(started.staff.language.startsWith("en") ? "en" : "es")
  connect()
}

export async function signOut(): Promise<void> {
  await write("DELETE", "/session")
  forgetDrafts()
  end()
}

export async function changeLanguage(language: Language): Promise<void> {
  await speak(language)
  if (current) current = { ...current, staff: { ...current.staff, language } }
  if (current) await write("PATCH", "/session", { body: { language } })
}

function end(): void {
  current = null
  disconnect()
}

onSignedOut(() => {
  disconnect()
  expired = current !== null
})
