"""The public port as a process of its own, so that hooks are answered while turns and Rasa use every core.

A pair of sockets joins it to the process that started it: by this it says that it answers, wakes the worker when there
is something to do, and learns that it must end. `python -m alcorriente.gateway_process` is the other end.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import structlog

from alcorriente.settings import ROOT, Settings, settings

log = structlog.get_logger()
LINE = 0  # its end of the pair: the standard input
ANSWERS, WAKE = b"a", b"w"
PAUSE = 1.0  # seconds before it is started again; providers repeat, and Twilio's list is read for the rest


class GatewayEnded(Exception):  # noqa: N818
    """It could not begin; it has said itself why."""


class GatewayProcess:
    def __init__(self, token: str, wake: Callable[[], None]) -> None:
        self._environment = os.environ | {"ALCORRIENTE_RASA_TOKEN": token}
        self._wake = wake
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Returns once it answers."""
        line = self._launch()
        if not line.recv(1):
            raise GatewayEnded
        threading.Thread(target=self._watch, args=(line,), name="gateway", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            try:
                self._child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self._child.kill()

    def _launch(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "alcorriente.gateway_process"]
            self._child = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdin=theirs.fileno())  # noqa: S603
        return ours

    def _watch(self, line: socket.socket) -> None:
        while not self._stopping.is_set():
            with line, suppress(OSError):
                while line.recv(4096):
                    self._wake()
            if self._stopping.is_set():
                return
            log.error("gateway_ended")
            self._stopping.wait(PAUSE)
            line = self._launch()


def serve_until_told(chosen: Settings) -> None:
    from alcorriente import composition, memory
    from alcorriente.serving import serve
    from bot.dialogue import Dialogue

    done = threading.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the process that started this one ends it.
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    engine = composition.open_store(chosen)
    at = composition.clock(engine, chosen)
    rasa = chosen.rasa_url or f"http://127.0.0.1:{chosen.rasa_port}"
    dialogue = Dialogue(rasa, chosen.rasa_token.get_secret_value())
    stop = serve(composition.gateway(engine, at, dialogue, lambda: _say(WAKE), chosen), chosen.host, chosen.port)
    memory.settle()
    _say(ANSWERS)
    threading.Thread(target=_wait_for_the_end, args=(done,), daemon=True).start()
    done.wait()
    stop()


def _wait_for_the_end(done: threading.Event) -> None:
    """Of the process that started this one, or that it hangs up."""
    while os.read(LINE, 1):
        pass
    done.set()


def _say(word: bytes) -> None:
    with suppress(OSError):  # Nobody is there any more: this process is about to end.
        os.write(LINE, word)


def main() -> None:
    from alcorriente import logs
    from alcorriente.serving import PortTaken

    chosen = settings()
    logs.configure(chosen.log_level)
    try:
        serve_until_told(chosen)
    except PortTaken as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
