"""Finding borrowers by name although names are encrypted.

Of each word of a name the beginning is kept as a blind index: its first 3 and its first 5 letters, in lower case
without accents. The index narrows the borrowers down; the decrypted names decide.
"""

import unicodedata
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from loans.tables import Borrower, BorrowerWord
from store.encryption import blind_index

BEGINNINGS = (3, 5)
# Who shares every word of a search with more people than this is found by one word more.
MOST_CANDIDATES = 500
# SQLite's oldest limit on the parameters of one statement is 999.
BORROWERS_AT_ONCE = 500


def words(name: str) -> list[str]:
    """Letters and digits of each word, in lower case and without accents: 'Núñez-Ríos' is 'nunez', 'rios'."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return "".join(each if each.isalnum() else " " for each in bare.casefold()).split()


def fits(name: str, asked: Iterable[str]) -> bool:
    """Each word asked for begins a word of the name; 'ana ana' needs two of them."""
    left = words(name)
    for word in sorted(asked, key=len, reverse=True):
        found = next((each for each in left if each.startswith(word)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def candidates(asked: Iterable[str]) -> sa.ColumnElement[bool]:
    """Borrowers who may fit, as a condition on `Borrower`.

    Words of one or two letters narrow nothing down beside longer ones; alone they find whole words only.
    """
    asked = list(asked)
    telling = [each for each in asked if len(each) >= min(BEGINNINGS)] or asked
    return sa.and_(
        *(
            col(Borrower.id).in_(sa.select(col(BorrowerWord.borrower_id)).where(col(BorrowerWord.word_index) == each))
            for each in sorted({blind_index(_narrowest(word)) for word in telling})
        )
    )


def index(session: Session, names: Mapping[int, str]) -> None:
    """Replaces the words of these borrowers, given by id."""
    table = SQLModel.metadata.tables["borrower_word"]
    people = list(names.items())
    for start in range(0, len(people), BORROWERS_AT_ONCE):
        chunk = people[start : start + BORROWERS_AT_ONCE]
        session.execute(sa.delete(table).where(table.c.borrower_id.in_([each for each, _ in chunk])))
        rows = [
            {"borrower_id": borrower_id, "word_index": each}
            for borrower_id, name in chunk
            for each in sorted(_indexes(name))
        ]
        if rows:
            session.execute(sa.insert(table), rows)


def index_all(session: Session) -> int:
    """For a store that was filled before names could be searched; how many borrowers it went through."""
    last, count = 0, 0
    while True:
        found = session.execute(
            sa.select(col(Borrower.id), col(Borrower.full_name))
            .where(col(Borrower.id) > last)
            .order_by(col(Borrower.id))
            .limit(BORROWERS_AT_ONCE)
        ).all()
        if not found:
            return count
        index(session, {row.id: row.full_name for row in found})
        last, count = found[-1].id, count + len(found)


def _indexes(name: str) -> set[str]:
    return {blind_index(word[:length]) for word in words(name) for length in BEGINNINGS}


def _narrowest(word: str) -> str:
    fitting = [length for length in BEGINNINGS if length <= len(word)]
    return word[: max(fitting, default=len(word))]
