"""The quantity ledger (数量金额账): what came in, went out and is there, on screen, in files and on paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.errors import ChartError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.books.catalogue_volumes import chapters_of, print_volume, volumes_of
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.pens.render_text import json_text
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.table import Role, Table
from village_ledger.services.book import accounts

YEAR = Span.of_year(2025)


@pytest.fixture
def granary(village: Village) -> Village:
    """Seed bought twice and sold once, by the jin."""
    with village.act() as uow:
        accounts.keep_by_quantity(uow, COLLECTIVE, "121", "斤")
    village.posted("2025-03-08", "购稻种", "借 121*100 320; 贷 101 320")
    village.posted("2025-03-20", "购稻种", "借 121*12.5 41.25; 贷 101 41.25")
    village.posted("2025-04-02", "发放稻种", "借 514 112.5; 贷 121*35.2 112.5")
    return village


def ledger(village: Village, span: Span = YEAR, account: str = "121") -> Table:
    return make(village.reader, "quantity-ledger", ReportRequest(COLLECTIVE, span, account))


def test_every_line_says_what_came_in_what_went_out_and_what_is_there(granary: Village):
    rows = [row.cells[2:] for row in ledger(granary).rows]
    assert rows == [
        ("期初结存", None, None, None, None, None, None, 0, None, 0),
        ("购稻种", 100_000, 32_000, 32_000, 0, None, 0, 100_000, 32_000, 32_000),
        ("购稻种", 12_500, 33_000, 4_125, 0, None, 0, 112_500, 32_111, 36_125),
        ("本月合计", 112_500, 32_111, 36_125, 0, None, 0, 112_500, 32_111, 36_125),
        ("本年累计", 112_500, 32_111, 36_125, 0, None, 0, 112_500, 32_111, 36_125),
        ("发放稻种", 0, None, 0, 35_200, 31_960, 11_250, 77_300, 32_180, 24_875),
        ("本月合计", 0, None, 0, 35_200, 31_960, 11_250, 77_300, 32_180, 24_875),
        ("本年累计", 112_500, 32_111, 36_125, 35_200, 31_960, 11_250, 77_300, 32_180, 24_875),
    ]


def test_the_count_of_rows_is_known_before_they_are_read(granary: Village):
    table = ledger(granary)
    assert len(list(table.rows)) == len(table.rows)  # pyright: ignore[reportArgumentType]  rows may be lazy, len is asked on purpose


def test_a_later_span_begins_with_what_is_there_and_goes_on_with_the_year(granary: Village):
    rows = [row.cells for row in ledger(granary, Span.of_month(Month(2025, 4))).rows]
    assert rows[0][2:] == ("期初结存", None, None, None, None, None, None, 112_500, 32_111, 36_125)
    assert rows[-1][3] == 112_500


def test_a_file_has_quantities_with_three_decimals(granary: Village):
    read = json.loads("".join(json_text(ledger(granary))))
    row = read["rows"][2]
    assert (row["in_quantity"], row["in_price"], row["in_amount"]) == ("12.500", "3.30", "41.25")
    assert (row["out_quantity"], row["out_price"]) == ("0.000", "")
    assert (row["balance_quantity"], row["balance_price"]) == ("112.500", "3.2111")


def test_it_is_asked_for_one_account_that_is_kept_by_quantity(granary: Village):
    with pytest.raises(ChartError, match="121 库存物资"):
        ledger(granary, account="")
    with pytest.raises(ChartError, match="101 库存现金 不按数量核算"):
        ledger(granary, account="101")


def test_it_is_printed_and_bound(granary: Village, tmp_path: Path):
    assert write_pdf(ledger(granary), tmp_path / "账.pdf").pages == 1
    write_xlsx(ledger(granary), tmp_path / "账.xlsx")
    assert "quantity-ledger" in volumes_of(granary.reader, COLLECTIVE, YEAR)
    assert [c.code for c in chapters_of(granary.reader, "quantity-ledger", COLLECTIVE, YEAR)] == ["121"]
    assert print_volume(granary.reader, "quantity-ledger", COLLECTIVE, YEAR, tmp_path / "册.pdf").pages == 4


def test_what_a_page_hands_to_the_next_is_the_months_turnover_and_the_stock(village: Village):
    from village_ledger.reports.books.carried import Carried

    with village.act() as uow:
        accounts.keep_by_quantity(uow, COLLECTIVE, "121", "斤")
    village.posted("2025-03-08", "购稻种", "借 121*100 320; 贷 101 320")
    table = ledger(village)
    carried = Carried(table)
    for row in table.rows:
        if row.role is Role.DETAIL:
            carried.see(row)
    assert carried.row("过次页").cells[3:] == (100_000, None, 32_000, 0, None, 0, 100_000, 32_000, 32_000)
