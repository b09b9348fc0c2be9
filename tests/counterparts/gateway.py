"""The product's hooks on a port of their own, as providers find them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI

from alcorriente import composition
from bot import webhooks
from bot.channels.twilio import TwilioSettings
from store.clock import RealClock


@contextmanager
def serving(engine: sa.Engine, settings: TwilioSettings, wake: Callable[[], None] = lambda: None) -> Iterator[str]:
    keeper, lifespan = composition.hook_keeper(engine, wake)
    app = FastAPI(lifespan=lifespan)
    app.include_router(webhooks.router(keeper, RealClock(), settings, None))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
