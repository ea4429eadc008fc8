"""Which statement definition a report is made from: shipped ones and a user's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from village_ledger.domain.formula import StatementError
from village_ledger.domain.statement import Statement
from village_ledger.domain.statement_reader import read_statement
from village_ledger.resources_dir import resource


@lru_cache(maxsize=1)
def shipped() -> tuple[Statement, ...]:
    """Every definition in ``resources/statements``."""
    return tuple(read_file(path) for path in sorted(resource("statements").glob("*.toml")))


def read_file(path: Path) -> Statement:
    """One definition; raises StatementError naming what is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise StatementError(f"报表定义 {path.name} 不是 UTF-8 编码", "请另存为 UTF-8 后再用。") from None
    return read_statement(text, path.name)


def choose(
    statements: Iterable[Statement], report: str, chart_id: str, day: date, layout: str = ""
) -> Statement:
    """The newest definition of a report in force on a day for a ledger's chart.

    Without ``layout`` the default one among several layouts. Raises StatementError when there is none.
    """
    fitting = [
        s
        for s in statements
        if s.report == report
        and chart_id in s.charts
        and s.effective <= day
        and (s.layout == layout if layout else s.is_default)
    ]
    if not fitting:
        raise StatementError(
            f"这本账用的科目表在 {day.isoformat()} 没有“{report}”这张报表",
            "请换一本账、换一个日期，或另选一种排法。",
        )
    return max(fitting, key=lambda s: s.effective)
