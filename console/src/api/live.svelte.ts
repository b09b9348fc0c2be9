/** What happens elsewhere, told as it happens; where events don't come through, a look every few seconds. */

import { address } from "./client"

export type News = { kind: "case"; id: number; urgent: boolean } | { kind: "message"; borrower_id: number | null; conversation_id: number } | { kind: "look" }

const LOOK_MS = 5_000
const AGAIN_MS = 3_000

const listeners = new Set<(news: News) => void>()
let source: EventSource | undefined
let live = $state(false)
let lost = $state(false)

export function isLive(): boolean {
  return live
}

/** News came through before, and don't any more. */
export function isLost(): boolean {
  return lost
}

/** Returns how to stop listening, as an effect wants it. */
export function onNews(listener: (news: News) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function connect(): void {
  source?.close()
  source = new EventSource(address("/live"))
  source.onopen = () => {
    // What happened while nobody listened is found by looking once.
    if (!live) tell({ kind: "look" })
    live = true
    lost = false
  }
  source.onerror = () => {
    lost ||= live
    live = false
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => source && connect(), AGAIN_MS)
  }
  for (const kind of ["case", "message"] as const) {
    source.addEventListener(kind, (event) => tell({ kind, ...JSON.parse(event.data) }))
  }
}

export function disconnect(): void {
  source?.close()
  source = undefined
  live = lost = false
}

function tell(news: News): void {
  for (const listener of listeners) listener(news)
}

setInterval(() => {
  if (source && !live && document.visibilityState === "visible") tell({ kind: "look" })
}, LOOK_MS)
