"""What was found in a book leads to its voucher, account, month or page; a sample is drawn and drawn again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import COLLECTIVE, Village
from tests.ui.conftest import Visits
from village_ledger.domain.period import Month, Span
from village_ledger.domain.remark_place import FigurePlace, place_of
from village_ledger.ui.review.found_pages import ChecksPage
from village_ledger.ui.review.leading import way_to
from village_ledger.ui.review.sample_page import SamplePage

YEAR = Span.of_year(2025)


def _shown(page: Any, qtbot: QtBot, **where: Any) -> Any:
    page.go(span=YEAR, **where)
    qtbot.waitUntil(lambda: page.made is not None and not page.operations.busy)
    return page


@pytest.fixture
def checks(village: Village, page_of: Callable[..., Any], qtbot: QtBot) -> Any:
    """A payment without paper out of an empty till, and months nobody closed."""
    village.posted("2025-03-05", "付款", "借 513 30; 贷 101 30", attachments="")
    return _shown(page_of(ChecksPage), qtbot)


def _row_of(page: Any, rule: str) -> int:
    return [row.cells[1] for row in page.made.rows].index(rule)


@pytest.mark.parametrize(
    ("rule", "name", "where"),
    [
        ("R04", "voucher", {"voucher_id": 1}),
        ("R31", "ledger", {"account": "101", "span": YEAR}),
        ("R26", "closing", {"month": Month(2025, 1)}),
        ("R51", "closing", {"month": Month(2025, 3)}),
    ],
)
def test_a_finding_leads_to_what_it_is_about(
    village: Village,
    page_of: Callable[..., Any],
    qtbot: QtBot,
    navigator: Visits,
    rule: str,
    name: str,
    where: dict[str, Any],
) -> None:
    village.posted("2025-03-05", "付款", "借 513 30; 贷 101 30", attachments="")
    village.posted("2025-03-06", "收果园承包款", "借 102 30; 贷 501 30")
    page = _shown(page_of(ChecksPage), qtbot)
    page.table.opened.emit(_row_of(page, rule))
    ((opened, there),) = navigator.opened
    assert (opened, there) == (name, where)


def test_the_rule_in_words_and_its_source_are_said(checks: Any) -> None:
    checks.table.go_to_row(_row_of(checks, "R04"))
    checks.action("explain").trigger()
    said = checks.explain.words.text()
    assert "规则 除结账和更正错误以外，记账凭证必须附有原始凭证。" in said
    assert "依据 《会计基础工作规范》第51条" in said


@pytest.mark.parametrize(
    ("rule", "place", "page"),
    [
        ("R04", "2025-03/记-0001", ""),
        ("R31", "ledger?account=101@2025", "ledger"),
        ("R26", "closing@2025-01", "closing"),
        ("R43", "cash_count", "cash_count"),
    ],
)
def test_what_is_pinned_here_stands_where_the_finding_leads(
    checks: Any, rule: str, place: str, page: str
) -> None:
    """The village's Enter on the remark goes there too; a month's check list opens at its month."""
    checks.table.go_to_row(_row_of(checks, rule))
    pinned = checks.pinned_at()
    assert (pinned.place, pinned.rule) == (place, rule)
    where = place_of(pinned.place)
    if isinstance(where, FigurePlace):
        name, said = way_to(checks.session, where, COLLECTIVE)
        assert name == page
        assert said.get("month", Month(2025, 1)) == Month(2025, 1)


def test_one_comes_for_a_rule(checks: Any, qtbot: QtBot) -> None:
    _shown(checks, qtbot, rule="R31")
    qtbot.waitUntil(lambda: checks.row() is not None and checks.row().cells[1] == "R31")


def test_a_sample_is_drawn_from_the_book_in_view(
    village: Village, page_of: Callable[..., Any], qtbot: QtBot, navigator: Visits
) -> None:
    for day in range(1, 9):
        village.posted(f"2025-03-{day:02d}", f"付第{day}户误工补助", f"借 513 {day}00; 贷 101 {day}00")
    page = _shown(page_of(SamplePage), qtbot)
    assert "金额从大到小，抽到合计占 60% 为止" in page.status()
    page.form.seed.setText("双色球 2025150")
    page.form.count.setText("3")
    page.form.count.returnPressed.emit()
    qtbot.waitUntil(lambda: not page.operations.busy)
    assert "种子“双色球 2025150”，从 8 张里抽出 3 张" in page.status()
    page.table.opened.emit(0)
    assert navigator.opened[0][0] == "voucher"
    page.form.count.setText("x")
    page.form.count.returnPressed.emit()
    assert "抽几张要写 1 到 10000 的整数" in page.slip.notice.what
