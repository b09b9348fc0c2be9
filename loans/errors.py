"""What the ledger refuses, said so that the sender can mend it."""

from typing import Any


class LedgerError(Exception):
    """`reason` is a stable key for texts in other languages; `fix` says in English what to send instead."""

    def __init__(self, field: str, value: Any, fix: str, *, reason: str) -> None:
        super().__init__(f"{field} is {value!r}: {fix}")
        self.field = field
        self.value = value
        self.fix = fix
        self.reason = reason
