"""What hooks bring is in the store before they are answered, alone or together, whoever else writes or fails."""

import asyncio
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot.keeper import SHARE, Keeper
from store.clock import ClockSlot
from store.engine import reading, transaction
from tests.bot.channels.conftest import NOW


def slot(name: str) -> Callable[[Session], str]:
    def keep(session: Session) -> str:
        session.add(ClockSlot(name=name, slot=NOW))
        session.flush()
        return name

    return keep


def names(engine: sa.Engine) -> set[str]:
    with reading(engine) as session:
        return set(session.execute(sa.select(sa.column("name")).select_from(sa.table("clock_slot"))).scalars())


async def together(keeper: Keeper, works: list[Callable[[Session], str]]) -> list[str | BaseException]:
    return await asyncio.gather(*map(keeper.keep, works), return_exceptions=True)


def test_many_at_once_are_each_answered_when_they_are_there(engine: sa.Engine) -> None:
    wanted = [f"slot {number}" for number in range(3 * SHARE)]

    async def keep(keeper: Keeper, name: str) -> bool:
        return await keeper.keep(slot(name)) == name and name in await asyncio.to_thread(names, engine)

    async def all_of_them() -> list[bool]:
        keeper = Keeper(engine)
        return await asyncio.gather(*(keep(keeper, name) for name in wanted))

    assert all(asyncio.run(all_of_them()))
    assert names(engine) == set(wanted)


def test_one_that_fails_takes_no_other_along(engine: sa.Engine) -> None:
    def broken(session: Session) -> str:
        session.add(ClockSlot(name="half", slot=NOW))
        session.flush()
        raise ValueError("broken")

    answers = asyncio.run(together(Keeper(engine), [slot("a"), broken, slot("b")]))
    assert [str(each) for each in answers] == ["a", "broken", "b"]
    assert names(engine) == {"a", "b"}


def test_what_another_process_has_stored_meanwhile_is_found_by_the_second_look(engine: sa.Engine) -> None:
    looks: list[int] = []

    def keep(session: Session) -> str:
        looks.append(1)
        if len(looks) == 1:
            raise sa.exc.IntegrityError("insert", {}, Exception("unique"))
        return "found"

    assert asyncio.run(together(Keeper(engine), [keep])) == ["found"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_those_that_wait_for_the_pen_share_it(engine: sa.Engine) -> None:
    """While another writes, all wait; when it ends, one transaction takes the rest."""
    sessions: set[int] = set()
    ends = threading.Event()

    def noting(name: str) -> Callable[[Session], str]:
        def keep(session: Session) -> str:
            sessions.add(id(session))
            return slot(name)(session)

        return keep

    def other() -> None:
        with transaction(engine) as session:
            session.add(ClockSlot(name="other", slot=NOW))
            session.flush()
            begun.set()
            ends.wait(30)

    begun = threading.Event()
    writer = threading.Thread(target=other)
    writer.start()
    begun.wait(30)

    async def wait() -> list[str | BaseException]:
        waiting = asyncio.ensure_future(together(Keeper(engine), [noting(f"{number}") for number in range(SHARE)]))
        done, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not done
        ends.set()
        return await waiting

    assert asyncio.run(wait()) == [f"{number}" for number in range(SHARE)]
    writer.join()
    # The first may have gone ahead by itself, for nobody else was there yet.
    assert len(sessions) <= 2
