"""A ledger as a row of entries, as every program for plain-text accounts takes it: what it began with, what was posted.

Balances at the end come from the kept totals, not from these entries: written beside them as assertions they let the
other program prove ours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TextIO

from village_ledger.domain.chart import Account, Chart, Side
from village_ledger.domain.masking import Level, hide_identities
from village_ledger.domain.period import Month, Span
from village_ledger.domain.personal_numbers import without_numbers
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.exchange.exports.export_formats import Exported, ExportRequest
from village_ledger.i18n import tr
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.reader import Reader
from village_ledger.storage.records import LedgerInfo

_STEP = 200
"""Entries between two words of progress."""


class Amount(NamedTuple):
    """One line of an entry: ``fen`` is debit − credit."""

    account: str
    fen: int
    summary: str = ""
    counterparty: str = ""
    project: str = ""
    group: str = ""
    quantity: int = 0


class Entry(NamedTuple):
    """A posted voucher."""

    day: date
    ref: str
    summary: str
    amounts: tuple[Amount, ...]
    links: tuple[tuple[str, str], ...]
    document: str
    prepared_by: str
    reviewed_by: str
    attachments: int


@dataclass(frozen=True, slots=True)
class Books:
    """One ledger over a span."""

    village: str
    info: LedgerInfo
    chart: Chart
    span: Span
    opening: tuple[Amount, ...]
    closing: dict[str, int]
    """Balance of every leaf that has one at the end, from the kept totals; fen, debit positive."""
    unposted: int
    names: dict[str, str] = field(default_factory=dict[str, str])
    """What a form calls the accounts its lines name, made once each."""

    def leaves(self) -> list[Account]:
        """Accounts that lines may name, in order of code."""
        return [account for account in self.chart if account.is_leaf]


def ledgers_of(reader: Reader, request: ExportRequest) -> list[str]:
    """The ledger asked for, or every ledger of the book."""
    return [request.ledger] if request.ledger else [info.code for info in reader.ledgers()]


def span_of(reader: Reader, ledger: str, asked: Span | None) -> Span:
    """The days asked for, from the ledger's first day on; else up to the end of the last month with a posting."""
    first = reader.ledger(ledger).start.first
    if asked is None:
        return Span(first, Month.of(reader.last_posted_day(ledger) or first).last)
    return Span(max(first, asked.first), asked.last) if asked.last >= first else asked


def books_of(reader: Reader, ledger: str, request: ExportRequest) -> Books:
    """All of a ledger but its entries."""
    span = span_of(reader, ledger, request.span)
    closing = {one.account: one.closing for one in reader.turnovers(ledger, span) if one.closing}
    return Books(
        village=reader.book().village,
        info=reader.ledger(ledger),
        chart=reader.chart(ledger),
        span=span,
        opening=tuple(_opening(reader, ledger, span.first, request.level)),
        closing=closing,
        unposted=len(reader.unposted_ids(ledger, span.last.isoformat())),
    )


def entries_of(reader: Reader, books: Books, level: Level) -> Iterator[Entry]:
    """The posted vouchers of the span, carry-forwards of a year that ends in it included."""
    for stored in reader.posted_vouchers(books.info.code, books.span, with_closing=True):
        yield _entry(stored, level)


def count_of(reader: Reader, books: Books) -> int:
    """How many vouchers ``entries_of`` gives."""
    return reader.posted_count(books.info.code, books.span)


class Script(NamedTuple):
    """How one form writes a ledger: what stands before its entries, an entry, what stands after them."""

    head: Callable[[Books], Iterable[str]]
    entry: Callable[[Books, Entry], str]
    foot: Callable[[Books], Iterable[str]]


def write_ledgers(
    file: TextIO, reader: Reader, request: ExportRequest, progress: Progress, script: Script
) -> Exported:
    """Write every ledger asked for, one after another; hands back how many amounts and what was left out."""
    rows, warnings = 0, list[str]()
    for ledger in ledgers_of(reader, request):
        books = books_of(reader, ledger, request)
        rows += len(books.opening)
        warnings += unposted_warning(books)
        total = count_of(reader, books)
        file.writelines(script.head(books))
        for done, entry in enumerate(entries_of(reader, books, request.level)):
            if done % _STEP == 0:
                progress.step(done, total, tr("写 {title}", title=books.info.title))
            file.write(script.entry(books, entry))
            rows += len(entry.amounts)
        file.writelines(script.foot(books))
    return Exported(rows, tuple(warnings))


def hide(text: str, level: Level) -> str:
    """A text with whatever reads like the number of a person or a bank account masked; as it is at level L0."""
    return text if level is Level.INTERNAL or not _DIGIT(text) else _hidden(text)


@lru_cache(maxsize=4096)  # a village writes the same few hundred sentences
def _hidden(text: str) -> str:
    return without_numbers(hide_identities(text))


_DIGIT = re.compile(r"\d").search


def unposted_warning(books: Books) -> tuple[str, ...]:
    """What is said of vouchers that are not posted yet, which never leave."""
    if not books.unposted:
        return ()
    sentence = "{title}还有 {count} 张凭证没有记账，不在导出的账里。"
    return (tr(sentence, title=books.info.title, count=books.unposted),)


def _opening(reader: Reader, ledger: str, first: date, level: Level) -> Iterator[Amount]:
    """What every account, counterparty and project began the span with: the opening document and what was posted before."""
    sums: defaultdict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in reader.opening_lines(ledger):
        kept = sums[line.account, line.counterparty, line.project]
        kept[0] += line.debit - line.credit
        kept[1] += line.quantity
    start = reader.ledger(ledger).start.first
    if start < first:
        before = Span(start, first - timedelta(days=1))
        for stored in reader.posted_vouchers(ledger, before, with_closing=True):
            for line in stored.voucher.lines:
                kept = sums[line.account, line.counterparty, line.project]
                sign = 1 if line.debit else -1
                kept[0] += line.debit - line.credit
                kept[1] += sign * line.quantity
    for (account, counterparty, project), (fen, quantity) in sorted(sums.items()):
        if fen:
            yield Amount(account, fen, "", hide(counterparty, level), hide(project, level), "", quantity)


def _entry(stored: StoredVoucher, level: Level) -> Entry:
    voucher = stored.voucher
    amounts = tuple(
        Amount(
            line.account,
            line.debit - line.credit,
            hide(line.summary, level),
            hide(line.counterparty, level),
            hide(line.project, level),
            line.group,
            line.quantity if line.debit else -line.quantity,
        )
        for line in voucher.lines
    )
    return Entry(
        voucher.day,
        str(stored.ref),
        amounts[0].summary,
        amounts,
        stored.links,
        stored.document,
        stored.prepared_by,
        stored.reviewed_by,
        voucher.attachments,
    )


def kind_of(account: Account) -> str:
    """The type of an account every such program knows: ``Assets``, ``Liabilities``, ``Equity``, ``Income``, ``Expenses``."""
    if account.category == "损益":
        return "Income" if account.side is Side.CREDIT else "Expenses"
    return _KINDS[account.category]


_KINDS = {
    "资产": "Assets",
    "成本": "Assets",
    "负债": "Liabilities",
    "所有者权益": "Equity",
    "净资产": "Equity",
    "收入": "Income",
    "支出": "Expenses",
}


def path_of(chart: Chart, code: str) -> list[Account]:
    """An account and those above it, the first level first."""
    found: list[Account] = []
    while code:
        account = chart.get(code)
        found.append(account)
        code = account.parent
    return found[::-1]
