"""Hooks that waited beside the store come into it in their order, each at least once, whoever was killed between."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.intake import SHARE, Intake
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


def bodies(spool: Spool) -> list[bytes]:
    return [each.body for each in spool.next(1000).values()]


def wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not until():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_hooks_come_back_as_they_came_and_in_their_order(spool: Spool) -> None:
    hooks = [hook("a"), Hook("telegram", b"\x00\xff", "", NOW), hook("b")]
    for each in hooks:
        spool.add(each)
    found = spool.next(10)
    assert [*found.values()] == hooks
    assert [*spool.next(2)] == [*found][:2]
    spool.forget([*found][:1])
    assert [*spool.next(10).values()] == hooks[1:]


def test_what_is_set_aside_is_not_in_the_way_until_it_is_taken_up(spool: Spool) -> None:
    spool.add(hook("a"))
    spool.add(hook("b"))
    spool.set_aside(min(spool.next(10)))
    assert bodies(spool) == [b"b"]
    spool.take_up()
    assert bodies(spool) == [b"a", b"b"]


def test_nothing_can_be_read_in_the_file(spool: Spool, place: Path) -> None:
    spool.add(hook("no llego al viernes"))
    assert b"viernes" not in b"".join(each.read_bytes() for each in place.parent.iterdir())


def test_who_asks_waits_until_all_that_came_before_has_gone(spool: Spool, place: Path) -> None:
    assert spool.is_heard(0)
    spool.add(hook("a"))
    assert not spool.is_heard(0)
    other, answers = Spool(place), list[bool]()
    asker = threading.Thread(target=lambda: answers.append(other.is_heard(30)))
    asker.start()
    asker.join(0.1)
    assert answers == []
    spool.forget(spool.next(10))
    asker.join()
    assert answers == [True]
    other.close()


def test_who_asks_is_not_held_up_by_what_nobody_can_keep(spool: Spool) -> None:
    spool.add(hook("a"))
    spool.set_aside(min(spool.next(10)))
    assert spool.is_heard(0)


def test_what_an_earlier_process_left_is_brought(engine: sa.Engine, place: Path) -> None:
    left = Spool(place)
    for number in range(SHARE + 1):
        left.add(hook(f"{number}"))
    left.set_aside(min(left.next(1)))  # and then it was killed
    spool, woken = Spool(place), threading.Event()
    intake = Intake(engine, spool, note, woken.set)
    intake.start()
    intake.stop()
    assert names(engine) == {f"{number}" for number in range(SHARE + 1)}
    assert woken.is_set()
    assert bodies(spool) == []
    left.close()
    spool.close()


def test_one_that_fails_holds_up_no_other_and_is_not_forgotten(engine: sa.Engine, spool: Spool) -> None:
    intake = Intake(engine, spool, note, lambda: None)
    for name in ("a", "broken", "b"):
        spool.add(hook(name))
    intake.start()
    spool.add(hook("c"))
    intake.tell()
    intake.stop()
    assert names(engine) == {"a", "b", "c"}
    assert bodies(spool) == []
    spool.take_up()
    assert bodies(spool) == [b"broken"]


def test_when_the_store_fails_all_wait_in_their_order(engine: sa.Engine, spool: Spool) -> None:
    tries: list[Hook] = []

    def take(session: Session, hook: Hook) -> bool:
        tries.append(hook)
        if len(tries) == 1:
            raise sa.exc.OperationalError("insert", {}, Exception("disk full"))
        return note(session, hook)

    spool.add(hook("a"))
    spool.add(hook("b"))
    intake = Intake(engine, spool, take, lambda: None)
    intake.start()
    wait(lambda: names(engine) == {"a", "b"})
    intake.stop()
    assert [each.body for each in tries] == [b"a", b"a", b"b"]


def test_what_was_taken_but_not_forgotten_comes_again(engine: sa.Engine, spool: Spool) -> None:
    spool.add(hook("a"))
    with transaction(engine) as session:
        note(session, hook("a"))  # and then the process was killed
    intake = Intake(engine, spool, note, lambda: None)
    intake.start()
    intake.stop()
    assert names(engine) == {"a"}
    assert bodies(spool) == []
