"""Rasa as a child on loopback: started with the model that belongs to the present data, started again when it dies."""

import os
import socket
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import structlog

from alcorriente.settings import ROOT

log = structlog.get_logger()
# Seconds before the next start, by how many starts in a row came to nothing; a start takes about ten.
PAUSES = (0.2, 1, 5, 15, 60)

NICE = 10  # own default


class RasaMissing(Exception):  # noqa: N818  (what is missing, in the words of the message)
    """The environment or the model is not there."""


class RasaProcess:
    def __init__(self, *, port: int, token: str, actions_url: str, tracker_url: str, log_file: Path) -> None:
        self._command = [
            str(python()), str(ROOT / "rasa_env" / "rasa_command.py"), "run", "--interface", "127.0.0.1",
            "--port", str(port), "--enable-api", f"--auth-token={token}", "--model", str(_model()),
            "--endpoints", str(ROOT / "endpoints.yml"), "--credentials", str(ROOT / "credentials.yml"),
        ]  # fmt: skip
        self._environment = os.environ | {
            "ALCORRIENTE_ACTIONS_URL": actions_url,
            "ALCORRIENTE_TRACKER_URL": tracker_url,
            "ALCORRIENTE_ENDS_WITH_INPUT": "1",
        }
        self._port, self._log_file = port, log_file
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
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def _launch(self) -> None:
        with self._log_file.open("ab") as output:
            self._child = subprocess.Popen(  # noqa: S603  (our own command, no shell)
                # It ends when this pipe does, so also when this process is killed.
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.PIPE,
            )
        # Understanding takes whole cores for as long as messages wait; whoever only keeps or sends one comes first.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._child.pid, NICE)

    def _watch(self) -> None:
        """Messages wait in the inbox while it is down."""
        failures = 0
        while not self._stopping.is_set():
            assert self._child is not None  # noqa: S101  (set by start)
            worked = self._opened_its_port(self._child)
            code = self._child.wait()
            if self._stopping.is_set():
                return
            failures = 0 if worked else failures + 1
            log.error("rasa_ended", code=code)
            self._stopping.wait(PAUSES[min(failures, len(PAUSES) - 1)])
            if not self._stopping.is_set():
                self._launch()

    def _opened_its_port(self, child: subprocess.Popen[bytes]) -> bool:
        """Which it does once the model is loaded; False when it ended before."""
        while child.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return True
            self._stopping.wait(0.5)
        return False


def python() -> Path:
    python = ROOT / ".rasa" / "bin" / "python"
    if not python.exists():
        raise RasaMissing("Rasa's environment .rasa is missing: run `make run`, which builds it.")
    return python


def _model() -> Path:
    models = sorted((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise RasaMissing("There is no trained model in models/: run `make train`.")
    return models[-1]
