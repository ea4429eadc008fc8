"""股权证 on A4: the certificate left, changes and pledges right; and the square code that a scanner reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.reports.tables import squeezed
from village_ledger.reports.pens.qr import qr_code
from village_ledger.reports.shares.certificate import CertificatePaper, ChangeLine, Holder, PledgeLine
from village_ledger.reports.shares.certificate_pdf import write_certificates

PAPER = CertificatePaper(
    entity="青山村股份经济合作联合社",
    entity_code="",
    number="青股 2017-03",
    group="2组",
    household="017",
    head="周德明",
    day=date(2025, 4, 1),
    classes=("成员股",),
    holders=(
        Holder("周德明", "户主", "510903********0316", ("26.34",)),
        Holder("周建军", "子", "已加密", ("12.00",)),
    ),
    totals=("38.34",),
    capital="叁拾捌点叁肆份",
    code="G175RM82LCXK",
    changes=(
        ChangeLine(date(2021, 1, 1), "量化", "+40.00", "40.00", "成员大会 1 号"),
        ChangeLine(date(2023, 11, 13), "质押 8.00", "", "33.34", "合同 0231 号"),
    ),
    pledges=(PledgeLine("农商行青山分理处", "8.00", "0231 号", date(2023, 11, 13), date(2024, 11, 14)),),
)


def test_everything_a_certificate_must_say_is_on_its_first_sheet(tmp_path, text_of):
    assert write_certificates([PAPER], tmp_path / "c.pdf").pages == 1
    (page,) = text_of(tmp_path / "c.pdf")
    said = squeezed(page)
    for words in (
        "青山村股份经济合作联合社",
        "股权证",
        "青股2017-03",
        "2组017户",
        "户主周德明",
        "510903********0316",
        "已加密",
        "叁拾捌点叁肆份",
        "38.34",
        "G175-RM82-LCXK",
        "2025年4月1日",
        "变动登记",
        "2023-11-13质押8.00—33.34合同0231号",
        "质押登记",
        "农商行青山分理处8.000231号2023-11-132024-11-14",
    ):
        assert words in said, words


def test_changes_beyond_the_page_go_on_to_further_sheets_and_none_is_lost(tmp_path, text_of):
    days = [date(2021, 1, 1) + timedelta(days=40 * i) for i in range(40)]
    changes = tuple(ChangeLine(day, "受让", "+1.00", "1.00", "") for day in days)
    assert write_certificates([replace(PAPER, changes=changes)], tmp_path / "c.pdf").pages == 3
    pages = text_of(tmp_path / "c.pdf")
    assert "青股 2017-03 续页" in pages[1]
    assert [day for day in days if day.isoformat() not in "".join(pages)] == []


def test_a_certificate_that_holds_no_more_says_so(tmp_path, text_of):
    write_certificates([replace(PAPER, ended="2025-05-01 遗失")], tmp_path / "c.pdf")
    said = squeezed(text_of(tmp_path / "c.pdf")[0])
    assert "本证已失效：2025-05-01遗失" in said


def test_a_household_of_twenty_stands_on_one_sheet(tmp_path, text_of):
    people = tuple(Holder(f"周{i:02d}", "孙子", "510903********0316", ("1.00",)) for i in range(20))
    assert write_certificates([replace(PAPER, holders=people)], tmp_path / "c.pdf").pages == 1
    said = text_of(tmp_path / "c.pdf")[0]
    assert [one.name for one in people if one.name not in said] == []


# The square code


@pytest.mark.parametrize("text", ["A", "B" * 24, PAPER.scanned, "x" * 42, "村" * 14])
def test_what_is_written_can_be_read_back(text: str):
    assert _read(qr_code(text)) == text


def _read(matrix: list[list[bool]]) -> str:
    """A reader that knows the standard only: the mask from the format's bits, then up and down in pairs of columns.

    For codes of one block, up to 42 bytes; a certificate's is one.
    """
    size = len(matrix)
    five = "".join(str(int(matrix[8][column])) for column in range(5))
    mask = (int(five, 2) ^ 0b10101) & 7
    hidden = [
        lambda r, c: (r + c) % 2,
        lambda r, c: r % 2,
        lambda r, c: c % 3,
        lambda r, c: (r + c) % 3,
        lambda r, c: (r // 2 + c // 3) % 2,
        lambda r, c: (r * c) % 2 + (r * c) % 3,
        lambda r, c: ((r * c) % 2 + (r * c) % 3) % 2,
        lambda r, c: ((r + c) % 2 + (r * c) % 3) % 2,
    ][mask]
    bits = ""
    column, up = size - 1, True
    while column > 0:
        if column == 6:
            column -= 1
        for row in range(size - 1, -1, -1) if up else range(size):
            for at in (column, column - 1):
                if not _is_furniture(size, row, at):
                    bits += str(int(matrix[row][at] ^ (hidden(row, at) == 0)))
        column, up = column - 2, not up
    length = int(bits[4:12], 2)
    return bytes(int(bits[12 + 8 * i : 20 + 8 * i], 2) for i in range(length)).decode()


def _is_furniture(size: int, row: int, column: int) -> bool:
    corner = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    aligned = size > 21 and abs(row - size + 7) <= 2 and abs(column - size + 7) <= 2
    return corner or aligned or row == 6 or column == 6
