"""A contract from drawing up to the end: what may be entered, what a change does, what is refused."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from tests.builders import COLLECTIVE, ZHAO, Village
from tests.contracts.lets import FIRM, a_contract, day, entered, signed, terms
from village_ledger.domain.contract import Act, Change, Item, Papers, Status, items_of
from village_ledger.domain.errors import ContractError, DutyError
from village_ledger.domain.identity import check_character
from village_ledger.domain.period import Month
from village_ledger.services.check_item import Verdict
from village_ledger.services.contracts import contracts
from village_ledger.services.contracts.contracts_check import check_items
from village_ledger.services.contracts.rent_drafts import accrue
from village_ledger.services.contracts.standing import whole
from village_ledger.storage.contracts.records import StoredContract


def changed(village: Village, act: Act, on: str, **what: object) -> StoredContract:
    change = Change(day(on), act, Status.CHANGED, basis="补充协议1号")._replace(**what)
    with village.act() as uow:
        return contracts.change(uow, COLLECTIVE, "青合2025-01", change).value


def amounts(village: Village, number: str = "青合2025-01") -> list[int]:
    return [state.row.amount for state in whole(village.reader, COLLECTIVE, number).rows]


def test_a_draft_owes_nothing_until_it_is_signed(village: Village) -> None:
    draft = entered(village, a_contract())
    assert draft.status is Status.DRAFT
    assert amounts(village) == []
    signed_ = changed(village, Act.SIGN, "2024-12-20")
    assert signed_.status is Status.SIGNED
    assert amounts(village) == [480000] * 6


def test_everything_said_of_a_contract_comes_back(village: Village) -> None:
    said = a_contract(
        member=True,
        purpose="卖农资",
        price_words="9600元/年",
        deposit=100000,
        note="面朝大路",
        items=(Item("", "1号门面", "", 420000, "㎡"), Item("J002", "门面后院")),
        papers=Papers(
            "公开招标", "平-7", 450000, "评-3", "青股社〔2024〕9号", "22/25", "2024-12-01", written=False
        ),
        terms=terms("2024-02-29", "2034-02-28", 5000, rate="5/3", steps="2026-03-01:6000"),
    )
    kept = entered(village, said).contract
    assert kept == said


def test_a_number_is_used_once(village: Village) -> None:
    entered(village, a_contract())
    with pytest.raises(ContractError, match="合同编号 青合2025-01 已经有了"):
        entered(village, a_contract(code="J009"))


def test_one_thing_is_not_let_twice_in_the_same_time(village: Village) -> None:
    signed(village)
    later = a_contract("青合2027-02", terms=terms("2027-12-31", "2029-12-30", 5000))
    with pytest.raises(ContractError, match=r"已经租给兴农物资有限公司.*时间重叠"):
        entered(village, later)
    entered(village, replace(later, terms=terms("2028-01-01", "2029-12-31", 5000)))


def test_the_database_refuses_a_second_let_too(village: Village) -> None:
    signed(village)
    other = entered(village, a_contract("青合2025-02", code="J002"))
    with village.raw() as raw, pytest.raises(sqlite3.DatabaseError, match="已经租给别人"):
        raw.execute("INSERT INTO contract_item VALUES (?, 2, '', 'J001', '1号门面', 0, '', 0)", (other.id,))


def test_the_database_refuses_to_stretch_a_let_over_another(village: Village) -> None:
    signed(village)
    after = entered(village, a_contract("青合2028-01", terms=terms("2028-01-01", "2029-12-31", 5000)))
    with village.raw() as raw, pytest.raises(sqlite3.DatabaseError, match="已经租给别人"):
        raw.execute("UPDATE contract_now SET start_day = '2027-06-01' WHERE contract_id = ?", (after.id,))


def test_an_extension_may_not_run_into_the_next_let(village: Village) -> None:
    signed(village)
    entered(village, a_contract("青合2028-01", terms=terms("2028-01-01", "2029-12-31", 5000)))
    with pytest.raises(ContractError, match="时间重叠"):
        changed(village, Act.TERM, "2025-06-01", end=day("2028-01-31"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: terms("2025-01-01", "2024-12-31", 100), "终止日期 2024-12-31 早于起始日期 2025-01-01"),
        (lambda: terms("2025-01-01", "2025-12-31", 0), "每期金额 0.00 不对"),
        (lambda: terms("2025-01-01", "2025-12-31", -5), "每期金额 -5.00 不对"),
        (lambda: terms("2025-01-01", "2027-12-31", 5, rate="500/1"), "每 1 年递增 500% 不合常理"),
        (lambda: terms("2025-01-01", "2027-12-31", 5, rate="5"), "递增率和递增年数要一起写"),
        (
            lambda: terms("2025-01-01", "2027-12-31", 5, steps="2028-01-01:6"),
            "阶梯日期 2028-01-01 要在租期里面",
        ),
        (
            lambda: terms("2025-01-01", "2027-12-31", 5, steps="2026-06-01:6;2026-01-01:7"),
            "阶梯日期 2026-01-01 要从早到晚写",
        ),
        (lambda: terms("2025-01-01", "2126-12-31", 5), "超过 100 年"),
        (lambda: a_contract(items=(Item("J1", "", "", -1, "亩"),)), "面积小于零"),
        (lambda: a_contract(items=()), "没有写标的"),
        (lambda: a_contract(party=""), "没有写对方"),
        (lambda: a_contract(deposit=-1), "押金和底价不能小于零"),
        (lambda: a_contract(items=(Item("J1", "甲"), Item("J1", "乙"))), "同一个标的写了两次"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, sentence: str) -> None:
    with pytest.raises(ContractError, match=sentence):
        wrong()  # pyright: ignore[reportCallIssue]  each case calls its own wrong act


def test_an_identity_number_is_kept_in_no_contract(village: Village) -> None:
    body = "51990319800101001"
    with pytest.raises(ContractError, match="写了身份证号"):
        entered(village, a_contract(party_code=body + check_character(body)))


def test_several_things_may_be_let_together(village: Village) -> None:
    signed(village, a_contract(items=items_of("J001、J007;J008", "")))
    with pytest.raises(ContractError, match=r"已经租给.*青合2025-01"):
        entered(village, a_contract("青合2025-02", code="J007"))
    with pytest.raises(ContractError, match="面积不知道是哪一个的"):
        items_of("T01、T02", "", 10_000, "亩")
    assert items_of("", " ") == ()


def test_signed_terms_stay(village: Village) -> None:
    signed(village)
    with village.act() as uow, pytest.raises(ContractError, match="已经签订，条款不能改"):
        contracts.rewrite(uow, COLLECTIVE, "青合2025-01", a_contract(note="改"))
    with village.raw() as raw, pytest.raises(sqlite3.DatabaseError, match="条款不能改"):
        raw.execute("UPDATE contract SET amount = 1")


def test_a_draft_may_be_rewritten_and_forgotten(village: Village) -> None:
    entered(village, a_contract())
    with village.act() as uow:
        contracts.rewrite(uow, COLLECTIVE, "青合2025-01", a_contract("青合2025-09", code="J003", note="改了"))
    assert village.reader.contract(COLLECTIVE, "青合2025-09").contract.note == "改了"
    with village.act() as uow:
        contracts.forget(uow, COLLECTIVE, "青合2025-09")
    assert not village.reader.has_contracts(COLLECTIVE)
    assert village.verify() == []


def test_an_unknown_contract_is_named(village: Village) -> None:
    with pytest.raises(ContractError, match="没有编号为“没有的”的合同"):
        whole(village.reader, COLLECTIVE, "没有的")


def test_a_rise_agreed_later_changes_rows_from_its_day(village: Village) -> None:
    signed(village)
    after = changed(village, Act.AMOUNT, "2026-07-01", amount=500000)
    assert after.status is Status.CHANGED
    assert amounts(village) == [480000, 480000, 480000, 500000, 500000, 500000]


def test_ending_early_prorates_the_last_period(village: Village) -> None:
    signed(village)
    changed(village, Act.TERMINATE, "2025-08-31", end=day("2025-08-31"))
    # 62 of the 184 days of July to December: 4800 x 62 / 184 = 1617.39
    assert amounts(village) == [480000, 161739]
    assert village.reader.contract(COLLECTIVE, "青合2025-01").status is Status.TERMINATED
    with pytest.raises(ContractError, match="现在是“提前解除”，不能改租金"):
        changed(village, Act.AMOUNT, "2025-02-01", amount=1)


def test_another_party_owes_from_the_day_on(village: Village) -> None:
    signed(village)
    changed(village, Act.PARTY, "2026-01-01", party="冉记副食")
    rows = whole(village.reader, COLLECTIVE, "青合2025-01").rows
    assert [row.party for row in rows] == [FIRM, FIRM, *["冉记副食"] * 4]


def test_no_change_inside_a_period_that_was_booked(village: Village) -> None:
    signed(village)
    with village.act() as uow:
        accrue(uow, COLLECTIVE, Month(2025, 1))
    with pytest.raises(ContractError, match="2025-01-01 至 2025-06-30 这一期已经收过租金或记过应收"):
        changed(village, Act.AMOUNT, "2025-03-01", amount=500000)
    changed(village, Act.AMOUNT, "2025-07-01", amount=500000)


def test_a_change_wants_its_basis(village: Village) -> None:
    signed(village)
    with pytest.raises(ContractError, match="没有写合同 青合2025-01 改租金的依据"):
        changed(village, Act.AMOUNT, "2025-07-01", amount=500000, basis="")


def test_trouble_and_its_end(village: Village) -> None:
    signed(village)
    assert changed(village, Act.DISPUTE, "2025-03-01").status is Status.DISPUTE
    assert changed(village, Act.LAWSUIT, "2025-04-01").status is Status.LAWSUIT
    assert changed(village, Act.SETTLE, "2025-05-01").status is Status.PERFORMING
    assert changed(village, Act.END, "2027-12-31").status is Status.ENDED


def test_history_only_grows(village: Village) -> None:
    signed(village)
    for wrong in (
        "UPDATE contract_change SET basis = 'x'",
        "DELETE FROM contract_change",
        "DELETE FROM contract",
    ):
        with village.raw() as raw, pytest.raises(sqlite3.DatabaseError):
            raw.execute(wrong)


def test_the_database_knows_the_order_of_things(village: Village) -> None:
    draft = entered(village, a_contract())
    values = (draft.id, "2025-01-01", "end", "ended", b"x")
    with village.raw() as raw, pytest.raises(sqlite3.DatabaseError, match="状态不能这样变"):
        raw.execute(
            "INSERT INTO contract_change (contract_id, seq, day, act, status, amount, entered_by, entered_at, digest) "
            "VALUES (?, 1, ?, ?, ?, 0, '甲', '', ?)",
            values,
        )


def test_who_may_not_prepare_may_enter_no_contract(village: Village) -> None:
    village.hire_four()
    with village.act(ZHAO) as uow, pytest.raises(DutyError, match="不能填制凭证"):
        contracts.enter(uow, COLLECTIVE, a_contract())


def test_a_kind_nobody_knows_is_named(village: Village) -> None:
    with pytest.raises(ContractError, match=r"没有“飞船”这一类合同.*可以是：出租"):
        entered(village, a_contract(kind="飞船"))


def test_tampering_with_what_was_signed_is_noticed(village: Village) -> None:
    signed(village)
    assert village.verify() == []
    with village.raw() as raw:
        raw.execute("DROP TRIGGER contract_update")
        raw.execute("UPDATE contract SET amount = 100")
        raw.execute("UPDATE contract_now SET next_due = '2030-01-01'")
        raw.commit()
    found = [finding.text for finding in village.verify() if finding.rule == "V72"]
    assert "条款或第 1 次变更被改过" in found
    assert "状态摘要和条款不符" in found


def test_money_on_a_row_beyond_its_rent_is_noticed(village: Village) -> None:
    stored = signed(village)
    voucher = village.posted("2025-01-08", "收房租", f"借 101 9600; 贷 501@{FIRM} 9600")
    with village.raw() as raw:
        raw.execute(
            "INSERT INTO rent_link (contract_id, first_day, kind, voucher_id, line, amount, made_by, made_at) "
            "VALUES (?, '2025-01-01', 'income', ?, 2, 960000, '', '')",
            (stored.id, voucher.id),
        )
        raw.commit()
    assert any("这一期的收款超过了租金" in finding.text for finding in village.verify())


def test_a_line_that_stands_for_more_than_it_says_is_noticed(village: Village) -> None:
    signed(village)
    with village.act() as uow:
        accrue(uow, COLLECTIVE, Month(2025, 1))
    with village.raw() as raw:
        raw.execute("DROP TRIGGER rent_link_no_update")
        raw.execute("UPDATE rent_link SET amount = amount + 1")
        raw.commit()
    found = [finding for finding in village.verify() if finding.rule == "V72"]
    assert ("2025-01/记-0001", "4,800.00", "4,800.01") in [(x.record, x.expected, x.found) for x in found]


def test_closing_asks_about_rent(village: Village) -> None:
    signed(village)
    assert check_items(village.reader, COLLECTIVE, Month(2025, 1))[0].verdict is Verdict.WARN
    with village.act() as uow:
        accrue(uow, COLLECTIVE, Month(2025, 1))
    words = [item.text for item in check_items(village.reader, COLLECTIVE, Month(2025, 2))]
    assert words == ["到期的租金都记了账。", "有 1 份合同欠租。", "没有过期未办的合同。"]
    assert check_items(village.reader, "committee", Month(2025, 2)) == []
