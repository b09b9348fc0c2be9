"""Whether a text to a borrower threatens, shames, presses, deceives or is rude, also misspelt or between the lines.

The assistant's model (rasa_env/components/tone.py), which whoever calls has asked, says how sure it is; the rules of
`tone.txt` name the fault and say how sure it must be. Pure."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from locales import phrases, samples
from understanding.grammar import Grammar

_GRAMMAR: Final = Grammar(Path(__file__).with_suffix(".txt"))
# What only sounds hard: a denial, an address, a warning of others who pretend to be us.
_HARMLESS: Final = _GRAMMAR.rules("aside")
_RULED: Final = ("third_party", "legal", "threat", "shame", "insult", "deceit", "hardship", "guilt", "urgency")
# Rights denied, consent by silence, costs told afterwards, secrets asked for: deceit, however kindly it sounds.
_CERTAIN: Final = _GRAMMAR.rules("certain")
_RULES: Final = {kind: _GRAMMAR.rules(kind) for kind in _RULED} | {"deceit": _GRAMMAR.rules("deceit", "certain")}
KINDS: Final = (*_RULED, "tone", "unheard")
# How sure the model must be: of a text that breaks no rule, of one that does, and of one that denies what it speaks of
# ('nunca llamaremos a su trabajo'), which has the words of a threat. Measured: docs/decisions/0012.
PLAIN, RULED, DENIED = 0.55, 0.4, 0.8
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")
_SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """`words` is the sentence that is to be changed, or the whole text when only the whole is at fault."""

    kind: str
    words: str


def as_read(text: str, language: str) -> str:
    """With a borrower's ordinary values, as the model's examples are. Raises PhraseError or KeyError as `sample`."""
    values = {name: samples.TYPICAL[name] for name in phrases.placeholders(text)}
    return " ".join(phrases.fill(text, values, f"{language}_MX").split())


def faults(text: str, share: float | None) -> tuple[Fault, ...]:
    """Each kind of fault once. `share` is how sure the model is that the text, as it is read, is unkind; None, which
    is a fault too: it could not be asked.

    Authors mix Spanish and English, so that no language narrows the rules."""
    if share is None:
        return (Fault("unheard", text),)
    kinds = _kinds(text)
    if share <= _limit(text, kinds) and not _CERTAIN.found(_HARMLESS.without(_read(text))):
        return ()
    sentences = [found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()]
    pieces = [(each, _kinds(each)) for each in sentences] if kinds else []
    broken = tuple(Fault(kind, next((words for words, its in pieces if kind in its), text)) for kind in kinds)
    return broken or (Fault("tone", text),)


def _limit(text: str, kinds: tuple[str, ...]) -> float:
    if _HARMLESS.found(_read(text)):
        return DENIED
    return RULED if kinds else PLAIN


def _kinds(text: str) -> tuple[str, ...]:
    signs = _HARMLESS.without(_read(text))
    return tuple(kind for kind, rules in _RULES.items() if rules.found(signs))


def _read(text: str) -> str:
    # A value is no word of the author's, and stands where a figure would.
    return _GRAMMAR.read(_PLACEHOLDER.sub(" 0 ", text))
