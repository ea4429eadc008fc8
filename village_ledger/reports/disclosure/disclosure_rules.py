"""The wall sheet's columns, words and signatures, which are data (resources/disclosure)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherRef
from village_ledger.reports.table import Column, Kind
from village_ledger.resources_dir import resource

_KINDS = {"number": Kind.COUNT, "date": Kind.DATE, "text": Kind.TEXT, "money": Kind.MONEY}
_MAY_GO = ("note", "item", "witness", "attachments", "handler", "approver")
"""Columns left out first where large type needs the room."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What differs between the two ledgers' sheets."""

    subtitle: str
    signatures: tuple[str, ...]
    seals: tuple[str, ...]
    opinion: str
    answers: str
    moves: str


@dataclass(frozen=True, slots=True)
class SheetRules:
    """Sheet A as the data file describes it."""

    title: str
    columns: tuple[Column, ...]
    wording: Mapping[LedgerKind, Wording]
    notes: Mapping[str, str]
    marks: Mapping[str, str]
    words: Mapping[str, Any]
    posting: Mapping[str, Any]

    def period(self, span: Span) -> str:
        """How the title names the span: 2025 年 11 月."""
        patterns = {"month": "month", "quarter": "quarter", "year": "year"}
        kind = period_kind(span)
        if kind not in patterns:
            return span.words()
        quarter = (span.first.month + 2) // 3
        return str(self.words[kind]).format(year=span.first.year, month=span.first.month, quarter=quarter)

    def word(self, name: str, span: Span) -> str:
        """Opening, total or closing as people call it for this kind of span."""
        found = cast("dict[str, str]", self.words[name]).get(period_kind(span))
        return found or {"opening": "期初有钱", "total": "本期合计", "closing": "期末有钱"}[name]


def period_kind(span: Span) -> str:
    """``month``, ``quarter``, ``year`` or ``span``."""
    first, last = span.first, span.last
    if first.day != 1 or last != Month.of(last).last or first.year != last.year:
        return "span"
    months = last.month - first.month + 1
    if months == 1:
        return "month"
    if months == 3 and first.month % 3 == 1:
        return "quarter"
    return "year" if months == 12 else "span"


@lru_cache(maxsize=1)
def sheet_a() -> SheetRules:
    """Read ``resources/disclosure/sheet_a.toml``."""
    with resource("disclosure", "sheet_a.toml").open("rb") as file:
        data = tomllib.load(file)
    return SheetRules(
        title=data["title"],
        columns=tuple(_column(entry) for entry in data["column"]),
        wording={kind: _wording(data, kind) for kind in LedgerKind},
        notes=data["notes"],
        marks=data["marks"],
        words=data["period_words"],
        posting=data["posting"],
    )


def _column(entry: Mapping[str, Any]) -> Column:
    key = str(entry["key"])
    return Column(key, entry["label"], _KINDS[entry["kind"]], entry["a4_mm"], optional=key in _MAY_GO)


def _wording(data: Mapping[str, Any], kind: LedgerKind) -> Wording:
    own = data[kind.value]
    moves = data["notes"]["moves" if kind is LedgerKind.COLLECTIVE else "moves_committee"]
    return Wording(
        subtitle=own["subtitle"],
        signatures=tuple(own["signatures"]),
        seals=tuple(own["seals"]),
        opinion=own["opinion"],
        answers=own["answers"],
        moves=moves,
    )


def named(ref: VoucherRef, span: Span) -> str:
    """A voucher as a note of the span names it: 记-0003, with its month in a longer span, its year in one over years."""
    if Month.of(span.first) == Month.of(span.last):
        return ref.short
    month = f"{ref.month.last.month}月{ref.short}"  # those of the year's closing period are of December
    return month if span.first.year == span.last.year else f"{ref.month.year}年{month}"
