"""Names are found by their beginnings, whatever the accents, and nobody else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from loans import borrowers, names
from loans.errors import LedgerError
from loans.tables import Borrower, BorrowerWord
from tests.loans.book import NOW

NAMES = ("María José Núñez-Ríos", "Maribel Ortiz", "Li Wang", "José María O'Neill", "ÁNGEL de la O")


def found(session: Session, asked: str) -> set[str]:
    words = names.words(asked)
    rows = session.exec(select(Borrower).where(names.candidates(words)).order_by(col(Borrower.id)))
    return {each.full_name for each in rows if names.fits(each.full_name, words)}


def enter(session: Session) -> None:
    for number, name in enumerate(NAMES):
        borrowers.add(session, {"external_id": f"C-{number}", "full_name": name}, NOW)


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        ("maria jose", {NAMES[0], NAMES[3]}),
        ("MAR", {NAMES[0], NAMES[1], NAMES[3]}),
        ("Mari", {NAMES[0], NAMES[1], NAMES[3]}),
        ("maribe", {NAMES[1]}),
        ("marixe", set()),
        ("nunez rios", {NAMES[0]}),
        ("Ríos", {NAMES[0]}),
        ("li", {NAMES[2]}),
        ("angel", {NAMES[4]}),
        ("neill jose", {NAMES[3]}),
        ("jose jose", set()),
    ],
)
def test_names_are_found(session: Session, asked: str, who: set[str]) -> None:
    enter(session)
    assert found(session, asked) == who


def test_a_new_name_takes_the_place_of_the_old(session: Session) -> None:
    enter(session)
    ana = session.exec(select(Borrower).where(Borrower.external_id == "C-1")).one()
    borrowers.change(session, ana, {"full_name": "Maribel Paz"})
    assert found(session, "ortiz") == set()
    assert found(session, "paz") == {"Maribel Paz"}


def test_a_store_filled_before_is_indexed_whole(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(session)
    before = session.exec(select(BorrowerWord.word_index, BorrowerWord.borrower_id)).all()
    for each in session.exec(select(BorrowerWord)).all():
        session.delete(each)
    session.flush()
    monkeypatch.setattr(names, "BORROWERS_AT_ONCE", 2)
    assert names.index_all(session) == len(NAMES)
    assert set(session.exec(select(BorrowerWord.word_index, BorrowerWord.borrower_id)).all()) == set(before)


@pytest.mark.parametrize(
    ("told", "field"),
    [({"full_name": "  "}, "full_name"), ({"zone": "Mars/Olympus"}, "zone"), ({"external_id": "C-1"}, "external_id")],
)
def test_what_no_borrower_may_be(session: Session, told: dict[str, str], field: str) -> None:
    enter(session)
    with pytest.raises(LedgerError) as refused:
        borrowers.add(session, {"external_id": "C-9", "full_name": "Eva Paz"} | told, NOW)
    assert refused.value.field == field


@given(st.text(max_size=30))
def test_every_word_of_a_name_finds_it_by_any_beginning(name: str) -> None:
    for word in names.words(name):
        assert names.fits(name, [word])
        assert names.fits(name, [word[:1]])
    assert names.fits(name, names.words(name))
