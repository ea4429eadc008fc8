"""Advance rent through the books: received, released once, tied to its account; no other way in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from village_ledger.domain.errors import AmountError, ChartError, LedgerError, PeriodError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.prepaid import Basis
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.check_item import Verdict
from village_ledger.services.planning import prepaid
from village_ledger.storage.templates.queries import Prepaid

POND = prepaid.Receipt(
    date(2025, 1, 8), "张三", True, 3600_00, date(2025, 1, 1), date(2027, 12, 31), "鱼塘承包款", "501", "102"
)


def received(village: Village, receipt: prepaid.Receipt = POND) -> Prepaid:
    with village.act() as uow:
        return prepaid.receive(uow, COLLECTIVE, receipt).value


def released(village: Village, month: str) -> list[str]:
    with village.act() as uow:
        return [str(v.ref) for v in prepaid.release(uow, COLLECTIVE, Month.parse(month)).value]


def choose(village: Village, basis: Basis, ledger: str = COLLECTIVE) -> None:
    with village.act() as uow:
        prepaid.choose_basis(uow, ledger, basis)


def test_a_member_waits_on_113_others_on_211(village):
    from dataclasses import replace

    assert received(village).account == "113"
    other = received(village, replace(POND, payer="城南公司", member=False))
    assert other.account == "211"
    stored = village.reader.voucher(other.voucher_id)
    assert [(x.account, x.debit, x.credit, x.counterparty) for x in stored.voucher.lines] == [
        ("102", 3600_00, 0, ""),
        ("211", 0, 3600_00, "城南公司"),
    ]


def test_a_sub_account_called_so_is_used_and_a_parent_without_one_is_refused(village):
    village.add_account("113", "承包款")
    with pytest.raises(ChartError, match="113 内部往来 下面没有叫“预收…”的科目"):
        received(village)
    account = village.add_account("113", "预收租金")
    assert received(village).account == account.code


def test_released_month_by_month_and_each_once(village):
    one = received(village)
    assert len(one.parts) == 36
    assert released(village, "2025-01") == ["2025-01/记-0002"]
    assert released(village, "2025-01") == []
    assert released(village, "2025-03") == ["2025-03/记-0001"]
    stored = village.reader.find_voucher(COLLECTIVE, VoucherRef.parse("2025-03/记-0001"))
    assert [(x.summary, x.account, x.debit, x.credit) for x in stored.voucher.lines] == [
        ("结转张三鱼塘承包款（2025年2月）", "113", 100_00, 0),
        ("结转张三鱼塘承包款（2025年2月）", "501", 0, 100_00),
        ("结转张三鱼塘承包款（2025年3月）", "113", 100_00, 0),
        ("结转张三鱼塘承包款（2025年3月）", "501", 0, 100_00),
    ]
    now = village.reader.prepaids(COLLECTIVE)[0]
    assert (now.released, now.left) == (300_00, 3300_00)
    assert [tie.agrees for tie in prepaid.ties(village.reader, COLLECTIVE)] == [True]
    assert village.verify() == []


def test_by_contract_year_a_year_is_released_when_it_begins(village):
    choose(village, Basis.YEAR)
    one = received(village)
    assert [str(p.due) for p in one.parts] == ["2025-01", "2026-01", "2027-01"]
    assert len(released(village, "2025-01")) == 1
    assert released(village, "2025-12") == []


def test_the_way_is_chosen_once(village):
    choose(village, Basis.YEAR)
    choose(village, Basis.MONTH)
    received(village)
    choose(village, Basis.MONTH)
    with pytest.raises(PeriodError, match="已经按月分摊，不能改成按合同年度"):
        choose(village, Basis.YEAR)
    with village.raw() as connection:
        for statement in (
            "UPDATE prepaid_basis SET basis = 'year'",
            "DELETE FROM prepaid_basis",
            "INSERT OR REPLACE INTO prepaid_basis VALUES (1, 'year', 'x', 'x')",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    assert village.reader.prepaid_basis(COLLECTIVE) is Basis.MONTH


def test_a_released_voucher_that_is_deleted_or_void_is_due_again(village):
    received(village)
    released(village, "2025-01")
    village.delete_last(village.reader.voucher(2))
    released(village, "2025-01")
    stored = village.reader.find_voucher(COLLECTIVE, VoucherRef.parse("2025-01/记-0002"))
    village.void(stored)
    assert released(village, "2025-01") == ["2025-01/记-0003"]
    assert village.reader.prepaids(COLLECTIVE)[0].released == 100_00
    assert village.verify() == []


def test_a_receipt_deleted_takes_its_schedule_along_but_not_after_a_release(village):
    one = received(village)
    village.delete_last(village.reader.voucher(one.voucher_id))
    assert village.reader.prepaids(COLLECTIVE) == []
    one = received(village)
    released(village, "2025-02")
    with pytest.raises(LedgerError, match="不能删除"):
        village.delete_last(village.reader.voucher(one.voucher_id))


def test_from_a_receipt_already_booked(village):
    receipt = village.posted("2025-03-08", "收张三三年鱼塘款", "借 102 3600; 贷 113@张三 3600")
    with village.act() as uow:
        one = prepaid.add(
            uow, COLLECTIVE, receipt.ref, date(2025, 3, 1), date(2028, 2, 29), what="鱼塘款", revenue="501"
        ).value
    assert one.total == 3600_00
    with pytest.raises(VoucherError, match="已经排过分摊"), village.act() as uow:
        prepaid.add(uow, COLLECTIVE, receipt.ref, one.first, one.last, what="鱼塘款", revenue="501")


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ("借 102 3600; 贷 501 3600", "没有写明往来单位的预收"),
        ("借 102 3600; 贷 113@张三 1600; 贷 211@李四 2000", "有 2 行预收"),
    ],
)
def test_a_receipt_without_one_advance_is_refused(village, entries, words):
    receipt = village.posted("2025-03-08", "收款", entries)
    with pytest.raises(VoucherError, match=words), village.act() as uow:
        prepaid.add(
            uow, COLLECTIVE, receipt.ref, date(2025, 3, 1), date(2028, 2, 29), what="款", revenue="501"
        )


def test_bad_receipts_leave_nothing(village):
    from dataclasses import replace

    bad = {
        "早于起日": replace(POND, last=date(2024, 12, 31)),
        "大于零": replace(POND, total=0),
        "交款人": replace(POND, payer=" "),
        "预收的是什么": replace(POND, what=""),
        "不是可以记的收入科目": replace(POND, revenue="513"),
        "不是现金或银行存款": replace(POND, money="151"),
    }
    for words, receipt in bad.items():
        with pytest.raises((PeriodError, AmountError, VoucherError, ChartError), match=words):
            received(village, receipt)
    assert village.numbers("2025-01") == []
    assert village.reader.prepaids(COLLECTIVE) == []


def test_the_committee_has_no_rent(village):
    with pytest.raises(ChartError, match="不记预收租金"):
        choose(village, Basis.MONTH, COMMITTEE)


def test_a_closed_month_is_not_released_into(village):
    received(village)
    village.post(*_reviewed(village))
    village.close_month("2025-01")
    with pytest.raises(PeriodError, match="2025年1月已结账"):
        released(village, "2025-01")
    assert released(village, "2025-02") == ["2025-02/记-0001"]


def _reviewed(village: Village):
    stored = village.reader.voucher(1)
    village.review(stored)
    return [stored]


def test_k13_warns_of_what_is_due_and_of_an_account_that_holds_less(village):
    received(village)
    (late,) = prepaid.check_items(village.reader, COLLECTIVE, Month(2025, 2))
    assert (late.rule, late.verdict, late.evidence) == ("K13", Verdict.WARN, ("张三 鱼塘承包款 200.00",))
    released(village, "2025-02")
    (done,) = prepaid.check_items(village.reader, COLLECTIVE, Month(2025, 2))
    assert done.verdict is Verdict.PASS
    village.posted("2025-02-20", "退张三", "借 113@张三 3000; 贷 102 3000")
    items = prepaid.check_items(village.reader, COLLECTIVE, Month(2025, 2))
    assert [i.verdict for i in items] == [Verdict.PASS, Verdict.WARN]
    assert items[1].evidence == ("113 张三：未结转 3,400.00，账上 400.00",)


def test_raw_sql_cannot_change_a_schedule(village):
    received(village)
    released(village, "2025-01")
    statements = [
        "UPDATE prepaid SET total = 1",
        "DELETE FROM prepaid",
        "UPDATE prepaid_part SET amount = 1 WHERE number = 2",
        "UPDATE prepaid_part SET voucher_id = NULL WHERE number = 1",
        "DELETE FROM prepaid_part",
        "INSERT INTO prepaid_part VALUES (1, 99, '2030-01-01', '2030-01-31', '2030-01', 1, NULL)",
        (
            "INSERT INTO prepaid SELECT id + 1, ledger_id, voucher_id, line, account, revenue, counterparty_id, project_id, "
            "what, total, first_day, last_day, 'year', made_by, made_at FROM prepaid"
        ),
    ]
    with village.raw() as connection:
        for statement in statements:
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    assert village.verify() == []


def test_verify_names_parts_that_do_not_add_up(village):
    received(village)
    village.book.close()
    with closing(sqlite3.connect(village.path)) as connection:
        connection.execute("DROP TRIGGER prepaid_part_update")
        connection.execute("UPDATE prepaid_part SET amount = amount + 1 WHERE number = 5")
        connection.commit()
    with Village(village.path) as again:
        assert any(f.rule == "V31" and "各期之和" in f.text for f in again.verify())


def test_a_lease_beyond_twenty_years_is_said(village):
    from dataclasses import replace

    with village.act() as uow:
        outcome = prepaid.receive(uow, COLLECTIVE, replace(POND, last=date(2045, 12, 31)))
    assert any("民法典第705条" in warning for warning in outcome.warnings)
