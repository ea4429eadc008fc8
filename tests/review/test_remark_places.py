"""Where a remark stands, written and read again: vouchers, lines, figures, pages, ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Village
from tests.review.township import sent
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.remark_place import (
    FigurePlace,
    VoucherPlace,
    place_if_any,
    place_of,
    place_words,
    row_name,
)
from village_ledger.domain.remarks import Remark, read_remarks
from village_ledger.domain.review_check import Severity
from village_ledger.domain.voucher import VoucherRef
from village_ledger.exchange.review.review_desk import review_folder
from village_ledger.exchange.review.review_files import reviewer_of

YEAR = Span.of_year(2025)
DECEMBER = Span.of_month(Month(2025, 12))
SOME_DAYS = Span(date(2025, 3, 2), date(2025, 3, 9))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2025-03/记-0012", VoucherPlace(VoucherRef(Month(2025, 3), "记", 12))),
        ("2025-03/记-0012#2", VoucherPlace(VoucherRef(Month(2025, 3), "记", 12), 2)),
        ("2025-13/转-0001#10", VoucherPlace(VoucherRef(Month(2025, 13), "转", 1), 10)),
        ("balance-sheet/A3@2025-12", FigurePlace("balance-sheet", "A3", days=DECEMBER)),
        ("balance-sheet/A3.opening@2025", FigurePlace("balance-sheet", "A3", "opening", YEAR)),
        ("trial-balance@2025-03-02~2025-03-09", FigurePlace("trial-balance", days=SOME_DAYS)),
        ("own:收支简表/1", FigurePlace("own:收支简表", "1")),
        (
            "contract?number=青合%2F1/2025-01",
            FigurePlace("contract", "2025-01", subject=(("number", "青合/1"),)),
        ),
        ("due", FigurePlace("due")),
        ("", None),
    ],
)
def test_places_are_read_and_written_again(text: str, place: VoucherPlace | FigurePlace | None) -> None:
    assert place_of(text) == place
    assert str(place or "") == text


@pytest.mark.parametrize(
    "text",
    [
        "2025-03/记-0012#",
        "2025-03/记-0012#0",
        "2025-03/记-0012#x",
        "2025-03/记-0012#99999",
        "2025-14/记-0001",
        "12",
        "资产负债表",
        "balance-sheet/",
        "balance-sheet@",
        "balance-sheet/A3.@2025",
        "balance-sheet/A3@十二月",
        "balance-sheet/A3@2025-12-31~2025-01-01",
        "contract?number/1",
        "contract?/1",
        "../etc/passwd",
        "a" * 300,
    ],
)
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(LedgerError):
        place_of(text)
    assert place_if_any(text) is None


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=20))
def test_any_name_of_a_row_comes_back(row: str, key: str) -> None:
    place = FigurePlace("contract", row_name(row), days=YEAR, subject=(("number", row_name(key)),))
    if place.row and place.subject[0][1]:
        assert place_of(str(place)) == place


def test_a_balance_sheet_goes_by_its_last_day() -> None:
    assert (
        FigurePlace("balance-sheet", "A3", days=DECEMBER).key == FigurePlace("balance-sheet", days=YEAR).key
    )
    assert FigurePlace("surplus", days=DECEMBER).key != FigurePlace("surplus", days=YEAR).key


def test_a_finding_is_pinned_to_what_it_leads_to(village: Village, tmp_path: Path) -> None:
    """The village's remark leads to the account, the month or the page, not only to the books as a whole."""
    village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300")
    made = sent(village, tmp_path)
    who = reviewer_of("张审", "", tmp_path / "key")
    review_folder([made.path], tmp_path / "乡镇", date(2026, 1, 10), who=who)
    said = read_remarks((tmp_path / "乡镇" / "青山村_第1包.vlremarks").read_bytes())
    places = {one.rule: place_words(one.place) for one in said.remarks}
    assert places["R31"] == "明细账 101 2025年"
    assert places["R26"] == "结账 2025年1月"
    assert places["R43"] == "现金盘点"
    assert all(one.place for one in said.remarks)


def test_two_matters_of_one_page_stay_two() -> None:
    first = Remark(1, "collective", "contracts", Severity.PLAIN, "1号没有写决议文号", "R23")
    second = replace(first, number=2, text="2号没有写决议文号")
    assert not first.is_twin(second)
    assert first.is_twin(replace(first, number=3))
    voucher = replace(first, place="2025-03/记-0001")
    assert voucher.is_twin(replace(voucher, text="换了一种说法"))
