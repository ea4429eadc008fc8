"""The words of village registers (rules/member_columns.toml): headings, cells, relations, rows that are no people."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from village_ledger.exchange.reading.heading_rows import Vocabulary
from village_ledger.resources_dir import resource

ASIDE = "aside"
MEANINGS = {
    "household": "户编号",
    "head": "户主",
    "name": "姓名",
    "relation": "与户主关系",
    "sex": "性别",
    "id_number": "证件号码",
    "member": "是否成员",
    "confirmed_on": "成员确认日期",
    "note": "备注",
    "group": "村民小组",
    "birth": "出生日期",
    "death": "死亡日期",
    "phone": "电话",
    "bank": "开户行",
    "bank_account": "银行账号",
    ASIDE: "旁注",
    "": "不用",
}
"""What a column can mean, and how people call it."""
_NEEDED = ("household", "name", "relation", "id_number", "member", "confirmed_on")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Everything of the file."""
    return tomllib.loads(resource("rules", "member_columns.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def member_vocabulary() -> Vocabulary:
    """Columns of a member register."""
    said = words()
    return Vocabulary(
        MEANINGS, said["words"], said["within"], _NEEDED, frozenset({"", "note", ASIDE}), aside=ASIDE
    )


@lru_cache(maxsize=1)
def relations() -> dict[str, str]:
    """How a village calls a relation to how the register does."""
    return {spelt: word for word, spellings in words()["relations"].items() for spelt in spellings}
