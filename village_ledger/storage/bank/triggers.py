"""What must hold of the bank's tables even for a raw connection: one number, one ledger; statements and matches for good."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_ONE_NUMBER = "一个银行账号只能属于一本账的一个科目，这个账号或科目已经登记过。"
_NO_LEAF = "银行账户要登记在本账的银行存款末级科目上。"
_IS_BANK_LEAF = (
    "(SELECT is_leaf = 1 AND money = '银行' FROM account "
    "WHERE ledger_id = NEW.ledger_id AND code = NEW.account) IS NOT 1"
)
_IN_USE = (
    "(EXISTS (SELECT 1 FROM bank_statement WHERE bank_account_id = OLD.id) "
    "OR EXISTS (SELECT 1 FROM bank_assertion WHERE bank_account_id = OLD.id))"
)

_ACCOUNT = [
    refuse(
        "bank_account_insert",
        "INSERT",
        "bank_account",
        "EXISTS (SELECT 1 FROM bank_account WHERE id = NEW.id OR number = NEW.number "
        "OR (ledger_id = NEW.ledger_id AND account = NEW.account))",
        _ONE_NUMBER,
    ),
    refuse("bank_account_leaf", "INSERT", "bank_account", _IS_BANK_LEAF, _NO_LEAF),
    refuse(
        "bank_account_update",
        "UPDATE",
        "bank_account",
        "EXISTS (SELECT 1 FROM bank_account WHERE id <> OLD.id AND (number = NEW.number "
        "OR (ledger_id = NEW.ledger_id AND account = NEW.account)))",
        _ONE_NUMBER,
    ),
    refuse("bank_account_update_leaf", "UPDATE", "bank_account", _IS_BANK_LEAF, _NO_LEAF),
    refuse(
        "bank_account_identity",
        "UPDATE",
        "bank_account",
        "NEW.id <> OLD.id OR ((NEW.ledger_id <> OLD.ledger_id OR NEW.account <> OLD.account OR NEW.number <> OLD.number) "
        f"AND {_IN_USE})",
        "这个银行账户已经有对账单，账号和科目不能再改。",
    ),
    refuse("bank_account_delete", "DELETE", "bank_account", _IN_USE, "这个银行账户已经有对账单，不能删除。"),
]

_STATEMENT = [
    refuse(
        "bank_statement_insert",
        "INSERT",
        "bank_statement",
        "EXISTS (SELECT 1 FROM bank_statement WHERE id = NEW.id)",
        "这份对账单已经有了。",
    ),
    *append_only("bank_statement", "银行对账单"),
    refuse(
        "bank_line_insert",
        "INSERT",
        "bank_line",
        "EXISTS (SELECT 1 FROM bank_line WHERE id = NEW.id) OR NOT EXISTS (SELECT 1 FROM bank_statement s "
        "WHERE s.id = NEW.statement_id AND s.bank_account_id = NEW.bank_account_id "
        "AND NEW.day BETWEEN s.first_day AND s.last_day "
        "AND s.lines > (SELECT count(*) FROM bank_line l WHERE l.statement_id = s.id))",
        "对账单的这一行放不进这份对账单。",
    ),
    *append_only("bank_line", "银行对账单的行"),
    refuse(
        "bank_outstanding_insert",
        "INSERT",
        "bank_outstanding",
        "EXISTS (SELECT 1 FROM bank_outstanding WHERE id = NEW.id)",
        "这笔期初未达账项已经有了。",
    ),
    *append_only("bank_outstanding", "期初未达账项"),
]


def _sealed(table: str) -> list[str]:
    """Members of a match come before its head, and never after it."""
    return [
        refuse(
            f"{table}_insert",
            "INSERT",
            table,
            "EXISTS (SELECT 1 FROM bank_match WHERE id = NEW.match_id)",
            "这组勾对已经做好了，不能再加。",
        ),
        *append_only(table, "勾对记录"),
    ]


def _standing(table: str, same: str) -> str:
    """Whether a member of the new match is in another match that still stands."""
    return (
        f"EXISTS (SELECT 1 FROM {table} n JOIN {table} o ON {same} AND o.match_id <> n.match_id "
        "JOIN bank_match m ON m.id = o.match_id WHERE n.match_id = NEW.id "
        "AND NOT EXISTS (SELECT 1 FROM bank_match_undone u WHERE u.match_id = o.match_id))"
    )


_BANK_SUM = (
    "(SELECT coalesce(sum(l.amount), 0) FROM bank_match_bank b JOIN bank_line l ON l.id = b.line_id "
    "WHERE b.match_id = NEW.id) + (SELECT coalesce(sum(i.amount), 0) FROM bank_match_outstanding b "
    "JOIN bank_outstanding i ON i.id = b.item_id WHERE b.match_id = NEW.id AND i.side = 'bank')"
)
_BOOK_SUM = (
    "(SELECT coalesce(sum(l.debit - l.credit), 0) FROM bank_match_book b JOIN voucher_line l "
    "ON l.voucher_id = b.voucher_id AND l.line = b.line WHERE b.match_id = NEW.id) "
    "+ (SELECT coalesce(sum(i.amount), 0) FROM bank_match_outstanding b "
    "JOIN bank_outstanding i ON i.id = b.item_id WHERE b.match_id = NEW.id AND i.side = 'book')"
)
_MEMBERS = (
    "(SELECT count(*) FROM bank_match_bank WHERE match_id = NEW.id) "
    "+ (SELECT count(*) FROM bank_match_book WHERE match_id = NEW.id) "
    "+ (SELECT count(*) FROM bank_match_outstanding WHERE match_id = NEW.id)"
)
_STRANGE_BANK = (
    "EXISTS (SELECT 1 FROM bank_match_bank b LEFT JOIN bank_line l ON l.id = b.line_id "
    "WHERE b.match_id = NEW.id AND l.bank_account_id IS NOT NEW.bank_account_id) "
    "OR EXISTS (SELECT 1 FROM bank_match_outstanding b LEFT JOIN bank_outstanding i ON i.id = b.item_id "
    "WHERE b.match_id = NEW.id AND i.bank_account_id IS NOT NEW.bank_account_id)"
)
_STRANGE_BOOK = (
    "EXISTS (SELECT 1 FROM bank_match_book b LEFT JOIN voucher_line l ON l.voucher_id = b.voucher_id AND l.line = b.line "
    "LEFT JOIN posting p ON p.voucher_id = b.voucher_id LEFT JOIN bank_account a ON a.id = NEW.bank_account_id "
    "WHERE b.match_id = NEW.id AND (p.voucher_id IS NULL OR l.ledger_id IS NOT a.ledger_id OR l.account IS NOT a.account))"
)

_MATCH = [
    *_sealed("bank_match_bank"),
    *_sealed("bank_match_book"),
    *_sealed("bank_match_outstanding"),
    refuse(
        "bank_match_sums",
        "INSERT",
        "bank_match",
        f"EXISTS (SELECT 1 FROM bank_match WHERE id = NEW.id) OR {_MEMBERS} < 2 OR {_BANK_SUM} <> {_BOOK_SUM}",
        "勾对的两边金额不等，或没有行。",
    ),
    refuse(
        "bank_match_members",
        "INSERT",
        "bank_match",
        f"{_STRANGE_BANK} OR {_STRANGE_BOOK}",
        "勾对里有一行不是这个银行账户的，或凭证还没有记账。",
    ),
    refuse(
        "bank_match_once",
        "INSERT",
        "bank_match",
        f"{_standing('bank_match_bank', 'o.line_id = n.line_id')} "
        f"OR {_standing('bank_match_book', 'o.voucher_id = n.voucher_id AND o.line = n.line')} "
        f"OR {_standing('bank_match_outstanding', 'o.item_id = n.item_id')}",
        "有一行已经勾对过，要先取消原来的勾对。",
    ),
    *append_only("bank_match", "勾对记录"),
    refuse(
        "bank_match_undone_insert",
        "INSERT",
        "bank_match_undone",
        "EXISTS (SELECT 1 FROM bank_match_undone WHERE match_id = NEW.match_id) "
        "OR NOT EXISTS (SELECT 1 FROM bank_match WHERE id = NEW.match_id)",
        "这组勾对已经取消过，或没有这组勾对。",
    ),
    *append_only("bank_match_undone", "取消勾对的记录"),
    refuse(
        "bank_mark_insert",
        "INSERT",
        "bank_mark",
        "EXISTS (SELECT 1 FROM bank_mark WHERE id = NEW.id)",
        "这条标记已经有了。",
    ),
    *append_only("bank_mark", "银行错账的标记"),
    refuse(
        "bank_assertion_insert",
        "INSERT",
        "bank_assertion",
        "EXISTS (SELECT 1 FROM bank_assertion WHERE id = NEW.id)",
        "这条余额核对已经有了。",
    ),
    *append_only("bank_assertion", "对账单余额的核对记录"),
]

BANK = (*_ACCOUNT, *_STATEMENT, *_MATCH)
