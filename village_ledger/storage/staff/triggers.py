"""Triggers of the staff area: nobody disappears, roles only end, no two that exclude each other are held at once.

The pairs come from rules/duties.toml, so that screen, service and database say the same.
"""

from __future__ import annotations

from village_ledger.domain.duty import Conflict, Role, duty_rules
from village_ledger.storage.trigger_words import refuse

_STAFFED = "EXISTS (SELECT 1 FROM staff)"
_ROLES = ", ".join(f"'{role.value}'" for role in Role)
# two spans [since, until) share a day; an empty until goes on, one equal to since never began
_MEET = (
    "(r.until = '' OR NEW.since < r.until) AND (NEW.until = '' OR r.since < NEW.until) "
    "AND r.until <> r.since AND NEW.until <> NEW.since"
)
_SAME_LEDGER = "(r.ledger_id IS NULL OR NEW.ledger_id IS NULL OR r.ledger_id = NEW.ledger_id)"


def _beside(rule: Conflict) -> str:
    """Whether the new role breaks a rule beside another role of the same person."""
    place = "" if rule.whole_book else f" AND {_SAME_LEDGER}"
    pair = " OR ".join(
        f"(NEW.role = '{one.value}' AND r.role = '{other.value}')"
        for one, other in ((rule.one, rule.other), (rule.other, rule.one))
    )
    return f"(({pair}){place})"


_CONFLICTS = " OR ".join(_beside(rule) for rule in duty_rules().conflicts)
_NO_OTHER_ADMINISTRATOR = (
    "NOT EXISTS (SELECT 1 FROM staff_role r JOIN staff s ON s.id = r.staff_id WHERE r.role = 'administrator' "
    "AND r.until = '' AND s.left_at = '' AND r.id <> OLD.id)"
)

STAFF: tuple[str, ...] = (
    refuse(
        "staff_insert",
        "INSERT",
        "staff",
        "EXISTS (SELECT 1 FROM staff WHERE id = NEW.id OR name = NEW.name) OR trim(NEW.name) = ''",
        "这个姓名已经登记过。",
    ),
    refuse(
        "staff_update",
        "UPDATE",
        "staff",
        "NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.added_at <> OLD.added_at OR (NEW.left_at <> '' "
        "AND EXISTS (SELECT 1 FROM staff_role WHERE staff_id = OLD.id AND until = ''))",
        "人员的姓名不能改；离任以前要先收回他的角色。",
    ),
    refuse("staff_no_delete", "DELETE", "staff", "", "人员不能删除，只能离任。"),
    refuse(
        "staff_role_insert",
        "INSERT",
        "staff_role",
        f"EXISTS (SELECT 1 FROM staff_role WHERE id = NEW.id) OR NEW.role NOT IN ({_ROLES}) "
        "OR NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND left_at = '')",
        "角色不对，或人员没有登记、已经离任。",
    ),
    refuse(
        "staff_role_conflict",
        "INSERT",
        "staff_role",
        f"EXISTS (SELECT 1 FROM staff_role r WHERE r.staff_id = NEW.staff_id AND {_MEET} AND ({_CONFLICTS}))",
        "一个人不能同时担任这两个不相容的角色。",
    ),
    refuse(
        "staff_role_update",
        "UPDATE",
        "staff_role",
        "NEW.id <> OLD.id OR NEW.staff_id <> OLD.staff_id OR NEW.role <> OLD.role OR NEW.since <> OLD.since "
        "OR NEW.ledger_id IS NOT OLD.ledger_id OR OLD.until <> '' OR NEW.until = ''",
        "给过的角色不能改，只能到某一天为止。",
    ),
    refuse(
        "staff_role_last",
        "UPDATE",
        "staff_role",
        f"OLD.role = 'administrator' AND {_NO_OTHER_ADMINISTRATOR}",
        "这是最后一个管理员，不能收回。",
    ),
    refuse("staff_role_no_delete", "DELETE", "staff_role", "", "给过的角色不能删除，只能到某一天为止。"),
    refuse(
        "staff_pin_insert",
        "INSERT",
        "staff_pin",
        "EXISTS (SELECT 1 FROM staff_pin WHERE staff_id = NEW.staff_id)",
        "这个人已经有密码。",
    ),
    refuse(
        "staff_pin_update",
        "UPDATE",
        "staff_pin",
        "NEW.staff_id <> OLD.staff_id OR NEW.failures < 0 OR NEW.hash NOT LIKE '$argon2id$%'",
        "密码记录不能这样改。",
    ),
    refuse("staff_pin_no_delete", "DELETE", "staff_pin", "", "密码记录不能删除。"),
    refuse(
        "data_key_insert", "INSERT", "data_key", "EXISTS (SELECT 1 FROM data_key)", "账簿已经有数据密钥。"
    ),
    refuse(
        "data_key_update",
        "UPDATE",
        "data_key",
        'NEW.id <> OLD.id OR NEW.made_at <> OLD.made_at OR NEW."check" <> OLD."check" OR NEW.plain IS NOT NULL '
        "OR NOT EXISTS (SELECT 1 FROM key_wrap WHERE holder = 0) OR NOT EXISTS (SELECT 1 FROM key_wrap WHERE holder > 0)",
        "数据密钥不能改；收起以前要先由人员和恢复码各包一份。",
    ),
    refuse("data_key_no_delete", "DELETE", "data_key", "", "数据密钥不能删除。"),
    refuse(
        "key_wrap_insert",
        "INSERT",
        "key_wrap",
        "EXISTS (SELECT 1 FROM key_wrap WHERE holder = NEW.holder)",
        "这一份密钥已经有了。",
    ),
    refuse(
        "key_wrap_delete",
        "DELETE",
        "key_wrap",
        "OLD.holder = 0 OR NOT EXISTS (SELECT 1 FROM staff WHERE id = OLD.holder AND left_at <> '')",
        "只有离任人员的那一份密钥可以去掉。",
    ),
    refuse(
        "posting_staff",
        "INSERT",
        "posting",
        f"{_STAFFED} AND (NEW.basis = 'migration' "
        "OR NOT EXISTS (SELECT 1 FROM staff WHERE name = NEW.posted_by AND left_at = ''))",
        "记账的人没有登记在人员里，或凭证没有经过审核。",
    ),
    refuse(
        "voucher_staff_review",
        "UPDATE",
        "voucher",
        f"NEW.state = 'reviewed' AND OLD.state <> 'reviewed' AND {_STAFFED} "
        "AND NOT EXISTS (SELECT 1 FROM staff WHERE name = NEW.reviewed_by AND left_at = '')",
        "审核的人没有登记在人员里。",
    ),
)
