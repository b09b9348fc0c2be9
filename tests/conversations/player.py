"""Plays a script against a running product and tells what did not hold."""

import json
from typing import Any
from urllib.parse import quote

from tests.conversations.checks import Reply, always, judge
from tests.product import Product

NOW = "2026-11-18T10:00:00-06:00"  # a Wednesday
IDENTITY = {
    "{{IDENTITY_OK}}": "12 de abril de 1985, mi INE termina en 4321",
    "{{IDENTITY_WRONG}}": "3 de enero de 1971, termina en 9999",
    "{{LONG}}": "no se si me explico bien pero ya ve usted " * 95,
}
NOBODY: dict[str, Any] = {"promises": [], "contact": {}, "cases": []}


class Player:
    def __init__(self, product: Product, script: dict[str, Any], fixture: dict[str, Any]) -> None:
        self._product, self._script = product, script
        self._fixture = json.loads(json.dumps(fixture, default=str))  # YAML's dates as the texts they were
        self._phone, self._channel = fixture["contact"]["phone"], script.get("channel", "whatsapp")
        self._seen, self._asks = 0, None
        self._state = NOBODY
        self.faults: list[str] = []

    def play(self) -> list[str]:
        self._product.post("/simulator/reset", {"now": NOW, **self._fixture})
        self._look()
        for number, turn in enumerate(self._script["turns"], start=1):
            if turn.get("if_asked") not in {None, self._asks}:
                continue
            faults = self._event(turn) if "event" in turn else self._message(turn)
            faults += self._state_faults(turn.get("state", {}))
            self.faults += [f"turn {number} ({turn.get('user', turn.get('event'))!s:.60}): {each}" for each in faults]
        self.faults += [f"end: {each}" for each in self._state_faults(self._script.get("final", {}))]
        return self.faults

    def _message(self, turn: dict[str, Any]) -> list[str]:
        before = self._state
        answer = self._product.post("/simulator/messages", self._body(turn["user"]))
        self._look()
        self._asks = answer["asks"]
        self._seen = len(self._outbox())
        reply = self._reply(answer["replies"], self._asks)
        faults = always(reply, before, self._state, self._channel)
        wanted = turn.get("bot", {})
        silent = "no_bot_reply" in wanted.get("must", ())
        faults += ["no reply"] if not reply.count and not silent else []
        return [f"{each}: {reply.text!r}" for each in faults + _unmet(wanted, reply)]

    def _event(self, turn: dict[str, Any]) -> list[str]:
        match turn["event"]:
            case "run_scheduler":
                self._product.post("/simulator/clock", {"now": turn["at"]} if "at" in turn else {"advance": turn["in"]})
            case "agent_takes_over":
                self._product.post("/simulator/take-over")
            case "agent_says":
                self._product.post("/simulator/say", {"text": turn["text"]})
            case "agent_returns":
                self._product.post("/simulator/give-back", {"summary": turn.get("summary", "")})
            case "payment":
                self._product.post("/simulator/payments", {"loan": turn["loan"], "amount": turn["amount"]})
        self._look()
        new = self._outbox()[self._seen :]
        self._seen += len(new)
        reply = self._reply(new, None)
        wanted, faults = turn.get("state", {}), []
        if "new_outbound" in wanted and len(new) != wanted["new_outbound"]:
            faults.append(f"{len(new)} new messages, want {wanted['new_outbound']}")
        if len(new) < wanted.get("new_outbound_min", 0):
            faults.append(f"{len(new)} new messages, want at least {wanted['new_outbound_min']}")
        faults += [name for name in ("threat", "internal_leak") if judge(name, reply)]
        return [f"{each}: {reply.text!r}" for each in faults + _unmet(turn.get("bot", {}), reply)]

    def _body(self, said: Any) -> dict[str, Any]:
        body = {"channel": self._channel, "from": self._phone}
        if isinstance(said, dict):
            return body | ({"button": said["button"]} if "button" in said else {"media": said})
        for mark, words in IDENTITY.items():
            said = said.replace(mark, words)
        return {**body, "text": said}

    def _reply(self, messages: list[dict[str, Any]], asks: str | None) -> Reply:
        return Reply(
            text="\n".join(str(each.get("text") or "") for each in messages),
            asks=asks,
            keys=frozenset(key for each in messages for key in str(each.get("key") or "").split("+")),
            count=len(messages),
            language=self._state["contact"].get("language") or self._fixture["contact"].get("language", "es"),
            loans=tuple(self._fixture.get("loans", ())),
            borrower=self._fixture["contact"]["name"],
        )

    def _outbox(self) -> list[dict[str, Any]]:
        return list(self._product.get(f"/simulator/outbox?address={quote(self._phone)}")["messages"])

    def _look(self) -> None:
        self._state = NOBODY | dict(self._product.get("/simulator/state"))

    def _state_faults(self, want: dict[str, Any]) -> list[str]:
        state = self._state
        reasons = {each["reason"] for each in state["cases"]}
        faults = []
        if "promises" in want:
            got = sorted((each["loan"], each["date"], float(each["amount"])) for each in state["promises"])
            wanted = sorted((each["loan"], str(each["date"]), float(each["amount"])) for each in want["promises"])
            faults += [f"promises {got}, want {wanted}"] if got != wanted else []
        if "plan" in want:
            plans = [[(each["date"], each["amount"]) for each in plan["payments"]] for plan in state["plans"]]
            wanted_plan = [[(str(on), float(amount)) for on, amount in want["plan"]]]
            faults += [f"plans {plans}, want {wanted_plan}"] if plans != wanted_plan else []
        missing = {each["reason"] for each in want.get("cases_include", ())} - reasons
        faults += [f"no case {each} in {sorted(reasons)}" for each in sorted(missing)]
        unwanted = {each["reason"] for each in want.get("cases_exclude", ())} & reasons
        faults += [f"unwanted case {each}" for each in sorted(unwanted)]
        faults += [f"cases {sorted(reasons)}, want none"] if want.get("cases") == [] and reasons else []
        for name, value in want.get("contact", {}).items():
            got_value = state["contact"].get(name)
            faults += [f"contact {name} is {got_value!r}, want {value!r}"] if got_value != value else []
        faults += [f"no hold {each}" for each in want.get("holds_include", ()) if each not in state.get("holds", ())]
        return faults


def _unmet(wanted: dict[str, Any], reply: Reply) -> list[str]:
    faults = [f"must {each}" for each in wanted.get("must", ()) if not judge(each, reply)]
    faults += [f"must not {each}" for each in wanted.get("must_not", ()) if judge(each, reply)]
    faults += [f"lacks {each!r}" for each in wanted.get("reply_has", ()) if not reply.says(each)]
    return faults + [f"has {each!r}" for each in wanted.get("reply_lacks", ()) if reply.says(each)]
