"""A block copied from a spreadsheet as opening balances: every row judged before anything is taken.

A heading row names the columns as an import file does; without one they are known by what stands in them: the account's
code or name, names beside it, one amount (on the account's own side) or a debit and a credit.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from enum import Enum

from village_ledger.domain.chart import Account, Chart, Dimension, Side
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import parse_fen
from village_ledger.exchange.setup.import_opening import OPENING_FIELDS

_LABELS = {name: x.key for x in OPENING_FIELDS for name in (x.label, x.key)} | {
    "科目": "code",
    "编码": "code",
    "科目名称": "name",
    "名称": "name",
    "单位": "counterparty",
    "借方": "debit",
    "贷方": "credit",
    "期初借方": "debit",
    "期初贷方": "credit",
    "借方余额": "debit",
    "贷方余额": "credit",
    "余额": "balance",
    "期初余额": "balance",
}


class Light(Enum):
    """How a row came out."""

    GREEN = "好"
    YELLOW = "留意"
    RED = "不对"


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row as understood; ``words`` say what to look at or what is wrong."""

    opening: ImportedOpening
    name: str
    light: Light
    words: str = ""


def read_block(chart: Chart, text: str) -> list[PastedRow]:
    """Every row of a pasted block that is not blank; row numbers count from 1 as copied."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter="\t")]
    places = _heading(rows[0]) if rows else {}
    found: list[PastedRow] = []
    seen: dict[tuple[str, str, str], int] = {}
    for number, cells in enumerate(rows, 1):
        if (number == 1 and places) or not any(cells) or "合计" in "".join(cells[:2]):
            continue
        row = _read(chart, number, cells, places or _guessed(cells))
        key = (row.opening.account, row.opening.counterparty, row.opening.project)
        if row.light is not Light.RED and key in seen:
            row = replace(row, light=Light.RED, words=f"和第{seen[key]}行是同一个科目")
        seen.setdefault(key, number)
        found.append(row)
    return found


def _heading(cells: list[str]) -> dict[str, int]:
    """Columns by their headings; empty when the first row is none."""
    tidy = ["".join(half_width(cell).split()) for cell in cells]
    places = {_LABELS[text]: place for place, text in enumerate(tidy) if text in _LABELS}
    return places if {"code", "name"} & places.keys() and len(places) > 1 else {}


def _guessed(cells: list[str]) -> dict[str, int]:
    """Columns by what stands in them."""
    amounts = [i for i, cell in enumerate(cells) if i and (not cell or _is_amount(cell))]
    while amounts and len(amounts) > 2 and not cells[amounts[0]]:
        amounts.pop(0)
    figures = amounts[-2:] if len(amounts) > 1 else amounts
    words = [i for i in range(1, len(cells)) if i not in figures and cells[i]]
    places = {"code": 0}
    if len(figures) == 2:
        places |= {"debit": figures[0], "credit": figures[1]}
    elif figures:
        places["balance"] = figures[0]
    for place, index in enumerate(words[:3]):
        places[("word1", "word2", "word3")[place]] = index
    return places


def _is_amount(cell: str) -> bool:
    try:
        parse_fen(cell)
    except LedgerError:
        return False
    return True


def _read(chart: Chart, number: int, cells: list[str], places: dict[str, int]) -> PastedRow:
    def cell(key: str) -> str:
        place = places.get(key, -1)
        return cells[place] if 0 <= place < len(cells) else ""

    amounts: dict[str, int] = {}
    for key in ("debit", "credit", "balance", "year_debit", "year_credit", "start_debit", "start_credit"):
        try:
            amounts[key] = parse_fen(cell(key)) if cell(key) else 0
        except LedgerError as error:
            return _red(number, cell("code"), error.what)
    account, hint = _account(chart, half_width(cell("code")), cell("name"))
    if account is None:
        return _red(number, cell("code") or cell("name"), hint)
    names = [
        w
        for w in (cell("word1"), cell("word2"), cell("word3"))
        if w not in {account.name, chart.path(account.code)}
    ]
    debit, credit, hint = _sides(account, amounts, hint)
    row = ImportedOpening(
        number,
        account.code,
        cell("counterparty") or _taken(account, names, Dimension.COUNTERPARTY),
        cell("project") or _taken(account, names, Dimension.PROJECT),
        debit,
        credit,
        amounts["year_debit"],
        amounts["year_credit"],
    )
    return _judged(account, row, amounts, hint)


def _account(chart: Chart, code: str, name: str) -> tuple[Account | None, str]:
    """The account meant, and what to look at."""
    try:
        return chart.usable_leaf(code), ""
    except LedgerError as error:
        reason = error.what
    wanted = {text for text in (code, name) if text}
    matches = [a for a in chart if a.is_leaf and a.active and {a.name, chart.path(a.code)} & wanted]
    if len(matches) == 1:
        return matches[0], f"按名称认成 {matches[0].code} {matches[0].name}"
    return None, "有几个同名的科目，请写编码" if matches else reason


def _taken(account: Account, names: list[str], dimension: Dimension) -> str:
    """The next name beside the account, if the account asks for such a one."""
    return names.pop(0) if names and dimension in account.demands else ""


def _sides(account: Account, amounts: dict[str, int], hint: str) -> tuple[int, int, str]:
    debit, credit, balance = amounts["debit"], amounts["credit"], amounts["balance"]
    if balance:
        hint = hint or f"只有一个金额，记在{account.side.value}方"
        debit, credit = (balance, 0) if account.side is Side.DEBIT else (0, balance)
    start = amounts["start_debit"] - amounts["start_credit"]
    moved = amounts["year_debit"] - amounts["year_credit"]
    if start and not (debit or credit):
        worked_out = start + moved
        debit, credit = (worked_out, 0) if worked_out > 0 else (0, -worked_out)
    return debit, credit, hint


def _judged(account: Account, row: ImportedOpening, amounts: dict[str, int], hint: str) -> PastedRow:
    wrong = ""
    values = {Dimension.COUNTERPARTY: row.counterparty, Dimension.PROJECT: row.project}
    missing = [d.value for d in account.demands & values.keys() if not values[d]]
    start = amounts["start_debit"] - amounts["start_credit"]
    if row.debit and row.credit:
        wrong = "借方和贷方都有金额"
    elif not any(row[4:]):
        wrong = "没有金额"
    elif missing:
        wrong = f"要写明{'、'.join(sorted(missing))}"
    elif start and start + row.year_debit - row.year_credit != row.debit - row.credit:
        wrong = "年初数加减本年累计不等于期初"
    if wrong:
        return PastedRow(row, account.name, Light.RED, wrong)
    against = row.credit > row.debit if account.side is Side.DEBIT else row.debit > row.credit
    if against and not account.two_way and not hint:
        hint = f"余额一般在{account.side.value}方，请再看一眼"
    return PastedRow(row, account.name, Light.YELLOW if hint else Light.GREEN, hint)


def _red(number: int, code: str, words: str) -> PastedRow:
    return PastedRow(ImportedOpening(number, code, "", "", 0, 0), "", Light.RED, words)
