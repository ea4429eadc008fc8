"""The wrong-ledger guard: rent does not belong in the committee's ledger, elections not in the collective's.

The rules are data (``resources/rules/wrong_ledger.toml``, its fields in the README beside it). A rule looks
at the words of a line's summary, the side its positive amount stands on and the kind of its account, so
that 付租车费 passes where 收租金 does not. The mirrors of inter-ledger transfers (T6, T7) are exempt.
A book that keeps one acting ledger (合账) asks no guard.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, NamedTuple, Protocol

from village_ledger.domain.chart import Chart, LedgerKind

_GAP = "\n"
"""Put where words were struck out, so that what stood around them does not grow together."""


class GuardAction(Enum):
    """What a rule that speaks up does to the voucher."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class GuardRule:
    """One rule as the data file gives it; the fields are explained beside that file."""

    id: str
    ledger_kind: LedgerKind
    action: GuardAction
    words: tuple[str, ...]
    not_words: tuple[str, ...]
    sides: frozenset[str]
    categories: frozenset[str]
    account_prefixes: tuple[str, ...]
    exempt_prefixes: tuple[str, ...]
    exempt_counterparty_words: tuple[str, ...]
    sentence: str
    next_step: str
    source: str
    effective: date
    offer: str

    def word_in(self, text: str) -> str:
        """The first of the rule's words that a summary (without blanks) holds apart from harmless ones, or nothing."""
        for harmless in self.not_words:
            text = text.replace(harmless, _GAP)
        return next((word for word in self.words if word in text), "")

    def exempts(self, counterparty: str, other: str = "") -> bool:
        """Whether the line settles with the other ledger's owner (往来), known by words or its registered name."""
        if other and counterparty == other and self.exempt_counterparty_words:
            return True
        return any(word in counterparty for word in self.exempt_counterparty_words)


class GuardedLine(Protocol):
    """What the guard reads of a line; amounts in fen. ``VoucherLine`` is one."""

    @property
    def summary(self) -> str:
        """What happened (摘要)."""
        ...

    @property
    def account(self) -> str:
        """Code of the account."""
        ...

    @property
    def debit(self) -> int:
        """Fen on the debit side."""
        ...

    @property
    def credit(self) -> int:
        """Fen on the credit side."""
        ...

    @property
    def counterparty(self) -> str:
        """Whom it concerns (往来单位), empty when none."""
        ...


@dataclass(frozen=True, slots=True)
class GuardHit:
    """A rule that spoke up: which line (from 1) and which of its words."""

    rule: GuardRule
    line: int
    word: str

    @property
    def action(self) -> GuardAction:
        """Whether the voucher is refused or the person only warned."""
        return self.rule.action

    @property
    def sentence(self) -> str:
        """What happened, with the line and the rule's source."""
        return f"第 {self.line} 行" + self.rule.sentence.replace("{word}", self.word)

    @property
    def next_step(self) -> str:
        """What to do now."""
        return self.rule.next_step.replace("{word}", self.word)


class _Watch(NamedTuple):
    """A rule that looks at an account's side; ``only_with_money`` as for ``account_prefixes``."""

    rule: GuardRule
    only_with_money: bool


class _Watches(NamedTuple):
    """All that look at one side of an account; ``words`` finds whether any of them need look closer."""

    words: re.Pattern[str]
    each: tuple[_Watch, ...]


class Guard:
    """The rules that protect one ledger, sorted by the accounts they look at.

    Most lines are passed by one dictionary lookup and most others by one look for any word, so that a
    whole import may go through one guard.
    """

    def __init__(self, rules: Iterable[GuardRule], chart: Chart, other: str = "") -> None:
        """``other`` is the registered name of the other ledger's entity."""
        self._other = other
        self._rules = tuple(rule for rule in rules if rule.ledger_kind is chart.kind)
        accounts = chart.as_mapping()
        self._categories = {code: account.category for code, account in accounts.items()}
        self._money = frozenset(code for code, account in accounts.items() if account.money is not None)
        self._watched: dict[tuple[str, bool], _Watches | None] = {}

    def check(self, lines: Sequence[GuardedLine], day: date) -> list[GuardHit]:
        """Every rule in force on that day that a voucher's lines offend; red-letter lines offend none."""
        watched = self._watched
        hits: list[GuardHit] = []
        for number, line in enumerate(lines, 1):
            on_credit = line.credit > 0
            if not on_credit and line.debit <= 0:
                continue
            key = (line.account, on_credit)
            if key not in watched:
                watched[key] = self._watches(*key)
            watches = watched[key]
            if watches and watches.words.search(text := "".join(line.summary.split())):
                hits += self._offences(watches, number, text, lines, day)
        return hits

    def _watches(self, account: str, on_credit: bool) -> _Watches | None:  # noqa: FBT001  one of two sides
        """The rules that look at positive amounts on this side of an account."""
        side = "credit" if on_credit else "debit"
        found: list[_Watch] = []
        for rule in self._rules:
            if side not in rule.sides or account.startswith(rule.exempt_prefixes):
                continue
            if self._categories.get(account) in rule.categories:
                found.append(_Watch(rule, only_with_money=False))
            elif account.startswith(rule.account_prefixes):
                found.append(_Watch(rule, only_with_money=True))
        words = {re.escape(word) for watch in found for word in watch.rule.words}
        return _Watches(re.compile("|".join(sorted(words))), tuple(found)) if found else None

    def _offences(
        self, watches: _Watches, number: int, text: str, lines: Sequence[GuardedLine], day: date
    ) -> Iterable[GuardHit]:
        line = lines[number - 1]
        for rule, only_with_money in watches.each:
            if day < rule.effective or rule.exempts(line.counterparty, self._other):
                continue
            word = rule.word_in(text)
            if word and (not only_with_money or self._money_opposite(line, lines)):
                yield GuardHit(rule, number, word)

    def _money_opposite(self, line: GuardedLine, lines: Sequence[GuardedLine]) -> bool:
        """Whether cash or bank moves on the other side of the same voucher."""
        if line.credit > 0:
            return any(other.debit > 0 and other.account in self._money for other in lines)
        return any(other.credit > 0 and other.account in self._money for other in lines)


def load_rules(text: str) -> tuple[GuardRule, ...]:
    """Read the rules file; a missing field or an unknown word in it is our own fault (KeyError, ValueError)."""
    return tuple(_rule(table) for table in tomllib.loads(text)["rule"])


def _rule(table: dict[str, Any]) -> GuardRule:
    effective = table["effective"]
    sides = frozenset[str](table["sides"])
    if not isinstance(effective, date) or not sides <= {"debit", "credit"} or not table["words"]:
        message = f"wrong_ledger.toml: {table['id']}: effective, sides or words"
        raise ValueError(message)
    return GuardRule(
        id=table["id"],
        ledger_kind=LedgerKind(table["ledger_kind"]),
        action=GuardAction(table["action"]),
        words=tuple(table["words"]),
        not_words=tuple(sorted(table["not_words"], key=len, reverse=True)),
        sides=sides,
        categories=frozenset(table["categories"]),
        account_prefixes=tuple(table["account_prefixes"]),
        exempt_prefixes=tuple(table["exempt_prefixes"]),
        exempt_counterparty_words=tuple(table["exempt_counterparty_words"]),
        sentence=table["sentence"],
        next_step=table["next_step"],
        source=table["source"],
        effective=effective,
        offer=table["offer"],
    )
