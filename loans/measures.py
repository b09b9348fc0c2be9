"""Portfolio ratios over loans on one business date. Amounts in minor units; ratios are exact decimals.

Loans written off must not be passed in. A ratio of an empty portfolio is 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from loans.promise_rules import PromiseState


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """What the ratios need of one loan: its whole unpaid principal, due or not, and its days past due."""

    principal: int
    days_past_due: int
    restructured: bool = False


def gross_portfolio(loans: Iterable[LoanFigures]) -> int:
    """GLP: outstanding principal, no accrued interest."""
    return sum(loan.principal for loan in loans)


def par(loans: Sequence[LoanFigures], days: int, *, include_restructured: bool = False) -> Decimal:
    """PAR_n: the share of principal in loans **more** than n days late, by balance, never by count.

    The CGAP form, `include_restructured`, adds all restructured loans.
    """
    at_risk = (loan for loan in loans if loan.days_past_due > days or (include_restructured and loan.restructured))
    return _share(gross_portfolio(at_risk), gross_portfolio(loans))


# 90 days for instalment loans follows Mexican practice; the lender's licence type decides, so it is a setting.
def imor(loans: Sequence[LoanFigures], day_limit: int = 90) -> Decimal:
    """IMOR (Mexico): overdue portfolio over total; a loan counts **from** the day limit on."""
    return _share(_overdue_portfolio(loans, day_limit), gross_portfolio(loans))


def imora(loans: Sequence[LoanFigures], written_off_12m: int, day_limit: int = 90) -> Decimal:
    """IMOR adjusted: write-offs and principal discounts of 12 months added above and below."""
    return _share(_overdue_portfolio(loans, day_limit) + written_off_12m, gross_portfolio(loans) + written_off_12m)


def kept_rate(promises: Iterable[tuple[PromiseState, int]], *, by_amount: bool = False) -> Decimal:
    """Kept over kept, partial and broken, by count or by promised amount; open and cancelled are left out."""
    settled = [
        (state, amount if by_amount else 1) for state, amount in promises if state in ("kept", "partial", "broken")
    ]
    return _share(sum(w for state, w in settled if state == "kept"), sum(w for _, w in settled))


def _overdue_portfolio(loans: Iterable[LoanFigures], day_limit: int) -> int:
    return gross_portfolio(loan for loan in loans if loan.days_past_due >= day_limit)


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / whole if whole else Decimal(0)
