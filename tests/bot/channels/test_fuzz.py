"""Payloads as they come, bent in every way: never a fault of ours, and no message that can be read is lost.

The whole of it: `FUZZ=100000 .venv/bin/pytest tests/bot/channels/test_fuzz.py -n0`, about ten minutes.
"""

import copy
import json
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from outreach.tables import Message
from store.engine import reading
from tests.bot.channels.conftest import Gate
from tests.bot.channels.vectors import vectors

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

FUZZ = int(os.environ.get("FUZZ", "600"))
LOOK_EVERY = 50  # payloads between two looks at what was kept
NASTY: tuple[str, ...] = (
    *("", " ", "\x00", "a\x00b", "null", "-1", "0", "9" * 40, "1e400", "NaN", "true", "[]", "{}", "\r\n", "\t"),
    *("'; DROP TABLE message; --", "<script>", "../../etc/passwd", "%00", "%s%n", "${jndi:ldap://x}", "{{7*7}}"),
    *(
        "\u202eolleh",
        "é" * 3000,
        "👋" * 500,
        "\ufffe",
        "\ud7ff",
        "whatsapp:",
        "whatsapp:+",
        "+",
        "+52",
        "MX.1",
        "x" * 9000,
    ),
)
NASTY_VALUES: tuple[Any, ...] = (*NASTY, None, True, -1, 0, 2**31, 2**63, 2**70, 1.5, [], {}, [[]], {"a": {"b": []}})
FORMS = [each for each in vectors("inbound") if each["channel"] != "telegram"]
UPDATES = [each["request"] for each in vectors("inbound") if each["channel"] == "telegram"]
Pairs = list[tuple[str, str]]


def dropped(chance: random.Random, pairs: Pairs) -> Pairs:
    gone = chance.randrange(len(pairs))
    return [each for number, each in enumerate(pairs) if number != gone]


def replaced(chance: random.Random, pairs: Pairs) -> Pairs:
    place = chance.randrange(len(pairs))
    return [(name, chance.choice(NASTY) if number == place else value) for number, (name, value) in enumerate(pairs)]


def repeated(chance: random.Random, pairs: Pairs) -> Pairs:
    return [*pairs, (chance.choice(pairs)[0], chance.choice(NASTY))]


def swapped(chance: random.Random, pairs: Pairs) -> Pairs:
    one, two = chance.choice(pairs), chance.choice(pairs)
    return [(name, two[1] if name == one[0] else one[1] if name == two[0] else value) for name, value in pairs]


def added(chance: random.Random, pairs: Pairs) -> Pairs:
    names = (
        "MediaUrl0",
        "MediaContentType0",
        "NumMedia",
        "ButtonText",
        "ButtonPayload",
        "ExternalUserId",
        "OptOutType",
    )
    more = (
        "ErrorCode",
        "MessageStatus",
        "Latitude",
        "Longitude",
        "MessageType",
        "ChannelMetadata",
        chance.choice(NASTY),
    )
    return [*pairs, (chance.choice((*names, *more)), chance.choice(NASTY))]


def shuffled(chance: random.Random, pairs: Pairs) -> Pairs:
    return chance.sample(pairs, len(pairs))


BENDS: tuple[Callable[[random.Random, Pairs], Pairs], ...] = (dropped, replaced, repeated, swapped, added, shuffled)


def test_no_form_breaks_a_hook_and_none_that_can_be_read_is_lost(gate: Gate) -> None:
    chance = random.Random(7)
    due: set[str] = set()
    for number in range(FUZZ):
        vector = chance.choice(FORMS)
        sid = f"SM{number:032x}"
        pairs = [(name, sid if name in ("MessageSid", "SmsSid", "SmsMessageSid") else value)
                 for name, value in vector["request"]["form"]]  # fmt: skip
        for _ in range(chance.randint(0, 4)):
            pairs = chance.choice(BENDS)(chance, pairs) if pairs else pairs
        hook = "status" if vector["kind"] == "status" else vector["channel"]
        query = chance.choice(("", "message=1", f"message={chance.choice(('x', '9' * 30, '-1', '%00'))}&channel=sms"))
        answer = gate.twilio(hook, pairs, query=query)
        assert answer.status_code in (200, 400), (answer.status_code, hook, pairs)
        if hook != "status" and _can_be_read(pairs, sid):
            assert answer.status_code == 200, pairs
            due.add(sid)
        if number % LOOK_EVERY == 0 or number == FUZZ - 1:
            assert _kept(gate, due) == due
            due = set()


def _can_be_read(pairs: Pairs, sid: str) -> bool:
    """As a server with a dictionary has it: of a repeated field the last."""
    last = dict(pairs)
    sender = last.get("From", "").replace("\x00", "").strip().removeprefix("whatsapp:").strip()
    return (last.get("MessageSid") or last.get("SmsSid")) == sid and bool(sender)


def _kept(gate: Gate, ids: set[str]) -> set[str]:
    with reading(gate.engine) as session:
        found = session.exec(select(Message.provider_id).where(Message.provider_id.in_(ids)))  # type: ignore[union-attr]
        return {each for each in found if each}


def bent(chance: random.Random, node: Any) -> Any:
    """With one value somewhere below replaced, dropped or doubled."""
    if isinstance(node, dict) and node:
        name = chance.choice(list(node))
        if chance.random() < 0.3:
            return {key: value for key, value in node.items() if key != name}
        return node | {name: bent(chance, node[name])}
    if isinstance(node, list) and node:
        return [*node, bent(chance, chance.choice(node))]
    return chance.choice(NASTY_VALUES)


def test_no_update_breaks_the_hook_and_the_next_one_is_kept(gate: Gate) -> None:
    chance = random.Random(7)
    bodies = [each.get("json_modern") or each.get("json") for each in UPDATES]
    for number in range(FUZZ):
        update = copy.deepcopy(chance.choice([each for each in bodies if each]))
        update["update_id"] = number + 1
        for _ in range(chance.randint(1, 3)):
            update = bent(chance, update)
        raw = json.dumps(update).encode()
        body = raw if chance.random() < 0.95 else raw[: chance.randrange(len(raw))] + bytes([chance.randrange(256)])
        answer = gate.telegram(body)
        assert answer.status_code == 200, (answer.status_code, body)
        if number % LOOK_EVERY == 0:
            plain = {
                "update_id": 10**9 + number,
                "message": {
                    "message_id": number + 1,
                    "date": 1_790_000_000,
                    "chat": {"id": 5, "type": "private"},
                    "from": {"id": 5, "is_bot": False, "first_name": "Ana"},
                    "text": f"hola {number}",
                },
            }
            assert gate.telegram(plain).status_code == 200
            assert _kept(gate, {str(10**9 + number)})
