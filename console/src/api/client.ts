/** The one place that speaks HTTP with /api/v1. */

import { t, language } from "../texts.svelte"

const BASE = "/api/v1"
const LIMIT_MS = 30_000

export interface Fault {
  field: string
  value?: unknown
  message: string
  fix?: string
}

/** Why the API refused, in the words of the person's language; status 0 when it could not be reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors: Fault[] = [],
  ) {
    super(detail)
  }

  get isAway(): boolean {
    return this.status === 0
  }

  of(field: string): Fault | undefined {
    return this.errors.find((each) => each.field === field)
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>
export type Method = "POST" | "PUT" | "PATCH" | "DELETE"

export interface Tagged<T> {
  value: T
  etag: string
}

interface Write {
  body?: unknown
  key?: string
  etag?: string
  query?: Query
}

let csrf = ""
let signedOut: () => void = () => {}

export function setCsrf(token: string): void {
  csrf = token
}

export function onSignedOut(handler: () => void): void {
  signedOut = handler
}

export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "")
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return BASE + path + (text ? `?${text}` : "")
}

export async function get<T>(path: string, query: Query = {}): Promise<T> {
  return (await getTagged<T>(path, query)).value
}

export async function getTagged<T>(path: string, query: Query = {}): Promise<Tagged<T>> {
  const answer = await ask(address(path, query), { headers: { "Accept-Language": language() } })
  return { value: (await answer.json()) as T, etag: answer.headers.get("ETag") ?? "" }
}

export async function write<T>(method: Method, path: string, { body, key, etag, query }: Write = {}): Promise<T> {
  const headers: Record<string, string> = { "Accept-Language": language(), "X-CSRF-Token": csrf }
  if (key) headers["Idempotency-Key"] = key
  if (etag) headers["If-Match"] = etag
  const file = body instanceof FormData
  if (body !== undefined && !file) headers["Content-Type"] = "application/json"
  const answer = await ask(address(path, query), { method, headers, body: file ? body : JSON.stringify(body) })
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) })
  } catch {
    throw new Problem(0, "unreachable", t("problem.unreachable"))
  }
  if (answer.ok) return answer
  const problem = await read(answer)
  if (answer.status === 401 && problem.code !== "sign_in_failed") signedOut()
  throw problem
}

async function read(answer: Response): Promise<Problem> {
  try {
    const told = (await answer.json()) as { code: string; detail?: string; title?: string; errors?: Fault[] }
    return new Problem(answer.status, told.code, told.detail || told.title || "", told.errors ?? [])
  } catch {
    return new Problem(answer.status, "unreadable", t("problem.unreadable", { status: answer.status }))
  }
}
