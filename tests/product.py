"""The real product as a process: its command, its Rasa, its ports, on a data folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "the-tests-token"
SECRET = "the tests' secret"  # As in conftest.py: a test may read the product's store.
# Rasa needs about ten seconds here, and other tests may keep the machine busy.
PATIENCE = 180.0
PORTS = ("ALCORRIENTE_PORT", "ALCORRIENTE_ACTIONS_PORT", "ALCORRIENTE_RASA_PORT")


class Product:
    """`alcorriente up` with the simulator and without a demo, unless `arguments` and `settings` say otherwise."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self.folder, self._arguments = folder, arguments
        ports = dict(zip(PORTS, map(str, _free_ports(len(PORTS))), strict=True))
        self.settings = ports | {
            "ALCORRIENTE_SIMULATOR": "1",
            "ALCORRIENTE_DATA_DIR": str(folder),
            "ALCORRIENTE_RASA_TOKEN": TOKEN,
            "ALCORRIENTE_SECRET": SECRET,
            **settings,
        }
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings['ALCORRIENTE_PORT']}"

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.settings['ALCORRIENTE_RASA_PORT']}"

    @property
    def store_url(self) -> str:
        return self.settings.get("ALCORRIENTE_DATABASE_URL") or f"sqlite:///{self.folder / 'al-corriente.db'}"

    @property
    def environment(self) -> dict[str, str]:
        """What a command beside it needs to work on the same store."""
        return os.environ | self.settings

    @property
    def output(self) -> str:
        return (self.folder / "product.log").read_text()

    def start(self, *, patience: float = PATIENCE, rasa: bool = True) -> "Product":
        """Returns when it answers and, unless it has none, Rasa is ready."""
        if not (ROOT / ".rasa" / "bin" / "python").exists():
            pytest.skip("Rasa's environment .rasa is missing: run `make run`, which builds it")
        command = [str(Path(sys.executable).with_name("alcorriente")), "up", *self._arguments]
        with (self.folder / "product.log").open("ab") as output:
            self._child = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
            )
        self.wait_ready(patience, rasa=rasa)
        return self

    def wait_ready(self, patience: float = PATIENCE, *, rasa: bool = True) -> None:
        ends = time.monotonic() + patience
        while not self.is_ready(rasa=rasa):
            assert self._child is not None
            assert self._child.poll() is None, f"It ended with {self._child.returncode}:\n{self.output[-3000:]}"
            assert time.monotonic() < ends, f"Not ready after {patience} s:\n{self.output[-3000:]}"
            time.sleep(0.2)

    def is_ready(self, *, rasa: bool = True) -> bool:
        try:
            return bool(self.get("/readyz")["dialogue"]) or not rasa
        except OSError:
            return False

    def stop(self) -> None:
        """As a service manager does."""
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
            try:
                self._child.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.kill()
                raise

    def kill(self) -> None:
        """As a power cut does; Rasa is the product's to end."""
        assert self._child is not None
        self._child.kill()
        self._child.wait()

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    @property
    def rasa_pid(self) -> int | None:
        return self._child_with("rasa_command.py")

    @property
    def gateway_pid(self) -> int | None:
        """None where its port is served by the product's own process."""
        return self._child_with("alcorriente.gateway_process")

    def _child_with(self, word: str) -> int | None:
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        )
        for pid, parent, arguments in (line.split(None, 2) for line in listed.stdout.splitlines()):
            if int(parent) == self.pid and word in arguments:
                return int(pid)
        return None

    def get(self, path: str) -> Any:
        return self._call(path, None)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer; for a refusal, an AssertionError with its words."""
        return self._call(path, body or {})

    def _call(self, path: str, body: dict[str, Any] | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                raise RefusedError(refused.code, refused.read().decode()) from refused


class RefusedError(AssertionError):
    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status}: {words}")
        self.status, self.words = status, words


def _free_ports(count: int) -> list[int]:
    """Different ones: all are held until the last is found."""
    held = [socket.socket() for _ in range(count)]
    try:
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in held]
    finally:
        for each in held:
            each.close()
