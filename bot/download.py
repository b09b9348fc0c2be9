"""A file fetched from an address that somebody else named: hosts we know, no private network, bounds of size and time.

No address is ever logged or put into an error: some hold a token.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

REDIRECTS = 3
CHUNK = 65_536
# One read, and a whole file: own defaults, a receipt is there in a second or two.
READ_SECONDS = 10.0
FILE_SECONDS = 60.0
# Ways to write an IPv4 address inside of an IPv6 one, behind which a private one could hide (RFC 6052, 3056, 4380).
TUNNELS = tuple(ipaddress.IPv6Network(each) for each in ("64:ff9b::/96", "2002::/16", "2001::/32"))


class Reason(StrEnum):
    """Why a file is not here."""

    HOST = "host_refused"
    PRIVATE = "private_address"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    TYPE = "type_refused"
    GONE = "gone"
    CREDENTIALS = "credentials_refused"
    UNAVAILABLE = "unavailable"

    @property
    def again(self) -> bool:
        """Another try may help."""
        return self in (Reason.CREDENTIALS, Reason.UNAVAILABLE)


class FetchFailed(Exception):  # noqa: N818  (as SendFailed)
    """`retry_after` seconds where the provider names them."""

    def __init__(self, reason: Reason, retry_after: float | None = None) -> None:
        super().__init__(reason.value)
        self.reason, self.retry_after = reason, retry_after


@dataclass(frozen=True, slots=True)
class Hosts:
    """`known` origins are the operator's own settings and trusted as they stand; `domains`, with all below them, are
    asked by https at public addresses only."""

    known: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()

    def knows(self, url: str) -> bool:
        return origin(url) in self.known

    def allow(self, url: str) -> bool:
        parts = _split(url)
        host = (parts.hostname or "").rstrip(".")
        named = any(host == each or host.endswith(f".{each}") for each in self.domains)
        usual = parts.scheme == "https" and parts.port in (None, 443) and parts.username is None
        return self.knows(url) or (named and usual)


def origin(url: str) -> str:
    """Scheme, host and port; a name before the host is no part of it, and never one of ours."""
    parts = _split(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    who = f"{parts.username}@" if parts.username is not None else ""
    return f"{parts.scheme}://{who}{parts.hostname}:{port}"


def fetch(
    url: str,
    hosts: Hosts,
    *,
    limit: int,
    credentials: Mapping[str, str] | None = None,
    seconds: float = FILE_SECONDS,
    method: str = "GET",
    form: Mapping[str, str] | None = None,
) -> bytes:
    """At most `limit` bytes within `seconds`. A `form` makes it a POST.

    `credentials` are headers for the first host; a redirect gets neither them nor the form.

    Raises FetchFailed."""
    bounds, headers = _Bounds(limit, time.monotonic() + seconds), dict(credentials or {})
    for _ in range(1 + REDIRECTS):
        if not hosts.allow(url):
            raise FetchFailed(Reason.HOST)
        try:
            answer = _ask(url, hosts, _Question(method, headers, form), bounds)
        except (OSError, http.client.HTTPException, ValueError):
            # From None: what the library says may hold the address.
            raise FetchFailed(Reason.UNAVAILABLE) from None
        if isinstance(answer, bytes):
            return answer
        url, headers, form = answer, {}, None
    raise FetchFailed(Reason.UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class _Bounds:
    limit: int  # bytes
    ends: float  # time.monotonic()


@dataclass(frozen=True, slots=True)
class _Question:
    method: str
    headers: Mapping[str, str]
    form: Mapping[str, str] | None

    def put(self, connection: http.client.HTTPConnection, target: str) -> None:
        if self.form is None:
            connection.request(self.method, target, headers=dict(self.headers))
        else:
            typed = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", target, urlencode(self.form), typed)


def _ask(url: str, hosts: Hosts, question: _Question, bounds: _Bounds) -> bytes | str:
    """The body, or where it is said to be."""
    parts = _split(url)
    connection = _Connection(parts, trusted=hosts.knows(url))
    with _ended_at(bounds.ends, connection):
        question.put(connection, _target(parts))
        with connection.getresponse() as answer:
            _check(answer, bounds.limit)
            if answer.status in (301, 302, 303, 307, 308):
                return urljoin(url, answer.headers.get("location", ""))
            return _body(answer, bounds)


def _check(answer: http.client.HTTPResponse, limit: int) -> None:
    if answer.status in (401, 403):
        raise FetchFailed(Reason.CREDENTIALS)
    if answer.status == 429 or answer.status >= 500:
        named = answer.headers.get("retry-after", "")
        raise FetchFailed(Reason.UNAVAILABLE, float(named) if named.isdecimal() else None)
    if answer.status >= 400:
        raise FetchFailed(Reason.GONE)
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise FetchFailed(Reason.TYPE)  # Not asked for; what it unfolds to could be of any size.
    if answer.length is not None and answer.length > limit:
        raise FetchFailed(Reason.TOO_LARGE)


def _body(answer: http.client.HTTPResponse, bounds: _Bounds) -> bytes:
    """Whatever length was announced, what comes is counted; less than announced is a broken transfer."""
    announced, body = answer.length, bytearray()
    while chunk := answer.read1(CHUNK):
        body += chunk
        if len(body) > bounds.limit:
            raise FetchFailed(Reason.TOO_LARGE)
    if time.monotonic() >= bounds.ends or (announced is not None and len(body) < announced):
        raise FetchFailed(Reason.UNAVAILABLE)
    return bytes(body)


class _Connection(http.client.HTTPConnection):
    """Connects to the very address that was looked at, so that a second look-up can't lead elsewhere."""

    def __init__(self, parts: SplitResult, *, trusted: bool) -> None:
        tls = parts.scheme == "https"
        super().__init__(parts.hostname or "", parts.port or (443 if tls else 80), timeout=READ_SECONDS)
        self._trusted = trusted
        self._tls = ssl.create_default_context() if tls else None

    def connect(self) -> None:
        places = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        if not self._trusted and not all(is_public(place[4][0]) for place in places):
            raise FetchFailed(Reason.PRIVATE)
        self.sock = _dial([(str(place[4][0]), self.port) for place in places])
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()


def _dial(places: list[tuple[str, int]]) -> socket.socket:
    """The first that answers: where there is no IPv6, its addresses are named all the same."""
    for place in places[:-1]:
        with suppress(OSError):
            return socket.create_connection(place, READ_SECONDS)
    return socket.create_connection(places[-1], READ_SECONDS)


def is_public(address: str | int) -> bool:
    """False for whatever may lie in somebody's own network, in any of the ways to write it."""
    place = ipaddress.ip_address(str(address).partition("%")[0])
    if isinstance(place, ipaddress.IPv6Address):
        if any(place in each for each in TUNNELS):
            return False
        place = place.ipv4_mapped or place
    return place.is_global and not (place.is_multicast or place.is_reserved)


@contextmanager
def _ended_at(ends: float, connection: _Connection) -> Iterator[None]:
    """Whatever drips is cut off: time-outs of single reads never see it."""
    timer = threading.Timer(max(0.0, ends - time.monotonic()), _cut, (connection,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def _cut(connection: _Connection) -> None:
    with suppress(OSError):
        # Below TLS, which would wait for a farewell.
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise FetchFailed(Reason.HOST) from None
    return parts


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
