"""What a village's ledgers come to on the last day of a package, each figure with the accounts it is made of."""

from __future__ import annotations

from collections import defaultdict

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Chart, Money
from village_ledger.domain.period import Span
from village_ledger.domain.township import Figure, Part, Totals
from village_ledger.reports.disclosure.claims_by_party import claim_leaves, standings
from village_ledger.storage.reader import Reader

_PURSES = {Money.CASH: Figure.CASH, Money.BANK: Figure.BANK}


def totals_of(reader: Reader, span: Span, ledger: str) -> Totals:
    """Income, expense, money and debts of a ledger, fen; each side is taken alone, so that carrying forward does not count."""
    info, chart = reader.ledger(ledger), reader.chart(ledger)
    sums: dict[tuple[Figure, str], int] = defaultdict(int)
    for one in reader.turnovers(ledger, span):
        account = chart.get(one.account)
        if account.money is not None:
            sums[_PURSES[account.money], one.account] += one.closing
        elif account.is_income:
            sums[Figure.INCOME, one.account] += one.credit
        elif account.category in INCOME_AND_EXPENSE:
            sums[Figure.EXPENSE, one.account] += one.debit
    for (code, _), standing in standings(
        reader, ledger, chart, claim_leaves(info.chart_id, chart), span
    ).items():
        sums[Figure.OWED_TO, code] += max(standing.closing, 0)
        sums[Figure.OWED_BY, code] += max(-standing.closing, 0)
    return Totals(ledger, info.entity, info.kind, _parts(chart, sums))


def _parts(chart: Chart, sums: dict[tuple[Figure, str], int]) -> tuple[Part, ...]:
    """By figure and account; what comes to nothing is left out."""
    order = list(Figure)
    found = [
        Part(figure, code, chart.path(code), amount) for (figure, code), amount in sums.items() if amount
    ]
    return tuple(sorted(found, key=lambda part: (order.index(part.figure), part.account)))
