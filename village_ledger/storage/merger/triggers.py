"""What must hold of a merger even for raw SQL: written once, sealed by its last row; afterwards only follow-up is added."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_SEALED = "EXISTS (SELECT 1 FROM merger)"
_SENTENCE = "合并清单已经封存，不能再加。"
_WORDS = {
    "merger_source": "合并前的账簿记录",
    "merger_origin": "合并的来源",
    "merger_code": "新旧编号对照",
    "merger_share": "份额折换清单",
    "merger_creditor": "债权人通知清单",
    "merger_matter": "合并的未决事项",
}
_KEYS = {"merger_source": "number"}
_ADDS_UP = (
    "EXISTS (SELECT 1 FROM (SELECT ledger_id, account, party, project, sum(balance) AS b, sum(year_debit) AS d, "
    "sum(year_credit) AS c FROM (SELECT ledger_id, account, party, project, balance, year_debit, year_credit "
    "FROM merger_origin WHERE eliminated = 0 UNION ALL SELECT o.ledger_id, o.account, coalesce(c.name, ''), "
    "coalesce(p.name, ''), o.credit - o.debit, -o.year_debit, -o.year_credit FROM opening o "
    "LEFT JOIN party c ON c.id = o.counterparty_id LEFT JOIN party p ON p.id = o.project_id "
    "WHERE o.ledger_id IN (SELECT ledger_id FROM merger_origin)) "
    "GROUP BY 1, 2, 3, 4) WHERE b <> 0 OR d <> 0 OR c <> 0)"
)
_ELIMINATED = "EXISTS (SELECT 1 FROM merger_origin WHERE eliminated = 1 GROUP BY ledger_id, pair HAVING sum(balance) <> 0)"


def _written_once() -> list[str]:
    found: list[str] = []
    for table, what in _WORDS.items():
        key = _KEYS.get(table, "id")
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
        found.append(refuse(f"{table}_insert", "INSERT", table, f"{_SEALED} OR {taken}", _SENTENCE))
        found += append_only(table, what)
    return found


MERGER: tuple[str, ...] = (
    *_written_once(),
    refuse(
        "merger_insert",
        "INSERT",
        "merger",
        f"{_SEALED} OR (SELECT count(*) FROM merger_source) < 2 OR {_ADDS_UP} OR {_ELIMINATED}",
        "合并清单只封一次，各村的余额相加要等于新账的期初，抵销的一借一贷要相等。",
    ),
    *append_only("merger", "合并清单"),
    refuse(
        "merger_follow_insert",
        "INSERT",
        "merger_follow",
        "date(NEW.day) IS NOT NEW.day OR EXISTS (SELECT 1 FROM merger_follow WHERE id = NEW.id)",
        "办理情况只能新增。",
    ),
    *append_only("merger_follow", "办理情况"),
    refuse(
        "merged_into_insert",
        "INSERT",
        "merged_into",
        "EXISTS (SELECT 1 FROM merged_into)",
        "这本账已经并入过一次。",
    ),
    *append_only("merged_into", "并入的记录"),
)
