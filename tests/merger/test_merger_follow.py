"""After a merger: creditors are told in time, answer, and open matters are settled; every step is kept."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from tests.builders import Village
from tests.merger.villages import merged, pair
from village_ledger.domain.merger import MergerError
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.merger.creditors import follow_creditor, follow_matter


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """青云村, approved on 10 July 2025."""
    folder = tmp_path_factory.mktemp("合并")
    merged(folder, *pair(folder, owed="2500"), approved_on=date(2025, 7, 10), reason="查不清")
    return folder / "青云村.vledger"


@pytest.fixture
def village(made, tmp_path):
    """A copy of it, open."""
    with Village(shutil.copyfile(made, tmp_path / made.name)) as found:
        yield found


def test_creditors_are_told_within_ten_days_and_answer(village):
    first = village.reader.creditors()[0]
    assert (first.party, first.amount, first.due_on) == ("农资站", 1200_00, date(2025, 7, 20))
    with pytest.raises(MergerError, match="还没有登记通知"), village.act() as uow:
        follow_creditor(uow, first.id, "answered", date(2025, 7, 12), "同意")
    with village.act() as uow:
        late = follow_creditor(uow, first.id, "told", date(2025, 7, 25))
    assert late.warnings == ("通知 农资站 的日期 2025-07-25 晚于期限 2025-07-20。",)
    with pytest.raises(MergerError, match="没有写答复"), village.act() as uow:
        follow_creditor(uow, first.id, "answered", date(2025, 7, 26))
    with village.act() as uow:
        follow_creditor(uow, first.id, "answered", date(2025, 7, 26), "同意由新社承继")
    again = village.reader.creditors()[0]
    assert (again.told_on, again.answer) == (date(2025, 7, 25), "同意由新社承继")
    assert village.verify() == []


@pytest.mark.parametrize(
    ("number", "act", "day", "sentence"),
    [
        (99, "told", "2025-07-12", "没有第 99 号"),
        (1, "paid", "2025-07-12", "没有“paid”这种办理"),
        (1, "told", "2999-07-12", "还没有到"),
    ],
)
def test_what_cannot_be_followed_up(village, number, act, day, sentence):
    with pytest.raises(MergerError, match=sentence), village.act() as uow:
        follow_creditor(uow, number, act, date.fromisoformat(day))


def test_matters_are_settled_once(village):
    matter = next(x for x in village.reader.open_matters() if x.kind == "往来差额")
    with village.act() as uow:
        follow_matter(uow, matter.id, date(2025, 8, 1), "两村会计对账，找到一张收据", settled=False)
        follow_matter(uow, matter.id, date(2025, 8, 9), "补记 500 元", settled=True)
    with pytest.raises(MergerError, match="已经办结"), village.act() as uow:
        follow_matter(uow, matter.id, date(2025, 8, 10), "再来", settled=True)
    with pytest.raises(MergerError, match="没有第 99 号"), village.act() as uow:
        follow_matter(uow, 99, date(2025, 8, 10), "再来", settled=True)
    again = next(x for x in village.reader.open_matters() if x.id == matter.id)
    assert (again.settled_on, again.follows[0].note) == (date(2025, 8, 9), "两村会计对账，找到一张收据")


def test_only_a_merged_book_has_anything_to_follow_up(tmp_path):
    with Village.found(tmp_path) as village:
        with pytest.raises(MergerError, match="没有第 1 号"), village.act() as uow:
            follow_creditor(uow, 1, "told", date(2025, 7, 12))
        with pytest.raises(Exception, match="不是合并建成的"):
            make(village.reader, "merger-comparison", ReportRequest())


@pytest.mark.parametrize(
    "name",
    [
        "merger-comparison",
        "creditor-notices",
        "merger-matters",
        "merger-shares",
        "merger-codes",
        "merger-origin",
    ],
)
def test_every_paper_agrees_with_the_book(village, name):
    table = make(village.reader, name, ReportRequest())
    assert all(check.ok for check in table.checks if check.rule != "M4")
    width = len(table.columns)
    assert all(len(row.cells) == width for row in table.rows)


def test_one_village_s_part_is_what_it_brought(village):
    table = make(village.reader, "merger-origin", ReportRequest(item="白云村"))
    total = tuple(table.rows)[-1].cells
    assert total[3] == total[4] == (7000 - 100 + 2500 + 300 + 100 + 200) * 100
    with pytest.raises(Exception, match="合并前没有叫“黑水村”的村"):
        make(village.reader, "merger-origin", ReportRequest(item="黑水村"))


def test_the_comparison_names_each_village_and_what_ended(village):
    table = make(village.reader, "merger-comparison", ReportRequest(ledger="collective"))
    rows = {row.cells[0]: row.cells[2:] for row in table.rows if row.cells[0]}
    assert rows["112"] == (3000_00, 0, 2500_00, 500_00)
    assert rows["211"] == (1200_00, 2800_00, 2500_00, 1500_00)
    assert [check.ok for check in table.checks] == [True, True, True]


def test_the_check_list_reminds_until_it_is_done(village):
    from village_ledger.domain.period import Month
    from village_ledger.services.merger.merger_check import check_items

    words = [item.text for item in check_items(village.reader, "collective", Month(2025, 7))]
    assert words == [
        "合并批准后十日内要通知债权人，还有 2 户没有登记通知。",
        "合并的未决事项还有 1 件没有办结。",
    ]
    with village.act() as uow:
        for one in uow.reader.creditors():
            follow_creditor(uow, one.id, "told", date(2025, 7, 12))
        for one in uow.reader.open_matters():
            if one.kind == "往来差额":
                follow_matter(uow, one.id, date(2025, 8, 9), "补记", settled=True)
    words = [item.text for item in check_items(village.reader, "collective", Month(2025, 8))]
    assert words == ["合并的债权人都通知了，差额都办结了。"]
