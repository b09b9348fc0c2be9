"""How a turn becomes what Rasa gets: one function in one transaction, and what comes next."""

import asyncio
from typing import Any

import sqlalchemy as sa
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import beside, disputes
from actions.registry import Answer
from actions.turn import Turn
from store.effects import once
from store.engine import transaction


class Answered(Action):  # type: ignore[misc]
    """Runs one function in one transaction, in a thread, since the store is synchronous."""

    def __init__(self, name: str, answer: Answer, engine: sa.Engine) -> None:
        self._name, self._answer, self._engine = name, answer, engine

    def name(self) -> str:
        return self._name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        return await asyncio.to_thread(self._run, dispatcher, tracker)

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        try:
            return self._act(dispatcher, tracker)
        except Exception:
            self._mark_broken(tracker)
            raise

    def _mark_broken(self, tracker: Tracker) -> None:
        """Rasa answers without this action as if nothing had happened; the gateway sees the mark and asks again."""
        turn_id = str((tracker.latest_message.get("metadata") or {}).get("turn_id"))
        with transaction(self._engine) as session:
            once(session, turn_id, f"broken:{self._name}", lambda: None)

    def _act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        with transaction(self._engine) as session:
            turn = Turn(session, tracker)
            wishes = beside.waiting(turn)
            self._answer(turn)
            beside.answer(turn, self._name, wishes)
            disputes.wrote_instead(turn)
            dispatcher.utter_message(json_message=_spoken(turn)) if _says_something(turn) else None
            return _and_then(self._name, turn)


def _says_something(turn: Turn) -> bool:
    return bool(turn.phrases or turn.buttons or turn.asks or turn.silent)


def _spoken(turn: Turn) -> dict[str, Any]:
    return {
        "phrases": turn.phrases,
        "buttons": turn.buttons,
        "asks": turn.asks,
        "silent": turn.silent,
        "intent": turn.intent,
        "guess": turn.guess[0],
        "confidence": turn.guess[1],
    }


def _and_then(name: str, turn: Turn) -> list[EventType]:
    """A question in the middle of a form is answered, then a form that insists asks again; others let it go.

    Else the borrower speaks next, which is said aloud, since no rule tells Rasa what follows an action that another
    one called.
    """
    if name.startswith(("validate_", "action_ask_")) or any(each["event"] == "followup" for each in turn.events):
        return turn.events
    if turn.form and not turn.leads:
        if turn.insists:
            return [*turn.events, FollowupAction(turn.form)]
        turn.end_form()
    return [*turn.events, FollowupAction("action_listen")]
