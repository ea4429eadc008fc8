"""What the demonstration village owns, lets out and has agreed, so that every register has something to show."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exchange.test_demo_book import village
from village_ledger.domain.attachment import Owner
from village_ledger.domain.decision import Stage
from village_ledger.domain.period import Month
from village_ledger.domain.stock_take import Step
from village_ledger.exchange.demos.demo_pictures import drawn
from village_ledger.reports.indicators.indicator_figures import read_indicators
from village_ledger.services.assets.asset_ties import ties
from village_ledger.services.attachments import attachments
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.contracts.standing import wholes
from village_ledger.services.decisions import decision_stages
from village_ledger.services.projects.project_status import statuses

__all__ = ["village"]

L = "collective"
YEAR_END, TODAY = date(2025, 12, 31), date(2026, 1, 16)
DECEMBER, JANUARY = Month(2025, 12), Month(2026, 1)
NEW = {"K35", "K36", "K37", "K38", "K39", "K40", "K41", "K42", "K43"}
"""Lines of the check list that speak of these registers."""


@pytest.fixture
def reader(village):
    return village.reader()


def test_forty_cards_tie_to_both_ledgers_leaf_by_use(reader):
    cards = [one for ledger in (L, "committee") for one in reader.asset_standings(ledger, YEAR_END)]
    assert len(cards) == 40
    for ledger in (L, "committee"):
        found = ties(reader, ledger, YEAR_END)
        assert found
        assert [tie.words() for tie in found if tie.difference] == []
    for use, cost, taken in (
        ("operating", "15101", "15201"),
        ("office", "15102", "15202"),
        ("welfare", "15103", "15203"),
    ):
        mine = [
            one
            for one in reader.asset_standings(L, YEAR_END)
            if one.card.kind.value == "fixed" and one.facts.use.value == use
        ]
        day = date(2026, 1, 1)
        assert sum(one.cost for one in mine) == reader.balance_before(L, [cost], day)
        assert sum(one.accumulated for one in mine) == -reader.balance_before(L, [taken], day)


def test_a_month_of_depreciation_is_as_it_always_was(reader):
    """The cards take in January what the accountant took by hand in December."""
    (run,) = reader.depreciation_runs(L, JANUARY)
    assert run.whole
    by_hand = next(v for v in reader.vouchers(L, month=DECEMBER) if v.ref.number == 25)
    stored = reader.voucher(by_hand.id)
    made = reader.voucher(run.voucher_id)
    taken = {line.account: line.credit for line in stored.voucher.lines if line.credit}
    assert {line.account: line.credit for line in made.voucher.lines if line.credit} == taken


def test_twenty_five_contracts_one_overdue_one_ending_within_thirty_days(reader):
    every = wholes(reader, reader.contracts(L))
    assert len(every) == 25
    late = [one for one in every if one.late(TODAY)]
    assert [one.stored.number for one in late] == ["青合〔2023〕3号"]
    assert sum(row.open for row in late[0].late(TODAY)) == 9000_00
    ending = reader.contracts_ending(L, TODAY, date(2026, 2, 15), 10)
    assert [one.number for one in ending] == ["青合〔2024〕3号"]


def test_twelve_parcels_are_let_as_their_contracts_say(reader):
    assert len(reader.parcels(L, TODAY)) == 12
    uses = {one.code for one in reader.parcel_contracts(L) if one.start <= TODAY <= one.end}
    assert uses == {"P01", "P02", "P03", "P07", "P10", "P11", "P12"}
    assert reader.parcel_sketch(L, "P01") is not None


def test_the_road_was_decided_by_six_and_paid_to_the_fen(reader):
    number = "青村决〔2025〕1号"
    assert all(decision_stages.complete(reader, number, stage) for stage in Stage)
    panel = reader.panel(reader.decision(number).id)
    assert panel is not None
    assert len(panel.seats) == 6
    (road,) = statuses(reader, L)
    assert (road.project.stage, road.paid_builder + road.warranty) == ("决算", 185_108_00)
    assert road.faults() == []


def test_the_year_was_counted_and_a_post_handed_over(reader):
    for ledger in (L, "committee"):
        assert reader.stock_take(ledger, YEAR_END).last is Step.CONFIRMED
    (handover,) = reader.handovers()
    assert (handover.parties.giver, handover.is_open) == ("何小莉", False)
    assert [one.balance for one in reader.old_matters(L)] == [3000_00, 9000_00]


def test_limits_are_adopted_from_the_month_after(reader):
    assert [rules.valid_from for rules in reader.limit_sets(L)] == [date(2026, 2, 1)]


def test_papers_and_pictures_lie_in_the_book(reader):
    for owner in (
        Owner("contract", L, "青合〔2023〕3号"),
        Owner("parcel", L, "P01"),
        Owner("decision", L, "青村决〔2025〕1号"),
        Owner("project", L, "三组通组路"),
        Owner("asset", L, "A02"),
    ):
        (kept,) = attachments.listed(reader, owner)
        assert attachments.read(reader, kept.id)
    assert drawn("pond") == drawn("pond")


def test_what_the_registers_ask_before_closing(reader):
    for ledger in (L, "committee"):
        asked = {
            (item.rule, item.text)
            for month in (DECEMBER, JANUARY)
            for item in check_list(reader, ledger, month)
            if item.rule in NEW and item.verdict is not Verdict.PASS
        }
        assert asked == ({("K36", "有 1 份合同欠租。")} if ledger == L else set())


def test_indicators_have_something_to_show(reader):
    found = read_indicators(reader, L, YEAR_END)
    assert all(one.value is not None for one in found.indicators)
    assert found.named("rent_collection").working == "42,000.00 ÷ 51,000.00"
    assert found.named("idle_assets").shown == "2.8%"
    assert read_indicators(reader, L, TODAY).named("arrears").shown == "9,000.00"
