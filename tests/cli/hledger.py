"""What an independent program computes from the same vouchers."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from village_ledger.domain.chart import Chart
from village_ledger.domain.money import parse_fen, plain_fen
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.storage.records import OpeningLine


def write_journal(
    path: Path, chart: Chart, start: date, opening: Iterable[OpeningLine], vouchers: Iterable[StoredVoucher]
) -> Path:
    """A journal hledger reads; an account's name is its codes from the first level down."""
    entries = [_entry(start, "期初余额", [(x.account, x.debit - x.credit) for x in opening], chart)]
    for stored in vouchers:
        lines = [(x.account, x.debit - x.credit) for x in stored.voucher.lines]
        entries.append(_entry(stored.voucher.day, str(stored.ref), lines, chart))
    path.write_text("commodity 1000.00 CNY\n\n" + "\n".join(entries), encoding="utf-8")
    return path


def _entry(day: date, text: str, lines: list[tuple[str, int]], chart: Chart) -> str:
    postings = "".join(f"    {_name(chart, code)}  {plain_fen(fen)} CNY\n" for code, fen in lines)
    return f"{day} {text}\n{postings}"


def _name(chart: Chart, code: str) -> str:
    codes: list[str] = []
    while code:
        codes.append(code)
        code = chart.get(code).parent
    return ":".join(reversed(codes))


def balances(journal: Path, before: date) -> dict[str, int]:
    """Balance of every leaf that has one on the day before ``before``, fen; debit is positive.

    hledger missing is a failure: nothing here is skipped.
    """
    text = _hledger(journal, "balance", "--flat", "--no-total", "-O", "csv", "-e", str(before))
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {name.split(":")[-1]: parse_fen(amount.removesuffix(" CNY")) for name, amount in rows}


def write_flat(path: Path, entries: Iterable[tuple[str, list[tuple[str, str, int]]]]) -> Path:
    """A journal whose accounts are a code and a counterparty, from (day, lines of code, counterparty, fen)."""
    texts = (
        f"{day} 凭证\n"
        + "".join(f"    {code}:{party or '无'}  {plain_fen(fen)} CNY\n" for code, party, fen in lines)
        for day, lines in entries
    )
    path.write_text("commodity 1000.00 CNY\n\n" + "\n".join(texts), encoding="utf-8")
    return path


def flat_balances(journal: Path, before: date) -> dict[tuple[str, str], int]:
    """Balance per code and counterparty on the day before ``before``, fen; debit is positive."""
    text = _hledger(journal, "balance", "--flat", "--no-total", "-O", "csv", "-e", str(before))
    found: dict[tuple[str, str], int] = {}
    for name, amount in list(csv.reader(io.StringIO(text)))[1:]:
        code, _, party = name.partition(":")
        found[code, party] = parse_fen(amount.removesuffix(" CNY"))
    return found


def _hledger(journal: Path, *arguments: str) -> str:
    command = ["hledger", "-f", str(journal), *arguments]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=True, timeout=120, env=environment
    ).stdout
