"""The posted books as a ledger of beancount, which bean-check reads clean and proves by its balance directives.

The five root accounts keep beancount's English names; below them stand the ledger and the accounts with code and name,
letters and digits only, their whole names beside them as metadata.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from village_ledger import __version__
from village_ledger.domain.chart import Account, Chart
from village_ledger.domain.money import plain_fen
from village_ledger.domain.quantity import plain_quantity
from village_ledger.exchange.exports.export_entries import (
    Amount,
    Books,
    Entry,
    Script,
    kind_of,
    path_of,
    write_ledgers,
)
from village_ledger.exchange.exports.export_formats import Exported, ExportRequest
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.reader import Reader


def write_beancount(reader: Reader, request: ExportRequest, place: Path, progress: Progress) -> Exported:
    """Write the entries of one ledger, or of all in one file."""
    with place.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"; 村账 {__version__}\n")
        file.write(f'option "title" {_quoted(reader.book().village)}\noption "operating_currency" "CNY"\n')
        return write_ledgers(file, reader, request, progress, Script(_head, _transaction, _balances))


def account_name(ledger: str, chart: Chart, code: str) -> str:
    """``Assets:Collective:102银行存款:10201农商行``."""
    path = path_of(chart, code)
    parts = [kind_of(path[0]), ledger.capitalize(), *(f"{one.code}{one.name}" for one in path)]
    return ":".join(_part(part) for part in parts)


def _part(text: str) -> str:
    """A part of an account's name: letters and digits, what is neither as a hyphen."""
    kept = "".join(c if unicodedata.category(c)[0] == "L" or c.isdecimal() else "-" for c in text)
    return "-".join(piece for piece in kept.split("-") if piece)


def _head(books: Books) -> Iterator[str]:
    yield f"\n; {books.info.title} {books.info.entity}，{books.span.words()}\n"
    for account in books.leaves():
        yield f"{books.span.first} open {_name(books, account.code)} CNY\n"
        yield _metadata([("code", account.code), ("name", _full(books.chart, account))], "  ")
    if books.opening:
        yield f'\n{books.span.first} * "期初余额"\n  ledger: {_quoted(books.info.code)}\n'
        yield from (_posting(books, amount) for amount in books.opening)
    yield "\n"


def _full(chart: Chart, account: Account) -> str:
    return chart.path(account.code)


def _transaction(books: Books, entry: Entry) -> str:
    facts = [("ledger", books.info.code), ("voucher", entry.ref), ("attachments", str(entry.attachments))]
    facts += [("prepared", entry.prepared_by), ("reviewed", entry.reviewed_by), ("document", entry.document)]
    linked: dict[str, list[str]] = {}
    for kind, ref in entry.links:
        linked.setdefault(_LINKS.get(kind, "linked"), []).append(ref)
    facts += [(key, " ".join(refs)) for key, refs in linked.items()]
    head = f"{entry.day} * {_quoted(entry.summary)}\n{_metadata(facts, '  ')}"
    return head + "".join(_posting(books, amount) for amount in entry.amounts) + "\n"


_LINKS = {
    "红字": "reverses",
    "蓝字": "corrects-year",
    "已冲": "reversed-by",
    "订正": "corrects",
    "已订正": "corrected-by",
}


def _posting(books: Books, amount: Amount) -> str:
    quantity = plain_quantity(amount.quantity) if amount.quantity else ""
    facts = [
        ("summary", amount.summary),
        ("counterparty", amount.counterparty),
        ("project", amount.project),
        ("group", amount.group),
        ("quantity", quantity and f"{quantity}{books.chart.get(amount.account).unit}"),
    ]
    return f"  {_name(books, amount.account)}  {plain_fen(amount.fen)} CNY\n{_metadata(facts, '    ')}"


def _balances(books: Books) -> Iterator[str]:
    """What every leaf must have at the end, to the fen: bean-check names the one that differs."""
    for account in books.leaves():
        fen = books.closing.get(account.code, 0)
        yield f"{books.span.after} balance {_name(books, account.code)}  {plain_fen(fen)} ~ 0.00 CNY\n"


def _name(books: Books, code: str) -> str:
    if code not in books.names:
        books.names[code] = account_name(books.info.code, books.chart, code)
    return books.names[code]


def _metadata(facts: list[tuple[str, str]], indent: str) -> str:
    return "".join(f"{indent}{key}: {_quoted(value)}\n" for key, value in facts if value)


def _quoted(text: str) -> str:
    kept = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{kept}"'
