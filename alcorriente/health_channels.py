"""Whether providers know us, call us, and have approved what we want to send."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx2

from alcorriente.health import Check, fault, ok, warning
from alcorriente.settings import LOOPBACK, Settings
from bot.channels.setup import SECONDS, Answer, Refused, Unreachable
from bot.channels.telegram_setup import HOOK_PATH, UPDATES, TelegramSetup
from bot.channels.twilio_setup import TwilioSetup

# A clock that is a minute off sends at a minute past the last hour allowed.
MOST_SKEW = timedelta(seconds=60)
LATELY = timedelta(hours=1)
MANY_WAITING = 100


def checks(chosen: Settings) -> Iterator[Check]:
    if chosen.simulator:
        yield ok("channels.simulated")
        return
    if not chosen.channels:
        yield warning("channels.none")
        return
    yield from declared(chosen)
    yield from _public_address(chosen)
    if chosen.twilio_account_sid:
        yield from _twilio(chosen)
    if chosen.telegram_token.get_secret_value():
        yield from _telegram(chosen)


def declared(chosen: Settings) -> Iterator[Check]:
    """Which senders somebody has declared to be the lender's own."""
    for each in chosen.senders:
        undeclared = each in chosen.undeclared_senders
        yield (
            fault("sender.undeclared", sender=each)
            if undeclared
            else ok("sender.ok", sender=each, who=chosen.first_party[each])
        )


def _public_address(chosen: Settings) -> Iterator[Check]:
    """Our own hook refuses a GET with 405, which nobody else would say there."""
    url = chosen.public_url.rstrip("/")
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        yield fault("public.not_https", url=url)
        return
    hook = "/channels/twilio/status" if chosen.twilio_account_sid else HOOK_PATH
    try:
        status = httpx2.get(url + hook, timeout=SECONDS).status_code
    except (httpx2.HTTPError, httpx2.InvalidURL):
        yield fault("public.unreachable", url=url)
        return
    yield ok("public.ok", url=url) if status == 405 else fault("public.other", url=url, status=status)


def _twilio(chosen: Settings) -> Iterator[Check]:
    from alcorriente.composition import twilio_settings

    base = chosen.public_url.rstrip("/")
    with closing(TwilioSetup(twilio_settings(chosen))) as twilio:
        try:
            status, answer = twilio.account()
        except Refused:
            yield fault("twilio.refused")
            return
        except Unreachable:
            yield fault("twilio.unreachable")
            return
        yield ok("twilio.ok") if status == "active" else fault("twilio.inactive", status=status)
        yield from _clock(answer)
        yield from _asked("sms", lambda: _sms_hook(twilio, chosen, base))
        yield from _asked("whatsapp", lambda: _whatsapp_sender(twilio, chosen, base))
        yield from _templates(twilio, chosen)


def _asked(channel: str, look: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    """Some accounts may not ask everything."""
    try:
        yield from look()
    except (Refused, Unreachable):
        yield warning("hook.untold", channel=channel)


def _sms_hook(twilio: TwilioSetup, chosen: Settings, base: str) -> Iterator[Check]:
    wanted = f"{base}/channels/twilio/sms"
    number, service = chosen.twilio_sms_from, chosen.twilio_messaging_service_sid
    told = twilio.service_hook(service) if service else ""
    if not told and number.startswith("+"):
        found = twilio.number_hook(number)
        if found is None:
            yield fault("twilio.no_number", number=number)
            return
        told = found
    if number or service:
        yield _hook("sms", told, wanted)


def _whatsapp_sender(twilio: TwilioSetup, chosen: Settings, base: str) -> Iterator[Check]:
    number = chosen.twilio_whatsapp_from
    if not number:
        return
    found = twilio.whatsapp_sender(number)
    if found is None:
        yield fault("twilio.no_number", number=number)
        return
    status, told = found
    most = chosen.whatsapp_people
    yield ok("whatsapp.people", count=most) if most else ok("whatsapp.people_any")
    if not status.startswith("ONLINE"):
        yield fault("whatsapp.offline", status=status)
    yield _hook("whatsapp", told, f"{base}/channels/twilio/whatsapp")


def _hook(channel: str, told: str, wanted: str) -> Check:
    """What follows a '#' tells Twilio how often to try."""
    right = told.partition("#")[0] == wanted
    return ok("hook.ok", channel=channel) if right else fault("hook.other", channel=channel, url=told, wanted=wanted)


def _templates(twilio: TwilioSetup, chosen: Settings) -> Iterator[Check]:
    if chosen.twilio_whatsapp_from and not chosen.twilio_templates:
        yield warning("template.none")
    for name, sid in sorted(chosen.twilio_templates.items()):
        try:
            status = twilio.template(sid)
        except Refused as refusal:
            if refusal.status == 404:
                yield fault("template.unknown", name=name, sid=sid)
                continue
            status = "?"
        except Unreachable:
            yield warning("template.untold", name=name)
            return
        yield (
            ok("template.ok", name=name)
            if status == "approved"
            else fault("template.not_approved", name=name, status=status or "unsubmitted")
        )


def _telegram(chosen: Settings) -> Iterator[Check]:
    from alcorriente.composition import telegram_settings

    with closing(TelegramSetup(telegram_settings(chosen))) as telegram:
        try:
            name, answer = telegram.bot()
            yield ok("telegram.ok", name=name)
            yield from _bot_name(chosen, name)
            yield from _clock(answer)
            yield from _telegram_hook(telegram, f"{chosen.public_url.rstrip('/')}{HOOK_PATH}")
        except Refused:
            yield fault("telegram.refused")
        except Unreachable:
            yield fault("telegram.unreachable")


def _bot_name(chosen: Settings, name: str) -> Iterator[Check]:
    if chosen.telegram_bot.casefold() != name.casefold():
        yield warning("telegram.name", name=name)


def _telegram_hook(telegram: TelegramSetup, wanted: str) -> Iterator[Check]:
    hook = telegram.hook()
    yield _hook("telegram", hook.url, wanted)
    if missing := sorted(set(UPDATES) - set(hook.updates)):
        yield warning("telegram.updates", missing=", ".join(missing))
    if hook.waiting > MANY_WAITING:
        yield warning("telegram.waiting", count=hook.waiting)
    if hook.failed_at is not None and hook.failed_at > datetime.now(UTC) - LATELY:
        yield warning("telegram.failed", failure=hook.failure, when=f"{hook.failed_at:%H:%M} UTC")


def _clock(answer: Answer) -> Iterator[Check]:
    if answer.at is None:
        return
    skew = abs(datetime.now(UTC) - answer.at)
    seconds = round(skew.total_seconds())
    yield ok("clock.ok") if skew <= MOST_SKEW else fault("clock.wrong", seconds=seconds)
