"""What hooks bring is kept before they are answered, alone or together, whoever else writes or fails."""

import asyncio
import threading
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot.keeper import SHARE, Keeper, in_store
from bot.spool import Hook
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
        return set(session.execute(sa.select(sa.column("name")).select_from(sa.table("clock_slot"))).scalars())


async def together(keeper: Keeper, hooks: Sequence[Hook]) -> list[BaseException | None]:
    return await asyncio.gather(*map(keeper.keep, hooks), return_exceptions=True)


def test_many_at_once_are_each_answered_when_they_are_there(engine: sa.Engine) -> None:
    wanted = [f"slot {number}" for number in range(3 * SHARE)]
    woken: list[bool] = []

    async def keep(keeper: Keeper, name: str) -> bool:
        await keeper.keep(hook(name))
        return name in await asyncio.to_thread(names, engine)

    async def all_of_them() -> list[bool]:
        keeper = in_store(engine, note, lambda: woken.append(True))
        return await asyncio.gather(*(keep(keeper, name) for name in wanted))

    assert all(asyncio.run(all_of_them()))
    assert names(engine) == set(wanted)
    assert woken


def test_one_that_fails_takes_no_other_along(engine: sa.Engine) -> None:
    keeper = in_store(engine, note, lambda: None)
    answers = asyncio.run(together(keeper, [hook("a"), hook("broken"), hook("b")]))
    assert [str(each) for each in answers] == ["None", "broken", "None"]
    assert names(engine) == {"a", "b"}


def test_what_another_process_has_stored_meanwhile_is_found_by_the_second_look(engine: sa.Engine) -> None:
    looks: list[str] = []

    def take(session: Session, hook: Hook) -> bool:
        looks.append(hook.body.decode())
        if looks.count("late") == 1 and hook.body == b"late":
            raise sa.exc.IntegrityError("insert", {}, Exception("unique"))
        return note(session, hook)

    def write(hooks: Sequence[Hook]) -> None:
        with transaction(engine) as session:
            for each in hooks:
                take(session, each)

    keeper = Keeper(write, one_pen=True)
    first = threading.Event()
    keeper._writers.submit(first.wait)  # so that both wait together

    async def both() -> list[BaseException | None]:
        waiting = asyncio.ensure_future(together(keeper, [hook("early"), hook("late")]))
        await asyncio.sleep(0)
        first.set()
        return await waiting

    assert asyncio.run(both()) == [None, None]
    assert names(engine) == {"early", "late"}


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_those_that_wait_for_the_pen_share_it(engine: sa.Engine) -> None:
    """While another writes, all wait; when it ends, one transaction takes the rest."""
    sessions: set[int] = set()
    ends, begun = threading.Event(), threading.Event()

    def noting(session: Session, hook: Hook) -> bool:
        sessions.add(id(session))
        return note(session, hook)

    def other() -> None:
        with transaction(engine) as session:
            session.add(ClockSlot(name="other", slot=NOW))
            session.flush()
            begun.set()
            ends.wait(30)

    writer = threading.Thread(target=other)
    writer.start()
    begun.wait(30)

    async def wait() -> list[BaseException | None]:
        keeper = in_store(engine, noting, lambda: None)
        waiting = asyncio.ensure_future(together(keeper, [hook(f"{number}") for number in range(SHARE)]))
        done, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not done
        ends.set()
        return await waiting

    assert asyncio.run(wait()) == [None] * SHARE
    writer.join()
    # The first may have gone ahead by itself, for nobody else was there yet.
    assert len(sessions) <= 2
