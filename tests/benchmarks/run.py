"""Measure the program against the least that could be done, and against its peers, in one run.

    python tests/benchmarks/run.py                 every row
    python tests/benchmarks/run.py saving peers    some rows; --only before them may be said
    python tests/benchmarks/run.py --quick         all rows that need no book of 1,000,000 vouchers

Both sides of a row are measured in turn within the run, so what else the machine does falls on both. Data and books are
made once under $VILLAGE_LEDGER_BENCH (else the system's temporary folder); the largest needs about 3 GB and minutes.
Exit code 1 when a row is over its limit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import rows_agency
import rows_archive
import rows_exports
import rows_paper
import rows_process
import rows_review
import rows_shares
import rows_statements
import rows_storage
import rows_wall
import rows_works
import workload
from rows import Row

ROWS: dict[str, Callable[[], list[Row]]] = {
    "saving": rows_storage.saving,
    "importing": rows_process.importing,
    "balances": rows_storage.balances,
    "statements": rows_statements.statements,
    "processes": rows_statements.processes,
    "notes": rows_statements.notes,
    "middle": rows_statements.middle,
    "closing": rows_statements.closing,
    "pages": rows_storage.pages,
    "peers": rows_process.peers,
    "window": rows_process.window,
    "wheel": rows_process.wheel,
    "paper": rows_paper.paper,
    "memory": rows_process.memory,
    "flat": rows_paper.flat,
    "wall": rows_wall.wall,
    "register": rows_shares.register,
    "dividend": rows_shares.dividend,
    "applying": rows_shares.applying,
    "members": rows_shares.member_pages,
    "charging": rows_works.charging,
    "rent": rows_works.rent,
    "package": rows_review.package,
    "township": rows_review.township,
    "exports": rows_exports.exports,
    "archive": rows_archive.archive,
    "old": rows_exports.old_books,
    "agency": rows_agency.agency,
    "pins": rows_agency.pins,
}
LARGE = frozenset({"balances", "pages", "memory", "statements", "processes", "notes", "middle", "closing"})


def main(asked: list[str]) -> int:
    """Run the rows asked for, print a line each; 1 when one is over."""
    quick = "--quick" in asked
    names = [name for name in asked if name not in {"--quick", "--only"}]
    names = names or [name for name in ROWS if not (quick and name in LARGE)]
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        print(f"rows are: {', '.join(ROWS)}")
        return 2
    workload.root().mkdir(parents=True, exist_ok=True)
    over = 0
    for name in names:
        for row in ROWS[name]():
            print(row.line(), flush=True)
            over += row.ratio > row.limit
    print(f"{over} over the limit" if over else "all within their limits")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
