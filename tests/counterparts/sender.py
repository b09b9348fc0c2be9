"""The product's sends as a process that can be killed: `python -m tests.counterparts.sender STORE PROVIDER`.

Everything as in `alcorriente up`, but in seconds what there are minutes: it asks about doubts all the time.
"""

import sys
import time
from datetime import UTC, datetime, timedelta

from bot import doubts, outbox
from bot.channels.base import Channel
from bot.channels.twilio import TwilioChannel, TwilioSettings
from store import encryption
from store.clock import RealClock
from store.engine import create_engine
from tests.counterparts.programs import ACCOUNT, SMS, TOKEN

CHANNELS = ("whatsapp", "sms")
PATIENCE = (0.2, 0.5, 1, 2, 2, 2, 2, 2)
SETTLES = timedelta(seconds=8)


def settings(provider: str) -> TwilioSettings:
    """`provider` is also the public address of the product: a proxy that serves both."""
    return TwilioSettings(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        public_base_url=provider,
        whatsapp_from=SMS,
        sms_from=SMS,
        api_base_url=provider,
        content_base_url=provider,
        timeout=4,  # A busy machine is no fault of the provider.
        settles_after=SETTLES,
    )


def run(store: str, provider: str, at_once: int) -> None:
    encryption.configure(encryption.keyring_from_secret("the tests' secret"))
    engine, clock = create_engine(store), RealClock()
    channels: dict[str, Channel] = {name: TwilioChannel(name, settings(provider)) for name in CHANNELS}
    doubts.settle_lost(engine, channels, clock.now(), real=clock.now(), before=None)
    asked = time.monotonic()
    while True:
        counts = outbox.send_ready(engine, channels, clock, enabled=CHANNELS, at_once=at_once, patience=PATIENCE)
        if time.monotonic() - asked > 1:
            now = datetime.now(UTC)
            doubts.settle_open(engine, channels, now, now, youngest=timedelta(seconds=1))
            asked = time.monotonic()
        if not counts.handled:
            time.sleep(0.1)


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], int(sys.argv[3]))
