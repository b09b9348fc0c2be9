/** The audit trail's codes in words: what was done, who did it, and to what. */

import { href } from "../router.svelte"
import { t } from "../texts.svelte"

/** Every action that the product writes; a test holds this list and its words complete. */
export const ACTIONS = [
  "address_added", "address_changed", "address_confirmed", "borrower_added", "borrower_changed", "case_answer",
  "case_assign", "case_close", "case_give_back", "case_note", "case_opened", "case_take_over", "charge_recorded",
  "chat_joined", "chat_link_made", "consent_recorded", "file_imported", "flow_discarded", "flow_drafted",
  "flow_edited", "flow_imported", "flow_published", "flow_retired", "flow_returned", "flow_reverted",
  "flow_submitted", "hold_lifted", "hold_placed", "language_changed", "limits_approved", "limits_proposed",
  "loan_added", "password_changed", "password_renewed", "payment_recorded", "payment_reversed", "phrase_labelled",
  "plan_cancelled", "plan_recorded", "policy_approved", "policy_proposed", "promise_cancelled", "promise_recorded",
  "signed_in", "signed_out", "staff_added", "staff_changed", "token_added", "token_revoked",
]

const PAGES: Record<string, string> = { borrower: "/borrowers", case: "/cases" }

/** `actor` is 'staff:3', 'token:2', 'system' or 'command_line'. */
export function actorWords(actor: string, staff: Map<number, string>): string {
  const { kind, id } = parts(actor)
  return (kind === "staff" && staff.get(Number(id))) || known(t(`audit_actor.${kind}`, { id }), actor)
}

/** `subject` is such as 'loan:17'. */
export function subjectWords(subject: string, staff: Map<number, string>): string {
  const { kind, id } = parts(subject)
  return (kind === "staff" && staff.get(Number(id))) || known(t(`audit_subject.${kind}`, { id }), subject)
}

/** The page of what it was done to, if it has one. */
export function subjectPage(subject: string): string | null {
  const { kind, id } = parts(subject)
  return PAGES[kind] ? href(`${PAGES[kind]}/${id}`) : null
}

function parts(code: string): { kind: string; id: string } {
  const [kind = "", id = ""] = code.split(":")
  return { kind, id }
}

/** A kind that is newer than this console shows as it came. */
function known(words: string, code: string): string {
  return words.startsWith("audit_") ? code : words
}
