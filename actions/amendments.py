"""Several payments in one promise: one more is added to what was read back, or one of them is changed."""

import re
from datetime import date

from actions.draft import Draft
from actions.turn import Turn
from understanding.normalize import normalize
from understanding.read_back import is_instead
from understanding.reading import Reading
from understanding.wish_words import clauses

# 'No, 400': what follows is the new wish.
LEADING_NO = re.compile(r"^\W*(no+|nel|nop)\b[\s,.;]*", re.I)
# 'Y aparte otros 250 el lunes' adds a payment to what was read back.
ADDED = re.compile(r"\b(aparte|ademas|tambien|otros?|otras?|y luego|another|plus|also|as well|too)\b")
# 'El del sábado que sea de 500, el otro igual'.
LEFT_AS_IT_IS = re.compile(
    r"[,;]? ?\b(?:y )?(?:el|la|lo|los|the) (?:otr[oa]s?|demas|resto|other(?: one)?|rest) (?:igual|asi|lo mismo"
    r"|que(?:da|de)\w*|se queda\w*|esta bien|como (?:esta|dije|iba)|the same|stays?|is fine)\b.*$",
    re.I,
)
IS_TO_BE = re.compile(r"\b(?:should be|que sea|mejor sea|debe ser|seria|sea|to be|make it|is)\b(?: de)?", re.I)
# 'El del viernes quítelo', 'skip the friday one'.
DROPS = re.compile(
    r"\b(?:quit|borr|elimin|cancel|olvid|sac)(?:e|a|en|ar|emos)?(?:me|nme)?l?[oae]?s?\b|\b(?:skip|drop|remove|forget|scratch)\b"
)
# 'Nada más dejamos el del lunes'.
ALONE = re.compile(r"\b(?:nada mas|nomas|solo|solamente|unicamente|only|just)\b")


def adds(turn: Turn, draft: Draft, said: Reading) -> bool:
    """One more payment beside what was read back, not in its place."""
    plain = normalize(turn.text)
    (amount, on), *more = draft.meant(turn, said)
    if more or amount is None or on is None or draft.amount is None or draft.on is None:
        return False
    if not ADDED.search(plain) or is_instead(plain) or LEADING_NO.match(turn.text) or on == draft.on:
        return False
    draft.parts = [*(draft.parts or [(draft.amount, draft.on)]), (amount, on)]
    draft.recheck(turn)
    return True


def amends(turn: Turn, draft: Draft) -> bool:
    """'El del sábado que sea de 500, el otro igual', 'el del viernes quítelo': of several the one of that day."""
    kept = _kept(turn, draft)
    if kept is None or kept == draft.parts:
        return False
    draft.amount, draft.on = kept[0]
    draft.parts = kept if len(kept) > 1 else []
    draft.recheck(turn)
    return True


def _kept(turn: Turn, draft: Draft) -> list[tuple[int, date]] | None:
    """What is left of the payments, None where none of them is spoken of by its day."""
    kept, spoken_of = list(draft.parts), False
    for words in clauses(turn.text) or [turn.text]:
        said = turn.read(text=IS_TO_BE.sub(" , ", LEFT_AS_IT_IS.sub("", LEADING_NO.sub("", words))))
        if [on for _, on in kept].count(said.date or date.min) != 1:
            continue
        if DROPS.search(normalize(words)):
            kept, spoken_of = [each for each in kept if each[1] != said.date], True
        elif ALONE.search(normalize(words)) and said.amount is None:
            kept, spoken_of = [each for each in kept if each[1] == said.date], True
        elif said.amount is not None and not said.ambiguous:
            kept, spoken_of = [(said.amount if on == said.date else amount, on) for amount, on in kept], True
    return kept if kept and spoken_of else None
