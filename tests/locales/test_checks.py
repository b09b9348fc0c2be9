"""The shipped catalogues hold to every check, and each check notices what it is for."""

from pathlib import Path

import pytest

from locales import checks
from locales.phrases import read_catalogue


@pytest.mark.parametrize("language", ["es", "es_MX", "en"])
def test_the_shipped_catalogue_has_no_fault(language: str) -> None:
    assert list(checks._catalogue_faults(language)) == []


def test_every_key_named_in_the_code_exists() -> None:
    assert list(checks.unknown_keys(Path(checks.__file__).parents[1])) == []


@pytest.mark.parametrize(
    ("key", "text", "language", "fault"),
    [
        ("thanks", "Iremos con la policía", "es", "threat"),
        ("thanks", "Hablaremos con su familia", "es", "threat"),
        ("thanks", "We will call your employer", "en", "threat"),
        ("thanks", "This is your last warning", "en", "threat"),
        ("greet.unknown", "Hola, tiene un adeudo", "es", "before we know"),
        ("help", "I can tell you your balance", "en", "before we know"),
        ("reminder.neutral", "Hola, es sobre su préstamo", "es", "before we know"),
        ("identity.ask", "Your loan: date of birth?", "en", "before we know"),
        ("hardship.pause", "Pague cuando pueda", "es", "not spoken of here"),
        ("distress.help", "A person on our team will take your payment", "en", "not spoken of here"),
        ("thanks", "Gracias for your pago", "es", "not in this language"),
        ("thanks", "Thank you, señor", "en", "not in this language"),
        ("thanks", "Te escribo mañana", "es", "as usted"),
        ("person.coming", "Ya le escriben", "es", "must say 'una persona del equipo'"),
        ("offer.none_to_person", "We will write", "en", "must say 'a person on our team'"),
        ("wrong_person.apology", "Gracias por avisar", "es", "must say 'disculp'"),
        ("complaint.opened", "Thank you", "en", "must say 'sorry'"),
        ("opt_out.done", "Ya no le enviaremos mensajes", "es", "must say 'ALTA'"),
        ("opt_out.done", "Write START", "en", "must say 'we will no longer send'"),
        ("who.known", "Soy Ana", "es", "must say 'asistente"),
        ("thanks", "Gracias ", "es", "stray blanks"),
        ("thanks", "¡Gracias! ¡Gracias!", "es", "stray blanks or too many"),
        ("history.row", "{channel}: {amount}", "es", "must end its line"),
    ],
)
def test_a_bad_text_is_named(key: str, text: str, language: str, fault: str) -> None:
    assert any(fault in found for found in checks.text_faults(key, text, language))


def test_other_placeholders_than_the_reference_are_named() -> None:
    spanish = read_catalogue("es")
    faults = list(checks.phrase_faults("greet.known", spanish["thanks"], spanish["greet.known"], "en"))
    assert any("has [] where es has ['lender', 'name']" in fault for fault in faults)


def test_an_entry_without_text_comment_or_with_a_fuzzy_mark_is_named(tmp_path: Path) -> None:
    path = tmp_path / "borrower.po"
    entries = [
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"',
        '# Said first.\nmsgid "a.empty"\nmsgstr ""',
        'msgid "a.silent"\nmsgstr "Hola"',
        '# Said last.\n#, fuzzy\nmsgid "a.fuzzy"\nmsgstr "Hola"',
    ]
    path.write_text("\n\n".join(entries) + "\n", "utf-8")
    faults = list(checks.entry_faults(path))
    assert [fault.split(":")[0] for fault in faults] == ["a.empty", "a.silent", "a.fuzzy"]


def test_a_key_that_no_catalogue_has_is_found_in_code_and_data_but_not_in_logs(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    code = 'log.info("promise.lost")\nsay("promise.confirm")\nsay("promise.typo")\ncolumn("promise.id")\n'
    (tmp_path / "bot" / "talk.py").write_text(code, "utf-8")
    (tmp_path / "bot" / "steps.json").write_text('{"steps": [{"phrase": "reminder.typo"}]}', "utf-8")
    faults = list(checks.unknown_keys(tmp_path))
    assert faults == ["bot/talk.py: no phrase 'promise.typo'", "bot/steps.json: no phrase 'reminder.typo'"]
