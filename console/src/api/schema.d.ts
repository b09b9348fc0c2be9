export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AddressChange
         * @description Both only stop messages; the owner's own word, a consent or a confirmation starts them again.
         * @example {
         *       "wrong_person": true
         *     }
         */
        AddressChange: {
            /** Opted Out */
            opted_out?: true | null;
            /** Wrong Person */
            wrong_person?: true | null;
        };
        /**
         * AddressGiven
         * @example {
         *       "channel": "whatsapp",
         *       "value": "222 123 4567"
         *     }
         */
        AddressGiven: {
            /**
             * Channel
             * @enum {string}
             */
            channel: "whatsapp" | "sms" | "telegram";
            /**
             * Consent Evidence
             * @description How consent was given; null: it was not.
             */
            consent_evidence?: string | null;
            /**
             * Value
             * @description A phone; for Telegram the number of the user.
             */
            value: string;
        };
        /** AddressShown */
        AddressShown: {
            /** Blocked At */
            blocked_at: string | null;
            /** Borrower Id */
            borrower_id: number;
            /** Channel */
            channel: string;
            /**
             * Confirmed At
             * @description The lender knows that this is the borrower's.
             */
            confirmed_at: string | null;
            /** Consent At */
            consent_at: string | null;
            /** Consent Evidence */
            consent_evidence: string;
            /** Consent Withdrawn At */
            consent_withdrawn_at: string | null;
            /** Id */
            id: number;
            /** Kind */
            kind: string;
            /** Last Inbound At */
            last_inbound_at: string | null;
            /** Opted Out At */
            opted_out_at: string | null;
            /**
             * Position
             * @description 0 is tried first on this channel.
             */
            position: number;
            /**
             * Shared
             * @description Other borrowers are reached here too.
             */
            shared: boolean;
            /** Value */
            value: string;
            /**
             * Verified Until
             * @description The borrower has proven in the chat who writes.
             */
            verified_until: string | null;
            /** Wrong Person At */
            wrong_person_at: string | null;
        };
        /** AnchorChoice */
        AnchorChoice: {
            /**
             * Anchor
             * @enum {string}
             */
            anchor: "due_date" | "promise_date" | "plan_payment" | "broken_promise" | "payment";
            /** Kinds */
            kinds: string[];
            /** Placeholders */
            placeholders: string[];
        };
        /**
         * Answer
         * @example {
         *       "text": "Buenas tardes, soy Laura de la sucursal Centro."
         *     }
         */
        Answer: {
            /**
             * Template
             * @description One of: team.please_reply
             */
            template?: string | null;
            /** Text */
            text?: string | null;
            /**
             * Values
             * @description No template takes any yet.
             * @default {}
             */
            values: {
                [key: string]: string;
            };
        };
        /**
         * Arrears
         * @description How late the latest of a borrower's active loans is, in days.
         * @enum {string}
         */
        Arrears: "none" | "any" | "1-30" | "31-60" | "61-90" | "over_90";
        /**
         * Assigned
         * @example {
         *       "staff_id": 3
         *     }
         */
        Assigned: {
            /** Staff Id */
            staff_id: number | null;
        };
        /** AuditShown */
        AuditShown: {
            /** Action */
            action: string;
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Detail */
            detail: {
                [key: string]: unknown;
            };
            /** Id */
            id: number;
            /** Subject */
            subject: string;
        };
        /** Body_bring_in_file_flows__flow_id__files_post */
        Body_bring_in_file_flows__flow_id__files_post: {
            /** File */
            file: string;
        };
        /** Body_take_file_imports_post */
        Body_take_file_imports_post: {
            /** File */
            file: string;
        };
        /**
         * BorrowerChange
         * @description What is left out stays; null empties what may be empty.
         * @example {
         *       "preferred_time": "18:30"
         *     }
         */
        BorrowerChange: {
            /**
             * Branch
             * @default
             */
            branch: string;
            /**
             * Full Name
             * @default
             */
            full_name: string;
            /**
             * Given Name
             * @default
             */
            given_name: string;
            /**
             * Language
             * @default es
             * @enum {string}
             */
            language: "es" | "en";
            /**
             * Officer Name
             * @default
             */
            officer_name: string;
            /** Preferred Channel */
            preferred_channel?: ("whatsapp" | "sms" | "telegram") | null;
            /** Preferred Time */
            preferred_time?: string | null;
            /**
             * Region
             * @default
             */
            region: string;
            /**
             * Risk
             * @default
             */
            risk: string;
            /**
             * Segment
             * @description The lender's own grouping; flows and limits may name it.
             * @default
             */
            segment: string;
            /** Zone */
            zone?: string | null;
        };
        /**
         * BorrowerGiven
         * @example {
         *       "branch": "Puebla",
         *       "external_id": "C-1042",
         *       "full_name": "Ana Pérez López",
         *       "zone": "America/Mexico_City"
         *     }
         */
        BorrowerGiven: {
            /**
             * Birth Date
             * @description Proves identity; never given back.
             */
            birth_date?: string | null;
            /**
             * Branch
             * @default
             */
            branch: string;
            /**
             * Country
             * @default MX
             */
            country: string;
            /**
             * Document Ending
             * @description Proves identity; never given back.
             */
            document_ending?: string | null;
            /** External Id */
            external_id: string;
            /** Full Name */
            full_name: string;
            /**
             * Given Name
             * @description The first word of the full name if none is given.
             */
            given_name?: string | null;
            /**
             * Language
             * @default es
             * @enum {string}
             */
            language: "es" | "en";
            /**
             * Officer Name
             * @default
             */
            officer_name: string;
            /** Preferred Channel */
            preferred_channel?: ("whatsapp" | "sms" | "telegram") | null;
            /** Preferred Time */
            preferred_time?: string | null;
            /**
             * Region
             * @default
             */
            region: string;
            /**
             * Risk
             * @default
             */
            risk: string;
            /**
             * Segment
             * @description The lender's own grouping; flows and limits may name it.
             * @default
             */
            segment: string;
            /** Zone */
            zone?: string | null;
        };
        /** BorrowerListed */
        BorrowerListed: {
            /** Active Loans */
            active_loans: number;
            /** Branch */
            branch: string;
            /** Country */
            country: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Days Past Due */
            days_past_due: number;
            /** External Id */
            external_id: string;
            /** Given Name */
            given_name: string;
            /**
             * Has Identity
             * @description A birth date or document is on file to prove who writes.
             */
            has_identity: boolean;
            /** Id */
            id: number;
            /** Language */
            language: string;
            /** Name */
            name: string;
            /** Officer Name */
            officer_name: string;
            /** Preferred Channel */
            preferred_channel: string | null;
            /** Preferred Time */
            preferred_time: string | null;
            /** Region */
            region: string;
            /** Risk */
            risk: string;
            /** Segment */
            segment: string;
            /** Zone */
            zone: string | null;
        };
        /** BorrowerNamed */
        BorrowerNamed: {
            /** Branch */
            branch: string;
            /** External Id */
            external_id: string;
            /** Id */
            id: number;
            /** Name */
            name: string;
        };
        /** BorrowerWhole */
        BorrowerWhole: {
            /** Addresses */
            addresses: components["schemas"]["AddressShown"][];
            /** Branch */
            branch: string;
            /** Country */
            country: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** External Id */
            external_id: string;
            /** Given Name */
            given_name: string;
            /**
             * Has Identity
             * @description A birth date or document is on file to prove who writes.
             */
            has_identity: boolean;
            /** Holds */
            holds: components["schemas"]["HoldShown"][];
            /** Id */
            id: number;
            /** Language */
            language: string;
            /** Loans */
            loans: components["schemas"]["LoanShown"][];
            /** Name */
            name: string;
            /** Officer Name */
            officer_name: string;
            /** Preferred Channel */
            preferred_channel: string | null;
            /** Preferred Time */
            preferred_time: string | null;
            /** Region */
            region: string;
            /** Risk */
            risk: string;
            /** Segment */
            segment: string;
            /** Zone */
            zone: string | null;
        };
        /** BranchChoice */
        BranchChoice: {
            /** Branch */
            branch: string;
            /** Region */
            region: string;
        };
        /** Bucket */
        Bucket: {
            /** Balance */
            balance: number;
            /** Loans */
            loans: number;
            /** Name */
            name: string;
            /** Principal */
            principal: number;
        };
        /** CaseBorrower */
        CaseBorrower: {
            /** Branch */
            branch: string;
            /** External Id */
            external_id: string;
            /** Id */
            id: number;
            /** Language */
            language: string;
            /** Name */
            name: string;
            /** Region */
            region: string;
        };
        /** CaseEventShown */
        CaseEventShown: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Id */
            id: number;
            /** Kind */
            kind: string;
            /** Note */
            note: string;
            /** Staff */
            staff: string | null;
        };
        /** CaseFigures */
        CaseFigures: {
            /** By Reason */
            by_reason: {
                [key: string]: number;
            };
            /** Mine */
            mine: number;
            /**
             * Waiting
             * @description Not taken over by anybody.
             */
            waiting: number;
        };
        /**
         * CaseGiven
         * @example {
         *       "borrower_id": 17,
         *       "note": "Llamó a la sucursal.",
         *       "reason": "complaint"
         *     }
         */
        CaseGiven: {
            /** Borrower Id */
            borrower_id: number;
            /**
             * Note
             * @default
             */
            note: string;
            reason: components["schemas"]["Reason"];
        };
        /** CaseShown */
        CaseShown: {
            borrower: components["schemas"]["CaseBorrower"] | null;
            /** Closed At */
            closed_at: string | null;
            /** Conversation Id */
            conversation_id: number | null;
            /** Escalated At */
            escalated_at: string | null;
            /** Id */
            id: number;
            /** Last Message At */
            last_message_at: string | null;
            /** Loan Id */
            loan_id: number | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Outcome */
            outcome: string;
            /**
             * Priority
             * @description 0 is now, 9 can wait.
             */
            priority: number;
            /** Reason */
            reason: string;
            /** @description Who has it, taken over or not. */
            staff: components["schemas"]["Named"] | null;
            /**
             * State
             * @description open | taken | closed
             */
            state: string;
            /** Taken At */
            taken_at: string | null;
            /** Waiting Seconds */
            waiting_seconds: number;
        };
        /** CaseStory */
        CaseStory: {
            borrower: components["schemas"]["CaseBorrower"] | null;
            /** Closed At */
            closed_at: string | null;
            conversation: components["schemas"]["ConversationShown"] | null;
            /** Conversation Id */
            conversation_id: number | null;
            /** Escalated At */
            escalated_at: string | null;
            /** Events */
            events: components["schemas"]["CaseEventShown"][];
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            /**
             * Files
             * @description What came in its conversation from an hour before it was opened.
             */
            files: components["schemas"]["FileShown"][];
            /** Id */
            id: number;
            /** Last Message At */
            last_message_at: string | null;
            /** Loan Id */
            loan_id: number | null;
            /** Offers */
            offers: {
                [key: string]: unknown;
            }[];
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Outcome */
            outcome: string;
            /**
             * Priority
             * @description 0 is now, 9 can wait.
             */
            priority: number;
            /** Reason */
            reason: string;
            /** @description Who has it, taken over or not. */
            staff: components["schemas"]["Named"] | null;
            /**
             * State
             * @description open | taken | closed
             */
            state: string;
            /** Taken At */
            taken_at: string | null;
            /** Waiting Seconds */
            waiting_seconds: number;
        };
        /**
         * Certainty
         * @enum {string}
         */
        Certainty: "missed" | "doubted" | "likely" | "sure";
        /** ChangeShown */
        ChangeShown: {
            /** After */
            after: unknown;
            /** Before */
            before: unknown;
            /** Code */
            code: string;
            /** Field */
            field: string;
            /**
             * Step
             * @description Id of the step; empty: the flow as a whole.
             */
            step: string;
            /**
             * Text
             * @description The change in words, in the caller's language.
             */
            text: string;
        };
        /** Changes */
        Changes: {
            /** Items */
            items: components["schemas"]["ChangeShown"][];
            /**
             * Since
             * @description Number of the version that this one is compared with.
             */
            since: number;
        };
        /**
         * ChargeGiven
         * @example {
         *       "amount": 5000,
         *       "component": "penalty",
         *       "due": "2026-11-16",
         *       "rule": "late_fee"
         *     }
         */
        ChargeGiven: {
            /**
             * Amount
             * @description Minor units.
             */
            amount: number;
            /**
             * Component
             * @enum {string}
             */
            component: "fee" | "penalty";
            /**
             * Due
             * Format: date
             */
            due: string;
            /**
             * Rule
             * @description The contract's rule that it follows.
             */
            rule: string;
        };
        /** ChargeShown */
        ChargeShown: {
            /** Amount */
            amount: number;
            /** Component */
            component: string;
            /**
             * Due
             * Format: date
             */
            due: string;
            /** Id */
            id: number;
            /** Loan Id */
            loan_id: number;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Rule */
            rule: string;
        };
        /** ChatLinkShown */
        ChatLinkShown: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Url
             * @description Given once; null in a repeated answer.
             */
            url: string | null;
        };
        /** Choices */
        Choices: {
            /** Branches */
            branches: components["schemas"]["BranchChoice"][];
            /** Products */
            products: string[];
        };
        /**
         * Closed
         * @example {
         *       "note": "",
         *       "outcome": "paid"
         *     }
         */
        Closed: {
            /**
             * Note
             * @default
             */
            note: string;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "paid" | "promised" | "plan" | "hold" | "wrong_person" | "no_answer" | "resolved" | "other";
        };
        /**
         * ComingContact
         * @description Queued, or what the plan of today would write or leave out now.
         */
        ComingContact: {
            /**
             * At
             * @description Null for what will not be written.
             */
            at?: string | null;
            /** Channel */
            channel?: string | null;
            /** Decision */
            decision: {
                [key: string]: unknown;
            } | null;
            /** Kind */
            kind: string;
            /** Loan Id */
            loan_id: number | null;
            /**
             * Message Id
             * @description Null while it is not queued.
             */
            message_id?: number | null;
            /**
             * Reason
             * @description Why it will not be written.
             */
            reason?: string | null;
            /** Step */
            step: string | null;
            /**
             * Text
             * @description As it would be said now; null where that is settled later.
             */
            text?: string | null;
        };
        /** Confirmation */
        Confirmation: {
            /** Borrower Id */
            borrower_id?: number | null;
        };
        /**
         * ConsentGiven
         * @example {
         *       "evidence": "Signed form of 3 November",
         *       "given": true
         *     }
         */
        ConsentGiven: {
            /**
             * Borrower Id
             * @description Whose consent, where an address is shared.
             */
            borrower_id?: number | null;
            /** Evidence */
            evidence: string;
            /** Given */
            given: boolean;
        };
        /** Contacts */
        Contacts: {
            /** Coming */
            coming: components["schemas"]["ComingContact"][];
            /** Past */
            past: components["schemas"]["PastContact"][];
        };
        /**
         * ContentGiven
         * @example {
         *       "cadence": {
         *         "format": "cadence/2",
         *         "max_dpd": 60,
         *         "name": "default",
         *         "steps": [
         *           {
         *             "anchor": "due_date",
         *             "at": "10:00",
         *             "audience": {
         *               "languages": [
         *                 "es"
         *               ],
         *               "max_dpd": 60
         *             },
         *             "channels": [
         *               "sms",
         *               "telegram"
         *             ],
         *             "id": "due_today",
         *             "kind": "reminder",
         *             "name": "Vence hoy",
         *             "offset_days": 0,
         *             "on_closed_day": "before",
         *             "phrase": "reminder.due_today",
         *             "priority": 20,
         *             "spread_minutes": 60,
         *             "stop_on": [
         *               "reply"
         *             ],
         *             "texts": {
         *               "es": {
         *                 "default": "Hola, {name}. Hoy vence su pago de {amount} con {lender}."
         *               }
         *             },
         *             "valid_for_hours": 8
         *           }
         *         ]
         *       }
         *     }
         */
        ContentGiven: {
            /**
             * Cadence
             * @description The whole content: docs/flows.md describes each field.
             */
            cadence: {
                [key: string]: unknown;
            };
        };
        /** ConversationShown */
        ConversationShown: {
            /**
             * Asks
             * @description What the assistant waits to hear.
             */
            asks: string | null;
            /** Borrower Id */
            borrower_id: number | null;
            /** Channel */
            channel: string;
            /** Free Text */
            free_text: boolean;
            /** Id */
            id: number;
            /**
             * Owner
             * @description assistant | person
             */
            owner: string;
            /** Owner Staff */
            owner_staff: string | null;
            /** Owner Staff Id */
            owner_staff_id: number | null;
            /**
             * Window Until
             * @description Until when free text may be sent; null: always, or never yet.
             */
            window_until: string | null;
        };
        /**
         * Correction
         * @enum {string}
         */
        Correction: "refused" | "chose_other" | "asked_again" | "person_called";
        /**
         * DraftGiven
         * @example {
         *       "based_on": 3
         *     }
         * @example {}
         */
        DraftGiven: {
            /**
             * Based On
             * @description Null: the published version.
             */
            based_on?: number | null;
        };
        /**
         * Due
         * @description Open promises, in minor units of `currency`.
         */
        Due: {
            /** Currency */
            currency: string;
            /** Today */
            today: number;
            /** Today Amount */
            today_amount: number;
            /** Week */
            week: number;
            /** Week Amount */
            week_amount: number;
        };
        /**
         * Effect
         * @description What reminders cause. A number needs borrowers who were not reminded, chosen by chance; there are none.
         */
        Effect: {
            /** Effect */
            effect?: null;
            /**
             * Reason
             * @default not_measured
             */
            reason: string;
        };
        /**
         * Ended
         * @description How promises ended; the rates leave out open and cancelled ones.
         */
        Ended: {
            /** Broken */
            broken: number;
            /** Broken Amount */
            broken_amount: number;
            /** Kept */
            kept: number;
            /** Kept Amount */
            kept_amount: number;
            /** Partial */
            partial: number;
            /** Partial Amount */
            partial_amount: number;
            /** Rate */
            rate: string;
            /** Rate By Amount */
            rate_by_amount: string;
        };
        /**
         * Faults
         * @description Empty: it may be published.
         */
        Faults: {
            /** Items */
            items: components["schemas"]["FlowFault"][];
        };
        /** FieldFault */
        FieldFault: {
            /** Field */
            field: string;
            /**
             * Fix
             * @default
             */
            fix: string;
            /** Message */
            message: string;
            /**
             * Value
             * @default null
             */
            value: unknown;
        };
        /** FileShown */
        FileShown: {
            /** Id */
            id: number;
            /**
             * Kind
             * @description image | document | voice | video | sticker
             */
            kind: string;
            /**
             * Mime
             * @description What the file is, whatever its sender said.
             */
            mime: string;
            /**
             * Reason
             * @description Why it is not here, if it was refused or lost.
             */
            reason: string;
            /** Size */
            size: number;
            /**
             * State
             * @description waiting | kept | refused | lost | forgotten
             */
            state: string;
            /**
             * Transcript
             * @description A voice note's words, where a program could tell them.
             */
            transcript: string | null;
        };
        /**
         * FlowChoices
         * @description What there is among this lender's borrowers and loans, and what a step may be made of.
         */
        FlowChoices: {
            /** Anchors */
            anchors: components["schemas"]["AnchorChoice"][];
            /**
             * Channels
             * @description In the order of 'preferred'.
             */
            channels: ("whatsapp" | "sms" | "telegram")[];
            /** Channels On */
            channels_on: ("whatsapp" | "sms" | "telegram")[];
            /** Countries */
            countries: string[];
            /** Currencies */
            currencies: string[];
            /** Languages */
            languages: string[];
            /** Products */
            products: string[];
            /** Regions */
            regions: string[];
            /** Risks */
            risks: string[];
            /** Segments */
            segments: string[];
            /** Templates */
            templates: components["schemas"]["TemplateChoice"][];
        };
        /**
         * FlowFault
         * @description `field` is the place inside the step, such as 'texts.es.sms'; a null `step` is the flow as a whole.
         */
        FlowFault: {
            /**
             * Code
             * @description Stable; the texts are for people.
             */
            code: string;
            /** Field */
            field: string;
            /** Fix */
            fix: string;
            /** Message */
            message: string;
            /** Step */
            step: string | null;
            /**
             * Step Name
             * @description How staff call the step.
             */
            step_name: string;
            /** Value */
            value?: unknown;
        };
        /** FlowShown */
        FlowShown: {
            /** Active */
            active: boolean;
            /** Id */
            id: number;
            /** Name */
            name: string;
            /**
             * Published
             * @description Number of the version that is followed.
             */
            published: number | null;
        };
        /** FlowVersionShown */
        FlowVersionShown: {
            /**
             * Based On
             * @description Number of the version that it was copied from.
             */
            based_on: number | null;
            /**
             * Cadence
             * @description The whole content, every field written out.
             */
            cadence: {
                [key: string]: unknown;
            };
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Edited At */
            edited_at: string | null;
            /** Edited By */
            edited_by: string;
            /** Id */
            id: number;
            /**
             * Note
             * @description Why it was published, or retired.
             */
            note: string;
            /** Number */
            number: number;
            /** Published At */
            published_at: string | null;
            /** Published By */
            published_by: string | null;
            /** Retired At */
            retired_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "draft" | "in_review" | "published" | "retired";
            /** Submitted By */
            submitted_by: string | null;
        };
        /**
         * ForecastGiven
         * @example {
         *       "days": 30
         *     }
         */
        ForecastGiven: {
            /**
             * Days
             * @default 30
             */
            days: number;
        };
        /** ForecastPlan */
        ForecastPlan: {
            /** Borrowers Left Alone */
            borrowers_left_alone: number;
            /** Borrowers Written To */
            borrowers_written_to: number;
            /** By */
            by: {
                [key: string]: components["schemas"]["ForecastRow"][];
            };
            /** Cadence */
            cadence: string;
            /**
             * Cost
             * @description Minor units; null where no price is set.
             */
            cost: number | null;
            /** Currency */
            currency: string;
            /**
             * Left Alone Because
             * @description Borrowers by the reason that kept most messages from them.
             */
            left_alone_because: {
                [key: string]: number;
            };
            /** Messages */
            messages: number;
            /**
             * Name
             * @enum {string}
             */
            name: "published" | "draft";
            /** Samples */
            samples: components["schemas"]["ForecastSample"][];
            /**
             * Segments
             * @description With the longest names: at most so many.
             */
            segments: number;
            /**
             * Silences
             * @description Messages that were due and are not written, by reason.
             */
            silences: {
                [key: string]: number;
            };
        };
        /** ForecastRow */
        ForecastRow: {
            /**
             * Cost
             * @description Minor units; null where no price is set.
             */
            cost: number | null;
            /** Messages */
            messages: number;
            /** Segments */
            segments: number;
            /** Value */
            value: string;
        };
        /**
         * ForecastSample
         * @description One message of its form, for the borrower with the longest name that gets one.
         */
        ForecastSample: {
            /** Channel */
            channel: string;
            /** Country */
            country: string;
            /**
             * Known
             * @description False: the address is not confirmed, so nothing of the account is said.
             */
            known: boolean;
            /** Language */
            language: string;
            /** Segments */
            segments: number;
            /**
             * Several
             * @description Several loans in one text.
             */
            several: boolean;
            /** Step */
            step: string;
            /** Text */
            text: string;
        };
        /**
         * ForecastShown
         * @example {
         *       "asked_at": "2026-11-24T15:00:00Z",
         *       "asked_by": "staff:1",
         *       "days": 30,
         *       "done": 12000,
         *       "state": "running",
         *       "total": 48210
         *     }
         */
        ForecastShown: {
            /**
             * Asked At
             * Format: date-time
             * @description It looks ahead from here.
             */
            asked_at: string;
            /** Asked By */
            asked_by: string;
            /** Days */
            days: number;
            /**
             * Done
             * @description Borrowers looked at so far.
             */
            done: number;
            /**
             * Plans
             * @description What is published, then the draft; null until it is done.
             */
            plans: components["schemas"]["ForecastPlan"][] | null;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "done" | "failed";
            /** Total */
            total: number;
        };
        /** Funnel */
        Funnel: {
            /** Answered */
            answered: number;
            /** Delivered */
            delivered: number;
            /** Paid */
            paid: number;
            /** Promised */
            promised: number;
            /** Sent */
            sent: number;
        };
        /**
         * GivenBack
         * @example {
         *       "summary": "Paga 300 el lunes."
         *     }
         */
        GivenBack: {
            /** Summary */
            summary: string;
        };
        /**
         * HoldGiven
         * @description On exactly one borrower, loan or address.
         * @example {
         *       "borrower_id": 12,
         *       "event": "hardship",
         *       "note": "Lost work"
         *     }
         */
        HoldGiven: {
            /** Address Id */
            address_id?: number | null;
            /** Borrower Id */
            borrower_id?: number | null;
            /**
             * Event
             * @enum {string}
             */
            event: "dispute" | "payment_claim" | "hardship" | "vulnerable" | "wrong_person" | "deceased" | "represented" | "minor" | "abuse" | "opt_out";
            /** Loan Id */
            loan_id?: number | null;
            /**
             * Note
             * @default
             */
            note: string;
            /** Until */
            until?: string | null;
        };
        /** HoldShown */
        HoldShown: {
            /** Address Id */
            address_id: number | null;
            /** Borrower Id */
            borrower_id: number | null;
            /** Event */
            event: string;
            /**
             * From At
             * Format: date-time
             */
            from_at: string;
            /** Id */
            id: number;
            /** Lifted At */
            lifted_at: string | null;
            /** Lifted By */
            lifted_by: string;
            /** Loan Id */
            loan_id: number | null;
            /** Note */
            note: string | null;
            /**
             * Until At
             * @description Null: until somebody lifts it.
             */
            until_at: string | null;
        };
        /**
         * Home
         * @description Figures per currency are never added up over currencies.
         */
        Home: {
            /** Due */
            due: components["schemas"]["Due"][];
            effect: components["schemas"]["Effect"];
            /**
             * First
             * Format: date
             */
            first: string;
            funnel: components["schemas"]["Funnel"];
            /** Kept */
            kept: components["schemas"]["Kept"][];
            /** Places */
            places: components["schemas"]["Place"][];
            /** Portfolios */
            portfolios: components["schemas"]["Portfolio"][];
            /** Recovered */
            recovered: components["schemas"]["Recovered"][];
            /**
             * Today
             * Format: date
             */
            today: string;
            /** Waiting */
            waiting: components["schemas"]["Waiting"][];
        };
        /** InForce */
        InForce: {
            /** Content */
            content: {
                [key: string]: unknown;
            };
            /** Version */
            version: string;
        };
        /** InstalmentShown */
        InstalmentShown: {
            /**
             * Due
             * Format: date
             */
            due: string;
            /** Fee */
            fee: number;
            /** Interest */
            interest: number;
            /** Number */
            number: number;
            /**
             * Original Due
             * Format: date
             */
            original_due: string;
            /** Outstanding */
            outstanding: number;
            /** Paid */
            paid: number;
            /** Paid On */
            paid_on: string | null;
            /** Penalty */
            penalty: number;
            /** Principal */
            principal: number;
        };
        /**
         * Intent
         * @description What a phrase can be labelled with: the intents of domain.yml that the model learns.
         * @enum {string}
         */
        Intent: "greet" | "goodbye" | "thanks" | "affirm" | "deny" | "ask_balance" | "ask_next_payment" | "ask_payment_methods" | "ask_payment_history" | "promise_to_pay" | "cannot_pay" | "ask_extension" | "report_hardship" | "already_paid" | "dispute_debt" | "wrong_person" | "ask_human" | "opt_out" | "opt_in" | "change_language" | "complain" | "ask_who_are_you" | "call_me_later" | "vulnerable_distress" | "out_of_scope";
        /**
         * Kept
         * @description Promises of one currency whose day lies in the window.
         */
        Kept: {
            all: components["schemas"]["Ended"];
            assistant: components["schemas"]["Ended"];
            /** Currency */
            currency: string;
            people: components["schemas"]["Ended"];
        };
        /**
         * LabelGiven
         * @example {
         *       "intent": "ask_balance"
         *     }
         */
        LabelGiven: {
            intent: components["schemas"]["Intent"];
        };
        /** LabelShown */
        LabelShown: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /** Intent */
            intent: string;
        };
        /** LabellingProgress */
        LabellingProgress: {
            /** Labelled */
            labelled: number;
            /**
             * Phrases
             * @description Different phrases in these days.
             */
            phrases: number;
        };
        /** LenderShown */
        LenderShown: {
            /** Country */
            country: string;
            /** Currency */
            currency: string;
            /** Name */
            name: string;
            /** Zone */
            zone: string;
        };
        /**
         * LevelLimits
         * @description Each level reaches at least as far as the one before.
         */
        "LevelLimits-Input": {
            /** @default {} */
            assistant: components["schemas"]["Limits-Input"];
            /** @default {} */
            collector: components["schemas"]["Limits-Input"];
            /** @default {} */
            supervisor: components["schemas"]["Limits-Input"];
        };
        /**
         * LevelLimits
         * @description Each level reaches at least as far as the one before.
         */
        "LevelLimits-Output": {
            /** @default {} */
            assistant: components["schemas"]["Limits-Output"];
            /** @default {} */
            collector: components["schemas"]["Limits-Output"];
            /** @default {} */
            supervisor: components["schemas"]["Limits-Output"];
        };
        /** Limits */
        "Limits-Input": {
            /** Date Change Max Days */
            date_change_max_days?: number | null;
            /** Date Change Max In 12M */
            date_change_max_in_12m?: number | null;
            /** Plan First Within Days */
            plan_first_within_days?: number | null;
            /**
             * Plan Max Days
             * @description From today to the last payment.
             */
            plan_max_days?: number | null;
            /** Plan Max In 12M */
            plan_max_in_12m?: number | null;
            /** Plan Max Payments */
            plan_max_payments?: number | null;
            /**
             * Plan Min First Share
             * @description Of what is overdue.
             */
            plan_min_first_share?: number | string | null;
            /**
             * Promise Max Days
             * @description How many days ahead a promise may lie.
             */
            promise_max_days?: number | null;
            /**
             * Promise Max Open
             * @description Open promises of one borrower.
             */
            promise_max_open?: number | null;
            /**
             * Promise Min Share
             * @description The least share of what is overdue.
             */
            promise_min_share?: number | string | null;
            /** Waiver Max In 12M */
            waiver_max_in_12m?: number | null;
            /**
             * Waiver Max Share
             * @description Of the late fees.
             */
            waiver_max_share?: number | string | null;
        };
        /** Limits */
        "Limits-Output": {
            /** Date Change Max Days */
            date_change_max_days?: number | null;
            /** Date Change Max In 12M */
            date_change_max_in_12m?: number | null;
            /** Plan First Within Days */
            plan_first_within_days?: number | null;
            /**
             * Plan Max Days
             * @description From today to the last payment.
             */
            plan_max_days?: number | null;
            /** Plan Max In 12M */
            plan_max_in_12m?: number | null;
            /** Plan Max Payments */
            plan_max_payments?: number | null;
            /**
             * Plan Min First Share
             * @description Of what is overdue.
             */
            plan_min_first_share?: string | null;
            /**
             * Promise Max Days
             * @description How many days ahead a promise may lie.
             */
            promise_max_days?: number | null;
            /**
             * Promise Max Open
             * @description Open promises of one borrower.
             */
            promise_max_open?: number | null;
            /**
             * Promise Min Share
             * @description The least share of what is overdue.
             */
            promise_min_share?: string | null;
            /** Waiver Max In 12M */
            waiver_max_in_12m?: number | null;
            /**
             * Waiver Max Share
             * @description Of the late fees.
             */
            waiver_max_share?: string | null;
        };
        /**
         * LimitsChoices
         * @description What there is among this lender's loans and borrowers, and what limits begin from.
         */
        LimitsChoices: {
            /**
             * Policy
             * @description What the assistant may do without limits of its own.
             */
            policy: {
                [key: string]: number | string | null;
            };
            /** Products */
            products: string[];
            /**
             * Second Person
             * @description Whoever proposed limits does not approve them.
             */
            second_person: boolean;
            /** Segments */
            segments: string[];
        };
        /**
         * LimitsGiven
         * @example {
         *       "content": {
         *         "assistant": {
         *           "plan_max_payments": 3,
         *           "promise_max_days": 10
         *         },
         *         "collector": {
         *           "plan_max_days": 60,
         *           "plan_max_payments": 4,
         *           "promise_max_days": 20
         *         },
         *         "supervisor": {
         *           "plan_max_payments": 8
         *         }
         *       },
         *       "product": "group loan",
         *       "segment": "",
         *       "valid_from": "2027-01-01"
         *     }
         */
        LimitsGiven: {
            content: components["schemas"]["LevelLimits-Input"];
            /**
             * Product
             * @default
             */
            product: string;
            /**
             * Segment
             * @default
             */
            segment: string;
            /**
             * Valid From
             * Format: date
             * @description The first day on which they hold, after today.
             */
            valid_from: string;
        };
        /** LimitsInForce */
        LimitsInForce: {
            /** @description Null: the negotiation policy alone holds. */
            limits: components["schemas"]["LimitsShown"] | null;
        };
        /** LimitsReplayed */
        LimitsReplayed: {
            /** Changed */
            changed: number;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /**
             * Items
             * @description The newest of them first.
             */
            items: components["schemas"]["TurnReplayed"][];
            /**
             * Left Out
             * @description Older turns that were not looked at.
             */
            left_out: number;
            /** Looked At */
            looked_at: number;
            /**
             * Unlike
             * @description Turns that can't be judged again: not all that was known then has been kept.
             */
            unlike: number;
        };
        /** LimitsShown */
        LimitsShown: {
            /**
             * Approved By
             * @description Null: a proposal, which nothing follows.
             */
            approved_by: string | null;
            content: components["schemas"]["LevelLimits-Output"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: number;
            /**
             * Product
             * @description Empty: every product.
             */
            product: string;
            /** Proposed By */
            proposed_by: string;
            /**
             * Segment
             * @description Empty: every segment.
             */
            segment: string;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
        };
        /**
         * LoanGiven
         * @example {
         *       "annual_rate": "36",
         *       "borrower_id": 12,
         *       "currency": "MXN",
         *       "disbursed_on": "2026-11-02",
         *       "external_id": "P-2088",
         *       "first_due": "2026-11-16",
         *       "frequency": "biweekly",
         *       "instalments": 12,
         *       "method": "level",
         *       "principal": 600000
         *     }
         */
        LoanGiven: {
            /**
             * Annual Rate
             * @description Percent a year.
             */
            annual_rate: number | string;
            /** Borrower Id */
            borrower_id: number;
            /** Currency */
            currency: string;
            /**
             * Cycle
             * @default 1
             */
            cycle: number;
            /**
             * Disbursed On
             * Format: date
             */
            disbursed_on: string;
            /** External Id */
            external_id: string;
            /**
             * First Due
             * @description One period after the disbursement if none is given.
             */
            first_due?: string | null;
            /**
             * Frequency
             * @enum {string}
             */
            frequency: "weekly" | "biweekly" | "every_15_days" | "semimonthly" | "monthly";
            /** Instalments */
            instalments: number;
            /**
             * Label
             * @default
             */
            label: string;
            /**
             * Method
             * @enum {string}
             */
            method: "flat" | "level" | "equal_principal";
            /**
             * Principal
             * @description Minor units.
             */
            principal: number;
            /**
             * Product
             * @default
             */
            product: string;
        };
        /** LoanListed */
        LoanListed: {
            /** Balance */
            balance: number;
            /** Borrower */
            borrower: string;
            /** Borrower Id */
            borrower_id: number;
            /** Branch */
            branch: string;
            /** Currency */
            currency: string;
            /** Days Past Due */
            days_past_due: number;
            /** External Id */
            external_id: string;
            /** Id */
            id: number;
            /** Overdue */
            overdue: number;
            /** Principal */
            principal: number;
            /** Product */
            product: string;
            /** Region */
            region: string;
            /** Restructured */
            restructured: boolean;
        };
        /** LoanShown */
        LoanShown: {
            /**
             * Annual Rate
             * @description Percent a year.
             */
            annual_rate: string;
            /**
             * Balance
             * @description All that is still to pay, interest and charges included.
             */
            balance: number;
            borrower: components["schemas"]["BorrowerNamed"];
            /**
             * Credit
             * @description Paid beyond what is owed.
             */
            credit: number;
            /** Currency */
            currency: string;
            /**
             * Cycle
             * @description Which loan of this borrower; 1 is the first.
             */
            cycle: number;
            /** Days Past Due */
            days_past_due: number;
            /**
             * Disbursed On
             * Format: date
             */
            disbursed_on: string;
            /** External Id */
            external_id: string;
            /** Frequency */
            frequency: string;
            /** Id */
            id: number;
            /** Label */
            label: string;
            /** Method */
            method: string;
            /**
             * Oldest Due
             * @description Of the oldest instalment with something left to pay.
             */
            oldest_due: string | null;
            /** Principal */
            principal: number;
            /** Principal Outstanding */
            principal_outstanding: number;
            /** Product */
            product: string;
            /** Restructured */
            restructured: boolean;
            /** Status */
            status: string;
        };
        /** LoanStanding */
        LoanStanding: {
            /**
             * Annual Rate
             * @description Percent a year.
             */
            annual_rate: string;
            /**
             * Balance
             * @description All that is still to pay, interest and charges included.
             */
            balance: number;
            borrower: components["schemas"]["BorrowerNamed"];
            /**
             * Credit
             * @description Paid beyond what is owed.
             */
            credit: number;
            /** Currency */
            currency: string;
            /**
             * Cycle
             * @description Which loan of this borrower; 1 is the first.
             */
            cycle: number;
            /** Days Past Due */
            days_past_due: number;
            /**
             * Disbursed On
             * Format: date
             */
            disbursed_on: string;
            /** External Id */
            external_id: string;
            /** Frequency */
            frequency: string;
            /** Id */
            id: number;
            /** Label */
            label: string;
            /** Method */
            method: string;
            /** Next Amount */
            next_amount: number | null;
            /** Next Due */
            next_due: string | null;
            /**
             * Oldest Due
             * @description Of the oldest instalment with something left to pay.
             */
            oldest_due: string | null;
            /** Overdue */
            overdue: number;
            /**
             * Payoff
             * @description What closes the loan today: the balance of its schedule.
             */
            payoff: number;
            /** Principal */
            principal: number;
            /** Principal Outstanding */
            principal_outstanding: number;
            /** Product */
            product: string;
            /** Restructured */
            restructured: boolean;
            /** Status */
            status: string;
        };
        /** Me */
        Me: {
            /** Branches */
            branches: string[];
            /** Email */
            email: string;
            /** Id */
            id: number;
            /** Language */
            language: string;
            /** Name */
            name: string;
            /** Role */
            role: string;
        };
        /**
         * MediaShown
         * @description One thing that came with a message: a picture, a voice note, a sticker.
         */
        MediaShown: {
            file: components["schemas"]["FileShown"] | null;
            /**
             * Kind
             * @description image | document | voice | video | sticker | other
             */
            kind: string;
            /**
             * Name
             * @description As its sender called it.
             */
            name: string;
            /** Seconds */
            seconds: number | null;
        };
        /** MessageShown */
        MessageShown: {
            /** Borrower Id */
            borrower_id: number | null;
            /** Buttons */
            buttons: {
                [key: string]: unknown;
            }[];
            /** Channel */
            channel: string;
            /** Conversation Id */
            conversation_id: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Direction
             * @description in | out
             */
            direction: string;
            /** Id */
            id: number;
            /** Intent */
            intent: string | null;
            /** Kind */
            kind: string;
            /** Media */
            media: components["schemas"]["MediaShown"][];
            /** Sent At */
            sent_at: string | null;
            /**
             * Staff Name
             * @description Who wrote it, if a person did.
             */
            staff_name: string | null;
            /** Status */
            status: string;
            /**
             * Status At
             * Format: date-time
             */
            status_at: string;
            /** Statuses */
            statuses: components["schemas"]["StatusShown"][];
            /** Step */
            step: string | null;
            /**
             * Text
             * @description Digits of an answer to 'who are you' are hidden: they prove identity.
             */
            text: string;
        };
        /** MessageStory */
        MessageStory: {
            /** Borrower Id */
            borrower_id: number | null;
            /** Buttons */
            buttons: {
                [key: string]: unknown;
            }[];
            /** Channel */
            channel: string;
            /** Conversation Id */
            conversation_id: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Decision
             * @description The verdict and all that it was based on.
             */
            decision: {
                [key: string]: unknown;
            } | null;
            /**
             * Direction
             * @description in | out
             */
            direction: string;
            /** Error Code */
            error_code: string;
            /** Id */
            id: number;
            /** Intent */
            intent: string | null;
            /** Kind */
            kind: string;
            /** Media */
            media: components["schemas"]["MediaShown"][];
            /** Send After */
            send_after: string | null;
            /** Sent At */
            sent_at: string | null;
            /**
             * Staff Name
             * @description Who wrote it, if a person did.
             */
            staff_name: string | null;
            /** Status */
            status: string;
            /**
             * Status At
             * Format: date-time
             */
            status_at: string;
            /** Statuses */
            statuses: components["schemas"]["StatusShown"][];
            /** Step */
            step: string | null;
            /**
             * Text
             * @description Digits of an answer to 'who are you' are hidden: they prove identity.
             */
            text: string;
        };
        /** Named */
        Named: {
            /** Id */
            id: number;
            /** Name */
            name: string;
        };
        /** NewPassword */
        NewPassword: {
            /** Current */
            current: string;
            /** New */
            new: string;
        };
        /**
         * Note
         * @example {
         *       "text": "Llamar el lunes."
         *     }
         */
        Note: {
            /** Text */
            text: string;
        };
        /**
         * NoteGiven
         * @example {
         *       "note": "Nobody is reminded in May."
         *     }
         */
        NoteGiven: {
            /**
             * Note
             * @description Why; kept for ever.
             */
            note: string;
        };
        /** Page[AuditShown] */
        Page_AuditShown_: {
            /** Items */
            items: components["schemas"]["AuditShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[BorrowerListed] */
        Page_BorrowerListed_: {
            /** Items */
            items: components["schemas"]["BorrowerListed"][];
            /** Next */
            next?: string | null;
        };
        /** Page[CaseShown] */
        Page_CaseShown_: {
            /** Items */
            items: components["schemas"]["CaseShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[ChargeShown] */
        Page_ChargeShown_: {
            /** Items */
            items: components["schemas"]["ChargeShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[ConversationShown] */
        Page_ConversationShown_: {
            /** Items */
            items: components["schemas"]["ConversationShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[FlowShown] */
        Page_FlowShown_: {
            /** Items */
            items: components["schemas"]["FlowShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[FlowVersionShown] */
        Page_FlowVersionShown_: {
            /** Items */
            items: components["schemas"]["FlowVersionShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[HoldShown] */
        Page_HoldShown_: {
            /** Items */
            items: components["schemas"]["HoldShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[InstalmentShown] */
        Page_InstalmentShown_: {
            /** Items */
            items: components["schemas"]["InstalmentShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[LimitsShown] */
        Page_LimitsShown_: {
            /** Items */
            items: components["schemas"]["LimitsShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[LoanShown] */
        Page_LoanShown_: {
            /** Items */
            items: components["schemas"]["LoanShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[MessageShown] */
        Page_MessageShown_: {
            /** Items */
            items: components["schemas"]["MessageShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[PaymentShown] */
        Page_PaymentShown_: {
            /** Items */
            items: components["schemas"]["PaymentShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[PhraseHeard] */
        Page_PhraseHeard_: {
            /** Items */
            items: components["schemas"]["PhraseHeard"][];
            /** Next */
            next?: string | null;
        };
        /** Page[PhraseShown] */
        Page_PhraseShown_: {
            /** Items */
            items: components["schemas"]["PhraseShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[PlanShown] */
        Page_PlanShown_: {
            /** Items */
            items: components["schemas"]["PlanShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[PromiseShown] */
        Page_PromiseShown_: {
            /** Items */
            items: components["schemas"]["PromiseShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[RunShown] */
        Page_RunShown_: {
            /** Items */
            items: components["schemas"]["RunShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[StaffShown] */
        Page_StaffShown_: {
            /** Items */
            items: components["schemas"]["StaffShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[TemplateShown] */
        Page_TemplateShown_: {
            /** Items */
            items: components["schemas"]["TemplateShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[TokenShown] */
        Page_TokenShown_: {
            /** Items */
            items: components["schemas"]["TokenShown"][];
            /** Next */
            next?: string | null;
        };
        /** Page[Union[LoanListed, PromiseListed, ReminderListed, PaymentListed]] */
        Page_Union_LoanListed__PromiseListed__ReminderListed__PaymentListed__: {
            /** Items */
            items: (components["schemas"]["LoanListed"] | components["schemas"]["PromiseListed"] | components["schemas"]["ReminderListed"] | components["schemas"]["PaymentListed"])[];
            /** Next */
            next?: string | null;
        };
        /** Page[VersionShown] */
        Page_VersionShown_: {
            /** Items */
            items: components["schemas"]["VersionShown"][];
            /** Next */
            next?: string | null;
        };
        /**
         * Par
         * @description Shares of the gross portfolio; the CGAP form adds all restructured loans.
         */
        Par: {
            /** Incl Restructured */
            incl_restructured: string;
            /** Share */
            share: string;
        };
        /** PasswordShown */
        PasswordShown: {
            /**
             * Password
             * @description Shown only now; null when the same request is answered again.
             */
            password: string | null;
        };
        /**
         * PastContact
         * @description A message, or a reminder that was due and was not written; then `reason` says why.
         */
        PastContact: {
            /**
             * At
             * @description Null for what was not written.
             */
            at?: string | null;
            /** Channel */
            channel?: string | null;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Decision */
            decision: {
                [key: string]: unknown;
            } | null;
            /** Kind */
            kind?: string | null;
            /** Loan Id */
            loan_id: number | null;
            /** Message Id */
            message_id?: number | null;
            /** Reason */
            reason?: string | null;
            /** Status */
            status: string;
            /** Step */
            step: string | null;
            /** Text */
            text?: string | null;
        };
        /** PaymentAdded */
        PaymentAdded: {
            /** Amount */
            amount: number;
            /** Balance */
            balance: number;
            /** Channel */
            channel: string;
            /** Currency */
            currency: string;
            /** Id */
            id: number;
            /** Loan Id */
            loan_id: number;
            /**
             * Overpaid
             * @description The part that found nothing left to pay: the borrower's credit.
             */
            overpaid: number;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Reference */
            reference: string;
            /** Reversal Reason */
            reversal_reason?: string | null;
            /** Reversed At */
            reversed_at?: string | null;
            /** Source */
            source: string;
            /**
             * Value Date
             * Format: date
             */
            value_date: string;
        };
        /**
         * PaymentGiven
         * @example {
         *       "amount": 62500,
         *       "channel": "oxxo",
         *       "currency": "MXN",
         *       "value_date": "2026-11-18"
         *     }
         */
        PaymentGiven: {
            /**
             * Amount
             * @description Minor units.
             */
            amount: number;
            /**
             * Channel
             * @default
             */
            channel: string;
            /**
             * Confirmed Twice
             * @description It is another payment, though it looks like one before.
             * @default false
             */
            confirmed_twice: boolean;
            /** Currency */
            currency: string;
            /**
             * Reference
             * @default
             */
            reference: string;
            /**
             * Value Date
             * Format: date
             */
            value_date: string;
        };
        /** PaymentListed */
        PaymentListed: {
            /** Amount */
            amount: number;
            /** Borrower */
            borrower: string;
            /** Borrower Id */
            borrower_id: number;
            /** Currency */
            currency: string;
            /** Id */
            id: number;
            /** Loan */
            loan: string;
            /** Loan Id */
            loan_id: number;
            /** Pay Channel */
            pay_channel: string;
            /** Staff Id */
            staff_id: number | null;
            /**
             * Value Date
             * Format: date
             */
            value_date: string;
        };
        /** PaymentShown */
        PaymentShown: {
            /** Amount */
            amount: number;
            /** Channel */
            channel: string;
            /** Currency */
            currency: string;
            /** Id */
            id: number;
            /** Loan Id */
            loan_id: number;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Reference */
            reference: string;
            /** Reversal Reason */
            reversal_reason?: string | null;
            /** Reversed At */
            reversed_at?: string | null;
            /** Source */
            source: string;
            /**
             * Value Date
             * Format: date
             */
            value_date: string;
        };
        /**
         * Permission
         * @enum {string}
         */
        Permission: "read_portfolio" | "write_portfolio" | "record_payments" | "reverse_payments" | "make_agreements" | "read_cases" | "work_cases" | "assign_cases" | "read_reports" | "import_files" | "read_settings" | "write_settings" | "approve_settings" | "read_staff" | "manage_staff" | "read_audit" | "read_phrases" | "label_phrases";
        /**
         * PhraseHeard
         * @description `etag` is what a change of the label names as `If-Match`.
         */
        PhraseHeard: {
            certainty: components["schemas"]["Certainty"];
            /** Channel */
            channel: string;
            /**
             * Confidence
             * @description How sure of its guess the model was, 0 to 1.
             */
            confidence: number;
            /** @description What showed that it was misread. */
            corrected: components["schemas"]["Correction"] | null;
            /** Etag */
            etag: string;
            /**
             * Guess
             * @description What the model found nearest, accepted or not.
             */
            guess: string | null;
            /** Id */
            id: number;
            /**
             * Intent
             * @description As it was understood.
             */
            intent: string | null;
            label: components["schemas"]["LabelShown"] | null;
            /** Language */
            language: string;
            /**
             * Said At
             * Format: date-time
             */
            said_at: string;
            /**
             * Text
             * @description Without names and numbers of people.
             */
            text: string;
            /**
             * Times
             * @description How often these words came in the days asked for, else in the last 90.
             */
            times: number;
        };
        /** PhraseShown */
        PhraseShown: {
            /** Key */
            key: string;
            /**
             * Language
             * @description The catalogue it stands in: 'es' for most of what 'es_MX' says.
             */
            language: string;
            /** Note */
            note: string;
            /** Placeholders */
            placeholders: string[];
            /**
             * Texts
             * @description One, or one per plural form.
             */
            texts: string[];
        };
        /**
         * Place
         * @description How the borrowers of a region, or of a branch of it, behave. `branch` None is the whole region.
         */
        Place: {
            /** Branch */
            branch: string | null;
            /** Currency */
            currency: string;
            /** Gross */
            gross: number;
            /** Kept Rate */
            kept_rate: string;
            /** Loans */
            loans: number;
            /** Overdue */
            overdue: number;
            par30: components["schemas"]["Par"];
            /** Promises Ended */
            promises_ended: number;
            /** Region */
            region: string;
            /** Reply Rate */
            reply_rate: string;
        };
        /**
         * PlanGiven
         * @example {
         *       "payments": [
         *         {
         *           "amount": 40000,
         *           "due": "2026-11-27"
         *         },
         *         {
         *           "amount": 40000,
         *           "due": "2026-12-11"
         *         }
         *       ]
         *     }
         */
        PlanGiven: {
            /** Payments */
            payments: components["schemas"]["PlanPaymentGiven"][];
        };
        /** PlanPaymentGiven */
        PlanPaymentGiven: {
            /**
             * Amount
             * @description Minor units.
             */
            amount: number;
            /**
             * Due
             * Format: date
             */
            due: string;
        };
        /** PlanPaymentShown */
        PlanPaymentShown: {
            /** Amount */
            amount: number;
            /** Credited */
            credited: number;
            /**
             * Due
             * Format: date
             */
            due: string;
            /** Number */
            number: number;
            /** State */
            state: string;
        };
        /** PlanShown */
        PlanShown: {
            /** Borrower Id */
            borrower_id: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: number;
            /** Loan Id */
            loan_id: number;
            /** Made By */
            made_by: string;
            /** Payments */
            payments: components["schemas"]["PlanPaymentShown"][];
            /** State */
            state: string;
        };
        /**
         * Portfolio
         * @description Amounts in minor units of `currency`; `gross` is the outstanding principal, `overdue` what is due and unpaid.
         */
        Portfolio: {
            /** Balance */
            balance: number;
            /** Borrowers */
            borrowers: number;
            /** Buckets */
            buckets: components["schemas"]["Bucket"][];
            /** Currency */
            currency: string;
            /** Gross */
            gross: number;
            /** Imor */
            imor: string;
            /** Loans */
            loans: number;
            /** Overdue */
            overdue: number;
            /** Overdue Loans */
            overdue_loans: number;
            /** Par */
            par: {
                [key: string]: components["schemas"]["Par"];
            };
        };
        /**
         * Preferences
         * @example {
         *       "language": "en"
         *     }
         */
        Preferences: {
            /**
             * Language
             * @enum {string}
             */
            language: "es" | "en";
        };
        /**
         * ProblemAnswer
         * @description What an error's body holds. `code` is stable; the texts are for people.
         */
        ProblemAnswer: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Errors
             * @default []
             */
            errors: components["schemas"]["FieldFault"][];
            /** Status */
            status: number;
            /** Title */
            title: string;
            /**
             * Type
             * @default about:blank
             */
            type: string;
        };
        /**
         * PromiseGiven
         * @example {
         *       "amount": 62500,
         *       "due": "2026-11-27"
         *     }
         */
        PromiseGiven: {
            /**
             * Amount
             * @description Minor units.
             */
            amount: number;
            /**
             * Due
             * Format: date
             */
            due: string;
        };
        /** PromiseListed */
        PromiseListed: {
            /** Amount */
            amount: number;
            /** Borrower */
            borrower: string;
            /** Borrower Id */
            borrower_id: number;
            /** Credited */
            credited: number;
            /** Currency */
            currency: string;
            /**
             * Due
             * Format: date
             */
            due: string;
            /** Id */
            id: number;
            /** Loan */
            loan: string;
            /** Loan Id */
            loan_id: number;
            /** Made By */
            made_by: string;
            /** State */
            state: string;
        };
        /** PromiseShown */
        PromiseShown: {
            /** Amount */
            amount: number;
            /** Borrower Id */
            borrower_id: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Credited
             * @description Paid towards it so far.
             */
            credited: number;
            /** Currency */
            currency: string;
            /**
             * Due
             * Format: date
             */
            due: string;
            /** Id */
            id: number;
            /** Loan Id */
            loan_id: number;
            /** Made By */
            made_by: string;
            /** Settled At */
            settled_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "kept" | "partial" | "broken" | "cancelled";
        };
        /**
         * PublicationGiven
         * @example {
         *       "note": "An hour later, as asked.",
         *       "queued": "keep"
         *     }
         */
        PublicationGiven: {
            /**
             * Note
             * @description Why; kept for ever.
             */
            note: string;
            /**
             * Queued
             * @description `keep`: messages that wait go as they were planned. `move`: those not yet due are withdrawn and planned anew.
             * @default keep
             * @enum {string}
             */
            queued: "keep" | "move";
        };
        /** PublishedShown */
        PublishedShown: {
            /**
             * Moved
             * @description Queued messages that were withdrawn to be planned anew.
             */
            moved: number;
            version: components["schemas"]["FlowVersionShown"];
        };
        /**
         * Reason
         * @enum {string}
         */
        Reason: "human_request" | "dispute" | "hardship" | "extension_request" | "payment_claim" | "wrong_person" | "complaint" | "vulnerable_distress" | "deceased" | "represented" | "abuse" | "not_understood" | "broken_promises" | "out_of_policy" | "media_review" | "delivery_failure" | "other";
        /**
         * Recovered
         * @description Payments that were not taken back; `staff_id` None is what came in unassisted.
         *
         *     `still_overdue` is what the borrowers with whom this person spoke last owe now. Together with `amount` it is what
         *     was overdue when they spoke and fell due since, so the share of both that came in is the rate of recovery.
         */
        Recovered: {
            /** Amount */
            amount: number;
            /** Currency */
            currency: string;
            /** Payments */
            payments: number;
            /** Rate */
            rate?: string | null;
            /** Staff Id */
            staff_id: number | null;
            /** Still Overdue */
            still_overdue?: number | null;
        };
        /** Refused */
        Refused: {
            /** Field */
            field: string;
            /** Fix */
            fix: string;
            /** Line */
            line: number;
            /** Message */
            message: string;
            /** Value */
            value: string;
        };
        /** ReminderListed */
        ReminderListed: {
            /** Answered */
            answered: boolean;
            /** Borrower */
            borrower: string;
            /** Borrower Id */
            borrower_id: number;
            /** Channel */
            channel: string;
            /** Delivered */
            delivered: boolean;
            /** Id */
            id: number;
            /** Loan */
            loan: string;
            /** Loan Id */
            loan_id: number | null;
            /** Paid */
            paid: boolean;
            /** Promised */
            promised: boolean;
            /**
             * Sent At
             * Format: date-time
             */
            sent_at: string;
        };
        /**
         * ReversalGiven
         * @example {
         *       "reason": "Bounced transfer"
         *     }
         */
        ReversalGiven: {
            /** Reason */
            reason: string;
        };
        /**
         * ReversionGiven
         * @example {
         *       "note": "Too many replies.",
         *       "queued": "move",
         *       "to": 3
         *     }
         */
        ReversionGiven: {
            /**
             * Note
             * @description Why; kept for ever.
             */
            note: string;
            /**
             * Queued
             * @description `keep`: messages that wait go as they were planned. `move`: those not yet due are withdrawn and planned anew.
             * @default keep
             * @enum {string}
             */
            queued: "keep" | "move";
            /**
             * To
             * @description Number of a version that was published before.
             */
            to: number;
        };
        /**
         * Role
         * @enum {string}
         */
        Role: "admin" | "supervisor" | "collector" | "auditor";
        /** RunShown */
        RunShown: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** File Name */
            file_name: string;
            /** File Sha256 */
            file_sha256: string;
            /** Id */
            id: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "portfolio" | "payments";
            /** Refused */
            refused: number;
            /** Rows */
            rows: number;
            /** Unchanged */
            unchanged: number;
            /** Written */
            written: number;
        };
        /** SessionShown */
        SessionShown: {
            /** Csrf Token */
            csrf_token: string;
            lender: components["schemas"]["LenderShown"] | null;
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Permissions */
            permissions: components["schemas"]["Permission"][];
            staff: components["schemas"]["Me"];
        };
        /**
         * SignIn
         * @example {
         *       "email": "ana@example.mx",
         *       "password": "correct horse battery"
         *     }
         */
        SignIn: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /** StaffAdded */
        StaffAdded: {
            /** Active */
            active: boolean;
            /** Branches */
            branches: string[];
            /** Case Limit */
            case_limit: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Email */
            email: string;
            /** Id */
            id: number;
            /** Language */
            language: string;
            /** Languages */
            languages: string[];
            /** Name */
            name: string;
            /**
             * Password
             * @description Shown only now; null when the same request is answered again.
             */
            password: string | null;
            /** Regions */
            regions: string[];
            role: components["schemas"]["Role"];
        };
        /**
         * StaffChange
         * @example {
         *       "branches": [
         *         "Puebla",
         *         "Cholula"
         *       ]
         *     }
         */
        StaffChange: {
            /** Active */
            active?: boolean | null;
            /** Branches */
            branches?: string[] | null;
            /** Case Limit */
            case_limit?: number | null;
            /** Languages */
            languages?: ("es" | "en")[] | null;
            /** Name */
            name?: string | null;
            /** Regions */
            regions?: string[] | null;
            role?: components["schemas"]["Role"] | null;
        };
        /**
         * StaffGiven
         * @example {
         *       "branches": [
         *         "Puebla"
         *       ],
         *       "email": "luz@example.mx",
         *       "name": "Luz Ortiz",
         *       "role": "collector"
         *     }
         */
        StaffGiven: {
            /**
             * Branches
             * @description Empty: all branches.
             * @default []
             */
            branches: string[];
            /** Email */
            email: string;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
        };
        /** StaffShown */
        StaffShown: {
            /** Active */
            active: boolean;
            /** Branches */
            branches: string[];
            /** Case Limit */
            case_limit: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Email */
            email: string;
            /** Id */
            id: number;
            /** Language */
            language: string;
            /** Languages */
            languages: string[];
            /** Name */
            name: string;
            /** Regions */
            regions: string[];
            role: components["schemas"]["Role"];
        };
        /** StatusShown */
        StatusShown: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Error Code */
            error_code: string;
            /** Status */
            status: string;
        };
        /** StepReplayed */
        StepReplayed: {
            /** Answered */
            answered: number;
            /** Sent */
            sent: number;
            /** Step */
            step: string;
        };
        /** Taken */
        Taken: {
            /** Dry Run */
            dry_run: boolean;
            /**
             * Errors
             * @description At most 1000; null when the same request is answered again.
             */
            errors: components["schemas"]["Refused"][] | null;
            /** File Name */
            file_name: string;
            /**
             * Id
             * @description Of the run; null for a dry run.
             */
            id: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "portfolio" | "payments";
            /** Notes */
            notes: components["schemas"]["Told"][];
            /** Refused */
            refused: number;
            /** Rows */
            rows: number;
            /** Unchanged */
            unchanged: number;
            /** Updated */
            updated: number;
            /** Written */
            written: number;
        };
        /** TemplateChoice */
        TemplateChoice: {
            /** Content Sid */
            content_sid: string;
            /**
             * Status
             * @description 'approved', or WhatsApp's own word for why not.
             */
            status: string;
        };
        /** TemplateShown */
        TemplateShown: {
            /** Key */
            key: string;
            /**
             * Text
             * @description As the borrower will read it.
             */
            text: string;
        };
        /**
         * TextGiven
         * @example {
         *       "channel": "sms",
         *       "language": "es",
         *       "text": "Hola, {name}. Hoy vence su pago."
         *     }
         */
        TextGiven: {
            /**
             * Channel
             * @default default
             * @enum {string}
             */
            channel: "default" | "whatsapp" | "sms" | "telegram";
            /**
             * Language
             * @default es
             * @enum {string}
             */
            language: "es" | "en";
            /** Text */
            text: string;
        };
        /**
         * TextReplayed
         * @description A reminder that would have read differently. Names have a mark in their place.
         */
        TextReplayed: {
            /**
             * After
             * @description Null: the draft has no such step.
             */
            after: string | null;
            /**
             * Answered
             * @description The borrower wrote back before the next reminder.
             */
            answered: boolean;
            /** Before */
            before: string;
            /** Channel */
            channel: string;
            /** Language */
            language: string;
            /** Message Id */
            message_id: number;
            /**
             * Sent On
             * Format: date
             */
            sent_on: string;
            /** Step */
            step: string;
            /**
             * What
             * @enum {string}
             */
            what: "text_changed" | "step_gone";
        };
        /** TextShown */
        TextShown: {
            /**
             * Cost
             * @description Of one such SMS in the lender's country, in whole units of their currency; null without a price.
             */
            cost: string | null;
            /** Letters */
            letters: number;
            /**
             * Most Cost
             * @description The same with long names and amounts.
             */
            most_cost: string | null;
            /**
             * Most Segments
             * @description The same with long names and amounts; two at most may be published.
             */
            most_segments: number;
            /**
             * Segments
             * @description SMS parts that are billed.
             */
            segments: number;
            /**
             * Text
             * @description Filled with ordinary values.
             */
            text: string;
        };
        /** TextsReplayed */
        TextsReplayed: {
            /** Changed */
            changed: number;
            /**
             * Items
             * @description The newest of them first.
             */
            items: components["schemas"]["TextReplayed"][];
            /**
             * Left Out
             * @description Older messages that were not looked at.
             */
            left_out: number;
            /** Looked At */
            looked_at: number;
            /**
             * Steps
             * @description All that was sent in those days, by step.
             */
            steps: components["schemas"]["StepReplayed"][];
        };
        /** TokenAdded */
        TokenAdded: {
            /** Branches */
            branches: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: number;
            /** Expires At */
            expires_at: string | null;
            /** Id */
            id: number;
            /** Name */
            name: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Scopes */
            scopes: components["schemas"]["Permission"][];
            /**
             * Token
             * @description Shown only now; null when the same request is answered again.
             */
            token: string | null;
        };
        /**
         * TokenGiven
         * @example {
         *       "name": "Core banking",
         *       "scopes": [
         *         "read_portfolio",
         *         "record_payments"
         *       ]
         *     }
         */
        TokenGiven: {
            /**
             * Branches
             * @description Empty: all branches.
             * @default []
             */
            branches: string[];
            /** Expires At */
            expires_at?: string | null;
            /** Name */
            name: string;
            /** Scopes */
            scopes: components["schemas"]["Permission"][];
        };
        /** TokenShown */
        TokenShown: {
            /** Branches */
            branches: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: number;
            /** Expires At */
            expires_at: string | null;
            /** Id */
            id: number;
            /** Name */
            name: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Scopes */
            scopes: components["schemas"]["Permission"][];
        };
        /**
         * Told
         * @description What the file says that is no error, such as people without consent.
         */
        Told: {
            /** Count */
            count: number;
            /** Key */
            key: string;
            /** Message */
            message: string;
        };
        /** TurnReplayed */
        TurnReplayed: {
            /** After */
            after: string;
            /**
             * Before
             * @description In the caller's language.
             */
            before: string;
            /** Loan */
            loan: string;
            /** Loan Id */
            loan_id: number;
            /**
             * On
             * Format: date
             */
            on: string;
            /** Turn Id */
            turn_id: string;
            /**
             * What
             * @enum {string}
             */
            what: "refused" | "accepted" | "other_limit" | "other_offer" | "no_offer";
        };
        /**
         * VersionGiven
         * @example {
         *       "content": {
         *         "policy_version": "1.1.0"
         *       },
         *       "valid_from": "2027-01-01"
         *     }
         */
        VersionGiven: {
            /**
             * Content
             * @description The whole policy, with a higher `policy_version`.
             */
            content: {
                [key: string]: unknown;
            };
            /**
             * Valid From
             * Format: date
             * @description The first day on which it holds, after today.
             */
            valid_from: string;
        };
        /** VersionShown */
        VersionShown: {
            /**
             * Approved By
             * @description Null: a proposal, which nothing follows.
             */
            approved_by: string | null;
            /** Content */
            content: {
                [key: string]: unknown;
            };
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: number;
            /** Proposed By */
            proposed_by: string;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /** Version */
            version: string;
        };
        /**
         * Waiting
         * @description Cases that nobody has closed, of one reason and priority (0 = now).
         */
        Waiting: {
            /** Cases */
            cases: number;
            /** Longest Seconds */
            longest_seconds: number;
            /** Priority */
            priority: number;
            /** Reason */
            reason: string;
        };
        /**
         * Which
         * @enum {string}
         */
        Which: "all" | "unsure" | "corrected";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
