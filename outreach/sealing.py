"""The seal under a proof: whoever changes a word of it afterwards breaks it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeAlias

Proof: TypeAlias = dict[str, Any]


def seal(proof: Mapping[str, Any]) -> str:
    """SHA-256 of everything but the seal itself, as JSON in one form: sorted, without blanks, in UTF-8."""
    kept = {name: value for name, value in proof.items() if name != "hash"}
    written = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def is_whole(proof: Mapping[str, Any]) -> bool:
    return proof.get("hash") == seal(proof)
