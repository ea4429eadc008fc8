"""Rows of whole processes: importing, the trial balance against peers, the first window; and their memory."""

from __future__ import annotations

import sys
from pathlib import Path

import books
import measure
import workload
from rows import Row

HERE = Path(__file__).resolve().parent
ROUNDS = 5
IMPORTS = 3


def importing() -> list[Row]:
    """``import vouchers --post`` of 100,000 vouchers against the floor importing the same."""
    place = workload.root() / "import.vledger"
    target = workload.root() / "floor.db"
    source = workload.ensure("100k") / "vouchers.jsonl"

    def ours() -> measure.Run:
        return books.import_into(books.empty_book(place, "100k"), "100k")

    def floor() -> measure.Run:
        for leftover in target.parent.glob(f"{target.name}*"):
            leftover.unlink()
        return measure.once([sys.executable, HERE / "floor.py", "import", source, target])

    our, least = measure.in_turn(ours, floor, IMPORTS)
    work = "import --post of 100k vouchers"
    return [
        Row(work, "floor", our.seconds, least.seconds, "s", 3),
        Row(f"{work}, memory", "floor", our.mib, least.mib, "MiB", 2),
    ]


def peers() -> list[Row]:
    """``report trial-balance`` of 100,000 vouchers as a process, against ledger and hledger on the same data."""
    book = books.book("100k")
    journal = workload.ensure("100k") / "ledger.journal"
    ours = books.ours("report", book, "trial-balance", "--ledger", books.LEDGER, "--as-of", "2023-06-30")
    rows: list[Row] = []
    for tool, arguments, limit in (
        ("ledger", ["-f", journal, "balance", "-e", "2023-07-01"], 0.33),
        ("hledger", ["-f", journal, "balance", "-e", "2023-07-01"], 0.07),
    ):
        if not books.available(tool):
            raise measure.Failed(f"{tool} is not installed; resources/setup/test.sh installs it")
        our, peer = measure.in_turn(
            lambda: measure.once(ours), lambda tool=tool, a=arguments: measure.once([tool, *a]), IMPORTS
        )
        rows.append(Row("report trial-balance, 100k, process", tool, our.seconds, peer.seconds, "s", limit))
    return rows


def window() -> list[Row]:
    """First painted, usable window with the book of 100,000 vouchers against an empty main window."""
    book = books.book("100k")
    script = HERE / "first_paint.py"
    our, empty = measure.in_turn(
        lambda: measure.once([sys.executable, script, book]),
        lambda: measure.once([sys.executable, script]),
        ROUNDS,
    )
    return [
        Row("first usable window, book of 100k", "empty main window", our.seconds, empty.seconds, "s", 4),
        Row("memory of that window", "300 MiB", our.mib, 300, "MiB", 1),
    ]


def memory() -> list[Row]:
    """A report and a ledger page of a book of 1,000,000 vouchers as a process, against 120 MiB."""
    book = books.book("1M")
    report = books.ours("report", book, "trial-balance", "--ledger", books.LEDGER, "--as-of", "2025-06-30")
    page = [sys.executable, HERE / "one_page.py", book, workload.BUSY]
    return [
        Row("memory, trial balance of 1M vouchers", "120 MiB", measure.once(report).mib, 120, "MiB", 1),
        Row("memory, a ledger page of 1M vouchers", "120 MiB", measure.once(page).mib, 120, "MiB", 1),
    ]


def wheel() -> list[Row]:
    """One wheel step in a table of 1,000,000 rows against a bare model."""
    import subprocess

    said = subprocess.run(
        [sys.executable, HERE / "wheel.py"], capture_output=True, text=True, check=False
    ).stdout
    words = said.split()
    bare, our = float(words[words.index("bare") + 1]), float(words[words.index("ours") + 1])
    return [Row("wheel step in 1M rows", "bare model and view", our, bare, "ms", 1.5)]
