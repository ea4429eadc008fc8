"""What every sheet on the wall has: whose it is, for whom, of which days, who signs (disclosure sheets B to M)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from village_ledger.domain.period import Span
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Check, Column, Kind, Role, Row, Table

NIL = "无"
"""Printed where a sheet has nothing to say, so that nobody wonders whether it was forgotten."""


@dataclass(frozen=True, slots=True)
class Public:
    """Whose sheet it is and of which days."""

    issuer: Issuer
    span: Span
    warnings: Sequence[str] = ()

    @property
    def audience(self) -> str:
        """For whom: 集体经济组织账 · 给全体成员看."""
        return " · ".join(sheet_a().wording[self.issuer.kind].subtitle.split(" · ")[:2])


def public_sheet(
    public: Public,
    report: str,
    name: str,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    *,
    notes: Sequence[str] = (),
    checks: Sequence[Check] = (),
    facts: dict[str, Cell] | None = None,
) -> Table:
    """A sheet's Table; without any row it says 无."""
    rules, issuer = sheet_a(), public.issuer
    wording, listed = rules.wording[issuer.kind], tuple(rows)
    return Table(
        report=report,
        title=f"{issuer.village} {rules.period(public.span)} {name}",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=columns,
        rows=listed or (_nothing(columns),),
        span=public.span,
        subtitle=public.audience,
        heading=(public.span.words(), rules.notes["unit"]),
        checks=tuple(checks),
        notes=tuple(notes),
        warnings=tuple(public.warnings),
        watermark=issuer.watermark,
        signatures=tuple((place, "") for place in wording.signatures),
        seals=wording.seals,
        facts=facts or {},
        zero="—",
    )


def in_use(columns: tuple[Column, ...], rows: Sequence[Row]) -> tuple[tuple[Column, ...], list[Row]]:
    """The columns in which some row has something, and the rows with them; those that are not optional always stay."""
    kept = [
        place
        for place, column in enumerate(columns)
        if not column.optional or any(row.cells[place] for row in rows if row.role is Role.DETAIL)
    ]
    return (
        tuple(columns[place] for place in kept),
        [replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows],
    )


def _nothing(columns: tuple[Column, ...]) -> Row:
    widest = max((c for c in columns if c.kind is Kind.TEXT), key=lambda column: column.width_mm)
    return Row(Role.DETAIL, tuple(NIL if column is widest else None for column in columns))


def sum_row(columns: tuple[Column, ...], rows: Iterable[Row], *, label: str = "合计") -> Row:
    """The total of the money columns of detail rows; the label stands in the first column of text."""
    details = [row for row in rows if row.role is Role.DETAIL]
    at = next(i for i, column in enumerate(columns) if column.kind is Kind.TEXT)
    cells: list[Cell] = [None] * len(columns)
    cells[at] = label
    for i, column in enumerate(columns):
        if column.kind is Kind.MONEY:
            cells[i] = sum(value for row in details if isinstance(value := row.cells[i], int))
    return Row(Role.TOTAL, tuple(cells))
