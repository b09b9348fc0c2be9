"""`alcorriente understand` beside a Rasa that takes every text for a promise, or for what the test says."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from alcorriente.command_line import app

DANGER = "vulnerable_distress"
REFERENCE = ["--reference", "2026-11-18T10:00:00-06:00"]
Understand = Callable[..., Result]


class Parsing(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
        intent = "already_paid" if "pagué" in text else "promise_to_pay"
        ranking = [{"name": intent, "confidence": 0.9}, {"name": "ask_balance", "confidence": 0.3}]
        if "frasco" in text:
            sure = {intent: 0.8, DANGER: 0.2} if "viernes" in text else {DANGER: 0.98, intent: 0.02}
            ranking = [{"name": name, "confidence": share} for name, share in sure.items()]
        content = json.dumps({"text": text, "intent_ranking": ranking}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def understand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Understand]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Parsing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("ALCORRIENTE_RASA_URL", f"http://127.0.0.1:{server.server_port}")
    yield lambda lines, *options: CliRunner().invoke(app, ["understand", *REFERENCE, *options], input=lines)
    server.shutdown()
    server.server_close()


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_answered_in_its_order_with_every_field(understand: Understand) -> None:
    lines = "\n".join(json.dumps({"id": number, "text": f"el viernes {number}00"}) for number in (3, 1, 2))
    answered = rows(understand(lines + "\n\n"))
    assert [row["id"] for row in answered] == [3, 1, 2]
    assert answered[0] == {
        "id": 3,
        "intent": "promise_to_pay",
        "confidence": 0.9,
        "also": ["ask_balance"],
        "amount": 300.0,
        "currency": "MXN",
        "date": "2026-11-20",
        "date_range": None,
        "amount_ref": None,
        "fraction": None,
        "parts": [],
        "ambiguous": False,
    }


def test_several_payments_are_parts_and_the_first_is_repeated(understand: Understand) -> None:
    [row] = rows(understand('{"id": "1", "text": "la mitad hoy y la otra mitad el lunes"}'))
    assert [(part["fraction"], part["date"]) for part in row["parts"]] == [(0.5, "2026-11-18"), (0.5, "2026-11-23")]
    assert (row["amount_ref"], row["fraction"], row["date"]) == ("fraction", 0.5, "2026-11-18")


def test_a_line_that_cannot_be_read_is_named_and_left_out(understand: Understand) -> None:
    bad = [b"no json", b'{"id": 2}', b"[1]", b'{"id": 3, "text": 7}', b"\xff"]
    result = understand(b"\n".join([b'{"id": 1, "text": "hoy 300"}', *bad, b'{"id": 4, "text": "hoy 400"}']))
    assert [row["id"] for row in rows(result)] == [1, 4]
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [f"line {n}" for n in (2, 3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pagué el lunes 500", {"date": "2026-11-16", "amount": 500.0}),
        ("le doy 2 lucas el lunes", {"date": "2026-11-23", "amount": None, "ambiguous": True}),
        ("STOP", {"intent": "opt_out", "confidence": 1.0}),
        ("pago la próxima semana", {"date": None, "date_range": ["2026-11-23", "2026-11-29"], "ambiguous": False}),
        ("half \ud83d", {"amount_ref": "fraction"}),
        ("", {"amount": None, "date": None}),
    ],
)
def test_what_is_understood(understand: Understand, text: str, expected: dict[str, Any]) -> None:
    [row] = rows(understand(json.dumps({"id": None, "text": text})))
    assert {name: row[name] for name in expected} == expected


def test_danger_beside_an_offer_is_heard_as_in_a_turn(understand: Understand) -> None:
    texts = ["le pago el viernes, esta noche ya veo qué hago con el frasco", "le pago el viernes, ya le pagué 300"]
    answered = rows(understand("\n".join(json.dumps({"text": each}) for each in texts)))
    assert [row["intent"] == DANGER for row in answered] == [True, False]


def test_a_pending_question_decides_what_a_lone_number_means(understand: Understand) -> None:
    lines = [json.dumps({"text": "15", "expecting": asked}) for asked in ("amount", "date", None)]
    answered = [(row["amount"], row["date"], row["ambiguous"]) for row in rows(understand("\n".join(lines)))]
    assert answered == [(15.0, None, False), (None, "2026-12-15", False), (None, None, True)]


def test_an_amount_without_cents_keeps_its_size(understand: Understand) -> None:
    [row] = rows(understand('{"text": "mañana 15.000"}', "--currency", "CLP"))
    assert (row["amount"], row["currency"]) == (15000.0, "CLP")


@pytest.mark.parametrize("reference", ["yesterday", "2026-11-18T10:00:00"])
def test_a_moment_that_names_no_instant_is_refused(reference: str) -> None:
    result = CliRunner().invoke(app, ["understand", "--reference", reference], input="")
    assert result.exit_code == 2
    assert "write 2026-11-18T10:00:00-06:00" in " ".join(word for word in result.stderr.split() if word != "│")
