"""People's names in what somebody wrote: those that are known, and those that somebody introduces themselves by."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_LISTS: Final[dict[str, frozenset[str]]] = {
    name: frozenset(" ".join(lines).split())
    for name, lines in json.loads(Path(__file__).with_name("name_words.json").read_text(encoding="utf-8")).items()
}
_WORD: Final = re.compile(r"[^\W\d_]+")
# Between words of one name: 'Ana María', 'Ana-María', "O'Neil", 'J. Pérez'.
_JOINED: Final = re.compile(r"\.?[ \t'’-]{0,2}")
_PARTICLES: Final = _LISTS["particles"]
# Names that are also words which tell what somebody means: 'me cortaron la luz', 'tengo mora', 'el domingo'.
_ORDINARY: Final = _LISTS["ordinary"]
# Before these words of a name, an ordinary word is meant as what it says.
_ARTICLES: Final = _LISTS["articles"]
# A word with a capital after one of these is a name.
_TITLES: Final = _LISTS["titles"]
_TITLED: Final = re.compile(r"[ \t]{1,2}")
# A stop after 'Sra' shortens it, and after 'señora' ends the sentence.
_SHORTENED: Final = re.compile(r"\.?[ \t]{1,2}")
_LONGEST_SHORTENED: Final = 4  # letters: 'srta'
_WHOLE_TITLES: Final = frozenset({
    "don", "dona", "hijo", "hija", "mama", "papa", "tio", "tia", "miss", "wife", "son", "mom", "dad", "aunt",
})  # fmt: skip
_SAYS_WHO: Final = _LISTS["says_who"]
# Capitals that people give to places where one pays, and to God.
_PLACES: Final = _LISTS["places"]
_INTRODUCES: Final = re.compile(
    r"\b(?:me llamo|mi nombre es|se llama|(?:a|en) nombre de|my name is|me dicen|soy|habla|le escribe|les escribe"
    r"|atiende|atendi[oó]|this is|i am|i['’]?m)\s+",
    re.IGNORECASE,
)
# After these a word in small letters is a name as well.
_NAMES_SURELY: Final = re.compile(r"llam|nombre|name|dicen", re.IGNORECASE)
_NO_NAME: Final = _LISTS["no_name"]
_LONGEST_NAME: Final = 5
# A name of fewer letters than this sounds like too many other words.
_TELLING: Final = 5
_SOUNDS: Final = (
    (re.compile(r"ph"), "f"), (re.compile(r"qu|k|c(?![eih])|q"), "k"), (re.compile(r"c(?=[ei])|z"), "s"),
    (re.compile(r"(?<!c)h"), ""), (re.compile(r"v|w"), "b"), (re.compile(r"ll|y(?=[aeiou])"), "i"),
    (re.compile(r"y"), "i"), (re.compile(r"g(?=[ei])|x"), "j"), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    start: int
    end: int
    word: str
    capital: bool


def without_names(
    text: str, people: Collection[str], bodies: Collection[str], mark: str, spared: Collection[str] = ()
) -> str:
    """Each word of a person's name and the whole name of a body, such as the lender, gives way to `mark`.

    A word that is both a name and an ordinary word gives way where it stands as a name: beside another name, after a
    title or an introduction, or with a capital and no article before it. `spared` are marks that are there already.
    """
    said = [each for each in _words(text) if text[each.start : each.end] not in spared]
    hidden = _known(text, said, frozenset(word for name in people for word in name_words(name)))
    hidden |= _introduced(text, said) | _strangers(text, said)
    for body in bodies:
        hidden |= _whole(said, _folded_words(body))
    return _replaced(text, said, hidden, mark)


def name_words(name: str) -> Iterator[str]:
    """Folded, without the small words that join them and without initials."""
    return (word for word in _folded_words(name) if word not in _PARTICLES and len(word) > 1)


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in bare if not unicodedata.combining(each)).casefold()


def _folded_words(name: str) -> list[str]:
    return [fold(each) for each in _WORD.findall(unicodedata.normalize("NFC", name))]


def _words(text: str) -> Iterator[_Said]:
    shouted = text.upper() == text
    for found in _WORD.finditer(text):
        yield _Said(found.start(), found.end(), fold(found[0]), not shouted and found[0][0].isupper())


def _known(text: str, said: list[_Said], names: frozenset[str]) -> set[int]:
    sounds = frozenset(_sound(each) for each in names if len(each) >= _TELLING and each not in _ORDINARY)
    known = {at for at, each in enumerate(said) if each.word in names or _sounds_like(each.word, sounds)}
    hidden = {at for at in known if not _is_ordinary(said[at].word) or _stands_as_name(said, at)}
    grown = True
    while grown:
        beside = {at for at in known - hidden if _beside(text, said, at, hidden)}
        hidden |= beside
        grown = bool(beside)
    return hidden


def _joins(word: str) -> bool:
    """The small words and initials within a name."""
    return word in _PARTICLES or len(word) == 1


def _is_ordinary(word: str) -> bool:
    return word in _ORDINARY or len(word) < 3


def _stands_as_name(said: list[_Said], at: int) -> bool:
    before = said[at - 1].word if at else ""
    return before in _TITLES | _SAYS_WHO or (said[at].capital and before not in _ARTICLES)


def _beside(text: str, said: list[_Said], at: int, hidden: set[int]) -> bool:
    """With at most joining words between."""
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(said) and _touch(text, said, other, other - step):
            if other in hidden:
                return True
            if not _joins(said[other].word):
                break
            other += step
    return False


def _touch(text: str, said: list[_Said], one: int, other: int) -> bool:
    first, second = sorted((one, other))
    return _JOINED.fullmatch(text[said[first].end : said[second].start]) is not None


def _sounds_like(word: str, sounds: frozenset[str]) -> bool:
    return len(word) >= _TELLING - 1 and word not in _ORDINARY and _sound(word) in sounds


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    """'hernandes' is heard as 'Hernández'."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


def _introduced(text: str, said: list[_Said]) -> set[int]:
    hidden: set[int] = set()
    begins = {each.start: at for at, each in enumerate(said)}
    for found in _INTRODUCES.finditer(text):
        hidden |= _name_from(text, said, begins.get(found.end()), surely=bool(_NAMES_SURELY.search(found[0])))
    for at, each in enumerate(said[:-1]):
        joint = _SHORTENED if len(each.word) <= _LONGEST_SHORTENED and each.word not in _WHOLE_TITLES else _TITLED
        if each.word in _TITLES and joint.fullmatch(text[each.end : said[at + 1].start]):
            hidden |= _name_from(text, said, at + 1, surely=each.word in {"don", "dona"})
    return hidden


def _name_from(text: str, said: list[_Said], start: int | None, *, surely: bool) -> set[int]:
    """The words of a name that begins here; in small letters three of them at most, and only where surely a name is."""
    if start is None:
        return set()
    taken: list[int] = []
    for at in range(start, min(len(said), start + _LONGEST_NAME)):
        each = said[at]
        if taken and not _touch(text, said, at - 1, at):
            break
        joins = bool(taken) and _joins(each.word)
        small = surely and not each.capital and sum(not said[it].capital for it in taken) < 3
        if not joins and (each.word in _NO_NAME or each.word in _TITLES or not (each.capital or small)):
            break
        taken.append(at)
    while taken and _joins(said[taken[-1]].word):
        taken.pop()
    return set(taken)


def _strangers(text: str, said: list[_Said]) -> set[int]:
    """Two words or more with capitals, inside a sentence whose other words are small."""
    if sum(each.capital for each in said) * 2 > len(said):
        return set()
    named = [at for at, each in enumerate(said) if each.capital and each.word not in _NO_NAME | _PLACES]
    inside = {at for at in named if at and text[said[at - 1].end : said[at].start].isspace()}
    return {at for at in inside if _pairs(text, said, at, inside)}


def _pairs(text: str, said: list[_Said], at: int, inside: set[int]) -> bool:
    return any(it in inside and _touch(text, said, at, it) for it in (at - 1, at + 1))


def _whole(said: list[_Said], words: list[str]) -> set[int]:
    hidden: set[int] = set()
    for at in range(len(said) - len(words) + 1):
        if words and [each.word for each in said[at : at + len(words)]] == words:
            hidden |= set(range(at, at + len(words)))
    return hidden


def _replaced(text: str, said: list[_Said], hidden: set[int], mark: str) -> str:
    """One mark for a whole name, the words that join it included."""
    for at in [at for at, each in enumerate(said) if _joins(each.word)]:
        if _touches_both(text, said, at, hidden):
            hidden.add(at)
    pieces, last = list[str](), 0
    for at in sorted(hidden):
        if pieces and at - 1 in hidden and _touch(text, said, at - 1, at):
            last = said[at].end
            continue
        pieces += [text[last : said[at].start], mark]
        last = said[at].end
    return "".join([*pieces, text[last:]])


def _touches_both(text: str, said: list[_Said], at: int, hidden: set[int]) -> bool:
    """A joining word (or two: 'de la') between two hidden words."""
    sides = []
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(said) and _joins(said[other].word) and other not in hidden:
            other += step
        touching = 0 <= other < len(said) and all(
            _touch(text, said, each, each + 1) for each in range(min(at, other), max(at, other))
        )
        sides.append(touching and other in hidden)
    return all(sides)
