"""The posted books as a journal of hledger: accounts by path, one transaction a voucher, every balance asserted at the end.

Vouchers, parties and projects ride along as codes and tags. A text never ends a line, begins a comment or makes a tag of
its own: characters that mean something to hledger are written full width.
"""

from __future__ import annotations

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

_TYPES = {"Assets": "A", "Liabilities": "L", "Equity": "E", "Income": "R", "Expenses": "X"}
_IN_TAGS = str.maketrans({",": "，", ":": "：", "[": "［", "]": "］", ";": "；"})
_IN_DESCRIPTIONS = str.maketrans({";": "；", "|": "｜", "(": "（", ")": "）"})
_IN_NAMES = str.maketrans({":": "：", ";": "；", "(": "（", ")": "）", "[": "［", "]": "］", "\u3000": " "})


def write_hledger(reader: Reader, request: ExportRequest, place: Path, progress: Progress) -> Exported:
    """Write the journal of one ledger, or of all in one file."""
    with place.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"; 村账 {__version__}，{_plain(reader.book().village)}\n")
        file.write("decimal-mark .\ncommodity 1000.00 CNY\n")
        return write_ledgers(file, reader, request, progress, Script(_head, _transaction, _assertions))


def account_name(ledger: str, chart: Chart, code: str) -> str:
    """``collective:资产:102 银行存款:10201 农商行``: whose, what kind, then the accounts from the first level down."""
    path = path_of(chart, code)
    parts = [ledger, path[0].category, *(f"{one.code} {one.name}" for one in path)]
    return ":".join(" ".join(part.translate(_IN_NAMES).split()) for part in parts)


def _head(books: Books) -> Iterator[str]:
    yield f"\n; {_plain(books.info.title)} {_plain(books.info.entity)}，{books.span.words()}\n"
    for account in books.leaves():
        yield f"account {_name(books, account.code)}  ; type: {_type(account)}\n"
    if books.opening:
        yield f"\n{books.span.first} * 期初余额  ; 账:{books.info.code}\n"
        yield from (_posting(books, amount) for amount in books.opening)
    yield "\n"


def _type(account: Account) -> str:
    return "C" if account.money else _TYPES[kind_of(account)]


def _transaction(books: Books, entry: Entry) -> str:
    facts = [("账", books.info.code), ("附件", str(entry.attachments))]
    facts += [("制单", entry.prepared_by), ("审核", entry.reviewed_by), ("往来单据", entry.document)]
    facts += [(kind, ref) for kind, ref in entry.links]
    code, words = _plain(entry.ref), _plain(entry.summary)
    head = f"{entry.day} * ({code}) {words}  ; {_tags(facts)}\n"
    return head + "".join(_posting(books, amount) for amount in entry.amounts) + "\n"


def _posting(books: Books, amount: Amount) -> str:
    quantity = plain_quantity(amount.quantity) if amount.quantity else ""
    facts = [
        ("摘要", amount.summary),
        ("往来单位", amount.counterparty),
        ("项目", amount.project),
        ("村民小组", amount.group),
        ("数量", quantity and f"{quantity}{books.chart.get(amount.account).unit}"),
    ]
    tags = _tags(facts)
    comment = f"  ; {tags}" if tags else ""
    return f"    {_name(books, amount.account)}  {plain_fen(amount.fen)} CNY{comment}\n"


def _assertions(books: Books) -> Iterator[str]:
    """A transaction of nothing that asserts every balance: hledger refuses the file should one differ."""
    if books.closing:
        yield f"{books.span.last} * 核对期末余额  ; 账:{books.info.code}\n"
    for code, fen in sorted(books.closing.items()):
        yield f"    {_name(books, code)}  0.00 CNY = {plain_fen(fen)} CNY\n"


def _name(books: Books, code: str) -> str:
    if code not in books.names:
        books.names[code] = account_name(books.info.code, books.chart, code)
    return books.names[code]


def _tags(facts: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name}:{value.translate(_IN_TAGS).strip()}" for name, value in facts if value)


def _plain(text: str) -> str:
    return " ".join(text.translate(_IN_DESCRIPTIONS).split())
