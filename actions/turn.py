"""One call of Rasa's: the facts an action works on, and what it says, sets and does next.

An action is a function that gets a `Turn`. It reads the tables at each call, because the tracker is memory of the talk
only, and writes through the rooms with `turn.once`, so that a repeated turn changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from sqlmodel import Session, SQLModel

from actions.memory import FORM_SLOTS, INSISTING, WISH
from desk.cases import Reason, open_cases
from desk.tables import Case
from loans import accounts
from loans.tables import Borrower, Lender, Loan
from locales.values import Value, day, money
from outreach import addresses, holds
from outreach.tables import Address, Conversation, Hold
from store.effects import once
from store.ids import id_of
from understanding.reading import Reading, read

# Below this the model's guess may not take the borrower out of a question that is being answered (facts: at 0.5 nine
# of ten accepted guesses are right).
SURE = 0.5


# {"intent", "text"}: as the gateway heard it in a clause of the message.
Beside = dict[str, str]
Row = TypeVar("Row", bound=SQLModel | None)


@dataclass
class Turn:
    session: Session
    tracker: Tracker
    phrases: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)
    asks: str | None = None
    silent: bool = False
    events: list[EventType] = field(default_factory=list)
    leads: bool = False  # it has said itself what comes next: the form's question is not repeated
    pesos: str | None = None  # of the borrower's loans, once they are known
    aside: Beside | None = None  # this call answers one of the other wishes of the message
    held: dict[str, SQLModel | None] = field(default_factory=dict)  # see `_hold`

    # --- what was said -------------------------------------------------------------------------------------------

    @property
    def metadata(self) -> dict[str, Any]:
        return dict(self.tracker.latest_message.get("metadata") or {})

    @property
    def id(self) -> str:
        return str(self.metadata["turn_id"])

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.metadata["now"]).astimezone(self.zone)

    @property
    def at_hand(self) -> Beside | None:
        """Another wish of the message, once its first wish is done."""
        noted = self.slot("at_hand") or {}
        return self.aside or (noted["wish"] if noted.get("turn") == self.id else None)

    @property
    def text(self) -> str:
        """The borrower's own words, also where the gateway sent an intent in their place."""
        return str((self.at_hand or {}).get("text") or self.metadata.get("said") or "")

    @property
    def said_before(self) -> str:
        """The words of the message before this one."""
        said = [each.get("metadata") or {} for each in reversed(self.tracker.events) if each.get("event") == "user"]
        return str(said[1].get("said") or "") if len(said) > 1 else ""

    @property
    def intent(self) -> str:
        beside = (self.at_hand or {}).get("intent")
        return str(beside or self.tracker.latest_message.get("intent", {}).get("name") or "nlu_fallback")

    @property
    def wish_text(self) -> str:
        """The words of the wish at hand, also where an identity check came between."""
        return self.slot("wish_text") or self.text

    @property
    def wish_intent(self) -> str:
        return self.slot("wish_intent") or self.intent

    @property
    def confidence(self) -> float:
        return float(self.tracker.latest_message.get("intent", {}).get("confidence") or 0.0)

    @property
    def guess(self) -> tuple[str, float]:
        """What the model found nearest and how sure it was, also where the threshold did not accept it."""
        heard = [
            self.tracker.latest_message.get("intent") or {},
            *self.tracker.latest_message.get("intent_ranking", []),
        ]
        named = [each for each in heard if each.get("name") not in {None, "nlu_fallback"}]
        return (str(named[0]["name"]), float(named[0].get("confidence") or 0.0)) if named else (self.intent, 0.0)

    def means(self, *intents: str) -> bool:
        return self.intent in intents and self.confidence >= SURE

    def read(self, expecting: str | None = None, *, text: str | None = None, look_back: bool = False) -> Reading:
        currency = self.currency
        expected: Any = expecting if expecting in {"amount", "date"} else None
        words = self.text if text is None else text
        return read(words, self.now, self.language, currency, look_back=look_back, expecting=expected)

    # Not cached: until Python 3.12 a cached_property holds one lock for all turns, so that a turn waiting for the store
    # and the one that has it would wait for each other.
    # --- who and what it is about --------------------------------------------------------------------------------

    @property
    def conversation(self) -> Conversation:
        return self._hold("conversation", self.session.get_one(Conversation, self.metadata["conversation_id"]))

    @property
    def address(self) -> Address:
        return self._hold("address", self.session.get_one(Address, self.conversation.address_id))

    @property
    def lender(self) -> Lender:
        return self._hold("lender", accounts.lender(self.session))

    @property
    def owners(self) -> list[Borrower]:
        return addresses.borrowers_of(self.session, self.address)

    @property
    def borrower(self) -> Borrower | None:
        """Who has proven to be writing; nothing about a loan is said to anyone else."""
        at = datetime.fromisoformat(self.metadata["now"])
        return self._hold("borrower", addresses.verified_borrower(self.session, self.address, at))

    @property
    def likely(self) -> Borrower | None:
        """The only borrower behind this address, proven or not: for holds and cases, never for what is said."""
        if self.borrower is not None:
            return self.borrower
        return self.owners[0] if len(self.owners) == 1 else None

    @property
    def zone(self) -> ZoneInfo:
        known = self.likely.zone if self.likely else None
        return ZoneInfo(known or self.lender.zone)

    @property
    def language(self) -> str:
        return (self.likely.language if self.likely else "es").split("_")[0]

    @property
    def today(self) -> date:
        """The borrower's day: what 'mañana' means."""
        return self.now.date()

    @property
    def business_date(self) -> date:
        return accounts.business_date(self.lender, self.now)

    @property
    def loans(self) -> list[Loan]:
        """Loans of the proven borrower with something left to pay."""
        if self.borrower is None:
            return []
        return [each for each in accounts.borrower_loans(self.session, id_of(self.borrower)) if each.status == "active"]

    @property
    def currency(self) -> str:
        """What 'pesos' are: those of the borrower's loans, else the lender's. Asked for at each reading, so kept."""
        if self.pesos is None:
            owed = {each.currency for each in self.loans}
            if len(owed) != 1:
                return self.lender.currency
            self.pesos = owed.pop()
        return self.pesos

    @property
    def holds(self) -> frozenset[str]:
        return frozenset(each.event for each in self.living_holds)

    @property
    def living_holds(self) -> list[Hold]:
        who = self.likely
        loan_ids = [id_of(each) for each in accounts.borrower_loans(self.session, id_of(who))] if who else []
        return holds.living(
            self.session,
            now=self.now,
            borrower_id=id_of(who) if who else None,
            address_id=id_of(self.address),
            loan_ids=loan_ids,
        )

    @property
    def in_distress(self) -> bool:
        """Until a person has closed the case, nothing about money is said, on any channel."""
        return Reason.VULNERABLE_DISTRESS in {each.reason for each in [*self.open_cases, *self._cases_elsewhere]}

    @property
    def _cases_elsewhere(self) -> list[Case]:
        return open_cases(self.session, borrower_id=self.likely.id) if self.likely else []

    @property
    def open_cases(self) -> list[Case]:
        return open_cases(self.session, conversation_id=self.conversation.id)

    def _hold(self, name: str, row: Row) -> Row:
        """A session forgets a row that nobody holds, and would read it again at each of these questions."""
        self.held[name] = row
        return row

    # --- what the action answers ---------------------------------------------------------------------------------

    def say(self, key: str, **values: Any) -> None:
        self.phrases.append({"key": key, "values": values})

    def button(self, title: str, payload: str) -> None:
        """`title` is a phrase key, or a plain text such as a loan's label."""
        self.buttons.append({"title": title, "payload": payload})

    def set(self, **slots: Any) -> None:
        self.events += [SlotSet(name, value) for name, value in slots.items()]

    def slot(self, name: str) -> Any:
        """As set in this very call, else as remembered."""
        for event in reversed(self.events):
            if event.get("event") == "slot" and event.get("name") == name:
                return event.get("value")
        return self.tracker.get_slot(name)

    def asked(self, about: str) -> None:
        """A phrase of this turn asks for `about` already, so the form need not ask in its own words."""
        self.set(asked_in=f"{self.id} {about}")

    @property
    def asked_about(self) -> str | None:
        turn_id, _, about = str(self.slot("asked_in") or "").partition(" ")
        return about if turn_id == self.id else None

    def go_on_with(self, action: str) -> None:
        self.leads = True
        self.events.append(FollowupAction(action))

    @property
    def next_action(self) -> str | None:
        """What this call has asked Rasa to run next."""
        return next((str(each["name"]) for each in reversed(self.events) if each.get("event") == "followup"), None)

    def end_form(self) -> None:
        """Whatever was being filled in is forgotten."""
        self.leads = True
        self.set(**dict.fromkeys(FORM_SLOTS), requested_slot=None)
        self.events.append(ActiveLoop(None))

    def forget_wish(self) -> None:
        self.set(**dict.fromkeys(WISH))

    def once(self, kind: str, write: Callable[[], Any]) -> Any:
        return once(self.session, self.id, kind, write)

    def money(self, amount: int, currency: str | None = None) -> Value:
        return money(amount, currency or self.currency)

    def day(self, on: date) -> Value:
        return day(on, self.today)

    # --- how the dialogue stands ---------------------------------------------------------------------------------

    @property
    def form(self) -> str | None:
        """The one that is being filled in; none once this call has ended it."""
        ended = any(each.get("event") == "active_loop" for each in self.events)
        return None if ended else self.tracker.active_loop.get("name") or None

    @property
    def insists(self) -> bool:
        """Whether the form asks again after this: not once the borrower has said no to what was read back."""
        return self.form in INSISTING and not self.slot("promise_doubted")

    def is_answering(self, form: str) -> bool:
        """False where the form only repeats its question after another action has used this message."""
        used = set()
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                break
            if event.get("event") == "action_execution_rejected":
                return False
            if event.get("event") == "action":
                used.add(event.get("name"))
        return used <= {form, "action_listen"}
