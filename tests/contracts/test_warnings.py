"""What is pointed out: contracts ending, rent due and late by age, papers missing, terms too long, rent too low."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import COLLECTIVE, Village
from tests.contracts.lets import a_contract, day, entered, signed, terms
from tests.parcels import land
from village_ledger.domain.contract import Act, Change, Contract, Item, Papers, Status
from village_ledger.domain.errors import ContractError
from village_ledger.domain.period import Month
from village_ledger.services.contracts import contracts
from village_ledger.services.contracts.contract_warnings import board_until, on_entering, watch
from village_ledger.services.contracts.due_screen import Group, due_screen
from village_ledger.services.contracts.receipts import Received, receive
from village_ledger.services.contracts.rent_drafts import accrue
from village_ledger.services.contracts.standing import whole

NUMBER = "青合2025-01"
SOUND = Papers(resolution="青股社〔2024〕9号")


def said(village: Village, today: str, number: str = NUMBER) -> dict[str, str]:
    """Rule to sentence of what is pointed out on a day."""
    one = whole(village.reader, COLLECTIVE, number)
    return {x.rule: x.text for x in watch(one, day(today), board_until(village.reader))}


def on_entry(village: Village, contract: Contract) -> str:
    return "".join(on_entering(village.reader, COLLECTIVE, contract))


def paid(village: Village, on: str, yuan: int, through: str = "") -> None:
    got = Received(day(on), yuan * 100, "101", day(through) if through else None, 1)
    with village.act() as uow:
        receive(uow, COLLECTIVE, NUMBER, got)


@pytest.mark.parametrize(("today", "left"), [("2027-10-02", 90), ("2027-11-01", 60), ("2027-12-01", 30)])
def test_ninety_sixty_thirty_days_before_the_end(village: Village, today: str, left: int) -> None:
    signed(village)
    assert said(village, today)["ending"] == f"2027-12-31 到期，还有 {left} 天"
    assert "ending" not in said(village, "2027-10-01")


def test_past_its_end_and_still_in_use(village: Village) -> None:
    signed(village, a_contract(deposit=100000))
    found = said(village, "2028-01-01")
    assert "2027-12-31 已经到期" in found["expired"]
    assert found["deposit"] == "押金 1,000.00 元还没有退"
    end = Change(day("2027-12-31"), Act.END, Status.ENDED)
    with village.act() as uow:
        contracts.change(uow, COLLECTIVE, NUMBER, end)
    assert "expired" not in said(village, "2028-01-01")


def test_due_within_fifteen_days(village: Village) -> None:
    signed(village)
    assert said(village, "2024-12-17")["soon"] == "2025-01-01 有 4,800.00 元租金到期"
    assert "soon" not in said(village, "2024-12-16")


@pytest.mark.parametrize(
    ("today", "age"),
    [
        ("2025-01-02", ""),
        ("2025-01-03", "（超过 1 天）"),
        ("2025-02-01", "（超过 30 天）"),
        ("2025-04-02", "（超过 90 天）"),
    ],
)
def test_late_by_age(village: Village, today: str, age: str) -> None:
    signed(village)
    days = (day(today) - date(2025, 1, 1)).days
    assert said(village, today)["late"] == f"欠租 4,800.00 元，最早一笔逾期 {days} 天{age}"
    assert "late" not in said(village, "2025-01-01")


def test_three_years_are_named_before_a_claim_is_lost(village: Village) -> None:
    signed(village)
    assert "claim" not in said(village, "2027-12-31")
    assert "诉讼时效" in said(village, "2028-01-01")["claim"]


def test_rent_paid_as_it_was_before_it_rose(village: Village) -> None:
    """The tea house: 44,100 from July 2024, 42,000 still paid."""
    signed(
        village, a_contract(terms=terms("2025-01-01", "2027-12-31", 4800, "半年", steps="2025-07-01:5000"))
    )
    paid(village, "2025-01-05", 4800)
    paid(village, "2025-07-05", 4800)
    assert "2025-07-01 起租金是 5,000.00，收的还是 4,800.00" in said(village, "2025-08-01")["escalation"]
    paid(village, "2025-08-05", 200)
    assert "escalation" not in said(village, "2025-08-06")


def test_many_years_taken_at_once(village: Village) -> None:
    signed(village, a_contract(terms=terms("2025-01-01", "2029-12-31", 9600)))
    paid(village, "2025-01-05", 9600 * 4, "2028-01-01")
    assert "一次收了 2025-01-01 至 2028-12-31 的租金" in said(village, "2025-02-01")["one-off"]


def test_what_was_agreed_badly(village: Village) -> None:
    long = a_contract(terms=terms("2025-01-01", "2044-12-31", 100))
    assert "租期过长" not in on_entry(village, long)
    assert on_entry(village, long) == ""
    assert "超过 20 年" in on_entry(village, replace(long, terms=terms("2025-01-01", "2045-01-01", 100)))
    assert on_entry(village, replace(long, kind="forest", terms=terms("2025-01-01", "2094-12-31", 100))) == ""
    assert "没有写民主决策" in on_entry(village, a_contract(papers=Papers()))
    assert "没有书面合同" in on_entry(village, a_contract(papers=replace(SOUND, written=False)))
    assert "低于底价 5,000.00" in on_entry(village, a_contract(papers=replace(SOUND, floor=500000)))
    assert "和村干部有关系（书记之弟）" in on_entry(village, a_contract(related="书记之弟"))


def test_beyond_the_boards_term_without_a_resolution(village: Village) -> None:
    with village.act() as uow:
        contracts.set_board_until(uow, day("2026-06-30"))
    assert "超过本届理事会任期 2026-06-30" in on_entry(village, a_contract(papers=Papers()))
    assert "任期" not in on_entry(village, a_contract())


def test_a_last_period_of_a_day_or_two_is_a_slip(village: Village) -> None:
    """From 29 February a year ends on 27 February: the 28th begins another period."""
    odd = a_contract(terms=terms("2024-02-29", "2025-02-28", 9600))
    assert "最后一期只有 1 天" in on_entry(village, odd)


def test_rent_below_the_contract_before(village: Village) -> None:
    signed(village)
    later = a_contract("青合2028-01", terms=terms("2028-01-01", "2029-12-31", 9000))
    assert "年租金 9,000.00 比上一份合同 青合2025-01 的 9,600.00 低" in on_entry(village, later)
    assert on_entry(village, replace(later, terms=terms("2028-01-01", "2029-12-31", 9600))) == ""


def test_rent_of_land_is_compared_by_area(village: Village) -> None:
    signed(
        village,
        a_contract(
            items=(Item("T1", "旱地", "", 100000, "亩"),), terms=terms("2025-01-01", "2025-12-31", 1000)
        ),
    )
    smaller = a_contract(
        "青合2026-01",
        items=(Item("T1", "旱地", "", 50000, "亩"),),
        terms=terms("2026-01-01", "2026-12-31", 500),
    )
    assert on_entry(village, smaller) == ""
    cheaper = replace(smaller, terms=terms("2026-01-01", "2026-12-31", 499))
    assert "单位面积租金比上一份合同 青合2025-01 低" in on_entry(village, cheaper)


# parts of a parcel


def part(number: str, mu: int, start: str = "2025-01-01", end: str = "2025-12-31") -> Contract:
    return a_contract(
        number, items=(Item("T01", "河边田", "", mu * 10_000, "亩"),), terms=terms(start, end, 1000)
    )


def test_parts_of_a_parcel_stand_side_by_side_while_they_fit(village: Village) -> None:
    land.register(village, "T01", "10")
    signed(village, part("甲", 6))
    signed(village, part("乙", 4))
    with pytest.raises(ContractError, match="再租就超过整块"):
        entered(village, part("丙", 1))
    signed(village, part("丁", 10, "2026-01-01", "2026-12-31"))


def test_parts_one_after_the_other_do_not_add_up(village: Village) -> None:
    land.register(village, "T01", "10")
    signed(village, part("甲", 6, "2025-01-01", "2025-06-30"))
    signed(village, part("乙", 6, "2025-07-01", "2025-12-31"))
    signed(village, part("丙", 4))
    assert village.verify() == []


def test_a_part_without_an_area_is_the_whole(village: Village) -> None:
    land.register(village, "T01", "10")
    signed(village, part("甲", 6))
    with pytest.raises(ContractError, match="分块出租要写清各块面积"):
        entered(village, replace(part("乙", 1), items=(Item("T01", "河边田"),)))


# one screen


def test_the_screen_follows_what_is_booked_voided_and_paid(village: Village) -> None:
    signed(village)
    screen = due_screen(village.reader, COLLECTIVE, day("2025-03-31"))
    assert [(x.number, x.amount, x.days) for x in screen.lines[Group.LATE]] == [(NUMBER, 480000, 89)]
    with village.act() as uow:
        made = accrue(uow, COLLECTIVE, Month(2025, 1)).value
    paid(village, "2025-02-03", 4800)
    assert due_screen(village.reader, COLLECTIVE, day("2025-03-31")).counts[Group.LATE] == 0
    receipt = village.reader.rent_links([whole(village.reader, COLLECTIVE, NUMBER).stored.id])
    [link] = [x for links in receipt.values() for x in links if x.voucher_id != made[0].id]
    village.void(village.reader.voucher(link.voucher_id))
    screen = due_screen(village.reader, COLLECTIVE, day("2025-03-31"))
    assert screen.counts[Group.LATE] == 1
    assert screen.lines[Group.LATE][0].amount == 480000


def test_drafts_and_what_is_over_are_not_on_the_screen(village: Village) -> None:
    entered(village, a_contract())
    signed(village, a_contract("青合2025-02", "J002", terms=terms("2025-01-01", "2025-03-31", 900, "季")))
    paid_number = "青合2025-02"
    with village.act() as uow:
        receive(uow, COLLECTIVE, paid_number, Received(day("2025-01-05"), 90000, "101", attachments=1))
        contracts.change(uow, COLLECTIVE, paid_number, Change(day("2025-03-31"), Act.END, Status.ENDED))
    screen = due_screen(village.reader, COLLECTIVE, day("2025-03-31"))
    assert set(screen.counts.values()) == {0}
