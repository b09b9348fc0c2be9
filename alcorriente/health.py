"""What must be there for the product to work, looked at one by one: `doctor` prints it. Nothing is changed or sent."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from alcorriente.settings import DEMO_SECRET, ROOT, Settings, settings


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """`key` names its text in the catalogue of commands, after 'doctor.'; a text that isn't fine says what to do."""

    state: State
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


def ok(key: str, **values: Any) -> Check:
    return Check(State.OK, key, values)


def warning(key: str, **values: Any) -> Check:
    return Check(State.WARNING, key, values)


def fault(key: str, **values: Any) -> Check:
    return Check(State.FAULT, key, values)


def checks(chosen: Settings | None = None) -> Iterator[Check]:
    from alcorriente import health_channels

    given = chosen or settings()
    yield _rasa_environment()
    yield _model()
    yield _data_dir(given)
    yield from _store(given)
    yield _dialogue(given)
    yield from health_channels.checks(given)


def _rasa_environment() -> Check:
    python = ROOT / ".rasa" / "bin" / "python"
    return ok("rasa.ok", path=python) if python.exists() else fault("rasa.missing")


def _model() -> Check:
    models = list((ROOT / "models").glob("*.tar.gz"))
    return ok("model.ok", name=models[0].name) if len(models) == 1 else fault("model.missing")


def _data_dir(chosen: Settings) -> Check:
    folder = chosen.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    return ok("folder.ok", path=folder) if os.access(folder, os.W_OK) else fault("folder.closed", path=folder)


def _store(chosen: Settings) -> Iterator[Check]:
    from alcorriente.composition import open_store
    from store.engine import reading

    try:
        engine = open_store(chosen)
    except (sa.exc.SQLAlchemyError, OSError) as problem:
        yield fault("store.unreachable", problem=type(problem).__name__)
        return
    try:
        with reading(engine) as session:
            yield ok("store.ok", kind=engine.dialect.name)
            yield _secret(session, chosen)
            yield from _lender(session)
            yield from _countries(session, chosen)
            yield _hooks(engine)
    finally:
        engine.dispose()


def _hooks(engine: sa.Engine) -> Check:
    """What providers brought and the store would not take."""
    from alcorriente.composition import spool_file
    from bot.spool import Spool

    file = spool_file(engine)
    if file is None or not file.exists():
        return ok("hooks.ok")
    with closing(Spool(file)) as spool:
        aside = spool.aside()
    return warning("hooks.aside", count=aside) if aside else ok("hooks.ok")


def _secret(session: Session, chosen: Settings) -> Check:
    """Whether it opens what lies in the store."""
    from loans.tables import Borrower
    from store.encryption import UnreadableValueError

    try:
        session.exec(select(Borrower.full_name).limit(1)).first()
    except UnreadableValueError:
        return fault("secret.other")
    published = chosen.secret.get_secret_value() == DEMO_SECRET
    return warning("secret.published") if published else ok("secret.ok")


def _lender(session: Session) -> Iterator[Check]:
    from loans import accounts
    from loans.tables import Lender
    from outreach import policies
    from outreach.tables import CrisisContact
    from store.clock import RealClock

    lender = session.get(Lender, 1)
    if lender is None:
        yield fault("lender.missing")
        return
    yield ok("lender.ok", name=lender.name)
    today = accounts.business_date(lender, RealClock().now())
    policy = policies.in_force(session, today)
    unsigned = policy.unsigned(lender.country, today) if lender.country in policy.countries else ()
    yield warning("law.unsigned", count=len(unsigned), country=lender.country) if unsigned else ok("law.ok")
    confirmed = select(CrisisContact.id).where(
        CrisisContact.country == lender.country, col(CrisisContact.confirmed_on).is_not(None)
    )
    known = session.exec(confirmed).first() is not None
    yield (ok if known else warning)("crisis.ok" if known else "crisis.none", country=lender.country)


def _countries(session: Session, chosen: Settings) -> Iterator[Check]:
    """Where reminders are on, by channel that is set up and country where somebody borrows."""
    from alcorriente.composition import CHANNELS, enabled_channels
    from loans.tables import Borrower, Lender
    from outreach import judging
    from outreach.recipients import is_on
    from store.clock import RealClock

    if session.get(Lender, 1) is None:
        return
    frame = judging.frame(session, RealClock().now(), enabled_channels(chosen))
    set_up = CHANNELS if chosen.simulator else chosen.channels
    for country in sorted(session.exec(select(Borrower.country).distinct())):
        if country not in frame.policy.countries:
            yield fault("country.unknown", country=country)
            continue
        for channel in set_up:
            on = is_on(frame.enabled, channel, country)
            yield (ok if on else warning)("reminders.on" if on else "reminders.off", channel=channel, country=country)


def _our_rasa_lives(port: int) -> bool:
    """Its token is known to the process that started it; its name it tells everybody on this machine."""
    import httpx2

    try:
        return "Rasa" in httpx2.get(f"http://127.0.0.1:{port}/", timeout=4.0).text
    except httpx2.HTTPError:
        return False


def _dialogue(chosen: Settings) -> Check:
    from bot.dialogue import Dialogue

    elsewhere = chosen.rasa_url
    url = elsewhere or f"http://127.0.0.1:{chosen.rasa_port}"
    with closing(Dialogue(url, chosen.rasa_token.get_secret_value(), 4.0)) as dialogue:
        ready = dialogue.is_ready()
    if ready or (not elsewhere and _our_rasa_lives(chosen.rasa_port)):
        return ok("dialogue.ok")
    return fault("dialogue.down", url=elsewhere) if elsewhere else warning("dialogue.not_started")
