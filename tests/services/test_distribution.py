"""收益分配: order and limits of the regime, a December decision and one of the next spring."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.services.months import close, close_through, close_year, lines
from village_ledger.domain.errors import LedgerError, PeriodError, VoucherError
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.closing.distribution import Decision, distribute, standing

WINTER, SPRING = "2025-12-28", "2026-03-20"


@pytest.fixture
def earning(village: Village) -> Village:
    """10,000.00 earned in 2025 on top of 1,000.00 kept from before."""
    village.open_with("借 101 6000", "贷 301 5000", "贷 32202 1000")
    village.posted("2025-03-08", "收租金", "借 101 12000; 贷 501 12000")
    village.posted("2025-05-08", "付水费", "借 513 2000; 贷 101 2000")
    return village


def decide(village: Village, day: str, ledger: str = COLLECTIVE, **parts: object) -> list[StoredVoucher]:
    asked = {"year": 2025, "resolution": "成员大会〔2025〕3号"} | parts
    with village.act() as uow:
        return distribute(uow, ledger, Decision(day=parse_day(day), **asked)).value  # pyright: ignore[reportArgumentType]  fields of a decision by name


def shut(village: Village) -> None:
    close_through(village, 12)
    close_year(village)


class TestADecisionOfDecember:
    def test_reserve_members_and_others_each_on_a_voucher_of_its_own(self, earning: Village):
        made = decide(
            earning, WINTER, reserve_percent=Decimal(30), members=500_000, other=10_000, other_to="镇供销社"
        )
        assert [lines(voucher) for voucher in made] == [
            [("3220101", 300_000, 0), ("311", 0, 300_000)],
            [("3220102", 500_000, 0), ("113", 0, 500_000)],
            [("3220103", 10_000, 0), ("211", 0, 10_000)],
        ]
        assert [v.voucher.lines[1].counterparty for v in made] == ["", "全体成员（待分到户）", "镇供销社"]
        assert all(v.voucher.day.isoformat() == WINTER for v in made)
        assert "成员大会〔2025〕3号" in made[0].voucher.lines[0].summary

    def test_they_are_cleared_with_the_year(self, earning: Village):
        made = decide(earning, WINTER, reserve=300_000, members=500_000)
        earning.review(*made)
        earning.post(*made)
        shut(earning)
        assert earning.balance("3220101") == earning.balance("3220102") == 0
        assert earning.balance("32202") == -(100_000 + 1_000_000 - 800_000)
        assert earning.verify() == []

    def test_by_name_where_the_list_is_known(self, earning: Village):
        made = decide(
            earning, WINTER, reserve=100_000, members=30_000, shares=(("张三", 10_000), ("李四", 20_000))
        )
        assert [(x.counterparty, x.credit) for x in made[1].voucher.lines[1:]] == [
            ("张三", 10_000),
            ("李四", 20_000),
        ]

    def test_a_list_that_does_not_add_up(self, earning: Village):
        with pytest.raises(VoucherError, match=r"名单合计 100.00，向成员分配 300.00，对不上"):
            decide(earning, WINTER, members=30_000, shares=(("张三", 10_000),))

    def test_above_what_there_is_names_both_figures_and_leaves_nothing(self, earning: Village):
        with pytest.raises(VoucherError, match=r"要分配 11,000.01，2025年度可分配的只有 11,000.00"):
            decide(earning, WINTER, reserve=100_001, members=1_000_000)
        assert earning.reader.unposted_ids(COLLECTIVE) == []
        assert earning.reader.distribution_parts(COLLECTIVE) == []

    def test_what_was_decided_and_not_yet_posted_counts_too(self, earning: Village):
        decide(earning, WINTER, reserve=300_000, members=700_000)
        with pytest.raises(VoucherError, match=r"要分配 1,000.01，2025年度可分配的只有 1,000.00"):
            decide(earning, WINTER, members=100_001)
        decide(earning, WINTER, members=100_000)

    def test_not_in_the_middle_of_the_year(self, earning: Village):
        with pytest.raises(PeriodError, match="2025-11-30 还不能分配2025年度的收益"):
            decide(earning, "2025-11-30", members=100)

    def test_not_once_the_year_is_carried_forward(self, earning: Village):
        shut(earning)
        with pytest.raises(PeriodError, match="已经年终结转"):
            decide(earning, WINTER, members=100)

    def test_members_without_a_reserve_is_remarked(self, earning: Village):
        with earning.act() as uow:
            done = distribute(uow, COLLECTIVE, Decision(2025, parse_day(WINTER), "3号", members=100))
        assert any("还没有提取公积公益金" in words for words in done.warnings)


class TestADecisionOfSpring:
    def test_it_gives_away_the_closed_year_and_is_booked_in_the_new_one(self, earning: Village):
        shut(earning)
        earning.posted("2026-01-05", "收租金", "借 101 900; 贷 501 900")
        there = standing(earning.reader, COLLECTIVE, 2025, parse_day(SPRING))
        assert (there.settled, there.net_income, there.available) == (True, 1_000_000, 1_100_000)
        made = decide(earning, SPRING, reserve_percent=Decimal("12.5"), members=500_000)
        assert lines(made[0])[0] == ("3220101", 125_000, 0)
        assert {str(v.ref.month) for v in made} == {"2026-03"}
        assert [(p.year, p.part, p.amount) for p in earning.reader.distribution_parts(COLLECTIVE)] == [
            (2025, "reserve", 125_000),
            (2025, "members", 500_000),
        ]

    def test_the_new_years_income_is_not_for_it(self, earning: Village):
        shut(earning)
        earning.posted("2026-01-05", "收租金", "借 101 900; 贷 501 900")
        with pytest.raises(VoucherError, match=r"可分配的只有 11,000.00"):
            decide(earning, SPRING, members=1_100_001)

    def test_the_year_is_carried_forward_first(self, earning: Village):
        with pytest.raises(PeriodError, match="2025年还没有年终结转"):
            decide(earning, SPRING, members=100)


class TestALoss:
    @pytest.fixture
    def losing(self, village: Village) -> Village:
        """A loss of 2,000.00 with 1,500.00 in the reserve."""
        village.open_with("借 101 9000", "贷 301 7500", "贷 311 1500")
        village.posted("2025-05-08", "付水费", "借 513 2000; 贷 101 2000")
        return village

    def test_the_reserve_covers_it(self, losing: Village):
        made = decide(losing, WINTER, loss=150_000)
        assert lines(made[0]) == [("311", 150_000, 0), ("32202", 0, 150_000)]

    def test_not_more_than_the_reserve(self, losing: Village):
        with pytest.raises(VoucherError, match=r"弥补亏损 1,600.00，公积公益金只有 1,500.00"):
            decide(losing, WINTER, loss=160_000)

    def test_not_more_than_the_loss(self, losing: Village):
        with pytest.raises(VoucherError, match=r"弥补亏损 2,000.01，要弥补的亏损只有 2,000.00"):
            decide(losing, WINTER, loss=200_001)

    def test_nothing_is_given_away_before(self, losing: Village):
        with pytest.raises(VoucherError, match=r"可分配的只有 0.00"):
            decide(losing, WINTER, loss=150_000, members=1)

    def test_the_reserve_is_taken_of_what_earlier_losses_leave(self, village: Village):
        village.open_with("借 101 4000", "贷 301 5000", "借 32202 1000")
        village.posted("2025-03-08", "收租金", "借 101 3000; 贷 501 3000")
        assert lines(decide(village, WINTER, reserve_percent=Decimal(10))[0])[0] == ("3220101", 20_000, 0)


class TestRefusals:
    def test_the_committee_distributes_nothing(self, earning: Village):
        with pytest.raises(LedgerError, match="没有收益分配"):
            decide(earning, WINTER, ledger=COMMITTEE, members=100)

    def test_a_resolution_a_sum_and_a_receiver(self, earning: Village):
        with pytest.raises(VoucherError, match="要有决议"):
            decide(earning, WINTER, resolution=" ", members=100)
        with pytest.raises(VoucherError, match="没有写要分配的金额"):
            decide(earning, WINTER)
        with pytest.raises(VoucherError, match="不能是负数"):
            decide(earning, WINTER, members=-100)
        with pytest.raises(VoucherError, match="分给谁"):
            decide(earning, WINTER, other=100)

    def test_a_closed_december(self, earning: Village):
        close_through(earning, 12)
        with pytest.raises(PeriodError, match="2025年12月已结账"):
            decide(earning, WINTER, members=100)

    def test_a_reversed_one_can_be_decided_again(self, earning: Village):
        made = decide(earning, WINTER, reserve=100_000, members=1_000_000)
        earning.review(*made)
        earning.post(*made)
        back = earning.reverse(made[1], "2025-12-29")
        earning.review(back)
        earning.post(back)
        decide(earning, "2025-12-30", members=1_000_000)

    def test_a_deleted_voucher_takes_its_record_along(self, earning: Village):
        made = decide(earning, WINTER, reserve=100_000)
        earning.delete_last(made[0])
        assert earning.reader.distribution_parts(COLLECTIVE) == []

    def test_december_closes_with_it(self, earning: Village):
        made = decide(earning, WINTER, reserve=100_000)
        earning.review(*made)
        earning.post(*made)
        close_through(earning, 11)
        close(earning, Month(2025, 12))
