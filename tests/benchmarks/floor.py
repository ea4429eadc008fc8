"""The least a Python process on sqlite3 must do to keep the same vouchers: no users, no log, no chain, one check.

    floor.py import JSONL DB           read the vouchers, hold debit against credit, store them durably with month totals
    floor.py old BALANCES JOURNAL DB   the same of another program's sheets, whose balances are only read

It is the ground our own commands are measured against, so nothing in it may be slower than it has to be. It knows
the accounts from ``workload`` and keeps neither names nor projects.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE account(id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT);
CREATE TABLE voucher(id INTEGER PRIMARY KEY, day TEXT, number INTEGER, summary TEXT);
CREATE TABLE line(account INTEGER, day TEXT, voucher INTEGER, place INTEGER, debit INTEGER, credit INTEGER,
  summary TEXT, PRIMARY KEY(account, day, voucher, place)) WITHOUT ROWID;
CREATE TABLE total(account INTEGER, month TEXT, debit INTEGER, credit INTEGER, PRIMARY KEY(account, month))
  WITHOUT ROWID;
"""


def opened(path: Path) -> sqlite3.Connection:
    """A connection whose commits are durable: WAL, FULL."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def import_vouchers(source: Path, target: Path) -> None:
    """All vouchers of a file into a new database, in one transaction."""
    import workload

    accounts = {code: place for place, code in enumerate(workload.CHART, 1)}
    heads: list[tuple[object, ...]] = []
    lines: list[tuple[int, str, int, int, int, int, str]] = []
    totals: dict[tuple[int, str], list[int]] = {}
    with source.open(encoding="utf-8") as file:
        for text in file:
            voucher = json.loads(text)
            number, day = voucher["id"], voucher["date"]
            month = day[:7]
            heads.append((number, day, voucher["no"], voucher["summary"]))
            left = 0
            for place, (code, debit, credit, summary) in enumerate(voucher["lines"], 1):
                account = accounts[code]
                lines.append((account, day, number, place, debit, credit, summary))
                sums = totals.setdefault((account, month), [0, 0])
                sums[0] += debit
                sums[1] += credit
                left += debit - credit
            if left:
                raise SystemExit(f"voucher {number} does not balance")
    lines.sort()
    named = [(place, code, workload.CHART[code].name) for code, place in accounts.items()]
    _store(target, named, heads, lines, totals)


def import_old(balances: Path, journal: Path, target: Path) -> None:
    """All vouchers of a journal as Kingdee prints it, in one transaction."""
    accounts = {str(row[0]): place for place, row in enumerate(_rows(balances)[4:], 1)}
    heads: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    totals: dict[tuple[int, str], list[int]] = {}
    number, day, left = 0, "", 0
    for row in _rows(journal)[2:]:
        first, word, summary, code, _, debit, credit = (*row, None)[:7]  # empty cells at the end are left out
        if first is not None:
            if left:
                raise SystemExit(f"voucher {number} does not balance")
            number, day = number + 1, str(first)
            heads.append((number, day, word, summary))
        account, sides = accounts[str(code)], (round((debit or 0) * 100), round((credit or 0) * 100))
        lines.append((account, day, number, len(lines), *sides, summary))
        sums = totals.setdefault((account, day[:7]), [0, 0])
        sums[0] += sides[0]
        sums[1] += sides[1]
        left += sides[0] - sides[1]
    _store(target, [(place, code, "") for code, place in accounts.items()], heads, lines, totals)


def _rows(path: Path) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def _store(
    target: Path,
    accounts: Iterable[tuple[object, ...]],
    heads: Iterable[tuple[object, ...]],
    lines: Iterable[tuple[object, ...]],
    totals: dict[tuple[int, str], list[int]],
) -> None:
    connection = opened(target)
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO account VALUES(?,?,?)", accounts)
    connection.executemany("INSERT INTO voucher VALUES(?,?,?,?)", heads)
    connection.executemany("INSERT INTO line VALUES(?,?,?,?,?,?,?)", lines)
    connection.executemany(
        "INSERT INTO total VALUES(?,?,?,?)", [(*key, *sums) for key, sums in totals.items()]
    )
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    _, command, *paths = sys.argv
    commands = {"import": import_vouchers, "old": import_old}
    if command not in commands:
        raise SystemExit(__doc__)
    commands[command](*map(Path, paths))
