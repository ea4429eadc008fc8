"""One row of a village's own asset list under the answers so far: what is worked out is said, what cannot be is a problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from village_ledger.domain.asset import NOMINAL, AssetKind, Card, Facts, Method, Use, check_card
from village_ledger.domain.depreciation import half_up, month_number
from village_ledger.domain.errors import AssetError, LedgerError
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.quantity import parse_quantity
from village_ledger.exchange.assets.import_assets_rows import AssetRow
from village_ledger.exchange.assets.import_assets_words import (
    MEANINGS,
    began,
    is_answer,
    source_in,
    status_in,
    words,
)
from village_ledger.exchange.reading.cells import fen_of, reason, text_of
from village_ledger.exchange.reading.heading_rows import Layout
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.i18n import tr
from village_ledger.services.assets.asset_words import classes, kind_of, read_method, read_status, read_use


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way at one place of the list, and what is proposed for it."""

    row: int
    meaning: str
    sentence: str
    proposal: str = ""
    name: str = ""
    """Name of the asset."""


@dataclass(slots=True)
class OwnList:
    """A list as understood so far."""

    layout: Layout
    rows: list[AssetRow] = field(default_factory=list[AssetRow])
    problems: list[Problem] = field(default_factory=list[Problem])
    notices: list[str] = field(default_factory=list[str])
    as_of: Month | None = None
    answered: set[tuple[int, str]] = field(default_factory=set[tuple[int, str]])
    sums: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    """Cost and what was taken of all rows, as the list adds them up itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One asset of the list: its row, class, cells by meaning, and the platform's cells where it is there too."""

    row: int
    category: str
    cells: Mapping[str, Cell]
    platform: Mapping[str, Cell]

    def text(self, meaning: str) -> str:
        """A cell as text."""
        return text_of(self.cells.get(meaning, ""), MEANINGS[meaning], 500)


class Stuck(Exception):
    """A cell that needs an answer."""

    def __init__(self, meaning: str, what: str, proposal: str = "") -> None:
        super().__init__(what)
        self.meaning = meaning
        self.what = what
        self.proposal = proposal


@dataclass(slots=True)
class Reading:
    """One row being read; what is worked out is said in the list's notices."""

    found: OwnList
    entry: Entry
    answer: Callable[[str], str]
    """What was answered for a column, empty for nothing."""

    def note(self, meaning: str, what: str, proposal: str = "") -> None:
        """Say what stands in the way at a place."""
        layout = self.found.layout
        column = layout.place(meaning) if meaning else None
        place = layout.sheet.at(self.entry.row, column, layout.heading(column) if column is not None else "")
        missing = tr("“{label}”", label=MEANINGS[meaning]) if meaning and column is None else ""
        sentence, name = f"{place}{missing}：{what}", self.entry.text("name")
        self.found.problems.append(Problem(self.entry.row, meaning, sentence, proposal, name))

    def say(self, what: str) -> None:
        """Say what was worked out."""
        named = tr("第{row}行 {name}：", row=self.entry.row, name=self.entry.text("name"))
        self.found.notices.append(f"{named}{what}")

    def asset(self) -> AssetRow:
        """The card and its facts; raises Stuck for a cell that needs an answer."""
        entry = self.entry
        cost, taken = self.money("cost"), self.money("accumulated")
        self.check_net(cost, taken)
        in_use = self.in_use()
        category = self.answer("kind") or entry.category
        kind = kind_of(category) or AssetKind.FIXED
        use = self.use()
        method, months, salvage = self.life(cost, taken, in_use, kind, category)
        note = entry.text("note")
        status = status_in(note) or read_status(
            text_of(entry.platform.get("status", entry.cells.get("status", "")), "", 20)
        )
        units = self.answer("units") or entry.text("units")
        card = Card(
            code=self.answer("code") or entry.text("code"),
            name=self.answer("name") or entry.text("name"),
            kind=kind,
            cost=cost,
            in_use=in_use,
            category=category,
            salvage=salvage,
            method=method,
            months=months,
            units=parse_quantity(units) if units and method.by_units else 0,
            opening=taken,
            as_of=self.found.as_of,
            source=source_in(note),
            spec=entry.text("spec"),
            note=note,
        )
        user = text_of(entry.platform.get("user", entry.cells.get("user", "")), "", 120)
        place = text_of(entry.platform.get("place", entry.cells.get("place", "")), "", 120)
        return AssetRow(entry.row, check_card(card), Facts(use, status, place, entry.text("keeper"), user))

    def money(self, meaning: str) -> int:
        """An amount; a figure typed as text is taken and said."""
        given = self.answer(meaning)
        cell = self.entry.cells.get(meaning, "")
        try:
            if given:
                return parse_fen(given)
            amount = fen_of(cell)
        except LedgerError as error:
            raise Stuck(meaning, reason(error)) from error
        if isinstance(cell, str) and cell.strip() and self.found.layout.sheet.name:
            self.say(
                tr(
                    "{label}“{text}”是文字，读成 {fen}。",
                    label=MEANINGS[meaning],
                    text=cell,
                    fen=format_fen(amount),
                )
            )
        return amount

    def check_net(self, cost: int, taken: int) -> None:
        """Cost less what was taken is the net value the list says itself."""
        if self.entry.cells.get("net", "") != "":
            net = self.money("net")
            if net != cost - taken:
                what = tr(
                    "净值写的是 {net}，原值减已提折旧是 {right}。",
                    net=format_fen(net),
                    right=format_fen(cost - taken),
                )
                raise Stuck("net", what)

    def use(self) -> Use:
        """What it is used for; 非经营性 of a platform may mean two."""
        text = self.answer("use") or self.entry.text("use")
        try:
            return read_use(text)
        except AssetError as error:
            raise Stuck("use", reason(error)) from error

    def in_use(self) -> date:
        """The day use began: as written, or from the platform's sheet where the list says only a year or less."""
        given = self.answer("in_use")
        if given:
            try:
                return parse_day(given)
            except LedgerError as error:
                raise Stuck("in_use", reason(error)) from error
        mine, other = began(self.entry.cells.get("in_use", "")), began(self.entry.platform.get("in_use", ""))
        if mine.day is not None:
            if other.day is not None and Month.of(other.day) != Month.of(mine.day):
                self.say(
                    tr("启用日期写的是 {mine}，平台表是 {other}，按台账。", mine=mine.text, other=other.text)
                )
            return mine.day
        if other.day is not None and mine.year in (None, other.day.year):
            self.say(
                tr("启用日期写的是“{text}”，月份取平台表的 {day}，待核。", text=mine.text, day=other.day)
            )
            return other.day
        what = tr("“{text}”看不出是哪年哪月启用的", text=mine.text) if mine.text else tr("没有写哪年哪月启用")
        raise Stuck("in_use", what + tr("，请答一个日期。"), str(other.day or ""))

    def life(
        self, cost: int, taken: int, in_use: date, kind: AssetKind, category: str
    ) -> tuple[Method, int, int]:
        """Method, months and salvage: as written or answered, worked out from what was taken, or asked for."""
        salvage = self.salvage(cost, category)
        method_text = self.answer("method") or text_of(self.entry.cells.get("method", ""), "", 20)
        months_text = self.answer("months") or self._months_written()
        if is_answer("none", months_text) or (
            method_text and read_method(method_text) is Method.NONE and not taken
        ):
            return Method.NONE, 0, salvage or 0
        if method_text and read_method(method_text).by_units:
            return read_method(method_text), 0, salvage or 0
        if not kind.is_charged or (cost == NOMINAL and not taken and not months_text):
            return Method.NONE, 0, salvage or 0
        usual = _usual(category)
        default = cost * usual[1] // 100 if salvage is None else salvage
        if is_answer("by_class", months_text):
            return Method.STRAIGHT, usual[0], default
        if months_text:
            if not (months_text.isascii() and months_text.isdigit()):
                raise Stuck("months", tr("使用月数“{text}”不是整数。", text=months_text), str(usual[0]))
            return Method.STRAIGHT, int(months_text), default
        solved = self._solved(cost, taken, in_use, salvage, usual)
        if solved is None:
            raise Stuck("months", self._why(taken), str(usual[0]))
        return Method.STRAIGHT, *solved

    def _why(self, taken: int) -> str:
        if not taken:
            return tr("没有提过折旧，也没有写能用多少个月；公益设施从现在起提还是不提，要先定。")
        return tr("由已提折旧推不出使用月数，请答使用月数。")

    def _months_written(self) -> str:
        months = text_of(self.entry.cells.get("months", ""), "", 20)
        years = text_of(self.entry.cells.get("years", ""), "", 20).removesuffix("年")
        return months or (str(int(years) * 12) if years.isascii() and years.isdigit() else "")

    def salvage(self, cost: int, category: str) -> int | None:
        """The salvage value as written or answered; None where nothing says it."""
        del category
        text = self.answer("salvage")
        try:
            if text.endswith("%"):
                return cost * int(text[:-1]) // 100
            if text:
                return parse_fen(text)
            cell = self.entry.cells.get("salvage", "")
            return None if cell == "" else fen_of(cell)
        except (LedgerError, ValueError) as error:
            raise Stuck("salvage", tr("残值“{text}”看不懂。", text=text)) from error

    def _solved(
        self, cost: int, taken: int, in_use: date, salvage: int | None, usual: tuple[int, int]
    ) -> tuple[int, int] | None:
        """Months and salvage under which exactly what was taken would have been; None where nothing fits."""
        as_of = self.found.as_of
        if not taken or as_of is None:
            return None
        passed = month_number(as_of) - month_number(Month.of(in_use))
        percents = dict.fromkeys([usual[1], *words()["solve"]["percents"]])
        tried = [salvage] if salvage is not None else [cost * percent // 100 for percent in percents]
        for left in tried:
            base = cost - left
            if taken == base and passed > 0:
                months = max(12, min(usual[0], passed // 12 * 12))
                self.say(
                    tr("折旧已提足，残值 {left}，使用月数按 {months}。", left=format_fen(left), months=months)
                )
                return months, left
            for months in range(12, words()["solve"]["longest_years"] * 12 + 1, 12):
                if 0 < passed < months and half_up(base, months) * passed == taken:
                    said = tr(
                        "由已提折旧推出残值 {left}、使用 {months} 个月。",
                        left=format_fen(left),
                        months=months,
                    )
                    self.say(said)
                    return months, left
        return None


def _usual(category: str) -> tuple[int, int]:
    """Usual months and salvage per cent of a class."""
    kind = kind_of(category)
    rule = next((r for r in classes() if r["name"] == category), None)
    rule = rule or next((r for r in classes() if any(word in category for word in r["words"])), None)
    rule = rule or next(r for r in classes() if kind is None or r["kind"] == kind.value)
    return int(rule["months"]), int(rule["salvage_percent"])
