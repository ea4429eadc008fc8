"""这笔怎么记: every event names existing accounts, balances whatever is typed, is found by its words, books nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, COMMITTEE
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import ChartError, VoucherError
from village_ledger.domain.posting_event import Answers, EventIndex, load_events, propose, to_draft
from village_ledger.resources_dir import resource
from village_ledger.services.entry import posting_events
from village_ledger.services.entry.draft_reading import to_voucher
from village_ledger.storage.charts import load_preset

FILES = {name: load_events(resource("rules", name).read_text("utf-8")) for name in posting_events.FILES}
WAYS = [
    pytest.param(name, event, way, id=f"{name[9:12]}{event.number}{way.name}")
    for name, file in FILES.items()
    for event in file.events
    for way in event.ways
]
DAY = date(2025, 3, 8)


def chart_of(chart_id: str):
    from village_ledger.domain.chart import Chart, CodeRule

    preset = load_preset(chart_id)
    kind = LedgerKind.COLLECTIVE if chart_id == "collective_2023" else LedgerKind.COMMITTEE
    widths = "3-2-2-2" if chart_id == "collective_2023" else "4-2-2-2"
    return Chart(kind, CodeRule.parse(widths), preset.accounts)


CHARTS = {name: chart_of(file.charts[0]) for name, file in FILES.items()}


def test_all_84_events_of_the_collective_are_there_in_order():
    assert [event.number for event in FILES["postings_collective.toml"].events] == list(range(1, 85))
    assert len(FILES["postings_committee.toml"].events) >= 30


def test_every_event_says_its_rule_its_words_and_how_sure_it_is():
    for file in FILES.values():
        for event in file.events:
            assert event.title
            assert event.rule.endswith("。")
            assert event.words
            assert event.certainty


@pytest.mark.parametrize(("name", "event", "way"), WAYS)
def test_every_account_exists(name, event, way):
    codes = {account.code for account in CHARTS[name]}
    assert all(pattern.code in codes for line in way.lines for pattern in line.accounts), event.title
    assert propose(way, CHARTS[name])


@pytest.mark.parametrize(("name", "event", "way"), WAYS)
@settings(max_examples=10)
@given(data=st.data())
def test_a_filled_proposal_balances_whatever_the_amounts(name, event, way, data):
    amounts = {n: data.draw(st.integers(1, 10**9)) for n in way.amounts}
    debit = sum(line.amount(amounts) for line in way.lines if line.is_debit)
    credit = sum(line.amount(amounts) for line in way.lines if not line.is_debit)
    assert debit == credit, event.title


@pytest.mark.parametrize(("name", "event", "way"), WAYS)
def test_a_confirmed_proposal_is_a_voucher(name, event, way):
    amounts = {n: (1000_00 if place == 0 else 10_00) for place, n in enumerate(way.amounts)}
    lines = propose(way, CHARTS[name])
    answers = Answers(event.title, (), "张三", "修路", tuple(amounts.items()))
    draft = to_draft(lines, answers, "x", DAY)
    voucher = to_voucher(draft, CHARTS[name])
    assert voucher.amount > 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("门面租金", 1),
        ("mmzj", 1),
        ("退押金", 6),
        ("理财到期", 15),
        ("一事一议", 26),
        ("fenhong", 78),
        ("猪死了", 55),
        ("付路灯电费给供电所", 68),
        ("70", 70),
    ],
)
def test_found_by_the_villages_words_and_by_pinyin(text, number):
    index = EventIndex(FILES["postings_collective.toml"].events)
    assert number in [event.number for event in index.search(text)[:5]]


def test_nothing_typed_shows_all_and_nonsense_nothing():
    index = EventIndex(FILES["postings_collective.toml"].events)
    assert len(index.search("")) == 84
    assert index.search("qqqq") == []


def test_the_villages_own_sub_accounts_are_offered(village):
    village.add_account("501", "门面出租")
    pond = village.add_account("501", "鱼塘发包")
    _, index = posting_events.events_for(village.reader, COLLECTIVE)
    event = index.search("1")[0]
    lines = propose(event.ways[0], village.reader.chart(COLLECTIVE))
    assert [choice.code for choice in lines[1].choices] == [pond.code]
    assert [choice.code for choice in lines[0].choices] == ["102", "101"]


def test_an_account_the_village_has_switched_off_is_said(village):
    village.switch_off("504")
    _, index = posting_events.events_for(village.reader, COLLECTIVE)
    with pytest.raises(ChartError, match="没有能用的 504 科目"):
        propose(index.search("13")[0].ways[0], village.reader.chart(COLLECTIVE))


def test_an_account_not_offered_and_an_amount_below_zero_are_refused(village):
    _, index = posting_events.events_for(village.reader, COLLECTIVE)
    way = index.search("60")[0].ways[1]
    lines = propose(way, village.reader.chart(COLLECTIVE))
    with pytest.raises(VoucherError, match="应发-个税 小于零"):
        to_draft(lines, Answers("发工资", amounts=(("应发", 100), ("个税", 200))), COLLECTIVE, DAY)
    with pytest.raises(VoucherError, match="不能用科目 999"):
        to_draft(lines, Answers("发工资", ("999",)), COLLECTIVE, DAY)


def test_without_tax_the_line_is_left_out_and_without_amounts_all_stand(village):
    _, index = posting_events.events_for(village.reader, COLLECTIVE)
    lines = propose(index.search("60")[0].ways[1], village.reader.chart(COLLECTIVE))
    assert len(to_draft(lines, Answers("发工资", amounts=(("应发", 100),)), COLLECTIVE, DAY).lines) == 2
    assert len(to_draft(lines, Answers("发工资"), COLLECTIVE, DAY).lines) == 3


def test_the_committee_has_its_own_and_a_committee_with_the_collectives_chart_has_those(village):
    file, _ = posting_events.events_for(village.reader, COMMITTEE)
    assert "committee_surplus" in file.charts
    assert "committee_collective" in FILES["postings_collective.toml"].charts
