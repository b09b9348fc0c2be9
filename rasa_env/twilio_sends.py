"""Rasa's own Twilio channel as it is, sending what it reads and telling the seconds; run by Rasa's interpreter.

`.rasa/bin/python rasa_env/twilio_sends.py PROVIDER ACCOUNT TOKEN FROM < [[to, text], …]`
"""

import asyncio
import json
import logging
import sys
import time
from contextlib import suppress

from rasa.core.channels.twilio import TwilioOutput

logging.disable(logging.CRITICAL)  # It notes each message that it gives up.


async def send(provider: str, account: str, token: str, sender: str) -> None:
    channel = TwilioOutput(account, token, sender)
    channel.api.base_url = provider
    begun = time.perf_counter()
    for to, text in json.load(sys.stdin):
        with suppress(Exception):  # As in Rasa, where it ends the turn that wanted to say this.
            await channel.send_text_message(to, text)
    sys.stdout.write(str(time.perf_counter() - begun))


asyncio.run(send(*sys.argv[1:]))
