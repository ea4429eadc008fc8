"""What a public sheet says of people (L2): applied to its data, so that paper, screen, xlsx and JSON all say the same.

A name stands in full only in columns a rule gives a reason for; in the text beside it only where that row names it in full,
or where somebody acts in office. Everybody else of the register is masked, children under 14 are called by their household,
numbers of people are cut. What stays in full is found again in the finished sheet, each with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from village_ledger.domain.masking import Level, mask_name, told_apart
from village_ledger.domain.person_names import NameIndex, reads_like_person
from village_ledger.domain.personal_numbers import kinds_in, without_numbers
from village_ledger.reports.disclosure.privacy_rules import PrivacyRules, Reason
from village_ledger.reports.table import Cell, Column, Kind, Link, Row, Table

NO_REASON = Reason("没有理由，请打码或在 privacy.toml 里写明理由", "")
IN_OFFICE = Reason("名字前面写着职务，是在履行职务", "privacy.toml 的 offices")
OF_STAFF = Reason("是管账、审批的人，在履行职务", "人员和分工")
_CODES = frozenset({"code", "number", "voucher", "contract", "resolution", "class", "date"})
"""Columns of codes and numbers of papers: nothing of a person stands there."""
_NAMES = frozenset(
    {"counterparty", "party", "payee", "recipient", "member", "person", "head", "user", "used_by"}
)
"""Columns whose whole cell may be somebody the register does not know."""
_HOLDER = re.compile(r"[0-9A-Za-z-]+/\Z", re.ASCII)
"""The household's number as accounts are written: 001/."""
_AND_OTHERS = re.compile(r"等\s*\d+\s*[人户个]\Z")
_CUT = "（略）"


@dataclass(frozen=True, slots=True)
class Known:
    """The people a public sheet of a ledger and a day may meet."""

    index: NameIndex
    """Everybody the register knows by name."""
    households: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name to household number, where one person only bears it."""
    children: Mapping[str, str] = field(default_factory=dict[str, str])
    """Account (户编号/姓名) or bare name of those under 14 to how they are called: 001 户."""
    staff: frozenset[str] = frozenset()
    """Those who keep, check and approve the books, and who answer for what a month was closed with."""
    relief: frozenset[tuple[str, str]] = frozenset()
    """Rows (kind and key of their link) that tell of relief: their people are masked on every sheet."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, or a number, that stands in full on a sheet."""

    name: str
    column: str
    reason: Reason | None
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a text: where it stands with the household written before it, and whose it is."""

    start: int
    end: int
    name: str
    household: str

    @property
    def account(self) -> str:
        return f"{self.household}/{self.name}" if self.household else self.name


def for_public(table: Table, known: Known, rules: PrivacyRules) -> Table:
    """The sheet as it may hang on the board; a sheet that names nobody comes back as it is."""
    people = _People(table, known, rules)
    rows = [replace(row, cells=people.cells(row)) for row in table.rows]
    say = people.loose
    return replace(
        table,
        rows=tuple(rows),
        notes=tuple(map(say, table.notes)),
        warnings=tuple(map(say, table.warnings)),
        checks=tuple(replace(check, text=say(check.text)) for check in table.checks),
    )


class _People:
    """The people of one sheet: who is named in full where, and what the others are called."""

    def __init__(self, table: Table, known: Known, rules: PrivacyRules) -> None:
        self._table = table
        self._known = known
        self._rules = rules
        self._texts = _text_columns(table.columns)
        self._called: dict[tuple[str, str], str] = {}
        self._read: dict[str, tuple[_Found, ...]] = {}
        self._name_all_hidden()

    def _name_all_hidden(self) -> None:
        """What each masked person is called; equal ones of one sheet carry their household number."""
        hidden: dict[tuple[str, str], None] = {}
        for row in self._table.rows:
            whole = self.whole(row)
            for place, column in self._texts:
                text = row.cells[place]
                if isinstance(text, str) and not self._says_all(row, column):
                    hidden |= dict.fromkeys(
                        (one.household or self._known.households.get(one.name, ""), one.name)
                        for one in self._hidden_in(text, whole, column)
                    )
        for text in (*self._table.notes, *self._table.warnings):
            hidden |= dict.fromkeys(
                (self._known.households.get(one.name, ""), one.name)
                for one in self._hidden_in(text, frozenset(), None)
            )
        people = list(hidden)
        self._called = dict(zip(people, told_apart(people), strict=True))

    # one row

    def whole(self, row: Row) -> frozenset[str]:
        """Names the row gives in full by a rule; those who were helped never."""
        return frozenset(self.reasons(row))

    def reasons(self, row: Row) -> dict[str, Reason]:
        """Names the row gives in full, each with why: 等2人 leaves the others to the sentence beside it."""
        names: dict[str, Reason] = {}
        shortened: Reason | None = None
        for place, column in self._texts:
            text, reason = row.cells[place], self._rules.reason(self._table.report, column.key)
            if isinstance(text, str) and text and reason and self._says_all(row, column):
                grown = (one.name for one in self.found(text) if self._child(one) is None)
                names |= dict.fromkeys((*grown, *_alone(text)), reason)
                shortened = reason if _AND_OTHERS.search(text) else shortened
        if shortened:
            for place, _ in self._texts:
                grown = (
                    one.name for one in self.found(str(row.cells[place] or "")) if self._child(one) is None
                )
                names = dict.fromkeys(grown, shortened) | names
        return names

    def _says_all(self, row: Row, column: Column) -> bool:
        if self._rules.of_office(column.key):
            return True
        return not self._helps(row) and self._rules.reason(self._table.report, column.key) is not None

    def _helps(self, row: Row) -> bool:
        if row.link is None:
            return False
        if row.link.kind == "lines":
            return any(("account", part) in self._known.relief for part in row.link.key.split(":"))
        return (row.link.kind, row.link.key) in self._known.relief

    def cells(self, row: Row) -> tuple[Cell, ...]:
        """The row's cells as they may be read by all."""
        cells = list(row.cells)
        whole, names_somebody = self.whole(row), False
        for place, column in self._texts:
            text = cells[place]
            if not isinstance(text, str) or not text:
                continue
            names_somebody = names_somebody or bool(self.found(text) or _alone(text))
            if self._says_all(row, column):
                cells[place] = without_numbers(self._with(text, self._children_in(text)))
            else:
                cells[place] = self._masked(text, whole, column)
        if names_somebody:
            for place, column in self._texts:
                text = cells[place]
                if isinstance(text, str) and column.key not in _NAMES:
                    cells[place] = self._rules.cut.sub(_CUT, text)
        return tuple(cells)

    def _masked(self, text: str, whole: frozenset[str], column: Column) -> str:
        alone = _alone(text) if column.key in _NAMES else ()
        if alone and not self.found(text):
            name = alone[0]
            return text if name in whole or name in self._known.staff else text.replace(
                name, mask_name(name, Level.PUBLIC), 1
            )  # fmt: skip
        return without_numbers(self._with(text, self._hidden_in(text, whole, column)))

    def loose(self, text: str) -> str:
        """A sentence beside the rows: nobody but those in office is named."""
        hidden = self._hidden_in(text, frozenset(), None)
        said = without_numbers(self._with(text, hidden))
        return self._rules.cut.sub(_CUT, said) if hidden else said

    # one text

    def found(self, text: str) -> tuple[_Found, ...]:
        """Names of the register in a text."""
        if text not in self._read:
            self._read[text] = tuple(_names_in(self._known.index, text))
        return self._read[text]

    def _child(self, one: _Found) -> str | None:
        """How a child under 14 is called; a bare name is in the list only where no adult bears it."""
        return self._known.children.get(one.account) or self._known.children.get(one.name)

    def _children_in(self, text: str) -> list[_Found]:
        return [one for one in self.found(text) if self._child(one)]

    def _hidden_in(self, text: str, whole: frozenset[str], column: Column | None) -> list[_Found]:
        """Names that may not stand in full there."""
        return [
            one
            for one in self.found(text)
            if self._child(one)
            or not (
                one.name in whole
                or one.name in self._known.staff
                or self._rules.holds_office(text, one.start)
                or (column is not None and self._rules.of_office(column.key))
            )
        ]

    def _with(self, text: str, hidden: Sequence[_Found]) -> str:
        said, at = "", 0
        for one in hidden:
            said += text[at : one.start] + self._name_for(one)
            at = one.end
        return said + text[at:] if at else text

    def _name_for(self, one: _Found) -> str:
        child = self._child(one)
        if child:
            return child
        household = one.household or self._known.households.get(one.name, "")
        return self._called.get((household, one.name)) or mask_name(one.name, Level.PUBLIC)


def _names_in(index: NameIndex, text: str) -> Iterator[_Found]:
    for start, end in index.found(text):
        before = _HOLDER.search(text, 0, start)
        household = before.group()[:-1] if before else ""
        yield _Found(before.start() if before else start, end, text[start:end], household)


def _alone(text: str) -> tuple[str, ...]:
    """The person a whole cell is, by the look of it: 刘桂珍 of 刘桂珍等8人."""
    name = _AND_OTHERS.sub("", text.strip())
    return (name,) if reads_like_person(name) else ()


def _text_columns(columns: Sequence[Column]) -> list[tuple[int, Column]]:
    return [
        (place, column)
        for place, column in enumerate(columns)
        if column.kind in (Kind.TEXT, Kind.CODE) and column.key not in _CODES
    ]


def named_in_full(table: Table, known: Known, rules: PrivacyRules) -> Iterator[Named]:
    """Everybody, and every number, that stands in full on a finished sheet, with the reason or None."""
    people = _People(table, known, rules)
    for row in table.rows:
        whole = people.reasons(row)
        for place, column in _text_columns(table.columns):
            text = row.cells[place]
            if not isinstance(text, str) or not text:
                continue
            own = rules.reason(table.report, column.key)
            for one in people.found(text):
                because = own or whole.get(one.name) or _by_office(known, rules, text, one)
                yield Named(one.name, column.label, because, row.link)
            if own and not people.found(text):
                for name in _alone(text):
                    yield Named(name, column.label, own, row.link)
            for kind in kinds_in(text):
                yield Named(kind.value, column.label, None, row.link)
    yield from _in_sentences(table, people, known, rules)


def _in_sentences(table: Table, people: _People, known: Known, rules: PrivacyRules) -> Iterator[Named]:
    for text in (*table.notes, *table.warnings):
        for one in people.found(text):
            yield Named(one.name, "说明", _by_office(known, rules, text, one))
        for kind in kinds_in(text):
            yield Named(kind.value, "说明", None)


def _by_office(known: Known, rules: PrivacyRules, text: str, one: _Found) -> Reason | None:
    if one.name in known.staff:
        return OF_STAFF
    return IN_OFFICE if rules.holds_office(text, one.start) else None
