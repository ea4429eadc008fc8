"""Closing balances of an old single ledger, as villages keep them: titles above, 小计 between, code only on a block's first row.

read_old_file     csv or xlsx, also in the ``opening`` format
read_old_text     rows pasted from a spreadsheet
read_old_book     one of our own books that keeps one acting ledger (合账), at its closed 31 December
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from village_ledger.domain.errors import ImportRefused, LedgerError, PeriodError, UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import format_fen
from village_ledger.domain.separation import OldLine
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import code_of, fen_of, reason, text_of
from village_ledger.exchange.reading.file_kind import FileKind, kind_of
from village_ledger.exchange.reading.tabular import Cell, Flawed
from village_ledger.exchange.reading.workbook import read_sheets
from village_ledger.i18n import tr
from village_ledger.services.separation.separation import OldBalances, income_names
from village_ledger.storage.file.book_file import Access, open_book

MOST_ROWS = 20_000
"""No village has more balances; what is longer is another file."""
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("科目编码", "科目代码", "科目编号", "编码", "code"),
    "name": ("科目名称", "科目", "name"),
    "item": ("往来单位/项目/卡片", "往来单位", "辅助核算", "往来户", "明细", "counterparty"),
    "project": ("项目", "project"),
    "debit": ("期末借方", "借方余额", "期末借方余额", "期末余额借方", "借方金额", "借方", "debit"),
    "credit": ("期末贷方", "贷方余额", "期末贷方余额", "期末余额贷方", "贷方金额", "贷方", "credit"),
    "note": ("备注", "说明", "note"),
}
_NEEDED = ("code", "debit", "credit")
_SUBTOTAL = ("小计", "本页小计")
_TOTAL = ("合计", "总计", "余额合计")
_UNTOUCHED = "旧账没有动。"
Numbered = Sequence[tuple[int, Sequence[Cell]]]


def read_old_file(path: Path) -> OldBalances:
    """The balances of a csv or xlsx file.

    Raises UnreadableError when no row looks like the headings, ImportRefused naming every row at fault, PeriodError when
    income or expense of the year still stand in it.
    """
    kind = kind_of(path)
    if kind is FileKind.WORKBOOK:
        sheets = [rows for _, rows in read_sheets(path, MOST_ROWS)]
    else:
        with path.open(encoding=kind.encoding, newline="") as stream:
            sheets = [_csv_rows(path.name, stream.read())]
    with path.open("rb") as stream:
        mark = f"sha256 {sha256(stream.read()).hexdigest()}"
    return _read(path.name, mark, sheets)


def read_old_text(text: str, first: int = 1) -> OldBalances:
    """Balances typed or pasted as rows of a spreadsheet, headings first; raises as ``read_old_file`` does.

    ``first`` is the number of the headings' row.
    """
    source = tr("手工录入的余额")
    rows = [
        (number, cells)
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter="\t"), first)
        if any(cell.strip() for cell in cells)
    ]
    return _read(source, f"sha256 {sha256(text.encode()).hexdigest()}", [rows])


def read_old_book(path: Path, year: int | None = None) -> OldBalances:
    """The closing balances of a 合账 book at the end of a year that is closed and carried forward (the last one).

    Raises LedgerError for a book that keeps two ledgers already, PeriodError while the year is not closed.
    """
    with open_book(path, Access.READ) as book:
        reader = book.reader()
        ledgers = reader.ledgers()
        if len(ledgers) != 1:
            raise LedgerError(
                tr("{name} 已经是分账的账簿，有 {count} 本账", name=path.name, count=len(ledgers)),
                tr("分账只分合账的账簿。"),
                safe=_UNTOUCHED,
            )
        ledger = ledgers[0].code
        closed = reader.years_carried_forward(ledger)
        wanted = year if year is not None else (closed[-1] if closed else reader.months(ledger)[0].month.year)
        if wanted not in closed:
            raise PeriodError(
                tr("{name} 的 {year} 年还没有结账，没有年末余额", name=path.name, year=wanted),
                tr("请先结完 {year} 年 12 月并做年终结转，再分账。", year=wanted),
                safe=_UNTOUCHED,
            )
        chart = reader.chart(ledger)
        lines = tuple(
            OldLine(
                number,
                balance.account,
                chart.path(balance.account).replace("—", "/"),
                balance.counterparty or balance.project,
                max(balance.balance, 0),
                max(-balance.balance, 0),
                balance.project if balance.counterparty else "",
            )
            for number, balance in enumerate(reader.closing_balances(ledger, wanted), 1)
        )
        uid, head = reader.book().uid, reader.last_digest(ledger)
    _refuse_income(lines)
    return OldBalances(
        tr("{name}（{year}年末）", name=path.name, year=wanted),
        f"{uid} {wanted} {head.hex()}",
        lines,
        year=wanted,
    )


def is_own_book(path: Path) -> bool:
    """Whether a file calls itself a book of ours; its content is judged when it is read."""
    return path.suffix.lower() == ".vledger"


def _csv_rows(name: str, text: str) -> list[tuple[int, list[Cell]]]:
    delimiter = "\t" if text.partition("\n")[0].count("\t") > 1 else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableError(
            tr("“{name}”的引号没有成对，读不下去", name=name), tr("请在 Excel 或 WPS 里另存一份再读。")
        ) from error
    if len(rows) > MOST_ROWS:
        raise UnreadableError(tr("“{name}”太长，不像余额表", name=name), tr("请核对是不是选错了文件。"))
    return [(number, list[Cell](cells)) for number, cells in enumerate(rows, 1) if any(map(str.strip, cells))]


def _read(source: str, mark: str, sheets: Sequence[Numbered]) -> OldBalances:
    """The first sheet with the headings of balances; other sheets may say what a card was bought with."""
    for rows in sheets:
        table = _Table.found(rows)
        if table is not None:
            lines = table.lines()
            break
    else:
        raise UnreadableError(
            tr("“{name}”里没有找到表头", name=source),
            tr("余额表要有这些列：科目编码、科目名称、往来单位、期末借方、期末贷方。"),
        )
    cards = _card_notes(rows for rows in sheets if rows is not table.rows)
    noted = tuple(_with_card(line, cards) for line in lines)
    notices = list(table.notices)
    if any(a is not b for a, b in zip(lines, noted, strict=True)):
        notices.append(tr("资产清单里的资金来源已经记到各张卡片的备注里。"))
    _refuse_income(noted)
    return OldBalances(source, mark, noted, tuple(notices), _year_said(table.rows[: table.begin - 1]))


@dataclass(slots=True)
class _Table:
    """One sheet of balances on its way to lines."""

    rows: Numbered
    begin: int
    places: dict[str, int]
    faults: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    notices: list[str] = field(default_factory=list[str])

    @classmethod
    def found(cls, rows: Numbered) -> _Table | None:
        """The table below the first row that holds the needed headings."""
        for place, (_, cells) in enumerate(rows[:20]):
            places = _places(cells)
            if all(key in places for key in _NEEDED):
                return cls(rows, place + 1, places)
        return None

    def lines(self) -> list[OldLine]:
        """Every balance; raises ImportRefused naming every row at fault."""
        found: list[OldLine] = []
        code, name = "", ""
        block = 0
        for row, cells in self.rows[self.begin :]:
            own_code, own_name = self._text(row, cells, "code"), self._text(row, cells, "name")
            word = "".join((own_code or own_name).split())
            if word in _SUBTOTAL:
                self._agrees(row, cells, found[block:], own_name.strip() or word)
                block = len(found)
                continue
            if word in _TOTAL:
                self._agrees(row, cells, _leaves(found), word)
                break
            if own_code and not own_code[0].isdigit():
                continue  # who made it, when: words below the table
            if own_code:
                if own_code != code:
                    block = len(found)
                code, name = own_code, own_name
            line = self._line(row, cells, code, own_name or name)
            if line is not None:
                found.append(line)
        found = self._without_parents(found)
        if self.faults:
            raise ImportRefused([text for _, text in sorted(self.faults)])
        if not found:
            raise UnreadableError(tr("表里没有余额"), tr("请核对是不是选错了文件。"))
        return found

    def _line(self, row: int, cells: Sequence[Cell], code: str, name: str) -> OldLine | None:
        debit, credit = self._fen(row, cells, "debit"), self._fen(row, cells, "credit")
        if not debit and not credit:
            return None
        if debit and credit:
            self._fault(row, tr("借方和贷方都有金额，请只留一边。"))
            return None
        if not code:
            self._fault(row, tr("有金额，没有科目编码。"))
            return None
        item = self._text(row, cells, "item") or self._text(row, cells, "project")
        return OldLine(row, code, name.strip(), item, debit, credit, self._text(row, cells, "note"))

    def _without_parents(self, lines: list[OldLine]) -> list[OldLine]:
        """Leaves only: a row of an account above others repeats their sum, and must equal it."""
        kept = _leaves(lines)
        for line in lines:
            below = [x for x in kept if x.code != line.code and x.code.startswith(line.code)]
            if below and _net(below) != _net([line]):
                self._fault(line.row, tr("{code} 的余额和下级科目的合计不同，请核对。", code=line.code))
        return kept

    def _agrees(self, row: int, cells: Sequence[Cell], lines: Sequence[OldLine], word: str) -> None:
        """Hold a sum the file states to its rows; a formula states nothing."""
        for key, words, total in (
            ("debit", "借方", sum(x.debit for x in lines)),
            ("credit", "贷方", sum(x.credit for x in lines)),
        ):
            cell = self._cell(cells, key)
            if isinstance(cell, Flawed) or cell == "":
                continue
            said = self._fen(row, cells, key)
            if said != total:
                self._fault(
                    row,
                    tr(
                        "{word}{side}写的是 {said}，各行相加是 {total}。",
                        word=word,
                        side=words,
                        said=format_fen(said),
                        total=format_fen(total),
                    ),
                )

    def _cell(self, cells: Sequence[Cell], key: str) -> Cell:
        place = self.places.get(key)
        return "" if place is None or place >= len(cells) else cells[place]

    def _text(self, row: int, cells: Sequence[Cell], key: str) -> str:
        limit = SUMMARY_LIMIT if key == "note" else NAME_LIMIT
        try:
            if key == "code":
                return _code(self._cell(cells, key))
            return text_of(self._cell(cells, key), _HEADINGS[key][0], limit)
        except LedgerError as error:
            self._fault(row, reason(error))
            return ""

    def _fen(self, row: int, cells: Sequence[Cell], key: str) -> int:
        try:
            return fen_of(self._cell(cells, key))
        except LedgerError as error:
            self._fault(row, reason(error))
            return 0

    def _fault(self, row: int, what: str) -> None:
        self.faults.append((row, tr("第{row}行：{what}", row=row, what=what)))


_YEAR_END = re.compile(r"(20\d\d) ?年 ?(?:12 ?月 ?31 ?日|年?末)")


def _year_said(titles: Numbered) -> int:
    """The year whose end the titles above the headings name, 0 for none."""
    words = " ".join(str(cell) for _, cells in titles for cell in cells)
    match = _YEAR_END.search(half_width(words))
    return int(match.group(1)) if match else 0


def _code(cell: Cell) -> str:
    """A code without dots and dashes, as old programs write 102.01; words stay words."""
    code = code_of(cell)
    bare = code.replace(".", "").replace("-", "")
    return bare if bare.isascii() and bare.isdigit() else code


def _places(cells: Sequence[Cell]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        heading = "".join(half_width(cell.replace("\ufeff", "")).split())
        bare = heading.partition("(")[0].casefold()
        for key, words in _HEADINGS.items():
            if key not in places and (heading.casefold() in words or bare in words):
                places[key] = index
                break
    return places


def _card_notes(sheets: Iterable[Numbered]) -> dict[str, str]:
    """Card number → what a list of assets says of its money and keeper."""
    notes: dict[str, str] = {}
    for rows in sheets:
        number = money = -1
        for _, cells in rows:
            texts = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
            if number < 0:
                money = next((i for i, text in enumerate(texts) if text.startswith("资金来源")), -1)
                number = texts.index("编号") if money >= 0 and "编号" in texts else -1
            elif max(number, money) < len(texts) and texts[number] and texts[money]:
                notes[texts[number]] = texts[money]
    return notes


def _with_card(line: OldLine, cards: Mapping[str, str]) -> OldLine:
    note = cards.get(line.item.split(" ", 1)[0]) if line.item else None
    return line if note is None else replace(line, note="；".join(filter(None, (line.note, note))))


def _leaves(lines: Sequence[OldLine]) -> list[OldLine]:
    """Lines of accounts that have no other below them."""
    codes = sorted({line.code for line in lines})
    parents = {code for code, after in pairwise(codes) if after.startswith(code)}
    return [line for line in lines if line.code not in parents]


def _net(lines: Iterable[OldLine]) -> int:
    return sum(line.debit - line.credit for line in lines)


def _refuse_income(lines: Iterable[OldLine]) -> None:
    """Income and expense are carried forward before a book is split."""
    names = income_names()
    still = [x for x in lines if half_width(x.name.split("/", 1)[0].strip()) in names]
    if still:
        raise PeriodError(
            tr(
                "旧账还有损益科目的余额（第{row}行 {name} 等 {count} 行），年度没有结转",
                row=still[0].row,
                name=still[0].words,
                count=len(still),
            ),
            tr("请先在旧账里做完年终结转，再分账。"),
            safe=_UNTOUCHED,
        )
