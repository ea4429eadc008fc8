"""这笔怎么记: what happened in the village, and the entry it usually makes; proposed, never booked.

Events are data (``resources/rules/postings_*.toml``, the syntax is explained there). A way of an event is resolved
against a village's chart into lines whose accounts, names and amounts are still to be confirmed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from village_ledger.domain.account_search import AccountIndex, SearchEntry
from village_ledger.domain.chart import Account, Chart, Dimension
from village_ledger.domain.errors import ChartError, VoucherError
from village_ledger.domain.money import plain_fen
from village_ledger.domain.voucher import Draft, DraftLine

AMOUNT = "金额"
_LINE = re.compile(r"([借贷]) (\S+)(?: (\S+))?")
_ACCOUNT = re.compile(r"(\d+)(?:/([^@#|]+))?(@?)(#?)")
_TERM = re.compile(r"([+-]?)([^+-]+)")


@dataclass(frozen=True, slots=True)
class AccountPattern:
    """One account a line may use: a code, a word in the name of the leaf below it, what it asks for."""

    code: str
    word: str
    asks_party: bool
    asks_project: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    """A line of an entry: side, accounts to choose from, an amount as (sign, name) terms."""

    is_debit: bool
    accounts: tuple[AccountPattern, ...]
    terms: tuple[tuple[int, str], ...]

    def amount(self, amounts: Mapping[str, int]) -> int:
        """Fen, from the asked amounts."""
        return sum(sign * amounts.get(name, 0) for sign, name in self.terms)


@dataclass(frozen=True, slots=True)
class Way:
    """One way an event is booked."""

    name: str
    lines: tuple[EventLine, ...]

    @property
    def amounts(self) -> tuple[str, ...]:
        """The amounts that are asked, in order."""
        return tuple(dict.fromkeys(name for line in self.lines for _, name in line.terms))


@dataclass(frozen=True, slots=True)
class PostingEvent:
    """Something that happens in a village."""

    number: int
    title: str
    words: tuple[str, ...]
    rule: str
    certainty: str
    """How sure the entry is, in words."""
    sure: bool
    """Whether two sources or more agree."""
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class EventFile:
    """The events for some charts, and where they come from."""

    charts: tuple[str, ...]
    source: str
    source_note: str
    effective: date
    events: tuple[PostingEvent, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An account a proposed line may use, and whether it asks for a counterparty or a project."""

    code: str
    path: str
    asks_party: bool
    asks_project: bool


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A line to be confirmed; the first choice is offered."""

    is_debit: bool
    choices: tuple[Choice, ...]
    terms: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the accountant said: per line the account; counterparty, project, summary; amounts by name, fen."""

    summary: str
    accounts: tuple[str, ...] = ()
    party: str = ""
    project: str = ""
    amounts: tuple[tuple[str, int], ...] = ()


def load_events(text: str) -> EventFile:
    """Read an events file; a mistake in it is our own fault (KeyError, ValueError)."""
    data = tomllib.loads(text)
    words = data["certainty"]
    events = tuple(
        PostingEvent(
            entry["number"],
            entry["title"],
            tuple(entry["words"]),
            entry["rule"],
            "；".join(words[mark] for mark in entry["certainty"]),
            "two" in entry["certainty"],
            tuple(Way(name, _lines(lines)) for name, lines in entry["ways"]),
        )
        for entry in data["event"]
    )
    return EventFile(tuple(data["charts"]), data["source"], data["source_note"], data["effective"], events)


def _lines(text: str) -> tuple[EventLine, ...]:
    return tuple(_line(part.strip()) for part in text.split(";"))


def _line(text: str) -> EventLine:
    match = _LINE.fullmatch(text)
    if match is None:
        message = f"not a line of an event: {text}"
        raise ValueError(message)
    side, accounts, amount = match.groups()
    patterns = [_ACCOUNT.fullmatch(part) for part in accounts.split("|")]
    if None in patterns:
        message = f"not an account of an event: {accounts}"
        raise ValueError(message)
    terms = tuple((-1 if s == "-" else 1, name) for s, name in _TERM.findall(amount or AMOUNT))
    return EventLine(
        side == "借",
        tuple(AccountPattern(m[1], m[2] or "", bool(m[3]), bool(m[4])) for m in patterns if m is not None),
        terms,
    )


class EventIndex:
    """Events searched by the village's words, in characters or pinyin, as accounts are."""

    def __init__(self, events: tuple[PostingEvent, ...]) -> None:
        self._events = {str(event.number): event for event in events}
        entries: list[SearchEntry] = []
        for event in events:
            for place, word in enumerate((event.title, *event.words)):
                entries.append(SearchEntry(f"{event.number}.{place}", word, word))
        self._index = AccountIndex(entries)

    def search(self, text: str, limit: int = 20) -> list[PostingEvent]:
        """The events meant, best first; all in their order for an empty text, one by its number."""
        tidy = text.strip()
        if not tidy:
            return list(self._events.values())
        if tidy in self._events:
            return [self._events[tidy]]
        found: dict[str, PostingEvent] = {}
        for match in self._index.search(tidy, limit * 8):
            number = match.entry.code.partition(".")[0]
            found.setdefault(number, self._events[number])
        for event in self._events.values():  # words in another order, parts of what was typed
            if any(word in tidy for word in event.words):
                found.setdefault(str(event.number), event)
        return list(found.values())[:limit]


def propose(way: Way, chart: Chart) -> tuple[ProposedLine, ...]:
    """The lines of a way with the village's own leaves to choose from.

    Raises ChartError naming the accounts of a line of which the chart has none that can be used.
    """
    return tuple(ProposedLine(line.is_debit, _choices(line, chart), line.terms) for line in way.lines)


def _choices(line: EventLine, chart: Chart) -> tuple[Choice, ...]:
    found: dict[str, Choice] = {}
    for pattern in line.accounts:
        for account in _leaves(pattern, chart):
            found.setdefault(
                account.code,
                Choice(
                    account.code,
                    chart.path(account.code),
                    pattern.asks_party or Dimension.COUNTERPARTY in account.demands,
                    pattern.asks_project or Dimension.PROJECT in account.demands,
                ),
            )
    if not found:
        names = "、".join(pattern.code for pattern in line.accounts)
        raise ChartError(f"本账的科目表里没有能用的 {names} 科目", "请先启用或增设这个科目。")
    return tuple(found.values())


def _leaves(pattern: AccountPattern, chart: Chart) -> list[Account]:
    leaves = [a for a in chart if a.code.startswith(pattern.code) and a.is_leaf and a.active]
    named = [a for a in leaves if pattern.word and pattern.word in chart.path(a.code)]
    return named or leaves


def to_draft(lines: tuple[ProposedLine, ...], answers: Answers, ledger: str, day: date) -> Draft:
    """The voucher draft of a confirmed proposal; lines that come to nothing are left out.

    Raises VoucherError for an amount below zero, or names and accounts that are missing. What balances in the event
    balances here whatever the amounts.
    """
    amounts = dict(answers.amounts)
    made: list[DraftLine] = []
    for number, line in enumerate(lines):
        code = answers.accounts[number] if number < len(answers.accounts) else line.choices[0].code
        choice = next((c for c in line.choices if c.code == code), None)
        if choice is None:
            raise VoucherError(f"第 {number + 1} 行不能用科目 {code}", "请从列出的科目里选。")
        fen = sum(sign * amounts.get(name, 0) for sign, name in line.terms)
        if fen < 0:
            words = "".join(("-" if sign < 0 else "+") + name for sign, name in line.terms).lstrip("+")
            raise VoucherError(f"第 {number + 1} 行的 {words} 小于零", "请核对填的几个金额。")
        if fen == 0 and amounts:
            continue
        text = plain_fen(fen) if fen else ""
        blank = DraftLine(
            answers.summary,
            code,
            counterparty=answers.party if choice.asks_party else "",
            project=answers.project if choice.asks_project else "",
        )
        made.append(replace(blank, debit=text) if line.is_debit else replace(blank, credit=text))
    return Draft(ledger, day.isoformat(), lines=made)
