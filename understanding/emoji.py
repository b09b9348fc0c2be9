"""Answers given by emoji alone."""

import re
import unicodedata
from typing import Final

_YES: Final = set("👍👌✅✔☑🆗💯🤝🙆")
_NO: Final = set("👎❌🚫✖🙅⛔")
_COLOUR_AND_JOINERS: Final = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d♀♂\\s!.]")


def is_emoji_only(text: str) -> bool:
    """True when no letter or digit is written, but some picture is."""
    signs = _COLOUR_AND_JOINERS.sub("", text)
    return bool(signs) and all(unicodedata.category(c) in {"So", "Sk", "Sm", "Cf", "Mn", "Cn", "Co"} for c in signs)


def emoji_yes_or_no(text: str) -> bool | None:
    """True or False when every picture says the same; 🙏 and 🤔 say neither."""
    signs = set(_COLOUR_AND_JOINERS.sub("", text)) - {"🙏", "😊", "🙂", "😁", "😃", "💪", "❤", "👋"}
    if signs and signs <= _YES:
        return True
    if signs and signs <= _NO:
        return False
    return None
