"""Rules over ideas instead of spellings, kept in a text file beside the module that uses them.

Every word of a message becomes one sign that says which ideas the word may stand for, so that a rule is a regular
expression over signs. A file has sections: `[ideas]` lists the words of each idea, `want*` for all that begin so;
`[misspelt]` are words that are also heard with one slip of the finger, without their vowels, in two pieces or grown
together with others; `[ordinary]` are words that never are taken for another; every other section holds rules. A rule
is written in words: `<want>` is any word of that idea (`<want|plan>` of either), a plain word is itself, `..3` are up
to three words within the clause, `~3` also across its end, `^` and `$` begin and end a clause; everything else is the
notation of regular expressions. An indented line continues the one before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from understanding.sounds import BREAK, NUMBER, bones, slips, sound, without_one_letter, words

_UNKNOWN: Final = "_"
_FIRST_SIGN: Final = 0xE000  # Unicode's private use area: no sign means anything to a regular expression
_PIECE: Final = re.compile(r"<(?P<ideas>[a-z_0-9|]+)>|\.\.(?P<near>\d)|~(?P<far>\d)|(?P<word>[a-z]+\*?)|\S")
# A group in a compiled rule with what may follow it, and a class of signs that must be there.
_BRACKETS: Final = re.compile(r"\([^()]*\)(?:[?*+]|\{[^}]*\})?\??")
_CLASS: Final = re.compile(r"\[(?!\^)([^\]]*)\](?![?*]|\{0)")
# Shorter words have too many neighbours that mean something else.
_SHORTEST_SOUND: Final = 4
_SHORTEST_SLIP: Final = 5
_SHORTEST_GLUED: Final = 7


class Grammar:
    def __init__(self, file: Path) -> None:
        self._sections = _sections(file.read_text("utf-8"))
        self._words: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        for line in self._sections["ideas"]:
            idea, _, listed = line.partition(": ")
            for word in listed.split():
                self._note(word, idea)
        for rule in self._all_rules():
            for found in _PIECE.finditer(rule):
                if found["word"]:
                    self._note(found["word"], f"={found['word']}")
        self._signs: dict[frozenset[str], str] = {}
        self._known = {word: self._sign(meant | self._by_stem(word)) for word, meant in self._words.items()}
        self._begun = {stem: self._sign(meant | self._by_stem(stem[:-1])) for stem, meant in self._stems.items()}
        self._signs_by_idea: dict[str, list[str]] = {}
        for meanings, sign in self._signs.items():
            for idea in meanings:
                self._signs_by_idea.setdefault(idea, []).append(sign)
        self._sounds = {sound(word): word for word in reversed(self._known) if len(word) >= _SHORTEST_SOUND}
        self._begun_sounds = {sound(stem): sign for stem, sign in self._begun.items() if len(stem) > _SHORTEST_SOUND}
        self._ordinary = frozenset(" ".join(self._sections["ordinary"]).split())
        self._keys = {word: self._known[word] for word in " ".join(self._sections["misspelt"]).split()}
        self._slips = slips(self._keys)
        self._bones = {bones(word): sign for word, sign in self._keys.items()}
        self._signs_of = lru_cache(maxsize=8192)(self._signs_for)

    def rules(self, *sections: str) -> "Rules":
        written = [rule for section in sections for rule in self._sections[section]]
        return Rules([re.compile("".join(map(self._compiled, _PIECE.finditer(each)))) for each in written])

    def read(self, text: str) -> str:
        """The text as signs."""
        return "".join(self._signs_of(word) for word in self._joined(self._parted(words(text))))

    def _all_rules(self) -> Iterator[str]:
        for section, lines in self._sections.items():
            if section not in {"ideas", "misspelt", "ordinary"}:
                yield from lines

    def _note(self, word: str, idea: str) -> None:
        if word.endswith("*"):
            self._stems.setdefault(word[:-1], set()).add(idea)
        else:
            self._words.setdefault(word, set()).add(idea)

    def _sign(self, meant: set[str]) -> str:
        return self._signs.setdefault(frozenset(meant), chr(_FIRST_SIGN + len(self._signs)))

    def _by_stem(self, word: str) -> set[str]:
        return set().union(*(self._stems.get(word[:end], ()) for end in range(2, len(word) + 1)))

    def _compiled(self, piece: re.Match[str]) -> str:
        if piece["ideas"]:
            return self._class(piece["ideas"].split("|"))
        if piece["word"]:
            return self._class([f"={piece['word']}"])
        if piece["near"]:
            return f"[^{BREAK}]{{0,{piece['near']}}}?"
        if piece["far"]:
            return f".{{0,{piece['far']}}}?"
        return {"^": rf"(?:\A|(?<={BREAK}))", "$": rf"(?={BREAK}|\Z)"}.get(piece[0], piece[0])

    def _class(self, wanted: Sequence[str]) -> str:
        unknown = [idea for idea in wanted if idea not in self._signs_by_idea]
        if unknown:
            raise ValueError(f"No words for {' or '.join(unknown)}.")
        return f"[{''.join(sorted({sign for idea in wanted for sign in self._signs_by_idea[idea]}))}]"

    def _parted(self, tokens: Sequence[str]) -> list[str]:
        """'su.icidio' and 'm*tar' are one word when that is known, else 'hola.stop' is two."""
        parted: list[str] = []
        for token in tokens:
            parts = re.findall("[a-z]+", token)
            if len(parts) > 1:
                whole = "".join(parts)
                parted += [whole] if whole in self._known or self._by_slip(whole) else parts
            else:
                parted.append(token)
        return parted

    def _joined(self, tokens: Sequence[str]) -> Iterator[str]:
        """Words with a space in their middle are made whole again."""
        rest = iter([*tokens, ""])
        word = next(rest)
        for after in rest:
            if after and word + after in self._keys and not (word in self._known and after in self._known):
                word += after
                continue
            if word:
                yield word
            word = after

    def _signs_for(self, word: str) -> str:
        if word in {BREAK, NUMBER}:
            return word
        if word in self._known or word in self._ordinary:
            return self._known.get(word, _UNKNOWN)
        found = self._by_sound(word) or self._by_slip(word) or self._by_parts(word)
        return found or self._by_beginning(word) or _UNKNOWN

    def _by_sound(self, word: str) -> str | None:
        # 'thinkin' is 'thinking'.
        alike = self._sounds.get(sound(word)) or (f"{word}g" if word.endswith("in") else None)
        return self._known.get(alike) if alike else None

    def _by_beginning(self, word: str) -> str | None:
        return _beginning(word, self._begun) or _beginning(sound(word), self._begun_sounds)

    def _by_slip(self, word: str) -> str | None:
        without_vowels = self._by_bones(word)
        if without_vowels or len(word) < _SHORTEST_SLIP:
            return without_vowels
        shorter = without_one_letter(word)
        near = {self._slips[each] for each in {word, *shorter} & self._slips.keys()} | (shorter & self._keys.keys())
        return self._keys[max(sorted(near), key=len)] if near else None

    def _by_bones(self, word: str) -> str | None:
        """'mtarme', 'vvir': at most one vowel is left of a longer word."""
        saved = bones(word)
        return self._bones.get(saved) if len(word) - len(saved) <= 1 and len(word) >= _SHORTEST_SOUND else None

    def _by_parts(self, word: str) -> str | None:
        """'mequieromorir' is three words, when each of them is known and one of them matters."""
        if len(word) < _SHORTEST_GLUED:
            return None
        parts = _divide(word, self._known)
        if parts is None or not any(part in self._keys for part in parts):
            return None
        return "".join(self._known[part] for part in parts)


class Rules:
    """Rules that are tried only on texts in which all signs that they need are found."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = [(_needs(each.pattern), each) for each in patterns]

    def found(self, signs: str) -> bool:
        """Whether any of the rules holds."""
        return any(each.search(signs) for each in self._at_hand(signs))

    def without(self, signs: str) -> str:
        """The text with a break in the place of each part that a rule describes."""
        for each in self._at_hand(signs):
            signs = each.sub(BREAK, signs)
        return signs

    def _at_hand(self, signs: str) -> Iterator[re.Pattern[str]]:
        there = frozenset(signs)
        return (pattern for needs, pattern in self._patterns if not any(there.isdisjoint(each) for each in needs))


def _needs(pattern: str) -> list[frozenset[str]]:
    """Sets of which every match holds a sign: what is outside of brackets and may not be left out.

    None is needed by a rule that is a choice between several.
    """
    plain = pattern
    while (flat := _BRACKETS.sub("", plain)) != plain:
        plain = flat
    return [] if "|" in plain else [frozenset(found[1]) for found in _CLASS.finditer(plain)]


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = sections[line.strip("[]")] = []
        elif line.startswith(" "):
            lines[-1] += " " + line.strip()
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections


def _beginning(word: str, begun: Mapping[str, str]) -> str | None:
    return next((begun[word[:end]] for end in range(len(word), 1, -1) if word[:end] in begun), None)


def _divide(word: str, known: Mapping[str, str]) -> list[str] | None:
    """The word as known ones from left to right, the longest first."""
    if not word:
        return []
    for end in range(len(word), 1, -1):
        if word[:end] in known and (rest := _divide(word[end:], known)) is not None:
            return [word[:end], *rest]
    return None
