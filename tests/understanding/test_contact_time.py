"""When and where somebody would rather be written to."""

from datetime import time

import pytest

from understanding.contact_time import read_contact_time


@pytest.mark.parametrize(
    ("text", "clock", "part", "channel", "declined"),
    [
        ("escríbame después de las 6", time(18), None, None, None),
        ("call me after 6pm please", time(18), None, None, None),
        ("el lunes a las cinco y media", time(17, 30), None, None, None),
        ("a las 3 de la tarde", time(15), "afternoon", None, None),
        ("mañana en la tarde", None, "afternoon", None, None),
        ("no me escriba en la mañana, mejor en la noche", None, "evening", None, None),
        ("ahorita no puedo escríbame por la tarde", None, "afternoon", None, None),
        ("mejor por sms", None, None, "sms", None),
        ("no me manden whatsapp, mejor sms", None, None, "sms", "whatsapp"),
        ("ya no me manden sms", None, None, None, "sms"),
        ("ahorita no puedo", None, None, None, None),
    ],
)
def test_reads_hour_part_of_the_day_and_channel(
    text: str, clock: time | None, part: str | None, channel: str | None, declined: str | None
) -> None:
    wish = read_contact_time(text)
    assert (wish.clock, wish.part_of_day, wish.channel, wish.declined) == (clock, part, channel, declined)


def test_what_is_left_may_name_a_day() -> None:
    assert read_contact_time("mañana en la mañana a las 9").rest.split() == ["manana"]
