"""Names of domain.yml that several actions share: what is remembered, and which wishes interrupt."""

WISH = ("wish", "wish_intent", "wish_text", "beside")
PROMISE = (
    "promise_loan",
    "promise_amount",
    "promise_date",
    "promise_parts",
    "promise_confirmed",
    "promise_doubted",
    "replaces_promise",
)
OFFER = ("offers", "offer_loan", "offer_choice", "offer_confirmed")
ANSWERS = ("identity_proof", "loan_choice", "contact_time", "language_choice", "asked_in")
FORM_SLOTS = (*WISH, *PROMISE, *OFFER, *ANSWERS)
# Forms that ask again after a question in the middle; the others let it go.
INSISTING = frozenset({"identity_form", "promise_form", "offer_form"})
# Wishes that end or interrupt what is being asked, also when the message names an amount or a date.
STRONGER = (
    "opt_out",
    "wrong_person",
    "dispute_debt",
    "already_paid",
    "ask_human",
    "report_hardship",
    "complain",
    "vulnerable_distress",
    "threat",
    "minor",
    "represented",
    "drop_promise",
    "media_received",
)
# Questions in the middle, and wishes that a message without amount or date may have.
BESIDE = (
    "ask_balance",
    "ask_next_payment",
    "ask_payment_methods",
    "ask_payment_history",
    "ask_who_are_you",
    "cannot_pay",
    "ask_extension",
    "call_me_later",
    "change_language",
    "opt_in",
    "out_of_scope",
    "greet",
    "thanks",
    "goodbye",
    "fears_law",
)
