/** What a phrase can be labelled with, in the order in which people look for it. */

import type { Phrase } from "../api/types"

export const MEANINGS = [
  "promise_to_pay", "already_paid", "cannot_pay", "ask_extension", "report_hardship", "ask_balance",
  "ask_next_payment", "ask_payment_methods", "ask_payment_history", "dispute_debt", "wrong_person", "ask_human",
  "complain", "opt_out", "opt_in", "call_me_later", "change_language", "ask_who_are_you", "vulnerable_distress",
  "affirm", "deny", "greet", "thanks", "goodbye", "out_of_scope",
] as const

const MISSED = "nlu_fallback"

/** What was understood; where nothing was, what the model found nearest. */
export function nearest(phrase: Phrase): string {
  const understood = phrase.intent && phrase.intent !== MISSED ? phrase.intent : phrase.guess
  return understood ?? MISSED
}

export function isMeaning(intent: string): boolean {
  return (MEANINGS as readonly string[]).includes(intent)
}
