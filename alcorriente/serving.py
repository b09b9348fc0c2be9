"""A port of this process, served in a thread until it is told to stop."""

import threading
import time
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

LONGEST_END = 5


class PortTaken(Exception):  # noqa: N818  (in the words of the message)
    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Port {port} on {host} is taken. End the other program or set another port.")


def serve(app: FastAPI, host: str, port: int) -> Callable[[], None]:
    """Returns once it answers, with what stops it: what came is answered first."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=LONGEST_END,  # A stream of live events never ends by itself.
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.run, name=f"http-{port}", daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise PortTaken(host, port)
        time.sleep(0.05)

    def stop() -> None:
        server.should_exit = True
        thread.join(timeout=LONGEST_END + 1)

    return stop
