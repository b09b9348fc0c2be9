"""What must be there for the product to work, looked at one by one."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from alcorriente.settings import ROOT, Settings, settings


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    fine: bool
    says: str


def checks() -> Iterator[Check]:
    chosen = settings()
    yield _rasa_environment()
    yield _model()
    yield from _store(chosen)
    yield from _channels(chosen)


def _rasa_environment() -> Check:
    python = ROOT / ".rasa" / "bin" / "python"
    fine = python.exists()
    return Check("dialogue environment", fine, str(python) if fine else "missing: run `make run`")


def _model() -> Check:
    models = list((ROOT / "models").glob("*.tar.gz"))
    return Check("trained model", len(models) == 1, models[0].name if models else "missing: run `make train`")


def _store(chosen: Settings) -> Iterator[Check]:
    from alcorriente.composition import open_store
    from loans.tables import Lender
    from outreach import policies
    from store.clock import RealClock
    from store.engine import reading

    try:
        engine = open_store(chosen)
    except sa.exc.SQLAlchemyError as problem:
        yield Check("store", False, f"{type(problem).__name__}: check ALCORRIENTE_DATABASE_URL")
        return
    with reading(engine) as session:
        yield Check("store", True, engine.dialect.name)
        lender = session.get(Lender, 1)
        yield Check("lender", lender is not None, "entered" if lender else "enter it: `alcorriente lender set`")
        today = RealClock().now().date()
        policy = policies.in_force(session, today)
        country = lender.country if lender else "MX"
        unsigned = policy.unsigned(country, today)
        yield Check("contact law", True, f"{len(unsigned)} items for {country} are not signed off by a lawyer")


def _channels(chosen: Settings) -> Iterator[Check]:
    if chosen.simulator:
        yield Check("channels", True, "simulated")
        return
    yield Check(
        "whatsapp, sms", True, "set up" if chosen.twilio_account_sid else "off: no ALCORRIENTE_TWILIO_ACCOUNT_SID"
    )
    telegram = bool(chosen.telegram_token.get_secret_value())
    yield Check("telegram", True, "set up" if telegram else "off: no ALCORRIENTE_TELEGRAM_TOKEN")
