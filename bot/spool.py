"""Hooks on disk beside the store, for as long as its pen is taken: one file, written by the gateway alone.

SQLite lets one writer in at a time, and turns write too. Whoever calls a hook waits for this file instead, which nobody
else writes. What it holds is sealed, as in the store.
"""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from store import encryption


class Hook(NamedTuple):
    """A hook that was checked, as it came. `kind`: whatsapp | sms | status | telegram."""

    kind: str
    body: bytes
    query: str
    at: datetime


class Spool:
    """In the order in which they came. As durable as the store: a process may be killed at any moment."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._lock = Lock()
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=NORMAL")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS hook (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
            " body BLOB NOT NULL, query BLOB NOT NULL, at TEXT NOT NULL)"
        )

    def add(self, hooks: Sequence[Hook]) -> None:
        rows = [
            (each.kind, encryption.seal(each.body), encryption.encrypt(each.query), each.at.isoformat())
            for each in hooks
        ]
        with self._lock, self._file:
            self._file.execute("BEGIN IMMEDIATE")
            self._file.executemany("INSERT INTO hook (kind, body, query, at) VALUES (?, ?, ?, ?)", rows)

    def next(self, after: int, count: int) -> list[tuple[int, Hook]]:
        """The oldest whose number is above `after`."""
        with self._lock:
            rows = self._file.execute("SELECT * FROM hook WHERE id > ? ORDER BY id LIMIT ?", (after, count)).fetchall()
        return [
            (
                number,
                Hook(kind, encryption.unseal(body), encryption.decrypt(query), datetime.fromisoformat(at)),
            )
            for number, kind, body, query, at in rows
        ]

    def forget(self, numbers: Collection[int]) -> None:
        with self._lock, self._file:
            self._file.execute("BEGIN IMMEDIATE")
            self._file.executemany("DELETE FROM hook WHERE id = ?", [(each,) for each in numbers])

    def close(self) -> None:
        self._file.close()
