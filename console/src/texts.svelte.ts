/** What the screen says, by key. The catalogues are locales/<language>/LC_MESSAGES/console.po. */

export type Language = "es" | "en"
export const LANGUAGES: Record<Language, string> = { es: "Español", en: "English" }

type Catalogue = Record<string, string | string[]>
type Values = Record<string, string | number>

const LOADERS: Record<Language, () => Promise<{ default: Catalogue }>> = {
  es: () => import("./texts/es.json"),
  en: () => import("./texts/en.json"),
}
const STORED_AS = "language"

let phrases = $state.raw<Catalogue>({})
let spoken = $state<Language>("es")

export function language(): Language {
  return spoken
}

/** The one used last on this device, else the browser's, else Spanish. */
export function firstLanguage(): Language {
  const wanted = [localStorage.getItem(STORED_AS), ...navigator.languages.map((each) => each.slice(0, 2))]
  return wanted.find((each): each is Language => each === "es" || each === "en") ?? "es"
}

export async function speak(wanted: Language): Promise<void> {
  phrases = (await LOADERS[wanted]()).default
  spoken = wanted
  localStorage.setItem(STORED_AS, wanted)
  document.documentElement.lang = wanted
}

/** A key without a phrase shows itself: nothing breaks, and it is seen. */
export function t(key: string, values: Values = {}): string {
  const phrase = phrases[key]
  if (phrase === undefined) return key
  const text = typeof phrase === "string" ? phrase : form(phrase, Number(values.count))
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Words for a value of the API; one that is newer than this console shows as it came. */
export function named(topic: string, value: string): string {
  return phrases[`${topic}.${value}`] === undefined ? value.replaceAll("_", " ") : t(`${topic}.${value}`)
}

function form(forms: string[], count: number): string {
  const one = new Intl.PluralRules(spoken).select(count) === "one"
  return forms[one ? 0 : 1] ?? ""
}
