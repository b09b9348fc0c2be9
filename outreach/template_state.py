"""Whether WhatsApp would take what a step says, by what it last told of our templates: looked at when planning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from outreach.step import Step, is_moved, own_text, phrase_key
from outreach.tables import TemplateApproval

APPROVED = "approved"
# What is said to an address that is not known to be the borrower's.
NO_DETAILS = "reminder.neutral"


@dataclass(frozen=True, slots=True)
class TemplateState:
    """Approved or not, by ContentSid and by the phrase's name as settings have it: "reminder.before/es"."""

    by_id: Mapping[str, bool] = field(default_factory=dict)
    by_name: Mapping[str, bool] = field(default_factory=dict)

    def ready(self, step: Step, *, anchor: date, day: date, locale: str, known: bool) -> bool:
        """True while nobody was asked: the demo has no templates, and the first poll comes with the first tick."""
        if not self.by_id:
            return True
        language, moved = locale[:2], is_moved(step, anchor, day)
        own = step.templates.get(language)  # type: ignore[call-overload]
        if known and own is not None and not moved:
            return self.by_id.get(own.content_sid, False)
        if known and own_text(step, language, "whatsapp", moved=moved):
            return False  # The phrase's template would say something else.
        key = said(step, anchor, day) if known else NO_DETAILS
        names = (f"{key}/{locale}", f"{key}/{language}", key)
        return next((self.by_name[each] for each in names if each in self.by_name), False)


def said(step: Step, anchor: date, day: date) -> str:
    """The phrase of one loan on that day."""
    key = phrase_key(step, anchor, day)
    return "reminder.tomorrow" if key == "reminder.before" and anchor - day == timedelta(days=1) else key


def read(session: Session) -> TemplateState:
    row = TemplateApproval
    rows = session.execute(sa.select(col(row.content_sid), col(row.status), col(row.names))).all()
    return TemplateState(
        by_id={each.content_sid: each.status == APPROVED for each in rows},
        by_name={name: each.status == APPROVED for each in rows for name in each.names},
    )
