"""Rasa as a child on loopback: started with the model that belongs to the present data, started again when it dies."""

import os
import subprocess
import threading
import time
from pathlib import Path

import structlog

from alcorriente.settings import ROOT

log = structlog.get_logger()
# Seconds before the next start; a start takes about ten.
PAUSES = (1, 2, 5, 15, 60)


class RasaMissing(Exception):  # noqa: N818  (what is missing, in the words of the message)
    """The environment or the model is not there."""


class RasaProcess:
    def __init__(self, *, port: int, token: str, actions_url: str, tracker_url: str, log_file: Path) -> None:
        self._command = [
            str(_python()), str(ROOT / "rasa_env" / "rasa_command.py"), "run", "--interface", "127.0.0.1",
            "--port", str(port), "--enable-api", "--auth-token", token, "--model", str(_model()),
            "--endpoints", str(ROOT / "endpoints.yml"), "--credentials", str(ROOT / "credentials.yml"),
        ]  # fmt: skip
        self._environment = os.environ | {
            "ALCORRIENTE_ACTIONS_URL": actions_url,
            "ALCORRIENTE_TRACKER_URL": tracker_url,
        }
        self._log_file = log_file
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        self._launch()
        threading.Thread(target=self._watch, name="rasa", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            try:
                self._child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self._child.kill()

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def _launch(self) -> None:
        with self._log_file.open("ab") as output:
            self._child = subprocess.Popen(  # noqa: S603  (our own command, no shell)
                self._command, cwd=ROOT, env=self._environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL
            )

    def _watch(self) -> None:
        """Messages wait in the inbox while it is down."""
        failures = 0
        while not self._stopping.is_set():
            assert self._child is not None  # noqa: S101  (set by start)
            started = time.monotonic()
            code = self._child.wait()
            if self._stopping.is_set():
                return
            failures = failures + 1 if time.monotonic() - started < 120 else 0
            log.error("rasa_ended", code=code)
            self._stopping.wait(PAUSES[min(failures, len(PAUSES) - 1)])
            if not self._stopping.is_set():
                self._launch()


def _python() -> Path:
    python = ROOT / ".rasa" / "bin" / "python"
    if not python.exists():
        raise RasaMissing("Rasa's environment .rasa is missing: run `make run`, which builds it.")
    return python


def _model() -> Path:
    models = sorted((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise RasaMissing("There is no trained model in models/: run `make train`.")
    return models[-1]
