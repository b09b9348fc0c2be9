"""Files are what their first bytes say; pictures are measured and cleaned without being unfolded."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import camera_notes
from bot.file_kinds import MOST_PIXELS, kind_of, pixels
from outreach.media import ENDINGS


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *notes: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(notes) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", 2 + len(content)) + content


def jpeg(width: int, height: int, *notes: bytes) -> bytes:
    jfif = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    return b"\xff\xd8" + jfif + b"".join(notes) + frame + segment(0xDA, b"\1\1\0\0\x3f\0") + b"data\xff\xd9"


def exif(order: str, orientation: int) -> bytes:
    """With the place where the picture was taken beside its orientation."""
    sign = {"<": b"II\x2a\0", ">": b"MM\0\x2a"}[order]
    entries = [(0x0112, 3, 1, orientation), (0x8825, 4, 1, 26)]
    written = b"".join(
        struct.pack(order + "HHIHH", *each, 0) if each[1] == 3 else struct.pack(order + "HHII", *each)
        for each in entries
    )
    place = b"GPS 19.4326N 99.1332W"
    return segment(0xE1, b"Exif\0\0" + sign + struct.pack(order + "IH", 8, 2) + written + b"\0\0\0\0" + place)


def webp(form: bytes, content: bytes, *more: bytes) -> bytes:
    inner = b"WEBP" + form + struct.pack("<I", len(content)) + content + b"".join(more)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def heic(width: int, height: int) -> bytes:
    boxes = [(320, 240), (width, height)]
    sized = b"".join(struct.pack(">I", 20) + b"ispe\0\0\0\0" + struct.pack(">II", *each) for each in boxes)
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + sized


VP8 = b"\x30\1\0\x9d\x01\x2a" + struct.pack("<HH", 800, 600)
VP8L = b"\x2f" + struct.pack("<I", (800 - 1) | (600 - 1) << 14)
VP8X = b"\x0c\0\0\0" + (800 - 1).to_bytes(3, "little") + (600 - 1).to_bytes(3, "little")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (jpeg(1, 1), "image/jpeg"),
        (png(1, 1), "image/png"),
        (webp(b"VP8 ", VP8), "image/webp"),
        (b"GIF89a" + struct.pack("<HH", 2, 2), "image/gif"),
        (heic(1, 1), "image/heic"),
        (b"%PDF-1.4\n", "application/pdf"),
        (b"OggS\0\2", "audio/ogg"),
        (b"#!AMR\n", "audio/amr"),
        (b"\0\0\0\x1cftypM4A \0", "audio/mp4"),
        (b"ID3\4", "audio/mpeg"),
        (b"\xff\xf1\x50", "audio/aac"),
        (b"\0\0\0\x18ftypmp42\0", "video/mp4"),
        (b"\0\0\0\x18ftyp3gp4\0", "video/mp4"),
        (b"", None),
        (b"MZ\x90\0", None),
        (b"\x7fELF", None),
        (b"PK\3\4", None),
        (b"<html><script>", None),
        (b"<svg xmlns=", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        (b"#!/bin/sh", None),
        (b" %PDF-1.4", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(body: bytes, kind: str | None) -> None:
    assert kind_of(body) == kind
    assert kind is None or kind in ENDINGS


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (png(800, 600), "image/png"),
        (jpeg(800, 600), "image/jpeg"),
        (jpeg(800, 600, segment(0xE1, b"x" * 5000)), "image/jpeg"),
        (webp(b"VP8 ", VP8), "image/webp"),
        (webp(b"VP8L", VP8L), "image/webp"),
        (webp(b"VP8X", VP8X), "image/webp"),
        (b"GIF89a" + struct.pack("<HH", 800, 600), "image/gif"),
        (heic(800, 600), "image/heic"),
    ],
)
def test_a_picture_is_measured_by_its_header(body: bytes, mime: str) -> None:
    assert pixels(body, mime) == 800 * 600


def test_a_bomb_is_known_before_it_bursts() -> None:
    small = png(65_535, 65_535)
    assert len(small) < 200
    assert (pixels(small, "image/png") or 0) > MOST_PIXELS


@given(st.binary(max_size=80), st.sampled_from(sorted(ENDINGS)), st.integers(0, 60))
def test_broken_files_are_measured_and_cleaned_without_harm(noise: bytes, mime: str, cut: int) -> None:
    whole = {"image/jpeg": jpeg(3, 3, exif("<", 6)), "image/png": png(3, 3), "image/webp": webp(b"VP8X", VP8X)}
    for body in (noise, whole.get(mime, b"")[:cut] + noise):
        assert (pixels(body, mime) or 0) >= 0
        assert isinstance(camera_notes.without(body, mime), bytes)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_of_a_photograph_s_notes_only_which_way_is_up_is_left(order: str, orientation: int) -> None:
    noted = jpeg(
        8, 6, exif(order, orientation), segment(0xE1, b"http://ns.adobe.com/xap/ maker"), segment(0xFE, b"Ana")
    )
    clean = camera_notes.without(noted, "image/jpeg")
    for secret in (b"GPS", b"adobe", b"Ana"):
        assert secret in noted
        assert secret not in clean
    assert (kind_of(clean), pixels(clean, "image/jpeg")) == ("image/jpeg", 48)
    assert clean.endswith(b"data\xff\xd9")
    upright = jpeg(8, 6)
    assert (len(clean) - len(upright)) == (36 if orientation > 1 else 0)
    assert orientation == 1 or struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) in clean


def test_notes_of_png_and_webp_go_too() -> None:
    noted = png(8, 6, chunk(b"tEXt", b"Author\0Ana"), chunk(b"eXIf", b"MM GPS"))
    assert camera_notes.without(noted, "image/png") == png(8, 6)
    note = b"EXIF" + struct.pack("<I", 3) + b"GPS\0"
    clean = camera_notes.without(webp(b"VP8X", VP8X, note), "image/webp")
    assert clean == webp(b"VP8X", b"\0" + VP8X[1:])


@pytest.mark.parametrize("body", [jpeg(8, 6), png(8, 6), b"%PDF-1.4", heic(8, 6), b"OggS"])
def test_a_file_without_notes_stays_as_it_is(body: bytes) -> None:
    assert camera_notes.without(body, kind_of(body) or "") == body
