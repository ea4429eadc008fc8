"""Old balances as people keep them: what is read, and what is refused with its row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.builders import Village
from tests.exchange.files import OPENING_HEADER, write_csv
from village_ledger.domain.errors import ImportRefused, LedgerError, PeriodError, UnreadableError
from village_ledger.domain.period import Month
from village_ledger.exchange.separation.old_balances import read_old_book, read_old_file, read_old_text
from village_ledger.services.closing import closing, year_end

HEADER = ["科目编码", "科目名称", "往来单位/项目/卡片", "期末借方", "期末贷方", "备注(随手记)"]
TITLE = ["某村余额表", "", "", "", "", ""]


def old_file(tmp_path: Path, *rows: list[str], encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / "余额.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows([TITLE, HEADER, *rows])
    return path


CASH = ["101", "库存现金", "", "1,000.00", "", ""]
CAPITAL = ["301", "资本", "", "", "1000", ""]


def faults_of(path: Path) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        read_old_file(path)
    return refused.value.faults


def test_a_csv_of_a_chinese_windows_is_read(tmp_path):
    found = read_old_file(old_file(tmp_path, CASH, CAPITAL, encoding="gb18030"))
    assert [(x.row, x.code, x.debit, x.credit) for x in found.lines] == [
        (3, "101", 100_000, 0),
        (4, "301", 0, 100_000),
    ]


def test_a_file_in_the_format_of_openings_is_read_too(tmp_path):
    rows = [("101", "", "", "300", ""), ("112", "砖厂", "", "200", ""), ("241", "", "路", "", "500")]
    found = read_old_file(write_csv(tmp_path / "期初.csv", rows, header=OPENING_HEADER))
    assert [(x.code, x.item, x.amount) for x in found.lines] == [
        ("101", "", 30_000),
        ("112", "砖厂", 20_000),
        ("241", "路", 50_000),
    ]


def test_rows_pasted_from_a_spreadsheet_are_read():
    text = "\n".join("\t".join(row) for row in (HEADER, CASH, CAPITAL))
    assert [x.amount for x in read_old_text(text).lines] == [100_000, 100_000]


def test_dotted_codes_of_old_programs_lose_their_dots(tmp_path):
    found = read_old_file(old_file(tmp_path, ["102.01", "银行存款/基本户", "", "5", "", ""]))
    assert found.lines[0].code == "10201"


def test_an_account_above_others_is_not_counted_twice(tmp_path):
    rows = [["102", "银行存款", "", "8", "", ""], ["10201", "银行存款/甲", "", "5", "", ""]]
    rows.append(["10202", "银行存款/乙", "", "3", "", ""])
    found = read_old_file(old_file(tmp_path, *rows, ["合计", "", "", "8", "", ""]))
    assert [x.code for x in found.lines] == ["10201", "10202"]


def test_an_account_that_differs_from_those_below_it_is_named(tmp_path):
    rows = [["102", "银行存款", "", "9", "", ""], ["10201", "银行存款/甲", "", "5", "", ""]]
    assert faults_of(old_file(tmp_path, *rows)) == ["第3行：102 的余额和下级科目的合计不同，请核对。"]


def test_sums_the_file_states_must_be_those_of_its_rows(tmp_path):
    rows = [["113", "内部往来", "甲户", "5", "", ""], ["", "", "乙户", "3", "", ""]]
    wrong = [*rows, ["", "  小计", "", "9", "", ""], ["合计", "", "", "9", "", ""]]
    assert faults_of(old_file(tmp_path, *wrong)) == [
        "第5行：小计借方写的是 9.00，各行相加是 8.00。",
        "第6行：合计借方写的是 9.00，各行相加是 8.00。",
    ]


def test_every_row_at_fault_is_named_at_once(tmp_path):
    rows = [["101", "库存现金", "", "1", "1", ""], ["102", "银行存款", "", "1.234,5", "", ""]]
    found = faults_of(old_file(tmp_path, *rows))
    assert found[0] == "第3行：借方和贷方都有金额，请只留一边。"
    assert found[1].startswith("第4行：")


def test_a_file_without_headings_is_no_table_of_balances(tmp_path):
    path = tmp_path / "别的.csv"
    path.write_text("日期,摘要\n2024-01-01,水费\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="没有找到表头"):
        read_old_file(path)


def test_income_that_was_not_carried_forward_is_refused(tmp_path):
    rows = [CASH, ["501", "经营收入", "", "", "1000", ""]]
    with pytest.raises(PeriodError, match=r"第4行 经营收入 等 1 行.*年度没有结转"):
        read_old_file(old_file(tmp_path, *rows))


def a_year(folder: Path, *, close_through: int, single: bool = True) -> Path:
    """青山村's acting ledger of 2024 with rent and a member's debt, closed through a month."""
    with Village.found(folder, start="2024-01", single=single) as village:
        village.posted("2024-03-08", "收租金", "借 101 600; 贷 501 600")
        village.posted("2024-04-08", "社员借款", "借 113@张三 100; 贷 101 100")
        for month in range(1, close_through + 1):
            with village.act() as uow:
                closing.close(uow, "collective", Month(2024, month))
        if close_through == 12:
            with village.act() as uow:
                year_end.close_year(uow, "collective", 2024)
        return village.path


def test_a_book_of_ours_is_read_at_its_closed_december(tmp_path):
    path = a_year(tmp_path, close_through=12)
    before = path.read_bytes()
    found = read_old_book(path, 2024)
    assert [(x.code, x.name, x.item, x.debit, x.credit) for x in found.lines] == [
        ("101", "库存现金", "", 50_000, 0),
        ("113", "内部往来", "张三", 10_000, 0),
        ("32202", "收益分配/未分配收益", "", 0, 60_000),
    ]
    assert "2024年末" in found.source
    assert path.read_bytes() == before


def test_a_book_with_december_open_is_refused(tmp_path):
    with pytest.raises(PeriodError, match="2024 年还没有结账"):
        read_old_book(a_year(tmp_path, close_through=11), 2024)


def test_a_book_that_keeps_two_ledgers_is_split_already(tmp_path):
    with pytest.raises(LedgerError, match="已经是分账的账簿"):
        read_old_book(a_year(tmp_path, close_through=0, single=False))
