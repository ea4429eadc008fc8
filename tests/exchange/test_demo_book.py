"""The demonstration village as a book: 2025 closed and carried on, January in hand; marked, reviewed, provable."""

from __future__ import annotations

import pytest

from tests import made
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import VoucherState
from village_ledger.exchange.demos import demo
from village_ledger.services.bank.bank_check import proved_bank
from village_ledger.services.book.verification import inspect
from village_ledger.services.entry import recurring
from village_ledger.services.planning import budgets, prepaid
from village_ledger.storage.file.book_file import Access, open_book

LEDGERS = ["collective", "committee"]
JANUARY = Month(2026, 1)
both = pytest.mark.parametrize("ledger", LEDGERS)


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    with open_book(made.demo(tmp_path_factory.mktemp("demo")), Access.READ) as book:
        yield book


@pytest.fixture
def reader(village):
    return village.reader()


def test_it_is_marked_and_proves(village):
    assert village.reader().book().is_demo
    assert inspect(village) == []


# 2025, closed


@both
def test_every_voucher_of_the_year_is_posted_and_was_reviewed_by_another_person(reader, ledger):
    vouchers = [v for month in range(1, 13) for v in reader.vouchers(ledger, month=Month(2025, month))]
    assert len(vouchers) > 100
    assert {v.state for v in vouchers} == {VoucherState.POSTED}
    assert all(v.reviewed_by and v.reviewed_by not in {v.prepared_by, v.posted_by} for v in vouchers)


@both
def test_its_trial_balance_ties(reader, ledger):
    turnovers = reader.turnovers(ledger, Span.of_year(2025))
    for debit, credit in (
        ("opening_debit", "opening_credit"),
        ("debit", "credit"),
        ("closing_debit", "closing_credit"),
    ):
        total = sum(getattr(t, debit) for t in turnovers)
        assert total == sum(getattr(t, credit) for t in turnovers) > 0


@both
def test_the_year_is_closed_and_carried_forward_and_january_is_open(reader, ledger):
    states = {m.month: m.state for m in reader.months(ledger)}
    assert {states[Month(2025, number)] for number in range(1, 13)} == {MonthState.CLOSED}
    assert states[JANUARY] is MonthState.OPEN
    assert reader.year_is_closed(ledger, 2025)


def test_what_was_let_pass_has_its_reason_and_the_bank_agrees_in_every_month(reader):
    waivers = [w for ledger in LEDGERS for w in reader.standing_waivers(ledger, Month(2025, 1), JANUARY)]
    assert {w.rule for w in waivers} == {"K19"}
    assert all(w.reason for w in waivers)
    for ledger in LEDGERS:
        for number in range(1, 13):
            month = Month(2025, number)
            booked = sum(
                reader.balance_before(ledger, [b.account], month.next().first)
                for b in reader.bank_accounts(ledger)
            )
            assert proved_bank(reader, ledger, month.last) == booked > 0


def test_the_years_income_was_given_away_by_a_resolution(reader):
    parts = reader.distribution_parts("collective")
    assert [(p.part, p.amount) for p in parts] == [
        ("reserve", 12_828_26),
        ("members", 21_316_70),
        ("other", 33_30),
    ]
    assert {p.resolution for p in parts} == {"青社代〔2025〕6号"}
    assert reader.resolution("青社代〔2025〕6号").in_favour == 30


# January 2026, in hand


def test_a_voucher_stands_at_every_station(reader):
    for ledger in LEDGERS:
        states = {v.state for v in reader.vouchers(ledger, month=JANUARY)}
        assert states == {VoucherState.ENTERED, VoucherState.REVIEWED, VoucherState.POSTED}
    returned = [v for v in reader.vouchers("collective", month=JANUARY) if v.return_reason]
    assert len(returned) == 1


def test_documents_between_the_ledgers_stand_on_both_sides(reader):
    documents = {t.kind: t for t in reader.transfers()}
    assert {kind: t.state for kind, t in documents.items()} == {
        "T1": VoucherState.POSTED,
        "T4": VoucherState.ENTERED,
        "T5": VoucherState.POSTED,
    }
    assert documents["T1"].resolution == "青社代〔2026〕1号"
    assert all(len(t.sides) == 2 for t in documents.values())


def test_an_advance_and_a_claim_wait(reader):
    assert reader.party_balance_before("collective", "11306", "唐玉梅", JANUARY.next().first) == 1500_00
    [claim] = reader.claims("collective")
    assert claim.claim.total == 269_60


def test_rent_paid_ahead_and_a_yearly_bill_come_round(reader):
    [(rent, parts)] = prepaid.due(reader, "collective", JANUARY)
    assert (rent.total, [p.amount for p in parts]) == (14_400_00, [800_00])
    assert all(tie.agrees for tie in prepaid.ties(reader, "collective"))
    assert [d.words for d in recurring.due(reader, "collective", JANUARY)] == [
        "付光伏电站全年运维费 2026-01-20"
    ]


@both
def test_the_plan_of_the_year_is_kept(reader, ledger):
    used = {use.line.account: use.used for use in budgets.uses(reader, ledger, 2026)}
    assert used["5130901" if ledger == "collective" else "4501"] == 7500_00


def test_receipts_are_followed(reader):
    [book] = reader.receipt_books("collective")
    assert len(book.events) == 2


# The file


def test_before_the_year_is_closed_it_can_be_had_too(tmp_path):
    with open_book(made.demo(tmp_path, closed=False), Access.READ) as book:
        assert book.reader().months("collective")[-1].month == Month(2025, 12)
        assert {m.state for m in book.reader().months("collective")} == {MonthState.OPEN}


def test_it_never_overwrites(tmp_path):
    path = tmp_path / "我的账.vledger"
    path.write_text("别人的文件", "utf-8")
    with pytest.raises(LedgerError):
        demo.make_demo(path)
    assert path.read_text("utf-8") == "别人的文件"


def test_half_a_village_is_not_left_behind(tmp_path, monkeypatch):
    def fails(*_):
        raise LedgerError("停电了")

    monkeypatch.setattr(demo, "begin_january", fails)
    with pytest.raises(LedgerError):
        demo.make_demo(tmp_path / "青山村.vledger")
    assert list(tmp_path.glob("青山村.vledger*")) == []
