"""Opening balances from a file: once, in balance, on leaves with what they demand."""

from __future__ import annotations

import pytest

from tests.exchange.files import OPENING_HEADER, write_csv, write_xlsx
from village_ledger.domain.errors import ImportRefused, LedgerError, UnreadableError
from village_ledger.domain.period import Month, Span
from village_ledger.exchange.reading.tabular import read_rows
from village_ledger.exchange.setup.import_opening import OPENING_FIELDS, import_opening, read_opening
from village_ledger.services.book.openings import check_year_to_date

GOOD = [
    ("101", "", "", "1,200.00", ""),
    ("112", "砖厂", "", "300", ""),
    ("301", "", "", "", "1500.00"),
]
YEAR_HEADER = [*OPENING_HEADER, "本年累计借方", "本年累计贷方"]


def take_in(book, file):
    with book.unit_of_work("导入") as uow:
        done = import_opening(uow, "collective", file)
        uow.commit()
    return done


def opening_of(book) -> dict[str, int]:
    turnovers = book.reader().turnovers("collective", Span.of_month(Month(2025, 3)))
    return {t.account: t.opening for t in turnovers if t.opening}


def test_balances_open_the_book(book, tmp_path):
    assert take_in(book, write_csv(tmp_path / "q.csv", GOOD, header=OPENING_HEADER)).value == 3
    assert opening_of(book) == {"101": 120_000, "112": 30_000, "301": -150_000}


def test_a_workbook_opens_it_just_so(book, tmp_path):
    rows = [(101, None, None, 1200, None), (112, "砖厂", None, 300.0, None), (301, None, None, None, 1500)]
    take_in(book, write_xlsx(tmp_path / "q.xlsx", rows, header=OPENING_HEADER))
    assert opening_of(book) == {"101": 120_000, "112": 30_000, "301": -150_000}


def test_a_book_begun_in_march_knows_january_and_february(book, tmp_path):
    rows = [
        (*GOOD[0], "500", ""),
        (*GOOD[1], "", ""),
        (*GOOD[2], "", ""),
        ("501", "", "", "", "", "", "500.00"),
    ]
    take_in(book, write_csv(tmp_path / "q.csv", rows, header=YEAR_HEADER))
    turnovers = book.reader().turnovers("collective", Span.of_month(Month(2025, 3)))
    rent = next(t for t in turnovers if t.account == "501")
    assert (rent.opening, rent.credit, rent.year_credit) == (0, 0, 50_000)


def test_a_second_opening_is_refused(book, tmp_path):
    file = write_csv(tmp_path / "q.csv", GOOD, header=OPENING_HEADER)
    take_in(book, file)
    with pytest.raises(LedgerError, match="已经录入过"):
        take_in(book, file)


def test_an_opening_that_does_not_balance_says_both_totals(book, tmp_path):
    with pytest.raises(LedgerError) as refusal:
        take_in(book, write_csv(tmp_path / "q.csv", GOOD[:2], header=OPENING_HEADER))
    assert "借方合计 1,500.00" in str(refusal.value)
    assert "贷方合计 0.00" in str(refusal.value)
    assert opening_of(book) == {}


def test_every_row_at_fault_is_named(tmp_path):
    rows = [
        ("", "", "", "5", ""),
        ("101", "", "", "5.001", ""),
        ("101", "", "", "5", "5"),
        ("102", "", "", "", ""),
        ("103", "砖\x07厂", "", "1.234,5", ""),
    ]
    table = read_rows(write_csv(tmp_path / "q.csv", rows, header=OPENING_HEADER), OPENING_FIELDS)
    with pytest.raises(ImportRefused) as refusal:
        read_opening(table)
    assert [f.split("：")[0] for f in refusal.value.faults] == [
        "第2行 A列“科目编码”",
        "第3行 D列“借方金额”",
        "第4行",
        "第5行",
        "第6行 B列“往来单位”",
        "第6行 D列“借方金额”",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("999", "", "", "5", ""), "没有科目"),
        (("322", "", "", "5", ""), "有下级科目"),
        (("113", "", "", "5", ""), "往来单位"),
        (("241", "", "", "5", ""), "项目"),
        (("101", "", "", "7", ""), "重复"),
    ],
)
def test_rows_the_chart_refuses(book, tmp_path, row, words):
    rows = [*GOOD, row, ("102", "", "", "", row[3])]
    with pytest.raises(ImportRefused) as refusal:
        take_in(book, write_csv(tmp_path / "q.csv", rows, header=OPENING_HEADER))
    assert len(refusal.value.faults) == 1
    assert refusal.value.faults[0].startswith("第5行")
    assert words in refusal.value.faults[0]


def test_year_to_date_must_balance_and_is_none_in_january(tmp_path):
    table = read_rows(
        write_csv(tmp_path / "q.csv", [(*GOOD[0], "500", "")], header=YEAR_HEADER), OPENING_FIELDS
    )
    rows = read_opening(table)
    with pytest.raises(LedgerError, match=r"本年累计借方合计 500\.00，贷方合计 0\.00"):
        check_year_to_date(rows, Month(2025, 3))
    level = [rows[0], rows[0]._replace(year_debit=0, year_credit=50_000)]
    check_year_to_date(level, Month(2025, 3))
    with pytest.raises(LedgerError, match="年初以前没有本年累计"):
        check_year_to_date(level, Month(2025, 1))


def test_a_file_of_a_header_alone(book, tmp_path):
    with pytest.raises(UnreadableError, match="只有表头"):
        take_in(book, write_csv(tmp_path / "q.csv", [], header=OPENING_HEADER))
