"""Rasa as a child of the product: whatever its token is, it starts and answers who has it."""

import time
from pathlib import Path

from alcorriente.rasa_process import RasaProcess
from bot.dialogue import Dialogue
from tests.counterparts.programs import free_port


def test_rasa_starts_with_a_token_that_looks_like_an_option(tmp_path: Path) -> None:
    port, token = free_port(), "-Zq8_made-by-chance"
    rasa = RasaProcess(
        port=port,
        token=token,
        actions_url="http://127.0.0.1:9/webhook",
        tracker_url=f"sqlite:///{tmp_path / 'trackers.db'}",
        log_file=tmp_path / "rasa.log",
    )
    dialogue = Dialogue(f"http://127.0.0.1:{port}", token)
    rasa.start()
    try:
        until = time.monotonic() + 120
        while not (ready := dialogue.is_ready()) and time.monotonic() < until:
            time.sleep(0.2)
        assert ready, (tmp_path / "rasa.log").read_text()
        assert dialogue.parse("hola")["text"] == "hola"
    finally:
        dialogue.close()
        rasa.stop()
