"""Phrases are labelled: by a click, by a choice, by the keyboard alone; and they leave as training data."""

import json
import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import APIResponse, Locator, Route, expect

from tests.console.conftest import Show
from tests.console.lender import Lender
from tests.console.screen import Screen

pytestmark = pytest.mark.slow

# Each window has words of its own; digits would be taken for an answer to the question who is writing.
WORDS = {1280: "alla", 390: "aqui"}


def card(screen: Screen, text: str) -> Locator:
    return screen.page.locator("article.phrase").filter(has_text=text)


def asked_twice(lender: Lender, name: str, *texts: str) -> None:
    """Whoever asks again was not understood, however sure the model is of itself."""
    phone = lender.lend(name).phone
    for text in texts:
        phone.says(text)
        phone.says(text)


def test_a_phrase_is_labelled_by_a_click_another_by_a_choice_a_third_is_left(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    width, language = view
    right, chosen, left = (
        f"cuanto es lo que yo NOMBRE debo del prestamo {each} {WORDS[width]}" for each in ("azul", "verde", "rojo")
    )
    asked_twice(lender, f"Ximena Balam {width}", *(each.replace("NOMBRE", "Ximena") for each in (right, chosen, left)))
    boss = lender.hire(f"Estela Cauich {width}", "admin", language=language)
    screen = show(boss, "/phrases?why=corrected")
    expect(screen.page.get_by_text("Ximena")).to_have_count(0)
    for text in (right, chosen, left):
        expect(card(screen, text)).to_contain_text(screen.word("correction.asked_again"))

    card(screen, right).get_by_role("button", name=screen.word("phrases.right")).click()
    screen.says("phrases.saved", intent=screen.word("intent.ask_balance"))
    expect(card(screen, right)).to_have_count(0)
    assert screen.page.evaluate("document.activeElement.closest('article, main') !== null")

    card(screen, chosen).get_by_label(screen.word("phrases.meaning")).select_option("ask_next_payment")
    card(screen, chosen).get_by_role("button", name=screen.word("phrases.save")).click()
    screen.says("phrases.saved", intent=screen.word("intent.ask_next_payment"))
    expect(card(screen, chosen)).to_have_count(0)

    card(screen, left).get_by_role("button", name=screen.word("phrases.skip")).click()
    expect(card(screen, left)).to_have_count(0)
    labels = {each["text"]: each["label"] for each in lender.admin.everything("/labels", which="corrected")}
    assert (labels[right]["intent"], labels[chosen]["intent"], labels[left]) == (
        "ask_balance",
        "ask_next_payment",
        None,
    )
    assert labels[right]["by"] == f"staff:{boss.id}"

    screen.button("phrase_view.done").click()
    changed = card(screen, chosen)
    expect(changed).to_contain_text(screen.word("phrases.label", intent=screen.word("intent.ask_next_payment")))
    changed.get_by_label(screen.word("phrases.meaning")).select_option("ask_payment_history")
    changed.get_by_role("button", name=screen.word("phrases.save")).click()
    expect(changed).to_contain_text(screen.word("phrases.label", intent=screen.word("intent.ask_payment_history")))
    files_hold(screen, {"ask_balance": right, "ask_payment_history": chosen})


def files_hold(screen: Screen, labelled: dict[str, str]) -> None:
    file = yaml.safe_load(downloaded(screen, "Español (YAML)").read_text(encoding="utf-8"))
    examples = {each["intent"]: each["examples"].splitlines() for each in file["nlu"]}
    lines = [json.loads(line) for line in downloaded(screen, "JSON").read_text(encoding="utf-8").splitlines()]
    for intent, text in labelled.items():
        assert f"- {text}" in examples[intent]
        assert (text, intent) in {(each["text"], each["intent"]) for each in lines}


def downloaded(screen: Screen, kind: str) -> Path:
    with screen.page.expect_download() as download:
        screen.page.get_by_role("link", name=screen.word("phrases.export_as", kind=kind), exact=True).click()
    return Path(download.value.path())


def test_the_keyboard_labels_one_phrase_after_another(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    width, language = view
    texts = [f"quiero saber cuanto debo {each} {WORDS[width]}" for each in ("lunes", "martes")]
    asked_twice(lender, f"Yolanda Chel {width}", *texts)
    screen = show(lender.hire(f"Fátima Dzul {width}", "admin", language=language), "/phrases?why=corrected")
    expect(card(screen, texts[0])).to_be_visible()
    for text in texts:
        card(screen, text).get_by_role("button").first.focus()
        screen.page.keyboard.press("Enter")
        expect(card(screen, text)).to_have_count(0)
        assert screen.page.evaluate("document.activeElement !== document.body")
    labels = {each["text"]: each["label"] for each in lender.admin.everything("/labels", labelled=True)}
    assert all(labels[text] for text in texts)


def test_of_two_who_label_the_second_is_told(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    width, language = view
    text = f"cuanto es mi deuda en total oiga {WORDS[width]}"
    asked_twice(lender, f"Zoila Couoh {width}", text)
    screen = show(lender.hire(f"Gilda Ek {width}", "admin", language=language), "/phrases?why=corrected")
    expect(card(screen, text)).to_be_visible()
    [found] = [each for each in lender.admin.everything("/labels") if each["text"] == text]
    lender.admin.write("PUT", f"/labels/{found['id']}", {"intent": "ask_next_payment"}, if_match=found["etag"])
    card(screen, text).get_by_role("button").first.click()
    expect(card(screen, text)).to_have_count(0)
    expect(screen.page.get_by_role("status").filter(has_text=".")).not_to_have_count(0)
    assert lender.admin.get(f"/labels/{found['id']}").json()["label"]["intent"] == "ask_next_payment"


def test_an_auditor_reads_and_changes_nothing(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    width, language = view
    text = f"cuanto les estoy debiendo ahora {WORDS[width]}"
    asked_twice(lender, f"Abigail Uh {width}", text)
    screen = show(lender.hire(f"Hernán Puc {width}", "auditor", language=language), "/phrases?why=corrected")
    expect(card(screen, text)).to_be_visible()
    expect(screen.page.locator("article.phrase button, article.phrase select")).to_have_count(0)


def test_a_list_that_was_asked_for_before_a_label_does_not_undo_it_on_the_page(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    width, language = view
    text = f"cuanto sigo debiendo yo de lo de la moto {WORDS[width]}"
    asked_twice(lender, f"Wilma Poot {width}", text)
    [found] = [each for each in lender.admin.everything("/labels") if each["text"] == text]
    lender.admin.write("PUT", f"/labels/{found['id']}", {"intent": "ask_balance"}, if_match=found["etag"])
    screen = show(lender.hire(f"Hilda Euan {width}", "admin", language=language), "/phrases?show=done")
    expect(card(screen, text)).to_be_visible()

    held: list[tuple[Route, APIResponse]] = []
    screen.page.route("**/api/v1/labels?*", lambda route: held.append((route, route.fetch())), times=1)
    screen.page.get_by_label(screen.word("phrases.period")).select_option("30")
    expect(screen.page).to_have_url(re.compile("days=30"))
    card(screen, text).get_by_label(screen.word("phrases.meaning")).select_option("ask_payment_history")
    while not held:
        screen.page.wait_for_timeout(50)
    card(screen, text).get_by_role("button", name=screen.word("phrases.save")).click()
    screen.says("phrases.saved", intent=screen.word("intent.ask_payment_history"))
    [(route, late)] = held
    route.fulfill(response=late)
    screen.has_read()
    expect(card(screen, text)).to_contain_text(
        screen.word("phrases.label", intent=screen.word("intent.ask_payment_history"))
    )
