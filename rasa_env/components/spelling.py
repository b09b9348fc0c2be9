"""Two ways to read chat spelling: its letters alone, and how it sounds: 'kiero avonar' meets 'quiero abonar'."""

import re
import unicodedata

# In the order of use. What Spanish speakers mix up in writing becomes one letter; English loses little by it.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"ll", "y"),
        (r"([a-z])\1+", r"\1"),
        (r"qu(?=[ei])", "k"),
        (r"\bq\b", "ke"),
        (r"c(?=[ei])", "s"),
        (r"ch", "#"),
        (r"h", ""),
        (r"#", "ch"),
        (r"z", "s"),
        (r"v", "b"),
        (r"w", "u"),
        (r"y", "i"),
        (r"[cq]", "k"),
        (r"x", "s"),
        (r"g(?=[ei])", "j"),
    ]
]


def letters(text: str) -> str:
    """Lower case without accents; emoji and punctuation stay."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def sounds(text: str) -> str:
    text = letters(text)
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text


READINGS = {"letters": letters, "sounds": sounds}
