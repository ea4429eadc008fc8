"""The bank's answer to a pay list: its file read by the headings and words of ``rules/dividend_bank.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import ImportRefused, LedgerError, UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import fen_of, reason, text_of
from village_ledger.exchange.reading.raw_sheet import RawSheet, read_raw
from village_ledger.exchange.reading.tabular import Cell, is_blank
from village_ledger.resources_dir import resource
from village_ledger.services.dividends.dividend_results import Answer

if TYPE_CHECKING:
    from pathlib import Path

_NEEDED = ("holder", "amount", "result")
_SAID = {"holder": "收款人户名", "amount": "金额", "result": "处理结果"}
_SUMS = ("合计", "总计", "小计")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    text = resource("rules", "dividend_bank.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["answer"]


def read_answers(path: Path) -> list[Answer]:
    """Every answered row. Raises UnreadableError for a file without the headings, ImportRefused naming every row at fault."""
    sheet = read_raw(path)
    heading, places = _heading(sheet)
    answers: list[Answer] = []
    faults: list[str] = []
    for row, cells in sheet.rows:
        if row <= heading or is_blank(cells) or str(cells[0]).strip() in _SUMS:
            continue
        try:
            answers.append(_answer(row, cells, places))
        except LedgerError as error:
            faults.append(f"{sheet.at(row)}：{reason(error)}")
    if faults:
        raise ImportRefused(faults)
    if not answers:
        raise UnreadableError(f"“{path.name}”里没有一笔结果", "请选银行给的代发结果文件。")
    return answers


def _heading(sheet: RawSheet) -> tuple[int, dict[str, int]]:
    """The row that has all that is needed, and where each thing stands in it."""
    for row, cells in sheet.rows:
        texts = [half_width(str(cell)).strip() for cell in cells]
        places: dict[str, int] = {}
        for key in ("holder", "account", "amount", "result", "note"):
            wanted = [word for word in _words()[key] if word in texts]
            if wanted:
                places[key] = texts.index(wanted[0])
        if all(key in places for key in _NEEDED):
            return row, places
    needed = "、".join(_SAID.values())
    raise UnreadableError(
        f"“{sheet.path.name}”里没有找到{needed}这几列",
        "请选银行给的代发结果文件；列名不同的，可以照它改 dividend_bank.toml。",
    )


def _answer(row: int, cells: Sequence[Cell], places: dict[str, int]) -> Answer:
    def text(key: str, limit: int = NAME_LIMIT) -> str:
        place = places.get(key)
        if place is None or place >= len(cells):
            return ""
        return half_width(text_of(cells[place], _SAID.get(key, key), limit)).strip()

    result = text("result")
    failed = any(word in result for word in _words()["failed"])
    paid = not failed and any(word in result for word in _words()["done"])
    if not failed and not paid:
        raise LedgerError(f"看不懂结果“{result}”", "要写明成功还是退回。")
    amount = fen_of(cells[places["amount"]]) if places["amount"] < len(cells) else 0
    note = text("note", SUMMARY_LIMIT) or ("" if paid else result)
    account = "".join(text("account").split())
    return Answer(row, text("holder"), account, amount, paid, note)
