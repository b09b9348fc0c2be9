"""Hooks that waited beside the store come into it in their order, each at least once, whoever was killed between."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.intake import SHARE, Intake
from bot.keeper import in_spool
from bot.spool import Hook, Spool
from store.clock import ClockSlot
from store.engine import reading, transaction
from tests.bot.channels.conftest import NOW


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store.hooks.db"


@pytest.fixture
def spool(place: Path) -> Iterator[Spool]:
    opened = Spool(place)
    yield opened
    opened.close()


def hook(name: str) -> Hook:
    return Hook("sms", name.encode(), "query=ñ", NOW)


def note(session: Session, hook: Hook) -> bool:
    session.merge(ClockSlot(name=hook.body.decode(), slot=hook.at))
    if hook.body == b"broken":
        session.flush()
        raise ValueError("broken")
    return True


def names(engine: sa.Engine) -> set[str]:
    with reading(engine) as session:
        return set(session.exec(select(ClockSlot.name)))


def _wait(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_hooks_come_back_as_they_came_and_in_their_order(spool: Spool) -> None:
    hooks = [hook("a"), Hook("telegram", b"\x00\xff", "", NOW), hook("b")]
    spool.add(hooks)
    found = spool.next(0, 10)
    assert [each for _, each in found] == hooks
    spool.forget([found[0][0]])
    assert [each for _, each in spool.next(0, 10)] == hooks[1:]
    assert [each for _, each in spool.next(found[1][0], 10)] == hooks[2:]


def test_a_number_is_never_given_twice(spool: Spool) -> None:
    """Who reads on from the newest number would overlook what came under an older one."""
    spool.add([hook("a")])
    (number, _), *_ = spool.next(0, 1)
    spool.forget([number])
    spool.add([hook("b")])
    assert spool.next(number, 1)


def test_nothing_can_be_read_in_the_file(spool: Spool, place: Path) -> None:
    spool.add([hook("no llego al viernes")])
    assert b"viernes" not in b"".join(each.read_bytes() for each in place.parent.iterdir())


def test_what_an_earlier_process_left_is_there_before_anything_else(engine: sa.Engine, place: Path) -> None:
    left = Spool(place)
    left.add([hook(f"{number}") for number in range(SHARE + 1)])  # and then it was killed
    spool, woken = Spool(place), threading.Event()
    intake = Intake(engine, spool, note, woken.set)
    intake.start()
    assert names(engine) == {f"{number}" for number in range(SHARE + 1)}
    assert woken.is_set()
    assert spool.next(0, 1) == []
    intake.stop()
    left.close()
    spool.close()


def test_one_that_fails_holds_up_no_other_and_is_not_forgotten(engine: sa.Engine, spool: Spool) -> None:
    intake = Intake(engine, spool, note, lambda: None)
    spool.add([hook("a"), hook("broken"), hook("b")])
    intake.start()
    spool.add([hook("c")])
    intake.tell()
    _wait(lambda: "c" in names(engine))
    intake.stop()
    assert names(engine) == {"a", "b", "c"}
    assert [each.body for _, each in spool.next(0, 10)] == [b"broken"]


def test_what_was_taken_but_not_forgotten_comes_again(engine: sa.Engine, spool: Spool) -> None:
    spool.add([hook("a")])
    with transaction(engine) as session:
        note(session, hook("a"))  # and then the process was killed
    intake = Intake(engine, spool, note, lambda: None)
    intake.start()
    intake.stop()
    assert names(engine) == {"a"}
    assert spool.next(0, 1) == []


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_hook_is_kept_while_somebody_else_has_the_pen(engine: sa.Engine, spool: Spool) -> None:
    intake = Intake(engine, spool, note, lambda: None)
    intake.start()
    keeper = in_spool(spool, intake)
    with transaction(engine) as session:
        session.add(ClockSlot(name="other", slot=NOW))
        session.flush()
        asyncio.run(asyncio.wait_for(keeper.keep(hook("a")), 20))
        assert [each.body for _, each in spool.next(0, 10)] == [b"a"]
    _wait(lambda: "a" in names(engine))
    intake.stop()
