"""Whether a text to a borrower threatens, shames, presses, deceives or is rude, also misspelt or between the lines.

The rules are in `tone.txt`. Pure; a text is read once as a whole and, where it is at fault, sentence by sentence."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from outreach import unkind
from understanding.grammar import Grammar

_GRAMMAR: Final = Grammar(Path(__file__).with_suffix(".txt"))
# What only sounds hard: a denial, an address, a warning of others who pretend to be us.
_HARMLESS: Final = _GRAMMAR.rules("aside")
_RULED: Final = ("third_party", "legal", "threat", "shame", "insult", "deceit", "hardship", "guilt", "urgency")
_RULES: Final = {kind: _GRAMMAR.rules(kind) for kind in _RULED}
KINDS: Final = (*_RULED, "tone")
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")
_SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """`words` is the sentence that is to be changed, or the whole text when only the whole is at fault."""

    kind: str
    words: str


def faults(text: str, language: str = "es") -> tuple[Fault, ...]:
    """Each kind of fault once. Authors mix Spanish and English, so that `language` does not narrow the rules.

    A text that breaks no rule and still sounds like those that do is of the kind `tone`."""
    kinds = _kinds(text)
    sentences = [found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()]
    if not kinds and not _denies(text) and unkind.is_unkind(text):
        return (Fault("tone", max(sentences, key=unkind.score, default=text)),)
    pieces = [(each, _kinds(each)) for each in sentences] if kinds else []
    return tuple(Fault(kind, next((words for words, its in pieces if kind in its), text)) for kind in kinds)


def _kinds(text: str) -> tuple[str, ...]:
    signs = _HARMLESS.without(_read(text))
    return tuple(kind for kind, rules in _RULES.items() if rules.found(signs))


def _denies(text: str) -> bool:
    """'Nunca llamaremos a su trabajo' has the words of a threat, which is all that a weighing of words hears."""
    return _HARMLESS.found(_read(text))


def _read(text: str) -> str:
    # A value is no word of the author's, and stands where a figure would.
    return _GRAMMAR.read(_PLACEHOLDER.sub(" 0 ", text))
