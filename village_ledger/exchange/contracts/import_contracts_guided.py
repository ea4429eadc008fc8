"""A village's own contract register taken in: its layout found, its problems answered, then all of it entered or nothing.

find_layout   what each column is held to be
examine       what would be entered under the answers so far; writes nothing
take_in       the same entered, once nothing is left to be answered
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.contract import Contract, Item, Papers
from village_ledger.domain.errors import ContractError, ImportRefused, LedgerError, UnreadableError
from village_ledger.domain.money import format_fen
from village_ledger.domain.rent_schedule import (
    PAY_DAY_NAMES,
    PERIOD_NAMES,
    RentTerms,
    Step,
    half_up,
    write_steps,
)
from village_ledger.domain.rhythm import Rhythm, months_later
from village_ledger.exchange.contracts import import_contracts_cells as read
from village_ledger.exchange.contracts.import_contracts_words import MEANINGS, contract_vocabulary, words
from village_ledger.exchange.people.import_members_answers import leaves_out
from village_ledger.exchange.people.import_members_intake import Notice, Problem
from village_ledger.exchange.people.import_members_rows import in_words
from village_ledger.exchange.reading.answers import Answers
from village_ledger.exchange.reading.cells import fen_of, reason
from village_ledger.exchange.reading.heading_rows import Layout, propose, tidy
from village_ledger.exchange.reading.shown_sheet import read_shown
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.i18n import tr
from village_ledger.services.contracts.contract_rules import rules
from village_ledger.services.contracts.contracts import ensure_free, tidied

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

ANSWER_HINT = (
    "请改好后再导入一次；也可以把答复写成一个 csv（三列：行、栏、答复），用 --answers 带上，"
    "答复写对的值，或者“略去”（不要这一行，另外人工登记）。"
)
_LEAST_ALIKE = 3
_Get = Callable[[str], Cell]
"""A cell of a row by its meaning."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A contract that can be entered."""

    row: int
    contract: Contract


@dataclass(frozen=True, slots=True)
class Intake:
    """A register as understood so far."""

    layout: Layout
    contracts: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    dropped: tuple[int, ...]
    """Sums and headings between rows."""
    left_out: tuple[int, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """What is worth telling, as sentences."""
        found = [one.sentence for one in self.notices]
        if self.dropped:
            rows = "、".join(in_words(self.dropped))
            found.insert(0, tr("小计、合计和标题不是合同，没有导入：第{rows}行。", rows=rows))
        if self.left_out:
            rows = "、".join(in_words(self.left_out))
            found.append(tr("照您的答复略去：第{rows}行。", rows=rows))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows: cards of assets and parcels by code, members' names, numbers taken."""

    cards: Mapping[str, str] = field(default_factory=dict[str, str])
    members: frozenset[str] = frozenset()
    reader: Reader | None = None
    ledger: str = ""


def find_layout(path: Path, chosen: Mapping[int, str] | None = None, sheet: str = "") -> Layout:
    """The heading of a file's first sheet that has one (or of ``sheet``); raises UnreadableError where there is none."""
    for one in read_shown(path):
        if sheet and one.name != sheet:
            continue
        layout = propose([one], contract_vocabulary(), chosen)
        if layout is not None:
            return layout
    needed = "、".join(MEANINGS[x] for x in contract_vocabulary().needed)
    raise UnreadableError(
        tr("“{name}”里找不到合同台账的表头", name=path.name),
        tr("表头要有这些列：{needed}；请核对是不是选错了文件。", needed=needed),
    )


def known_to(reader: Reader, ledger: str) -> Known:
    """What the book knows."""
    from village_ledger.services.contracts.contract_cards import cards

    members = frozenset(one.name for one in reader.people(None) if one.is_member)
    return Known(cards(reader, ledger), members, reader, ledger)


def examine(layout: Layout, answers: Answers, known: Known) -> Intake:
    """What the file says under the answers so far."""
    return _Reading(layout, answers, known).run()


def take_in(uow: UnitOfWork, ledger: str, layout: Layout, answers: Answers) -> Outcome[int]:
    """Enter every contract; raises UnreadableError for missing columns, ImportRefused naming every problem."""
    from village_ledger.services.contracts.contracts import take_in_all

    name = layout.sheet.path.name
    if layout.missing:
        raise UnreadableError(
            tr("“{name}”的表头（第{row}行）{what}", name=name, row=layout.row, what=layout.missing),
            tr("请在表格里补上这些列；列名写法特别的，在窗口里“导入合同”一页指明哪一列是什么。"),
        )
    found = examine(layout, answers, known_to(uow.reader, ledger))
    if found.problems:
        raise ImportRefused([problem.sentence for problem in found.problems], tr(ANSWER_HINT))
    if not found.contracts:
        raise UnreadableError(tr("“{name}”里只有表头，没有合同", name=name), tr("请核对是不是选错了文件。"))
    done = take_in_all(uow, ledger, [one.contract for one in found.contracts], tr("导入 {name}", name=name))
    return replace(done, warnings=(*found.said, *done.warnings))


class _Reading:
    """One walk through the rows."""

    def __init__(self, layout: Layout, answers: Answers, known: Known) -> None:
        self.layout, self.answers, self.known = layout, answers, known
        self.problems: list[Problem] = []
        self.notices: list[Notice] = []
        self.taken: list[Taken] = []
        self.dropped: list[int] = []
        self.left_out: list[int] = []

    def run(self) -> Intake:
        """Every row below the heading."""
        for row, cells in self.layout.rows:
            texts = [tidy(cell) if isinstance(cell, str) else str(cell) for cell in cells]
            filled = [text for text in texts if text]
            if not filled:
                continue
            if len(filled) == 1 or any(
                word in text for text in filled[:2] for word in words()["foot"]["within"]
            ):
                self.dropped.append(row)
            elif any(at == row and leaves_out(said) for (at, _), said in self.answers.items()):
                self.left_out.append(row)
            else:
                self._take(row, cells)
        self._ensure_once()
        return Intake(
            self.layout,
            tuple(self.taken),
            tuple(sorted(self.problems, key=lambda x: x.row)),
            tuple(self.notices),
            tuple(self.dropped),
            tuple(self.left_out),
        )

    def _cell(self, row: int, cells: Sequence[Cell], meaning: str) -> Cell:
        answer = self.answers.get((row, meaning))
        if answer is not None:
            return answer
        place = self.layout.place(meaning)
        return "" if place is None or place >= len(cells) else cells[place]

    def _take(self, row: int, cells: Sequence[Cell]) -> None:
        get: _Get = partial(self._cell, row, cells)
        name, at = read.plain(get("what")), "number"
        try:
            number = read.plain(get("number"))
            nothing = number in words()["cells"]["no_number"]
            at = "span" if self.layout.place("span") is not None else "start"
            if nothing and not read.plain(get(at)):
                raise ContractError(tr("没有合同、没有期限"), tr("列入清理清单：请补签合同后登记。"))
            if nothing:
                at = "number"
                raise ContractError(tr("没有合同编号"), tr("请编一个号。"))
            start, end = self._span(get)
            at = "area"
            area, unit = read.read_quantity(read.plain(get("area")))
            at = "price" if not read.plain(get("year_rent")) else "year_rent"
            answered = (row, "year_rent") in self.answers
            terms, said = self._terms(get, start, end, area, "" if answered else get("price"))
            at = "deposit"
            contract = self._contract(
                row, cells, number, terms, (name, area, read.plain(get("unit")) or unit)
            )
        except LedgerError as error:
            self._problem(row, at, name, get(at), reason(error))
            return
        for text in said:
            self.notices.append(Notice(row, name, text))
        self.taken.append(Taken(row, contract))

    def _span(self, get: _Get) -> tuple[date, date]:
        if self.layout.place("span") is not None:
            return read.read_span(read.plain(get("span")))
        return read.read_day(get("start"), tr("起始日期")), read.read_day(get("end"), tr("终止日期"))

    def _terms(
        self, get: _Get, start: date, end: date, area: int, price: Cell
    ) -> tuple[RentTerms, list[str]]:
        year_rent = get("year_rent")
        if not read.plain(year_rent) and read.plain(get("total")):
            year_rent = _per_year(get("total"), start, end)
        rent = read.read_rent(year_rent, price, area, start)
        note = read.plain(get("note"))
        rise = read.read_rise(note, rent.year, start, end)
        payment = read.read_payment(read.plain(get("pay")), start)
        part = Rhythm.YEAR.value // payment.period.value
        steps = [Step(step.day, half_up(step.amount, part)) for step in (*rent.later, *rise.steps)]
        terms = RentTerms(
            start,
            end,
            payment.period,
            payment.pay_day,
            half_up(rent.year, part),
            rise.rate,
            rise.years,
            tuple(step for step in sorted(steps) if step.day <= end),
        )
        return terms, [payment.taken] if payment.taken else []

    def _contract(
        self, row: int, cells: Sequence[Cell], number: str, terms: RentTerms, what: tuple[str, int, str]
    ) -> Contract:
        get: _Get = partial(self._cell, row, cells)

        def said(meaning: str) -> str:
            return read.plain(get(meaning))

        name, area, unit = what
        code = said("code") or self._card(row, name)
        nothing = words()["cells"]["nothing"]
        signed = read.read_day(get("signed"), tr("签订日期")) if said("signed") else None
        party, note = said("party"), said("note")
        member = any(word in note for word in words()["cells"]["member"]) or party in self.known.members
        decision = "" if said("decision") in nothing else said("decision")
        contract = Contract(
            number,
            _kind(said("kind") or name),
            party,
            terms,
            (Item(code, name, "", area, unit),),
            member,
            price_words=said("price"),
            deposit=0 if said("deposit") in nothing else fen_of(get("deposit")),
            papers=Papers(way=said("way"), resolution=decision, signed_on=signed),
            note="；".join(filter(None, (note, said("pay")))),
        )
        made = tidied(contract)
        if self.known.reader is not None:
            if self.known.reader.has_contract(self.known.ledger, made.number):
                raise ContractError(
                    tr("合同编号 {number} 已经登记过", number=number), tr("同一份合同只登记一次。")
                )
            ensure_free(self.known.reader, self.known.ledger, made)
        return made

    def _card(self, row: int, name: str) -> str:
        """The code of the one card whose name is this one's, or holds it, or is held by it."""
        same = [code for code, said in self.known.cards.items() if tidy(said) == name]
        alike = same or [code for code, said in self.known.cards.items() if _alike(name, tidy(said))]
        if len(alike) != 1:
            return ""
        if not same:
            card = self.known.cards[alike[0]]
            self.notices.append(
                Notice(
                    row,
                    name,
                    tr("按名称对到卡片 {code} {card}，请核对", code=alike[0], card=card),
                    small=True,
                )
            )
        return alike[0]

    def _problem(self, row: int, at: str, name: str, cell: Cell, what: str) -> None:
        place = self.layout.place(at)
        where = self.layout.sheet.at(row, place, self.layout.heading(place) if place is not None else "")
        value = "" if cell == "" else str(cell)
        self.problems.append(Problem(row, at, name, value, what.rstrip("。"), where))

    def _ensure_once(self) -> None:
        """No number twice, nothing let twice at once, within the file."""
        numbers: dict[str, int] = {}
        for one in self.taken:
            first = numbers.setdefault(one.contract.number, one.row)
            if first != one.row:
                what = tr("合同编号和第{n}行相同", n=first)
                self._problem(one.row, "number", one.contract.items[0].name, one.contract.number, what)
        for place, one in enumerate(self.taken):
            for other in self.taken[:place]:
                if _overlap(one.contract, other.contract):
                    what = tr("和第{n}行是同一个标的，时间重叠", n=other.row)
                    self._problem(one.row, "what", one.contract.items[0].name, one.contract.number, what)


def _kind(text: str) -> str:
    """The kind whose words are found in a register's word for it; a lease otherwise."""
    for kind in reversed(rules().kinds):
        if any(word in text for word in kind.words):
            return kind.id
    return rules().kinds[0].id


def _per_year(total: Cell, start: date, end: date) -> str:
    """A year's part of the whole sum of a term of whole months."""
    fen, months = fen_of(total), 0
    while months_later(start, months) <= end:
        months += 1
    year = half_up(fen * Rhythm.YEAR.value, months)
    return f"{year // 100}.{year % 100:02d}"


def _alike(one: str, other: str) -> bool:
    """Whether every character of the shorter name is in the longer, one for one."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    rest = list(long)
    for char in short:
        if char not in rest:
            return False
        rest.remove(char)
    return len(short) >= _LEAST_ALIKE


def _bare(name: str) -> str:
    return "".join(char for char in name if char.isalnum())


def _overlap(one: Contract, other: Contract) -> bool:
    codes = {item.code for item in one.items} & {item.code for item in other.items} - {""}
    return bool(codes) and one.terms.start <= other.terms.end and other.terms.start <= one.terms.end


def shown(one: Taken) -> tuple[str, ...]:
    """A contract as a row of the preview, its row number first."""
    contract, terms = one.contract, one.contract.terms
    return (
        str(one.row),
        contract.number,
        contract.items[0].code,
        contract.items[0].name,
        contract.party,
        str(terms.start),
        str(terms.end),
        PERIOD_NAMES[terms.period],
        PAY_DAY_NAMES[terms.pay_day],
        format_fen(terms.amount),
        write_steps(terms.steps),
        contract.papers.resolution,
    )
