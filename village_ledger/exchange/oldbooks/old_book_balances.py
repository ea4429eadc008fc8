"""科目余额表 of another program: the leaves with their figures, held to their parents, sums and total.

Kingdee's lines without a code are what stands beside the account above; T3 writes text amounts, a 小计 for each class, and
shows a parent netted, which is therefore only asked for its balance, never for its sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.money import format_fen
from village_ledger.domain.old_program import OldAccount, OldBalance, OldItem
from village_ledger.domain.period import Span
from village_ledger.exchange.oldbooks.old_book_words import (
    BALANCE,
    bare_code,
    entity_of,
    figure_places,
    is_sum,
    item_of,
    places,
    span_of,
    tidy,
)
from village_ledger.exchange.reading.cells import fen_of, reason
from village_ledger.exchange.reading.raw_sheet import RawSheet
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.i18n import tr

_TOP = 20
NEEDED = (
    "opening_debit",
    "opening_credit",
    "period_debit",
    "period_credit",
    "closing_debit",
    "closing_credit",
)
_WORDS = {
    "opening_debit": "期初借方",
    "opening_credit": "期初贷方",
    "period_debit": "本期借方",
    "period_credit": "本期贷方",
    "closing_debit": "期末借方",
    "closing_credit": "期末贷方",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a table of balances begins and its columns."""

    after: int
    """Index of the first row below the heading."""
    columns: dict[str, int]


@dataclass(frozen=True, slots=True)
class OldBalanceSheet:
    """What one such file says."""

    entity: str
    span: Span
    accounts: dict[str, OldAccount]
    balances: list[OldBalance]
    dotted: bool


@dataclass(slots=True)
class _Row:
    """A row of figures before it is known whether it is a leaf."""

    row: int
    code: str
    item: OldItem | None
    figures: dict[str, int]

    def net(self, group: str) -> int:
        """Debit − credit of a group."""
        return self.figures.get(f"{group}_debit", 0) - self.figures.get(f"{group}_credit", 0)


def heading_of(sheet: RawSheet) -> Heading | None:
    """The heading in one or two storeys near the top; None when this is no table of balances."""
    top = sheet.rows[:_TOP]
    for place, (_, cells) in enumerate(top):
        upper = [tidy(cell) for cell in cells]
        named = places(upper, BALANCE)
        if "code" not in named or "name" not in named:
            continue
        lower = [tidy(cell) for cell in top[place + 1][1]] if place + 1 < len(top) else []
        both = figure_places(_two_storeys(upper, lower))
        if _is_whole(both):
            return Heading(place + 2, {**named, **both})
        single = figure_places(upper)
        if _is_whole(single):
            return Heading(place + 1, {**named, **single})
    return None


def _is_whole(places_: Mapping[str, int]) -> bool:
    """Whether every figure is there: balances in two columns by side, or in one with its side beside it."""
    moved = {"period_debit", "period_credit"} <= places_.keys()
    return moved and all(
        {f"{group}_debit", f"{group}_credit"} <= places_.keys()
        or {f"{group}_side", f"{group}_amount"} <= places_.keys()
        for group in ("opening", "closing")
    )


def _two_storeys(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Both storeys of each column; a merged cell stands above all the columns to its right until the next."""
    found: list[str] = []
    above = ""
    for place, below in enumerate(lower):
        own = upper[place] if place < len(upper) else ""
        above = own or above
        found.append(above + below if below else own)
    return found


def read_balances(sheet: RawSheet, heading: Heading) -> tuple[OldBalanceSheet, list[str]]:
    """The leaves of a table of balances and everything at fault; raises UnreadableError when it names no months."""
    name = sheet.path.name
    titles = [
        str(cell) for _, cells in sheet.rows[: heading.after] for cell in cells if isinstance(cell, str)
    ]
    span = span_of(titles)
    if span is None:
        raise UnreadableError(
            tr("“{name}”没有写是哪几个月的科目余额表", name=name),
            tr("请导出时保留表头上的“会计期间”或“月份”一行。"),
        )
    reading = _Reading(sheet, heading)
    reading.run()
    faults = [*reading.faults, *reading.disagreements()]
    dotted = any("." in account.shown for account in reading.accounts.values())
    leaves = reading.leaves()
    if not leaves and not faults:
        raise UnreadableError(tr("“{name}”里没有余额", name=name), tr("请核对是不是选错了文件。"))
    balances = [
        OldBalance(
            x.row,
            x.code,
            x.item,
            x.net("opening"),
            x.figures["period_debit"],
            x.figures["period_credit"],
            x.net("closing"),
            x.figures.get("year_debit", 0),
            x.figures.get("year_credit", 0),
        )
        for x in leaves
    ]
    return OldBalanceSheet(entity_of(titles), span, reading.accounts, balances, dotted), faults


@dataclass(slots=True)
class _Reading:
    """One table on its way to leaves."""

    sheet: RawSheet
    heading: Heading
    accounts: dict[str, OldAccount] = field(default_factory=dict[str, OldAccount])
    rows: list[_Row] = field(default_factory=list[_Row])
    total: _Row | None = None
    faults: list[str] = field(default_factory=list[str])

    def run(self) -> None:
        """Walk through the rows below the heading."""
        code = ""
        for row, cells in self.sheet.rows[self.heading.after :]:
            shown, name = self._cell(cells, "code"), self._cell(cells, "name")
            label = tidy(shown) or tidy(name)
            if is_sum(label):
                if label in {"合计", "总计"}:
                    self.total = self._figures(row, cells, "", None)
                continue
            own = bare_code(shown)
            if own:
                code = own
                if own in self.accounts:
                    self.faults.append(
                        tr("第{row}行：科目 {code} 写了两次。", row=row, code=tidy(str(shown)))
                    )
                    continue
                self._account(own, str(shown).strip(), name)
                self.rows.append(self._figures(row, cells, own, None))
            elif tidy(shown) or not self._has_figures(cells):
                continue  # titles and who printed it
            else:
                self._beside(row, cells, code, name)

    def _account(self, code: str, shown: str, name: Cell) -> None:
        above = max((x for x in self.accounts if code.startswith(x)), key=len, default="")
        path = self.accounts[above].path if above else ()
        own = " ".join(str(name).split())
        self.accounts[code] = OldAccount(code, shown, (*path, own or shown))

    def _beside(self, row: int, cells: Sequence[Cell], code: str, name: Cell) -> None:
        """A row without a code: somebody or something on the account above."""
        item = item_of(str(name))
        if not code or item is None:
            self.faults.append(tr("第{row}行：有金额，没有科目编码，也看不出是哪个科目的明细。", row=row))
        else:
            self.rows.append(self._figures(row, cells, code, item))

    def _has_figures(self, cells: Sequence[Cell]) -> bool:
        try:
            return any(
                fen_of(self._cell(cells, key)) for key in (*NEEDED, "opening_amount", "closing_amount")
            )
        except LedgerError:
            return False

    def _cell(self, cells: Sequence[Cell], key: str) -> Cell:
        place = self.heading.columns.get(key)
        return "" if place is None or place >= len(cells) else cells[place]

    def _figures(self, row: int, cells: Sequence[Cell], code: str, item: OldItem | None) -> _Row:
        figures: dict[str, int] = dict.fromkeys(NEEDED, 0)
        for key in self.heading.columns:
            if key in BALANCE or key.endswith("_side"):
                continue
            try:
                figures[key] = fen_of(self._cell(cells, key))
            except LedgerError as error:
                at = self.sheet.at(row, self.heading.columns[key], _WORDS.get(key, "本年累计"))
                self.faults.append(f"{at}：{reason(error)}")
                figures[key] = 0
        for group in ("opening", "closing"):
            self._to_its_side(row, cells, group, figures)
        return _Row(row, code, item, figures)

    def _to_its_side(self, row: int, cells: Sequence[Cell], group: str, figures: dict[str, int]) -> None:
        """A balance in one column stands on the side written beside it; 平 is nothing."""
        if f"{group}_side" not in self.heading.columns or f"{group}_debit" in self.heading.columns:
            return
        amount, word = figures.get(f"{group}_amount", 0), tidy(self._cell(cells, f"{group}_side"))
        if word == "贷":
            figures[f"{group}_credit"] = amount
        elif word == "借":
            figures[f"{group}_debit"] = amount
        elif amount and not is_sum(tidy(self._cell(cells, "code")) or tidy(self._cell(cells, "name"))):
            self.faults.append(tr("第{row}行：余额方向“{word}”不是借也不是贷。", row=row, word=word))

    def leaves(self) -> list[_Row]:
        """Rows nothing stands below; an account with lines beside it is told by those."""
        codes = sorted(self.accounts)
        parents = {a for a, b in pairwise(codes) if b.startswith(a)}
        beside = {x.code for x in self.rows if x.item is not None}
        return [
            x for x in self.rows if x.code not in parents and (x.item is not None or x.code not in beside)
        ]

    def disagreements(self) -> list[str]:
        """A parent's balance is that of its leaves; the total is that of the first level, column by column."""
        found: list[str] = []
        leaves = self.leaves()
        within = {id(x) for x in leaves}
        for x in self.rows:
            if id(x) in within:
                continue
            below = [y for y in leaves if y.code.startswith(x.code)]
            for group, words in (("opening", "期初"), ("closing", "期末")):
                said, added = x.net(group), sum(y.net(group) for y in below)
                if said != added:
                    found.append(
                        tr(
                            "第{row}行：{code} 的{words}余额写的是 {said}，各明细相加是 {added}。",
                            row=x.row,
                            code=self.accounts[x.code].shown,
                            words=words,
                            said=format_fen(said),
                            added=format_fen(added),
                        )
                    )
        return [*found, *self._total_faults()]

    def _total_faults(self) -> list[str]:
        if self.total is None or "opening_debit" not in self.heading.columns:
            return []
        first = [x for x in self.rows if x.item is None and len(self.accounts[x.code].path) == 1]
        found: list[str] = []
        for key in NEEDED:
            said, added = self.total.figures[key], sum(x.figures[key] for x in first)
            if said != added:
                found.append(
                    tr(
                        "第{row}行：合计的{words}写的是 {said}，各一级科目相加是 {added}。",
                        row=self.total.row,
                        words=_WORDS[key],
                        said=format_fen(said),
                        added=format_fen(added),
                    )
                )
        return found
