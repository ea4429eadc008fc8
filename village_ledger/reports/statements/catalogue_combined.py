"""The combined page of a village, read from a book: both ledgers' statements and what runs between them."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.formula import parse_formula
from village_ledger.domain.period import Span
from village_ledger.domain.statement_working import Working
from village_ledger.reports.request import ReportRequest, span_of
from village_ledger.reports.statements.catalogue_statements import statement_sheet
from village_ledger.reports.statements.combined import (
    CombinedBlock,
    CombinedFigures,
    CombinedRow,
    Mirror,
    blocks_with,
    combined_table,
)
from village_ledger.reports.statements.statement_outside import SUBSIDY, SUBSIDY_INCOME
from village_ledger.reports.table import Table
from village_ledger.resources_dir import resource
from village_ledger.services.transfers.transfers import MIRROR

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

_FLOWS = {LedgerKind.COLLECTIVE: "receipts-payments", LedgerKind.COMMITTEE: "surplus"}


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "combined.toml").read_text(encoding="utf-8"))


def combined_of(reader: Reader, request: ReportRequest) -> Table:
    """The combined page up to the last day asked for; raises LedgerError in a village with one ledger."""
    with reader.snapshot():
        return _combined(reader, request)


def _combined(reader: Reader, request: ReportRequest) -> Table:
    village = reader.main_ledgers()
    if village is None:
        raise LedgerError("这个村只有一本账，没有两账合并表", "合账的村看资产负债表就是全村。")
    collective, committee = village
    last = span_of(reader, request).last
    year = Span(date(last.year, 1, 1), last)
    ours, theirs = _Ledger(reader, collective, year), _Ledger(reader, committee, year)
    mirrors, taken = _between(reader, collective, committee, year)
    blocks: list[CombinedBlock] = []
    wanted: dict[str, str] = {}
    for block in _rules()["block"]:
        place = (block["statement"], block["column"])
        rows = tuple(
            CombinedRow(row["name"], ours.value(row, *place), theirs.value(row, *place))
            for row in block["rows"]
        )
        wanted |= {row["name"]: row["eliminate"] for row in block["rows"] if "eliminate" in row}
        total = block["total"]
        whole = CombinedRow(total["name"], ours.value(total, *place), theirs.value(total, *place))
        blocks.append(CombinedBlock(block["title"], rows, whole))
    warnings = [*ours.warnings(), *theirs.warnings()]
    figures = CombinedFigures(year, blocks_with(blocks, taken, wanted), mirrors, warnings)
    book = reader.book()
    return combined_table(book.village, figures, is_demo=book.is_demo)


class _Ledger:
    """One ledger's statements, worked out once."""

    def __init__(self, reader: Reader, info: LedgerInfo, year: Span) -> None:
        self._info = info
        request = ReportRequest(info.code, year)
        self._sheets = {
            "balance-sheet": statement_sheet(reader, "balance-sheet", request),
            "flows": statement_sheet(reader, _FLOWS[info.kind], request),
        }

    def value(self, row: dict[str, str], statement: str, column: str) -> int:
        """A row's figure in this ledger, nil where its chart has none."""
        text = row.get(self._info.chart_id)
        if text is None:
            return 0
        working: Working = self._sheets[statement].working
        return working.formula(parse_formula(text, f"combined.toml 的“{row['name']}”"), column)

    def warnings(self) -> list[str]:
        """What its balance sheet warns of."""
        return [f"{self._info.title}：{text}" for text in self._sheets["balance-sheet"].table.warnings]


def _between(
    reader: Reader, collective: LedgerInfo, committee: LedgerInfo, year: Span
) -> tuple[list[Mirror], dict[str, int]]:
    """What each ledger says of the other, and what is taken off for it, fen."""
    after = year.last + timedelta(days=1)
    chart = reader.chart(committee.code)

    def of_party(info: LedgerInfo, code: str, other: LedgerInfo) -> int:
        return reader.party_balance_before(info.code, code, other.entity, after)

    def theirs(own: str, code: str) -> int:
        if own in chart:
            leaves = [a.code for a in chart if a.is_leaf and a.code.startswith(own)]
            return reader.balance_before(committee.code, leaves, after)
        return of_party(committee, code, collective)

    owed_to_us = of_party(collective, "112", committee), -theirs("2202", "211")
    owed_by_us = -of_party(collective, "211", committee), theirs("1122", "112")
    owed = [
        Mirror("村委会欠集体的款（集体 112 应收、村委会应付）", *owed_to_us),
        Mirror("集体欠村委会的款（集体 211 应付、村委会应收）", *owed_by_us),
    ]
    mapped = reader.setting(MIRROR)
    if (
        mapped
    ):  # one two-way account: what it shows on its own side is taken off, and its net is what must agree
        net = of_party(collective, mapped, committee)
        words = f"集体和村委会的往来（集体 {mapped} 净额、村委会应付减应收）"
        owed = [Mirror(words, net, owed_to_us[1] - owed_by_us[1])]
        owed_to_us, owed_by_us = (max(net, 0), owed_to_us[1]), (max(-net, 0), owed_by_us[1])
    paid = _support(reader, collective, year)
    got = -sum(
        net for leaf, net in reader.nets(committee.code, year).items() if leaf.startswith(SUBSIDY_INCOME)
    )
    if SUBSIDY_INCOME not in chart:
        paid, got = {"513": 0, "514": 0}, 0
    mirrors = [
        *owed,
        Mirror("集体补助村委会（集体支出、村委会收入）", sum(paid.values()), got),
    ]
    taken = {
        "receivable": owed_to_us[0] + owed_by_us[1],
        "payable": owed_to_us[1] + owed_by_us[0],
        "support_income": got,
        "support_513": paid["513"],
        "support_514": paid["514"],
    }
    return mirrors, taken


def _support(reader: Reader, collective: LedgerInfo, year: Span) -> dict[str, int]:
    """What the collective paid over for the committee's work, by first-level account, fen."""
    chart, nets = reader.chart(collective.code), reader.nets(collective.code, year)
    return {
        code: sum(
            net
            for leaf, net in nets.items()
            if any(leaf.startswith(a.code) for a in chart if a.name == SUBSIDY and a.code.startswith(code))
        )
        for code in ("513", "514")
    }
