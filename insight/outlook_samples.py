"""Foreseen messages in words and in money: one sample of each form, with the longest name that it will meet."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlmodel import Session

from insight.outlook_totals import BY, Form, Sample, Totals
from loans import accounts
from loans.tables import Borrower, Lender
from locales import currencies, phrases, sms
from outreach import wording
from outreach.cadence import Cadence

MOST_SAMPLES = 60


def priced(session: Session, name: str, totals: Totals, cadence: Cadence, prices: dict[str, str]) -> dict[str, Any]:
    """Segments are those of the sample, so no message of its form is longer; a cost is null without prices."""
    lender = accounts.lender(session)
    texts = {form: _text(session, lender, form, sample, cadence) for form, sample in totals.samples.items()}
    segments = {form: _segments(form, texts[form]) for form in texts}
    by = {each: _dimension(each, totals, segments, prices, lender.currency) for each in BY}
    often = sorted(texts, key=lambda form: (form.step, form.channel, form.language, -segments[form], form))[
        :MOST_SAMPLES
    ]
    return {
        "name": name,
        "cadence": cadence.name,
        "messages": totals.messages,
        "segments": sum(row["segments"] for row in by["channel"]),
        "cost": _sum_of(by["channel"]),
        "currency": lender.currency,
        "borrowers_written_to": totals.written_to,
        "borrowers_left_alone": totals.left_alone,
        "left_alone_because": dict(totals.why_alone.most_common()),
        "silences": dict(totals.silences.most_common()),
        "by": by,
        "samples": [{**form._asdict(), "segments": segments[form], "text": texts[form]} for form in often],
    }


def price_of(prices: Mapping[str, str], channel: str, country: str) -> Decimal | None:
    """Of a segment, in whole units of the lender's currency; None where the lender has told none."""
    price = prices.get(f"{channel}:{country}", prices.get(channel))
    return None if price is None else Decimal(price)


def _dimension(
    name: str, totals: Totals, segments: dict[Form, int], prices: dict[str, str], currency: str
) -> list[dict[str, Any]]:
    cells = ((value, form, number) for form, by in totals.cells.items() for value, number in by[name].items())
    rows: dict[str, dict[str, Any]] = {}
    exact: dict[str, Decimal] = {}
    for value, form, number in sorted(cells):
        row = rows.setdefault(value, {"value": value, "messages": 0, "segments": 0, "cost": None})
        row["messages"] += number
        row["segments"] += number * segments[form]
        price = price_of(prices, form.channel, form.country)
        if price is not None:
            exact[value] = exact.get(value, Decimal(0)) + price * number * segments[form]
            row["cost"] = _minor(exact[value], currency)
    return list(rows.values())


def _minor(amount: Decimal, currency: str) -> int:
    return int(currencies.in_minor_units(amount, currency).quantize(Decimal(1), ROUND_HALF_UP))


def _sum_of(rows: list[dict[str, Any]]) -> int | None:
    costs = [row["cost"] for row in rows if row["cost"] is not None]
    return sum(costs) if costs else None


def _segments(form: Form, text: str) -> int:
    return sms.segments(text) if form.channel == "sms" and text else 1


def _text(session: Session, lender: Lender, form: Form, sample: Sample, cadence: Cadence) -> str:
    """Empty for a message that waits already and whose step the cadence does not have."""
    step = next((each for each in cadence.steps if each.id == form.step), None)
    if step is None:
        return ""
    borrower = session.get_one(Borrower, sample.borrower_id)
    scene = wording.Scene(
        lender=lender, borrower=borrower, business_date=sample.business_date, day=sample.day, channel=form.channel
    )
    words = wording.words(session, scene, step, sample.about, may_tell=form.known)
    locale = f"{borrower.language}_{borrower.country}"
    text = "\n\n".join(phrases.say(each, locale) for each in words)
    return sms.sms(text) if form.channel == "sms" else text
