"""What a file is by its first bytes, whatever its sender calls it, and how large a picture it unfolds to. Pure."""

import re
import struct

# What people send as receipts and voice notes. Everything else is refused: a program, a page, a text with macros.
_SIGNS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/webp", re.compile(rb"RIFF.{4}WEBP", re.S)),
    ("image/gif", re.compile(rb"GIF8[79]a")),
    ("image/heic", re.compile(rb".{4}ftyp(hei[cxms]|mif1|hev[cx])", re.S)),
    ("application/pdf", re.compile(rb"%PDF-\d")),
    ("audio/ogg", re.compile(rb"OggS")),
    ("audio/amr", re.compile(rb"#!AMR")),
    ("audio/mp4", re.compile(rb".{4}ftypM4[AB]", re.S)),
    ("audio/mpeg", re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")),
    ("audio/aac", re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")),
    ("video/mp4", re.compile(rb".{4}ftyp(isom|iso[2-6]|mp4[12]|avc1|3gp.|qt  |M4V |MSNV)", re.S)),
)
# Pictures with more points are refused: 64 million unfold to 256 MB (own default; a telephone takes 12 million).
MOST_PIXELS = 64_000_000
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def kind_of(body: bytes) -> str | None:
    """The media type of a file that we keep; None for all others."""
    return next((mime for mime, sign in _SIGNS if sign.match(body)), None)


def pixels(body: bytes, mime: str) -> int | None:
    """Width by height, read from the header and never by unfolding. 0 for what is no picture; None: it says nothing."""
    if not mime.startswith("image/"):
        return 0
    try:
        found = _SIZES[mime](body)
    except (struct.error, IndexError):
        return None
    return found[0] * found[1] if found else None


def _of_png(body: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", body[16:24]) if body[12:16] == b"IHDR" else None


def _of_gif(body: bytes) -> tuple[int, int]:
    width, height = struct.unpack("<HH", body[6:10])
    return width, height


def _of_jpeg(body: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(body):
        if body[at] != 0xFF:
            return None
        marker = body[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        at += (
            1 if marker == 0xFF else 2 if 0xD0 <= marker <= 0xD8 else 2 + struct.unpack(">H", body[at + 2 : at + 4])[0]
        )
    return None


def _of_webp(body: bytes) -> tuple[int, int] | None:
    form = body[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(body[24:27], "little"), 1 + int.from_bytes(body[27:30], "little")
    if form == b"VP8L":
        packed = struct.unpack("<I", body[21:25])[0]
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    if form == b"VP8 " and body[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _of_heic(body: bytes) -> tuple[int, int] | None:
    """The largest of its 'ispe' boxes: one of them is the whole picture."""
    sizes = [struct.unpack(">II", body[at.end() + 4 : at.end() + 12]) for at in re.finditer(b"ispe", body[:CHEST])]
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


CHEST = 65_536  # bytes; a HEIC file describes itself before its data
_SIZES = {
    "image/png": _of_png,
    "image/gif": _of_gif,
    "image/jpeg": _of_jpeg,
    "image/webp": _of_webp,
    "image/heic": _of_heic,
}
