"""What came of reading a register kept by hand: people, problems to be answered, notices of what was put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from village_ledger.domain.new_person import NewPerson
from village_ledger.exchange.people.import_members_rows import in_words
from village_ledger.exchange.reading.heading_rows import Layout
from village_ledger.i18n import tr


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stops the import until it is answered."""

    row: int
    field: str
    name: str
    value: str
    """As the file shows it."""
    what: str
    """What is wrong, a sentence."""
    where: str
    hints: tuple[str, ...] = ()
    """What somebody wrote beside it."""
    can_wait: bool = False
    """Whether the number may be left to be found out."""

    @property
    def sentence(self) -> str:
        """All of it, beginning with 第N行."""
        said = "".join(tr("（旁注：{hint}）", hint=hint) for hint in self.hints)
        return tr(
            "{where}：{name}：{what}{said}", where=self.where, name=self.name, what=self.what, said=said
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """Something put right or worth a look; small ones are told together."""

    row: int
    name: str
    text: str
    small: bool = False

    @property
    def sentence(self) -> str:
        """All of it."""
        return tr("第{row}行：{name}：{text}。", row=self.row, name=self.name, text=self.text)


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody who can be entered, with the day of death where it is known."""

    row: int
    person: NewPerson
    died: date | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """What the book knows already."""

    people: frozenset[tuple[str, str]] = frozenset()
    """Household and name."""
    tokens: Mapping[bytes, str] = field(default_factory=dict[bytes, str])
    """Token of an identity number to whom it belongs."""
    token: Callable[[str], bytes] | None = None
    """None while the key is not at hand."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A register as understood so far."""

    layout: Layout
    people: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    remarks: tuple[str, ...]
    """What is said of the file as a whole."""
    answered: tuple[int, ...]
    """Rows answered in which there is nobody."""
    left_out: tuple[int, ...] = ()
    """Rows that are not to be entered."""

    @property
    def households(self) -> int:
        """Households of the people."""
        return len({one.person.household for one in self.people} - {""})

    @property
    def said(self) -> tuple[str, ...]:
        """Every notice as a sentence, the small ones counted."""
        small: dict[str, list[int]] = defaultdict(list)
        for one in self.notices:
            if one.small:
                small[one.text].append(one.row)
        counted = [
            tr("{text}：{n} 处（第{rows}行）。", text=text, n=len(rows), rows="、".join(in_words(rows)))
            for text, rows in small.items()
        ]
        return (*self.remarks, *(one.sentence for one in self.notices if not one.small), *counted)
