"""Four people keep a month of 青山村: each does what is theirs, and each is refused what is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.builders import (
    COLLECTIVE,
    COMMITTEE,
    LI,
    QIAN,
    WANG,
    ZHAO,
    Village,
    draft,
    in_file,
    opening,
    pin_of,
)
from village_ledger.domain.duty import Role
from village_ledger.domain.errors import DutyError, LedgerError, NotSignedIn
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.book import accounts, openings
from village_ledger.services.closing import closing
from village_ledger.services.disclosure import registering
from village_ledger.services.entry import (
    bulk,
    corrections,
    drafts,
    one_person_post,
    posting,
    review,
    vouchers,
)
from village_ledger.services.staff import staff
from village_ledger.services.staff.staff import confirm
from village_ledger.storage.unit_of_work import UnitOfWork

MARCH = Month.parse("2025-03")
RENT = draft("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
DEPOSIT = draft("2025-03-09", "把租金存银行", "借 102 6000; 贷 101 6000")
Act = Callable[[UnitOfWork], object]


def everything(waiting: StoredVoucher, posted: StoredVoucher) -> dict[str, tuple[Act, set[str]]]:
    """Every kind of action, and who of the four may do it."""
    return {
        "填凭证": (lambda uow: vouchers.save(uow, RENT), {WANG}),
        "存草稿": (lambda uow: drafts.autosave(uow, RENT), {WANG}),
        "作废": (lambda uow: vouchers.void(uow, waiting.id, "填错了"), {WANG}),
        "重排": (lambda uow: vouchers.resort(uow, COLLECTIVE, MARCH), {WANG}),
        "冲销": (
            lambda uow: corrections.reverse(uow, COLLECTIVE, posted.ref, posted.voucher.day, "科目记错"),
            {WANG},
        ),
        "导入": (lambda uow: bulk.import_vouchers(uow, COMMITTEE, [], post=False), {WANG}),
        "设科目": (lambda uow: accounts.add(uow, COLLECTIVE, "501", "鱼塘承包"), {WANG, LI}),
        "录期初": (
            lambda uow: openings.set_opening(uow, COMMITTEE, opening("借 1001 5", "贷 3001 5")),
            {WANG, LI},
        ),
        "审核": (lambda uow: review.pass_vouchers(uow, [waiting.id]), {LI}),
        "退回": (lambda uow: review.give_back(uow, waiting.id, "缺单据"), {LI}),
        "记账": (lambda uow: posting.post(uow, [posted.id]), {WANG}),
        "结账": (lambda uow: closing.close(uow, COMMITTEE, Month.parse("2025-01")), {WANG, LI}),
        "登记公开表": (
            lambda uow: registering.register(uow, "ABC", COLLECTIVE, "disclosure", Village.year, "{}"),
            {WANG, LI},
        ),
        "一人岗": (lambda uow: one_person_post.declare(uow, COLLECTIVE, declared=True), {LI, QIAN}),
        "管人员": (lambda uow: staff.give_role(uow, ZHAO, Role.PREPARER), {QIAN}),
        "换恢复码": (staff.new_recovery_code, {QIAN}),
    }


def refused_for_duty(village: Village, name: str, act: Act) -> bool:
    """Whether somebody is refused an action for want of a role; nothing stays of it either way."""
    village.book.sign_off()
    staff.sign_in(village.book, name, pin_of(name))
    with village.book.unit_of_work(name) as uow:
        try:
            act(uow)
        except DutyError as error:
            return "角色是" in error.what
        except LedgerError:
            return False  # allowed, but this voucher does not want it
    return False


def test_four_people_keep_a_month(village: Village) -> None:
    """From the first registration to the closed month, with everything refused on the way that the law keeps apart."""
    # 1 March: the secretary registers himself and the others; nobody acts under another's name any more.
    village.hire_four()
    with pytest.raises(NotSignedIn):
        village.book.unit_of_work(WANG)

    # The accountant sets up and types the month; nobody else may.
    with village.act(WANG) as uow:
        openings.set_opening(uow, COLLECTIVE, opening("借 101 1200", "贷 301 1200"))
    rent = village.save(RENT).value
    village.review(rent)
    village.post(rent)
    deposit = village.save(DEPOSIT).value

    # Each of the four tries everything; exactly those with the role are let in.
    for name in (QIAN, WANG, LI, ZHAO):
        for what, (act, allowed) in everything(deposit, village.again(rent)).items():
            assert refused_for_duty(village, name, act) is (name not in allowed), f"{name} {what}"

    # Preparing and posting in one hand is allowed, reviewing one's own is not, not even with the role.
    with village.act(QIAN) as uow:
        staff.give_role(uow, LI, Role.PREPARER)
    own = village.save(draft("2025-03-12", "把零钱存银行", "借 102 60; 贷 101 60"), by=LI).value
    with pytest.raises(DutyError, match="自己制的单，自己不能审"):
        village.review(own)
    village.void(own, by=LI)

    # The chief passes, the accountant posts, the month closes; an import may not go round them.
    village.review(deposit)
    village.post(deposit)
    with pytest.raises(DutyError, match="不能跳过审核"):
        village.take_in(in_file(RENT, 4))
    for month in ("2025-01", "2025-02", "2025-03"):
        with village.act(WANG) as uow:
            closing.close(uow, COLLECTIVE, Month.parse(month))

    # Reopening wants the chief in person: not the cashier, and not only the chief's name.
    for name in (ZHAO, LI):
        with pytest.raises(DutyError), village.act(WANG) as uow:
            closing.reopen(uow, COLLECTIVE, MARCH, name, "漏记一张")
    confirm(village.book, LI, pin_of(LI))
    with village.act(WANG) as uow:
        closing.reopen(uow, COLLECTIVE, MARCH, LI, "漏记一张")
    assert {m.month: m.state for m in village.reader.months(COLLECTIVE)}[MARCH] is MonthState.OPEN

    # Everybody's name stands on what they did, and the book proves.
    posted = village.again(rent)
    assert (posted.prepared_by, posted.reviewed_by, posted.posted_by) == (WANG, LI, WANG)
    assert {o.by for o in village.reader.operations()} == {QIAN, WANG, LI, ZHAO}
    assert village.verify() == []
