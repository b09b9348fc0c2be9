/** One form's sending: never twice at once, and the same key for as long as the same thing is sent. */

import { Problem, write, type Fault, type Method } from "./client"

export class Submission {
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  #sent = ""
  #key = ""
  #shown = new Set<string>()

  /** A field on the screen tells its own faults; returns how it stops. */
  shows(field: string): () => void {
    this.#shown.add(field)
    return () => this.#shown.delete(field)
  }

  /** Faults of what is no field on the screen. */
  get unplaced(): Fault[] {
    return this.problem?.errors.filter((each) => !this.#shown.has(each.field)) ?? []
  }

  /** The answer, or undefined when it was refused: `problem` then says why. */
  async send<T>(method: Method, path: string, body?: unknown, etag = ""): Promise<T | undefined> {
    if (this.busy) return undefined
    this.busy = true
    this.problem = null
    try {
      const answer = await write<T>(method, path, { body, etag, key: this.#keyFor(method, path, body) })
      this.#sent = ""
      return answer
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.problem = error
      return undefined
    } finally {
      this.busy = false
    }
  }

  /** After a lost answer the same write goes out under the same key, so that it is done once. */
  #keyFor(method: Method, path: string, body: unknown): string {
    const content = body instanceof FormData ? path + [...body.values()].map(nameOf).join() : JSON.stringify(body)
    const sent = `${method} ${path} ${content}`
    if (sent !== this.#sent) this.#key = crypto.randomUUID()
    this.#sent = sent
    return this.#key
  }
}

function nameOf(value: FormDataEntryValue): string {
  return typeof value === "string" ? value : `${value.name} ${value.size} ${value.lastModified}`
}
