"""How an SMS counts: the GSM 7-bit alphabet (3GPP TS 23.038) or UCS-2, and in how many parts a text travels."""

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these is sent as an escape and a second character.
EXTENSION = frozenset("\f^{}\\[~]|€")

# (one part, each of several parts): joined parts give six octets to the header that puts them together.
GSM_7_LIMITS = (160, 153)
UCS_2_LIMITS = (70, 67)

# The letters that Spanish needs and the alphabet lacks; é, ñ, ü, ¿ and ¡ are in it and stay.
PLAIN = str.maketrans(
    {
        **dict(zip("áíóúÁÍÓÚçªº", "aiouAIOUcao", strict=True)),
        **dict(zip("“”«»’‘–—•\u00a0\u202f", '""""\'\'---  ', strict=True)),
        "…": "...",
    }
)


def sms(text: str) -> str:
    """The text in letters an SMS carries cheaply: 'Cuánto' is sent as 'Cuanto', emoji are left out.

    One 'á' would shrink a part from 160 characters to 70. Letters of other alphabets stay as they are.
    """
    kept: list[str] = []
    for letter in text.translate(PLAIN):
        if not _is_picture(letter):
            kept.append(letter)
        elif kept and kept[-1] == " ":
            kept.pop()
    return "".join(kept).strip()


def segments(text: str) -> int:
    """Parts that are billed. A character of two units (emoji, '€') is never split over two parts."""
    if all(letter in BASIC or letter in EXTENSION for letter in text):
        sizes, (alone, joined) = [2 if letter in EXTENSION else 1 for letter in text], GSM_7_LIMITS
    else:
        sizes, (alone, joined) = [2 if ord(letter) > 0xFFFF else 1 for letter in text], UCS_2_LIMITS
    if sum(sizes) <= alone:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > joined:
            parts, used = parts + 1, 0
        used += size
    return parts


def _is_picture(letter: str) -> bool:
    """Emoji with what modifies them: skin tones, the joiner and variation selectors."""
    return (unicodedata.category(letter) in ("So", "Sk") and ord(letter) > 0xFF) or letter in "\u200d\ufe0e\ufe0f"
