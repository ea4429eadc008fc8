"""Our xlsx read by LibreOffice: the same figures come out."""

from __future__ import annotations

import csv
import subprocess

import pytest

from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Span
from village_ledger.exchange.demo import make_demo
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.render_xlsx import write_xlsx
from village_ledger.storage.book_file import Access, open_book


def fen_text(cell):
    return plain_fen(cell if isinstance(cell, int) else 0)


@pytest.mark.full
def test_libreoffice_reads_the_trial_balance(tmp_path):
    book = tmp_path / "demo.vledger"
    make_demo(book, closed=False)
    with open_book(book, Access.READ) as opened:
        table = make(opened.reader(), "trial-balance", ReportRequest("collective", Span.of_year(2025)))
        write_xlsx(table, tmp_path / "余额表.xlsx")
        places = [table.column_index(key) for key in ("closing_debit", "closing_credit")]
        ours = [(row.cells[0], *(fen_text(row.cells[i]) for i in places)) for row in table.rows]
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "余额表.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with (tmp_path / "余额表.csv").open(encoding="utf-8") as file:
        theirs = [
            (row[0], *(f"{float(row[i].replace(',', '') or 0):.2f}" for i in places))
            for row in list(csv.reader(file))[1:]
        ]
    assert theirs == ours
