"""A store with a lender and the shipped policies, made before the product opens it."""

from datetime import UTC, datetime

import sqlalchemy as sa

from alcorriente.migrations import upgrade
from loans.tables import Lender
from outreach import flows, policies
from store import encryption
from store.engine import create_engine, transaction
from tests.product import SECRET


def store(url: str) -> sa.Engine:
    encryption.configure(encryption.keyring_from_secret(SECRET))
    engine, now = create_engine(url), datetime.now(UTC)
    upgrade(engine)
    with transaction(engine) as session:
        session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
        policies.seed(session, now)
        flows.seed(session, now)
    return engine
