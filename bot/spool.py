"""Hooks on disk beside a SQLite store, for as long as its pen is taken: a file that only the gateway writes.

SQLite lets one writer in at a time, and turns write too. Whoever calls a hook waits for this file instead. What it
holds is sealed, as in the store, and as durable: a process may be killed at any moment.
"""

import json
import sqlite3
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from store import encryption
from store.engine import LONGEST_WAIT

# Seconds between two looks of one who waits until all has gone into the store, and for how long it looks.
LOOKS, PATIENCE = 0.005, 5.0
# A number is never given twice. What the store would not take is set aside, so that the others go by.
TABLE = """CREATE TABLE IF NOT EXISTS hook (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, body BLOB NOT NULL, query BLOB NOT NULL, at TEXT NOT NULL,
    aside INTEGER NOT NULL DEFAULT 0)"""


class Hook(NamedTuple):
    """A hook that was checked, as it came. `kind`: whatsapp | sms | status | telegram."""

    kind: str
    body: bytes
    query: str
    at: datetime


class Spool:
    """In the order in which they came."""

    def __init__(self, path: Path) -> None:
        self._reading, self._adding = _opened(path), _opened(path)
        self._reading.execute(TABLE)
        # Moving what was written to its place waits for the disk; whoever takes hooks away does that.
        self._adding.execute("PRAGMA wal_autocheckpoint=0")

    def add(self, hook: Hook) -> None:
        row = (hook.kind, encryption.seal(hook.body), encryption.encrypt(hook.query), hook.at.isoformat())
        self._adding.execute("INSERT INTO hook (kind, body, query, at) VALUES (?, ?, ?, ?)", row)

    def next(self, count: int) -> dict[int, Hook]:
        """The oldest by their numbers."""
        rows = self._reading.execute(
            "SELECT id, kind, body, query, at FROM hook WHERE NOT aside ORDER BY id LIMIT ?", (count,)
        )
        return {
            number: Hook(kind, encryption.unseal(body), encryption.decrypt(query), datetime.fromisoformat(at))
            for number, kind, body, query, at in rows
        }

    def forget(self, numbers: Iterable[int]) -> None:
        self._reading.execute(
            "DELETE FROM hook WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([*numbers]),)
        )

    def set_aside(self, number: int) -> None:
        self._reading.execute("UPDATE hook SET aside = 1 WHERE id = ?", (number,))

    def take_up(self) -> None:
        """What was set aside is there again."""
        self._reading.execute("UPDATE hook SET aside = 0 WHERE aside")

    def aside(self) -> int:
        """How many are set aside."""
        return int(self._reading.execute("SELECT count(*) FROM hook WHERE aside").fetchone()[0])

    def is_heard(self, patience: float = PATIENCE) -> bool:
        """Once all that came before this call is in the store; False where that takes too long. Only reads."""
        _, newest = self._waiting()
        ends = time.monotonic() + patience
        while (oldest := self._waiting()[0]) is not None and newest is not None and oldest <= newest:
            if time.monotonic() > ends:
                return False
            time.sleep(LOOKS)
        return True

    def _waiting(self) -> tuple[int | None, int | None]:
        """The numbers of the oldest and of the newest."""
        oldest, newest = self._reading.execute("SELECT min(id), max(id) FROM hook WHERE NOT aside").fetchone()
        return oldest, newest

    def close(self) -> None:
        self._adding.close()
        self._reading.close()


def _opened(path: Path) -> sqlite3.Connection:
    """Each statement is a transaction of its own."""
    file = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=LONGEST_WAIT)
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("PRAGMA synchronous=NORMAL")
    return file
