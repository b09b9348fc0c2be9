"""What the dialogue remembers between two messages: names of Rasa's slots, declared in domain.yml."""

PROMISE = ("promise_loan", "promise_amount", "promise_date", "promise_parts", "promise_confirmed", "promise_doubted")
OFFER = ("offers", "offer_loan", "offer_choice", "offer_confirmed")
FORM_SLOTS = (*PROMISE, *OFFER, "wish", "wish_text", "identity_proof", "contact_time", "language_choice", "asked_in")
