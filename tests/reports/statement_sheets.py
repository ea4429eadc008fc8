"""Making statements of paper villages in tests, and the figures of ``small_village`` worked out by hand."""

from __future__ import annotations

from datetime import date

from tests.domain.paper_village import PaperBooks
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Span
from village_ledger.domain.statement import Statement
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.statements.statement_files import choose, shipped
from village_ledger.reports.statements.statement_request import StatementRequest
from village_ledger.reports.statements.statements import StatementSheet, make_statement
from village_ledger.reports.table import Cell, Row

COLLECTIVE = Issuer("青山村", "collective", LedgerKind.COLLECTIVE, "集体经济组织账", "青山村股份经济合作社")
COMMITTEE = Issuer("青山村", "committee", LedgerKind.COMMITTEE, "村民委员会账", "青山村村民委员会")
YEAR = Span.of_year(2025)
END = date(2025, 12, 31)
NEW = {"income-distribution": {"previous": None}}
"""The ledger began this year; nobody typed last year in."""


def definition(report: str, chart: str = "collective_2023", layout: str = "") -> Statement:
    return choose(shipped(), report, chart, END, layout)


def others(chart: str = "collective_2023", layout: str = "") -> dict[str, Statement]:
    names = (
        ("balance-sheet", "surplus")
        if chart == "committee_surplus"
        else ("balance-sheet", "receipts-payments")
    )
    found = {name: definition(name, chart) for name in names}
    if chart != "committee_surplus":
        found["income-distribution"] = definition("income-distribution", chart, layout)
    return found


def sheet(books: PaperBooks, report: str, span: Span = YEAR, layout: str = "", **asked) -> StatementSheet:
    request = StatementRequest(**{"span": span, "figures": books, "given": NEW, "others": others()} | asked)
    return make_statement(COLLECTIVE, books.chart, definition(report, layout=layout), request)


def column(found: StatementSheet, key: str, by: str = "line") -> dict[str, Cell]:
    """Row identifier to the amount of a column."""
    name, amount = found.table.column_index(by), found.table.column_index(key)
    return {str(row.cells[name]): row.cells[amount] for row in found.table.rows if row.cells[name]}


def rows_of(found: StatementSheet) -> list[Row]:
    return list(found.table.rows)


def fen(**yuan: str) -> dict[str, int]:
    return {line: parse_fen(amount) for line, amount in yuan.items()}


def faults(found: StatementSheet) -> list[str]:
    return [f"{check.rule} {check.text}" for check in found.table.checks if not check.ok]


BALANCE_SHEET = fen(
    A1="390266.58", A2="0", A3="21000", A4="1700", A5="0", A6="412966.58",
    A7="0", A8="40000", A9="12000", A10="28000", A11="500000", A12="120000", A13="380000", A14="0", A15="0",
    A16="380000", A17="0", A18="0", A19="0", A20="0", A21="0", A22="408000", A23="820966.58",
    L1="0", L2="20000", L3="0", L4="0", L5="1400", L6="21400",
    L7="0", L8="0", L9="30000", L10="30000", L11="51400",
    E1="500000", E2="203000", E3="66566.58", E4="769566.58", T="820966.58",
)  # fmt: skip
OPENING = fen(
    A1="301200", A2="0", A3="23000", A4="5000", A5="0", A6="329200",
    A7="0", A8="40000", A9="8000", A10="32000", A11="500000", A12="100000", A13="400000", A14="0", A15="0",
    A16="400000", A17="0", A18="0", A19="0", A20="0", A21="0", A22="432000", A23="761200",
    L1="0", L2="13500", L3="0", L4="0", L5="0", L6="13500", L7="0", L8="0", L9="0", L10="0", L11="13500",
    E1="500000", E2="200000", E3="47700", E4="747700", T="761200",
)  # fmt: skip
INCOME = fen(
    R1="70000.50", R2="-700", R3="6000", R4="27000", R5="2400", R6="11286.40", R6a="10000", R7="34614.10",
    R8="88.88", R9="1386.40", R10="450", R11="32866.58", R12="1000", R13="31866.58", R14="47700", R15="2000",
    R16="81566.58", R17="5000", R18="9000", R19="1000", R20="66566.58",
)  # fmt: skip
