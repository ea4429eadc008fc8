"""What must hold of stock-takes even for a raw connection: steps in order, lines frozen once counting ends."""

from __future__ import annotations

from village_ledger.domain.stock_take import BEFORE
from village_ledger.storage.trigger_words import append_only, refuse

_LAST = (
    "(SELECT step FROM stock_take_step WHERE take_id = {take} AND seq = "
    "(SELECT max(seq) FROM stock_take_step WHERE take_id = {take}))"
)
_FROZEN = "coalesce(" + _LAST + ", 'filled') NOT IN ('filled', 'back')"
_ORDER = " OR ".join(
    f"(NEW.step = '{step.value}' AND coalesce({_LAST.format(take='NEW.take_id')}, '') NOT IN "
    f"({', '.join(sorted(repr(s.value if s else '') for s in before))}))"
    for step, before in BEFORE.items()
)
_ENDED = "盘点已经结束，清查的数不能再改。"


def _frozen(table: str) -> list[str]:
    """Three triggers: the rows of a table rest once counting has ended."""
    return [
        refuse(
            f"{table}_{event.lower()}",
            event,
            table,
            _FROZEN.format(take=f"{row}.take_id")
            + (
                f" OR NEW.take_id <> OLD.take_id OR {_FROZEN.format(take='NEW.take_id')}"
                if event == "UPDATE"
                else ""
            )
            + (
                f" OR EXISTS (SELECT 1 FROM {table} WHERE take_id = NEW.take_id AND line = NEW.line)"
                if event == "INSERT"
                else ""
            ),
            _ENDED,
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ]


COUNTING: tuple[str, ...] = (
    refuse(
        "stock_take_insert",
        "INSERT",
        "stock_take",
        "EXISTS (SELECT 1 FROM stock_take WHERE id = NEW.id OR (ledger_id = NEW.ledger_id AND day = NEW.day))",
        "这一天的清查已经登记过。",
    ),
    refuse(
        "stock_take_identity",
        "UPDATE",
        "stock_take",
        "NEW.id <> OLD.id OR NEW.ledger_id <> OLD.ledger_id OR NEW.day <> OLD.day OR NEW.made_by <> OLD.made_by "
        f"OR NEW.made_at <> OLD.made_at OR {_FROZEN.format(take='OLD.id')}",
        "清查登记的账套和日期不能改，盘点结束以后人员也不能改。",
    ),
    refuse(
        "stock_take_no_delete",
        "DELETE",
        "stock_take",
        "EXISTS (SELECT 1 FROM stock_take_step WHERE take_id = OLD.id)",
        "已经开始的清查不能删除。",
    ),
    refuse(
        "stock_take_step_insert",
        "INSERT",
        "stock_take_step",
        "NEW.seq <> coalesce((SELECT max(seq) FROM stock_take_step WHERE take_id = NEW.take_id), 0) + 1 "
        f"OR {_ORDER}",
        "清查要按登记、盘点、差异、审批、调整、公示、确认的次序来。",
    ),
    *append_only("stock_take_step", "清查的步骤"),
    *_frozen("stock_take_line"),
    *_frozen("stock_take_count"),
    refuse(
        "stock_take_voucher_insert",
        "INSERT",
        "stock_take_voucher",
        "(SELECT ledger_id FROM voucher WHERE id = NEW.voucher_id) IS NOT "
        "(SELECT ledger_id FROM stock_take WHERE id = NEW.take_id) "
        f"OR coalesce({_LAST.format(take='NEW.take_id')}, '') NOT IN ('approved', 'adjusted') "
        "OR EXISTS (SELECT 1 FROM stock_take_voucher x JOIN voucher v ON v.id = x.voucher_id "
        "WHERE x.take_id = NEW.take_id AND x.sheet = NEW.sheet AND x.line = NEW.line AND x.stage = NEW.stage "
        "AND v.state <> 'void')",
        "清查的差异审批以后才能出凭证，一张表只出一次，记在它自己那本账里。",
    ),
    refuse("stock_take_voucher_no_update", "UPDATE", "stock_take_voucher", "", "清查和凭证的联系不能改。"),
    refuse(
        "stock_take_voucher_delete",
        "DELETE",
        "stock_take_voucher",
        "EXISTS (SELECT 1 FROM voucher WHERE id = OLD.voucher_id)",
        "清查和凭证的联系不能断开。",
    ),
)
