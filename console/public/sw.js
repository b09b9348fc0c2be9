// Keeps the shell, so that the console opens without signal. What the API answers is never stored here:
// it holds personal data.
const SHELL = "shell-1"
const PAGE = "/console/"

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.add(PAGE)))
  self.skipWaiting()
})

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))

self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(PAGE)) return
  if (request.mode === "navigate") event.respondWith(page())
  else if (url.pathname.startsWith(`${PAGE}assets/`)) event.respondWith(asset(request))
})

// A new build names its files anew, so the page comes from the network whenever there is one,
// and what belonged to the page before goes.
async function page() {
  const cache = await caches.open(SHELL)
  try {
    const answer = await fetch(PAGE, { cache: "no-cache" })
    if (answer.ok) await keep(cache, answer.clone())
    return answer
  } catch {
    return (await cache.match(PAGE)) ?? Response.error()
  }
}

async function keep(cache, answer) {
  const before = await cache.match(PAGE)
  const html = await answer.clone().text()
  if (before && (await before.text()) !== html) {
    for (const each of await cache.keys()) await cache.delete(each)
  }
  await cache.put(PAGE, answer)
}

async function asset(request) {
  const cache = await caches.open(SHELL)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}
