"""How a process is put together: the only place that knows settings and all rooms."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from fastapi import APIRouter, FastAPI
from rich.console import Console
from sqlmodel import select

from admin_api import api, static
from admin_api.guard import Context
from alcorriente import migrations
from alcorriente.settings import Settings, settings
from bot import approvals, doubts, hooks, keeper, reconciliation, webhooks
from bot.channels.base import Channel
from bot.channels.simulator import SimulatorChannel
from bot.channels.telegram import TelegramChannel, TelegramSettings
from bot.channels.telegram_files import TelegramFiles
from bot.channels.twilio import TwilioChannel, TwilioSettings
from bot.channels.twilio_media import TwilioMedia
from bot.dialogue import Dialogue
from bot.ear import Ear
from bot.intake import Intake
from bot.keeper import Keeper
from bot.media import MediaSource
from bot.spool import Spool
from bot.voice import Transcriber
from loans.tables import Lender
from outreach import flows, policies
from outreach.senders import Pace
from scheduler import jobs
from scheduler.jobs import Outside
from store import encryption
from store.clock import Clock, MovableClock, RealClock
from store.engine import create_engine, reading, transaction

CONSOLE = Path(__file__).parent.parent / "console" / "dist"
CHANNELS = ("whatsapp", "sms", "telegram")


class Undeclared(Exception):  # noqa: N818
    """Carriers and WhatsApp take messages about debts from the lender itself only, and punish the sender."""

    def __init__(self, senders: list[str]) -> None:
        super().__init__(
            f"ALCORRIENTE_FIRST_PARTY does not name {', '.join(senders)}. Nothing is sent from there until somebody "
            "has declared in writing that it writes to the lender's own borrowers, in its name, about its own loans. "
            f'Then set, for example: ALCORRIENTE_FIRST_PARTY=\'{{"{senders[0]}": "Ana Pérez, 2026-11-20"}}\''
        )


def open_store(given: Settings | None = None) -> sa.Engine:
    """The store, brought to the newest schema, with the shipped policies and cadence."""
    chosen = given or settings()
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    encryption.configure(encryption.keyring_from_secret(chosen.secret.get_secret_value()))
    engine = create_engine(chosen.store_url)
    migrations.upgrade(engine)
    with transaction(engine) as session:
        policies.seed(session, datetime.now(UTC))
        flows.seed(session, datetime.now(UTC))
    return engine


def clock(engine: sa.Engine, chosen: Settings) -> Clock:
    return MovableClock(engine) if chosen.simulator else RealClock()


# To the same person: what WhatsApp lets through, one a second on Telegram, and no second SMS before the first is there.
GAPS = {"whatsapp": timedelta(seconds=6), "sms": timedelta(seconds=2), "telegram": timedelta(seconds=1)}


def paces(chosen: Settings) -> dict[str, Pace]:
    """None in the demo: nobody there minds."""
    rates = {"whatsapp": chosen.whatsapp_rate, "sms": chosen.sms_rate, "telegram": chosen.telegram_rate}
    people = {"whatsapp": chosen.whatsapp_people or None}
    share = chosen.pace_share
    return (
        {} if chosen.simulator else {name: Pace(rates[name] * share, GAPS[name], people.get(name)) for name in CHANNELS}
    )


def channels(chosen: Settings, at: Clock, engine: sa.Engine) -> dict[str, Channel]:
    """The simulator stands in for every channel of the demo; else only what is set up can send."""
    if chosen.simulator:
        return {name: SimulatorChannel(name, at) for name in CHANNELS}
    if undeclared := chosen.undeclared_senders:
        raise Undeclared(undeclared)
    found: dict[str, Channel] = {}
    if chosen.twilio_account_sid:
        twilio = twilio_settings(chosen)
        approved = approvals.Remembered(engine).approved
        found |= {name: TwilioChannel(name, twilio, approved) for name in chosen.channels if name != "telegram"}
    if chosen.telegram_token.get_secret_value():
        found["telegram"] = TelegramChannel(telegram_settings(chosen))
    return found


def twilio_settings(chosen: Settings) -> TwilioSettings:
    return TwilioSettings(
        account_sid=chosen.twilio_account_sid,
        auth_token=chosen.twilio_auth_token.get_secret_value(),
        public_base_url=chosen.public_url,
        signing_tokens=chosen.twilio_signing_tokens,
        whatsapp_from=chosen.twilio_whatsapp_from,
        sms_from=chosen.twilio_sms_from,
        messaging_service_sid=chosen.twilio_messaging_service_sid,
        templates=chosen.twilio_templates,
        api_base_url=chosen.twilio_base_url,
        content_base_url=chosen.twilio_content_url,
    )


def telegram_settings(chosen: Settings) -> TelegramSettings:
    return TelegramSettings(
        token=chosen.telegram_token.get_secret_value(),
        secret=chosen.telegram_secret.get_secret_value(),
        base_url=chosen.telegram_base_url,
    )


def media_sources(chosen: Settings) -> dict[str, MediaSource]:
    """Where files that people send are fetched; the simulator's have no place."""
    found: dict[str, MediaSource] = {}
    if chosen.simulator:
        return found
    if chosen.twilio_account_sid:
        found |= dict.fromkeys(("whatsapp", "sms"), TwilioMedia(twilio_settings(chosen)))
    if chosen.telegram_token.get_secret_value():
        found["telegram"] = TelegramFiles(telegram_settings(chosen))
    return found


def transcriber(chosen: Settings) -> Transcriber | None:
    """None is shipped; `package.module:name` names one that is installed here."""
    if not chosen.transcriber:
        return None
    module, _, name = chosen.transcriber.partition(":")
    made: Transcriber = getattr(import_module(module), name)()
    return made


def gateway(
    engine: sa.Engine,
    at: Clock,
    dialogue: Dialogue,
    wake: Callable[[], None],
    chosen: Settings,
    *,
    settle: Callable[[], None] | None = None,
) -> FastAPI:
    """The public port. `wake` is called when there is something to do; `settle`, which the simulator needs, does it."""
    keeps, lifespan = hook_keeper(engine, wake)
    app = FastAPI(title="Al Corriente", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    context = Context(
        engine,
        at,
        RealClock(),
        secure=chosen.public_url.startswith("https:"),
        wake=wake,
        channels=enabled_channels(chosen),
        telegram_bot=chosen.telegram_bot,
        prices=chosen.prices,
        hear=Ear(dialogue).hear,
        second_person=chosen.second_person,
    )
    app.mount("/api/v1", api.create(context))
    twilio = twilio_settings(chosen) if chosen.twilio_account_sid else None
    telegram = telegram_settings(chosen) if chosen.telegram_token.get_secret_value() else None
    app.include_router(static.console(CONSOLE))
    app.include_router(webhooks.router(keeps, at, twilio, telegram))
    if settle is not None and isinstance(at, MovableClock):
        app.include_router(_simulator(engine, at, settle, chosen))

    @app.get("/healthz", include_in_schema=False)
    def alive() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", include_in_schema=False)
    def ready() -> dict[str, bool]:
        with reading(engine) as session:
            session.exec(select(Lender.id)).first()
        return {"store": True, "dialogue": dialogue.is_ready()}

    return app


def spool_file(engine: sa.Engine) -> Path | None:
    """Where hooks wait for SQLite's one pen; PostgreSQL has many."""
    return Path(str(engine.url.database)).with_suffix(".hooks.db") if engine.dialect.name == "sqlite" else None


def spool(engine: sa.Engine) -> Spool | None:
    file = spool_file(engine)
    return Spool(file) if file is not None else None


def heard(engine: sa.Engine) -> Callable[[], bool]:
    """True once every hook that was answered before the call is in the store."""
    beside = spool(engine)
    return beside.is_heard if beside is not None else lambda: True


Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def hook_keeper(engine: sa.Engine, wake: Callable[[], None]) -> tuple[Keeper, Lifespan | None]:
    """Who keeps what hooks bring, and what must go on as long as the port is open."""
    beside = spool(engine)
    if beside is None:
        return keeper.in_store(engine, hooks.take, wake), None
    intake = Intake(engine, beside, hooks.take, wake)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        intake.start()
        yield
        await asyncio.to_thread(intake.stop)
        beside.close()

    return keeper.in_spool(beside, intake), lifespan


def _simulator(engine: sa.Engine, at: MovableClock, settle: Callable[[], None], chosen: Settings) -> APIRouter:
    from alcorriente.demo import filling
    from bot.simulation import routes

    return routes.router(
        engine,
        at,
        settle=settle,
        run_due=run_due(engine, chosen),
        restore_demo=lambda: filling.fill(engine, at, CHANNELS, Console(stderr=True)),
        demo_data=lambda: filling.holds_only_invented_people(engine),
    )


def run_due(
    engine: sa.Engine, chosen: Settings, asked: tuple[Outside, ...] = ()
) -> Callable[[datetime], dict[str, int]]:
    """All jobs whose slot has come; the simulator's channels are switched on as a fixture means them to be."""
    enabled = enabled_channels(chosen)
    return lambda now: jobs.run_due(
        engine, now, enabled=enabled, backups=chosen.backups, outside=asked, pages=chosen.page_addresses
    )


def asking_jobs(engine: sa.Engine, found: Mapping[str, Channel], wake: Callable[[], None]) -> tuple[Outside, ...]:
    """What the clock asks providers: what became of doubts, what lost hooks missed, which templates are approved."""

    def settle(now: datetime) -> Mapping[str, int]:
        return {f"doubts_{name}": count for name, count in doubts.settle_open(engine, found, now, now).items()}

    def look(back: timedelta) -> Callable[[datetime], Mapping[str, int]]:
        return lambda now: reconciliation.reconcile(engine, found, now, wake=wake, back=back)

    return (
        Outside("settle_doubts", settle, jobs.MINUTE),
        Outside("reconcile", look(reconciliation.AGAIN), 5 * jobs.MINUTE),
        Outside("reconcile_day", look(timedelta(days=2))),
        Outside("poll_templates", lambda now: approvals.poll(engine, found, now), jobs.HOUR),
    )


def enabled_channels(chosen: Settings) -> tuple[str, ...]:
    """Outside the demo none is on before the lender has switched it on, for a country or for all."""
    return CHANNELS if chosen.simulator else chosen.reminder_channels


def action_server(engine: sa.Engine) -> FastAPI:
    """The loopback port that Rasa calls."""
    from actions.server import router

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(router(engine))
    return app
