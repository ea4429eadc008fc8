"""What SQLite reads by itself: beside everything else in a large book, at the end in a small one, with one answer."""

from __future__ import annotations

import threading

import pytest

from tests.builders import Village
from village_ledger.domain.errors import Cancelled
from village_ledger.services.book import verification
from village_ledger.storage.file import meanwhile


@pytest.fixture(params=[0, meanwhile.SMALL], ids=["large", "small"])
def posted(village: Village, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Village:
    """A book of one voucher, taken for a large one and for a small one."""
    monkeypatch.setattr(meanwhile, "SMALL", request.param)
    village.posted("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    return village


def test_only_a_large_book_is_read_by_a_thread_of_its_own(posted: Village):
    with meanwhile.meanwhile(posted.book, threading.current_thread) as answer:
        assert (answer() is threading.current_thread()) == bool(meanwhile.SMALL)


def test_what_is_refused_there_is_refused_here(posted: Village):
    def read() -> None:
        raise Cancelled

    with meanwhile.meanwhile(posted.book, read) as answer, pytest.raises(Cancelled):
        answer()


def test_left_early_it_is_broken_off(posted: Village):
    def count() -> None:
        posted.book.connection().exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        ).fetchone()

    with pytest.raises(Cancelled), meanwhile.meanwhile(posted.book, count):
        raise Cancelled
    assert "meanwhile" not in {thread.name for thread in threading.enumerate()}


def test_a_lost_page_is_found_in_an_open_book(posted: Village):
    assert verification.inspect(posted.book) == []
    posted.book.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with posted.raw() as tool:
        (page,) = tool.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_voucher_line_account'"
        ).fetchone()
        (size,) = tool.execute("PRAGMA page_size").fetchone()
    with posted.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    assert "V1" in {finding.rule for finding in verification.inspect(posted.book)}
