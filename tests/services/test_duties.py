"""Who may do what: a book without staff lets everything pass; roles and conflicts are data."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import LI, Village
from village_ledger.domain.duty import Duty, Held, Role, duty_rules
from village_ledger.domain.errors import DutyError, LedgerError
from village_ledger.services import duties
from village_ledger.services.duties import why_not
from village_ledger.services.entry import invoices, prints
from village_ledger.storage.staff.queries import StaffMember

DAY = date(2025, 3, 8)


def person(*held: Held, left_at: str = "") -> StaffMember:
    return StaffMember(1, LI, "2025-01-01T08:00:00", left_at, held)


def held(role: Role, ledger: str = "", since: str = "2025-01-01", until: str = "") -> Held:
    return Held(role, ledger, date.fromisoformat(since), date.fromisoformat(until) if until else None)


@pytest.mark.parametrize("duty", Duty)
def test_a_book_without_staff_lets_everything_pass(village: Village, duty: Duty) -> None:
    with village.act("随便谁") as uow:
        duties.require(uow, duty, "collective")


def test_every_duty_is_some_roles() -> None:
    assert {duty for duty in Duty if not duty_rules().roles_for(duty)} == set()


def test_the_cashier_neither_reviews_nor_posts() -> None:
    cashier = person(held(Role.CASHIER))
    assert "不能审核凭证" in why_not(cashier, LI, Duty.REVIEW, "collective", DAY)
    assert "不能记账" in why_not(cashier, LI, Duty.POST, "collective", DAY)
    assert why_not(cashier, LI, Duty.CASH, "collective", DAY) == ""


def test_a_role_holds_in_its_ledger_and_its_days_only() -> None:
    keeper = person(held(Role.BOOKKEEPER, "collective", "2025-02-01", "2025-03-09"))
    assert why_not(keeper, LI, Duty.POST, "collective", DAY) == ""
    assert "在这本账里没有" in why_not(keeper, LI, Duty.POST, "committee", DAY)
    assert why_not(keeper, LI, Duty.POST, "collective", date(2025, 3, 9)) != ""
    assert "从 2025-02-01 起才有" in why_not(keeper, LI, Duty.POST, "collective", date(2025, 1, 31))


def test_who_has_left_or_is_unknown_may_nothing() -> None:
    assert "离任" in why_not(person(held(Role.CHIEF), left_at="2025-03-01T08:00:00"), LI, Duty.CLOSE, "", DAY)
    assert "人员里没有" in why_not(None, "路人", Duty.CLOSE, "", DAY)


@pytest.mark.parametrize(
    ("one", "other", "source"),
    [
        (Role.CASHIER, Role.REVIEWER, "规范"),
        (Role.CASHIER, Role.BOOKKEEPER, "规范"),
        (Role.ADMINISTRATOR, Role.PREPARER, "会计法"),
        (Role.SUPERVISOR, Role.CASHIER, "农村集体经济组织法"),
    ],
)
def test_conflicts_name_their_rule_whichever_comes_first(one: Role, other: Role, source: str) -> None:
    for first, second in ((one, other), (other, one)):
        broken = duty_rules().conflict([held(first)], held(second))
        assert broken is not None
        assert source in broken.source


def test_conflicts_look_at_ledger_and_days() -> None:
    rules = duty_rules()
    assert rules.conflict([held(Role.CASHIER, "collective")], held(Role.REVIEWER, "committee")) is None
    assert rules.conflict([held(Role.CASHIER)], held(Role.REVIEWER, "committee")) is not None
    assert (
        rules.conflict([held(Role.ADMINISTRATOR, "collective")], held(Role.PREPARER, "committee")) is not None
    )
    ended = held(Role.CASHIER, until="2025-03-01")
    assert rules.conflict([ended], held(Role.REVIEWER, since="2025-03-01")) is None
    assert rules.conflict([ended], held(Role.REVIEWER, since="2025-02-28")) is not None


def test_one_person_may_prepare_and_keep_the_books() -> None:
    assert duty_rules().conflict([held(Role.PREPARER)], held(Role.BOOKKEEPER)) is None


def test_a_role_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(DutyError, match="制单、审核"):
        Role.read("会长")


def test_printing_is_everybodys_of_the_staff_and_nobody_elses(village: Village) -> None:
    village.hire_four()
    for name in ("赵平", "钱书记"):
        with village.act(name) as uow:
            prints.count(uow, ["x"], "科目余额表")
    with pytest.raises(LedgerError), village.act("路人") as uow:
        prints.count(uow, ["x"], "科目余额表")


def test_invoice_numbers_are_written_by_whoever_prepares(village: Village) -> None:
    stored = village.entered("2025-03-08", "付电费", "借 513 100; 贷 101 100")
    village.hire_four()
    with pytest.raises(DutyError, match="不能填制凭证"), village.act("赵平") as uow:
        invoices.book(uow, stored, "12345678")
