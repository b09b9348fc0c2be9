/** What /api/v1 answers, by the names of this console. Amounts are minor units, instants ISO 8601 in UTC, days ISO. */

import type { components } from "./schema"

type Schemas = components["schemas"]

export interface Page<T> {
  items: T[]
  next?: string | null
}

export type Session = Schemas["SessionShown"]
export type Permission = Schemas["Permission"]
export type Lender = Schemas["LenderShown"]

export type CaseRow = Schemas["CaseShown"]
export type CaseFigures = Schemas["CaseFigures"]
export type Case = Omit<Schemas["CaseStory"], "offers"> & { offers: CaseOffer[] }
export type CaseReason = Schemas["Reason"]
export type Message = Schemas["MessageShown"]
export type Media = Schemas["MediaShown"]
export type ChatLink = Schemas["ChatLinkShown"]

/** As the assistant made it; kinds differ in what they hold. */
export interface CaseOffer {
  kind: string
  payments?: { on?: string; due?: string; amount: number }[]
  answer?: string
  latest?: string | null
  waived?: number
}

export type BorrowerRow = Schemas["BorrowerListed"]
export type Borrower = Schemas["BorrowerWhole"]
export type Address = Schemas["AddressShown"]
export type Hold = Schemas["HoldShown"]
export type Contacts = Schemas["Contacts"]
export type ContactRow = Partial<Pick<Schemas["PastContact"], "at" | "day" | "channel" | "step" | "status" | "reason">>

export type Loan = Schemas["LoanShown"]
export type LoanStanding = Schemas["LoanStanding"]
export type Instalment = Schemas["InstalmentShown"]
export type Payment = Schemas["PaymentShown"]
export type Promise_ = Schemas["PromiseShown"]
export type Plan = Schemas["PlanShown"]

export type FileTaken = Schemas["Taken"]
export type ImportRun = Schemas["RunShown"]
export type Template = Schemas["TemplateShown"]
export type StaffMember = Schemas["StaffShown"]
export type Flow = Schemas["FlowShown"]
export type FlowVersion = Schemas["FlowVersionShown"]
export type FlowFault = Schemas["FlowFault"]
export type FlowChange = Schemas["ChangeShown"]
export type FlowChoices = Schemas["FlowChoices"]
export type Forecast = Schemas["ForecastShown"]
export type ForecastPlan = Schemas["ForecastPlan"]
export type TextsReplayed = Schemas["TextsReplayed"]
export type LimitsReplayed = Schemas["LimitsReplayed"]
export type LimitsVersion = Schemas["LimitsShown"]
export type ForecastRow = Schemas["ForecastRow"]
export type TextShown = Schemas["TextShown"]
export type PolicyInForce = Schemas["InForce"]
export type PolicyVersion = Schemas["VersionShown"]
export type LimitsShown = Schemas["LimitsShown"]
export type LimitsInForce = Schemas["LimitsInForce"]
export type LimitsChoices = Schemas["LimitsChoices"]
export type ShownPhrase = Schemas["PhraseShown"]
export type ApiToken = Schemas["TokenShown"]
export type AuditEvent = Schemas["AuditShown"]

export type Phrase = Schemas["PhraseHeard"]
export type LabellingProgress = Schemas["LabellingProgress"]

export type HomeFigures = Schemas["Home"]
export type HomeChoices = Schemas["Choices"]
export type PortfolioFigures = Schemas["Portfolio"]
export type LoanRow = Schemas["LoanListed"]
export type PromiseRow = Schemas["PromiseListed"]
export type ReminderRow = Schemas["ReminderListed"]
export type PaymentRow = Schemas["PaymentListed"]
