"""What a borrower sent is seen and heard beside the talk, and the link to the bot is made on the borrower's page."""

import re
import struct
import zlib
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from outreach.tables import MediaContent, MediaFile, Message
from store.engine import create_engine, transaction
from store.ids import id_of
from tests.console.conftest import Show
from tests.console.lender import Client, Lender
from tests.console.test_pages import is_sound
from tests.product import Product

pytestmark = pytest.mark.slow


def picture(width: int = 300, height: int = 400) -> bytes:
    """A receipt as one sees it from far away: lines on paper."""
    paper, ink = b"\0" + b"\xfa\xfa\xf4" * width, b"\0" + b"\x30\x60\x50" * width
    rows = b"".join(ink if at % 40 in (10, 11, 12) else paper for at in range(height))

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def keep(product: Product, client: Client, *kept: tuple[str, str, str, bytes]) -> list[int]:
    """As if it had been fetched: a simulated phone has no provider to fetch from."""
    engine = create_engine(product.store_url)
    with transaction(engine) as session:
        ids = [_one(session, client, *each) for each in kept]
    engine.dispose()
    return ids


def _one(session: Session, client: Client, kind: str, state: str, mime: str, body: bytes) -> int:
    sent = session.exec(select(Message).where(Message.borrower_id == client.id, Message.direction == "in"))
    message = next(each for each in sent if each.media and each.media[0]["kind"] == kind)
    now = datetime.now(UTC)
    reason = "type_refused" if state == "refused" else ""
    file = MediaFile(
        message_id=id_of(message),
        position=0,
        kind=kind,
        state=state,
        reason=reason,
        mime=mime,
        size=len(body),
        try_after=now,
    )
    session.add(file)
    session.flush()
    if body:
        session.add(MediaContent(file_id=id_of(file), body=body))
    return id_of(file)


def test_a_receipt_is_seen_a_voice_note_heard_and_what_was_refused_is_named(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    who = lender.hire(f"Rosa Uc {view[0]}", language=view[1])
    client = lender.lend(f"Teresa Noh {view[0]}", language=view[1])
    for kind in ("image", "voice", "document"):
        client.phone.sends(kind)
    receipt, voice, _ = keep(
        lender.product,
        client,
        ("image", "kept", "image/png", picture()),
        ("voice", "kept", "audio/ogg", b"OggS" + b"\0" * 2000),
        ("document", "refused", "", b""),
    )
    case = next(each for each in lender.admin.cases_of(client.id) if each["reason"] == "payment_claim")
    screen = show(who, f"/cases/{case['id']}")
    thread = screen.part("thread")
    seen = thread.get_by_role("img", name=screen.word("media.image"))
    expect(seen).to_be_visible()
    assert seen.evaluate("it => it.complete && it.naturalWidth") == 300
    expect(thread.locator("audio")).to_have_attribute("src", re.compile(rf"/api/v1/files/{voice}$"))
    expect(thread.get_by_text(screen.word("fact_value.type_refused"))).to_be_visible()
    is_sound(screen, "thread with files")
    link = thread.locator("a:has(img)")
    link.focus()
    with screen.page.expect_download() as saved:
        screen.page.keyboard.press("Enter")
    assert saved.value.suggested_filename == f"image-{receipt}.png"
    story = screen.part("story")
    expect(story.get_by_role("heading", name=screen.word("story.files"))).to_be_visible()
    expect(story.get_by_role("img", name=screen.word("media.image"))).to_be_visible()
    is_sound(screen, "story with files")


def test_a_link_to_the_bot_is_made_on_the_borrower_s_page(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    who = lender.hire(f"Sofía Pat {view[0]}", language=view[1])
    client = lender.lend(f"Ursula May {view[0]}")
    screen = show(who, f"/borrowers/{client.id}")
    make = screen.part("contacts").get_by_role("button", name=screen.word("address.chat_link"))
    make.focus()
    screen.page.keyboard.press("Enter")
    link = screen.page.get_by_role("textbox", name=screen.word("address.chat_link"))
    expect(link).to_have_value(re.compile(r"^https://t\.me/AmigoBot\?start=[\w-]{32}$"))
    is_sound(screen, "borrower with a link")
