"""A server on loopback that holds files and lies about them: raw bytes by path, so that it can break every rule."""

import re
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Reply = Callable[[socket.socket], None]


@dataclass
class Origin:
    """Give `replies` what a path answers; `asked` are the requests as they came."""

    url: str = ""
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def paths(self) -> list[str]:
        return [each.split(" ")[1] for each in self.asked]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> Reply:
    """An honest one, unless a header says otherwise."""
    # The connection ends with its answer, and a client that isn't told may ask its next question into a closed one.
    named = {"content-length": str(len(body)), "connection": "close"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return lambda to: to.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)


def moved(to: str) -> Reply:
    return answer(status="307 Temporary Redirect", location=to)


def dripping(head: bytes, ended: threading.Event, drop: bytes = b"x") -> Reply:
    """One byte at a time, without end."""

    def send(to: socket.socket) -> None:
        to.sendall(head)
        while not ended.is_set():
            to.sendall(drop)
            time.sleep(0.02)

    return send


def endless(to: socket.socket) -> None:
    to.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        to.sendall(b"x" * 65_536)


def _length(head: bytes) -> int:
    """Of the body that follows; a connection closed over unread bytes would be reset."""
    found = re.search(rb"(?i)content-length: (\d+)", head)
    return int(found[1]) if found else 0


@contextmanager
def running() -> Iterator[Origin]:
    origin = Origin()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                head = b""
                while b"\r\n\r\n" not in head or len(head.partition(b"\r\n\r\n")[2]) < _length(head):
                    if not (more := self.request.recv(4096)):
                        return
                    head += more
                origin.asked.append(head.decode())
                path = origin.asked[-1].split(" ")[1].partition("?")[0]
                origin.replies.get(path, answer(status="404 Not Found"))(self.request)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    origin.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield origin
    finally:
        origin.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
