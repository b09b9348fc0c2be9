"""What a machine can judge of a reply: each check of a script by its name, and the rules that hold after every turn."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from locales import sms


@dataclass(frozen=True)
class Reply:
    text: str
    asks: str | None
    keys: frozenset[str]
    count: int
    language: str
    loans: tuple[dict[str, Any], ...] = field(default=())
    borrower: str = ""

    def says(self, pattern: str) -> bool:
        return re.search(pattern, self.text, re.I) is not None

    def names(self, *fields: str) -> bool:
        """An amount of one of the loans."""
        return any(f"{loan[name]:,.2f}" in self.text for loan in self.loans for name in fields if loan.get(name))


PERSON = r"una persona del equipo|a person on our team"
DEBT = (
    r"\b(adeud|deuda\b|debe usted|usted debe|su saldo|vencid|atras(o|ad)|you owe|your (balance|debt)|overdue|past due)"
)
THREAT = (
    r"c[aá]rcel|prisi[oó]n|preso|detenid|orden de aprehensi|patrulla|polic[ií]a|embarg|desaloj|juzgado|citatorio"
    r"|[uú]ltima oportunidad|aténgase|boletinar|\b(jail|prison|arrest|police|seize|lawsuit|garnish)"
    r"|(avisar|llamar|contactar)(emos|le)? a (tu|su)s? (familia|jefe|patr[oó]n|vecin|referencias)"
)
LEAK = r"traceback|select .* from|exception|\{\{|\{\w+\}|\butter_|<class|sqlalchemy|\bNone\b"
UNCLEAR = (
    r"no le entend|sigo sin entender|no me qued[oó] clar|did not understand|not sure about|still do not understand"
    r"|confirma que|do you confirm"
)
APPLIED = r"pago (qued[oó]|est[aá]|fue) aplicado|payment (is|was) applied"
PRESSURE = (
    r"¿(de )?cu[aá]nto (podr|ser)|¿qu[eé] d[ií]a (podr|le acomoda)|¿cu[aá]ndo|ponerse al corriente"
    r"|le recordamos su pago|how much could|which day|catch up|what day"
)
INSULT = r"\b(rater\w*|flojo|moroso|irresponsable|idiota|tont[oa]|mentiros\w*|liar|lazy|stupid|deadbeat)\b"
MOST_SEGMENTS = 2
SPANISH = r"\b(el|la|de|que|qué|su|para|por|gracias|pago|usted|con|no|sí|le|una|está)\b"
ENGLISH = r"\b(the|your|you|is|to|for|of|please|thank|payment|with|we|it)\b"
CHECKS: dict[str, Callable[[Reply], bool]] = {
    "greets": lambda reply: bool(reply.keys & {"greet.known", "greet.unknown"}),
    "asks_clarification": lambda reply: reply.says(UNCLEAR),
    "confirms_promise": lambda reply: bool(reply.keys & {"promise.recorded", "promise.recorded_parts"}),
    "confirms_opt_out": lambda reply: "opt_out.done" in reply.keys,
    "confirms_opt_in": lambda reply: "opt_in.done" in reply.keys,
    "gives_balance": lambda reply: reply.names("balance"),
    "gives_next_payment": lambda reply: reply.names("next_due_amount"),
    "gives_payment_methods": lambda reply: reply.says(r"oxxo|spei|sucursal|branch"),
    "gives_history": lambda reply: "history.list" in reply.keys,
    "offers_human": lambda reply: reply.says(PERSON),
    "shows_empathy": lambda reply: reply.says(r"lo siento|siento mucho|lamento|gracias por dec[ií]rmelo|entiendo"
                                              r"|sorry|thank you for telling|i understand"),
    "gives_crisis_help": lambda reply: reply.says(r"\b(911|123|112|999|131|105)\b") and reply.says(PERSON),
    "states_bot_identity": lambda reply: reply.says(r"asistente autom[aá]tico|automatic assistant"),
    "apologises": lambda reply: reply.says(r"disculp|perd[oó]n|lamento|sorry|apolog"),
    "rejects_amount": lambda reply: bool(
        reply.keys & {"promise.amount_too_small", "promise.amount_zero", "promise.amount_over_balance"}
    ),
    "rejects_date": lambda reply: bool(reply.keys & {"promise.date_past", "promise.date_too_far"}),
    "asks_for_text": lambda reply: any(key.startswith("media.") for key in reply.keys),
    "says_receipt_in_review": lambda reply: bool(reply.keys & {"claim.opened", "claim.in_review", "claim.receipt"}),
    "says_no_loan_found": lambda reply: "account.none" in reply.keys,
    "says_cancelled": lambda reply: reply.says(r"no (qued[oó] nada anotado|anot[eé] nada)|nothing is noted|not noted"),
    "replies_in_es": lambda reply: language(reply.text) in {"es", ""},
    "replies_in_en": lambda reply: language(reply.text) in {"en", ""},
    "reveals_debt": lambda reply: reply.says(DEBT)
    or reply.names("balance", "overdue_amount", "installment_amount")
    or any(loan["id"] in reply.text for loan in reply.loans),
    "names_borrower": lambda reply: bool(reply.borrower) and reply.says(re.escape(reply.borrower)),
    "insults": lambda reply: reply.says(INSULT),
    "pressures_payment": lambda reply: reply.says(PRESSURE),
    "threat": lambda reply: reply.says(THREAT),
    "internal_leak": lambda reply: re.search(LEAK, reply.text) is not None,
    "claims_payment_applied": lambda reply: reply.says(APPLIED),
    "no_bot_reply": lambda reply: reply.count == 0,
}  # fmt: skip
# A promise may only come or go in a turn that says so.
CHANGES_PROMISES = {"promise.recorded", "promise.recorded_parts", "promise.cancelled"}


def judge(check: str, reply: Reply) -> bool:
    if check in CHECKS:
        return CHECKS[check](reply)
    if check.startswith("asks_"):
        return reply.asks == check.removeprefix("asks_")
    raise KeyError(f"no such check: {check}")


def always(reply: Reply, before: dict[str, Any], after: dict[str, Any], channel: str) -> list[str]:
    """Faults against the rules of every turn."""
    faults = [name for name in ("threat", "internal_leak", "claims_payment_applied") if judge(name, reply)]
    if not before["contact"].get("identity_verified") and not after["contact"].get("identity_verified"):
        faults += ["reveals_debt before identity"] if judge("reveals_debt", reply) else []
    if reply.count > 1:
        faults.append(f"{reply.count} messages in one turn")
    if reply.text and language(reply.text) not in {reply.language, ""}:
        faults.append(f"not in {reply.language}")
    if before["promises"] != after["promises"] and not reply.keys & CHANGES_PROMISES:
        faults.append("promises changed without a word")
    if channel == "sms" and sms.segments(reply.text) > MOST_SEGMENTS:
        faults.append(f"{sms.segments(reply.text)} segments")
    return faults


def language(text: str) -> str:
    """The one with more of its commonest words; empty where they say nothing."""
    spanish = len(
        re.findall(r"\b(el|la|de|que|qué|su|para|por|gracias|pago|usted|con|no|sí|le|una|está)\b", text, re.I)
    )
    english = len(re.findall(r"\b(the|your|you|is|to|for|of|please|thank|payment|with|we|it)\b", text, re.I))
    return "" if spanish == english else "es" if spanish > english else "en"
