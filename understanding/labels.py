"""Whether words name a loan by its label: 'la máquina', 'el del refri', 'the sewing one'."""

import re
from typing import Final

from understanding.normalize import normalize

_SHORTEST: Final = 4  # 'de', 'la' and 'mi' are in many labels


def names(label: str, text: str) -> bool:
    """A telling word of the label stands in the text, also clipped or with its plural."""
    telling, said = _telling(label), _telling(text)
    return any(one.startswith(other) or other.startswith(one) for one in telling for other in said)


def _telling(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", normalize(text)) if len(word) >= _SHORTEST]
