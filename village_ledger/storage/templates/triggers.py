"""What must hold of recurring vouchers, advance rent, grant documents and budgets, raw SQL included."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_STANDS = (
    "EXISTS (SELECT 1 FROM voucher v WHERE v.id = OLD.voucher_id AND v.state <> 'void' AND NOT EXISTS "
    "(SELECT 1 FROM voucher_link k WHERE k.kind = 'reverses' AND k.to_id = v.id))"
)
"""Whether the voucher a row names still counts: not deleted, void or reversed."""

_RECURRENCE = (
    refuse(
        "recurrence_run_insert",
        "INSERT",
        "recurrence_run",
        "EXISTS (SELECT 1 FROM recurrence_run WHERE recurrence_id = NEW.recurrence_id AND due = NEW.due) OR "
        "(NEW.voucher_id IS NOT NULL AND (SELECT v.ledger_id FROM voucher v WHERE v.id = NEW.voucher_id) IS NOT "
        "(SELECT r.ledger_id FROM recurrence r WHERE r.id = NEW.recurrence_id))",
        "这一期已经办过，或指的不是本账的凭证，不能再记一次。",
    ),
    refuse(
        "recurrence_run_update",
        "UPDATE",
        "recurrence_run",
        "NEW.recurrence_id <> OLD.recurrence_id OR NEW.due <> OLD.due OR OLD.voucher_id IS NOT NULL",
        "按月重复的这一期已经办过，不能改。",
    ),
    refuse(
        "recurrence_run_delete",
        "DELETE",
        "recurrence_run",
        f"OLD.voucher_id IS NOT NULL AND {_STANDS}",
        "这一期已经记成凭证，不能当作没有办过；请先删除、作废或冲销那张凭证。",
    ),
    refuse("recurrence_no_delete", "DELETE", "recurrence", "", "按月重复的安排不能删除，只能停用。"),
    refuse(
        "recurrence_identity",
        "UPDATE",
        "recurrence",
        "NEW.id <> OLD.id OR NEW.ledger_id <> OLD.ledger_id",
        "按月重复的安排不能换到另一本账。",
    ),
)

_PREPAID = (
    refuse(
        "prepaid_basis_insert",
        "INSERT",
        "prepaid_basis",
        "EXISTS (SELECT 1 FROM prepaid_basis WHERE ledger_id = NEW.ledger_id) AND EXISTS (SELECT 1 FROM prepaid "
        "WHERE ledger_id = NEW.ledger_id)",
        "预收租金的分摊方法已经用过，不能再改。",
    ),
    refuse(
        "prepaid_basis_update",
        "UPDATE",
        "prepaid_basis",
        "NEW.ledger_id <> OLD.ledger_id OR EXISTS (SELECT 1 FROM prepaid WHERE ledger_id = OLD.ledger_id)",
        "预收租金的分摊方法已经用过，不能再改。",
    ),
    refuse(
        "prepaid_basis_delete",
        "DELETE",
        "prepaid_basis",
        "EXISTS (SELECT 1 FROM prepaid WHERE ledger_id = OLD.ledger_id)",
        "预收租金的分摊方法已经用过，不能删除。",
    ),
    refuse(
        "prepaid_insert",
        "INSERT",
        "prepaid",
        "EXISTS (SELECT 1 FROM prepaid WHERE id = NEW.id OR (voucher_id = NEW.voucher_id AND line = NEW.line)) OR "
        "(SELECT basis FROM prepaid_basis WHERE ledger_id = NEW.ledger_id) IS NOT NEW.basis OR NOT EXISTS "
        "(SELECT 1 FROM voucher_line l WHERE l.voucher_id = NEW.voucher_id AND l.line = NEW.line "
        "AND l.ledger_id = NEW.ledger_id AND l.account = NEW.account AND l.credit = NEW.total "
        "AND l.counterparty_id = NEW.counterparty_id)",
        "这笔预收已经排过，或和收款凭证的那一行对不上，或分摊方法和本账定的不同。",
    ),
    refuse("prepaid_no_update", "UPDATE", "prepaid", "", "预收租金的安排不能修改。"),
    refuse(
        "prepaid_delete",
        "DELETE",
        "prepaid",
        f"{_STANDS} OR EXISTS (SELECT 1 FROM prepaid_part p JOIN voucher v ON v.id = p.voucher_id "
        "WHERE p.prepaid_id = OLD.id AND v.state <> 'void')",
        "预收租金的安排不能删除；收款凭证作废或冲销、又没有结转过的才能撤掉。",
    ),
    refuse(
        "prepaid_part_insert",
        "INSERT",
        "prepaid_part",
        "EXISTS (SELECT 1 FROM prepaid_part WHERE prepaid_id = NEW.prepaid_id AND number = NEW.number) OR "
        "NEW.amount + (SELECT coalesce(sum(amount), 0) FROM prepaid_part WHERE prepaid_id = NEW.prepaid_id) > "
        "coalesce((SELECT total FROM prepaid WHERE id = NEW.prepaid_id), 0)",
        "各期加起来超过了预收的总额，不能插入。",
    ),
    refuse(
        "prepaid_part_update",
        "UPDATE",
        "prepaid_part",
        "NEW.prepaid_id <> OLD.prepaid_id OR NEW.number <> OLD.number OR NEW.first_day <> OLD.first_day OR "
        "NEW.last_day <> OLD.last_day OR NEW.due_month <> OLD.due_month OR NEW.amount <> OLD.amount OR "
        f"(OLD.voucher_id IS NOT NULL AND {_STANDS})",
        "预收租金的这一期已经结转过，或金额和期间不能改。",
    ),
    refuse(
        "prepaid_part_delete",
        "DELETE",
        "prepaid_part",
        "EXISTS (SELECT 1 FROM prepaid WHERE id = OLD.prepaid_id)",
        "预收租金的各期不能删除。",
    ),
)

_PLANS = (
    refuse(
        "grant_document_insert",
        "INSERT",
        "grant_document",
        "EXISTS (SELECT 1 FROM grant_document WHERE id = NEW.id OR (ledger_id = NEW.ledger_id "
        "AND project_id = NEW.project_id AND number = NEW.number))",
        "这个项目的这份文件已经登记过。",
    ),
    *append_only("grant_document", "拨款文件的登记"),
    refuse(
        "budget_insert",
        "INSERT",
        "budget",
        "NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM budget WHERE ledger_id = NEW.ledger_id "
        "AND year = NEW.year)",
        "财务计划的版本接不上，不能插入。",
    ),
    *append_only("budget", "财务计划"),
    refuse(
        "budget_line_insert",
        "INSERT",
        "budget_line",
        "EXISTS (SELECT 1 FROM budget_line WHERE ledger_id = NEW.ledger_id AND year = NEW.year "
        "AND version = NEW.version AND account = NEW.account AND project_id = NEW.project_id) OR "
        "(SELECT max(version) FROM budget WHERE ledger_id = NEW.ledger_id AND year = NEW.year) IS NOT NEW.version",
        "财务计划的这一行已经有了，或不是最新的版本。",
    ),
    *append_only("budget_line", "财务计划"),
)

TEMPLATE_TRIGGERS: tuple[str, ...] = (*_RECURRENCE, *_PREPAID, *_PLANS)
