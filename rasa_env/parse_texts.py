"""`python parse_texts.py MODEL < texts.json`: what a trained model says of each text, and how long it took.

Reads a JSON list of texts and writes a JSON list of `{"ranking": [[intent, confidence], ...], "ms": ...}`. The same for
our model and for any other that Rasa can load, so that both are timed alike.
"""

import asyncio
import json
import os
import sys
import time
from contextlib import redirect_stdout

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
import skops.io  # noqa: F401 - early, as in rasa_command.py

with redirect_stdout(sys.stderr):
    from rasa.core.agent import Agent

OWN = {"nlu_fallback", "media_received"}


async def parsed(agent: Agent, text: str) -> dict:
    begun = time.perf_counter()
    found = await agent.parse_message(text)
    took = (time.perf_counter() - begun) * 1000
    ranking = [(each["name"], each["confidence"]) for each in found["intent_ranking"] if each["name"] not in OWN]
    return {"ranking": ranking, "ms": took}


async def main() -> None:
    texts = json.load(sys.stdin)
    with redirect_stdout(sys.stderr):
        agent = Agent.load(sys.argv[1])
        await parsed(agent, "hola")
        answers = [await parsed(agent, text) for text in texts]
    json.dump(answers, sys.stdout)


asyncio.run(main())
