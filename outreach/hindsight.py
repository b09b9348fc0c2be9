"""Recipients as they were: rebuilt from rows and the changes kept of them, never from what a decision wrote down.

What is known of some borrowers is read once; then any moment of theirs can be looked at without the store.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from loans.tables import Borrower, Lender, Loan, Plan, Promise
from outreach import recipients, wishes
from outreach.answers import Heard
from outreach.channels_on import ChannelsOn
from outreach.contact_facts import Attempt
from outreach.history import NEVER_LEFT, WATCHED, Change
from outreach.recipients import LONGEST_WAIT, LOOK_BACK, STARTED, Recipient, Seen
from outreach.tables import Address, AddressBorrower, Conversation, Hold, Message
from outreach.wishes import Wish

State: TypeAlias = dict[str, Any]
Row: TypeAlias = tuple[str, int, int]  # table, row, and of a link its borrower


@dataclass(slots=True)
class Past:
    """Rows by what and which, with their changes in order; `of` names the rows that concern each borrower."""

    rows: dict[Row, State] = field(default_factory=dict)
    changes: dict[Row, tuple[list[int], list[State | None]]] = field(default_factory=dict)
    of: dict[int, dict[str, list[Row]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    # By conversation, what its borrower wrote.
    heard: dict[int, list[Heard]] = field(default_factory=lambda: defaultdict(list))

    def state(self, row: Row, position: int) -> State | None:
        """What the row said there; None before it was new and after it was gone."""
        numbers, states = self.changes.get(row, ([], []))
        first = bisect_right(numbers, position)
        now = self.rows.get(row)
        if first == len(numbers):
            return now
        was = states[first]
        return None if was is None else {**(now or {}), **was}

    def recipient(self, borrower_id: int, seen: Seen) -> Recipient | None:
        """As `recipients.gather` read them then."""
        own = self.of.get(borrower_id)
        who = self.state(("borrower", borrower_id, 0), seen.change)
        if own is None or who is None:
            return None
        names = ("country", "zone", "language", "preferred_channel", "preferred_time")
        found = Recipient(borrower_id, *(who[name] for name in names))
        found.seen = seen
        found.addresses = [recipients.reach(each, seen.at) for each in self._links(borrower_id, seen)]
        places = {each.address_id for each in found.addresses}
        found.holds = list(self._holds(own["hold"], places, seen))
        promised = [self.state(each, seen.change) for each in (*own["promise"], *own["plan"])]
        found.promised_loans = {each["loan_id"] for each in promised if each and each["state"] == "open"}
        found.attempts = list(self._attempts(own["message"], seen))
        found.wishes = [wishes.read(Wish(**each)) for each in self._living(own["wish"], "withdrawn_at", seen)]
        return found

    def channels_on(self, seen: Seen) -> frozenset[str]:
        row = self.state(("channels_on", 1, 0), seen.change)
        return frozenset(row["names"].split()) if row else frozenset()

    def lender_zone(self, seen: Seen) -> str:
        row = self.state(("lender", 1, 0), seen.change)
        return str(row["zone"]) if row else ""

    def _links(self, borrower_id: int, seen: Seen) -> Iterator[Any]:
        for row in self.of[borrower_id]["address_borrower"]:
            link, address = self.state(row, seen.change), self.state(("address", row[1], 0), seen.change)
            if link is not None and address is not None:
                talk = self.state(("conversation", row[1], 0), seen.change)
                owner = {"conversation_id": talk and talk["id"], "owner": talk and talk["owner"]}
                yield SimpleNamespace(**{**address, **link, **owner})

    def _holds(self, rows: list[Row], places: set[int], seen: Seen) -> Iterator[tuple[str, int | None, int | None]]:
        for hold in self._living(rows, "lifted_at", seen):
            if hold["address_id"] is None or hold["address_id"] in places:
                yield hold["event"], hold["loan_id"], hold["address_id"]

    def _living(self, rows: list[Row], ended: str, seen: Seen) -> Iterator[State]:
        for row in rows:
            each = self.state(row, seen.change)
            if each is None or each[ended] is not None or each["from_at"] > seen.at:
                continue
            if each["until_at"] is None or each["until_at"] > seen.at:
                yield each

    def _attempts(self, rows: list[Row], seen: Seen) -> Iterator[tuple[int, Attempt]]:
        for row in rows:
            if row[1] > seen.message or self.rows[row]["created_at"] < seen.at - LOOK_BACK - LONGEST_WAIT:
                continue
            each = self.state(row, seen.change)
            if each is None or (each["status"] in NEVER_LEFT and each["sent_at"] is None):
                continue
            at = each["sent_at"] or each["send_after"] or each["created_at"]
            heard = (when for number, when in self.heard[each["conversation_id"]] if number <= seen.message)
            if at >= seen.at - LOOK_BACK and not recipients.answers(each["kind"], at, heard):
                yield each["id"], Attempt(at, each["channel"], each["kind"])


def read(session: Session, borrower_ids: Collection[int]) -> Past:
    """Everything that was ever known of these borrowers. Give it some thousand ids at most."""
    ids, past = sorted(set(borrower_ids)), Past()
    _put(past, session, Borrower, col(Borrower.id).in_(ids), owner="id")
    _put(past, session, AddressBorrower, col(AddressBorrower.borrower_id).in_(ids), owner="borrower_id")
    _gone_links(past, session, ids)
    places: dict[int, list[int]] = defaultdict(list)
    for borrower_id in ids:
        for _, address_id, _ in past.of[borrower_id]["address_borrower"]:
            places[address_id].append(borrower_id)
    _put(past, session, Address, col(Address.id).in_(places))
    _put(past, session, Conversation, col(Conversation.address_id).in_(places), ref="address_id")
    owned = session.exec(select(Loan.id, Loan.borrower_id).where(col(Loan.borrower_id).in_(ids)))
    loans = {loan_id or 0: borrower_id for loan_id, borrower_id in owned}
    for scope, owners in (
        (Hold.borrower_id, {each: [each] for each in ids}),
        (Hold.loan_id, {loan: [owner] for loan, owner in loans.items()}),
        (Hold.address_id, places),
    ):
        _put_holds(past, session, scope, owners)
    for table in (Wish, Promise, Plan):
        _put(past, session, table, col(table.borrower_id).in_(ids), owner="borrower_id")
    started = sa.and_(col(Message.direction) == "out", col(Message.kind).in_(STARTED))
    _put(past, session, Message, sa.and_(started, col(Message.borrower_id).in_(ids)), owner="borrower_id")
    _put_heard(past, session)
    for single in (ChannelsOn, Lender):
        _put(past, session, single, sa.true())
    _read_changes(past, session)
    return past


def _put(past: Past, session: Session, model: Any, where: Any, *, owner: str | None = None, ref: str = "") -> None:
    """Without what is encrypted: nothing of it is looked at."""
    table = _table(model)
    names = [each for each in table.c if each.name in _NEEDED[table.name]]
    ref = ref or WATCHED[table.name].ref
    for each in session.execute(sa.select(*names).where(where).order_by(*table.primary_key)).mappings():
        row = (table.name, int(each[ref]), int(each["borrower_id"]) if table.name == "address_borrower" else 0)
        past.rows[row] = dict(each)
        if owner is not None:
            past.of[each[owner]][table.name].append(row)


def _put_heard(past: Past, session: Session) -> None:
    talks = sorted(past.rows[each]["id"] for each in past.rows if each[0] == "conversation")
    columns = (col(Message.conversation_id), col(Message.id), col(Message.created_at))
    for some in _some(talks):
        wanted = sa.select(*columns).where(col(Message.conversation_id).in_(some), col(Message.direction) == "in")
        for conversation_id, number, at in session.execute(wanted):
            past.heard[conversation_id].append(Heard(number, at))


def _put_holds(past: Past, session: Session, scope: Any, owners: Mapping[int, list[int]]) -> None:
    before = set(past.rows)
    _put(past, session, Hold, col(scope).in_(owners))
    for row in [each for each in past.rows if each not in before]:
        for borrower_id in owners[past.rows[row][scope.key]]:
            past.of[borrower_id]["hold"].append(row)


def _gone_links(past: Past, session: Session, ids: list[int]) -> None:
    gone = select(Change.ref, Change.borrower_id).where(
        Change.thing == "address_borrower", col(Change.borrower_id).in_(ids)
    )
    for address_id, borrower_id in session.exec(gone.distinct()):
        row = ("address_borrower", address_id, borrower_id or 0)
        if row not in past.rows:
            past.of[borrower_id or 0]["address_borrower"].append(row)


def _read_changes(past: Past, session: Session) -> None:
    things: dict[str, set[int]] = defaultdict(set)
    ref_of: dict[tuple[str, int], list[Row]] = defaultdict(list)
    rows = {*past.rows, *(each for own in past.of.values() for some in own.values() for each in some)}
    for row in rows:
        # A conversation goes by its address here, and by its own number in its changes.
        ref = past.rows[row]["id"] if row[0] == "conversation" else row[1]
        things[row[0]].add(ref)
        ref_of[row[0], ref].append(row)
    for thing, refs in things.items():
        for some in _some(sorted(refs)):
            kept = select(Change).where(Change.thing == thing, col(Change.ref).in_(some)).order_by(col(Change.id))
            for change in session.exec(kept):
                _keep(past, change, ref_of[thing, change.ref])


def _keep(past: Past, change: Change, rows: list[Row]) -> None:
    for row in rows:
        if row[0] != "address_borrower" or row[2] == change.borrower_id:
            numbers, states = past.changes.setdefault(row, ([], []))
            numbers.append(change.id or 0)
            keys = {"address_id": row[1], "borrower_id": row[2]} if row[0] == "address_borrower" else {}
            states.append(None if change.was is None else {**keys, **_typed(change.was)})


def _typed(was: State) -> State:
    """Instants as the columns give them; each engine writes them into JSON in its own way."""
    return {
        name: _instant(value) if name.endswith(("_at", "_after", "_until")) else value for name, value in was.items()
    }


def _instant(value: str | None) -> datetime | None:
    found = datetime.fromisoformat(value) if value else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _some(refs: list[int], most: int = 2000) -> Iterator[list[int]]:
    return (refs[start : start + most] for start in range(0, len(refs), most))


def _table(model: type[SQLModel]) -> sa.Table:
    return model.__table__  # type: ignore[attr-defined, no-any-return]


_NEEDED: Mapping[str, frozenset[str]] = {
    "borrower": frozenset({"id", "country", "zone", "language", "preferred_channel", "preferred_time"}),
    "address_borrower": frozenset({"address_id", "borrower_id", "position", "consent_at", "consent_withdrawn_at"}),
    "address": frozenset({"id", "channel", *WATCHED["address"].columns}),
    "conversation": frozenset({"id", "address_id", "owner"}),
    "hold": frozenset({"id", "event", "loan_id", "borrower_id", "address_id", "from_at", "until_at", "lifted_at"}),
    "wish": frozenset(
        {"id", "borrower_id", "wish", "channel", "opens", "closes", "from_at", "until_at", "withdrawn_at", "evidence"}
    ),
    "promise": frozenset({"id", "borrower_id", "loan_id", "state"}),
    "plan": frozenset({"id", "borrower_id", "loan_id", "state"}),
    "message": frozenset(
        {"id", "borrower_id", "conversation_id", "channel", "kind", "status", "sent_at", "send_after", "created_at"}
    ),
    "channels_on": frozenset({"id", "names"}),
    "lender": frozenset({"id", "zone"}),
}
