"""A village's book in one go, with its groups' ledgers; where nothing can be written nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import WANG, opening
from village_ledger.domain.errors import BookFileError, LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.book import openings
from village_ledger.services.book.setting_up import set_up
from village_ledger.services.book.verification import verify
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.spec import BookSpec

SPEC = BookSpec("大湾村", Month(2025, 1))


def test_a_ledger_for_every_group(tmp_path: Path):
    path = tmp_path / "账" / "大湾村.vledger"
    set_up(path, SPEC, WANG, ["第一村民小组", "农机队账"])
    with open_book(path, Access.READ) as book:
        further = book.reader().ledgers()[2:]
        village = book.reader().main_ledgers()
        assert [(x.code, x.title, x.entity) for x in further] == [
            ("group-01", "第一村民小组账", "大湾村第一村民小组"),
            ("group-02", "农机队账", "大湾村农机队"),
        ]
        assert village is not None
        assert [info.code for info in village] == ["collective", "committee"]
    assert verify(path) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path):
    (tmp_path / "账").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(BookFileError, match="文件夹"):
        set_up(tmp_path / "账" / "大湾村.vledger", SPEC, WANG)
    assert [p.name for p in tmp_path.iterdir()] == ["账"]


def test_a_blank_village_makes_no_file(tmp_path: Path):
    with pytest.raises(LedgerError, match="还没有写村名"):
        set_up(tmp_path / "x.vledger", BookSpec("  ", Month(2025, 1)), WANG)
    assert list(tmp_path.glob("*.vledger")) == []


def test_a_groups_ledger_is_never_taken_for_the_villages(tmp_path: Path):
    """The combined page and the mirrors look at the village's own two, by code."""
    path = tmp_path / "大湾村.vledger"
    set_up(path, SPEC, WANG, ["第一村民小组"])
    with open_book(path, Access.WRITE, WANG) as book:
        with book.unit_of_work(WANG) as uow:
            openings.set_opening(uow, "collective", opening("借 101 100", "贷 311 100"))
            openings.set_opening(uow, "group-01", opening("借 101 7000", "贷 311 7000"))
            uow.commit()
        page = make(book.reader(), "combined", ReportRequest(span=Span.of_year(2025)))
    figures = {cell for row in page.rows for cell in row.cells if isinstance(cell, int)}
    assert 100_00 in figures
    assert 7000_00 not in figures
