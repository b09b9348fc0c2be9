"""What Twilio's error codes mean to us, whether they come as an answer or in a status callback.

Source: Twilio's error dictionary (https://www.twilio.com/docs/api/errors), grouped by what can be done about them.
"""

from bot.channels.base import SendError

_CODES: dict[SendError, tuple[int, ...]] = {
    # Too many calls, a full queue, the pace of a sender or a carrier, a daily cap.
    SendError.RATE_LIMITED: (20429, 21611, 30001, 30022, 30023, 63017, 63018, 63038),
    # Temporary at the provider; a phone that is off.
    SendError.UNAVAILABLE: (20500, 20503, 30003, 30008, 63010, 63012),
    # No such number, not a mobile, not a WhatsApp user.
    SendError.UNREACHABLE_ADDRESS: (
        *(21201, 21211, 21214, 21217, 21612, 21614),
        *(30005, 30006, 63003, 63024),
    ),
    SendError.BLOCKED: (30004, 63032),
    SendError.OPTED_OUT: (21610, 63033),
    SendError.WINDOW_CLOSED: (63016,),
    # Template id or variables wrong, language missing, submission failed, paused, against the policy.
    SendError.TEMPLATE_REJECTED: (21654, 21655, 21656, 63013, 63027, 63028, 63040, 63041),
    # The text or media that we made: missing, too long, refused, filtered as spam.
    SendError.BAD_REQUEST: (21602, 21617, 21620, 21623, 30007, 63005, 63019, 63021, 63026, 63034),
    # Sender, region, callback address, sandbox, registration of the sender's business.
    SendError.NOT_CONFIGURED: (
        *(20403, 20404, 21408, 21603, 21606, 21609, 21703, 21704, 21705),
        *(30863, 30943, 63007, 63015),
    ),
    # Credentials refused, account suspended, WhatsApp's business account in trouble: nothing can be sent at all.
    SendError.CHANNEL_STOPPED: (20003, 30002, 63001, 63020),
}
_BY_CODE = {code: error for error, codes in _CODES.items() for code in codes}

HOUR = 3600.0
# Seconds; where nothing is said the outbox's own back-off counts.
_WAIT = {63018: HOUR, 30003: 2 * HOUR, 30008: 2 * HOUR, 30023: 24 * HOUR, 63038: 24 * HOUR}


def classify(code: int | None, status: int = 400) -> SendError:
    """By the code, else by the HTTP status. An unknown one is final and ours: an operator must look at it."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    if status == 429:
        return SendError.RATE_LIMITED
    if status >= 500:
        return SendError.UNAVAILABLE
    if status == 401:
        return SendError.CHANNEL_STOPPED
    if status in (403, 404):
        return SendError.NOT_CONFIGURED
    return SendError.BAD_REQUEST


def wait(code: int | None) -> float | None:
    return _WAIT.get(code) if code is not None else None
