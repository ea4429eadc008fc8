"""What the villages come to: both kinds of ledgers apart, the days one asks for, and the way to a village's balances."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency
from tests.ui.agency_hand import a_day_in_april, agency, asked, cells, desk, rest, seat
from village_ledger.domain.period import Month, Span
from village_ledger.ui.main_window import MainWindow

__all__ = ["a_day_in_april", "agency", "asked", "cells", "desk", "rest", "seat"]


@pytest.fixture
def summary(desk: Any, window: MainWindow, agency: Agency, rest: Callable[[], None]) -> Any:
    """What the villages come to in 2025."""
    with agency.village(QINGSHAN) as village:
        village.posted("2025-02-08", "收果园承包款", "借 101 6200; 贷 501 6200")
        village.posted("2025-03-09", "上级补助", "借 1001 500; 贷 4401 500", "committee")
    desk.action("summary").trigger()
    rest()
    page: Any = window._page()
    page.span_choice.set_span(Span.of_year(2025))
    page.reload()
    rest()
    return page


def test_collectives_and_committees_stand_apart_with_a_sum_each(summary: Any) -> None:
    rows = cells(summary.table.view.model(), 0, 1, 3)
    assert rows[:2] == [(QINGSHAN, "集体账", "6,200.00"), (BAIYUN, "集体账", "")]
    assert (QINGSHAN, "村委会账", "500.00") in rows
    totals = summary.table.totals.model()
    assert [totals.data(totals.index(row, 3)) for row in range(2)] == ["6,200.00", "500.00"]


def test_enter_opens_the_balances_of_the_ledger(summary: Any, asked: list[Any]) -> None:
    row = cells(summary.table.view.model(), 0, 1).index((QINGSHAN, "村委会账"))
    summary._open(row)
    assert asked == [(QINGSHAN, "trial_balance", {"month": Month(2025, 12)}, "committee")]


def test_other_days_are_asked_for_and_what_is_none_is_refused(summary: Any, rest: Callable[[], None]) -> None:
    summary.action("days").trigger()
    summary.ask.field.setText("2025-03")
    summary.ask.act.click()
    rest()
    assert cells(summary.table.view.model(), 0, 3)[0] == (QINGSHAN, "")
    summary.action("days").trigger()
    assert summary.escape()
    summary.action("days").trigger()
    summary.ask.field.setText("很久")
    summary.ask.act.click()
    assert "很久" in summary.slip.notice.what
    assert not summary.escape()


def test_a_village_that_cannot_be_read_is_named(
    summary: Any, agency: Agency, window: MainWindow, rest: Callable[[], None]
) -> None:
    agency.book(HEISHI).rename(agency.path.parent / "别处.bak")
    summary.action("refresh").trigger()
    rest()
    assert HEISHI in summary.missing.accessibleName()
    assert HEISHI not in {row[0] for row in cells(summary.table.view.model(), 0)}
    window.resize(683, 384)
    assert summary.missing.isHidden()
    assert HEISHI in summary.status()


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_it_is_saved(
    summary: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None], ending: str
) -> None:
    out = tmp_path / f"汇总.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    summary.action("export" if ending == "xlsx" else "paper").trigger()
    rest()
    assert out.stat().st_size
    assert "已存到" in summary.status()
