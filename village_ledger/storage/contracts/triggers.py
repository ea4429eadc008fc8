"""What must hold of contracts even for a raw connection: signed terms stay, changes only grow, nothing is let twice at once."""

from __future__ import annotations

from village_ledger.domain.contract import MOVES, Status
from village_ledger.storage.trigger_words import append_only, refuse

_SIGNED = "EXISTS (SELECT 1 FROM contract_change WHERE contract_id = {id})"
_TERMS = "合同签订以后条款不能改；要改请登记变更。"
_TWICE = "同一个标的在这段时间已经租给别人；分块出租要写清各块面积，合起来不超过整块。"

_OTHERS = (
    "FROM contract_item o JOIN contract_now n ON n.contract_id = o.contract_id WHERE o.code = i.code "
    "AND o.contract_id <> i.contract_id AND +n.ledger_id = me.ledger_id "
    "AND n.start_day <= me.end_day AND me.start_day <= n.end_day"
)
"""Lets of the same code by other contracts in the time of ``me``."""
_OVERLAP = (
    f"i.code <> '' AND EXISTS (SELECT 1 {_OTHERS}) AND (i.area = 0 OR i.whole = 0 "
    f"OR EXISTS (SELECT 1 {_OTHERS} AND o.area = 0) "
    "OR EXISTS (SELECT 1 FROM contract_item p JOIN contract_now pn ON pn.contract_id = p.contract_id "
    "WHERE p.code = i.code AND p.contract_id <> i.contract_id AND +pn.ledger_id = me.ledger_id "
    "AND pn.start_day <= me.end_day AND me.start_day <= pn.end_day "
    f"AND i.area + (SELECT sum(o.area) {_OTHERS} AND n.start_day <= max(pn.start_day, me.start_day) "
    "AND n.end_day >= max(pn.start_day, me.start_day)) > i.whole))"
)
"""Whether item ``i`` of contract ``me`` is let to somebody else too: at no moment may the parts exceed the whole."""
_MOVES = " OR ".join(
    f"(NEW.act = '{act}' AND before = '{before}' AND NEW.status IN ('{after}'"
    + (f", '{before}'" if after == Status.CHANGED.value and before in ("dispute", "lawsuit") else "")
    + "))"
    for act, before, after in MOVES
)
_BEFORE = (
    "(SELECT coalesce((SELECT status FROM contract_change WHERE contract_id = NEW.contract_id "
    "ORDER BY seq DESC LIMIT 1), 'draft') AS before)"
)

_CONTRACT = [
    refuse(
        "contract_insert",
        "INSERT",
        "contract",
        "EXISTS (SELECT 1 FROM contract WHERE id = NEW.id OR (ledger_id = NEW.ledger_id AND number = NEW.number))",
        "这个合同编号已经有了。",
    ),
    refuse("contract_update", "UPDATE", "contract", _SIGNED.format(id="OLD.id"), _TERMS),
    refuse("contract_delete", "DELETE", "contract", _SIGNED.format(id="OLD.id"), "签订了的合同不能删除。"),
    *(
        refuse(
            f"contract_item_{event.lower()}",
            event,
            "contract_item",
            _SIGNED.format(id=f"{row}.contract_id"),
            _TERMS,
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
    refuse(
        "contract_item_once",
        "INSERT",
        "contract_item",
        "(SELECT 1 FROM contract_now WHERE contract_id = NEW.contract_id) IS NULL OR EXISTS (SELECT 1 FROM (SELECT "
        "NEW.contract_id AS contract_id, NEW.code AS code, NEW.area AS area, NEW.whole AS whole) i "
        f"JOIN contract_now me ON me.contract_id = i.contract_id WHERE {_OVERLAP})",
        _TWICE,
    ),
    refuse(
        "contract_now_once",
        "UPDATE OF start_day, end_day, ledger_id",
        "contract_now",
        "EXISTS (SELECT 1 FROM contract_item i, (SELECT NEW.contract_id AS contract_id, NEW.ledger_id AS ledger_id, "
        "NEW.start_day AS start_day, NEW.end_day AS end_day) me "
        f"WHERE i.contract_id = me.contract_id AND {_OVERLAP})",
        _TWICE,
    ),
    refuse(
        "contract_now_delete",
        "DELETE",
        "contract_now",
        _SIGNED.format(id="OLD.contract_id"),
        "签订了的合同不能删除。",
    ),
    refuse(
        "contract_change_insert",
        "INSERT",
        "contract_change",
        "EXISTS (SELECT 1 FROM contract_change WHERE id = NEW.id) OR NEW.seq <> (SELECT 1 + count(*) FROM contract_change "
        f"WHERE contract_id = NEW.contract_id) OR NOT EXISTS (SELECT 1 FROM {_BEFORE} WHERE {_MOVES})",
        "合同现在的状态不能这样变。",
    ),
    *append_only("contract_change", "合同变更记录"),
]

_SAME_LEDGER = (
    "(SELECT ledger_id FROM voucher WHERE id = NEW.voucher_id) IS NOT "
    "(SELECT ledger_id FROM contract WHERE id = NEW.contract_id)"
)
_LINK = [
    refuse(
        "rent_link_insert",
        "INSERT",
        "rent_link",
        f"EXISTS (SELECT 1 FROM rent_link WHERE id = NEW.id) OR {_SAME_LEDGER} "
        "OR (SELECT debit + credit FROM voucher_line WHERE voucher_id = NEW.voucher_id AND line = NEW.line) IS NULL "
        "OR NEW.amount + (SELECT coalesce(sum(amount), 0) FROM rent_link WHERE voucher_id = NEW.voucher_id "
        "AND line = NEW.line) > (SELECT debit + credit FROM voucher_line WHERE voucher_id = NEW.voucher_id "
        "AND line = NEW.line)",
        "对上的租金超过了凭证这一行的金额，或凭证不是这本账的。",
    ),
    refuse("rent_link_no_update", "UPDATE", "rent_link", "", "租金和凭证的对应不能修改。"),
    refuse(
        "rent_link_delete",
        "DELETE",
        "rent_link",
        "OLD.by_hand = 0 AND EXISTS (SELECT 1 FROM voucher WHERE id = OLD.voucher_id)",
        "由合同生成的凭证和租金的对应不能断开。",
    ),
    refuse(
        "deposit_link_insert",
        "INSERT",
        "deposit_link",
        f"EXISTS (SELECT 1 FROM deposit_link WHERE id = NEW.id) OR {_SAME_LEDGER}",
        "押金的凭证要记在合同那本账里。",
    ),
    refuse("deposit_link_no_update", "UPDATE", "deposit_link", "", "押金和凭证的对应不能修改。"),
    refuse(
        "deposit_link_delete",
        "DELETE",
        "deposit_link",
        "EXISTS (SELECT 1 FROM voucher WHERE id = OLD.voucher_id)",
        "押金和凭证的对应不能断开。",
    ),
]

_STALE = "UPDATE contract_now SET stale = 1 WHERE contract_id"
_SUMMARY = [
    f"CREATE TRIGGER rent_link_stale AFTER DELETE ON rent_link BEGIN {_STALE} = OLD.contract_id; END",
    (
        "CREATE TRIGGER rent_voucher_void AFTER UPDATE OF state ON voucher WHEN NEW.state = 'void' BEGIN "
        f"{_STALE} IN (SELECT contract_id FROM rent_link WHERE voucher_id = NEW.id); END"
    ),
    *(
        f"CREATE TRIGGER rent_voucher_{word} AFTER {event} ON voucher_link WHEN {row}.kind = 'reverses' BEGIN "
        f"{_STALE} IN (SELECT contract_id FROM rent_link WHERE voucher_id = {row}.to_id); END"
        for word, event, row in (("reversed", "INSERT", "NEW"), ("stands", "DELETE", "OLD"))
    ),
]

CONTRACTS: tuple[str, ...] = (*_CONTRACT, *_LINK, *_SUMMARY)
