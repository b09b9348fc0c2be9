"""What hooks bring is kept before they are answered, alone or together, whoever else writes, fails or hangs up."""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.intake import Intake
from bot.keeper import WRITERS, Keeper, in_spool, in_store
from bot.spool import Hook, Spool
from store.clock import ClockSlot
from store.engine import reading, transaction
from tests.bot.channels.conftest import NOW


def hook(name: str) -> Hook:
    return Hook("sms", name.encode(), "", NOW)


def note(session: Session, hook: Hook) -> bool:
    """Half a row is there when 'broken' breaks."""
    session.add(ClockSlot(name=hook.body.decode(), slot=NOW))
    session.flush()
    if hook.body == b"broken":
        raise ValueError("broken")
    return True


def names(engine: sa.Engine) -> set[str]:
    with reading(engine) as session:
        return set(session.exec(select(ClockSlot.name)))


async def together(keeper: Keeper, hooks: Sequence[Hook]) -> list[BaseException | None]:
    return await asyncio.gather(*map(keeper.keep, hooks), return_exceptions=True)


def test_many_at_once_are_each_answered_when_they_are_there(engine: sa.Engine) -> None:
    wanted = [f"slot {number}" for number in range(5 * WRITERS)]
    woken: list[bool] = []

    async def keep(keeper: Keeper, name: str) -> bool:
        await keeper.keep(hook(name))
        return name in await asyncio.to_thread(names, engine)

    async def all_of_them() -> list[bool]:
        keeper = in_store(engine, note, lambda: woken.append(True))
        return await asyncio.gather(*(keep(keeper, name) for name in wanted))

    assert all(asyncio.run(all_of_them()))
    assert names(engine) == set(wanted)
    assert len(woken) == len(wanted)


def test_one_that_fails_takes_no_other_along(engine: sa.Engine) -> None:
    keeper = in_store(engine, note, lambda: None)
    answers = asyncio.run(together(keeper, [hook("a"), hook("broken"), hook("b")]))
    assert [str(each) for each in answers] == ["None", "broken", "None"]
    assert names(engine) == {"a", "b"}


def test_what_another_has_stored_meanwhile_is_found_by_the_second_look(engine: sa.Engine) -> None:
    looks: list[Hook] = []

    def take(session: Session, hook: Hook) -> bool:
        looks.append(hook)
        if len(looks) == 1:
            raise sa.exc.IntegrityError("insert", {}, Exception("unique"))
        return note(session, hook)

    assert asyncio.run(together(in_store(engine, take, lambda: None), [hook("a")])) == [None]
    assert names(engine) == {"a"}


def test_whoever_hangs_up_takes_nothing_back(engine: sa.Engine) -> None:
    goes_on, done = threading.Event(), threading.Event()

    def take(session: Session, hook: Hook) -> bool:
        goes_on.wait(30)
        return note(session, hook)

    async def hang_up() -> None:
        keeper = in_store(engine, take, done.set)
        waiting = [asyncio.ensure_future(keeper.keep(hook(f"{number}"))) for number in range(WRITERS + 1)]
        await asyncio.sleep(0)  # All have begun; one more than can be written at a time.
        for each in waiting:
            each.cancel()
        goes_on.set()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(hang_up())
    wait(lambda: names(engine) == {f"{number}" for number in range(WRITERS + 1)})


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_in_the_spool_it_is_kept_while_somebody_else_has_the_pen(engine: sa.Engine, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "store.hooks.db")
    intake = Intake(engine, spool, note, lambda: None)
    intake.start()
    with transaction(engine) as session:
        session.add(ClockSlot(name="other", slot=NOW))
        session.flush()
        assert asyncio.run(together(in_spool(spool, intake), [hook("a"), hook("b")])) == [None, None]
        assert {each.body for each in spool.next(10).values()} == {b"a", b"b"}
    wait(lambda: names(engine) == {"a", "b", "other"})
    intake.stop()
    spool.close()


def wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not until():
        assert time.monotonic() < ends
        time.sleep(0.01)
