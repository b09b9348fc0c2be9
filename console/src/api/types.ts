/** What /api/v1 answers. Amounts are minor units, instants ISO 8601 in UTC, days ISO. */

export interface Page<T> {
  items: T[]
  next: string | null
}

export interface Lender {
  name: string
  zone: string
  currency: string
  country: string
}

export interface Session {
  staff: { id: number; name: string; email: string; role: string; branches: string[]; language: string }
  permissions: string[]
  csrf_token: string
  lender: Lender | null
  now: string
}

export interface Person {
  id: number
  name: string
}

export interface CaseRow {
  id: number
  reason: string
  priority: number
  state: "open" | "taken" | "closed"
  borrower: {
    id: number
    external_id: string
    name: string
    branch: string
    region: string
    language: string
  } | null
  conversation_id: number | null
  loan_id: number | null
  staff: Person | null
  opened_at: string
  taken_at: string | null
  closed_at: string | null
  waiting_seconds: number
  escalated_at: string | null
  last_message_at: string | null
}

export interface CaseEvent {
  id: number
  kind: string
  staff: Person | null
  note: string
  at: string
}

export interface Conversation {
  id: number
  channel: string
  owner: "assistant" | "person"
  owner_staff: Person | null
  asks: string | null
  window_until: string | null
}

export interface DueAmount {
  on?: string
  due?: string
  amount: number
}

export interface CaseOffer {
  kind: string
  payments?: DueAmount[]
  answer?: string
  latest?: string | null
  waived?: number
  moved_from?: string | null
  [more: string]: unknown
}

export interface Case extends CaseRow {
  facts: Record<string, unknown>
  offers: CaseOffer[]
  events: CaseEvent[]
  conversation: Conversation | null
  outcome?: string
}

export interface CaseFigures {
  waiting: number
  mine: number
  by_reason: Record<string, number>
}

export interface Message {
  id: number
  direction: "in" | "out"
  channel: string
  kind: string
  text: string
  buttons: { title: string }[]
  media: { type?: string; caption?: string }[]
  status: string
  status_at: string | null
  statuses: { status: string; at: string; error_code: string }[]
  intent: string | null
  created_at: string
  sent_at: string | null
  staff_name?: string | null
  step?: string | null
}

export interface BorrowerRow {
  id: number
  external_id: string
  name: string
  branch: string
  region: string
  active_loans: number
  days_past_due: number
}

export interface Address {
  id: number
  borrower_id: number
  channel: string
  kind: string
  value: string
  confirmed_at: string | null
  verified_until: string | null
  consent_at: string | null
  consent_withdrawn_at: string | null
  opted_out_at: string | null
  wrong_person_at: string | null
  last_inbound_at: string | null
}

export interface Hold {
  id: number
  event: string
  loan_id: number | null
  borrower_id: number | null
  address_id: number | null
  from_at: string
  until_at: string | null
  lifted_at: string | null
  note: string | null
}

export interface Loan {
  id: number
  external_id: string
  label: string
  product: string
  currency: string
  principal: number
  annual_rate: string
  frequency: string
  disbursed_on: string
  status: string
  days_past_due: number
  balance: number
}

/** A loan with what is due, worked out for today. */
export interface LoanStanding extends Loan {
  overdue: number
  next_due: string | null
  next_amount: number | null
  payoff: number
}

export interface Borrower {
  id: number
  external_id: string
  name: string
  given_name: string
  language: string
  zone: string | null
  country: string
  region: string
  branch: string
  officer_name: string
  preferred_channel: string | null
  preferred_time: string | null
  has_identity: boolean
  loans: Loan[]
  addresses: Address[]
  holds: Hold[]
  created_at: string
}

export interface Instalment {
  number: number
  due: string
  original_due: string
  principal: number
  interest: number
  fee: number
  penalty: number
  paid: number
  outstanding: number
  paid_on: string | null
}

export interface Payment {
  id: number
  amount: number
  currency: string
  value_date: string
  channel: string
  reference: string
  reversed_at: string | null
  reversal_reason: string | null
}

export interface Promise_ {
  id: number
  loan_id: number
  amount: number
  due: string
  state: string
}

export interface Plan {
  id: number
  state: string
  payments: { number: number; due: string; amount: number; credited: number; state: string }[]
}

export interface Contacts {
  past: ContactRow[]
  coming: ContactRow[]
}

export interface ContactRow {
  at?: string | null
  day?: string | null
  channel?: string | null
  step?: string | null
  kind?: string | null
  status?: string | null
  reason?: string | null
  text?: string | null
}

export interface ImportRun {
  id: number
  kind: string
  file_name: string
  at: string
  rows: number
  written: number
  unchanged: number
  refused: number
}

/** What a file did, or would do; without an id nothing was written. */
export interface FileTaken {
  id: number | null
  kind: string
  dry_run: boolean
  rows: number
  written: number
  updated: number
  unchanged: number
  refused: number
  notes: { key: string; message: string; count: number }[]
  errors: { line: number; field: string; value: string; message: string; fix: string }[] | null
}

export interface Phrase {
  key: string
  language: string
  texts: string[]
  placeholders: string[]
}

export interface StaffMember {
  id: number
  name: string
  email: string
  role: string
  branches: string[]
  regions: string[]
  languages: string[]
  active: boolean
  case_limit: number
}

export interface AuditEvent {
  id: number
  at: string
  actor: string
  action: string
  subject: string
  detail: Record<string, unknown>
}
