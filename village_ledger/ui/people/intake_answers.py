"""Questions of a register and the answers given so far, kept while the page is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.exchange.contracts.import_contracts_words import MEANINGS as CONTRACT_MEANINGS
from village_ledger.exchange.people.import_members_answers import leaves_out, lets_wait
from village_ledger.exchange.people.import_members_intake import Problem
from village_ledger.exchange.people.import_members_words import MEANINGS
from village_ledger.i18n import tr

_FIELD_WORDS = {**CONTRACT_MEANINGS, **MEANINGS}
"""How fields are called in every register that is taken in."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be answered, or a fault that can only be mended in the file."""

    row: str
    text: str
    problem: Problem | None = None
    answer: str = ""

    @property
    def field_words(self) -> str:
        """What the field is called."""
        return tr(_FIELD_WORDS[self.problem.field]) if self.problem and self.problem.field else tr("这一行")

    @property
    def whole(self) -> str:
        """All of it, with where it stands in the file."""
        return self.problem.sentence if self.problem else self.text

    @property
    def is_value(self) -> bool:
        """Whether it was answered with a value."""
        return bool(self.answer) and not leaves_out(self.answer) and not lets_wait(self.answer)

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        state = tr("✓ 已答") if self.answer else tr("✕ 待答") if self.problem else tr("✕ 不对")
        name = self.problem.name if self.problem else ""
        text = self.text if self.problem else self.text.partition("：")[2] or self.text
        return (state, self.row, name, text, self.answer)


class AnswerBook:
    """Answers by row and field, with the question each one answered."""

    def __init__(self) -> None:
        self.given: dict[tuple[int, str], str] = {}
        self._asked: dict[tuple[int, str], Problem] = {}
        self.last: tuple[Problem, str] | None = None
        """What was answered last."""

    def questions(self, open_: Sequence[Problem]) -> list[Question]:
        """Those open, and those answered, in the order of rows."""
        now = {(one.row, one.field): one for one in open_}
        listed = [Question(str(one.row), self._text(one), one) for one in now.values()]
        listed += [
            Question(str(row), self._text(one), one, self.given[row, field])
            for (row, field), one in self._asked.items()
            if (row, field) not in now
        ]
        return sorted(listed, key=lambda one: int(one.row))

    def answer(self, problem: Problem, answer: str) -> None:
        """Keep an answer."""
        key = (problem.row, problem.field)
        self.given[key], self._asked[key] = answer, problem
        self.last = (problem, answer)

    def answer_alike(self, problem: Problem, answer: str, open_: Sequence[Problem]) -> int:
        """The same answer for every open problem that says the same; returns how many."""
        alike = [one for one in open_ if _kind(one) == _kind(problem)]
        for one in alike:
            self.answer(one, answer)
        return len(alike)

    def take_back(self, problem: Problem) -> None:
        """Ask again."""
        key = (problem.row, problem.field)
        self.given.pop(key, None)
        self._asked.pop(key, None)

    def clear(self) -> None:
        """Another file."""
        self.given.clear()
        self._asked.clear()
        self.last = None

    @staticmethod
    def _text(problem: Problem) -> str:
        value = tr("“{value}”", value=problem.value) if problem.value else ""
        return tr(
            "{field}{value}：{what}",
            field=_FIELD_WORDS.get(problem.field, ""),
            value=value,
            what=problem.what,
        )


def _kind(problem: Problem) -> tuple[str, str]:
    """What two problems that say the same have in common, whomever they name."""
    return problem.field, problem.what.partition("：")[0]
