"""A month's depreciation: one voucher, by use, once; void, deleted and reversed ones free the month again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.assets.asset_village import TRACTOR, AssetVillage, a_card
from tests.builders import COMMITTEE, Village, draft, line
from village_ledger.domain.asset import AssetKind, Facts, Method, Use
from village_ledger.domain.errors import AssetError, ImportRefused, LedgerError, PeriodError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherKind, VoucherState
from village_ledger.services.assets import cards, movements, usage
from village_ledger.services.assets.depreciation import due


def test_a_month_is_one_voucher_dated_its_last_day_with_a_line_a_use(village: AssetVillage):
    village.register(a_card(), a_card("J010", opening=3_386_092))
    village.register(a_card("G001", kind=AssetKind.FIXED), use=Use.OFFICE)
    village.register(a_card("W001", opening=0, cost=86_000_000, salvage=0, months=240), use=Use.WELFARE)
    village.register(a_card("P001", kind=AssetKind.PRODUCTIVE, category="果树"))
    village.register(
        a_card(
            "S001", kind=AssetKind.INTANGIBLE, category="软件", salvage=0, opening=0, in_use=date(2025, 1, 1)
        ),
        use=Use.OFFICE,
    )  # fmt: skip  a card in one row
    first = village.charge("2025-01").value
    assert first is not None
    assert village.lines(first) == [
        ("511", 91_516, 0),
        ("511", 45_758, 0),
        ("513", 45_758, 0),
        ("514", 358_333, 0),
        ("133", 0, 45_758),
        ("152", 0, 495_607),
    ]
    assert (first.voucher.day, first.state, first.voucher.kind) == (
        date(2025, 1, 31),
        VoucherState.ENTERED,
        VoucherKind.GENERATED,
    )  # fmt: skip  three facts of one voucher
    second = village.charge("2025-02").value
    assert second is not None
    assert ("162", 0, 48_167) in village.lines(second)
    assert village.verify() == []


def test_a_second_run_is_refused_and_leaves_nothing(village: AssetVillage):
    village.register(a_card())
    village.charge("2025-01")
    with pytest.raises(AssetError, match=r"2025-01 的折旧已经提过（2025-01/记-0001）"):
        village.charge("2025-01")
    assert len(village.numbers("2025-01")) == 1


def test_months_are_charged_in_their_order_and_a_slip_is_told(village: AssetVillage):
    village.register(a_card())
    warned = village.charge("2025-03").warnings
    assert any("2025-01、2025-02 没有提折旧" in text for text in warned)
    with pytest.raises(AssetError, match="不能回头提 2025-02"):
        village.charge("2025-02")


def test_a_void_a_deleted_and_a_reversed_voucher_free_the_month(village: AssetVillage):
    village.register(a_card())
    voided = village.charge("2025-01").value
    assert voided is not None
    village.void(voided)
    again = village.charge("2025-01").value
    assert again is not None
    village.delete_last(again)
    posted = village.charged("2025-01")
    assert village.asset("J009").accumulated == 3_386_092 + 45_758
    red = village.reverse(posted, "2025-01-31")
    assert village.asset("J009").accumulated == 3_386_092
    village.review(red)
    village.post(red)
    village.charged("2025-01")
    assert village.balance("152") == -45_758
    assert village.verify() == []


def test_nothing_due_makes_no_voucher_and_says_so(village: AssetVillage):
    village.register(a_card(in_use=date(2025, 1, 10), opening=0))
    done = village.charge("2025-01")
    assert (done.value, done.warnings) == (None, ("2025-01 没有应提的折旧，没有做凭证。",))
    assert village.numbers("2025-01") == []
    assert village.charge("2025-02").value is not None


@pytest.mark.parametrize("month", ["2025-01", "2024-12", "2031-01"])
def test_a_month_that_takes_no_vouchers_is_not_charged(village: AssetVillage, month: str):
    village.register(a_card())
    village.close_month("2025-01")
    with pytest.raises(PeriodError):
        village.charge(month)


def test_the_closing_period_is_no_month_to_charge(village: AssetVillage):
    village.register(a_card())
    with pytest.raises(AssetError, match="年终结转期不提折旧"):
        village.charge("2025-13")


def test_a_voucher_made_from_cards_keeps_its_figures(village: AssetVillage):
    village.register(a_card())
    made = village.charge("2025-01").value
    assert made is not None
    other = draft("2025-01-31", "提折旧", "借 511 400; 贷 152 400", editing=made.id)
    with pytest.raises(VoucherError, match="是资产卡片做成的凭证"):
        village.save(other)
    same = replace(other, lines=[line("提一月折旧", "借 511 457.58"), line("提一月折旧", "贷 152 457.58")])
    assert village.save(same).value.voucher.lines[0].summary == "提一月折旧"


def test_another_use_bears_from_the_month_after(village: AssetVillage):
    village.register(a_card())
    with village.act() as uow:
        cards.say(
            uow, "collective", "J009", date(2025, 1, 15), Facts(Use.WELFARE, keeper="向小军"), "改作公益"
        )
    expense = {
        m: due(village.reader, "collective", Month.parse(m))[0].expense for m in ("2025-01", "2025-02")
    }
    assert expense == {"2025-01": "511", "2025-02": "514"}


def test_a_card_may_name_its_own_account(village: AssetVillage):
    village.register(a_card(), charge="401")
    made = village.charge("2025-01").value
    assert made is not None
    assert village.lines(made)[0] == ("401", 45_758, 0)
    with pytest.raises(AssetError, match="折旧不能记到 102"):
        village.register(a_card("J010"), charge="102")


def test_a_sub_account_for_depreciation_is_found_or_made(village: AssetVillage):
    village.add_account("511", "出租资产折旧维修")
    village.add_account("513", "办公费")
    village.register(a_card())
    village.register(a_card("G001"), use=Use.OFFICE)
    made = village.charge("2025-01").value
    assert made is not None
    chart = village.reader.chart("collective")
    assert [chart.get(code).name for code, debit, _ in village.lines(made) if debit] == [
        "出租资产折旧维修",
        "折旧费",
    ]


def test_the_committee_charges_by_its_own_chart(village: AssetVillage):
    village.register(a_card("B001"), use=Use.OFFICE, ledger=COMMITTEE)
    made = village.charge("2025-01", COMMITTEE).value
    assert made is not None
    assert village.lines(made) == [("5102", 45_758, 0), ("1502", 0, 45_758)]
    with pytest.raises(AssetError, match="没有无形资产的科目"):
        village.register(a_card("B002", kind=AssetKind.INTANGIBLE), ledger=COMMITTEE)


def test_work_of_the_month_takes_its_share_and_a_blank_month_is_told(village: AssetVillage):
    village.register(TRACTOR)
    village.work("J020", "2025-01", 100)
    first = village.charge("2025-01").value
    assert first is not None
    assert village.lines(first)[0] == ("511", 54_910, 0)
    village.register(a_card())
    assert any(
        "J020 拖拉机按工作量提折旧，2025-02 没有填工作量" in text
        for text in village.charge("2025-02").warnings
    )


@pytest.mark.parametrize(
    ("code", "month", "hours", "said"),
    [
        ("J020", "2025-02", 10_001, "超过了还剩的 10,000.000"),
        ("J020", "2025-02", -1, "小于零"),
        ("J020", "2024-12", 5, "2025-01-10 才启用"),
        ("J009", "2025-02", 5, "用年限平均法，不按工作量提折旧"),
        ("J999", "2025-02", 5, "没有编号为“J999”的资产"),
    ],
)
def test_work_that_cannot_be_is_refused(village: AssetVillage, code: str, month: str, hours: int, said: str):
    village.register(a_card(), TRACTOR)
    with pytest.raises(AssetError, match=said):
        village.work(code, month, hours)


def test_rows_of_work_are_taken_all_or_none_and_named(village: AssetVillage):
    village.register(a_card(), TRACTOR)
    rows = [
        (2, "J020", Month(2025, 1), 5000),
        (3, "J020", Month(2025, 1), 5000),
        (4, "J009", Month(2025, 1), 1),
    ]
    with village.act() as uow, pytest.raises(ImportRefused) as refused:
        usage.record_all(uow, "collective", rows)
    assert [text[:3] for text in refused.value.faults] == ["第3行", "第4行"]
    ids = village.reader.asset_ids("collective").values()
    assert not any(village.reader.asset_usage(one) for one in ids)


def test_work_of_a_charged_month_stays_and_of_an_open_one_may_be_put_right(village: AssetVillage):
    village.register(TRACTOR)
    village.work("J020", "2025-01", 100)
    village.work("J020", "2025-01", 50)
    village.charge("2025-01")
    with pytest.raises(AssetError, match="不能再改 2025-01"):
        village.work("J020", "2025-01", 60)


def test_a_drier_improved_spreads_what_is_left_over_what_is_left(village: AssetVillage):
    village.register(a_card())
    village.charge("2025-01")
    with village.act() as uow:
        movements.improve(
            uow, "collective", "J009", date(2025, 2, 10), 1_000_000, cards.OtherSide("101"), basis="决议2号"
        )
    assert [d.amount for d in due(village.reader, "collective", Month(2025, 2))] == [45_758]
    village.charge("2025-02")
    left = 5_780_000 + 1_000_000 - 289_000 - 3_386_092 - 2 * 45_758
    assert due(village.reader, "collective", Month(2025, 3))[0].amount == (2 * left + 44) // 88
    assert village.verify() == []


def test_other_months_and_a_loss_written_off(village: AssetVillage):
    village.register(a_card(), a_card("J010", opening=0, in_use=date(2024, 12, 1)))
    with village.act() as uow:
        movements.revise(
            uow, "collective", "J009", date(2025, 1, 5), movements.Estimate(months=10), basis="提前淘汰"
        )
        made = movements.impair(uow, "collective", "J010", date(2025, 1, 5), 1_000_000, basis="决议4号").value
    assert village.lines(made) == [("515", 1_000_000, 0), ("151", 0, 1_000_000)]
    village.charge("2025-01")
    rows = {d.code: d.amount for d in due(village.reader, "collective", Month(2025, 2))}
    assert rows["J009"] == (2 * (5_780_000 - 289_000 - 3_386_092 - 45_758) + 10) // 20
    left = 5_780_000 - 1_000_000 - 289_000 - 45_758
    assert rows["J010"] == (2 * left + 119) // (2 * 119)
    assert village.asset("J010").cost == 4_780_000


@pytest.mark.parametrize(
    ("amount", "said"), [(0, "减值 0.00 不在"), (2_104_909, "不在 0 和净值减残值 2,104,908")]
)
def test_a_loss_that_cannot_be_is_refused(village: AssetVillage, amount: int, said: str):
    village.register(a_card())
    said = said.replace("2,104,908", "21,049.08")
    with village.act() as uow, pytest.raises(AssetError, match=said):
        movements.impair(uow, "collective", "J009", date(2025, 1, 5), amount, basis="决议")
    with village.act() as uow, pytest.raises(AssetError, match="减值要写明依据"):
        movements.impair(uow, "collective", "J009", date(2025, 1, 5), 100, basis=" ")


def test_what_is_worn_out_is_improved_on_another_card(village: AssetVillage):
    village.register(a_card(opening=5_491_000))
    with village.act() as uow, pytest.raises(AssetError, match="已经提足折旧"):
        movements.improve(uow, "collective", "J009", date(2025, 1, 5), 100, cards.OtherSide("101"))


def test_nothing_moves_behind_a_charged_month(village: AssetVillage):
    village.register(a_card())
    village.charge("2025-02")
    with village.act() as uow, pytest.raises(AssetError, match="已经提到 2025-02 的折旧"):
        movements.improve(uow, "collective", "J009", date(2025, 1, 5), 100, cards.OtherSide("101"))
    with pytest.raises(AssetError, match="已经提到 2025-02 的折旧"):
        village.dispose("J009", "2025-01-20")


def test_only_who_may_prepare_vouchers_may_charge(village: AssetVillage):
    village.register(a_card())
    village.hire_four()
    with pytest.raises(LedgerError, match="不能填制凭证"):
        village.charge("2025-01", by="赵平")


def test_a_nominal_asset_is_never_charged(village: AssetVillage):
    village.register(
        a_card("W012", cost=100, salvage=0, method=Method.NONE, months=0, opening=0), use=Use.WELFARE
    )
    assert due(village.reader, "collective", Month(2025, 1)) == []


def test_a_village_without_cards_is_a_village(tmp_path):
    with Village.found(tmp_path) as plain:
        assert due(plain.reader, "collective", Month(2025, 1)) == []
