/** A list that is read page by page. Read again, it is as long as it had become. */

import { untrack } from "svelte"

import { get, Problem, type Query } from "./api/client"
import type { Page } from "./api/types"

const STEP = 50
// As many rows as the API gives at once.
const MOST = 200

export class Listing<T> {
  items = $state.raw<T[] | undefined>()
  next = $state<string | null>(null)
  problem = $state.raw<Problem | null>(null)
  #round = 0
  #settled = 0
  #length = STEP

  constructor(private readonly asked: () => { path: string; query?: Query }) {}

  /** From the top, after the question has changed. */
  begin = (): Promise<void> => {
    this.#length = STEP
    return this.load()
  }

  load = (): Promise<void> => this.#settle([], "")

  /** Nobody asked: that the server is away is then said by the shell, once for the whole page. */
  again = (): Promise<void> => this.#settle([], "", untrack(() => this.items !== undefined))

  more = (): Promise<void> => {
    this.#length = (this.items?.length ?? 0) + STEP
    return this.#settle(this.items ?? [], this.next ?? "")
  }

  /** Rows as they now are. What is still being read was asked before that, and is read anew. */
  change = async (step: (items: T[]) => T[]): Promise<void> => {
    this.items = this.items && step(this.items)
    if (this.#round !== this.#settled) await this.load()
  }

  async #settle(before: T[], after: string, quiet = false): Promise<void> {
    const round = ++this.#round
    try {
      const [items, next] = await this.#read(before, after)
      // An answer that was overtaken by a later question is no news.
      if (round === this.#round) [this.items, this.next, this.problem] = [items, next, null]
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (round === this.#round && !(quiet && error.isAway)) this.problem = error
    } finally {
      if (round === this.#round) this.#settled = round
    }
  }

  async #read(before: T[], from: string): Promise<[T[], string | null]> {
    const items = [...before]
    const { path, query } = this.asked()
    let after: string | null = from
    do {
      const limit = Math.min(MOST, Math.max(1, this.#length - items.length))
      const page: Page<T> = await get<Page<T>>(path, { ...query, limit, after })
      items.push(...page.items)
      after = page.next ?? null
    } while (after && items.length < this.#length)
    return [items, after]
  }
}

/** Every row, for lists that one person can look through. */
export async function all<T>(path: string): Promise<T[]> {
  const items: T[] = []
  let after: string | null = ""
  do {
    const page: Page<T> = await get<Page<T>>(path, { limit: MOST, after })
    items.push(...page.items)
    after = page.next ?? null
  } while (after)
  return items
}
