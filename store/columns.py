"""Column types: aware UTC datetimes, encrypted personal data and encrypted files."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from store import encryption


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC. A naive value is refused: it would mean a different instant elsewhere."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A datetime without zone can't be stored: {value!r}. Give an aware one.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class EncryptedText(TypeDecorator[str]):
    """Text encrypted at rest with AES-GCM; equal texts look different, so search needs a blind index."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else encryption.encrypt(str(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else encryption.decrypt(bytes(value))


class EncryptedBytes(TypeDecorator[bytes]):
    """A file encrypted at rest as texts are."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else encryption.seal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else encryption.unseal(bytes(value))
