"""收益分红: the gates one by one, the booking by holder, paying out, what came back, and what the books agree with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, WANG
from tests.dividend_village import RECORD, RESOLVED, SPRING, DividendVillage
from tests.services.months import close, lines
from village_ledger.domain.dividend import Method
from village_ledger.domain.errors import DividendError, LedgerError
from village_ledger.domain.period import Month, Span, parse_day
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.dividends import dividends
from village_ledger.services.dividends.dividend_payments import Paying, Result, dues, record_results
from village_ledger.services.entry import corrections
from village_ledger.services.entry.vouchers import void
from village_ledger.storage.people.records import Dividend


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[DividendVillage]:
    with DividendVillage.found(tmp_path) as village:
        village.earn()
        yield village


@pytest.fixture
def village(bare: DividendVillage) -> DividendVillage:
    """The year closed, the estate inherited, the assembly's vote there."""
    bare.hold()
    bare.bequeath()
    bare.shut()
    bare.resolve()
    return bare


class TestTheWorkedExample:
    def test_by_holder_to_the_fen(self, village: DividendVillage):
        dividend = village.give()
        booked = village.reader.vouchers_by_id(dividend.voucher_ids)
        assert [(x.counterparty, x.credit) for x in booked[0].voucher.lines[1:]] == [
            ("001/M01", 888_889),
            ("002/M02", 888_889),
            ("004/M04", 888_889),
            ("005/M05", 888_889),
            ("006/M06", 1_185_155),
            ("007/M07", 1_777_777),
        ]
        assert [(x.counterparty, x.credit) for x in booked[1].voucher.lines[1:]] == [("008/N01", 296_267)]
        assert {x.account for v in booked for x in v.voucher.lines} == {"3220102", "113", "3220103", "211"}

    def test_members_and_outsiders_and_what_stays_are_the_pool(self, village: DividendVillage):
        seen = village.look()
        assert (seen.members, seen.outsiders, seen.collective) == (6_518_488, 296_267, 2_074_133)
        assert seen.members + seen.outsiders + seen.collective == 8_888_888
        assert seen.ok

    def test_a_look_writes_nothing(self, village: DividendVillage):
        village.look()
        assert village.reader.dividends(COLLECTIVE) == []
        assert village.reader.unposted_ids(COLLECTIVE) == []

    def test_it_counts_as_given_away(self, village: DividendVillage):
        village.give()
        there = village.look("1").there
        assert there is not None
        assert there.available == 10_000_000 - 6_518_488 - 296_267

    def test_it_wants_review_and_posting(self, village: DividendVillage):
        dividend = village.give()
        assert set(dividend.voucher_ids) == set(village.reader.unposted_ids(COLLECTIVE))
        village.into_the_books()
        assert village.verify() == []

    def test_the_organisations_part_may_go_to_the_reserve(self, village: DividendVillage):
        from village_ledger.services.shares.share_charter import set_value

        with village.act() as uow:
            set_value(uow, "collective_part", "reserve")
        dividend = village.give()
        reserve = village.reader.voucher(dividend.voucher_ids[2])
        assert lines(reserve) == [("3220101", 2_074_133, 0), ("311", 0, 2_074_133)]
        village.into_the_books()
        assert village.verify() == []

    def test_the_charter_may_leave_the_organisation_out(self, village: DividendVillage):
        from village_ledger.services.shares.share_charter import set_value

        with village.act() as uow:
            set_value(uow, "collective_dividend", "no")
        seen = village.look()
        assert (seen.collective, seen.members + seen.outsiders) == (0, 8_888_888)

    def test_parts_of_a_fen_stay_where_they_are(self, village: DividendVillage):
        dividend = village.give(method=Method.FLOOR)
        assert (dividend.asked, dividend.amount) == (8_888_888, 8_888_883)
        village.into_the_books()
        assert village.verify() == []

    def test_a_household_is_given_the_sum_of_its_lines(self, village: DividendVillage):
        parts = dividends.household_parts(village.reader, village.look())
        assert [(x.code, x.amount) for x in parts][:2] == [("001", 888_889), ("002", 888_889)]
        assert sum(x.amount for x in parts) == 6_518_488 + 296_267

    def test_an_estate_is_booked_as_owed_outside_the_members(self, bare: DividendVillage):
        bare.hold()
        bare.shut()
        bare.resolve()
        dividend = bare.give()
        kinds = {x.key: x.kind for x in bare.reader.dividend_lines(dividend.id)}
        assert (kinds["003/M03"], kinds["001/M01"], kinds["集体"]) == ("estate", "member", "collective")
        assert [x.counterparty for x in bare.reader.voucher(dividend.voucher_ids[1]).voucher.lines[1:]] == [
            "003/M03"
        ]


class TestTheGates:
    def test_above_the_distributable_amount_of_the_closed_year(self, village: DividendVillage):
        said = village.refuses(amount="100000.01")
        assert "要分 100,000.01，2025年度可分配的有 100,000.00（规则 D2" in said
        village.give("100000")

    def test_above_the_draft_of_december(self, bare: DividendVillage):
        bare.hold()
        bare.resolve(day="2025-12-20", published="2025-12-01")
        said = bare.refuses(amount="100000.01", day="2025-12-28", record="2025-12-20")
        assert "可分配的有 100,000.00" in said
        bare.give("100000", day="2025-12-28", record="2025-12-20")

    def test_the_year_is_not_closed(self, bare: DividendVillage):
        bare.hold()
        bare.resolve()
        assert "2025年还没有年终结转" in bare.refuses()
        assert "2025-11-28 还不能分配2025年度的收益" in bare.refuses(day="2025-11-28", record="2025-11-01")

    def test_a_loss_is_covered_first(self, bare: DividendVillage):
        bare.hold()
        bare.posted("2025-05-08", "修路", "借 514 200000; 贷 211@施工队 200000")
        bare.shut()
        bare.resolve()
        assert "还有亏损 100,000.00 没有弥补（规则 D2" in bare.refuses(amount="1")

    def test_a_record_date_after_the_day(self, village: DividendVillage):
        assert "登记日 2026-03-21，分红日 2026-03-20（规则 D3" in village.refuses(record="2026-03-21")

    def test_no_shares(self, bare: DividendVillage):
        bare.shut()
        bare.resolve()
        assert "2025-12-31 没有成员或其他持有人的份额（规则 D4" in bare.refuses()
        assert bare.look().shared.portions == ()

    def test_no_shares_yet_on_the_record_date(self, village: DividendVillage):
        assert "没有成员或其他持有人的份额" in village.refuses(record="2025-01-09")

    def test_a_pool_too_small_for_anybody(self, village: DividendVillage):
        assert "分不到一分钱" in village.refuses(amount="0.01")

    def test_no_resolution(self, village: DividendVillage):
        assert "没有登记过决议“没有”（规则 D5" in village.refuses(resolution="没有")

    def test_the_board_cannot_decide_it(self, village: DividendVillage):
        village.resolve("理事会1号", body="board", votes=(5, 5, 5))
        assert "决议 理事会1号 是理事会作出的（规则 D5" in village.refuses(resolution="理事会1号")

    def test_a_vote_below_the_threshold(self, village: DividendVillage):
        village.resolve("少数", votes=(186, 148, 60))
        assert "决议 少数 没有通过" in village.refuses(resolution="少数")

    def test_a_vote_after_the_day(self, village: DividendVillage):
        village.resolve("以后", day="2026-03-21")
        assert "晚于分红日" in village.refuses(resolution="以后")

    def test_not_published(self, village: DividendVillage):
        village.resolve("没公示", published="")
        assert "决议 没公示 没有写公示的起日（规则 D6" in village.refuses(resolution="没公示")

    def test_published_nine_days(self, village: DividendVillage):
        village.resolve("九天", published="2026-03-01")
        assert "相隔 9 日（规则 D6" in village.refuses(resolution="九天")
        village.resolve("十天", published="2026-02-28")
        village.give(resolution="十天")

    def test_twice(self, village: DividendVillage):
        village.give("1000")
        assert "2025年度已在 2026-03-20 分过红 1,000.00" in village.refuses(amount="1000")

    def test_again_once_the_first_is_void(self, village: DividendVillage):
        first = village.give("1000")
        for voucher_id in first.voucher_ids:
            with village.act() as uow:
                void(uow, voucher_id, "算错了")
        assert not village.reader.dividend(COLLECTIVE, first.id).live
        assert village.reader.used_record_date(COLLECTIVE) is None
        village.give("2000")

    def test_nothing_is_no_dividend(self, village: DividendVillage):
        assert "分红的金额要大于零" in village.refuses(amount="0")

    def test_the_committee_has_none(self, village: DividendVillage):
        asked = (2025, 100, parse_day(RECORD), parse_day(SPRING), RESOLVED)
        with pytest.raises(LedgerError, match="没有收益分配"):
            dividends.preview(village.reader, "committee", *asked)


class TestTheRecordDate:
    def test_no_share_event_on_or_before_it(self, village: DividendVillage):
        village.give()
        assert village.reader.used_record_date(COLLECTIVE) == parse_day(RECORD)
        with pytest.raises(LedgerError):
            village.share("transfer", RECORD, "001/M01", "002/M02", "10")

    def test_a_later_event_changes_nothing(self, village: DividendVillage):
        dividend = village.give()
        village.share("transfer", "2026-03-21", "001/M01", "002/M02", "10")
        assert village.look("1").last_event == dividend.last_event + 1
        assert village.verify() == []


class TestPaying:
    @pytest.fixture
    def dividend(self, village: DividendVillage) -> Dividend:
        made = village.give()
        village.into_the_books()
        return made

    def test_a_batch_through_the_bank_is_one_voucher(self, village: DividendVillage, dividend: Dividend):
        owed = dues(village.reader, dividend, parse_day(SPRING))
        paid = village.pay(dividend, *(due.paying for due in owed))
        payments = village.reader.dividend_payments(dividend.id)
        assert len(paid) == 7
        assert {p.voucher_id for p in payments} == {payments[0].voucher_id}
        voucher = village.reader.voucher(payments[0].voucher_id).voucher
        assert (voucher.lines[-1].account, voucher.lines[-1].credit) == ("102", 6_518_488 + 296_267)
        village.into_the_books()
        assert village.owed(dividend) == {}
        assert village.balance("113") == village.balance("211") == 0
        assert village.verify() == []

    def test_in_part_and_the_rest_later(self, village: DividendVillage, dividend: Dividend):
        one = village.line(dividend, "001/M01")
        village.pay(dividend, Paying(one, 300_000))
        assert village.owed(dividend)["001/M01"] == 588_889
        village.pay(dividend, Paying(one, 588_889), day="2026-05-01")
        assert "001/M01" not in village.owed(dividend)

    def test_not_a_fen_more_than_is_owed(self, village: DividendVillage, dividend: Dividend):
        one = village.line(dividend, "001/M01")
        with pytest.raises(DividendError, match=r"001/M01 应领 8,888.89，还可以发 8,888.89，不能发 8,888.90"):
            village.pay(dividend, Paying(one, 888_890))
        with pytest.raises(DividendError, match=r"还可以发 888\.89"):
            village.pay(dividend, Paying(one, 800_000), Paying(one, 88_890))

    def test_nothing_and_nobody(self, village: DividendVillage, dividend: Dividend):
        with pytest.raises(DividendError, match="没有要发放的人"):
            village.pay(dividend)
        with pytest.raises(DividendError, match="要大于零"):
            village.pay(dividend, Paying(village.line(dividend, "001/M01"), 0))
        with pytest.raises(DividendError, match="没有第 99 行"):
            village.pay(dividend, Paying(99, 1))
        with pytest.raises(DividendError, match="明细里没有第"):
            village.pay(dividend, Paying(village.line(dividend, "集体"), 1))

    def test_whoever_takes_it_for_the_holder_is_named_with_the_relation(
        self, village: DividendVillage, dividend: Dividend
    ):
        one = village.line(dividend, "001/M01")
        with pytest.raises(DividendError, match="代领人 张三 和持有人是什么关系没有写"):
            village.pay(dividend, Paying(one, 100, "张三"), method="cash")
        village.pay(dividend, Paying(one, 100, "张三", "女婿"), method="cash")
        (payment,) = village.reader.dividend_payments(dividend.id)
        assert (payment.receiver, payment.relation, payment.method) == ("张三", "女婿", "cash")

    def test_not_before_the_dividend_is_posted(self, village: DividendVillage):
        dividend = village.give()
        with pytest.raises(DividendError, match="还没有记账"):
            village.pay(dividend, Paying(1, 1))

    def test_not_before_the_day_of_the_dividend(self, village: DividendVillage, dividend: Dividend):
        with pytest.raises(DividendError, match="2026-03-19 还没有分红"):
            village.pay(dividend, Paying(1, 1), day="2026-03-19")

    def test_what_the_bank_sent_back_is_owed_again(self, village: DividendVillage, dividend: Dividend):
        one = village.line(dividend, "001/M01")
        (paid,) = village.pay(dividend, Paying(one, 888_889))
        village.into_the_books()
        with village.act() as uow:
            back = [Result(paid, "failed", "账号不符")]
            record_results(uow, COLLECTIVE, dividend.id, parse_day("2026-03-28"), back)
        village.into_the_books()
        due = next(x for x in dues(village.reader, dividend, parse_day("2026-03-28")) if x.line.line == one)
        assert (due.amount, due.returned) == (888_889, "账号不符")
        assert (
            village.reader.party_balance_before(COLLECTIVE, "113", "001/M01", parse_day("2026-04-01"))
            == -888_889
        )
        assert village.check("K32").verdict is Verdict.PASS
        assert village.verify() == []
        with village.act() as uow, pytest.raises(DividendError, match="已经退回或作废"):
            record_results(uow, COLLECTIVE, dividend.id, parse_day("2026-03-29"), [Result(paid, "done")])

    def test_results_are_of_bank_payments(self, village: DividendVillage, dividend: Dividend):
        (paid,) = village.pay(dividend, Paying(village.line(dividend, "001/M01"), 5), method="cash")
        for result, said in (
            (Result(paid, "done"), "没有第"),
            (Result(99, "done"), "没有第 99 笔银行代发"),
            (Result(paid, "好"), "银行的结果不能是"),
        ):
            with village.act() as uow, pytest.raises(DividendError, match=said):
                record_results(uow, COLLECTIVE, dividend.id, parse_day("2026-03-28"), [result])

    def test_done_is_done(self, village: DividendVillage, dividend: Dividend):
        (paid,) = village.pay(dividend, Paying(village.line(dividend, "001/M01"), 5))
        with village.act() as uow:
            record_results(uow, COLLECTIVE, dividend.id, parse_day("2026-03-28"), [Result(paid, "done")])
        assert [p.result for p in village.reader.dividend_payments(dividend.id)] == ["done"]

    def test_a_payment_voided_is_owed_again(self, village: DividendVillage, dividend: Dividend):
        village.pay(dividend, Paying(village.line(dividend, "001/M01"), 888_889))
        (payment,) = village.reader.dividend_payments(dividend.id)
        with village.act() as uow:
            void(uow, payment.voucher_id, "日期错了")
        assert village.owed(dividend)["001/M01"] == 888_889

    def test_a_dividend_paid_out_is_not_undone(self, village: DividendVillage, dividend: Dividend):
        village.pay(dividend, Paying(village.line(dividend, "001/M01"), 888_889))
        booked = village.reader.voucher(dividend.voucher_ids[0])
        with village.act() as uow, pytest.raises(LedgerError, match="已经发放过"):
            corrections.reverse(uow, COLLECTIVE, booked.ref, parse_day("2026-03-30"), "重分")


class TestEstatesAndPledges:
    def test_an_estate_is_paid_once_it_is_inherited(self, bare: DividendVillage):
        bare.hold()
        bare.shut()
        bare.resolve()
        dividend = bare.give()
        bare.into_the_books()
        one = bare.line(dividend, "003/M03")
        with pytest.raises(DividendError, match=r"003/M03：M03 2025-02-01 去世，份额还没有办继承（规则 I14"):
            bare.pay(dividend, Paying(one, 100))
        bare.bequeath("2026-04-01")
        with pytest.raises(DividendError, match="没有写谁来领"):
            bare.pay(dividend, Paying(one, 100), day="2026-04-02")
        bare.pay(dividend, Paying(one, 100, "N01", "儿子"), day="2026-04-02")

    def test_the_creditor_of_a_pledge_with_its_dividend(self, bare: DividendVillage):
        bare.hold()
        bare.bequeath()
        bare.share("pledge", "2025-07-01", "002/M02", "", "50", party="农商行", dividend_to="creditor")
        bare.shut()
        bare.resolve()
        dividend = bare.give()
        bare.into_the_books()
        one = bare.line(dividend, "002/M02")
        both = [
            (x.creditor, x.amount)
            for x in dues(bare.reader, dividend, parse_day(SPRING))
            if x.line.line == one
        ]
        assert both == [("农商行", 444_444), ("", 444_445)]
        with pytest.raises(DividendError, match=r"质押给 农商行 的部分归质权人，还可以发 4,444.45"):
            bare.pay(dividend, Paying(one, 444_446))
        bare.pay(dividend, Paying(one, 444_445), Paying(one, 444_444, "农商行", "质权人"))
        assert "002/M02" not in bare.owed(dividend)


class TestTheBooksAgree:
    def test_the_statement_and_the_list(self, village: DividendVillage):
        village.give()
        assert village.reader.member_dividends(COLLECTIVE, Span.of_year(2026)) is None
        village.into_the_books()
        assert village.reader.member_dividends(COLLECTIVE, Span.of_year(2026)) == 6_518_488
        assert village.reader.member_dividends(COLLECTIVE, Span.of_year(2025)) is None

    def test_k32_names_whose_balance_is_another(self, village: DividendVillage):
        dividend = village.give()
        village.into_the_books()
        assert village.check("K32").verdict is Verdict.PASS
        village.posted("2026-03-26", "付分红", "借 113@001/M01 8888.89; 贷 102 8888.89")
        found = village.check("K32")
        assert found.verdict is Verdict.WARN
        assert "001/M01" in found.evidence[0]
        assert dividend.live

    def test_no_line_where_there_is_no_dividend(self, bare: DividendVillage):
        assert [
            x for x in check_list(bare.reader, COLLECTIVE, Month.parse("2025-03")) if x.rule == "K32"
        ] == []


def test_whoever_enters_it_is_named_and_earlier_months_still_close(village: DividendVillage):
    dividend = village.give()
    assert village.reader.voucher(dividend.voucher_ids[0]).prepared_by == WANG
    close(village, Month.parse("2026-01"))
