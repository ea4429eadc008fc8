"""The rows of opening balances on screen, their sums, and how half-typed ones are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from village_ledger.domain.balance import sided
from village_ledger.domain.chart import Chart
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import format_fen
from village_ledger.exchange.setup.pasted_opening import Light, PastedRow
from village_ledger.i18n import tr
from village_ledger.reports.table import Role
from village_ledger.storage.records import OpeningLine
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel

SAMPLE = "1,234,567.89"
LIGHTS = {Light.GREEN: "✓ 好", Light.YELLOW: "▲ 留意", Light.RED: "✕ 不对"}
"""Shape and word: colour is never the only sign."""


class Sums(NamedTuple):
    """Totals of the rows, fen."""

    debit: int
    credit: int
    year_debit: int
    year_credit: int

    @property
    def gap(self) -> int:
        """Debit minus credit."""
        return self.debit - self.credit

    @property
    def year_gap(self) -> int:
        """The same of 本年累计."""
        return self.year_debit - self.year_credit


def sums(rows: Iterable[ImportedOpening]) -> Sums:
    """Totals of the rows."""
    every = list(rows)
    return Sums(
        sum(r.debit for r in every),
        sum(r.credit for r in every),
        sum(r.year_debit for r in every),
        sum(r.year_credit for r in every),
    )


def key_of(row: ImportedOpening) -> tuple[str, str, str]:
    """What identifies a balance: account, counterparty, project."""
    return row.account, row.counterparty, row.project


def of_lines(lines: Iterable[OpeningLine]) -> list[ImportedOpening]:
    """A stored document as rows, in code order."""
    return numbered(
        ImportedOpening(
            0,
            x.account,
            x.counterparty,
            x.project,
            x.debit,
            x.credit,
            x.year_debit,
            x.year_credit,
            x.quantity,
        )
        for x in lines
    )


def numbered(rows: Iterable[ImportedOpening]) -> list[ImportedOpening]:
    """In code order, numbered as the screen shows them, so that a refusal names the row one sees."""
    return [row._replace(row=n) for n, row in enumerate(sorted(rows, key=key_of), 1)]


def merged(rows: Iterable[ImportedOpening], more: Iterable[ImportedOpening]) -> list[ImportedOpening]:
    """Rows with others put in; the same balance again takes the place of the first."""
    found = {key_of(row): row for row in rows} | {key_of(row): row for row in more}
    return numbered(found.values())


def to_text(rows: Iterable[ImportedOpening]) -> str:
    """Half-typed rows as kept in the book; empty for none."""
    kept = [list(row[1:]) for row in rows]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def from_text(text: str) -> list[ImportedOpening]:
    """Rows kept earlier; what cannot be read is none."""
    try:
        return numbered(
            ImportedOpening(0, str(code), str(party), str(project), *map(int, figures))
            for code, party, project, *figures in json.loads(text or "[]")
        )
    except (ValueError, TypeError):
        return []


def columns(mid_year: bool) -> tuple[ScreenColumn, ...]:
    """Columns of the table; a ledger begun in mid-year shows how the balance came about."""
    head = (
        ScreenColumn("code", tr("科目编码"), Look.CODE, "3220101"),
        ScreenColumn("name", tr("科目"), Look.TEXT, tr("银行存款—农商行"), stretch=3),
        ScreenColumn("party", tr("往来单位 · 项目"), Look.TEXT, tr("青峰农业公司"), stretch=2),
    )
    pairs = [("", tr("期初"))]
    if mid_year:
        pairs = [("start", tr("年初数")), ("year", tr("本年累计")), *pairs]
    amounts = [
        ScreenColumn(
            f"{key}{side}", word, Look.MONEY, SAMPLE, group=group if mid_year else "", hair=side == "d"
        )
        for key, group in pairs
        for side, word in (("d", tr("借方")), ("c", tr("贷方")))
    ]
    return (*head, *amounts)


def _figures(row: ImportedOpening, mid_year: bool) -> tuple[int, ...]:
    start = sided(row.debit - row.credit - row.year_debit + row.year_credit)
    whole = (*start, row.year_debit, row.year_credit, row.debit, row.credit)
    return whole if mid_year else whole[4:]


def _shown(figures: Iterable[int]) -> list[str]:
    return [format_fen(fen) if fen else "" for fen in figures]


class OpeningModel(FigureModel):
    """Opening balances as table rows."""

    def __init__(self, rows: Sequence[ImportedOpening], chart: Chart, *, mid_year: bool) -> None:
        super().__init__(columns(mid_year))
        self.rows = tuple(rows)
        self._texts = [
            [
                row.account,
                chart.path(row.account) if row.account in chart else "",
                " · ".join(part for part in (row.counterparty, row.project) if part),
                *_shown(_figures(row, mid_year)),
            ]
            for row in rows
        ]
        totals = [sum(column) for column in zip(*(_figures(r, mid_year) for r in rows), strict=True)]
        words = tr("合计（{count} 行）", count=len(rows))
        empty = [0] * (len(self.columns) - 3)
        self._total = ["", words, "", *[format_fen(fen) for fen in (totals or empty)]]

    def count(self) -> int:
        """Rows."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        return self._texts[row][column]

    def totals(self) -> TotalsModel:
        """The pinned sums."""
        return TotalsModel(self.columns, [self._total])


class PastedModel(FigureModel):
    """A pasted block, each row with its light in shape and word."""

    def __init__(self, rows: Sequence[PastedRow]) -> None:
        super().__init__(
            (
                ScreenColumn("light", tr("能不能用"), Look.TEXT, LIGHTS[Light.YELLOW]),
                ScreenColumn("code", tr("科目编码"), Look.CODE, "3220101"),
                ScreenColumn("name", tr("科目"), Look.TEXT, tr("公积公益金"), stretch=1),
                ScreenColumn("party", tr("往来单位 · 项目"), Look.TEXT, tr("农业公司"), stretch=1),
                ScreenColumn("debit", tr("借方"), Look.MONEY, SAMPLE),
                ScreenColumn("credit", tr("贷方"), Look.MONEY, SAMPLE),
                ScreenColumn("words", tr("说明"), Look.TEXT, tr("按名称认成 101 库存现金"), stretch=2),
            )
        )
        self.rows = tuple(rows)

    def count(self) -> int:
        """Rows."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        one = self.rows[row]
        party = " · ".join(part for part in (one.opening.counterparty, one.opening.project) if part)
        figures = _shown((one.opening.debit, one.opening.credit))
        return (LIGHTS[one.light], one.opening.account, one.name, party, *figures, one.words)[column]

    def strong(self, row: int) -> bool:
        """What is wrong stands out."""
        return self.rows[row].light is Light.RED

    def role(self, row: int) -> Role:
        """All alike."""
        del row
        return Role.DETAIL
