/** What was typed and not yet sent outlives a reload and a lost session, on this tab only. */

const PREFIX = "draft:"

export function draft(name: string): string {
  return sessionStorage.getItem(PREFIX + name) ?? ""
}

export function keepDraft(name: string, text: string): void {
  if (text) sessionStorage.setItem(PREFIX + name, text)
  else sessionStorage.removeItem(PREFIX + name)
}

export function forgetDrafts(): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX)) sessionStorage.removeItem(name)
  }
}
