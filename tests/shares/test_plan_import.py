"""石门沟村's share plan as the village keeps it, and the columns 对方 and 每股价格 of a file of events."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.shares.clerk import BY, SAMPLES, Clerk, command
from village_ledger.storage.file.book_file import Access, open_book

PLAN = SAMPLES / "shares_plan.xlsx"


@pytest.fixture(scope="module")
def resolved(tmp_path_factory) -> Clerk:
    """The village with its members and classes, the plan resolved on and not yet entered."""
    clerk = Clerk.found(tmp_path_factory.mktemp("石门沟"))
    clerk.take_members(SAMPLES / "members_expected.csv")
    for name in ("人口股", "农龄股", "集体股"):
        clerk.share_class(name)
    clerk.resolution("石股社〔2020〕1号", "2020-01-06", "assembly", "186/148/139")
    return clerk


@pytest.fixture
def village(resolved, tmp_path) -> Clerk:
    return resolved.copy(tmp_path)


def changed(folder: Path, **cells: Any) -> Path:
    """The plan with some cells written anew."""
    book = load_workbook(PLAN)
    for place, value in cells.items():
        book["量化明细"][place] = value
    path = folder / "方案.xlsx"
    book.save(path)
    return path


def named(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("第")]


def test_the_plan_gives_what_the_expected_file_gives(village, resolved, tmp_path):
    village.done("share", "apply", PLAN, *BY)
    other = resolved.copy(tmp_path.joinpath("另").mkdir() or tmp_path / "另")
    other.done("share", "apply", SAMPLES / "shares_plan_expected.csv", *BY)
    assert village.totals("2020-01-06") == other.totals("2020-01-06")
    assert len(village.totals("2020-01-06")) > 300
    assert village.totals("2020-01-05") == {}


def test_a_dry_run_enters_nothing(village):
    tried = village.done("share", "apply", PLAN, "--dry-run", *BY)
    assert "3 笔份额变动" in tried.said
    assert "合计行只用来核对，都对上了：第213–215行" in tried.said
    assert village.totals("2020-01-06") == {}


@pytest.mark.parametrize(
    ("cells", "rows", "what"),
    [
        ({"G4": 8}, ("第4行", "第4行", "第213行", "第213行"), "个人合计写的是 17.75，各类加起来是 18"),
        ({"I5": 45}, ("第5行",), "户合计写的是 45，各人加起来是 44.5"),
        ({"E213": 2080}, ("第213行",), "成员股合计写的是 2080，上面加起来是 2090"),
        ({"H215": 4000}, ("第215行",), "总计写的是 4000，上面加起来是 4173.75"),
        ({"G4": "七股半"}, ("第4行",), "“七股半”不是份额"),
        ({"G4": -1}, ("第4行",), "“-1”不是份额"),
        ({"D4": "郑荣花"}, ("第4行",), "郑荣花"),
        ({"G4": 7.755}, ("第4行",), "小数多于 2 位"),
    ],
)
def test_what_does_not_add_up_is_named(village, tmp_path, cells, rows, what):
    refused = village.refused("share", "apply", changed(tmp_path, **cells), *BY)
    found = named(refused)
    assert {line.split("行")[0] + "行" for line in found} >= set(rows)
    assert any(what in line for line in found), found
    assert village.totals("2020-01-06") == {}


def test_a_plan_without_its_resolution_asks_for_it(village, tmp_path):
    book = load_workbook(PLAN)
    del book["量化方案"]
    path = tmp_path / "方案.xlsx"
    book.save(path)
    asked = command("import", "shares", village.book, path, *BY)
    assert asked.code == 2
    assert "--date 和 --resolution" in asked.said
    given = command(
        "import",
        "shares",
        village.book,
        path,
        "--date",
        "2020-01-06",
        "--resolution",
        "石股社〔2020〕1号",
        *BY,
    )
    assert given.code == 0, given.said
    assert len(village.totals("2020-01-06")) > 300


def test_a_class_nobody_set_up_is_named(tmp_path):
    clerk = Clerk.found(tmp_path)
    clerk.take_members(SAMPLES / "members_expected.csv")
    clerk.resolution("石股社〔2020〕1号", "2020-01-06", "assembly", "186/148/139")
    refused = clerk.refused("share", "apply", PLAN, *BY)
    for name in ("人口股", "农龄股", "集体股"):
        assert f"没有“{name}”这一类股份" in refused


def test_a_pledge_gets_its_creditor_and_a_transfer_its_price(village, tmp_path):
    village.done("share", "apply", PLAN, *BY)
    village.resolution("石股社理〔2025〕3号", "2025-03-05")
    path = tmp_path / "变动.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(
            (
                (
                    "日期",
                    "事件",
                    "股份类别",
                    "转出账户",
                    "转入账户",
                    "数量",
                    "决议文号",
                    "备注",
                    "对方",
                    "每股价格",
                ),
                (
                    "2025-03-05",
                    "转让",
                    "农龄股",
                    "005/唐勇",
                    "059/蒲洪才",
                    2,
                    "石股社理〔2025〕3号",
                    "",
                    "",
                    "180.50",
                ),
                (
                    "2025-04-02",
                    "质押",
                    "农龄股",
                    "060/罗显珍",
                    "",
                    3,
                    "石股社理〔2025〕3号",
                    "质17号",
                    "云屏农商行",
                    "",
                ),
            )
        )
    village.done("share", "apply", path, *BY)
    with open_book(village.book, Access.READ) as book:
        events = book.reader().share_events()
    assert [(one.price, one.party) for one in events[-2:]] == [(18050, ""), (0, "云屏农商行")]
    bad = path.read_text(encoding="utf-8-sig").replace("180.50", "180.505")
    path.write_text(bad.replace("2025-", "2026-"), encoding="utf-8")
    assert any("每股价格" in line for line in named(village.refused("share", "apply", path, *BY)))
