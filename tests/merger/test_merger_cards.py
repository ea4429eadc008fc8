"""Assets, parcels and contracts of merged villages: everything there stands in the new book, under a number of its own."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assets.asset_village import a_card
from tests.builders import COLLECTIVE, Village
from tests.contracts.lets import FIRM, a_contract
from tests.merger.villages import END, merged, pair
from tests.parcels.land import card as land
from village_ledger.domain.asset import Facts, Method, Use
from village_ledger.domain.period import Month
from village_ledger.services.assets import cards
from village_ledger.services.assets.depreciation import months_left
from village_ledger.services.book.verification import verify
from village_ledger.services.contracts import contracts
from village_ledger.services.parcels import parcels
from village_ledger.storage.file.book_file import Access, open_book


@pytest.fixture
def with_things(tmp_path):
    """Both villages have an asset J001, a parcel T01 and a contract 青合2025-01."""
    paths = pair(tmp_path)
    for path in paths:
        with Village(path) as village, village.act() as uow:
            drier = a_card("J001", in_use=date(2024, 10, 5), opening=0)
            mill = a_card("J002", name="碾米机", method=Method.OUTPUT, months=0, units=1_000_000, opening=0)
            cards.add_all(uow, COLLECTIVE, [(drier, Facts(Use.OPERATING)), (mill, Facts(Use.OPERATING))])
            parcels.add(uow, COLLECTIVE, "T01", land("3.25"), date(2025, 1, 1), "确权")
            contracts.take_in_all(uow, COLLECTIVE, [a_contract(code="J001")], "登记簿")
    return paths


def test_nothing_is_lost_and_codes_do_not_meet(tmp_path, with_things):
    merged(tmp_path, *with_things)
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        assets = {x.card.code: x for x in reader.asset_standings(COLLECTIVE, END)}
        land_ = {x.code: x.card for x in reader.parcels(COLLECTIVE)}
        running = {x.number: x.contract for x in reader.contracts(COLLECTIVE)}
        codes = {(x.kind, x.old): x.new for x in reader.merger_codes()}
    assert list(assets) == ["J001", "J002", "白云J001", "白云J002"]
    assert list(land_) == ["T01", "白云T01"]
    assert land_["白云T01"].origin == "白云村 T01"
    assert sum(x.area for x in land_.values()) == 2 * land("3.25").area
    assert set(running) == {"青合2025-01", "白云青合2025-01"}
    assert running["白云青合2025-01"].items[0].code == "白云J001"
    assert running["白云青合2025-01"].party == FIRM
    assert codes["card", "J001"] == "白云J001"
    assert codes["contract", "青合2025-01"] == "白云青合2025-01"
    assert verify(tmp_path / "青云村.vledger") == []


def test_figures_and_the_rest_of_a_life_stay(tmp_path, with_things):
    def drier(path, ledger, code):
        with open_book(path, Access.READ) as book:
            reader = book.reader()
            found = next(x for x in reader.asset_standings(ledger, END) if x.card.code == code)
            left = months_left(reader, ledger, found.stored.id, Month(2025, 7))
            return found.cost, found.salvage, found.accumulated, left

    before = drier(with_things[0], COLLECTIVE, "J001")
    merged(tmp_path, *with_things)
    after = drier(tmp_path / "青云村.vledger", COLLECTIVE, "J001")
    assert after == before


def test_rent_due_before_stays_with_the_old_book_and_is_named(tmp_path, with_things):
    merged(tmp_path, *with_things)
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        kept = {x.contract.kept_from for x in reader.contracts(COLLECTIVE)}
        owed = [x.text for x in reader.open_matters() if x.kind == "合同欠租"]
    assert kept == {date(2025, 7, 1)}
    assert len(owed) == 2
    assert "2025-01-01 起有 1 期租金 4,800.00 没有收" in owed[0]


def test_apart_each_keeps_its_own_numbers(tmp_path, with_things):
    merged(tmp_path, *with_things, option="A")
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        assert [x.number for x in reader.contracts("group-01")] == ["青合2025-01"]
        assert [x.number for x in reader.contracts("group-03")] == ["青合2025-01"]
        assert [x.code for x in reader.parcels("group-03")] == ["T01"]
    assert verify(tmp_path / "青云村.vledger") == []
