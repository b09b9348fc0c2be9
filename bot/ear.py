"""How unkind the words of a flow sound to the assistant's model, asked of Rasa and remembered by text."""

from collections.abc import Collection
from functools import lru_cache

import structlog

from bot.dialogue import Dialogue, DialogueDown

log = structlog.get_logger()
# Somebody waits for the answer, with a transaction open; a text is read in some hundredths of a second.
PATIENCE = 3.0
REMEMBERED = 4096


class Ear:
    """One for each process: a model that changes meanwhile is heard after the next start."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self._share = lru_cache(REMEMBERED)(self._ask)  # Keeps answers only, no failures.

    def hear(self, texts: Collection[str]) -> dict[str, float]:
        """From 0 to 1 for each text. The first that can't be judged ends it, and the rest are left out with it."""
        heard = {}
        for text in sorted(texts):
            try:
                heard[text] = self._share(text)
            except DialogueDown as problem:
                log.warning("tone_unheard", reason=str(problem))
                break
        return heard

    def _ask(self, text: str) -> float:
        tone = self._dialogue.parse(text, timeout=PATIENCE).get("tone")
        share = tone.get("unkind") if isinstance(tone, dict) else None
        if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
            raise DialogueDown("no tone")  # A model from before there was a judge, or something else on that port.
        return float(share)
