"""Accounts from a file: new sub-accounts are placed, the same again is fine, another meaning is refused."""

from __future__ import annotations

import pytest

from tests.exchange.files import ACCOUNT_HEADER, write_csv, write_xlsx
from village_ledger.domain.chart import Dimension, Side
from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.exchange.reading.tabular import read_rows
from village_ledger.exchange.setup.import_accounts import ACCOUNT_FIELDS, import_accounts, read_accounts

BANKS = [("10201", "农商行基本户", "借", "是", ""), ("10202", "征地补偿专户", "借", "否", "项目")]


def take_in(book, file, ledger="collective"):
    with book.unit_of_work("导入") as uow:
        done = import_accounts(uow, ledger, file)
        uow.commit()
    return done


def refused(book, file) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        take_in(book, file)
    return refusal.value.faults


def test_new_accounts_stand_under_their_parents(book, tmp_path):
    assert take_in(book, write_csv(tmp_path / "k.csv", BANKS, header=ACCOUNT_HEADER)).value == 2
    chart = book.reader().chart("collective")
    assert chart.path("10201") == "银行存款—农商行基本户"
    assert not chart.get("102").is_leaf
    assert chart.get("10202").demands == {Dimension.PROJECT}
    assert not chart.get("10202").active


def test_a_child_may_stand_before_its_parent(book, tmp_path):
    rows = [("1020101", "活期", "借", "是", ""), ("10201", "农商行", "借", "是", "")]
    assert take_in(book, write_csv(tmp_path / "k.csv", rows, header=ACCOUNT_HEADER)).value == 2


def test_the_same_file_again_changes_nothing(book, tmp_path):
    file = write_csv(tmp_path / "k.csv", BANKS, header=ACCOUNT_HEADER)
    take_in(book, file)
    before = list(book.reader().chart("collective"))
    assert take_in(book, file).value == 0
    assert list(book.reader().chart("collective")) == before


def test_a_workbook_with_codes_as_numbers_and_english_headers(book, tmp_path):
    rows = [(10201, "农商行基本户", "debit", True, "counterparty、project")]
    file = write_xlsx(tmp_path / "k.xlsx", rows, header=["code", "name", "side", "active", "dimensions"])
    assert take_in(book, file).value == 1
    assert book.reader().chart("collective").get("10201").demands == {
        Dimension.COUNTERPARTY,
        Dimension.PROJECT,
    }


def test_every_row_at_fault_is_named(tmp_path):
    rows = [
        ("", "无编码", "借", "是", ""),
        ("10201", "", "左", "也许", "部门"),
        ("10202", "好的", "贷方", "", "往来单位、项目；村民小组"),
        ("10202", "重复", "借", "1", "无"),
    ]
    table = read_rows(write_csv(tmp_path / "k.csv", rows, header=ACCOUNT_HEADER), ACCOUNT_FIELDS)
    with pytest.raises(ImportRefused) as refusal:
        read_accounts(table)
    assert [f.split("：")[0] for f in refusal.value.faults] == [
        "第2行 A列“科目编码”",
        "第3行 B列“科目名称”",
        "第3行 C列“余额方向”",
        "第3行 D列“启用”",
        "第3行 E列“辅助核算”",
        "第5行 A列“科目编码”",
    ]


def test_what_a_good_row_means(tmp_path):
    rows = [("10202", "专户", "贷方", "停用", "往来单位，村民小组")]
    (account,) = read_accounts(
        read_rows(write_csv(tmp_path / "k.csv", rows, header=ACCOUNT_HEADER), ACCOUNT_FIELDS)
    )
    assert (account.side, account.active) == (Side.CREDIT, False)
    assert account.demands == {Dimension.COUNTERPARTY, Dimension.GROUP}


def test_accounts_the_chart_refuses_leave_the_whole_file_out(book, tmp_path):
    rows = [
        *BANKS,
        ("599", "自造", "借", "是", ""),
        ("1029", "短", "借", "是", ""),
        ("101", "改名", "借", "是", ""),
    ]
    faults = refused(book, write_csv(tmp_path / "k.csv", rows, header=ACCOUNT_HEADER))
    assert [f[:3] for f in faults] == ["第4行", "第5行", "第6行"]
    assert "10201" not in book.reader().chart("collective")


def test_a_file_of_a_header_alone(book, tmp_path):
    with pytest.raises(UnreadableError, match="只有表头"):
        take_in(book, write_csv(tmp_path / "k.csv", [], header=ACCOUNT_HEADER))
