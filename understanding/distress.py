"""Words of suicide, self-harm and violence. Near total recall matters most; a wrong alarm costs a call by a person."""

from pathlib import Path
from typing import Final

from understanding.grammar import Grammar

_GRAMMAR: Final = Grammar(Path(__file__).with_suffix(".txt"))
# What only sounds like it: idioms, bereavement.
_IDIOMS: Final = _GRAMMAR.rules("idioms")
_CERTAIN: Final = _GRAMMAR.rules("self", "signs", "cries", "others")
# 'No puedo más' is anguish, and 'no puedo más con la cuota' is not.
_UNLESS_ABOUT_MONEY: Final = _GRAMMAR.rules("weary")
_ABOUT_MONEY: Final = _GRAMMAR.rules("money")


def is_distress(text: str) -> bool:
    """True when the words speak of ending one's life, hurting oneself, or violence at home; idioms are set aside."""
    said = _IDIOMS.without(_GRAMMAR.read(text))
    return _CERTAIN.found(said) or (_UNLESS_ABOUT_MONEY.found(said) and not _ABOUT_MONEY.found(said))
