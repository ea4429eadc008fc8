"""自定义报表: kept by version in the book, refused by file and line when a definition cannot be used."""

from __future__ import annotations

import sqlite3

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.reports.own_files import RENT
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.formula import StatementError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.closing import own_statements
from village_ledger.storage.statements.queries_own import OwnStatement

REST = "digest, removed, stored_by, stored_at FROM own_statement"
MARCH = Span.of_month(Month(2025, 3))


def keep(village: Village, text: str = RENT, file: str = "租金.toml") -> OwnStatement:
    with village.act() as uow:
        return own_statements.store(uow, text, file).value


def figures(village: Village, span: Span = MARCH, ledger: str = COLLECTIVE) -> dict[str, tuple[object, ...]]:
    table = make(village.reader, "own:rent-by-kind", ReportRequest(ledger, span))
    return {str(row.cells[1]): row.cells[3:] for row in table.rows}


def test_a_report_of_ones_own_is_worked_out_like_a_shipped_one(village: Village):
    rent = village.add_account("501", "租金")
    village.posted("2025-02-08", "收租金", f"借 101 100; 贷 {rent.code} 100")
    village.posted("2025-03-08", "收租金", f"借 101 60; 贷 {rent.code} 60")
    village.posted("2025-03-09", "办公", "借 513 10; 贷 101 10")
    kept = keep(village)
    assert (kept.name, kept.version, kept.title) == ("rent-by-kind", 1, "承包租金情况表")
    assert figures(village) == {
        "A1": (6000, 16000),
        "A2": (6000, 16000),
        "A3": (1000, 1000),
        "A4": (5000, 15000),
    }
    table = make(village.reader, "own:rent-by-kind", ReportRequest(COLLECTIVE, MARCH))
    assert "自定义报表" in table.heading
    assert village.verify() == []


def test_a_new_version_replaces_the_old_which_stays_in_the_book(village: Village):
    village.posted("2025-03-09", "办公", "借 513 10; 贷 101 10")
    keep(village)
    assert keep(village, RENT.replace("A1-A3", "A1")).version == 2
    assert figures(village)["A4"] == (0, 0)
    assert [x.version for x in village.reader.own_statements("rent-by-kind")] == [1, 2]


def test_the_version_in_force_on_the_day_is_used(village: Village):
    village.posted("2025-03-09", "办公", "借 513 10; 贷 101 10")
    keep(village)
    keep(village, RENT.replace("2024-01-01", "2025-07-01").replace("A1-A3", "A1"))
    assert figures(village)["A4"] == (-1000, -1000)
    assert figures(village, Span.of_month(Month(2025, 8)))["A4"] == (0, 0)


def test_a_removed_report_is_offered_no_more_and_may_come_back(village: Village):
    keep(village)
    with village.act() as uow:
        own_statements.remove(uow, "own:rent-by-kind")
    assert own_statements.in_use(village.reader) == []
    with pytest.raises(LedgerError, match="没有叫“rent-by-kind”的自定义报表"):
        figures(village)
    assert keep(village).version == 3
    assert figures(village)["A4"] == (0, 0)
    assert village.verify() == []


def test_it_is_not_for_a_ledger_of_another_chart(village: Village):
    keep(village)
    with pytest.raises(LedgerError, match="不是给村民委员会账的"):
        figures(village, ledger=COMMITTEE)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("F(513)", "F(999)", r"租金.toml（第 27 行）的 A3 行用了科目 999"),
        ("F(501.租金)", "F(501", r"第 26 行）的 A2 行的公式里看不懂"),
        ("A1-A3", "A1-A9", r"第 28 行）的 A4 行的公式用了 A9 行，本表没有这一行"),
        ('formula = "F(501)"', 'formula = "A4"', r"租金.toml（第 2\d 行）的公式绕成了圈：A\d → A\d → A\d"),
        ("2024-01-01", '"去年"', r"第 6 行）的“effective”应是日期"),
        ("2024-01-01", "2024-13-01", r"第 6 行写得不对"),
        ("2024-01-01", "0024-01-01", r"第 6 行）的“effective”是 0024-01-01，不像一个起用日期"),
        ("rent-by-kind", "balance-sheet", r"第 3 行）的“report”是法定报表的名字 balance-sheet"),
        ("rent-by-kind", "租金", r"第 3 行）的“report”写得不对"),
        ('["collective_2023"]', '["village_1990"]', r"第 5 行）的“charts”里没有这个账簿用的科目表"),
        ("row_key", "rowkey", "缺少“row_key”"),
        ('{ line = "A2"', '{ line = "A1"', "有两行都叫 A1"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line_and_refused(village: Village, wrong, right, said):
    assert wrong in RENT
    with pytest.raises(StatementError, match=said):
        keep(village, RENT.replace(wrong, right))
    assert village.reader.own_statements() == []


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ('left = "A1"\nright = "Z9"\nright_in = "nowhere"', "核对 Y1 用了 nowhere 这张表"),
        ('left = "A1"\ngiven = "moon"', "核对 Y1 用了 moon 这个数"),
    ],
)
def test_checks_against_what_does_not_exist_are_refused(village: Village, check, said):
    text = f'{RENT}\n[[check]]\nrule = "Y1"\ntext = "对"\ncolumns = ["year"]\n{check}\n'
    with pytest.raises(StatementError, match=said):
        keep(village, text)


def test_versions_cannot_be_changed_or_slipped_in(village: Village):
    keep(village)
    with village.raw() as raw:
        for sql in (
            "UPDATE own_statement SET body = ''",
            "DELETE FROM own_statement",
            f"INSERT OR REPLACE INTO own_statement SELECT name, 1, title, '', {REST}",
            f"INSERT INTO own_statement SELECT name, 7, title, body, {REST}",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(sql)


def test_a_changed_definition_is_found_by_verify(village: Village):
    keep(village)
    with village.raw() as raw:
        raw.execute("DROP TRIGGER own_statement_no_update")
        raw.execute("UPDATE own_statement SET body = replace(body, 'F(513)', 'F(514)')")
    assert [f.record for f in village.verify() if f.rule == "V20"] == ["自定义报表 rent-by-kind 第1版"]
