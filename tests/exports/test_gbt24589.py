"""The audit interface: another parser reads both files, every field in order, and their totals are the books'."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from tests.builders import Village
from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Span
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.exchange.exports.gbt24589_check import check_files, records_of
from village_ledger.exchange.exports.gbt24589_tables import edition
from village_ledger.storage.file.book_file import Access, open_book

NAMESPACE = "{http://sxbw.audit.gov.cn/AccountingSoftwareDataInterfaceStandard/2010/SOE/XMLSchema}"
YEAR = Span.of_year(2025)


def written(path, out, ledger="collective", span: Span | None = YEAR):
    with open_book(path, Access.WRITE, "审计") as book:
        return export(book, "审计", "gbt24589", ExportRequest(out, ledger, span))


def parsed(file):
    """Records as a foreign parser sees them: (name, {field: text})."""
    text = file.read_bytes().decode("gb18030")
    assert text.startswith('<?xml version="1.0" encoding="GB18030"?>\n')
    root = ET.fromstring(text.split("\n", 1)[1])  # noqa: S314  the test's own file
    assert root.tag == f"{NAMESPACE}{file.stem}"
    return [(x.get("locID", ""), {y.tag.removeprefix(NAMESPACE): y.text or "" for y in x}) for x in root]


def small(folder, *vouchers):
    """A village with a few posted vouchers."""
    village = Village.found(folder)
    for day, summary, entries in vouchers or (("2025-03-08", "收租金", "借 101 6; 贷 501 6"),):
        village.posted(day, summary, entries)
    return village


@pytest.mark.parametrize("ledger", ["collective", "committee"])
def test_a_foreign_parser_finds_the_books_totals(demo, tmp_path, ledger):
    out = tmp_path / "审计"
    written(demo, out, ledger)
    records = parsed(out / "总账.xml")
    closing = {}
    for table, record in records:
        if table == "T205" and not any(record[f"辅助项{n}编号"] for n in range(1, 31)):
            sign = 1 if record["期末余额方向"] == "借" else -1
            closing[record["科目编号"]] = sign * parse_fen(record["期末本币余额"])
    with open_book(demo, Access.READ) as book:
        reader = book.reader()
        chart = reader.chart(ledger)
        ours = {t.account: t.closing for t in reader.turnovers(ledger, YEAR)}
        lines = sum(len(v.voucher.lines) for v in reader.posted_vouchers(ledger, YEAR, with_closing=True))
    assert {c: f for c, f in closing.items() if f and chart.get(c).is_leaf} == {
        c: f for c, f in ours.items() if f
    }
    assert sum(1 for table, _ in records if table == "T206") == lines


def test_every_voucher_balances_in_the_file(demo, tmp_path):
    out = tmp_path / "审计"
    written(demo, out)
    sums = defaultdict(int)
    for table, record in parsed(out / "总账.xml"):
        if table == "T206":
            key = (record["会计期间号"], record["记账凭证类型编号"], record["记账凭证编号"])
            sums[key] += parse_fen(record["借方本币金额"]) - parse_fen(record["贷方本币金额"])
    assert len(sums) == 284
    assert not any(sums.values())


def test_every_field_stands_in_its_order(demo, tmp_path):
    out = tmp_path / "审计"
    written(demo, out)
    form = edition()
    seen = set()
    for module in form.modules():
        for table, record in parsed(out / f"{module}.xml"):
            assert tuple(record) == form.tables[table].fields
            assert form.tables[table].module == module
            seen.add(table)
    assert {"T101", "T102", "T103", "T104", "T105", "T108", "T111", "T112"} <= seen
    assert {"T201", "T202", "T203", "T205", "T206", "T208", "T209"} <= seen


def test_the_edition_is_named_in_the_file(demo, tmp_path):
    out = tmp_path / "审计"
    written(demo, out)
    (book,) = [r for t, r in parsed(out / "公共档案.xml") if t == "T101"]
    assert book["标准版本号"] == "GB/T 24589.1-2010"
    assert (book["单位性质"], book["本位币"], book["会计年度"]) == ("农村集体经济组织", "人民币", "2025")
    assert "2024 年版" in (out / "说明.txt").read_text(encoding="utf-8-sig")


def test_months_and_the_closing_period_are_declared(demo, tmp_path):
    out = tmp_path / "审计"
    written(demo, out)
    periods = [r for t, r in parsed(out / "公共档案.xml") if t == "T102"]
    assert [r["会计期间号"] for r in periods] == [str(n) for n in range(1, 14)]
    assert periods[1]["会计期间结束日期"] == "20250228"


def test_both_ledgers_and_years_stand_in_folders_of_their_own(demo, tmp_path):
    out = tmp_path / "全部"
    written(demo, out, "", None)
    assert sorted(x.name for x in out.iterdir()) == [
        "collective-2025",
        "collective-2026",
        "committee-2025",
        "committee-2026",
        "说明.txt",
    ]
    assert all(check_files(x) == [] for x in out.iterdir() if x.is_dir())
    first, last = cash(out / "collective-2026"), cash(out / "collective-2025")
    assert first["1"]["期初本币余额"] == last["12"]["期末本币余额"]


def cash(folder, account="10201"):
    """Records of balances of an account as a whole, by period."""
    return {
        r["会计期间号"]: r
        for t, r in parsed(folder / "总账.xml")
        if t == "T205" and r["科目编号"] == account and not any(r[f"辅助项{n}编号"] for n in (1, 2, 3))
    }


def test_statements_ride_along(demo, tmp_path):
    out = tmp_path / "审计"
    written(demo, out)
    records = parsed(out / "总账.xml")
    assert [r["报表名称"] for t, r in records if t == "T208"] == ["资产负债表", "收益及收益分配表"]
    assets = {r["报表项编号"]: r["报表项数值"] for t, r in records if t == "T209" and r["报表编号"] == "01"}
    assert parse_fen(assets["A23"]) > 0


def test_only_posted_vouchers_leave(tmp_path):
    with small(tmp_path) as village:
        village.entered("2025-03-09", "没有记账", "借 101 7; 贷 501 7")
        path = village.path
    done = written(path, tmp_path / "审计")
    assert done.value.rows == 2
    assert any("1 张凭证没有记账" in text for text in done.warnings)
    assert "没有记账" not in (tmp_path / "审计" / "总账.xml").read_bytes().decode("gb18030")


def test_an_open_month_is_said(tmp_path):
    with small(tmp_path) as village:
        path = village.path
    done = written(path, tmp_path / "审计")
    assert any("还没有结账" in text for text in done.warnings)


def test_characters_beyond_gbk_survive(tmp_path):
    with small(tmp_path, ("2025-03-08", "收 冉𬭎 雍佳㛃 谯䶮 <租&金>", "借 101 6; 贷 501 6")) as village:
        path = village.path
    written(path, tmp_path / "审计")
    summaries = {r["记账凭证摘要"] for t, r in parsed(tmp_path / "审计" / "总账.xml") if t == "T206"}
    assert summaries == {"收 冉𬭎 雍佳㛃 谯䶮 <租&金>"}


def test_identity_numbers_are_masked(tmp_path):
    number = "51990319850615001X"
    with small(tmp_path, ("2025-03-08", f"收 {number} 租金", "借 101 6; 贷 501 6")) as village:
        path = village.path
    written(path, tmp_path / "审计")
    text = (tmp_path / "审计" / "总账.xml").read_bytes().decode("gb18030")
    assert number not in text
    assert "519903********001X" in text


def test_counterparties_have_their_file_and_balance(tmp_path):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "欠租", "借 112@张三 6; 贷 501 6")
        village.posted("2025-04-08", "欠租", "借 112@李四 7; 贷 501 7")
        path = village.path
    written(path, tmp_path / "审计")
    names = {
        r["档案值编码"]: r["档案值名称"] for t, r in parsed(tmp_path / "审计" / "公共档案.xml") if t == "T112"
    }
    balances = {
        (r["会计期间号"], names.get(r["辅助项1编号"], "")): r["期末本币余额"]
        for t, r in parsed(tmp_path / "审计" / "总账.xml")
        if t == "T205" and r["科目编号"] == "112"
    }
    assert balances["3", "张三"] == "6.00"
    assert (balances["12", ""], balances["12", "张三"], balances["12", "李四"]) == ("13.00", "6.00", "7.00")


def test_what_stands_beside_an_account_ties_with_the_lines_too(tmp_path):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "欠租", "借 112@张三 6; 贷 501 6")
        village.posted("2025-03-09", "欠租", "借 112@李四 6; 贷 501 6")
        path = village.path
    written(path, tmp_path / "审计")
    file = tmp_path / "审计" / "总账.xml"
    text = file.read_bytes().decode("gb18030")
    head, _, lines = text.partition('<记账凭证 locID="T206">')
    code = next(r["辅助项1编号"] for t, r in parsed(file) if t == "T206" and r["辅助项1编号"])
    swapped = lines.replace(f"<辅助项1编号>{code}<", f"<辅助项1编号>{int(code) + 1:06d}<", 1)
    file.write_bytes(f'{head}<记账凭证 locID="T206">{swapped}'.encode("gb18030"))
    assert any(
        f"科目 112 {code} 第 2025/3 期的发生额不等于凭证之和" in x for x in check_files(tmp_path / "审计")
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2025, 3, 2), date(2025, 3, 31)), (date(2025, 3, 1), date(2025, 3, 30))],
)
def test_a_part_of_a_period_is_no_period(tmp_path, first, last):
    with small(tmp_path) as village:
        path = village.path
    with pytest.raises(UnreadableError, match="请写 2025-03-01 至 2025-03-31"):
        written(path, tmp_path / "审计", span=Span(first, last))
    assert not (tmp_path / "审计").exists()


def test_days_before_the_book_are_refused(tmp_path):
    with small(tmp_path) as village:
        path = village.path
    with pytest.raises(LedgerError, match="这些日子里没有账可导出"):
        written(path, tmp_path / "审计", span=Span.of_year(2020))
    assert not (tmp_path / "审计").exists()


def test_part_of_a_year_begins_with_what_was_before(tmp_path):
    six, two = ("收租金", "借 101 6; 贷 501 6"), ("收租金", "借 101 2; 贷 501 2")
    with small(tmp_path, ("2025-03-08", *six), ("2025-05-08", *two)) as village:
        path = village.path
    written(path, tmp_path / "审计", span=Span(date(2025, 4, 1), date(2025, 6, 30)))
    found = cash(tmp_path / "审计", "101").values()
    assert [(r["会计期间号"], r["期初本币余额"], r["期末本币余额"]) for r in found] == [
        ("4", "6.00", "6.00"),
        ("5", "6.00", "8.00"),
        ("6", "8.00", "8.00"),
    ]


REST = (
    "<贷方数量>0</贷方数量><贷方原币金额>0.00</贷方原币金额><贷方本币金额>0.00</贷方本币金额><汇率类型编号>"
)
"""What follows the debit side of a voucher's line, and of no balance."""


@pytest.fixture
def files(tmp_path):
    """A written folder whose files can be spoilt."""
    with small(tmp_path) as village:
        path = village.path
    out = tmp_path / "审计"
    written(path, out)

    def spoil(module, before, after):
        file = out / f"{module}.xml"
        text = file.read_bytes().decode("gb18030")
        assert before in text
        file.write_bytes(text.replace(before, after, 1).encode("gb18030"))
        return check_files(out)

    return spoil


@pytest.mark.parametrize(
    ("module", "before", "after", "words"),
    [
        (
            "总账",
            f"<借方本币金额>6.00</借方本币金额>{REST}",
            f"<借方本币金额>7.00</借方本币金额>{REST}",
            "借贷不平，相差 1.00",
        ),
        ("总账", "<期末本币余额>6.00<", "<期末本币余额>7.00<", "期初加减发生额不等于期末"),
        ("总账", "<记账标志>1<", "<记账标志>0<", "不是已记账的凭证"),
        (
            "总账",
            "<科目编号>101</科目编号><科目名称>",
            "<科目编号>109</科目编号><科目名称>",
            "科目 101 没有档案",
        ),
        ("公共档案", "<会计期间号>3</会计期间号>", "<会计期间号>33</会计期间号>", "会计期间没有档案"),
        ("公共档案", "<记账凭证类型编号>1<", "<记账凭证类型编号>2<", "凭证类型没有档案"),
        ("公共档案", "<币种编码>CNY<", "<币种编码>USD<", "币种没有档案"),
        ("公共档案", "<汇率类型编号>1<", "<汇率类型编号>2<", "汇率类型没有档案"),
        ("公共档案", "<员工姓名>王秀英<", "<员工姓名>王秀<", "制单人没有档案"),
        ("公共档案", "<标准版本号>GB/T 24589.1-2010<", "<标准版本号>GB/T 24589.1-2024<", "标准版本号不是"),
    ],
)
def test_what_does_not_tie_is_named(files, module, before, after, words):
    assert any(words in fault for fault in files(module, before, after))


@pytest.mark.parametrize(
    ("module", "before", "after"),
    [
        ("总账", "<科目级次>1</科目级次>", ""),
        ("总账", "<会计科目 ", "<科目 "),
        ("总账", "</总账>", ""),
        ("公共档案", "<币种 ", "<币种"),
    ],
)
def test_a_file_that_is_not_built_so_is_unreadable(files, module, before, after):
    with pytest.raises(UnreadableError):
        files(module, before, after)


def test_a_record_is_read_back_as_it_was_written(files, tmp_path):
    del files
    found = [record for table, record in records_of(tmp_path / "审计" / "总账.xml") if table == "T206"]
    assert [(r["科目编号"], r["借方本币金额"], r["贷方本币金额"]) for r in found] == [
        ("101", "6.00", "0.00"),
        ("501", "0.00", "6.00"),
    ]


def test_from_the_command_line(demo, tmp_path, run):
    out = tmp_path / "审计"
    days = ("--from", "2025-01-01", "--to", "2025-12-31")
    answer = run("export", "gbt24589", demo, "-o", out, "--ledger", "committee", *days)
    assert answer.code == 0, answer.said
    assert check_files(out) == []
    assert run("export", "gbt24589", demo, "-o", out).code == 1  # never over what is there


def test_a_year_before_the_statements_regime_has_none(tmp_path):
    with Village.found(tmp_path, start="2022-01") as village:
        village.posted("2022-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path
    written(path, tmp_path / "审计", span=Span.of_year(2022))
    assert not [r for t, r in parsed(tmp_path / "审计" / "总账.xml") if t in ("T208", "T209")]
