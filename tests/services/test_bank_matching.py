"""Statements taken in, matched, agreed; whatever is done, both sides of a match are equal and the table closes."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, Village, a_village
from tests.exchange.bank_files import NUMBER, statement
from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.domain.period import Month
from village_ledger.exchange.bank.import_bank import ImportedStatement, import_bank
from village_ledger.services.bank import bank_accounts, bank_assertions, bank_drafts, bank_matches
from village_ledger.services.bank.bank_check import bank_checks
from village_ledger.services.bank.bank_position import Reconciliation, read_position, reconcile
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.storage.bank.queries import BankAccount

RENT = ("2025-03-05", "1200", "果园老李", "承包款")
FEE = ("2025-03-21", "-15", "", "账户管理费")
MARCH, APRIL = date(2025, 3, 31), date(2025, 4, 30)


def taken(village: Village, path: Path, ledger: str = COLLECTIVE, account: str = "") -> ImportedStatement:
    with village.act() as uow:
        return import_bank(uow, ledger, path, account=account).value


def bank_of(village: Village) -> BankAccount:
    return village.reader.bank_account(COLLECTIVE, "102")


def table(village: Village, day: date = MARCH) -> Reconciliation:
    return reconcile(village.reader, bank_of(village), day)


def k9(village: Village, month: str = "2025-03") -> CheckItem:
    [item] = bank_checks(village.reader, COLLECTIVE, Month.parse(month))
    return item


def rented(village: Village) -> None:
    village.posted("2025-03-03", "收果园老李承包款", "借 102 1200; 贷 501 1200")


# taking in


def test_a_statement_registers_its_account_on_the_only_leaf(village: Village, tmp_path: Path):
    rented(village)
    done = taken(village, statement(tmp_path, RENT, FEE))
    assert (done.new, done.known, done.matches, done.account.number) == (2, 0, 1, NUMBER)
    assert [x.amount for x in table(village).bank_only] == [-1500]
    assert village.verify() == []


def test_overlapping_statements_bring_each_line_once(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, RENT, FEE))
    more = statement(tmp_path, FEE, ("2025-04-02", "800", "张三", "水费"), opening=1200, name="二.csv")
    done = taken(village, more)
    assert (done.new, done.known) == (1, 1)
    assert [x.balance for x in village.reader.bank_lines(bank_of(village).id)] == [120_000, 118_500, 198_500]


def test_a_statement_of_another_account_is_refused(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, RENT))
    other = statement(tmp_path, RENT, number="22670101040000917", name="二.csv")
    with pytest.raises(LedgerError, match="这是另一个账户的对账单"):
        taken(village, other)


def test_a_statement_of_the_other_ledgers_account_is_refused(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, RENT))
    with pytest.raises(LedgerError, match="一个银行账户只属于一本账"):
        taken(village, statement(tmp_path, RENT), COMMITTEE)


def test_a_statement_in_the_name_of_the_other_body_is_refused(village: Village, tmp_path: Path):
    head = [("户名:", village.reader.ledger(COLLECTIVE).entity), ("账号:", NUMBER)]
    with pytest.raises(LedgerError, match=r"户名是.*那是"):
        taken(village, statement(tmp_path, RENT, head=head), COMMITTEE)


def test_a_statement_without_a_number_needs_a_registered_account(village: Village, tmp_path: Path):
    path = statement(tmp_path, RENT, head=[("明细",)])
    with pytest.raises(LedgerError, match="没有写账号"):
        taken(village, path)
    with village.act() as uow:
        bank_accounts.add(uow, COLLECTIVE, "102", NUMBER, "某银行")
    assert taken(village, path).new == 1


def test_with_two_leaves_the_leaf_is_asked_for(village: Village, tmp_path: Path):
    village.add_account("102", "基本户")
    village.add_account("102", "专户")
    with pytest.raises(LedgerError, match="要说明是哪个银行科目的对账单（10201 基本户、10202 专户）"):
        taken(village, statement(tmp_path, RENT))
    assert taken(village, statement(tmp_path, RENT), account="10202").account.kind == "special"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([RENT, ("2025-03-21", "-16", "", "账户管理费")], "这一行以前导入过，那时是"),
        ([("2025-03-05", "1200", "果园老王", "承包款"), FEE], "现在是 2025-03-05 果园老王"),
        ([RENT, ("2025-03-21", "-15", "", "账户管理费"), ("2025-03-01", "1", "", "")], "顺序乱了"),
    ],
)
def test_a_line_altered_afterwards_is_named(village: Village, tmp_path: Path, lines, said: str):
    taken(village, statement(tmp_path, RENT, FEE))
    with pytest.raises(ImportRefused) as refused:
        taken(village, statement(tmp_path, *lines, name="改.csv"))
    assert said in "".join(refused.value.faults)
    assert len(village.reader.bank_lines(bank_of(village).id)) == 2


def test_a_line_missing_the_second_time_is_named(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, RENT, ("2025-03-10", "50", "甲", "一"), FEE))
    without = statement(tmp_path, RENT, ("2025-03-21", "35", "", "合成一笔"), name="改.csv")
    with pytest.raises(ImportRefused) as refused:
        taken(village, without)
    assert any("这次的文件里没有这一行" in fault for fault in refused.value.faults)


def test_a_gap_between_two_statements_is_said(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, RENT))
    later = statement(tmp_path, ("2025-05-02", "800", "张三", "水费"), opening=900, name="二.csv")
    with village.act() as uow:
        warnings = import_bank(uow, COLLECTIVE, later).warnings
    assert "2025-03-05 的余额是 1,200.00，这份对账单从 900.00 开始，中间还缺一段对账单。" in warnings
    assert table(village, date(2025, 5, 2)).difference == -30_000


def test_a_refused_statement_leaves_nothing(village: Village, tmp_path: Path):
    path = statement(tmp_path, RENT, FEE)
    path.write_bytes(path.read_bytes().replace(b"1185.00", b"1185.01"))
    with pytest.raises(ImportRefused):
        taken(village, path)
    assert village.reader.bank_accounts() == []


def test_the_mapping_is_remembered(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, RENT))
    with village.raw() as raw:
        [(bank, mapping)] = raw.execute("SELECT bank, mapping FROM bank_layout").fetchall()
    assert bank == "某银行"
    assert '"账户余额": "balance"' in mapping


# matching


def test_equal_receipts_are_told_apart_by_name(village: Village, tmp_path: Path):
    village.posted("2025-03-04", "收张三水费", "借 102 300; 贷 504 300")
    village.posted("2025-03-04", "收李四水费", "借 102 300; 贷 504 300")
    done = taken(
        village,
        statement(tmp_path, ("2025-03-05", "300", "李四", "水费"), ("2025-03-05", "300", "张三", "水费")),
    )
    assert (done.matches, done.proposed) == (2, 0)
    position = read_position(village.reader, bank_of(village))
    names = {x.match: x.counterparty for x in position.lines}
    assert all(names[x.match] in x.summary for x in position.book)


def test_what_could_be_two_things_is_only_proposed(village: Village, tmp_path: Path):
    village.posted("2025-03-04", "收甲组款", "借 102 300; 贷 504 300")
    village.posted("2025-03-04", "收乙组款", "借 102 300; 贷 504 300")
    done = taken(village, statement(tmp_path, ("2025-03-05", "300", "", "汇入")))
    assert (done.matches, done.proposed) == (0, 2)
    found = table(village, date(2025, 3, 5))
    assert (len(found.bank_only), len(found.book_only), found.difference) == (1, 2, 0)


def test_a_sum_without_words_is_only_proposed(village: Village, tmp_path: Path):
    village.posted("2025-03-04", "收甲款", "借 102 500; 贷 504 500")
    done = taken(village, statement(tmp_path, ("2025-03-05", "200", "", "x"), ("2025-03-06", "300", "", "y")))
    assert (done.matches, done.proposed) == (0, 1)


def test_a_person_matches_and_takes_it_back(village: Village, tmp_path: Path):
    voucher = village.posted("2025-03-04", "收甲款", "借 102 500; 贷 504 500")
    taken(village, statement(tmp_path, ("2025-03-05", "200", "", "x"), ("2025-03-06", "300", "", "y")))
    bank = bank_of(village)
    with village.act() as uow:
        made = bank_matches.match_by_hand(uow, bank, [1, 2], [(voucher.id, 1)]).value
    assert table(village).book_only == table(village).bank_only == ()
    with village.act(LI) as uow:
        bank_matches.unmatch(uow, bank, made, "看错了")
    assert len(table(village).bank_only) == 2
    [story] = village.reader.bank_matches(bank.id)
    assert (story.by, story.undone_by, story.how) == (WANG, LI, "manual")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([1], "差 -300.00"),
        ([], "勾对要在两边各选一行"),
        ([1, 99], "不是这个银行账户的"),
        ([1, 1], "不是这个银行账户的"),
    ],
)
def test_a_match_that_is_none_is_refused(village: Village, tmp_path: Path, lines: list[int], said: str):
    voucher = village.posted("2025-03-04", "收甲款", "借 102 500; 贷 504 500")
    taken(village, statement(tmp_path, ("2025-03-05", "200", "", "x"), ("2025-03-06", "300", "", "y")))
    with village.act() as uow, pytest.raises(LedgerError, match=said):
        bank_matches.match_by_hand(uow, bank_of(village), lines, [(voucher.id, 1)])


def test_a_voucher_not_posted_is_not_matched(village: Village, tmp_path: Path):
    voucher = village.entered("2025-03-03", "收果园老李承包款", "借 102 1200; 贷 501 1200")
    assert taken(village, statement(tmp_path, RENT)).matches == 0
    with village.act() as uow, pytest.raises(LedgerError, match="凭证还没有记账"):
        bank_matches.match_by_hand(uow, bank_of(village), [1], [(voucher.id, 1)])


def test_a_wrong_entry_and_its_red_letter_cancel(village: Village, tmp_path: Path):
    wrong = village.posted("2025-03-04", "付错", "借 513 80; 贷 102 80")
    red = village.reverse(wrong, "2025-03-06")
    village.review(red)
    village.post(red)
    rented(village)
    assert taken(village, statement(tmp_path, ("2025-03-01", "5", "", "存入"), RENT)).matches == 2
    assert table(village).book_only == ()


def test_a_bank_error_is_marked_and_its_return_matched_with_it(village: Village, tmp_path: Path):
    village.posted("2025-03-05", "付供电公司电费", "借 513 386; 贷 102 386")
    bill = ("2025-03-06", "-386", "供电公司", "电费 3月")
    again = ("2025-03-08", "-386", "供电公司", "电费 3月", "第二次")
    back = ("2025-04-02", "386", "供电公司", "退重复扣款")
    taken(village, statement(tmp_path, bill, again, back, opening=1000))
    found = table(village)
    assert [(x.amount, x.suspected) for x in found.errors] == [(-38_600, True)]
    bank = bank_of(village)
    with village.act() as uow:
        bank_matches.mark_error(uow, bank, 2, is_error=True, note="已打电话")
    assert [x.suspected for x in table(village).errors] == [False]
    with village.act() as uow:
        bank_matches.match_by_hand(uow, bank, [2, 3], [])
    assert table(village, APRIL).errors == ()
    assert [x.amount for x in table(village).bank_only] == [-38_600]


# what only the bank has


def test_interest_and_fees_become_vouchers_and_match_once_posted(village: Village, tmp_path: Path):
    interest = ("2025-03-21", "214.37", "", "结息")
    taken(village, statement(tmp_path, interest, FEE))
    bank = bank_of(village)
    with village.act() as uow:
        made = bank_drafts.fill_in(uow, bank).value
    entries = [[(x.account, x.debit, x.credit) for x in v.voucher.lines] for v in made]
    assert entries == [[("102", 21_437, 0), ("504", 0, 21_437)], [("515", 1500, 0), ("102", 0, 1500)]]
    assert {x.drafted for x in village.reader.bank_lines(bank.id)} == {"2025-03/记-0001", "2025-03/记-0002"}
    with village.act() as uow, pytest.raises(LedgerError, match="填过凭证"):
        bank_drafts.fill_in(uow, bank, [1])
    village.review(*made)
    village.post(*made)
    assert table(village).bank_only == ()
    assert k9(village).verdict is Verdict.WARN  # the statement ends on the 21st


def test_a_deleted_draft_frees_its_line(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, FEE, opening=100))
    bank = bank_of(village)
    with village.act() as uow:
        [made] = bank_drafts.fill_in(uow, bank).value
    village.delete_last(made)
    assert len(bank_drafts.propose(village.reader, bank)) == 1


def test_a_line_of_a_closed_month_goes_to_the_open_one(village: Village, tmp_path: Path):
    rented(village)
    taken(village, statement(tmp_path, RENT, FEE))
    for month in ("2025-01", "2025-02", "2025-03"):
        village.close_month(month)
    with village.act() as uow:
        [made] = bank_drafts.fill_in(uow, bank_of(village)).value
    assert str(made.voucher.day) == "2025-04-01"
    assert made.voucher.lines[0].summary == "付银行手续费（银行 2025-03-21）"


def test_a_closed_month_is_matched_like_an_open_one(village: Village, tmp_path: Path):
    rented(village)
    for month in ("2025-01", "2025-02", "2025-03"):
        village.close_month(month)
    assert taken(village, statement(tmp_path, RENT)).matches == 1


def test_without_a_rule_the_accountant_chooses(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, ("2025-03-09", "70", "王五", "不知道什么钱")))
    bank = bank_of(village)
    with village.act() as uow, pytest.raises(LedgerError, match="不知道对方科目"):
        bank_drafts.fill_in(uow, bank)
    with village.act() as uow:
        [made] = bank_drafts.fill_in(uow, bank, [1], {1: "504"}).value
    assert made.voucher.lines[1].account == "504"


# raw SQL


@pytest.mark.parametrize(
    "statement_",
    [
        "UPDATE bank_line SET amount = 1",
        "DELETE FROM bank_line",
        "INSERT OR REPLACE INTO bank_line SELECT * FROM bank_line",
        "UPDATE bank_statement SET closing = 0",
        "DELETE FROM bank_match",
        "UPDATE bank_match SET how = 'manual'",
        "DELETE FROM bank_match_book",
        "INSERT INTO bank_match_bank VALUES (1, 2)",
        "INSERT INTO bank_match_undone VALUES (99, '', '', '')",
        "UPDATE bank_assertion SET balance = 0",
        "DELETE FROM bank_assertion",
        "DELETE FROM bank_account",
        "UPDATE bank_account SET number = '99887766'",
    ],
)
def test_raw_sql_changes_nothing_the_bank_said(village: Village, tmp_path: Path, statement_: str):
    rented(village)
    taken(village, statement(tmp_path, RENT, FEE))
    with village.act() as uow:
        bank_assertions.assert_balance(uow, bank_of(village), date(2025, 3, 21), 118_500)
    with village.raw() as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement_)


def test_raw_sql_makes_no_unequal_match(village: Village, tmp_path: Path):
    village.posted("2025-03-03", "付工钱", "借 513 90; 贷 102 90")
    taken(village, statement(tmp_path, RENT, FEE))
    with village.raw() as raw:
        raw.execute("INSERT INTO bank_match_bank VALUES (7, 2)")
        raw.execute("INSERT INTO bank_match_book VALUES (7, 1, 2)")
        with pytest.raises(sqlite3.IntegrityError, match="两边金额不等"):
            raw.execute("INSERT INTO bank_match VALUES (7, 1, 'manual', '', '', '')")


def test_a_line_altered_behind_the_triggers_is_found(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, RENT, FEE))
    with village.raw() as raw:
        [sql] = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'bank_line_no_update'").fetchone()
        raw.execute("DROP TRIGGER bank_line_no_update")
        raw.execute("UPDATE bank_line SET counterparty = '别人' WHERE id = 1")
        raw.execute(sql)
    [finding] = village.verify()
    assert (finding.rule, finding.text) == ("V40", "有的行和导入时不一样")


# properties


@settings(max_examples=25)
@given(
    booked=st.lists(st.tuples(st.integers(1, 28), st.sampled_from([100, 300, 700, -100, -300])), max_size=8),
    said=st.lists(
        st.tuples(st.integers(1, 28), st.sampled_from([100, 300, 400, 700, -100, -400])),
        min_size=1,
        max_size=8,
    ),
)
def test_the_reconciliation_always_explains_the_difference(booked, said):
    with a_village() as village:
        for day, yuan in booked:
            entries = f"借 102 {yuan}; 贷 504 {yuan}" if yuan > 0 else f"借 515 {-yuan}; 贷 102 {-yuan}"
            village.posted(f"2025-03-{day:02d}", "收付款项", entries)
        lines = [(f"2025-03-{day:02d}", yuan, "某人", "款项") for day, yuan in sorted(said)]
        head = [("账号:", NUMBER), ("起止日期:", "2025-03-01", "2025-03-31")]
        taken(village, statement(village.path.parent, *lines, head=head))
        position = read_position(village.reader, bank_of(village))
        for match in {x.match for x in (*position.lines, *position.book) if x.match}:
            bank_sum = sum(x.amount for x in position.lines if x.match == match)
            assert bank_sum == sum(x.amount for x in position.book if x.match == match)
        for day in range(1, 32):
            assert table(village, date(2025, 3, day)).difference == 0
