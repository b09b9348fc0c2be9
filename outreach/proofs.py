"""The proof that goes with a message: what the rule saw and said, sealed; and the test whether it holds.

It holds when its seal is whole, when the history gives the same inputs again, and when the same policy says the same
of them. The inputs are never taken from the proof: only the place in the history at which to look is.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from outreach import answers, hindsight, policies, recipients
from outreach.answers import Heard
from outreach.contact_facts import Decision
from outreach.contact_policy import ContactPolicy
from outreach.contact_rules import decide
from outreach.hindsight import Past
from outreach.recipients import Seen
from outreach.sealing import Proof, is_whole, seal
from outreach.tables import ContactPolicyVersion, Message

FORMAT = "contact-proof/1"


@dataclass(frozen=True, slots=True)
class Subject:
    """What was decided on: one message to one address, about one loan or none."""

    borrower_id: int
    address_id: int
    loan_id: int | None
    flow_version: int | None


@dataclass(frozen=True, slots=True)
class Verified:
    """`differing` names inputs that the history gives otherwise; `fault` says why it could not be rebuilt at all."""

    sealed: bool
    same_subject: bool
    differing: tuple[str, ...]
    same_verdict: bool
    fault: str | None = None

    @property
    def holds(self) -> bool:
        return self.sealed and self.same_subject and not self.differing and self.same_verdict and self.fault is None


def of(decision: Decision, subject: Subject, seen: Seen) -> Proof:
    """As it is stored with the message."""
    proof = {
        "format": FORMAT,
        **said(decision),
        "policy_version": decision.policy_version,
        "flow_version": subject.flow_version,
        "subject": {"borrower": subject.borrower_id, "address": subject.address_id, "loan": subject.loan_id},
        "seen": {"at": seen.at.isoformat(), "change": seen.change, "message": seen.message},
        "inputs": decision.inputs,
    }
    return {**proof, "hash": seal(proof)}


def said(decision: Decision) -> dict[str, Any]:
    return {
        "verdict": decision.verdict.value,
        "reason": decision.reason.value,
        "until": decision.until.isoformat() if decision.until else None,
        "rules": list(decision.rules),
    }


def verify(session: Session, message: Message) -> Verified:
    """One message's proof, against the whole history of its borrower; an answer's against its conversation."""
    if answers.is_answer(message.decision):
        return _verify_answer(message, message.decision, answers.read(session, message))
    past = hindsight.read(session, [message.borrower_id] if message.borrower_id is not None else [])
    return verify_in(past, message, message.decision or {}, policy_named(session, message.decision or {}))


def verify_in(past: Past, message: Message, proof: Proof, policy: ContactPolicy | None) -> Verified:
    """The same where the history has been read already."""
    if answers.is_answer(proof):
        return _verify_answer(message, proof, past.heard[message.conversation_id])
    sealed = proof.get("format") == FORMAT and is_whole(proof)
    if not sealed:
        return Verified(sealed, same_subject=False, differing=(), same_verdict=False)
    again = _decide_again(past, message, proof, policy) if policy else "no_policy"
    if isinstance(again, str):
        return Verified(sealed, same_subject=False, differing=(), same_verdict=False, fault=again)
    return Verified(
        sealed=sealed,
        same_subject=_about(message, proof),
        differing=_differing(proof["inputs"], again.inputs),
        same_verdict=said(again) == {name: proof[name] for name in said(again)},
    )


def _verify_answer(message: Message, proof: Proof, heard: Iterable[Heard]) -> Verified:
    if not is_whole(proof):
        return Verified(sealed=False, same_subject=False, differing=(), same_verdict=False)
    again = answers.again(message, proof, heard)
    if again is None:
        return Verified(sealed=True, same_subject=False, differing=(), same_verdict=False, fault="nothing_heard")
    return Verified(
        sealed=True,
        same_subject=again["subject"] == proof["subject"],
        differing=_differing(proof["inputs"], again["inputs"]),
        same_verdict=all(again[name] == proof[name] for name in ("verdict", "reason", "rules")),
    )


def _differing(kept: Mapping[str, Any], again: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*kept, *again} if kept.get(name) != again.get(name)))


def policy_named(session: Session, proof: Proof) -> ContactPolicy | None:
    """The policy of that version; versions are never edited."""
    name = proof.get("policy_version")
    content = session.exec(select(ContactPolicyVersion.content).where(ContactPolicyVersion.version == name)).first()
    if content is not None:
        return policies.loaded(json.dumps(content))
    return policies.shipped() if policies.shipped().policy_version == name else None


def _decide_again(past: Past, message: Message, proof: Proof, policy: ContactPolicy) -> Decision | str:
    where = proof["seen"]
    seen = Seen(datetime.fromisoformat(where["at"]), where["change"], where["message"])
    who = past.recipient(message.borrower_id or 0, seen)
    address = next((each for each in who.addresses if each.address_id == message.address_id), None) if who else None
    if who is None or address is None:
        return "no_recipient"
    at = datetime.fromisoformat(proof["inputs"]["now"])
    facts = recipients.facts(
        who,
        address,
        message.kind,
        loan_id=proof["subject"]["loan"],
        policy=policy,
        enabled=past.channels_on(seen),
        now=at,
        lender_zone=past.lender_zone(seen),
        valid_until=message.valid_until,
        without_message=message.id,
    )
    return decide(facts, policy, at)


def _about(message: Message, proof: Proof) -> bool:
    """The proof is this message's own, also where several loans share it."""
    loans = {row["loan"] for each in message.keys for row in each.get("about", ())} | {message.loan_id}
    subject = {"borrower": message.borrower_id, "address": message.address_id, "loan": proof["subject"]["loan"]}
    return (
        proof["subject"] == subject
        and proof["subject"]["loan"] in loans
        and proof["flow_version"] == message.flow_version_id
    )
