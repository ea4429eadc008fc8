"""What stands above a statement's heading row: account number, holder, bank, days, balance brought forward."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import parse_day
from village_ledger.exchange.bank.bank_columns import tidy
from village_ledger.exchange.reading.raw_sheet import RawSheet

_NUMBER = re.compile(r"(?:账号|账户|卡号|帐号)[::]?([0-9][0-9-]{5,33})")
_ENTITY = re.compile(r"(?:户名|账户名称|单位名称|账户名)[::]([^::|]+?)(?=\||账号|币种|起|$)")
_OPENING = re.compile(r"(?:承前余额|期初余额|上期余额|上页余额)[::]?\|*(-?[\d,]+\.\d{2})")
_DAYS = re.compile(r"(\d{4}[-/.年]?\d{2}[-/.月]?\d{2})日?")
_BANK = re.compile(r"([^\s|::]{1,40}?(?:银行|信用社|信用合作联社|农信社)(?:股份有限公司|有限责任公司)?)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a statement says; empty or None for what it does not say."""

    number: str = ""
    entity: str = ""
    bank: str = ""
    first: date | None = None
    last: date | None = None
    opening: int | None = None


def read_head(sheet: RawSheet, heading_row: int) -> Head:
    """Read the rows above the heading."""
    rows = [
        "|".join(text for text in map(tidy, cells) if text) for row, cells in sheet.rows if row < heading_row
    ]
    text = "||".join(rows).replace(":|", ":").replace("：|", ":")
    number, entity, bank = _NUMBER.search(text), _ENTITY.search(text), _BANK.search(text)
    opening = _OPENING.search(text)
    days = [day for found in _DAYS.findall(_without_number(text, number)) if (day := _day(found))]
    return Head(
        number[1].replace("-", "") if number else "",
        entity[1].strip("|") if entity else "",
        bank[1] if bank else "",
        min(days, default=None),
        max(days, default=None),
        parse_fen(opening[1]) if opening else None,
    )


def _without_number(text: str, number: re.Match[str] | None) -> str:
    """The text without the account number, whose digits may look like a day."""
    return text if number is None else text.replace(number[1], "")


def _day(text: str) -> date | None:
    digits = re.sub(r"\D", "", text)
    try:
        return parse_day(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except LedgerError:
        return None
