"""The demonstration village is a set of books a careful accountant would sign."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date

import pytest

from tests.demo.village_files import (
    BANK,
    CASH,
    COMMITTEE_NAME,
    LEDGERS,
    Voucher,
    accounts,
    balances,
    leaves,
    opening,
    settings,
    top,
    total,
    vouchers,
)

YEAR_END = date(2025, 12, 31)
MONTH_ENDS = [date(2025, month, monthrange(2025, month)[1]) for month in range(1, 13)]
both = pytest.mark.parametrize("ledger", LEDGERS)


def moves_money(ledger: str, voucher: Voucher) -> bool:
    money = (CASH[ledger], BANK[ledger])
    return any(line.account.startswith(money) for line in voucher.lines)


# Vouchers and numbers


def test_about_four_hundred_vouchers_are_spread_over_every_month_of_both_ledgers():
    assert 380 <= sum(len(vouchers(ledger)) for ledger in LEDGERS) <= 440
    for ledger in LEDGERS:
        assert {voucher.day.month for voucher in vouchers(ledger)} == set(range(1, 13))


@both
def test_numbers_run_from_one_in_date_order_without_a_gap(ledger):
    months: dict[int, list[Voucher]] = defaultdict(list)
    for voucher in vouchers(ledger):
        months[voucher.day.month].append(voucher)
    for month in months.values():
        assert [voucher.number for voucher in month] == list(range(1, len(month) + 1))
        assert [voucher.day for voucher in month] == sorted(voucher.day for voucher in month)


@both
def test_every_voucher_balances_with_two_lines_and_no_zero_line(ledger):
    for voucher in vouchers(ledger):
        assert len(voucher.lines) >= 2, voucher.name
        assert sum(line.amount for line in voucher.lines) == 0, voucher.name
        assert all((line.debit == 0) != (line.credit == 0) for line in voucher.lines), voucher.name


@both
def test_every_line_stands_on_a_leaf_that_is_switched_on(ledger):
    open_leaves = leaves(ledger)
    for voucher in vouchers(ledger):
        for line in voucher.lines:
            assert line.account in open_leaves, (voucher.name, line.account)
            assert top(ledger, line.account)["active"] == "1"


@both
def test_demanded_dimensions_are_given(ledger):
    for voucher in vouchers(ledger):
        for line in voucher.lines:
            demanded = top(ledger, line.account)["dimensions"]
            assert line.counterparty or "往来单位" not in demanded, (voucher.name, line)
            assert line.project or "项目" not in demanded, (voucher.name, line)


@both
def test_summaries_fit_the_form_and_use_full_width_punctuation(ledger):
    lengths = [len(line.summary) for voucher in vouchers(ledger) for line in voucher.lines]
    assert 50 <= max(lengths) <= 60 or ledger == "committee"
    assert max(lengths) <= 60
    for voucher in vouchers(ledger):
        for line in voucher.lines:
            assert not re.search(r"[(:;!?]|(?<!\d),", line.summary), line.summary


@both
def test_money_moves_with_handler_witness_and_approver_and_with_papers(ledger):
    for voucher in vouchers(ledger):
        if moves_money(ledger, voucher):
            people = [voucher.handler, voucher.witness, voucher.approver]
            assert all(people), voucher.name
            assert len(set(people)) == 3, voucher.name
        assert (voucher.attachments >= 1) != bool(voucher.reason), voucher.name


def test_bookkeeper_and_reviewer_never_handle_what_they_book():
    for ledger in LEDGERS:
        for voucher in vouchers(ledger):
            assert not {"王秀英", "蒲文斌"} & {voucher.handler, voucher.witness, voucher.approver}


# Cash and bank


@both
def test_cash_is_never_below_zero_nor_above_the_limit_at_the_end_of_a_day(ledger):
    limit = settings("rules", "cash.toml")["limit"]["default_fen"]
    days = sorted({voucher.day for voucher in vouchers(ledger)})
    for day in days:
        assert 0 <= total(balances(ledger, day), CASH[ledger]) <= limit, day


@both
def test_no_bank_account_is_ever_overdrawn(ledger):
    held: dict[str, int] = defaultdict(int)
    for (code, _, _), amount in opening(ledger).items():
        held[code] += amount
    for voucher in vouchers(ledger):
        for line in voucher.lines:
            held[line.account] += line.amount
        for code, amount in held.items():
            assert amount >= 0 or not code.startswith(BANK[ledger]), (voucher.name, code)


@both
def test_cash_taken_in_goes_to_the_bank_the_same_day(ledger):
    taken: Counter[date] = Counter()
    banked: Counter[date] = Counter()
    for voucher in vouchers(ledger):
        cash, bank = voucher.moves(CASH[ledger]), voucher.moves(BANK[ledger])
        if cash > 0 and not bank:
            taken[voucher.day] += cash
        if cash < 0 and bank > 0:
            banked[voucher.day] += bank
    assert taken == banked


@both
def test_cash_pays_only_small_sums(ledger):
    below = settings("rules", "cash.toml")["small_payment"]["below_fen"]
    for voucher in vouchers(ledger):
        assert -voucher.moves(CASH[ledger]) < below or voucher.moves(BANK[ledger]), voucher.name


# Balances


@both
def test_opening_balances_tie_and_stand_on_leaves(ledger):
    assert sum(opening(ledger).values()) == 0
    for (code, party, project), amount in opening(ledger).items():
        assert amount
        assert code in leaves(ledger), code
        demanded = top(ledger, code)["dimensions"]
        assert bool(party) >= ("往来单位" in demanded)
        assert bool(project) >= ("项目" in demanded)
    assert not any(
        top(ledger, code)["category"] in {"损益", "收入", "支出"} for code, _, _ in opening(ledger)
    )


@both
@pytest.mark.parametrize("day", MONTH_ENDS, ids=str)
def test_the_trial_balance_ties_at_every_month_end(ledger, day):
    held = balances(ledger, day)
    assert sum(held.values()) == 0
    moved = [line for voucher in vouchers(ledger) if voucher.day <= day for line in voucher.lines]
    assert sum(line.debit for line in moved) == sum(line.credit for line in moved)


@both
def test_nothing_is_carried_forward_yet(ledger):
    carry = {"collective": ("321", "322"), "committee": ("3201", "3101")}[ledger]
    assert not any(line.account.startswith(carry) for voucher in vouchers(ledger) for line in voucher.lines)


@both
def test_accounts_keep_their_side_at_the_years_end(ledger):
    by_account: dict[str, int] = defaultdict(int)
    for (code, _, _), amount in balances(ledger, YEAR_END).items():
        by_account[code] += amount
    for code, amount in by_account.items():
        above = top(ledger, code)
        if above["two_way"] == "0":
            assert amount >= 0 if above["side"] == "借" else amount <= 0, (code, accounts(ledger)[code])


def test_accounts_that_must_be_empty_are_empty():
    held = balances("collective", YEAR_END)
    for code in ("153", "154", "181", "212", "21104", "231", "241", "11303", "11305"):
        assert total(held, code) == 0, code


# Between the two ledgers


@pytest.mark.parametrize("day", MONTH_ENDS, ids=str)
def test_mirror_balances_agree_at_every_close(day):
    collective, committee = balances("collective", day), balances("committee", day)
    assert total(collective, "112", COMMITTEE_NAME) == -total(committee, "2202")
    assert -total(collective, "211", COMMITTEE_NAME) == total(committee, "1122")


def test_mirrors_are_still_open_at_the_years_end_so_that_the_check_has_something_to_say():
    held = balances("committee", YEAR_END)
    assert total(held, "2202") == -860_00
    assert total(held, "1122") == 1284_00


def test_every_subsidy_stands_on_both_sides_on_the_same_day():
    given = sorted(
        (voucher.day, line.debit)
        for voucher in vouchers("collective")
        for line in voucher.lines
        if accounts("collective")[line.account] == "补助村委会"
    )
    received = sorted(
        (voucher.day, line.credit)
        for voucher in vouchers("committee")
        for line in voucher.lines
        if line.account == "4501"
    )
    assert given == received
    assert len(given) == 5


# Members


@pytest.mark.parametrize("account", ["11302", "11304"])
def test_levy_and_dividend_are_settled_per_household_but_for_few(account):
    held = balances("collective", YEAR_END)
    left = {party: amount for (code, party, _), amount in held.items() if code == account and amount}
    assert 1 <= len(left) <= 2
    turned = {
        line.counterparty
        for voucher in vouchers("collective")
        for line in voucher.lines
        if line.account == account
    }
    assert len(turned | set(left)) == 62


def test_no_household_pays_more_than_it_owed_nor_draws_more_than_its_due():
    held: dict[tuple[str, str], int] = defaultdict(int)
    for (code, party, _), amount in opening("collective").items():
        held[code, party] += amount
    for voucher in vouchers("collective"):
        for line in voucher.lines:
            held[line.account, line.counterparty] += line.amount
        for (code, party), amount in held.items():
            if code in {"11301", "11302"}:
                assert amount >= 0, (voucher.name, party)
            if code in {"11303", "11304", "11305"}:
                assert amount <= 0, (voucher.name, party)


# Corrections


@both
def test_a_red_letter_voucher_mirrors_the_one_it_reverses(ledger):
    by_name = {voucher.name: voucher for voucher in vouchers(ledger)}
    reds = [voucher for voucher in by_name.values() if voucher.reverses]
    assert len(reds) == 1
    for red in reds:
        wrong = by_name[red.reverses]
        assert [(x.account, -x.debit, -x.credit) for x in red.lines] == [
            (x.account, x.debit, x.credit) for x in wrong.lines
        ]
        assert wrong.day <= red.day
        said = f"注销{wrong.day.month}月{wrong.day.day}日记-{wrong.number:04d}号凭证"
        assert all(line.summary.startswith(said) for line in red.lines)
        [blue] = [voucher for voucher in by_name.values() if voucher.corrects == red.reverses]
        assert blue.lines[0].summary.startswith(said.replace("注销", "订正"))


@both
def test_negative_amounts_stand_only_on_red_letter_vouchers(ledger):
    for voucher in vouchers(ledger):
        negative = any(line.debit < 0 or line.credit < 0 for line in voucher.lines)
        assert negative == bool(voucher.reverses), voucher.name


@both
def test_references_to_other_vouchers_name_vouchers_that_exist(ledger):
    numbers = {(voucher.day.month, voucher.number) for voucher in vouchers(ledger)}
    for voucher in vouchers(ledger):
        for month, number in re.findall(r"(\d+)月记-(\d{4})号凭证", voucher.reason):
            assert (int(month), int(number)) in numbers


# Figures a village accountant would believe


def year(ledger: str, *, income: bool) -> int:
    """Fen of the year's income or expense."""
    side, sign = ("贷", -1) if income else ("借", 1)
    return sign * sum(
        amount
        for (code, _, _), amount in balances(ledger, YEAR_END).items()
        if top(ledger, code)["category"] in {"损益", "收入", "支出"} and top(ledger, code)["side"] == side
    )


@pytest.mark.parametrize(
    ("ledger", "income", "expense", "cash", "bank"),
    [
        ("collective", 517_259_59, 453_118_28, 3_019_00, 460_314_35),
        ("committee", 232_894_02, 209_558_49, 871_60, 70_238_05),
    ],
)
def test_the_years_income_and_expense_and_the_money_left(ledger, income, expense, cash, bank):
    held = balances(ledger, YEAR_END)
    assert year(ledger, income=True) == income
    assert year(ledger, income=False) == expense
    assert total(held, CASH[ledger]) == cash
    assert total(held, BANK[ledger]) == bank
