"""The console's texts: `python -m locales.console FOLDER` writes them there for its build.

They are es.json and en.json; decimals.json says which currencies have more or fewer than two.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from locales import currencies
from locales.checks import entry_faults
from locales.phrases import FOLDER, Phrase, catalogue_file, read_catalogue

DOMAIN = "console"
LANGUAGES = ("es", "en")
SOURCES = FOLDER.parent / "console" / "src"
# t("queue.title") names a key; t(`audit.${each}`) and named("role", …) name all keys that begin so.
_KEY = re.compile(r"""\bt\(\s*(?:\w+ \? )?["']([a-z_]+\.[a-z_.]+)["']|["']([a-z_]+\.[a-z_]+)["']""")
_TOPIC = re.compile(r"""\bnamed\(\s*["']([a-z_]+)["']|\bt\(\s*`([a-z_]+)\.\$\{""")
# What looks like a key and is none.
_NOT_A_KEY = re.compile(r".*\.(ts|js|css|json|svelte|svg|png|csv)$")


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        texts = {key: _exported(phrase) for key, phrase in read_catalogue(language, DOMAIN).items()}
        (folder / f"{language}.json").write_text(json.dumps(texts, ensure_ascii=False, indent=0) + "\n", "utf-8")
    (folder / "decimals.json").write_text(json.dumps(currencies.unusual()) + "\n", "utf-8")


def named(topic: str, value: str, language: str) -> str:
    """What the console calls a value; one that has no word is shown as it is."""
    phrase = _catalogue(language if language in LANGUAGES else LANGUAGES[0]).get(f"{topic}.{value}")
    return value.replace("_", " ") if phrase is None else "".join(literal for literal, _ in phrase.forms[0])


@cache
def _catalogue(language: str) -> Mapping[str, Phrase]:
    return read_catalogue(language, DOMAIN)


def problems() -> Iterator[str]:
    """Every fault of the two catalogues, and every disagreement with what the console's sources ask for."""
    reference, *others = ({lang: read_catalogue(lang, DOMAIN)} for lang in LANGUAGES)
    known = reference[LANGUAGES[0]]
    for other in others:
        for language, texts in other.items():
            yield from (f"{language} {key}: missing" for key in sorted(known.keys() - texts.keys()))
            yield from (f"{language} {key}: not in {LANGUAGES[0]}" for key in sorted(texts.keys() - known.keys()))
            for key in sorted(known.keys() & texts.keys()):
                if _shape(known[key]) != _shape(texts[key]):
                    yield f"{language} {key}: other placeholders or plural forms than {LANGUAGES[0]}"
    for language in LANGUAGES:
        yield from (f"{language} {fault}" for fault in entry_faults(catalogue_file(language, DOMAIN)))
    yield from _disagreements(set(known))


def _disagreements(known: set[str]) -> Iterator[str]:
    keys, topics = used(SOURCES)
    yield from (f"console/src uses {key!r}, which is no phrase" for key in sorted(keys - known))
    for key in sorted(known - keys):
        if key.split(".")[0] not in topics:
            yield f"{key}: used nowhere in console/src"
    found = {key.split(".")[0] for key in known}
    yield from (
        f"console/src names the topic {topic!r}, of which there is no phrase" for topic in sorted(topics - found)
    )


def used(sources: Path) -> tuple[set[str], set[str]]:
    """The keys that the sources name whole, and the topics whose keys they put together."""
    keys, topics = set[str](), set[str]()
    for path in sorted([*sources.rglob("*.svelte"), *sources.rglob("*.ts")]):
        if path.name.endswith(".d.ts"):
            continue  # Written from the API, examples included.
        text = path.read_text("utf-8")
        keys |= {whole or quoted for whole, quoted in _KEY.findall(text) if not _NOT_A_KEY.match(whole or quoted)}
        topics |= {given or begun for given, begun in _TOPIC.findall(text)}
    return keys, topics


def _exported(phrase: Phrase) -> str | list[str]:
    forms = ["".join(literal + (f"{{{name}}}" if name else "") for literal, name in form) for form in phrase.forms]
    return forms if phrase.plural else forms[0]


def _shape(phrase: Phrase) -> tuple[frozenset[str], int]:
    return phrase.names, len(phrase.forms)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
