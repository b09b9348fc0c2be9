/** The server's time, which in a demo is not this machine's. */

let offset = $state(0)
let tick = $state(Date.now())

const TICK_MS = 10_000
setInterval(() => (tick = Date.now()), TICK_MS)

export function setClock(now: string): void {
  offset = Date.parse(now) - Date.now()
  tick = Date.now()
}

/** Changes every ten seconds, and with it whatever was worked out from it. */
export function now(): Date {
  return new Date(tick + offset)
}
