"""One page from the middle of an account's ledger, as a process whose memory is looked at: one_page.py BOOK ACCOUNT."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from village_ledger.domain.period import Span
from village_ledger.storage.file.book_file import Access, open_book

with open_book(Path(sys.argv[1]), Access.READ) as book:
    entries = book.reader().account_ledger(
        "collective", sys.argv[2], Span(date(2021, 1, 1), date(2025, 12, 31))
    )
    if len(entries.page(entries.count // 2, 50)) != 50:
        raise SystemExit("short page")
