"""What hledger and beancount, written by others, make of the files we hand them; neither may be missing."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections import defaultdict
from datetime import date
from pathlib import Path

from beancount import loader
from beancount.core.data import Transaction

from village_ledger.domain.money import parse_fen


def hledger(journal: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What hledger answers, whether it is content or not."""
    return subprocess.run(
        ["hledger", "-f", str(journal), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def hledger_balances(journal: Path, before: date) -> dict[str, int]:
    """Balance of every account before a day by the code its last part begins with, fen; debit is positive."""
    found = hledger(journal, "balance", "--flat", "--no-total", "-O", "csv", "-e", str(before))
    assert found.returncode == 0, found.stderr
    rows = list(csv.reader(io.StringIO(found.stdout)))[1:]
    return {code_of(name, " "): parse_fen(amount.removesuffix(" CNY")) for name, amount in rows}


def beancount_balances(file: Path, before: date) -> dict[str, int]:
    """The same from beancount's own reading, which must be without an error."""
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    sums: defaultdict[str, int] = defaultdict(int)
    for entry in entries:
        if isinstance(entry, Transaction) and entry.date < before:
            for posting in entry.postings:
                assert posting.units is not None
                sums[_digits(posting.account)] += parse_fen(f"{posting.units.number:.2f}")
    return {code: fen for code, fen in sums.items() if fen}


def code_of(name: str, after: str) -> str:
    """The code an account's last part begins with."""
    return name.rsplit(":", maxsplit=1)[-1].split(after, maxsplit=1)[0]


def _digits(account: str) -> str:
    last = account.rsplit(":", maxsplit=1)[-1]
    return last[: next((place for place, c in enumerate(last) if not c.isdigit()), len(last))]
