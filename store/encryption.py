"""Personal data at rest: AES-GCM with a key id in each value, HMAC for look-ups by exact value.

The keyring is set once per process by the front room. A stored value is: key id (1 byte), nonce (12), cipher text.
A new key is added with a higher id and used for new values; older values stay readable while their key is in the ring.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12  # The size that AES-GCM is specified for (NIST SP 800-38D, 5.2.1.1).


class UnreadableValueError(Exception):
    """A stored value can't be decrypted: its key is missing or the value was altered."""


@dataclass(frozen=True)
class Keyring:
    """`keys` maps an id (1..255) to 32 secret bytes; the highest id encrypts. `index_key` never changes."""

    keys: dict[int, bytes]
    index_key: bytes


class _Ring:
    current: Keyring | None = None


def configure(ring: Keyring) -> None:
    for key_id, key in ring.keys.items():
        if not 1 <= key_id <= 255 or len(key) != 32:
            raise ValueError(f"Encryption key {key_id}: the id must be 1..255 and the key 32 bytes long.")
    _Ring.current = ring


def keyring_from_secret(secret: str) -> Keyring:
    """A ring with one key, both halves derived from one secret of the settings."""
    material = hashlib.scrypt(secret.encode(), salt=b"al-corriente/keyring", n=2**14, r=8, p=1, dklen=64)
    return Keyring(keys={1: material[:32]}, index_key=material[32:])


def _ring() -> Keyring:
    if _Ring.current is None:
        raise RuntimeError("No encryption keys: the process must call store.encryption.configure first.")
    return _Ring.current


def keyring() -> Keyring:
    """The one in use, for another process of this program."""
    return _ring()


def encrypt(text: str) -> bytes:
    return seal(text.encode())


def decrypt(value: bytes) -> str:
    return unseal(value).decode()


def seal(content: bytes) -> bytes:
    """What `encrypt` does with a text, for a file."""
    ring = _ring()
    key_id = max(ring.keys)
    nonce = os.urandom(NONCE_BYTES)
    return bytes([key_id]) + nonce + AESGCM(ring.keys[key_id]).encrypt(nonce, content, None)


def unseal(value: bytes) -> bytes:
    key = _ring().keys.get(value[0]) if value else None
    if key is None:
        raise UnreadableValueError("A stored value was encrypted with a key that is not in the ring.")
    nonce, body = value[1 : 1 + NONCE_BYTES], value[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, None)
    except InvalidTag as problem:
        raise UnreadableValueError("A stored value does not fit its key: wrong secret or altered data.") from problem


def blind_index(value: str) -> str:
    """The same text gives the same index, and the index tells nothing without the key."""
    return hmac.new(_ring().index_key, value.encode(), hashlib.sha256).hexdigest()
