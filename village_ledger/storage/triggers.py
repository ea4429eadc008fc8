"""Triggers: what must hold even for a raw connection with foreign keys off.

REPLACE skips delete triggers, so the rules stand in BEFORE INSERT as well. Each refusal is a Chinese sentence
that the engine hands up unchanged. Alembic's batch mode drops triggers, therefore ``install`` runs after every
migration and a test compares ``sqlite_master``.
"""

from __future__ import annotations

from typing import NamedTuple

from village_ledger.storage.assets.triggers import ASSETS
from village_ledger.storage.attachments.triggers import ATTACHMENTS
from village_ledger.storage.bank.triggers import BANK
from village_ledger.storage.calendar.triggers import CALENDAR
from village_ledger.storage.cash_counts.triggers import CASH_COUNTS
from village_ledger.storage.certificates.triggers import CERTIFICATES
from village_ledger.storage.claims.triggers import CLAIMS
from village_ledger.storage.closing.triggers import TRIGGERS_CLOSING
from village_ledger.storage.contracts.triggers import CONTRACTS
from village_ledger.storage.counting.triggers import COUNTING
from village_ledger.storage.decisions.triggers import DECISIONS
from village_ledger.storage.disclosure.triggers import DISCLOSURE
from village_ledger.storage.dividends.triggers import DIVIDENDS, RESTING_DIVIDENDS
from village_ledger.storage.handover.triggers import HANDOVER
from village_ledger.storage.interledger.triggers import INTERLEDGER, RESTING_INTERLEDGER
from village_ledger.storage.limits.triggers import LIMITS
from village_ledger.storage.merger.triggers import MERGER
from village_ledger.storage.oldbooks.triggers import OLDBOOKS
from village_ledger.storage.parcels.triggers import PARCELS
from village_ledger.storage.people.triggers import PEOPLE
from village_ledger.storage.projects.triggers import PROJECTS
from village_ledger.storage.quantity.triggers import QUANTITY, RESTING_QUANTITY, STRAY_QUANTITY
from village_ledger.storage.review.triggers import REVIEW
from village_ledger.storage.separation.triggers import SEPARATION
from village_ledger.storage.setup.triggers import TRIGGERS_SETUP
from village_ledger.storage.shares.triggers import SHARES
from village_ledger.storage.staff.triggers import STAFF
from village_ledger.storage.statements.triggers import STATEMENTS
from village_ledger.storage.templates.triggers import TEMPLATE_TRIGGERS
from village_ledger.storage.trigger_words import FIXED, POSTED, append_only, closed, refuse

# UPDATE OR REPLACE would delete the voucher that has the number without asking its delete trigger.
_NUMBER_TAKEN = (
    "EXISTS (SELECT 1 FROM voucher v WHERE v.ledger_id = NEW.ledger_id AND v.month = NEW.month "
    "AND v.word = NEW.word AND v.number = NEW.number)"
)
_POSTED_VOUCHER = "已记账的凭证不能修改、删除或插入，请用红字冲销。"
_NO_ROOM = "这个月已结账，或这个凭证号已经用过，不能插入。"

_VOUCHER = [
    refuse(
        "voucher_insert",
        "INSERT",
        "voucher",
        f"{closed('NEW.ledger_id', 'NEW.month')} OR EXISTS (SELECT 1 FROM voucher WHERE id = NEW.id) OR {_NUMBER_TAKEN}",
        _NO_ROOM,
    ),
    refuse(
        "voucher_update",
        "UPDATE",
        "voucher",
        f"{POSTED.format(id='OLD.id')} OR OLD.state = 'void' OR {closed('OLD.ledger_id', 'OLD.month')} "
        f"OR {closed('NEW.ledger_id', 'NEW.month')} OR NEW.id <> OLD.id OR NEW.ledger_id <> OLD.ledger_id "
        "OR ((NEW.month <> OLD.month OR NEW.word <> OLD.word OR NEW.number <> OLD.number) "
        f"AND {_NUMBER_TAKEN}) OR (NEW.day <> OLD.day AND EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = OLD.id))",
        _POSTED_VOUCHER,
    ),
    refuse(
        "voucher_delete",
        "DELETE",
        "voucher",
        f"{POSTED.format(id='OLD.id')} OR OLD.state <> 'entered' OR {closed('OLD.ledger_id', 'OLD.month')}",
        _POSTED_VOUCHER,
    ),
]

# A line lies in its voucher's ledger and on its day; the voucher is neither posted nor void.
_LINE_FITS = (
    "(SELECT state <> 'void' AND ledger_id = NEW.ledger_id AND day = NEW.day "
    "FROM voucher WHERE id = NEW.voucher_id) IS NOT 1"
)
_LINE = [
    refuse(
        "voucher_line_insert",
        "INSERT",
        "voucher_line",
        f"{POSTED.format(id='NEW.voucher_id')} OR {_LINE_FITS}",
        _POSTED_VOUCHER,
    ),
    refuse(
        "voucher_line_update",
        "UPDATE",
        "voucher_line",
        f"{FIXED.format(id='OLD.voucher_id')} OR {POSTED.format(id='NEW.voucher_id')} OR {_LINE_FITS}",
        _POSTED_VOUCHER,
    ),
    refuse(
        "voucher_line_delete", "DELETE", "voucher_line", FIXED.format(id="OLD.voucher_id"), _POSTED_VOUCHER
    ),
]

# The posting path: whoever inserts here, all that a posted voucher promises is checked here once more.
_BROKEN_CHAIN = "记账链接不上，不能插入。"
_NOT_POSTABLE = (
    "NOT EXISTS (SELECT 1 FROM voucher v JOIN period p "
    "ON p.ledger_id = v.ledger_id AND p.month = v.month AND p.state IN ('open', 'checking') "
    "WHERE v.id = NEW.voucher_id AND v.ledger_id = NEW.ledger_id "
    "AND v.state = CASE NEW.basis WHEN 'reviewed' THEN 'reviewed' ELSE 'entered' END "
    "AND (NEW.basis <> 'second-review-pending' OR "
    "(SELECT one_person_post FROM ledger WHERE id = NEW.ledger_id) = 1))"
)
_NOT_REVIEWED = "凭证没有审核，或所在月份不能记账。"
_LINES_UNFIT = (
    "(SELECT count(*) >= 2 AND sum(l.debit) = sum(l.credit) AND min(l.ledger_id = NEW.ledger_id) = 1 "
    "AND min((l.debit = 0) <> (l.credit = 0)) = 1 AND min(a.is_leaf IS 1) = 1 AND min(l.day = v.day) = 1 "
    "FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id "
    "LEFT JOIN account a ON a.ledger_id = NEW.ledger_id AND a.code = l.account "
    "WHERE l.voucher_id = NEW.voucher_id) IS NOT 1"
)
_UNBALANCED = "凭证不平，或有一行的科目不是本账的末级科目。"
_POSTING = [
    refuse(
        "posting_chain",
        "INSERT",
        "posting",
        "NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM posting WHERE ledger_id = NEW.ledger_id) "
        "OR length(NEW.digest) <> 32 OR NEW.previous <> coalesce((SELECT digest FROM posting "
        "WHERE ledger_id = NEW.ledger_id ORDER BY seq DESC LIMIT 1), zeroblob(32))",
        _BROKEN_CHAIN,
    ),
    refuse(
        "posting_voucher",
        "INSERT",
        "posting",
        f"{POSTED.format(id='NEW.voucher_id')} OR {_NOT_POSTABLE}",
        _NOT_REVIEWED,
    ),
    refuse("posting_lines", "INSERT", "posting", _LINES_UNFIT, _UNBALANCED),
    *append_only("posting", "记账记录"),
]

_ACCOUNT = [
    refuse(
        "account_insert",
        "INSERT",
        "account",
        "EXISTS (SELECT 1 FROM account WHERE ledger_id = NEW.ledger_id AND code = NEW.code) OR (NEW.parent IS NOT NULL "
        "AND (SELECT is_leaf FROM account WHERE ledger_id = NEW.ledger_id AND code = NEW.parent) IS NOT 0)",
        "这个科目编码已经有了，或上级科目还是末级科目。",
    ),
    refuse(
        "account_becomes_parent",
        "UPDATE",
        "account",
        "OLD.is_leaf = 1 AND NEW.is_leaf = 0 AND (EXISTS (SELECT 1 FROM voucher_line WHERE ledger_id = OLD.ledger_id "
        "AND account = OLD.code) OR EXISTS (SELECT 1 FROM opening WHERE ledger_id = OLD.ledger_id AND account = OLD.code))",
        "这个科目已经有账，不能再设下级科目。",
    ),
    refuse(
        "account_identity",
        "UPDATE",
        "account",
        "NEW.ledger_id <> OLD.ledger_id OR NEW.code <> OLD.code OR (OLD.protected = 1 AND (NEW.name <> OLD.name "
        "OR NEW.side <> OLD.side OR NEW.category <> OLD.category OR NEW.protected = 0))",
        "科目编码和一级科目由制度规定，不能改。",
    ),
    refuse(
        "account_becomes_leaf",
        "UPDATE",
        "account",
        "OLD.is_leaf = 0 AND NEW.is_leaf <> 0 "
        "AND EXISTS (SELECT 1 FROM account WHERE ledger_id = OLD.ledger_id AND parent = OLD.code)",
        "这个科目有下级科目，不是末级科目。",
    ),
    refuse("account_no_delete", "DELETE", "account", "", "科目不能删除，只能停用。"),
]

_PERIOD = [
    refuse(
        "period_insert",
        "INSERT",
        "period",
        "EXISTS (SELECT 1 FROM period WHERE ledger_id = NEW.ledger_id AND month = NEW.month)",
        "这个月份已经有了。",
    ),
    refuse(
        "period_update",
        "UPDATE",
        "period",
        "OLD.state = 'sealed' OR NEW.ledger_id <> OLD.ledger_id OR NEW.month <> OLD.month OR (OLD.state = 'closed' "
        "AND NOT (NEW.state = 'sealed' AND NEW.head IS OLD.head) AND NOT (NEW.state IN ('open', 'checking') "
        "AND NOT EXISTS (SELECT 1 FROM period WHERE ledger_id = OLD.ledger_id AND month > OLD.month "
        "AND state IN ('closed', 'sealed'))))",
        "只有最近一个已结账的月份能反结账，已封的月份不能再改。",
    ),
    refuse("period_no_delete", "DELETE", "period", "", "月份不能删除。"),
]

_BOOK = [
    refuse("book_insert", "INSERT", "book", "EXISTS (SELECT 1 FROM book)", "一个账簿文件只记一个村的账。"),
    *append_only("book", "账簿的村名和编号"),
]

_LEDGER = [
    refuse(
        "ledger_identity",
        "UPDATE",
        "ledger",
        "NEW.id <> OLD.id OR NEW.code <> OLD.code OR NEW.kind <> OLD.kind OR NEW.start_month <> OLD.start_month "
        "OR NEW.digest_algorithm <> OLD.digest_algorithm",
        "账套的代号、性质和启用月份不能改。",
    ),
    refuse("ledger_no_delete", "DELETE", "ledger", "", "账套不能删除。"),
    refuse(
        "ledger_insert",
        "INSERT",
        "ledger",
        "EXISTS (SELECT 1 FROM ledger WHERE id = NEW.id OR code = NEW.code)",
        "这本账已经有了。",
    ),
]

_PARTY = [
    refuse(
        "party_insert",
        "INSERT",
        "party",
        "EXISTS (SELECT 1 FROM party WHERE id = NEW.id OR (kind = NEW.kind AND name = NEW.name))",
        "这个名称已经有了。",
    ),
    *append_only("party", "往来单位、项目和小组的名称"),
]

_CHAINED = [
    refuse(
        "operation_chain",
        "INSERT",
        "operation",
        "NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM operation) OR length(NEW.digest) <> 32 OR "
        "NEW.previous <> coalesce((SELECT digest FROM operation ORDER BY seq DESC LIMIT 1), zeroblob(32))",
        "操作日志接不上，不能插入。",
    ),
    *append_only("operation", "操作日志"),
    refuse(
        "sheet_insert",
        "INSERT",
        "sheet",
        "EXISTS (SELECT 1 FROM sheet WHERE code = NEW.code)",
        "这张公开表已经登记过。",
    ),
    *append_only("sheet", "已登记的公开表"),
]

TRIGGERS: tuple[str, ...] = (
    *_VOUCHER,
    *_LINE,
    *_POSTING,
    *_ACCOUNT,
    *TRIGGERS_SETUP,
    *_PERIOD,
    *_BOOK,
    *_LEDGER,
    *_PARTY,
    *_CHAINED,
    *STATEMENTS,
    *SEPARATION,
    *BANK,
    *CLAIMS,
    *TEMPLATE_TRIGGERS,
    *STAFF,
    *INTERLEDGER,
    *PEOPLE,
    *TRIGGERS_CLOSING,
    *DIVIDENDS,
    *CASH_COUNTS,
    *QUANTITY,
    *CERTIFICATES,
    *SHARES,
    *ASSETS,
    *PARCELS,
    *CONTRACTS,
    *DECISIONS,
    *LIMITS,
    *PROJECTS,
    *ATTACHMENTS,
    *COUNTING,
    *DISCLOSURE,
    *CALENDAR,
    *REVIEW,
    *HANDOVER,
    *MERGER,
    *OLDBOOKS,
)


class Question(NamedTuple):
    """What resting triggers would have refused, asked of all new rows together."""

    stray: str
    """Finds such a row among those of vouchers from id ?1 on."""
    sentence: str


def _any(table: str, refused: str) -> str:
    key = "id" if table == "voucher" else "voucher_id"
    return f"SELECT 1 FROM {table} AS NEW WHERE NEW.{key} >= ?1 AND ({refused}) LIMIT 1"


# Whether an id or number was taken before is not asked: an import never says OR REPLACE, the keys refuse it.
RESTING = (
    "voucher_insert",
    "voucher_line_insert",
    "posting_chain",
    "posting_voucher",
    "posting_lines",
    *RESTING_INTERLEDGER,
    *RESTING_DIVIDENDS,
    *RESTING_QUANTITY,
)
"""Triggers that rest while a first large import writes."""
QUESTIONS_ENTERED = (
    Question(_any("voucher", closed("NEW.ledger_id", "NEW.month")), _NO_ROOM),
    Question(
        "SELECT 1 FROM voucher v LEFT JOIN voucher_line l ON l.voucher_id = v.id "
        "LEFT JOIN account a ON a.ledger_id = v.ledger_id AND a.code = l.account WHERE v.id >= ?1 GROUP BY v.id "
        "HAVING (count(*) >= 2 AND sum(l.debit) = sum(l.credit) AND min(v.state <> 'void' AND l.day = v.day "
        "AND l.ledger_id = v.ledger_id AND (l.debit = 0) <> (l.credit = 0) AND a.is_leaf IS 1) = 1) IS NOT 1 LIMIT 1",
        _UNBALANCED,
    ),
)
"""Asked when vouchers and lines are in: what their triggers ask, and what posting asks of the lines."""
QUESTIONS_POSTED = (
    Question(
        _any(
            "posting",
            "(length(NEW.digest) = 32 AND NEW.previous = CASE NEW.seq WHEN 1 THEN zeroblob(32) ELSE (SELECT digest "
            "FROM posting b WHERE b.ledger_id = NEW.ledger_id AND b.seq = NEW.seq - 1) END) IS NOT 1",
        ),
        _BROKEN_CHAIN,
    ),
    Question(_any("posting", _NOT_POSTABLE), _NOT_REVIEWED),
    Question(*STRAY_QUANTITY),
)
"""Asked when the postings are in too."""


def trigger_name(statement: str) -> str:
    """Name of the trigger a CREATE statement makes."""
    return statement.split()[2]
