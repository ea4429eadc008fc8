"""会计交接: list, ticks, three signatures, who is in charge afterwards; each refusal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, QIAN, WANG, ZHAO, Village, pin_of
from tests.contracts.lets import a_contract, entered
from tests.contracts.lets import signed as signed_contract
from village_ledger.domain.duty import Role
from village_ledger.domain.errors import DutyError, HandoverError, PinError
from village_ledger.domain.handover import ItemKind, Parties, Place, Result, read_kind
from village_ledger.domain.period import Month
from village_ledger.services.bank import cash_counts
from village_ledger.services.check_item import Verdict
from village_ledger.services.claims import receipt_books
from village_ledger.services.handover import handovers
from village_ledger.services.handover.handover_check import check_items
from village_ledger.services.handover.handovers import HandoverView

DAY = date(2025, 3, 31)
AFTER = date(2026, 11, 30)
HE = "何小莉"
WHO = Parties("会计", WANG, HE, LI, "村务监督委员会主任")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """Cash counted on the day, a member who owes, a book of receipts."""
    with Village.found(tmp_path) as found:
        found.open_with("借 101 1200", "借 113@张三 300", "贷 311 1500")
        found.posted("2025-03-08", "收门面租金", "借 101 600; 贷 501 600")
        with found.act() as uow:
            cash_counts.count(uow, COLLECTIVE, "101", DAY, {}, 180000)
            receipt_books.register(uow, COLLECTIVE, "内部收据", "000001", "000050", DAY)
        yield found


def begun(village: Village, who: Parties = WHO, by: str = WANG) -> str:
    with village.act(by) as uow:
        return handovers.begin(uow, DAY, who).value.number


def listed(village: Village) -> str:
    number = begun(village)
    with village.act() as uow:
        handovers.make_list(uow, number)
    return number


def ticked(village: Village) -> str:
    number = listed(village)
    with village.act() as uow:
        handovers.tick_rest(uow, number)
    return number


def signed(village: Village) -> str:
    number = ticked(village)
    with village.act() as uow:
        for place in Place:
            handovers.sign(uow, number, place, date(2025, 4, 1))
    return number


def seen(village: Village, number: str) -> HandoverView:
    return handovers.view(village.reader, number)


def test_the_list_comes_from_the_books(village: Village) -> None:
    view = seen(village, listed(village))
    said = {(item.kind, item.title): item for item in view.items}
    assert said[ItemKind.BALANCES, "101 库存现金"].amount == 180000
    assert said[ItemKind.CASH, "101 库存现金"].detail == "账面 1,800.00，实点 1,800.00，相符"
    assert said[ItemKind.CLAIMS, "113 张三"].amount == 30000
    assert said[ItemKind.RECEIPTS, "内部收据 000001—000050"].detail == "未领 000001—000050"
    assert said[ItemKind.VOUCHERS, "集体经济组织账2025年记账凭证"].detail == "3月 记-0001—0001"
    assert (ItemKind.OPEN, "没有结账的月份") in said
    assert (view.handover.number, view.handover.stage) == ("交-2025-01", "核对")


def test_three_signatures_and_the_same_book_goes_on(village: Village) -> None:
    number = signed(village)
    with village.act() as uow:
        done = handovers.finish(uow, number, date(2025, 4, 1)).value
    assert done.handover.stage == "交接完毕"
    finished = done.handover.finished
    assert finished is not None
    frozen = json.loads(finished.document)
    assert (frozen["giver"], frozen["taker"]) == (WANG, HE)
    assert len(frozen["items"]) == len(done.items)
    assert village.verify() == []


def test_in_a_book_with_staff_duties_change_hands(village: Village) -> None:
    village.hire_four()
    number = begun(village)
    with village.act(WANG) as uow:
        handovers.make_list(uow, number)
        handovers.tick_rest(uow, number)
        handovers.sign(uow, number, Place.GIVER, DAY)
        handovers.sign(uow, number, Place.TAKER, DAY)
    with village.act(LI) as uow:
        handovers.sign(uow, number, Place.SUPERVISOR, DAY)
    today = date.fromisoformat(village.reader.operations()[-1].at[:10])
    with village.act(QIAN) as uow:
        handovers.finish(uow, number, today, pin_of(HE))
    taker, giver = village.reader.member(HE), village.reader.member(WANG)
    assert taker is not None
    assert giver is not None
    assert {held.role for held in taker.roles} == {Role.PREPARER, Role.BOOKKEEPER}
    assert all(held.until == today for held in giver.roles)
    with pytest.raises(DutyError, match="没有"):
        village.entered("2025-04-02", "交接以后", "借 101 1; 贷 501 1", by=WANG)
    village.entered("2025-04-02", "接着记", "借 101 1; 贷 501 1", by=HE)
    assert village.verify() == []


def test_a_handover_of_one_ledger_leaves_the_other(village: Village) -> None:
    village.hire_four()
    with village.act(WANG) as uow:
        number = handovers.begin(uow, DAY, WHO, COMMITTEE).value.number
        handovers.make_list(uow, number)
        handovers.tick_rest(uow, number)
        handovers.sign(uow, number, Place.GIVER, DAY)
        handovers.sign(uow, number, Place.TAKER, DAY)
    with village.act(LI) as uow:
        handovers.sign(uow, number, Place.SUPERVISOR, DAY)
    today = date.fromisoformat(village.reader.operations()[-1].at[:10])
    with village.act(QIAN) as uow:
        handovers.finish(uow, number, today, pin_of(HE))
    village.entered("2025-04-02", "集体账照旧", "借 101 1; 贷 501 1", by=WANG)
    with pytest.raises(DutyError):
        village.entered("2025-04-02", "村委会账", "借 1001 1; 贷 4901 1", COMMITTEE, by=WANG)


def test_who_is_of_the_staff_signs_in_person(village: Village) -> None:
    village.hire_four()
    number = begun(village)
    with village.act(WANG) as uow:
        handovers.make_list(uow, number)
        handovers.tick_rest(uow, number)
    with pytest.raises(DutyError, match="李建国 是登记的人员，要由本人签字"), village.act(WANG) as uow:
        handovers.sign(uow, number, Place.SUPERVISOR, DAY)


def test_a_taker_who_is_not_registered_needs_a_pin(village: Village) -> None:
    village.hire_four()
    number = begun(village)
    with village.act(WANG) as uow:
        handovers.make_list(uow, number)
        handovers.tick_rest(uow, number)
        handovers.sign(uow, number, Place.GIVER, DAY)
        handovers.sign(uow, number, Place.TAKER, DAY)
    with village.act(LI) as uow:
        handovers.sign(uow, number, Place.SUPERVISOR, DAY)
    today = date.fromisoformat(village.reader.operations()[-1].at[:10])
    with pytest.raises(HandoverError, match="何小莉 还没有登记"), village.act(QIAN) as uow:
        handovers.finish(uow, number, today)
    with pytest.raises(PinError), village.act(QIAN) as uow:
        handovers.finish(uow, number, today, "1")
    with pytest.raises(DutyError), village.act(WANG) as uow:
        handovers.finish(uow, number, today, pin_of(HE))


def test_roles_that_exclude_each_other_are_refused_whole(village: Village) -> None:
    village.hire_four()
    number = begun(village, Parties("会计", WANG, ZHAO, LI))
    with village.act(WANG) as uow:
        handovers.make_list(uow, number)
        handovers.tick_rest(uow, number)
        handovers.sign(uow, number, Place.GIVER, DAY)
    for place, name in ((Place.TAKER, ZHAO), (Place.SUPERVISOR, LI)):
        with village.act(name) as uow:
            handovers.sign(uow, number, place, DAY)
    today = date.fromisoformat(village.reader.operations()[-1].at[:10])
    with pytest.raises(DutyError, match="出纳不能兼管"), village.act(QIAN) as uow:
        handovers.finish(uow, number, today)
    giver = village.reader.member(WANG)
    assert giver is not None
    assert all(held.until is None for held in giver.roles)


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (Parties("会计", WANG, WANG, LI), "移交人和接交人都是"),
        (Parties("会计", WANG, HE, WANG), "监交人 王秀英 就是交接的一方"),
        (Parties("会计", WANG, HE, HE), "监交人 何小莉 就是交接的一方"),
        (Parties("会计", WANG, HE, ""), "岗位、移交人、接交人和监交人"),
    ],
)
def test_three_people(village: Village, who: Parties, text: str) -> None:
    with pytest.raises(HandoverError, match=text):
        begun(village, who)


def test_one_handover_at_a_time(village: Village) -> None:
    number = begun(village)
    with pytest.raises(HandoverError, match="交-2025-01 还没有办完"):
        begun(village)
    with village.act() as uow:
        handovers.withdraw(uow, number, "接交人换了")
    assert begun(village) == "交-2025-02"
    with pytest.raises(HandoverError, match="交-2025-01 已撤销"), village.act() as uow:
        handovers.make_list(uow, number)
    with pytest.raises(HandoverError, match="撤销交接要写明原因"), village.act() as uow:
        handovers.withdraw(uow, "交-2025-02", "")
    assert village.verify() == []


def test_unposted_vouchers_are_posted_first_or_listed(village: Village) -> None:
    village.entered("2025-03-20", "付电费", "借 513 20; 贷 101 20")
    number = begun(village)
    with (
        pytest.raises(HandoverError, match="还有 1 张凭证没有记账：集体经济组织账 2025-03/记-0002"),
        village.act() as uow,
    ):
        handovers.make_list(uow, number)
    with village.act() as uow:
        view = handovers.make_list(uow, number, with_open=True).value
    assert [item.amount for item in view.items if item.title == "凭证 2025-03/记-0002 没有记账"] == [2000]


def test_cash_is_counted_first(village: Village) -> None:
    village.open_with("借 1001 80", "贷 3101 80", ledger=COMMITTEE)
    number = begun(village)
    with (
        pytest.raises(HandoverError, match="现金还没有盘点：村民委员会账 1001 库存现金 80"),
        village.act() as uow,
    ):
        handovers.make_list(uow, number)


def test_nothing_is_signed_before_every_item_was_gone_through(village: Village) -> None:
    number = begun(village)
    with pytest.raises(HandoverError, match="还没有列移交清册"), village.act() as uow:
        handovers.sign(uow, number, Place.GIVER, DAY)
    with village.act() as uow:
        handovers.make_list(uow, number)
    with pytest.raises(HandoverError, match="项没有核对"), village.act() as uow:
        handovers.sign(uow, number, Place.GIVER, DAY)
    with pytest.raises(HandoverError, match="要写明差在哪里"), village.act() as uow:
        handovers.tick(uow, number, 1, Result.DIFFERS)
    with pytest.raises(HandoverError, match="没有第 999 项"), village.act() as uow:
        handovers.tick(uow, number, 999, Result.AGREES)


def test_no_end_before_three_signatures(village: Village) -> None:
    number = ticked(village)
    with village.act() as uow:
        handovers.sign(uow, number, Place.GIVER, DAY)
    with pytest.raises(HandoverError, match="还没有签字：接交人、监交人"), village.act() as uow:
        handovers.finish(uow, number, DAY)
    with pytest.raises(HandoverError, match="已经签过字"), village.act() as uow:
        handovers.sign(uow, number, Place.GIVER, DAY)
    with pytest.raises(HandoverError, match="已经有人签字"), village.act() as uow:
        handovers.tick(uow, number, 1, Result.DIFFERS, "差一元")
    with pytest.raises(HandoverError, match="已经有人签字"), village.act() as uow:
        handovers.make_list(uow, number)
    with pytest.raises(HandoverError, match="在锁定日"), village.act() as uow:
        handovers.sign(uow, number, Place.TAKER, date(2025, 3, 1))


def test_books_that_changed_since_ask_for_the_list_again(village: Village) -> None:
    number = ticked(village)
    village.posted("2025-03-30", "收租", "借 101 10; 贷 501 10")
    with pytest.raises(HandoverError, match="列清册以后账变了"), village.act() as uow:
        handovers.sign(uow, number, Place.GIVER, DAY)
    with village.act() as uow:
        cash_counts.count(uow, COLLECTIVE, "101", DAY, {}, 181000)
        again = handovers.make_list(uow, number).value
    ticks = {item.title: item.result for item in again.items}
    assert ticks["113 张三"] is Result.AGREES
    assert ticks["501 经营收入"] is Result.OPEN


def test_items_by_hand_and_a_backup_with_its_digest(village: Village, tmp_path: Path) -> None:
    number = listed(village)
    copy = tmp_path / "备份.vledger"
    copy.write_bytes(b"abc")
    with village.act() as uow:
        seal = handovers.add_item(uow, number, read_kind("印章"), "财务专用章", "在保险柜", "1枚").value
        backup = handovers.add_backup(uow, number, copy).value
        wrong = handovers.add_item(uow, number, ItemKind.KEYS, "多写的").value
        handovers.drop_item(uow, number, wrong.number)
    assert backup.detail.endswith("f20015ad")
    titles = [item.title for item in seen(village, number).items]
    assert (seal.title in titles, wrong.title in titles) == (True, False)
    with pytest.raises(HandoverError, match="是从账上列的"), village.act() as uow:
        handovers.drop_item(uow, number, 1)
    with pytest.raises(HandoverError, match="读不出来"), village.act() as uow:
        handovers.add_backup(uow, number, tmp_path / "没有.vledger")
    with pytest.raises(HandoverError, match="没有“现金”这一类手工项目"):
        read_kind("现金")
    with pytest.raises(HandoverError, match="没有 交-2025-09 这次交接"):
        seen(village, "交-2025-09")


def test_k42(village: Village) -> None:
    march = Month(2025, 3)
    assert check_items(village.reader, COLLECTIVE, march) == []
    number = signed(village)
    (item,) = check_items(village.reader, COLLECTIVE, march)
    assert (item.verdict, item.evidence) == (Verdict.WARN, ("交-2025-01 王秀英交给何小莉，停在“签字”",))
    with village.act() as uow:
        handovers.finish(uow, number, date(2025, 4, 1))
    (item,) = check_items(village.reader, COLLECTIVE, march)
    assert item.verdict is Verdict.PASS


def test_work_of_somebody_who_handed_over_is_said(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    number = signed(village)
    with village.act() as uow:
        handovers.finish(uow, number, date(2025, 4, 1))
    monkeypatch.setattr("village_ledger.storage.unit_of_work.now_text", lambda: "2099-01-01T08:00:00+08:00")
    village.entered("2025-04-02", "交接以后", "借 101 1; 贷 501 1")
    (item,) = check_items(village.reader, COLLECTIVE, Month(2025, 4))
    assert item.evidence == ("王秀英 在 交-2025-01 交接以后还填了 2025-04/记-0001",)


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("UPDATE handover_item SET amount = 1", "已经有人签字"),
        ("DELETE FROM handover_item", "已经有人签字"),
        ("DELETE FROM handover_signature", "不能删除"),
        ("UPDATE handover SET giver = '别人'", "不能修改"),
        (
            "INSERT INTO handover_step VALUES (1, 2, 'finished', '2025-04-01', '', '', NULL, '', '')",
            "三方都签了字",
        ),
    ],
)
def test_raw_sql_is_refused(village: Village, sql: str, text: str) -> None:
    number = ticked(village)
    with village.act() as uow:
        handovers.sign(uow, number, Place.GIVER, DAY)
    with village.raw() as raw, pytest.raises(sqlite3.IntegrityError, match=text):
        raw.execute(sql)


def test_verify_notices_a_changed_list(village: Village) -> None:
    signed(village)
    with village.raw() as raw:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'handover%'")
        for (name,) in names.fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE handover_item SET amount = 5 WHERE line = 3")
        raw.execute("UPDATE handover SET giver = '别人'")
    found = [f.text for f in village.verify() if f.rule == "V78"]
    assert any("签字时不一样" in text for text in found)
    assert any("对不上" in text for text in found)


def test_contracts_stand_on_the_list(village: Village) -> None:
    entered(village, a_contract("青合2025-02", code="J002"))
    signed_contract(village, a_contract(deposit=300_00))
    number = listed(village)
    (item,) = [x for x in seen(village, number).items if x.kind is ItemKind.CONTRACTS]
    assert item.title == "集体经济组织账合同 青合2025-01 兴农物资有限公司"
    assert item.detail == "1号门面；2025-01-01 至 2027-12-31；应收未收 4,800.00；押金 300.00"
    assert item.amount == 480_000
