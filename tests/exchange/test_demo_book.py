"""The demonstration village as a book: marked, reviewed by another person, provable."""

from __future__ import annotations

import pytest

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import VoucherState
from village_ledger.exchange import demo
from village_ledger.services.verification import inspect
from village_ledger.storage.book_file import Access, open_book


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "青山村.vledger"
    assert demo.make_demo(path) == "青山村"
    with open_book(path, Access.READ) as book:
        yield book


def test_it_is_marked_and_proves(village):
    assert village.reader().book().is_demo
    assert inspect(village) == []


@pytest.mark.parametrize("ledger", ["collective", "committee"])
def test_every_voucher_is_posted_and_was_reviewed_by_another_person(village, ledger):
    vouchers = village.reader().vouchers(ledger)
    assert len(vouchers) > 100
    assert {v.state for v in vouchers} == {VoucherState.POSTED}
    assert all(v.reviewed_by and v.reviewed_by not in {v.prepared_by, v.posted_by} for v in vouchers)


@pytest.mark.parametrize("ledger", ["collective", "committee"])
def test_its_trial_balance_ties(village, ledger):
    turnovers = village.reader().turnovers(ledger, Span.of_year(2025))
    for debit, credit in (
        ("opening_debit", "opening_credit"),
        ("debit", "credit"),
        ("closing_debit", "closing_credit"),
    ):
        total = sum(getattr(t, debit) for t in turnovers)
        assert total == sum(getattr(t, credit) for t in turnovers) > 0


def test_it_never_overwrites(tmp_path):
    path = tmp_path / "我的账.vledger"
    path.write_text("别人的文件", "utf-8")
    with pytest.raises(LedgerError):
        demo.make_demo(path)
    assert path.read_text("utf-8") == "别人的文件"


def test_half_a_village_is_not_left_behind(tmp_path, monkeypatch):
    def fails(*_):
        raise LedgerError("停电了")

    monkeypatch.setattr(demo, "_post", fails)
    with pytest.raises(LedgerError):
        demo.make_demo(tmp_path / "青山村.vledger")
    assert list(tmp_path.glob("青山村.vledger*")) == []
