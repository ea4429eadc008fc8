"""The village of ten years: 30,000 vouchers of 2016–2025, two thirds of them the collective's, one third the committee's."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import workload
import workload_committee
from workload import HEADS, SEED, root, yuan

FIRST = date(2016, 1, 1)
LAST_YEAR = date(2025, 1, 1)
VOUCHERS = 30_000
COMMITTEE = VOUCHERS // 3
COLLECTIVE = VOUCHERS - COMMITTEE


def ensure() -> tuple[Path, Path]:
    """The voucher files of the collective and of the committee."""
    folder = root() / "decade"
    collective, committee, done = folder / "collective.csv", folder / "committee.csv", folder / "done"
    if not done.exists() or done.read_text() != str(SEED):
        folder.mkdir(parents=True, exist_ok=True)
        write(
            collective,
            (row for v in workload.vouchers(COLLECTIVE, FIRST) for row in workload.voucher_rows(v)),
        )
        write(
            committee,
            (
                (day.isoformat(), "记", number, text, account, yuan(debit), yuan(credit), party, "", 1)
                for day, number, text, lines in workload_committee.vouchers(COMMITTEE, FIRST)
                for account, debit, credit, party in lines
            ),
        )
        done.write_text(str(SEED))
    return collective, committee


def write(path: Path, rows: Iterable[tuple[str | int, ...]]) -> None:
    """A voucher file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADS)
        out.writerows(rows)
