/** Something read from the API, with the reason if it can't be had. What was read stays while it is read again. */

import { untrack } from "svelte"

import { Problem } from "./api/client"

export class Loading<T> {
  value = $state.raw<T | undefined>()
  problem = $state.raw<Problem | null>(null)
  #round = 0

  constructor(private readonly read: () => Promise<T>) {}

  load = (): Promise<void> => this.#settle(false)

  /** Nobody asked: that the server is away is then said by the shell, once for the whole page. */
  again = (): Promise<void> => this.#settle(untrack(() => this.value !== undefined))

  async #settle(quiet: boolean): Promise<void> {
    const round = ++this.#round
    try {
      const value = await this.read()
      // An answer that was overtaken by a later question is no news.
      if (round === this.#round) [this.value, this.problem] = [value, null]
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (round === this.#round && !(quiet && error.isAway)) this.problem = error
    }
  }
}
