"""What a statement is asked with: span, figures, what was typed in and what it is checked against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from village_ledger.domain.period import Span
from village_ledger.domain.statement import Statement
from village_ledger.domain.statement_figures import StatementFigures
from village_ledger.reports.statements.statement_columns import Extra

Given = Mapping[str, Mapping[str, int] | None]
"""Column to what was typed in: row id to fen, or None where nobody knows."""


@dataclass(frozen=True, slots=True)
class StatementRequest:
    """What a statement is made of beside its definition."""

    span: Span
    """As asked for; a balance sheet stands at its last day."""
    figures: StatementFigures
    """Read for every span of ``Statement.spans``, of this statement and of those it is checked against."""
    given: Mapping[str, Given] = field(default_factory=dict[str, Given])
    """Report to columns typed in when the ledger began; without them the year before the ledger is not known:
    ``{"income-distribution": {"previous": None}}``."""
    others: Mapping[str, Statement] = field(default_factory=dict[str, Statement])
    """Report to the definition cross-checks look at."""
    extras: Sequence[Extra] = ()
    """Columns beside the statement's own."""
    outside: Mapping[str, int] = field(default_factory=dict[str, int])
    """Figures from outside by the name checks use, fen: ``cash_and_bank``, ``asset_cost``, ``dividend_list`` …"""
    outside_words: Mapping[str, str] = field(default_factory=dict[str, str])
    """What such figures were added up from, in words."""
    prior: Mapping[str, int] | None = None
    """Last year's sheet as handed in: row id to the closing figure, fen."""
    trial: Mapping[str, tuple[int, int]] | None = None
    """Closing column of the trial balance: leaf to (debit, credit), fen."""
    year_closed: bool = False
    """Whether the year of the span's end is carried forward."""
    warnings: Sequence[str] = ()
    notes: Sequence[str] = ()
    """Sentences under the table beside its own: 其中：分配2025年度 …"""
