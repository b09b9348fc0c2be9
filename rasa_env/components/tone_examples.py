"""Texts to borrowers that were refused and texts that pass, by kind: the files of nlu_data/tone."""

import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "nlu_data" / "tone"
UNKIND = "unkind"
_HEADING = re.compile(rf"\[({UNKIND}|kind) (\w+)\]")


class Unreadable(ValueError):  # noqa: N818
    """Names file, line and what to write instead."""


def read(folder: Path) -> tuple[list[str], list[str]]:
    """Texts, and the kind of each ("unkind threat")."""
    found = [pair for path in sorted(folder.glob("*.txt")) for pair in read_file(path)]
    if not found:
        raise Unreadable(f"{folder}: no file *.txt holds a text.")
    return [text for text, _ in found], [kind for _, kind in found]


def read_file(path: Path) -> Iterator[tuple[str, str]]:
    """Below its heading one text a line, as a borrower would read it."""
    heading = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("["):
            if not _HEADING.fullmatch(line):
                raise Unreadable(f"{path}:{number}: {line!r}: write [unkind threat] or [kind reminder].")
            heading = line[1:-1]
        elif line and not line.startswith("#"):
            if not heading:
                raise Unreadable(f"{path}:{number}: {line!r} stands below no heading such as [unkind threat].")
            yield line, heading
