"""A sheet on the wall is a snapshot: later figures make a further version, and the earlier one stays what it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, Village
from tests.disclosure.posting_village import Wall
from tests.disclosure.sheets import MARCH, put_up, registered, sheet, versions
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.posting import Opinion
from village_ledger.domain.sheet_version import (
    VersionKind,
)
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.disclosure.catalogue_pack import SHEETS, letter_of
from village_ledger.reports.disclosure.editions import corrections
from village_ledger.reports.disclosure.kept_sheet import face_of, table_of
from village_ledger.reports.disclosure.sheet_archive import kept_sheet
from village_ledger.reports.disclosure.sheet_check import check_sheet
from village_ledger.reports.pens.check_code import code_of, figures_json
from village_ledger.services.closing import closing as months
from village_ledger.services.disclosure import posting_sets, registering

FIRST_QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


# what a version says


def test_the_first_sheet_of_an_open_month_says_so(march: Village):
    table = sheet(march)
    assert table.warnings[0] == "未结账：2025年3月还没有结账，数字可能变动。"
    assert table.edition is not None
    assert (table.edition.number, table.edition.closed, table.edition.mark) == (1, False, "")
    code = put_up(march)
    (version,) = versions(march)
    assert (version.code, version.number, version.closed, version.kind) == (code, 1, False, VersionKind.FIRST)
    assert version.words == "第 1 版，未结账"
    assert march.verify() == []


def test_every_sheet_of_the_pack_says_that_its_months_are_open(march: Village):
    tables = make_all(march.reader, "disclosure", ReportRequest("", FIRST_QUARTER))
    assert {table.ledger for table in tables} == {COLLECTIVE, COMMITTEE}
    said = {table.ledger: table.warnings for table in tables}
    assert said[COLLECTIVE][0].startswith("未结账：2025年3月")
    assert said[COMMITTEE][0].startswith("未结账：2025年1月至3月")
    assert all("未结账" in table.warnings[0] for table in tables)


def test_the_same_figures_once_the_month_is_closed_are_a_version_without_that_mark(march: Village):
    code = put_up(march)
    march.close_month("2025-03")
    table = sheet(march)
    assert table.check_code == code
    assert not any("未结账" in words for words in table.warnings)
    assert put_up(march) == code
    assert [(v.code, v.number, v.closed, v.kind) for v in versions(march)] == [
        (code, 1, False, VersionKind.FIRST),
        (code, 2, True, VersionKind.AGAIN),
    ]
    assert put_up(march) == code
    assert len(versions(march)) == 2
    assert any("未结账" in words for words in kept_sheet(march.reader, code, 1).warnings)
    assert not any("未结账" in words for words in kept_sheet(march.reader, code).warnings)
    assert march.verify() == []


def test_other_figures_make_a_correction_that_names_what_it_replaces(march: Village):
    first = put_up(march)
    march.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    table = sheet(march)
    assert corrections([table], march.reader) == [table]
    assert table.title.endswith("（更正公开）")
    assert table.edition is not None
    assert (table.edition.number, table.edition.corrects) == (2, first)
    spaced = " ".join(first[i : i + 4] for i in (0, 4, 8))
    assert table.warnings[0] == (
        f"更正公开：本表是第 2 版，替换校验码 {spaced} 的表。原因：公布后又记了 2025-03/记-0003。"
    )
    assert "本期支出：公布时 386.40，现在 436.40。" in table.edition.differences
    assert any(note.startswith("更正前后（原因：公布后又记了 2025-03/记-0003）：") for note in table.notes)
    second = put_up(march, "漏记了一张收据")
    version = march.reader.latest_sheet(COLLECTIVE, "disclosure", MARCH)
    assert version is not None
    assert (version.code, version.corrects, version.reason) == (second, first, "漏记了一张收据")
    assert march.reader.operations()[-1].detail == (
        f"disclosure，2025年3月，第 2 版，更正公开，未结账，替换 {first}，原因：漏记了一张收据"
    )
    assert corrections([sheet(march)], march.reader) == []
    assert march.verify() == []


def test_a_sheet_the_supervisors_want_done_again_is_no_correction(march: Village):
    first = put_up(march)
    wall = Wall(march)
    with march.act() as uow:
        number = posting_sets.open_posting(uow, COLLECTIVE, MARCH, (first,), "", "").value.number
    wall.review(number, Opinion.REDO, words="漏了一张收据")
    march.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    table = sheet(march)
    assert "更正公开" not in table.title
    assert table.warnings[0].startswith("张贴前重做：本表是第 2 版，替换校验码 ")
    assert any(note.startswith("重做前后（原因：") for note in table.notes)
    assert corrections([table], march.reader) == []
    second = put_up(march, "补上漏记的收据")
    newest = versions(march)[-1]
    assert (newest.code, newest.kind, newest.corrects) == (second, VersionKind.REDONE, first)
    assert march.verify() == []


def test_figures_that_come_back_are_a_further_version_of_the_same_code(march: Village):
    first = put_up(march)
    wrong = march.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50", word="记")
    put_up(march)
    red = march.reverse(wrong, "2025-03-20")
    march.review(red)
    march.post(red)
    third = put_up(march)
    assert third != first  # the entry and its red letter both stand on sheet A
    assert [v.number for v in versions(march)] == [1, 2, 3]
    items = [put_up(march, report="disclosure-money") for _ in range(2)]
    assert items[0] == items[1]


def test_sums_that_come_back_keep_both_earlier_versions(march: Village):
    code = put_up(march, report="disclosure-claims")
    registered(march, COLLECTIVE, "disclosure-claims", MARCH, other=1)
    again = put_up(march, report="disclosure-claims")
    assert again == code
    found = march.reader.sheet_versions(COLLECTIVE, "disclosure-claims", MARCH)
    assert [(v.number, v.code == code) for v in found] == [(1, True), (2, False), (3, True)]
    assert [v.number for v in march.reader.versions_under(code)] == [1, 3]
    assert march.verify() == []


def test_a_special_sheet_that_hung_is_corrected_even_when_nothing_is_left_on_it(march: Village):
    letters = {
        letter_of(t.report) for t in make_all(march.reader, "disclosure", ReportRequest(COLLECTIVE, MARCH))
    }
    assert "G" not in letters
    report = next(kind.report for kind in SHEETS if kind.letter == "G")
    registered(
        march,
        COLLECTIVE,
        report,
        MARCH,
        rows=[["detail", "征地补偿"]],
        columns=[["name", "名称", "text"]],
        facts={},
    )
    tables = make_all(march.reader, "disclosure", ReportRequest(COLLECTIVE, MARCH))
    corrected = next(table for table in tables if table.report == report)
    assert corrected.title.endswith("（更正公开）")
    assert corrected.edition is not None
    assert corrected.edition.differences[-1] == "征地补偿：公布时有这一笔，现在没有了。"


def test_only_posted_vouchers_are_on_a_sheet(march: Village):
    before = {t.check_code for t in make_all(march.reader, "disclosure", ReportRequest("", FIRST_QUARTER))}
    march.entered("2025-03-21", "没有审核的", "借 51401 50; 贷 101 50")
    march.reviewed("2025-03-22", "没有记账的", "借 102 70; 贷 501 70")
    march.void(march.entered("2025-03-23", "作废的", "借 102 90; 贷 501 90"))
    now = {
        t.check_code
        for t in make_all(march.reader, "disclosure", ReportRequest("", FIRST_QUARTER))
        if t.report != "disclosure"
    }
    assert now <= before
    shown = str(figures_json(sheet(march)))
    assert "没有审核的" not in shown
    assert "没有记账的" not in shown


def test_a_sheet_of_a_book_from_before_there_were_versions_is_its_first(march: Village):
    table = sheet(march)
    days = (MARCH.first.isoformat(), MARCH.last.isoformat())
    with march.act() as uow:
        uow.sheets.register(str(table.check_code), COLLECTIVE, "disclosure", days, figures_json(table))
        uow.log.add(
            "登记公开表", ledger=COLLECTIVE, subject=str(table.check_code), detail="disclosure，2025年3月"
        )
    assert [(one.number, one.code, one.postings) for one in versions(march)] == [(1, table.check_code, None)]
    assert march.verify() == []
    assert kept_sheet(march.reader, str(table.check_code)).facts == table.facts
    march.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    second = put_up(march)
    newest = versions(march)[-1]
    assert (newest.number, newest.code, newest.corrects) == (2, second, table.check_code)
    assert march.verify() == []


# what stays


def test_an_earlier_version_can_always_be_printed_again(march: Village):
    before = sheet(march)
    first = put_up(march)
    march.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    second = put_up(march, "漏记了一张收据")
    again = kept_sheet(march.reader, first)
    assert again.rows == before.rows
    assert again.columns == before.columns
    assert again.facts == before.facts
    assert (again.title, again.signatures, again.seals, again.notes) == (
        before.title,
        before.signatures,
        before.seals,
        before.notes,
    )
    assert again.warnings[0].startswith("本表已由第 2 版（校验码 ")
    assert code_of(again, march.reader.book().uid) == first == again.check_code
    newer = kept_sheet(march.reader, second)
    assert newer.title.endswith("（更正公开）")
    assert newer.edition is not None
    assert newer.edition.reason == "漏记了一张收据"
    assert any(note.startswith("更正前后（原因：漏记了一张收据）：") for note in newer.notes)
    assert newer.edition.differences != ()


def test_every_sheet_of_the_pack_comes_back_as_it_was(march: Village):
    tables = make_all(march.reader, "disclosure", ReportRequest("", FIRST_QUARTER))
    for table in tables:
        back = table_of(str(table.check_code), figures_json(table), face_of(table), "")
        assert replace(back, edition=table.edition, rows=tuple(back.rows)) == replace(
            table, rows=tuple(table.rows)
        )


def test_a_sheet_of_an_older_book_has_its_figures_and_a_plain_face(march: Village):
    table = sheet(march)
    back = table_of("CODE", figures_json(table), "", "题目")
    assert back.title == "题目"
    assert figures_json(back) == figures_json(table)


def test_no_version_is_ever_changed_or_taken_away(march: Village):
    put_up(march)
    march.book.close()
    with closing(sqlite3.connect(march.path)) as connection:
        second = (
            "INSERT INTO sheet_version SELECT seq + 1, code, ledger_id, report, first_day, last_day, 1, closed, kind, "
            'corrects, reason, postings, face, at, "by", digest, digest FROM sheet_version'
        )
        for act in (
            second,
            "UPDATE sheet_version SET closed = 1",
            "DELETE FROM sheet_version",
            "INSERT OR REPLACE INTO sheet_version SELECT * FROM sheet_version",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="账没有变化"):
                connection.execute(act)


# spans of every kind


def test_a_period_across_years_and_one_without_entries(march: Village):
    across = Span(date(2025, 11, 1), date(2026, 2, 28))
    table = sheet(march, across)
    assert table.warnings[0].startswith("未结账：2025年11月至2026年2月")
    code = put_up(march, span=across)
    assert check_sheet(march.reader, code).proved
    empty = Span(date(2025, 1, 5), date(2025, 1, 5))
    assert check_sheet(march.reader, put_up(march, span=empty)).proved
    assert not any(
        "未结账" in words for words in kept_sheet(march.reader, put_up(march, span=empty)).warnings
    )


def test_a_correction_needs_a_reason_that_can_be_read(march: Village):
    put_up(march)
    march.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    with pytest.raises(LedgerError, match="看不见的控制字符"):
        put_up(march, "a\x00b")
    assert len(versions(march)) == 1


def test_an_identity_number_in_a_reason_is_masked_before_it_is_kept(march: Village):
    put_up(march)
    march.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    code = put_up(march, "张三（519904196809060439）的收据漏记")
    assert versions(march)[-1].reason == "张三（519904********0439）的收据漏记"
    assert (
        "519904********0439"
        in kept_sheet(march.reader, code).warnings[0] + kept_sheet(march.reader, code).warnings[1]
    )
    assert "196809060439" not in str(march.reader.sheet_face(versions(march)[-1]))


def test_a_reopened_month_that_is_changed_and_closed_again_gives_a_correction(march: Village):
    march.close_month("2025-03")
    first = put_up(march)
    with march.act() as uow:
        months.reopen(uow, COLLECTIVE, Month(2025, 3), LI, "漏记")
    march.posted("2025-03-25", "补付路灯材料", "借 51401 50; 贷 101 50")
    march.close_month("2025-03")
    put_up(march, "漏记了一张收据")
    newest = versions(march)[-1]
    assert (newest.corrects, newest.closed, newest.mark) == (first, True, "更正公开")


def test_registering_a_sheet_directly_keeps_its_version(march: Village, tmp_path: Path):
    del tmp_path
    code = registered(march, COMMITTEE, "disclosure", MARCH, a=1)
    (found,) = march.reader.versions_under(code)
    assert found.by == march.reader.operations()[-1].by
    assert registering.planned_version(march.reader, COMMITTEE, "disclosure", MARCH, code).standing == found
