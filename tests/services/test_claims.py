"""报账: receipts handed in become vouchers, the advance agrees month by month, receipt numbers are accounted for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from village_ledger.domain.claim import Claim, ClaimLine, ClaimState, Settle
from village_ledger.domain.errors import ClaimError, LedgerError, PeriodError, ReceiptError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.receipt_book import Act, Numbers, ReceiptEvent
from village_ledger.services.check_item import Verdict
from village_ledger.services.claims import advances, claims, receipt_books

CHEN = "陈秀英"
DAY = date(2025, 3, 20)
MARCH = Month(2025, 3)


def receipt(summary: str, fen: int, account: str = "513", **more: object) -> ClaimLine:
    signed = {"handler": CHEN, "witness": "周德清", "approver": "赵永康"} | more
    return ClaimLine(date(2025, 3, 12), summary, fen, account, **signed)  # pyright: ignore[reportArgumentType]  signers by name


@pytest.fixture
def hall(village: Village) -> Village:
    """A village whose 报账员 holds an advance of 2,000 yuan."""
    village.open_with("借 101 9000", "贷 311 9000")
    with village.act() as uow:
        claims.register_claimant(uow, COLLECTIVE, CHEN, "113")
    village.posted("2025-03-01", "付陈秀英备用金", f"借 113@{CHEN} 2000; 贷 101 2000")
    return village


def hand_in(village: Village, *lines: ClaimLine, settle: Settle = Settle.ADVANCE, day: date = DAY):
    pays = claims.paying_account(village.reader, COLLECTIVE, CHEN, settle)
    with village.act() as uow:
        return claims.submit(uow, COLLECTIVE, Claim(CHEN, day, settle, pays, lines)).value


def booked(village: Village, claim_id: int):
    with village.act() as uow:
        return claims.book(uow, claim_id).value


def test_receipts_of_the_same_people_become_one_voucher_against_the_advance(hall):
    claim = hand_in(hall, receipt("购打印纸", 120_00, invoice="033002500111"), receipt("付电话费", 80_50))
    assert claim.number == "报-2025-0001"
    (made,) = booked(hall, claim.id)
    assert [(x.account, x.counterparty, x.debit, x.credit) for x in made.voucher.lines] == [
        ("513", "", 120_00, 0),
        ("513", "", 80_50, 0),
        ("113", CHEN, 0, 200_50),
    ]
    assert (made.voucher.handler, made.voucher.witness, made.voucher.approver) == (CHEN, "周德清", "赵永康")
    assert made.voucher.attachments == 2
    stored = hall.reader.claim(claim.id)
    assert stored.state is ClaimState.BOOKED
    assert stored.vouchers == ((1, made.id, str(made.ref)),)
    assert hall.verify() == []


def test_receipts_of_other_people_get_a_voucher_of_their_own_since_it_names_each_once(hall):
    claim = hand_in(
        hall,
        receipt("购打印纸", 120_00),
        receipt("修水渠", 300_00, approver="李德富"),
        receipt("付电话费", 80_00),
        settle=Settle.CASH,
    )
    first, second = booked(hall, claim.id)
    assert first.voucher.amount == 200_00
    assert second.voucher.amount == 300_00
    assert second.voucher.approver == "李德富"
    assert {line.account for v in (first, second) for line in v.voucher.lines if line.credit} == {"101"}


def test_a_claim_is_booked_once_and_again_only_after_its_voucher_is_void(hall):
    claim = hand_in(hall, receipt("购打印纸", 120_00, invoice="5001"))
    (made,) = booked(hall, claim.id)
    with pytest.raises(ClaimError, match="已经记成"):
        booked(hall, claim.id)
    hall.void(made)
    assert hall.reader.claim(claim.id).state is ClaimState.SUBMITTED
    assert booked(hall, claim.id)


def test_a_deleted_voucher_sets_its_claim_free(hall):
    claim = hand_in(hall, receipt("购打印纸", 120_00))
    (made,) = booked(hall, claim.id)
    hall.delete_last(made)
    assert hall.reader.claim(claim.id).state is ClaimState.SUBMITTED
    assert hall.verify() == []


def test_the_vouchers_sum_stays_that_of_the_claim(hall):
    claim = hand_in(hall, receipt("购打印纸", 120_00))
    (made,) = booked(hall, claim.id)
    from tests.builders import draft

    changed = draft("2025-03-20", "购打印纸", f"借 513 100; 贷 113@{CHEN} 100", editing=made.id)
    with pytest.raises(VoucherError, match="金额不能和报账单不同"):
        hall.save(changed)


def test_one_receipt_in_the_closed_month_and_nothing_is_made(hall):
    claim = hand_in(hall, receipt("购打印纸", 120_00), receipt("修水渠", 30_00, approver="李德富"))
    hall.close_month("2025-01")
    hall.close_month("2025-02")
    hall.close_month("2025-03")
    before = hall.numbers("2025-03")
    with pytest.raises(PeriodError, match="已结账"):
        booked(hall, claim.id)
    assert hall.numbers("2025-03") == before


def test_the_second_voucher_refused_takes_the_first_with_it(hall):
    claim = hand_in(
        hall, receipt("购打印纸", 120_00), receipt("不知记哪里", 30_00, account="", approver="李德富")
    )
    with pytest.raises(ClaimError, match="还没有写记到哪个科目"):
        booked(hall, claim.id)
    assert hall.reader.claim(claim.id).vouchers == ()
    assert len(hall.numbers("2025-03")) == 1


def test_an_invoice_is_handed_in_once(hall):
    booked(hall, hand_in(hall, receipt("购打印纸", 120_00, invoice="5001")).id)
    with pytest.raises(VoucherError, match="5001 已经记在"):
        hand_in(hall, receipt("购打印纸", 120_00, invoice="5001"))


def test_an_invoice_that_waits_on_one_claim_is_on_no_other(hall):
    first = hand_in(hall, receipt("购打印纸", 120_00, invoice="5001"))
    with pytest.raises(ClaimError, match="5001 已经在 报-2025-0001 上报过"):
        hand_in(hall, receipt("购打印纸", 120_00, invoice="5001"))
    with hall.act() as uow:
        claims.give_back(uow, first.id, "抬头不对")
    assert hand_in(hall, receipt("购打印纸", 120_00, invoice="5001")).number == "报-2025-0002"


def test_a_returned_claim_waits_for_who_handed_it_in(hall):
    claim = hand_in(hall, receipt("购打印纸", 120_00))
    with hall.act() as uow:
        claims.give_back(uow, claim.id, "发票抬头不对")
    with pytest.raises(ClaimError, match="已经退回"):
        booked(hall, claim.id)
    with hall.act() as uow:
        again = Claim(CHEN, DAY, Settle.ADVANCE, "113", (receipt("购打印纸", 110_00),))
        assert claims.submit(uow, COLLECTIVE, again, claim.id).value.number == claim.number
    assert booked(hall, claim.id)[0].voucher.amount == 110_00
    with pytest.raises(ClaimError, match="已经记成"), hall.act() as uow:
        claims.give_back(uow, claim.id, "晚了")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": 0}, "不大于零"),
        ({"amount": -5}, "不大于零"),
        ({"handler": ""}, "没有经手人"),
        ({"witness": ""}, "没有证明人"),
        ({"approver": ""}, "没有审批人"),
        ({"approver": CHEN}, "同一个人"),
        ({"attachments": 0}, "没有单据"),
        ({"day": date(2025, 3, 21)}, "晚于报账日期"),
        ({"account": "5139"}, "5139"),
        ({"account": "322"}, "322"),
    ],
)
def test_a_receipt_that_cannot_be_paid_is_refused(hall, change, words):
    fields = {"day": date(2025, 3, 12), "summary": "购打印纸", "amount": 1_00, "account": "513"}
    people = {"handler": CHEN, "witness": "周德清", "approver": "赵永康"}
    with pytest.raises(LedgerError, match=words):
        hand_in(hall, ClaimLine(**(fields | people | change)))
    assert hall.reader.claims(COLLECTIVE) == []


def test_only_people_who_are_registered_hand_in_and_the_advance_lies_with_them(hall):
    with pytest.raises(ClaimError, match="报账员里没有“王五”"), hall.act() as uow:
        claims.submit(uow, COLLECTIVE, Claim("王五", DAY, Settle.CASH, "101", (receipt("购纸", 1_00),)))
    with pytest.raises(ClaimError, match="不按往来单位核算"), hall.act() as uow:
        claims.register_claimant(uow, COLLECTIVE, "王五", "513")
    with pytest.raises(ClaimError, match=r"备用金还有 2,000\.00 没有结清"), hall.act() as uow:
        claims.dismiss_claimant(uow, COLLECTIVE, CHEN)
    with pytest.raises(ClaimError, match="报账员里没有"):
        hall.reader.claimant(COMMITTEE, CHEN)


def test_the_bank_account_is_named_when_there_are_several(hall):
    hall.add_account("102", "农商行基本户")
    hall.add_account("102", "土地补偿费专户")
    with pytest.raises(ClaimError, match="没有说从哪个银行科目付"):
        claims.paying_account(hall.reader, COLLECTIVE, CHEN, Settle.BANK)
    assert claims.paying_account(hall.reader, COLLECTIVE, CHEN, Settle.BANK, "10202") == "10202"
    with pytest.raises(ClaimError, match="101 不是本账的银行科目"):
        claims.paying_account(hall.reader, COLLECTIVE, CHEN, Settle.BANK, "101")


def count(village: Village, cash: int, receipts: int, reason: str = ""):
    with village.act() as uow:
        return advances.reconcile(uow, COLLECTIVE, CHEN, MARCH, cash, receipts, reason).value


def test_an_advance_is_cash_and_receipts_against_the_books(hall):
    claim = hand_in(hall, receipt("购打印纸", 200_00))
    made = booked(hall, claim.id)
    hall.review(*made)
    hall.post(*made)
    check = count(hall, 1_500_00, 300_00)
    assert (check.book, check.difference) == (1_800_00, 0)
    with pytest.raises(ClaimError, match=r"账上 1,800\.00，实有 1,700\.00，少 100\.00"):
        count(hall, 1_400_00, 300_00)
    assert count(hall, 1_400_00, 300_00, "下乡丢失，写了说明").difference == -100_00
    assert [c.reason for c in hall.reader.advance_checks(COLLECTIVE, "2025-03")] == ["下乡丢失，写了说明"]


def verdicts(village: Village) -> dict[str, Verdict]:
    return {x.rule: x.verdict for x in claims.check_for_close(village.reader, COLLECTIVE, MARCH)}


def test_before_closing_nothing_may_be_left_lying(hall):
    claim = hand_in(hall, receipt("购打印纸", 200_00))
    assert verdicts(hall) == {"K12": Verdict.WARN, "K27": Verdict.WARN, "K28": Verdict.PASS}
    booked(hall, claim.id)
    count(hall, 2_000_00, 0)
    assert verdicts(hall) == {"K12": Verdict.PASS, "K27": Verdict.PASS, "K28": Verdict.PASS}


def use(
    village: Village,
    act: Act,
    first: int,
    last: int,
    amount: int = 0,
    note: str = "",
    holder: str = CHEN,
    day: date = DAY,
) -> None:
    with village.act() as uow:
        event = ReceiptEvent(0, act, Numbers(first, last), holder, day, amount, note)
        receipt_books.write(uow, COLLECTIVE, "内部收据", event)


@pytest.fixture
def desk(hall):
    with hall.act() as uow:
        receipt_books.register(uow, COLLECTIVE, "内部收据", "000001", "000100", DAY)
    use(hall, Act.ISSUE, 1, 25)
    return hall


def test_missing_receipts_are_named(desk):
    use(desk, Act.USE, 1, 4, 600_00)
    use(desk, Act.VOID, 6, 6, note="写错金额")
    assert claims.gap_words(desk.reader, COLLECTIVE) == ["内部收据 000005（陈秀英）"]
    assert verdicts(desk)["K28"] is Verdict.WARN
    use(desk, Act.USE, 5, 5, 10_00)
    assert claims.gap_words(desk.reader, COLLECTIVE) == []
    assert desk.verify() == []


@pytest.mark.parametrize(
    ("act", "first", "amount", "note", "holder", "words"),
    [
        (Act.USE, 1, 0, "", CHEN, "要写金额"),
        (Act.VOID, 1, 0, "", CHEN, "要写明原因"),
        (Act.RETURN, 1, 5, "", CHEN, "没有金额"),
        (Act.USE, 30, 5, "", CHEN, "没有全部领给"),
        (Act.USE, 200, 5, "", CHEN, "没有登记过含 200 号"),
        (Act.ISSUE, 1, 0, "", "", "还没有写领用人"),
    ],
)
def test_a_receipt_nobody_can_account_for_is_refused(desk, act, first, amount, note, holder, words):
    with pytest.raises(ReceiptError, match=words):
        use(desk, act, first, first, amount, note, holder)


def test_a_book_of_receipts_is_registered_once_in_the_village(desk):
    with pytest.raises(ReceiptError, match="重号"), desk.act() as uow:
        receipt_books.register(uow, COMMITTEE, "内部收据", "000100", "000200", DAY)
    for first in ("", "０１", "12a", "0"):
        with pytest.raises(ReceiptError, match="不是收据号"), desk.act() as uow:
            receipt_books.register(uow, COLLECTIVE, "另一种", first, "5", DAY)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE claim SET day = '2025-03-21' WHERE id = 1",
        "UPDATE claim_line SET amount = 1 WHERE claim_id = 1",
        "DELETE FROM claim_line WHERE claim_id = 1",
        (
            "INSERT INTO claim_line SELECT claim_id, 9, day, summary, amount, account, counterparty, project, handler, witness, "
            "approver, invoice, attachments FROM claim_line WHERE claim_id = 1"
        ),
        "DELETE FROM claim WHERE id = 1",
        "DELETE FROM claim_voucher",
        "INSERT INTO claim_voucher SELECT id, 1, 1 FROM voucher ORDER BY id LIMIT 1",
        "UPDATE receipt_event SET last = 24",
        "DELETE FROM receipt_event",
        "UPDATE advance_check SET cash = 0",
        "DELETE FROM advance_check",
        "INSERT INTO receipt_book SELECT 9, ledger_id, kind, 50, 60, width, received_on FROM receipt_book",
    ],
)
def test_the_database_itself_keeps_what_was_booked(desk, sql):
    booked(desk, hand_in(desk, receipt("购打印纸", 120_00)).id)
    count(desk, 2_000_00, 0)
    with desk.raw() as raw, pytest.raises(Exception, match="账没有变化"):
        raw.execute(sql)


def test_a_booked_claim_changed_behind_our_back_is_found(desk):
    booked(desk, hand_in(desk, receipt("购打印纸", 120_00)).id)
    with desk.raw() as raw:
        raw.execute("DROP TRIGGER claim_line_update")
        raw.execute("UPDATE claim_line SET amount = 1")
    findings = [(f.record, f.expected, f.found) for f in desk.verify() if f.rule == "V22"]
    assert findings == [("报-2025-0001", "0.01", "120.00")]
