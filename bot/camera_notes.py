"""A picture without what the camera noted beside it: place, time, telephone. Nothing is unfolded or made anew. Pure.

Which way up it is stays. HEIC is left as it is: its notes are woven into the file.
"""

import struct

_PNG_NOTES = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
_WEBP_NOTES = (b"EXIF", b"XMP ")
# Application segments of JPEG that say how to show it: JFIF, colour profile, Adobe's colours.
_JPEG_KEPT = {0xE0, 0xE2, 0xEE}


def without(body: bytes, mime: str) -> bytes:
    """A file that doesn't hold together comes back as it was: somebody will look at it, nobody must parse it."""
    cleaner = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}.get(mime)
    try:
        return cleaner(body) if cleaner else body
    except (struct.error, IndexError, ValueError):
        return body


def _jpeg(body: bytes) -> bytes:
    kept, at = [body[:2]], 2
    while body[at] == 0xFF and body[at + 1] != 0xDA:
        marker, length = body[at + 1], struct.unpack(">H", body[at + 2 : at + 4])[0]
        segment = body[at : at + 2 + length]
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            kept.append(_way_up(segment[10:]))
        elif marker in _JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(segment)
        at += 2 + length
    if body[at] != 0xFF:
        raise ValueError("no JPEG")
    return b"".join(kept) + body[at:]


def _way_up(tiff: bytes) -> bytes:
    """An Exif segment that holds the orientation alone; nothing where it is upright or not said."""
    order = {b"II": "<", b"MM": ">"}[tiff[:2]] if tiff[:2] in (b"II", b"MM") else ""
    if not order:
        return b""
    (start,) = struct.unpack(order + "I", tiff[4:8])
    (count,) = struct.unpack(order + "H", tiff[start : start + 2])
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        tag, _, _, value = struct.unpack(order + "HHIH", tiff[entry : entry + 10])
        if tag == 0x0112 and 1 < value <= 8:
            ifd = struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, value, 0, 0)
            note = b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08" + ifd
            return b"\xff\xe1" + struct.pack(">H", 2 + len(note)) + note
    return b""


def _png(body: bytes) -> bytes:
    kept, at = [body[:8]], 8
    while at < len(body):
        (length,) = struct.unpack(">I", body[at : at + 4])
        if body[at + 4 : at + 8] not in _PNG_NOTES:
            kept.append(body[at : at + 12 + length])
        at += 12 + length
    return b"".join(kept)


def _webp(body: bytes) -> bytes:
    kept, at = [], 12
    while at < len(body):
        name, (length,) = body[at : at + 4], struct.unpack("<I", body[at + 4 : at + 8])
        whole = body[at : at + 8 + length + length % 2]
        if name == b"VP8X":
            whole = whole[:8] + bytes([whole[8] & ~0b1100]) + whole[9:]  # says no more that notes follow
        if name not in _WEBP_NOTES:
            kept.append(whole)
        at += 8 + length + length % 2
    content = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(content)) + content
