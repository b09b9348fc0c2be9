"""How rules over ideas read words: in any spelling, and as they are written in a file."""

from pathlib import Path

import pytest

from understanding.grammar import Grammar

FILE = """
# A small file of rules.
[ideas]
wish: quiero quisiera
go: irme salir*

[misspelt]
quiero

[ordinary]
quieto

[leaving]
<wish> ..1 <go>
^ adios $

[by far]
<wish> ~3 mundo

[either]
<wish> mundo | hasta luego
"""


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    file = tmp_path_factory.mktemp("rules") / "rules.txt"
    file.write_text(FILE, "utf-8")
    return Grammar(file)


@pytest.mark.parametrize(
    "text",
    [
        "quiero irme",
        "QUIERO  IRME",
        "kiero irme",
        "qiero irme",
        "quierro irme",
        "quero irme",
        "q u i e r o irme",
        "qui ero irme",
        "quieroirme",
        "quiero salirme",
        "quisiera ya irme",
        "quiero... irme",
        "hola, adiós. gracias",
    ],
)
def test_a_rule_holds_in_any_spelling(grammar: Grammar, text: str) -> None:
    assert grammar.rules("leaving").found(grammar.read(text))


@pytest.mark.parametrize(
    "text", ["quieto irme", "quiero ya mismo irme", "quiero. irme", "adiós amigo", "irme quiero", ""]
)
def test_another_order_another_clause_or_an_ordinary_word_is_something_else(grammar: Grammar, text: str) -> None:
    assert not grammar.rules("leaving").found(grammar.read(text))


def test_a_wave_crosses_clauses(grammar: Grammar) -> None:
    assert grammar.rules("by far").found(grammar.read("quiero, ya, mundo"))


@pytest.mark.parametrize("text", ["quiero mundo", "hasta luego"])
def test_of_a_choice_one_is_enough(grammar: Grammar, text: str) -> None:
    assert grammar.rules("either").found(grammar.read(text))


def test_what_a_rule_describes_is_taken_out(grammar: Grammar) -> None:
    rules = grammar.rules("leaving")
    assert not rules.found(rules.without(grammar.read("quiero irme")))


def test_a_word_that_no_idea_has_is_a_fault_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "rules.txt"
    file.write_text("[ideas]\na: uno\n\n[misspelt]\n\n[ordinary]\n\n[rules]\n<wish> uno\n", "utf-8")
    with pytest.raises(ValueError, match="wish"):
        Grammar(file).rules("rules")
