/** Addresses under /console, without a page load. */

const BASE = "/console"

export interface Place {
  path: string
  query: URLSearchParams
}

let place = $state.raw<Place>(read())
let leaving: (() => void) | undefined

function read(): Place {
  const path = location.pathname.slice(BASE.length).replace(/\/+$/, "") || "/"
  return { path, query: new URLSearchParams(location.search) }
}

export function here(): Place {
  return place
}

export function href(path: string): string {
  return BASE + path
}

export function go(path: string, how: { replace?: boolean } = {}): void {
  history[how.replace ? "replaceState" : "pushState"](null, "", href(path))
  const before = place.path
  place = read()
  if (place.path !== before) leaving?.()
}

/** Called whenever another page is shown. */
export function onArrival(arrived: () => void): void {
  leaving = arrived
}

/** The same page with some of its query changed; an empty value leaves the query. */
export function withQuery(changes: Record<string, string>): string {
  const query = new URLSearchParams(place.query)
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value)
    else query.delete(name)
  }
  const text = query.toString()
  return place.path + (text ? `?${text}` : "")
}

/** The names in a pattern such as /cases/:id, or null if the path is not of that form. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/")
  const given = path.split("/")
  if (wanted.length !== given.length) return null
  const names: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    const value = decodeURIComponent(given[at] ?? "")
    if (part.startsWith(":")) names[part.slice(1)] = value
    else if (part !== value) return null
  }
  return names
}

window.addEventListener("popstate", () => {
  place = read()
  leaving?.()
})

document.addEventListener("click", (event) => {
  const link = (event.target as Element | null)?.closest?.("a")
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return
  const url = new URL(link.href)
  if (url.origin !== location.origin || !url.pathname.startsWith(`${BASE}/`)) return
  event.preventDefault()
  go(url.pathname.slice(BASE.length) + url.search)
})
