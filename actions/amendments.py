"""Several payments in one promise: one more is added to what was read back, or one of them is changed."""

import re
from datetime import date

from actions.draft import Draft
from actions.turn import Turn
from understanding.normalize import normalize
from understanding.read_back import is_instead
from understanding.reading import Reading

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
    """'El del sábado que sea de 500, el otro igual': of several payments the one of that day."""
    said = turn.read(text=LEFT_AS_IT_IS.sub("", LEADING_NO.sub("", turn.text)))
    days = [on for _, on in draft.parts]
    if len(said.parts) > 1 or said.amount is None or said.ambiguous or days.count(said.date or date.min) != 1:
        return False
    draft.parts = [(said.amount if on == said.date else amount, on) for amount, on in draft.parts]
    draft.amount, draft.on = draft.parts[0]
    draft.recheck(turn)
    return True
