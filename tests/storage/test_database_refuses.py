"""What holds even for a tool that knows nothing of us: foreign keys off, REPLACE, no services."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.builders import COMMITTEE, Village
from village_ledger.domain.errors import VoucherError
from village_ledger.domain.period import MonthState

POSTED, VOIDED, WAITING, SIGNED = 1, 2, 3, 4
"""Ids of the vouchers in ``settled``: posted, void, entered, reviewed."""

VOUCHER = (
    "INTO voucher (id, ledger_id, month, word, number, day, kind, attachments, state, prepared_by, prepared_at, salt) "
    "VALUES ({id}, 1, '{month}', '记', {number}, '{month}-08', 'normal', 1, 'entered', '某人', 'x', zeroblob(16))"
)
LINE = (
    "INTO voucher_line VALUES ({id}, {line}, 1, '2025-03-08', '{account}', 500, 0, '某事', NULL, NULL, NULL)"
)

REFUSED = {
    # the posted voucher and its lines
    "update a posted voucher": f"UPDATE voucher SET attachments = 9 WHERE id = {POSTED}",
    "update a posted voucher's maker": f"UPDATE voucher SET prepared_by = '某人' WHERE id = {POSTED}",
    "renumber a posted voucher": f"UPDATE voucher SET number = 99 WHERE id = {POSTED}",
    "unreview a posted voucher": f"UPDATE voucher SET state = 'entered', reviewed_by = '' WHERE id = {POSTED}",
    "delete a posted voucher": f"DELETE FROM voucher WHERE id = {POSTED}",
    "replace a posted voucher": f"REPLACE {VOUCHER.format(id=POSTED, month='2025-03', number=1)}",
    "replace it under another number": f"REPLACE {VOUCHER.format(id=POSTED, month='2025-03', number=9)}",
    "replace it by its number": f"REPLACE {VOUCHER.format(id=77, month='2025-03', number=1)}",
    "take its number over": f"UPDATE OR REPLACE voucher SET number = 1 WHERE id = {WAITING}",
    "take its id over": f"UPDATE OR REPLACE voucher SET id = {POSTED} WHERE id = {WAITING}",
    "update a posted line": f"UPDATE voucher_line SET debit = 1 WHERE voucher_id = {POSTED} AND line = 1",
    "reword a posted line": f"UPDATE voucher_line SET summary = '别的' WHERE voucher_id = {POSTED}",
    "delete a posted line": f"DELETE FROM voucher_line WHERE voucher_id = {POSTED} AND line = 1",
    "add a line to it": f"INSERT {LINE.format(id=POSTED, line=3, account='101')}",
    "replace a posted line": f"REPLACE {LINE.format(id=POSTED, line=1, account='101')}",
    "move a line into it": f"UPDATE voucher_line SET voucher_id = {POSTED}, line = 7 WHERE voucher_id = {WAITING} AND line = 1",
    "move a line onto one of its": f"UPDATE OR REPLACE voucher_line SET voucher_id = {POSTED} WHERE voucher_id = {WAITING}",
    # the void one keeps its number and its page
    "update a void voucher": f"UPDATE voucher SET state = 'entered' WHERE id = {VOIDED}",
    "delete a void voucher": f"DELETE FROM voucher WHERE id = {VOIDED}",
    "replace a void voucher": f"REPLACE {VOUCHER.format(id=VOIDED, month='2025-03', number=9)}",
    "take a void voucher's number": f"REPLACE {VOUCHER.format(id=77, month='2025-03', number=2)}",
    "update a void line": f"UPDATE voucher_line SET debit = 1 WHERE voucher_id = {VOIDED} AND line = 1",
    "delete a void line": f"DELETE FROM voucher_line WHERE voucher_id = {VOIDED}",
    # entered and reviewed ones
    "delete a reviewed voucher": f"DELETE FROM voucher WHERE id = {SIGNED}",
    "move a voucher to the other ledger": f"UPDATE voucher SET ledger_id = 2 WHERE id = {WAITING}",
    "move a voucher away from its lines": f"UPDATE voucher SET day = '2025-03-30' WHERE id = {WAITING}",
    "a line of another ledger than its voucher": f"UPDATE voucher_line SET ledger_id = 2 WHERE voucher_id = {WAITING}",
    "a line of another day than its voucher": f"UPDATE voucher_line SET day = '2025-04-01' WHERE voucher_id = {WAITING}",
    # posting past the posting path
    "post an unreviewed voucher": (
        f"INSERT INTO posting SELECT {WAITING}, 1, 2, '某人', 'x', 'reviewed', digest, digest FROM posting"
    ),
    "post as one person where none is declared": (
        f"INSERT INTO posting SELECT {WAITING}, 1, 2, '某人', 'x', 'second-review-pending', digest, digest FROM posting"
    ),
    "post a void voucher": (
        f"INSERT INTO posting SELECT {VOIDED}, 1, 2, '某人', 'x', 'migration', digest, digest FROM posting"
    ),
    "post into the other ledger's chain": (
        f"INSERT INTO posting VALUES ({SIGNED}, 2, 1, '某人', 'x', 'reviewed', zeroblob(32), zeroblob(32))"
    ),
    "post out of turn": (
        f"INSERT INTO posting SELECT {SIGNED}, 1, 7, '某人', 'x', 'reviewed', digest, digest FROM posting"
    ),
    "post onto a wrong head": (
        f"INSERT INTO posting VALUES ({SIGNED}, 1, 2, '某人', 'x', 'reviewed', zeroblob(32), zeroblob(32))"
    ),
    "post twice": f"INSERT INTO posting SELECT {POSTED}, 1, 2, '某人', 'x', 'reviewed', digest, digest FROM posting",
    "post what is not there": "INSERT INTO posting SELECT 99, 1, 2, '某人', 'x', 'migration', digest, digest FROM posting",
    "update a posting": "UPDATE posting SET posted_by = '某人'",
    "move a posting": f"UPDATE posting SET voucher_id = {SIGNED}",
    "delete a posting": "DELETE FROM posting",
    "replace a posting": (
        "REPLACE INTO posting SELECT voucher_id, 1, 1, '某人', 'x', 'migration', zeroblob(32), digest FROM posting"
    ),
    # a closed month
    "insert into a closed month": f"INSERT {VOUCHER.format(id=77, month='2025-01', number=1)}",
    "move a voucher into a closed month": f"UPDATE voucher SET month = '2025-01', day = '2025-01-05' WHERE id = {WAITING}",
    "reopen an earlier month": "UPDATE period SET state = 'open' WHERE ledger_id = 1 AND month = '2025-01'",
    "reopen a sealed month": "UPDATE period SET state = 'open' WHERE ledger_id = 2 AND month = '2025-01'",
    "another seal": "UPDATE period SET head = zeroblob(32) WHERE ledger_id = 1 AND month = '2025-02'",
    "delete a month": "DELETE FROM period WHERE ledger_id = 1 AND month = '2025-01'",
    "replace a closed month": "REPLACE INTO period VALUES (1, '2025-01', 'open', NULL, 0)",
    "rename a month": "UPDATE OR REPLACE period SET month = '2025-01' WHERE ledger_id = 1 AND month = '2025-03'",
    # the opening document
    "update an opening balance": "UPDATE opening SET debit = debit + 1",
    "delete an opening balance": "DELETE FROM opening",
    "add an opening balance": "INSERT INTO opening VALUES (99, 2, '1001', NULL, NULL, 5, 0, 0, 0)",
    "replace an opening balance": "REPLACE INTO opening VALUES (1, 2, '1001', NULL, NULL, 5, 0, 0, 0)",
    "a second opening document": "REPLACE INTO opening_document VALUES (2, '某人', 'x', 0, zeroblob(32))",
    "update the opening document": "UPDATE opening_document SET digest = zeroblob(32)",
    "delete the opening document": "DELETE FROM opening_document",
    "an opening after a close": "INSERT INTO opening VALUES (99, 1, '101', NULL, NULL, 5, 0, 0, 0)",
    # the operation log and the sheets on the wall
    "update the log": "UPDATE operation SET \"by\" = '某人'",
    "delete from the log": "DELETE FROM operation",
    "replace in the log": "REPLACE INTO operation VALUES (1, 'x', '某人', '建账', '', '', '', zeroblob(32), zeroblob(32))",
    "add to the log past the chain": (
        "INSERT INTO operation SELECT max(seq) + 1, 'x', '某人', '记账', '', '', '', zeroblob(32), zeroblob(32) FROM operation"
    ),
    "update a sheet": "UPDATE sheet SET figures = '{}'",
    "delete a sheet": "DELETE FROM sheet",
    "replace a sheet": "REPLACE INTO sheet SELECT code, 1, report, '', '', '', '', '{}', digest FROM sheet",
    # names and accounts that posted lines stand on
    "rename a counterparty": "UPDATE party SET name = '李四'",
    "delete a counterparty": "DELETE FROM party",
    "replace a counterparty": "REPLACE INTO party VALUES (1, 'counterparty', '李四')",
    "delete an account": "DELETE FROM account WHERE ledger_id = 1 AND code = '101'",
    "rename a first-level account": "UPDATE account SET name = '现金' WHERE ledger_id = 1 AND code = '101'",
    "turn an account's side": "UPDATE account SET side = '贷' WHERE ledger_id = 1 AND code = '101'",
    "recode an account": "UPDATE OR REPLACE account SET code = '102' WHERE ledger_id = 1 AND code = '101'",
    "an account with lines becomes a parent": "UPDATE account SET is_leaf = 0 WHERE ledger_id = 1 AND code = '101'",
    "a parent becomes a leaf": "UPDATE account SET is_leaf = 1 WHERE ledger_id = 1 AND code = '322'",
    "an account below one with lines": (
        "INSERT INTO account SELECT 1, '10101', name, side, category, 2, '101', 1, 1, 0, 0, money, demands "
        "FROM account WHERE ledger_id = 1 AND code = '101'"
    ),
    "replace an account": "REPLACE INTO account SELECT * FROM account WHERE ledger_id = 1 AND code = '101'",
    # the ledgers and the book
    "delete a ledger": "DELETE FROM ledger",
    "turn a ledger into the other kind": "UPDATE ledger SET kind = 'committee' WHERE id = 1",
    "begin a ledger earlier": "UPDATE ledger SET start_month = '2020-01'",
    "replace a ledger": "REPLACE INTO ledger SELECT * FROM ledger",
    "rename the village": "UPDATE book SET village = '别的村'",
    "replace the book's row": "REPLACE INTO book SELECT * FROM book",
    "delete the book's row": "DELETE FROM book",
}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a posted, a void, a waiting and a reviewed voucher, closed months, openings and a sheet."""
    with Village.found(tmp_path_factory.mktemp("settled")) as village:
        village.open_with("借 1001 500", "贷 3101 500", ledger=COMMITTEE)
        village.posted("2025-03-08", "收张三承包款", "借 101 600; 贷 113@张三 600")
        village.void(village.entered("2025-03-09", "收租金", "借 101 5; 贷 501 5"))
        village.entered("2025-03-10", "收租金", "借 101 5; 贷 501 5")
        village.reviewed("2025-03-11", "收租金", "借 101 5; 贷 501 5")
        village.close_month("2025-01")
        village.close_month("2025-02")
        village.set_month("2025-01", MonthState.SEALED, COMMITTEE)
        with village.act() as uow:
            uow.sheets.register("ABCD-1234", "collective", "disclosure", ("2025-03-01", "2025-03-31"), "{}")
        return village.path


def content(connection: sqlite3.Connection) -> list[str]:
    return list(connection.iterdump())


@pytest.mark.parametrize("act", REFUSED)
def test_the_database_itself_refuses(settled: Path, act: str):
    connection = sqlite3.connect(settled, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA recursive_triggers=OFF")
    before = content(connection)
    connection.execute("BEGIN")
    with pytest.raises(sqlite3.IntegrityError) as refusal:
        connection.execute(REFUSED[act])
    connection.execute("COMMIT")
    assert str(refusal.value).endswith("账没有变化。")
    assert content(connection) == before
    connection.close()


def test_what_is_refused_is_refused_for_the_rule_and_not_for_a_slip_in_the_statement(settled: Path):
    """Without the triggers every one of these statements goes through."""
    connection = sqlite3.connect(settled, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("BEGIN")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    stopped = []
    for act, statement in REFUSED.items():
        connection.execute("SAVEPOINT act")
        try:
            connection.execute(statement)
        except sqlite3.IntegrityError:
            stopped.append(act)
        connection.execute("ROLLBACK TO act")
    connection.execute("ROLLBACK")
    connection.close()
    unique = {"insert into a closed month", "post into the other ledger's chain", "post twice"}
    assert set(stopped) <= unique | {"move a line onto one of its"}


def test_a_line_cannot_name_the_other_ledgers_account(village: Village):
    """The composite foreign key of (ledger, account), whatever the form did."""
    voucher = village.entered("2025-03-08", "收租金", "借 101 5; 贷 501 5")
    with pytest.raises(VoucherError, match="别的账的科目"), village.act() as uow:
        uow.connection.exec_driver_sql(
            "UPDATE voucher_line SET account = '1001' WHERE voucher_id = ? AND line = 1", (voucher.id,)
        )
    assert village.again(voucher) == voucher


def test_a_line_of_the_other_ledger_is_not_posted_even_with_foreign_keys_off(village: Village):
    voucher = village.reviewed("2025-03-08", "收租金", "借 101 5; 贷 501 5")
    with village.raw() as connection:
        connection.execute(
            "UPDATE voucher_line SET account = '1001' WHERE voucher_id = ? AND line = 1", (voucher.id,)
        )
    with pytest.raises(VoucherError, match="不是本账的末级科目"):
        village.post(voucher)
    assert village.reader.turnovers("collective", village.year) == []


def test_half_a_fen_cannot_be_stored(village: Village):
    voucher = village.entered("2025-03-08", "收租金", "借 101 5; 贷 501 5")
    with village.raw() as connection, pytest.raises(sqlite3.IntegrityError, match="whole_fen"):
        connection.execute(
            "UPDATE voucher_line SET debit = 0.5 WHERE voucher_id = ? AND line = 1", (voucher.id,)
        )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE voucher_line SET debit = 501 WHERE line = 1",
        "DELETE FROM voucher_line WHERE line = 2",
        "UPDATE voucher_line SET account = '322' WHERE line = 1",
    ],
)
def test_what_became_unbalanced_behind_our_back_is_not_posted(village: Village, change: str):
    voucher = village.reviewed("2025-03-08", "收租金", "借 101 5; 贷 501 5")
    with village.raw() as connection:
        connection.execute(change)
    with pytest.raises(VoucherError, match="凭证不平"), village.act() as uow:
        uow.postings.post("collective", [voucher.id], "reviewed")


def test_the_maker_cannot_be_written_in_as_reviewer(village: Village):
    voucher = village.entered("2025-03-08", "收租金", "借 101 5; 贷 501 5")
    with village.raw() as connection, pytest.raises(sqlite3.IntegrityError, match="two_people"):
        connection.execute(
            "UPDATE voucher SET state = 'reviewed', reviewed_by = prepared_by WHERE id = ?", (voucher.id,)
        )


def test_a_closed_month_may_be_sealed_and_the_latest_one_reopened(village: Village):
    for month in ("2025-01", "2025-02"):
        village.close_month(month)
    village.set_month("2025-02", MonthState.OPEN)
    village.set_month("2025-01", MonthState.SEALED)
    states = [m.state for m in village.reader.months("collective")[:2]]
    assert states == [MonthState.SEALED, MonthState.OPEN]


def test_sealing_keeps_the_head_the_month_was_closed_with(village: Village):
    village.posted("2025-01-08", "收租金", "借 101 5; 贷 501 5")
    village.close_month("2025-01")
    with village.raw() as connection:
        (closed_with,) = connection.execute("SELECT head FROM period WHERE head IS NOT NULL").fetchone()
    village.posted("2025-02-08", "收租金", "借 101 5; 贷 501 5")
    village.set_month("2025-01", MonthState.SEALED)
    with village.raw() as connection:
        assert connection.execute("SELECT head FROM period WHERE head IS NOT NULL").fetchone() == (
            closed_with,
        )
