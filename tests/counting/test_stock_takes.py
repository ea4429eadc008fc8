"""清产核资 from registration to confirmation: each step, each refusal, what the vouchers say."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, ZHAO, Village
from tests.counting.counting_village import (
    ADJUST,
    DAY,
    PEOPLE,
    adjusted,
    agreed,
    approved,
    assembly,
    begun,
    counted,
    entered,
    named,
    now,
)
from village_ledger.domain.errors import DutyError, StockTakeError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.stock_take import BookLine, Count, CountLine, Persons
from village_ledger.services.bank import cash_counts
from village_ledger.services.book import accounts
from village_ledger.services.check_item import Verdict
from village_ledger.services.counting import adjustments, confirmation, stock_takes
from village_ledger.services.counting.counting_check import check_items


def test_the_books_fill_every_sheet(village: Village) -> None:
    view = begun(village)
    by_sheet = {(line.book.sheet, line.book.name): line.book for line in view.lines}
    assert by_sheet["01", "库存现金"].value == 180000
    assert by_sheet["04", "库存物资—稻谷"].quantity == 500000
    assert (by_sheet["04", "库存物资—稻谷"].unit, by_sheet["04", "库存物资—稻谷"].value) == ("公斤", 150000)
    house = by_sheet["08", "固定资产—村部办公楼"]
    assert (house.value, house.less, house.net, house.less_account) == (20000000, 4000000, 16000000, "15201")
    assert by_sheet["03", "张三"].value == 30000
    assert by_sheet["03", "张三"].text == "建账前"
    assert by_sheet["12", "李四"].value == 50000
    assert by_sheet["09", "通组路"].value == 500000
    assert by_sheet["18", "公积公益金"].value == 16950000
    assert by_sheet["18", "本年收支差额（未结转）"].value == 60000
    assert view.take.stage == "盘点"
    assert village.verify() == []


def test_assets_less_debts_are_what_is_owned(village: Village) -> None:
    lines = begun(village).lines
    assets = sum(line.book.net for line in lines if line.book.sheet <= "10")
    debts = sum(line.book.value for line in lines if "11" <= line.book.sheet <= "17")
    assert assets - debts == sum(line.book.value for line in lines if line.book.sheet == "18")


def test_a_sheet_of_the_committee_is_filled_by_its_own_codes(village: Village) -> None:
    village.open_with("借 1001 80", "借 1501 500", "贷 3101 80", "贷 3103 500", ledger=COMMITTEE)
    with village.act() as uow:
        stock_takes.begin(uow, COMMITTEE, DAY, PEOPLE)
        view = stock_takes.fill(uow, COMMITTEE, DAY).value
    assert {(line.book.sheet, line.book.account) for line in view.lines} == {
        ("01", "1001"),
        ("08", "1501"),
        ("18", "3101"),
        ("18", "3103"),
    }


def test_livestock_and_trees_stand_on_two_sheets(village: Village) -> None:
    with village.act() as uow:
        for parent, name in (("132", "母猪"), ("132", "果树"), ("133", "母猪"), ("133", "果树")):
            accounts.add(uow, COLLECTIVE, parent, name)
    village.posted("2025-04-01", "购母猪和果树", "借 13201 100; 借 13202 200; 贷 101 300")
    village.posted("2025-05-31", "计提折旧", "借 511 15; 贷 13301 10; 贷 13302 5")
    lines = {line.book.account: line.book for line in begun(village).lines}
    assert (lines["13201"].sheet, lines["13201"].less) == ("05", 1000)
    assert (lines["13202"].sheet, lines["13202"].less) == ("06", 500)


def test_a_count_of_the_cash_box_fills_its_line(village: Village) -> None:

    with village.act() as uow:
        cash_counts.count(uow, COLLECTIVE, "101", DAY, {}, 179000, "找零差错")
    line = named(begun(village), "库存现金")
    assert line.count is not None
    assert (line.count.value, line.count.treatment, line.count.cause) == (179000, ADJUST, "找零差错")


def test_shortage_and_surplus_become_vouchers_once_approved(village: Village) -> None:
    adjusted(village)
    assert village.balance("12101") == 156000
    assert village.balance("15102") == 0
    assert village.balance("15202") == 0
    assert village.balance("181") == 0
    assert village.balance("504") == -6000
    assert village.balance("515") == 200000
    view = now(village)
    assert [(one.sheet, one.stage) for one in view.vouchers] == [
        ("04", "found"),
        ("04", "settled"),
        ("08", "found"),
        ("08", "settled"),
    ]
    assert village.reader.stock_take_of_voucher(view.vouchers[0].id) == "2025-12-31"
    assert village.verify() == []


def test_the_one_who_answers_for_a_loss_owes_it(village: Village) -> None:
    begun(village)
    entered(
        village,
        ("抽水机", Count(0, cause="保管不善", treatment=ADJUST, account="113", party="张三")),
    )
    with village.act() as uow:
        stock_takes.agree(uow, COLLECTIVE, DAY)
        confirmation.finish(uow, COLLECTIVE, DAY)
        confirmation.approve(uow, COLLECTIVE, DAY, "青村决〔2026〕1号", date(2026, 1, 10))
        settled = adjustments.adjust(uow, COLLECTIVE, DAY).value[1]
    assert next((x.account, x.counterparty, x.debit) for x in settled.voucher.lines) == (
        "113",
        "张三",
        200000,
    )


def test_a_claim_that_cannot_be_had_goes_to_expense(village: Village) -> None:
    begun(village)
    entered(village, ("张三", Count(0, cause="去世无遗产", treatment=ADJUST)))
    entered(village, ("李四", Count(0, cause="债权人放弃", treatment=ADJUST)))
    with village.act() as uow:
        stock_takes.agree(uow, COLLECTIVE, DAY)
        confirmation.finish(uow, COLLECTIVE, DAY)
        confirmation.approve(uow, COLLECTIVE, DAY, "青村决〔2026〕1号", date(2026, 1, 10))
        claims, debts = adjustments.adjust(uow, COLLECTIVE, DAY).value
    assert [(x.account, x.debit, x.credit) for x in claims.voucher.lines] == [
        ("515", 30000, 0),
        ("113", 0, 30000),
    ]
    assert [(x.account, x.debit, x.credit) for x in debts.voucher.lines] == [
        ("113", 50000, 0),
        ("504", 0, 50000),
    ]


def test_part_of_a_thing_takes_its_share_of_depreciation(village: Village) -> None:
    line = CountLine(
        1, BookLine("08", "15102", name="抽水机", value=300000, less=100000), count=Count(200000)
    )
    assert (line.shortage, line.less_gone) == (100000, 33333)


def test_what_is_not_in_the_books_is_taken_in(village: Village) -> None:
    begun(village)
    with village.act() as uow:
        extra = BookLine("08", "15102", name="捐赠的音响", unit="套")
        line = stock_takes.add_found(
            uow, COLLECTIVE, DAY, extra, Count(80000, 1000, "捐赠没有入账", ADJUST, usage="own")
        ).value
        stock_takes.agree(uow, COLLECTIVE, DAY)
        confirmation.finish(uow, COLLECTIVE, DAY)
        confirmation.approve(uow, COLLECTIVE, DAY, "青村决〔2026〕1号", date(2026, 1, 10))
        made = adjustments.adjust(uow, COLLECTIVE, DAY).value
    assert (line.found, line.surplus, line.book.code) == (True, 80000, "账外01")
    assert next((x.account, x.debit) for x in made[0].voucher.lines) == ("15102", 80000)
    assert village.verify() == []


def test_the_result_is_published_and_confirmed_and_stands_beside_next_year(village: Village) -> None:
    adjusted(village)
    assembly(village, "青村股会〔2026〕1号", date(2026, 3, 1))
    with village.act() as uow:
        confirmation.publish(uow, COLLECTIVE, DAY, date(2026, 2, 1), "村务公开栏")
        done = confirmation.confirm(uow, COLLECTIVE, DAY, "青村股会〔2026〕1号", date(2026, 3, 1)).value
        assert done.take.stage == "确认"
        stock_takes.begin(uow, COLLECTIVE, date(2026, 12, 31), PEOPLE)
        later = stock_takes.fill(uow, COLLECTIVE, date(2026, 12, 31)).value
    assert named(later, "稻谷").last == 156000
    assert village.verify() == []


def test_a_filled_sheet_goes_back_and_is_filled_again_with_its_counts(village: Village) -> None:
    counted(village)
    with village.act() as uow:
        confirmation.back(uow, COLLECTIVE, DAY, "补记凭证")
    village.posted("2025-12-30", "收现金", "借 101 5; 贷 501 5")
    assert [line.name for line in now(village).changed] == ["库存现金", "本年收支差额（未结转）"]
    with village.act() as uow:
        again = stock_takes.fill(uow, COLLECTIVE, DAY).value
    assert again.changed == ()
    pump = named(again, "抽水机")
    assert pump.count is not None
    assert pump.count.cause == "丢失"


def test_refusals(village: Village) -> None:
    view = begun(village)
    with pytest.raises(StockTakeError, match="登记过"), village.act() as uow:
        stock_takes.begin(uow, COLLECTIVE, DAY, PEOPLE)
    with pytest.raises(StockTakeError, match="监督人 王秀英 不能自己清查"), village.act() as uow:
        stock_takes.begin(uow, COLLECTIVE, date(2025, 11, 30), Persons("甲", "王秀英、乙", "王秀英"))
    with pytest.raises(StockTakeError, match="负责人、清查人和监督人"), village.act() as uow:
        stock_takes.begin(uow, COLLECTIVE, date(2025, 11, 30), Persons("甲", "乙", ""))
    with pytest.raises(StockTakeError, match="没有第 99 行"), village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(99, Count(1))])
    pump = named(view, "抽水机").number
    with pytest.raises(StockTakeError, match="点到的数是负数"), village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(pump, Count(-1))])
    with pytest.raises(StockTakeError, match="点到的数是负数"), village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(pump, Count(1, -1))])
    with pytest.raises(StockTakeError, match="还有 9 行没有盘点"), village.act() as uow:
        confirmation.finish(uow, COLLECTIVE, DAY)
    fund = named(view, "公积公益金").number
    with pytest.raises(StockTakeError, match="不能由清查直接调账"), village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(fund, Count(1, cause="不清", treatment=ADJUST))])
    with pytest.raises(StockTakeError, match="不在固定资产清查表"), village.act() as uow:
        stock_takes.add_found(uow, COLLECTIVE, DAY, BookLine("08", "101", name="音响"), Count(1))


def test_a_difference_wants_a_cause_and_a_treatment(village: Village) -> None:
    begun(village)
    entered(village, ("抽水机", Count(0)))
    agreed(village)
    with pytest.raises(StockTakeError, match="1 处差异没有写原因或处理意见：08号表"), village.act() as uow:
        confirmation.finish(uow, COLLECTIVE, DAY)


def test_books_that_changed_since_end_no_counting(village: Village) -> None:
    begun(village)
    village.posted("2025-12-30", "收现金", "借 101 5; 贷 501 5")
    agreed(village)
    with pytest.raises(StockTakeError, match="填表以后账变了 2 行：库存现金"), village.act() as uow:
        confirmation.finish(uow, COLLECTIVE, DAY)


def test_nothing_out_of_order(village: Village) -> None:
    with village.act() as uow:
        stock_takes.begin(uow, COLLECTIVE, DAY, PEOPLE)
    with pytest.raises(StockTakeError, match="还没有从账上填"), village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(1, Count(1))])
    with pytest.raises(StockTakeError, match=r"不能做“审批”.*要先盘点完毕"), village.act() as uow:
        confirmation.approve(uow, COLLECTIVE, DAY, "1号", DAY)
    with pytest.raises(StockTakeError, match=r"不能做“调整”.*要先审批"), village.act() as uow:
        adjustments.adjust(uow, COLLECTIVE, DAY)
    with pytest.raises(StockTakeError, match="不能做“确认”"), village.act() as uow:
        confirmation.confirm(uow, COLLECTIVE, DAY, "1号", DAY)


def test_counting_that_ended_takes_no_more(village: Village) -> None:
    counted(village)
    with pytest.raises(StockTakeError, match="盘点已经结束"), village.act() as uow:
        stock_takes.enter(uow, COLLECTIVE, DAY, [(1, Count(1))])
    with pytest.raises(StockTakeError, match="退回盘点要写明原因"), village.act() as uow:
        confirmation.back(uow, COLLECTIVE, DAY, " ")


def test_adjusting_twice_is_refused_and_a_void_frees_its_sheet(village: Village) -> None:
    approved(village)
    with village.act() as uow:
        made = adjustments.adjust(uow, COLLECTIVE, DAY).value
    with pytest.raises(StockTakeError, match="已经调整过"), village.act() as uow:
        adjustments.adjust(uow, COLLECTIVE, DAY)
    village.void(made[3])
    with village.act() as uow:
        again = adjustments.adjust(uow, COLLECTIVE, DAY).value
    assert [x.account for v in again for x in v.voucher.lines] == ["515", "181"]


def test_a_month_that_is_closed_wants_another_day(village: Village) -> None:
    approved(village)
    village.close_month("2025-12")
    with pytest.raises(StockTakeError, match="2025年12月已经结账"), village.act() as uow:
        adjustments.adjust(uow, COLLECTIVE, DAY)
    with village.act() as uow:
        made = adjustments.adjust(uow, COLLECTIVE, DAY, date(2026, 1, 12)).value
    assert made[0].voucher.day == date(2026, 1, 12)


def test_only_the_assembly_confirms_after_publication(village: Village) -> None:
    refs = adjusted(village)
    assert len(refs) == 4
    assembly(village, "青村股会〔2026〕1号", date(2026, 1, 20))
    assembly(village, "青村理〔2026〕2号", date(2026, 3, 1), "board")
    with village.act() as uow:
        confirmation.publish(uow, COLLECTIVE, DAY, date(2026, 2, 1), "村务公开栏")
    with pytest.raises(StockTakeError, match="2026-02-01 才公示"), village.act() as uow:
        confirmation.confirm(uow, COLLECTIVE, DAY, "青村股会〔2026〕1号", date(2026, 3, 1))
    with pytest.raises(StockTakeError, match=r"不是成员（代表）大会作出的"), village.act() as uow:
        confirmation.confirm(uow, COLLECTIVE, DAY, "青村理〔2026〕2号", date(2026, 3, 1))
    assembly(village, "青村股会〔2026〕9号", date(2026, 3, 1), votes=(100, 90, 20))
    with pytest.raises(VoucherError, match="没有通过"), village.act() as uow:
        confirmation.confirm(uow, COLLECTIVE, DAY, "青村股会〔2026〕9号", date(2026, 3, 1))
    with pytest.raises(VoucherError, match="没有登记过决议"), village.act() as uow:
        confirmation.confirm(uow, COLLECTIVE, DAY, "没有的", date(2026, 3, 1))


def test_vouchers_wait_to_be_posted_before_it_is_confirmed(village: Village) -> None:
    approved(village)
    assembly(village, "青村股会〔2026〕1号", date(2026, 3, 1))
    with village.act() as uow:
        adjustments.adjust(uow, COLLECTIVE, DAY)
        confirmation.publish(uow, COLLECTIVE, DAY, date(2026, 2, 1), "村务公开栏")
    with pytest.raises(StockTakeError, match="还没有记账"), village.act() as uow:
        confirmation.confirm(uow, COLLECTIVE, DAY, "青村股会〔2026〕1号", date(2026, 3, 1))


def test_duties(village: Village) -> None:
    village.hire_four()
    with pytest.raises(DutyError), village.act(ZHAO) as uow:
        stock_takes.begin(uow, COLLECTIVE, DAY, PEOPLE)
    with village.act(WANG) as uow:
        stock_takes.begin(uow, COLLECTIVE, DAY, PEOPLE)
        stock_takes.fill(uow, COLLECTIVE, DAY)
        stock_takes.agree(uow, COLLECTIVE, DAY)
        confirmation.finish(uow, COLLECTIVE, DAY)
    with village.act(LI) as uow:
        confirmation.approve(uow, COLLECTIVE, DAY, "1号", date(2026, 1, 10))


def test_k41(village: Village) -> None:
    december, january = Month(2025, 12), Month(2026, 1)
    (item,) = check_items(village.reader, COLLECTIVE, december)
    assert (item.verdict, item.text) == (Verdict.WARN, "2025年末还没有清产核资。")
    counted(village)
    (item,) = check_items(village.reader, COLLECTIVE, december)
    assert "停在“差异”" in item.text
    (item,) = check_items(village.reader, COLLECTIVE, january)
    assert "2026-03-31 以前要上报" in item.text
    assert check_items(village.reader, COLLECTIVE, Month(2025, 7)) == []
    with village.act() as uow:
        confirmation.approve(uow, COLLECTIVE, DAY, "1号", date(2026, 1, 10))
        adjustments.adjust(uow, COLLECTIVE, DAY)
    (item,) = check_items(village.reader, COLLECTIVE, december)
    assert item.verdict is Verdict.PASS
