"""Home: the whole business on one page, read live, so that a payment or a reversal shows at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from insight import promises
from insight.ages import RANGES, AgeGroup, active_borrowers, age_groups
from insight.funnel import Funnel, FunnelGroup, funnel
from insight.funnel_days import funnel_groups
from insight.portfolio import PAR_DAYS, Par, Portfolio, par, portfolio
from insight.promises import Due, Ended, PromiseGroup, promise_groups
from insight.recovery import Recovered, recovered
from insight.scope import Scope
from insight.window import DAYS, Window
from insight.work import Waiting, waiting
from loans import accounts
from loans.arrears import AgeRange

# Mexican practice for instalment loans; the lender's licence decides, so figures take it as an argument.
IMOR_DAYS = 90


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises of one currency whose day lies in the window."""

    currency: str
    all: Ended
    assistant: Ended
    people: Ended


@dataclass(frozen=True, slots=True)
class Place:
    """How the borrowers of a region, or of a branch of it, behave. `branch` None is the whole region."""

    region: str
    branch: str | None
    currency: str
    loans: int
    gross: int
    overdue: int
    par30: Par
    promises_ended: int
    kept_rate: Decimal
    reply_rate: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """What reminders cause. A number needs borrowers who were not reminded, chosen by chance; there are none."""

    effect: None = None
    reason: str = "not_measured"


@dataclass(frozen=True, slots=True)
class Home:
    """Figures per currency are never added up over currencies."""

    today: date
    first: date
    portfolios: tuple[Portfolio, ...]
    due: tuple[Due, ...]
    kept: tuple[Kept, ...]
    recovered: tuple[Recovered, ...]
    places: tuple[Place, ...]
    funnel: Funnel
    waiting: tuple[Waiting, ...]
    effect: Effect


def figures(
    session: Session,
    today: date,
    now: datetime,
    scope: Scope,
    *,
    days: int = DAYS,
    ranges: Sequence[AgeRange] = RANGES,
    imor_days: int = IMOR_DAYS,
) -> Home:
    window = Window.ending(today, days, ZoneInfo(accounts.lender(session).zone))
    ages = age_groups(session, today, scope)
    promised = promise_groups(session, window, scope)
    reminded = funnel_groups(session, window, scope)
    return Home(
        today=today,
        first=window.first,
        portfolios=_portfolios(ages, active_borrowers(session, scope), ranges, imor_days),
        due=tuple(promises.due(session, today, scope)),
        kept=_kept(promised),
        recovered=tuple(recovered(session, window, scope)),
        places=_places(ages, promised, reminded),
        funnel=funnel(reminded),
        waiting=tuple(waiting(session, now, scope)),
        effect=Effect(),
    )


def _portfolios(
    ages: Collection[AgeGroup], borrowers: dict[str, int], ranges: Sequence[AgeRange], imor_days: int
) -> tuple[Portfolio, ...]:
    return tuple(
        portfolio(
            currency, [each for each in ages if each.currency == currency], borrowers[currency], ranges, imor_days
        )
        for currency in sorted(borrowers)
    )


def _kept(groups: Collection[PromiseGroup]) -> tuple[Kept, ...]:
    found = []
    for currency in sorted({group.currency for group in groups}):
        own = [group for group in groups if group.currency == currency]
        assistant, people = ([group for group in own if group.assistant is each] for each in (True, False))
        found.append(Kept(currency, promises.ended(own), promises.ended(assistant), promises.ended(people)))
    return tuple(found)


def _places(
    ages: Collection[AgeGroup], promised: Collection[PromiseGroup], reminded: Collection[FunnelGroup]
) -> tuple[Place, ...]:
    """Regions and their branches where active loans are, by currency."""
    branches = {(each.currency, each.region, each.branch) for each in ages}
    keys = branches | {(currency, region, None) for currency, region, _ in branches}
    found = []
    for currency, region, branch in sorted(keys, key=lambda key: (key[0], key[1], key[2] or "")):
        own = [each for each in ages if each.currency == currency and _is_in(each, region, branch)]
        ended = promises.ended([p for p in promised if p.currency == currency and _is_in(p, region, branch)])
        found.append(
            Place(
                region=region,
                branch=branch,
                currency=currency,
                loans=sum(each.loans for each in own),
                gross=sum(each.principal for each in own),
                overdue=sum(each.overdue for each in own),
                par30=par(own, PAR_DAYS["par30"]),
                promises_ended=ended.kept + ended.partial + ended.broken,
                kept_rate=ended.rate,
                reply_rate=funnel([each for each in reminded if _is_in(each, region, branch)]).reply_rate,
            )
        )
    return tuple(found)


def _is_in(group: AgeGroup | PromiseGroup | FunnelGroup, region: str, branch: str | None) -> bool:
    return group.region == region and branch in (None, group.branch)
