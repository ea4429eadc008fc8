"""What a statement is held against from outside its own formulas: the other ledger, projects, reserves, last year.

Each figure is taken another way than the statement takes it, so that agreeing means something. A register that does
not exist yet gives no figure: its check is then said not to be asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.balance import Turnover, sided
from village_ledger.domain.chart import Chart, Dimension, Money
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.statement import Basis, Statement
from village_ledger.domain.statement_figures import LeafFigures
from village_ledger.domain.statement_working import Working
from village_ledger.services.assets.asset_ties import card_figures
from village_ledger.services.bank.bank_check import proved_bank
from village_ledger.services.bank.cash_counts import proved_cash

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

SUBSIDY = "补助村委会"
"""Name of the collective's sub-accounts under 513 and 514 for what it pays over to the committee (X13)."""
SUBSIDY_INCOME = "4501"
_RESERVE = "311"
_PROJECTS = {"levy_projects": ("231", "2302"), "grant_projects": ("241", "2301")}
"""Accounts whose balances must stand with projects, in either chart."""
_MOST_NAMED = 6


@dataclass(slots=True)
class Outside:
    """Figures by the name checks use, fen, and for some the rows they were added up from, in words."""

    figures: dict[str, int] = field(default_factory=dict[str, int])
    words: dict[str, str] = field(default_factory=dict[str, str])


def outside_of(reader: Reader, info: LedgerInfo, year: Span, trial: Iterable[Turnover]) -> Outside:
    """Everything known outside the statements of a ledger on the last day of ``year`` (1 January up to a day)."""
    chart, found = reader.chart(info.code), Outside()
    found.figures |= _other_ledger(reader, year)
    _by_the_bank(reader, info, year.last, found)
    _by_the_list(reader, info, year, found)
    found.figures |= card_figures(reader, info.code, year.last)
    if _RESERVE in chart:
        moved = {
            t.account: t.year_credit - t.year_debit
            for t in trial
            if t.account.startswith(_RESERVE) and t.year_credit != t.year_debit
        }
        found.figures["reserve_movements"] = sum(moved.values())
        found.words["reserve_movements"] = _named_sums(
            {_named(chart, code): fen for code, fen in moved.items()}
        )
    for name, codes in _PROJECTS.items():
        leaves = [a.code for a in chart if a.is_leaf and a.code.startswith(codes)]
        if leaves:
            projects = project_balances(reader, info.code, leaves, year.last)
            found.figures[name] = sum(projects.values())
            found.words[name] = _named_sums(projects)
    return found


def _by_the_bank(reader: Reader, info: LedgerInfo, day: date, found: Outside) -> None:
    """X9: what the bank proves of every bank account; nothing while one with a balance has no statement of the day."""
    bank = proved_bank(reader, info.code, day) if reader.bank_accounts(info.code) else None
    if bank is not None:
        counted = proved_cash(reader, info.code, day)
        if counted is None:
            cash = reader.cash_and_bank_before(info.code, day + timedelta(days=1))[Money.CASH]
            how = "按账面"
        else:
            cash = counted.total
            how = f"按 {'、'.join(map(str, counted.days))} 的盘点"
        found.figures["cash_and_bank"] = cash + bank
        said = f"银行按对账单调节后 {format_fen(bank)}，现金{how} {format_fen(cash)}"
        found.words["cash_and_bank"] = said


def _by_the_list(reader: Reader, info: LedgerInfo, year: Span, found: Outside) -> None:
    """X14: what the lists of dividends give members; nothing where none was booked by a list."""
    given = reader.member_dividends(info.code, year)
    if given is not None:
        found.figures["dividend_list"] = given
        found.words["dividend_list"] = f"成员分配明细合计 {format_fen(given)}"


def project_balances(reader: Reader, ledger: str, leaves: list[str], day: date) -> dict[str, int]:
    """What each project still has on some leaves at the end of a day, credit − debit, fen.

    A leaf that asks for no project is one itself; what names none where one is asked for belongs to no project and is
    left out.
    """
    chart = reader.chart(ledger)
    balances: dict[str, int] = {}

    def add(code: str, project: str, balance: int) -> None:
        demands = Dimension.PROJECT in chart.get(code).demands
        if balance and (project or not demands):
            name = project or chart.get(code).name
            balances[name] = balances.get(name, 0) + balance

    for line in reader.opening_lines(ledger):
        if line.account in leaves:
            add(line.account, line.project, line.credit - line.debit)
    for (code, project), (debit, credit) in reader.project_sums(
        ledger, leaves, day + timedelta(days=1)
    ).items():
        add(code, project, credit - debit)
    return {name: balance for name, balance in sorted(balances.items()) if balance}


def _other_ledger(reader: Reader, year: Span) -> dict[str, int]:
    """What each ledger says of the collective's support for the committee, fen; empty with one ledger only."""
    village = reader.main_ledgers()
    if village is None or SUBSIDY_INCOME not in reader.chart(village[1].code):
        return {}
    collective, committee = village
    chart = reader.chart(collective.code)
    paid = [a.code for a in chart if a.name == SUBSIDY and a.code.startswith(("513", "514"))]
    expense, income = reader.nets(collective.code, year), reader.nets(committee.code, year)
    return {
        "collective_expense_for_committee": sum(
            net for leaf, net in expense.items() if leaf.startswith(tuple(paid))
        ),
        "committee_income_from_collective": -sum(
            net for leaf, net in income.items() if leaf.startswith(SUBSIDY_INCOME)
        ),
    }


def last_years_sheet(
    reader: Reader, info: LedgerInfo, statement: Statement, before: Statement, year: int
) -> dict[str, int] | None:
    """Row id to the closing figure of the year before ``year``, from that year's trial balance.

    In the ledger's first year: from the rows of its opening document. None for a statement that has no such column.
    """
    column = next((c for c in before.columns if c.basis is Basis.YEAR), None)
    if column is None or not any(check.prior for check in statement.checks):
        return None
    last = date(year - 1, 12, 31)
    chart = reader.chart(info.code)
    if year > info.start.year:
        trial = reader.turnovers(info.code, Span.of_year(year - 1))
        sides = {t.account: (t.closing_debit, t.closing_credit) for t in trial}
    else:
        sides = _opening_document(reader, info.code, chart)
    plain = Working(before, chart, LeafFigures({last: sides}), Span.of_year(year - 1))
    return dict(plain.amounts(column.key))


def _opening_document(reader: Reader, ledger: str, chart: Chart) -> dict[str, tuple[int, int]]:
    """Both sides of every leaf on 1 January, summed row by row of the opening document; two-way ones per party."""
    rows: dict[tuple[str, str], int] = {}
    for x in reader.opening_lines(ledger):
        party = x.counterparty if chart.is_settled_by_party(x.account) else ""
        balance = x.debit - x.credit - x.year_debit + x.year_credit
        rows[x.account, party] = rows.get((x.account, party), 0) + balance
    sides: dict[str, tuple[int, int]] = {}
    for (code, _), balance in rows.items():
        debit, credit = sided(balance)
        debit0, credit0 = sides.get(code, (0, 0))
        sides[code] = (debit0 + debit, credit0 + credit)
    return sides


def _named(chart: Chart, code: str) -> str:
    return chart.get(code).name


def _named_sums(sums: dict[str, int]) -> str:
    shown = [f"{name} {format_fen(fen)}" for name, fen in list(sums.items())[:_MOST_NAMED]]
    more = f"等 {len(sums)} 项" if len(sums) > _MOST_NAMED else ""
    return "、".join(shown) + more
