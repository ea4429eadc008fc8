"""Triggers of opening balances and last year's columns: what is final never changes, whoever writes.

An opening document is entered once. One entered as provisional may change while no month of its ledger is closed;
closing the first month makes it final by itself, and nothing makes it provisional again.
"""

from __future__ import annotations

from village_ledger.storage.trigger_words import refuse

_ANY_CLOSED = "EXISTS (SELECT 1 FROM period WHERE ledger_id = {ledger} AND state IN ('closed', 'sealed'))"
_PROVISIONAL = (
    "(EXISTS (SELECT 1 FROM opening_state WHERE ledger_id = {ledger} AND state = 'provisional') "
    f"AND NOT {_ANY_CLOSED})"
)
_ENTERED = "EXISTS (SELECT 1 FROM opening_document WHERE ledger_id = {ledger})"
# Balanced, and every row on a leaf of its own ledger.
_UNFIT = (
    "((SELECT coalesce(sum(debit), 0) - coalesce(sum(credit), 0) FROM opening WHERE ledger_id = NEW.ledger_id) <> 0 "
    "OR EXISTS (SELECT 1 FROM opening o LEFT JOIN account a ON a.ledger_id = o.ledger_id AND a.code = o.account "
    "WHERE o.ledger_id = NEW.ledger_id AND a.is_leaf IS NOT 1))"
)
_UNFIT_WORDS = "期初余额已经录入过一次，借贷不平，或有一行的科目不是本账的末级科目。"
_FINAL_WORDS = "期初余额已经定下来，或已有月份结账，不能再改。"


def opening_frozen(ledger: str) -> str:
    """Whether the opening document of a ledger (an SQL expression) takes no more rows and changes."""
    entered, provisional = _ENTERED.format(ledger=ledger), _PROVISIONAL.format(ledger=ledger)
    return f"(({entered} AND NOT {provisional}) OR {_ANY_CLOSED.format(ledger=ledger)})"


def _of(template: str, row: str) -> str:
    return template.format(ledger=f"{row}.ledger_id")


_SETTLED = (
    "CREATE TRIGGER opening_settled AFTER UPDATE OF state ON period WHEN NEW.state IN ('closed', 'sealed') "
    "BEGIN UPDATE opening_state SET state = 'final' WHERE ledger_id = NEW.ledger_id AND state = 'provisional'; END"
)
"""Closing a month, whoever does it, makes the opening final."""

_OPENING = [
    refuse(
        "opening_insert",
        "INSERT",
        "opening",
        f"({_of(_ENTERED, 'NEW')} AND NOT {_of(_PROVISIONAL, 'NEW')}) "
        f"OR EXISTS (SELECT 1 FROM opening WHERE id = NEW.id) OR {_of(_ANY_CLOSED, 'NEW')}",
        "期初余额已经录入过一次，或已有月份结账。",
    ),
    refuse(
        "opening_no_update",
        "UPDATE",
        "opening",
        f"NOT {_of(_PROVISIONAL, 'OLD')} OR NEW.id <> OLD.id OR NEW.ledger_id <> OLD.ledger_id",
        _FINAL_WORDS,
    ),
    refuse("opening_no_delete", "DELETE", "opening", f"NOT {_of(_PROVISIONAL, 'OLD')}", _FINAL_WORDS),
    refuse(
        "opening_document_insert",
        "INSERT",
        "opening_document",
        f"{_of(_ENTERED, 'NEW')} OR {_UNFIT}",
        _UNFIT_WORDS,
    ),
    refuse(
        "opening_document_no_update",
        "UPDATE",
        "opening_document",
        f"NOT {_of(_PROVISIONAL, 'OLD')} OR NEW.ledger_id <> OLD.ledger_id OR length(NEW.digest) <> 32 OR {_UNFIT}",
        _FINAL_WORDS,
    ),
    refuse("opening_document_no_delete", "DELETE", "opening_document", "", "期初余额不能删除。"),
    refuse(
        "opening_state_insert",
        "INSERT",
        "opening_state",
        f"NEW.state <> 'provisional' OR {_of(_ENTERED, 'NEW')} OR {_of(_ANY_CLOSED, 'NEW')} "
        "OR EXISTS (SELECT 1 FROM opening_state WHERE ledger_id = NEW.ledger_id)",
        "期初余额已经定下来，不能再变成未定。",
    ),
    refuse(
        "opening_state_update",
        "UPDATE",
        "opening_state",
        "NOT (OLD.state = 'provisional' AND NEW.state = 'final' AND NEW.ledger_id = OLD.ledger_id) "
        f"OR {_UNFIT} OR (SELECT count(*) FROM opening WHERE ledger_id = NEW.ledger_id) IS NOT "
        "(SELECT rows FROM opening_document WHERE ledger_id = NEW.ledger_id)",
        "期初余额借贷不平或没有录完，还不能定下来；定下来以后不能再变成未定。",
    ),
    refuse("opening_state_no_delete", "DELETE", "opening_state", "", "期初余额的状态不能删除。"),
    _SETTLED,
]


def _frozen(row: str) -> str:
    """Whether the ledger's first year has been carried forward."""
    return (
        "EXISTS (SELECT 1 FROM period p JOIN ledger l ON l.id = p.ledger_id "
        f"WHERE p.ledger_id = {row}.ledger_id AND p.month = substr(l.start_month, 1, 4) || '-13')"
    )


_LAST_YEAR_WORDS = "启用当年已经年终结转，上年数不能再改。"
_LAST_YEAR = [
    refuse(
        f"{table}_{event.lower()}",
        event,
        table,
        _frozen("OLD" if event == "DELETE" else "NEW"),
        _LAST_YEAR_WORDS,
    )
    for table in ("last_year_document", "last_year_figure")
    for event in ("INSERT", "UPDATE", "DELETE")
]

TRIGGERS_SETUP: tuple[str, ...] = (*_OPENING, *_LAST_YEAR)
