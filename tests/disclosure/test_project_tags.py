"""Items by project: money tagged 征地 is land money whatever account it stands on, and counts under one item only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.disclosure import item_rules
from village_ledger.reports.disclosure.lines import lines_of
from village_ledger.reports.table import Cell, Role, Table
from village_ledger.resources_dir import resource

QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


def sheet(village: Village, report: str = "disclosure-items") -> Table:
    return make(village.reader, report, ReportRequest(COLLECTIVE, QUARTER))


def period(table: Table, item: int) -> Cell:
    place = table.column_index("period")
    return next(row.cells[place] for row in table.rows if row.cells[1] == item)


def test_land_money_is_known_by_its_project(village: Village):
    village.posted("2025-01-10", "收补偿款", "借 102 5000; 贷 211@镇政府#溪青路征地 5000")
    village.posted("2025-01-11", "收押金", "借 102 700; 贷 211@租户 700")
    village.posted("2025-02-10", "付补偿款", "借 211@镇政府#溪青路征地 3000; 贷 102 3000")
    table = sheet(village)
    assert (period(table, 14), period(table, 25)) == (5000_00, 3000_00)
    assert [check.text for check in table.checks if not check.ok] == []
    behind = lines_of(village.reader, "disclosure-items:14", COLLECTIVE, QUARTER)
    assert [row.cells[-1] for row in behind.rows if row.role is Role.DETAIL] == [5000_00]
    items = sheet(village, "disclosure")
    place = items.column_index("item")
    assert [row.cells[place] for row in items.rows if row.role is Role.DETAIL] == ["14", "37", "25"]
    assert [check.text for check in items.checks if not check.ok] == []


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A county that tells income of its orchard project apart."""
    own = tmp_path / "items_collective.toml"
    text = resource("disclosure", "items_collective.toml").read_text(encoding="utf-8")
    old = 'name = "社会捐赠"\ntake = ['
    assert old in text
    text = text.replace(old, old + '{ account = "501", project = "果园", measure = "net" }, ')
    own.write_text(text, encoding="utf-8")
    monkeypatch.setattr(item_rules, "resource", lambda *_: own)
    item_rules.items_for.cache_clear()
    yield own
    item_rules.items_for.cache_clear()


@pytest.mark.usefixtures("edited")
def test_what_goes_to_another_item_by_its_project_leaves_the_first(village: Village):
    village.posted("2025-01-10", "卖果", "借 102 5000; 贷 501#果园 5000")
    village.posted("2025-01-11", "收租", "借 102 700; 贷 501 700")
    table = sheet(village)
    assert (period(table, 8), period(table, 16)) == (700_00, 5000_00)
    first = lines_of(village.reader, "disclosure-items:8", COLLECTIVE, QUARTER)
    assert [row.cells[-1] for row in first.rows] == [5000_00, 700_00, -5000_00, 700_00]
    assert "按项目改列第16项：卖果" in [row.cells[2] for row in first.rows]


def test_two_items_that_claim_one_project_are_named(village: Village, edited: Path):
    text = edited.read_text(encoding="utf-8")
    again = 'name = "其他收入"\ntake = ['
    edited.write_text(
        text.replace(again, again + '{ account = "501", project = "果园", measure = "net" }, '),
        encoding="utf-8",
    )
    item_rules.items_for.cache_clear()
    failed = next(check for check in sheet(village).checks if check.rule == "每个科目只归一项")
    assert not failed.ok
    assert "501 经营收入 的项目“果园”同时归到第16项和第18项" in failed.evidence


def test_a_balance_cannot_be_taken_by_project(village: Village, edited: Path):
    text = edited.read_text(encoding="utf-8")
    edited.write_text(
        text.replace('project = "果园", measure = "net"', 'project = "果园", measure = "debit_balance"'),
        encoding="utf-8",
    )
    item_rules.items_for.cache_clear()
    with pytest.raises(LedgerError, match="写了项目，取法却是余额"):
        sheet(village)
