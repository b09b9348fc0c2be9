"""Files from servers that lie: about length, type, place and time. Nothing private is ever asked."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.download import FetchFailed, Hosts, Reason, fetch, is_public, origin
from tests.bot.channels.provider import closed_port
from tests.bot.origin import Origin, answer, dripping, endless, moved, running

BODY = b"%PDF-1.7 a receipt"
LIMIT = 200_000


@pytest.fixture
def there() -> Iterator[Origin]:
    with running() as origin:
        yield origin


def hosts(*known: Origin) -> Hosts:
    return Hosts(known=frozenset(origin(each.url) for each in known), domains=("example.org", "localhost"))


def get(there: Origin, path: str = "/file", **more: float) -> bytes:
    return fetch(there.url + path, hosts(there), limit=LIMIT, **more)  # type: ignore[arg-type]


def refusal(there: Origin, path: str = "/file", **more: float) -> Reason:
    with pytest.raises(FetchFailed) as caught:
        get(there, path, **more)
    return caught.value.reason


def test_an_honest_file_comes_whole(there: Origin) -> None:
    there.replies["/file"] = answer(BODY)
    assert get(there) == BODY


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (answer(b"x" * (LIMIT + 1)), Reason.TOO_LARGE),
        (answer(b"x", content_length=str(LIMIT + 1)), Reason.TOO_LARGE),
        (answer(b"x" * (LIMIT + 1), content_length=""), Reason.TOO_LARGE),
        (endless, Reason.TOO_LARGE),
        (answer(BODY, content_length="1000"), Reason.UNAVAILABLE),
        (answer(BODY, transfer_encoding="chunked"), Reason.UNAVAILABLE),
        (answer(BODY, content_encoding="gzip"), Reason.TYPE),
        (answer(status="404 Not Found"), Reason.GONE),
        (answer(status="410 Gone"), Reason.GONE),
        (answer(status="401 Unauthorized"), Reason.CREDENTIALS),
        (answer(status="403 Forbidden"), Reason.CREDENTIALS),
        (answer(status="500 Broken"), Reason.UNAVAILABLE),
        (answer(status="429 Slow down"), Reason.UNAVAILABLE),
        (lambda to: to.sendall(b"no HTTP at all\r\n\r\n"), Reason.UNAVAILABLE),
        (lambda to: None, Reason.UNAVAILABLE),
        (moved("http://127.0.0.1:1/secret"), Reason.HOST),
        (moved("http://169.254.169.254/latest/meta-data"), Reason.HOST),
        (moved("https://169.254.169.254/latest/meta-data"), Reason.HOST),
        (moved("https://localhost/"), Reason.PRIVATE),
        (moved("https://user@localhost/"), Reason.HOST),
        (moved("https://localhost:8443/"), Reason.HOST),
        (moved("https://127.0.0.1.evil.net/"), Reason.HOST),
        (moved("https://evil-example.org/"), Reason.HOST),
        (moved("file:///etc/passwd"), Reason.HOST),
        (moved("https://[::1"), Reason.UNAVAILABLE),
        (moved("/file"), Reason.UNAVAILABLE),
    ],
)
def test_a_lie_is_refused_by_its_name(there: Origin, reply: object, reason: Reason) -> None:
    there.replies["/file"] = reply  # type: ignore[assignment]
    assert refusal(there) is reason


def test_how_long_to_wait_is_heard(there: Origin) -> None:
    there.replies["/file"] = answer(status="429 Slow down", retry_after="7")
    with pytest.raises(FetchFailed) as caught:
        get(there)
    assert caught.value.retry_after == 7


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\n", b"HTTP/1.1 200 OK\r\nx-long: "])
def test_what_drips_is_cut_off(there: Origin, head: bytes) -> None:
    there.replies["/file"] = dripping(head, there.ended)
    began = time.monotonic()
    assert refusal(there, seconds=0.4) is Reason.UNAVAILABLE
    assert time.monotonic() - began < 5


def test_nobody_there_is_tried_again(there: Origin) -> None:
    nobody = f"http://127.0.0.1:{closed_port()}"
    with pytest.raises(FetchFailed) as caught:
        fetch(nobody, Hosts(known=frozenset({origin(nobody)})), limit=LIMIT)
    assert caught.value.reason.again


def test_credentials_stay_with_the_first_host(there: Origin) -> None:
    with running() as store:
        there.replies["/file"] = moved(f"{store.url}/kept")
        there.replies["/again"] = moved(f"{there.url}/file")
        store.replies["/kept"] = answer(BODY)
        got = fetch(
            f"{there.url}/again", hosts(there, store), limit=LIMIT, credentials={"Authorization": "Basic c2VjcmV0"}
        )
    assert got == BODY
    assert ["Authorization" in each for each in (*there.asked, *store.asked)] == [True, False, False]


@pytest.mark.parametrize(
    "url",
    ["", "receipt.jpg", "//example.org/x", "http://example.org/x", "ftp://example.org/x", "https://example.org:22/x"],
)
def test_an_address_of_another_kind_is_not_asked(url: str) -> None:
    assert not Hosts(domains=("example.org",)).allow(url)


@given(st.text())
def test_any_text_may_be_called_an_address(text: str) -> None:
    try:
        assert not hosts().allow(f"https://{text}@example.org.evil.net/")
        hosts().allow(text)
    except FetchFailed as failure:
        assert failure.reason is Reason.HOST


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_places_are_public(place: str, public: bool) -> None:
    assert is_public(place) is public


def test_an_error_never_holds_the_address(there: Origin) -> None:
    for reply in (answer(status="500 No"), answer(BODY, content_length="99"), moved("http://evil.net/t0ken")):
        there.replies["/bot1:t0ken"] = reply
        with pytest.raises(FetchFailed) as caught:
            get(there, "/bot1:t0ken")
        assert "t0ken" not in repr(caught.value) + str(caught.value.__cause__) + str(caught.value.args)
