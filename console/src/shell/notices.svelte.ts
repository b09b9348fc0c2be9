/** One short line about what just happened, read out by screen readers. */

const SHOWN_MS = 5_000

let text = $state("")
let timer: ReturnType<typeof setTimeout> | undefined

export function notice(): string {
  return text
}

export function tellPerson(what: string): void {
  clearTimeout(timer)
  text = what
  timer = setTimeout(() => (text = ""), SHOWN_MS)
}
