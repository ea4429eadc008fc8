"""The words of contract registers kept by hand (rules/contract_columns.toml): headings, payment, prices, rows that are none."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from village_ledger.exchange.reading.heading_rows import Vocabulary
from village_ledger.resources_dir import resource

MEANINGS = {
    "number": "合同编号",
    "what": "标的",
    "code": "资产编号",
    "party": "对方",
    "span": "起止时间",
    "start": "起始日期",
    "end": "终止日期",
    "area": "面积",
    "unit": "单位",
    "price": "单价",
    "year_rent": "年租金",
    "total": "合同总金额",
    "pay": "付款方式",
    "deposit": "押金",
    "decision": "决议文号",
    "kind": "合同类型",
    "signed": "签订日期",
    "way": "交易方式",
    "note": "备注",
    "": "不用",
}
"""What a column can mean, and how people call it."""
_NEEDED = ("number", "what", "party", "pay")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Everything of the file."""
    return tomllib.loads(resource("rules", "contract_columns.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def contract_vocabulary() -> Vocabulary:
    """Columns of a contract register."""
    said = words()
    return Vocabulary(MEANINGS, said["words"], said["within"], _NEEDED, frozenset({"", "note"}), least=5)
