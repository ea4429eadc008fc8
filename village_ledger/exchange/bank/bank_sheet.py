"""A bank's statement file read whole: head, lines, foot, told apart by what they say.

The lines are put into the order they happened, and every running balance is proved; a gap, a wrong order, an ambiguous
amount is named with sheet, row and column, and then nothing is read at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from village_ledger.domain.bank import StatementFile, StatementLine
from village_ledger.domain.errors import AmountError, LedgerError, UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.exchange.bank.bank_columns import Layout, bank_words, cells_of, propose, tidy
from village_ledger.exchange.bank.bank_head import Head, read_head
from village_ledger.exchange.reading.cells import day_of, fen_of, reason
from village_ledger.exchange.reading.raw_sheet import RawSheet, read_raw
from village_ledger.exchange.reading.tabular import Cell, Fault, Flawed, refuse
from village_ledger.i18n import tr

_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\D?(\d{2}):?(\d{2}):?(\d{2}))?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_TOTALS = re.compile(r"(收入|支出|贷方|借方)(?:金额)?(?:合计|总额)(?:金额)?:?([\d,]+\.\d{2})")
_MOST_NAMED = 20


@dataclass(slots=True)
class Reading:
    """A statement file being read: what was found, what is wrong, what was left out."""

    sheet: RawSheet
    layout: Layout
    head: Head
    lines: list[StatementLine] = field(default_factory=list[StatementLine])
    faults: list[Fault] = field(default_factory=list[Fault])
    dropped: list[int] = field(default_factory=list[int])
    """Rows that are no lines: repeated headings, totals, notices."""
    totals: dict[str, int] = field(default_factory=dict[str, int])
    """What the foot says all lines sum to: ``in`` and ``out``."""

    def fault(self, row: int, what: str, place: int | None = None) -> None:
        """Note what is wrong with a row or a cell of it."""
        heading = "" if place is None else self.layout.columns[place].heading
        self.faults.append(Fault(row, f"{self.sheet.at(row, place, heading)}：{what}"))


def read_statement(path: Path, confirmed: Mapping[str, str] | None = None) -> StatementFile:
    """Read a statement; ``confirmed`` is the mapping of its columns as remembered or given.

    Raises UnreadableError for a file that is no statement, ImportRefused naming every fault.
    """
    return finished(read_lines(path, confirmed))


def read_lines(path: Path, confirmed: Mapping[str, str] | None = None) -> Reading:
    """The rows of a statement file, faults collected: what a preview shows."""
    sheet = read_raw(path)
    layout = propose(sheet, confirmed)
    reading = Reading(sheet, layout, read_head(sheet, layout.row))
    if layout.missing:
        return reading
    for row, cells in sheet.rows:
        if row > layout.row:
            _read_row(reading, row, cells)
    _put_in_order(reading)
    _prove(reading)
    return reading


def finished(reading: Reading) -> StatementFile:
    """The statement a reading amounts to; raises UnreadableError or ImportRefused."""
    layout, head, name = reading.layout, reading.head, reading.sheet.path.name
    if layout.missing:
        raise UnreadableError(
            tr("“{name}”的列对不上：{what}", name=name, what=layout.missing),
            tr("请用 --mapping 或在导入的那一步说明每一列是什么。"),
        )
    refuse(reading.faults)
    lines = reading.lines
    if not lines and head.opening is None:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有一笔收支", name=name), tr("请核对是不是选错了文件。")
        )
    days = [day for day in (head.first, head.last, *(line.day for line in lines)) if day is not None]
    if not days:
        raise UnreadableError(tr("“{name}”看不出是哪几天的对账单", name=name), tr("请核对文件。"))
    opening = lines[0].balance - lines[0].amount if lines else head.opening or 0
    notices: list[str] = []
    if not layout.places("balance"):
        notices.append(tr("文件里没有余额这一列，没法逐行核对余额；余额是从上期余额推算的。"))
    return StatementFile(
        name,
        head.number,
        head.entity,
        head.bank,
        min(days),
        max(days),
        opening,
        tuple(lines),
        layout.headings,
        layout.mapping,
        tuple(notices),
    )


def _read_row(reading: Reading, row: int, cells: Sequence[Cell]) -> None:
    """A row after the heading: a line of the account, or furniture that is dropped."""
    layout = reading.layout
    if not any(str(cell).strip() for cell in cells):
        return
    [day_place], texts = layout.places("day"), [tidy(cell) for cell in cells]
    [day_cell] = cells_of(cells, [day_place])
    try:
        day, clock = _day_and_clock(day_cell)
    except LedgerError as error:
        if _is_furniture(reading, texts):
            reading.dropped.append(row)
            _note_totals(reading, cells, texts)
        else:
            reading.fault(row, reason(error), day_place)
        return
    amount = _amount(reading, row, cells)
    balance = _balance(reading, row, cells)
    if amount is None or balance is None:
        return
    for cell in cells_of(cells, layout.places("time")):
        clock = _clock(cell) or clock
    counterparty = " ".join(_texts(reading, row, cells, "counterparty", NAME_LIMIT))
    remark = " ".join(dict.fromkeys(_texts(reading, row, cells, "remark", SUMMARY_LIMIT)))
    serial = "".join(_texts(reading, row, cells, "serial", NAME_LIMIT))
    reading.lines.append(StatementLine(row, day, clock, amount, balance, counterparty, remark, serial))


def _is_furniture(reading: Reading, texts: list[str]) -> bool:
    """A repeated heading, a total, a notice; or a row without any figure."""
    joined = "".join(texts)
    if sum(text in reading.layout.headings for text in texts if text) >= 3:
        return True
    if any(word in joined for word in bank_words()["foot"]["words"]):
        return True
    money = [p for m in ("in", "out", "amount", "balance") for p in reading.layout.places(m)]
    return not any(texts[place] for place in money if place < len(texts))


def _note_totals(reading: Reading, cells: Sequence[Cell], texts: list[str]) -> None:
    """What the foot says the lines sum to, to be compared."""
    joined = "".join(texts)
    for words, figure in _TOTALS.findall(joined):
        meaning = "in" if words in ("收入", "贷方") else "out"
        reading.totals[meaning] = parse_fen(figure)
    if texts and texts[0] in ("合计", "总计"):
        for meaning in ("in", "out"):
            for cell in cells_of(cells, reading.layout.places(meaning)):
                try:
                    reading.totals[meaning] = _fen(cell)
                except AmountError:
                    continue


def _day_and_clock(cell: Cell) -> tuple[date, str]:
    """A day with or without its time: 20241016, 2024-10-16 12:17:27, a date cell; raises LedgerError."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        cell = str(cell)
    if not isinstance(cell, str):
        return day_of(cell), ""
    text = half_width(cell).strip()
    match = _COMPACT_DAY.fullmatch(text)
    if match is not None:
        year, month, day, *clock = match.groups()
        return day_of(f"{year}-{month}-{day}"), ":".join(clock) if clock[0] else ""
    head, _, tail = (
        text.replace("T", " ").replace("年", "-").replace("月", "-").replace("日", " ").strip().partition(" ")
    )
    return day_of(head), _clock(tail)


def _clock(cell: Cell) -> str:
    """HH:MM:SS found in a cell, empty when there is none."""
    text = half_width(str(cell)).strip()
    match = _CLOCK.search(text)
    if match is not None:
        hour, minute, second = match.groups()
        return f"{int(hour):02d}:{minute}:{second or '00'}"
    if len(text) == 6 and text.isascii() and text.isdigit():
        return f"{text[:2]}:{text[2:4]}:{text[4:]}"
    return ""


def _fen(cell: Cell) -> int:
    """An amount of a bank's file: tabs and a leading plus are no part of it; raises AmountError."""
    if isinstance(cell, str):
        cell = cell.strip().removeprefix("+").strip()
        if cell in ("-", "--", "—"):
            return 0
    return fen_of(cell)


def _figure(reading: Reading, row: int, cells: Sequence[Cell], place: int) -> int | None:
    [cell] = cells_of(cells, [place])
    try:
        return _fen(cell)
    except LedgerError as error:
        reading.fault(row, reason(error), place)
        return None


def _amount(reading: Reading, row: int, cells: Sequence[Cell]) -> int | None:
    """The line's amount from our side, None when at fault."""
    layout = reading.layout
    if layout.places("in") and layout.places("out"):
        [came], [went] = layout.places("in"), layout.places("out")
        into, out = _figure(reading, row, cells, came), _figure(reading, row, cells, went)
        if into is None or out is None:
            return None
        if into and out:
            reading.fault(row, tr("收入、支出两边都有金额，看不准是哪一边。请核对。"), went)
            return None
        amount = into - out
        place = came
    else:
        [place] = layout.places("amount")
        figure = _figure(reading, row, cells, place)
        if figure is None:
            return None
        amount = _signed(reading, row, cells, figure)
        if amount is None:
            return None
    if not amount:
        reading.fault(row, tr("收入、支出都没有金额。请核对。"), place)
        return None
    return amount


def _signed(reading: Reading, row: int, cells: Sequence[Cell], figure: int) -> int | None:
    """An amount with its sign, by the sign column when there is one."""
    places = reading.layout.places("sign")
    if not places:
        return figure
    word = tidy(cells_of(cells, places[:1])[0])
    signs = bank_words()["sign"]
    if word.upper() in signs["in"]:
        return figure
    if word.upper() in signs["out"]:
        return -figure
    reading.fault(row, tr("收支标志“{word}”看不懂。请填“收”或“支”。", word=word), places[0])
    return None


def _balance(reading: Reading, row: int, cells: Sequence[Cell]) -> int | None:
    """The running balance; 0 for now where the file has none."""
    places = reading.layout.places("balance")
    if not places:
        return 0
    [cell] = cells_of(cells, places[:1])
    if not isinstance(cell, Flawed) and not str(cell).strip():
        reading.fault(row, tr("没有余额。请核对。"), places[0])
        return None
    return _figure(reading, row, cells, places[0])


def _texts(reading: Reading, row: int, cells: Sequence[Cell], meaning: str, limit: int) -> list[str]:
    found: list[str] = []
    for place in reading.layout.places(meaning):
        [cell] = cells_of(cells, [place])
        if isinstance(cell, Flawed):
            reading.fault(row, cell.reason, place)
            continue
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        try:
            text = check_text(" ".join(text.split()), reading.layout.columns[place].heading, limit)
        except LedgerError as error:
            reading.fault(row, reason(error), place)
            continue
        if text:
            found.append(text)
    return found


def _put_in_order(reading: Reading) -> None:
    """Oldest first, whichever way the file runs; where days do not tell, the balances do."""
    lines = reading.lines
    if len(lines) < 2:
        return
    key = [(line.day, line.at) for line in lines]
    backwards = key[0] > key[-1]
    if key[0] == key[-1] and reading.layout.places("balance"):
        backwards = _breaks(lines[::-1]) == [] and _breaks(lines) != []
    if backwards:
        lines.reverse()


def _breaks(lines: Sequence[StatementLine]) -> list[int]:
    """Places of lines whose balance does not follow from the line before."""
    return [i for i in range(1, len(lines)) if lines[i - 1].balance + lines[i].amount != lines[i].balance]


def _prove(reading: Reading) -> None:
    """Every running balance, the order of days, the balance brought forward, the totals of the foot."""
    lines, head = reading.lines, reading.head
    if reading.faults or not lines:
        return
    if not reading.layout.places("balance"):
        _carry_on(reading)
    else:
        _prove_balances(reading)
    for before, line in pairwise(lines):
        if line.day < before.day:
            reading.fault(
                line.row,
                tr(
                    "日期 {day} 早于前一笔的 {before}，顺序乱了。请从网银重新下载。",
                    day=line.day,
                    before=before.day,
                ),
            )
    opening = lines[0].balance - lines[0].amount
    if head.opening is not None and not reading.faults and head.opening != opening:
        reading.fault(
            lines[0].row,
            tr(
                "承前余额 {head} 和第一笔之前的余额 {opening} 对不上，前面缺了几笔。请从网银重新下载。",
                head=format_fen(head.opening),
                opening=format_fen(opening),
            ),
        )
    sums = {
        "in": sum(x.amount for x in lines if x.amount > 0),
        "out": -sum(x.amount for x in lines if x.amount < 0),
    }
    for meaning, said in reading.totals.items():
        if said != sums[meaning] and not reading.faults:
            words = tr("收入") if meaning == "in" else tr("支出")
            reading.fault(
                reading.dropped[-1] if reading.dropped else lines[-1].row,
                tr(
                    "文件末尾写的{words}合计是 {said}，各笔加起来是 {found}，可能少了几笔。请从网银重新下载。",
                    words=words,
                    said=format_fen(said),
                    found=format_fen(sums[meaning]),
                ),
            )


def _carry_on(reading: Reading) -> None:
    """Balances from the one brought forward, where the file has none of its own."""
    balance = reading.head.opening
    if balance is None:
        reading.fault(reading.layout.row, tr("没有余额列，也没有承前余额，算不出余额。请补上余额这一列。"))
        return
    carried: list[StatementLine] = []
    for x in reading.lines:
        balance += x.amount
        carried.append(
            StatementLine(x.row, x.day, x.at, x.amount, balance, x.counterparty, x.remark, x.serial)
        )
    reading.lines[:] = carried


def _prove_balances(reading: Reading) -> None:
    lines, [place] = reading.lines, reading.layout.places("balance")[:1]
    for i in _breaks(lines)[:_MOST_NAMED]:
        before, line = lines[i - 1], lines[i]
        reading.fault(
            line.row,
            tr(
                "余额接不上：前一笔（第{row}行）余额 {before}，这一笔 {amount}，应为 {expected}，文件里是 {found}；"
                "中间缺了行、顺序乱了，或金额被改过。请从网银重新下载。",
                row=before.row,
                before=format_fen(before.balance),
                amount=format_fen(line.amount),
                expected=format_fen(before.balance + line.amount),
                found=format_fen(line.balance),
            ),
            place,
        )
