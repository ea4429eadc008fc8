"""Our xlsx read by LibreOffice: the same figures come out."""

from __future__ import annotations

import csv
import subprocess
from decimal import Decimal

import pytest

from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Span
from village_ledger.exchange.demos.demo import make_demo
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.table import Role
from village_ledger.storage.file.book_file import Access, open_book


def fen_text(cell):
    return plain_fen(cell if isinstance(cell, int) else 0)


def read_by_libreoffice(folder, name):
    """The first sheet of ``name.xlsx`` as ``name.csv``, beside it."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false",
            "--outdir",
            str(folder),
            str(folder / f"{name}.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


@pytest.mark.full
def test_libreoffice_reads_the_trial_balance(tmp_path):
    book = tmp_path / "demo.vledger"
    make_demo(book, closed=False)
    with open_book(book, Access.READ) as opened:
        table = make(opened.reader(), "trial-balance", ReportRequest("collective", Span.of_year(2025)))
        write_xlsx(table, tmp_path / "余额表.xlsx")
        places = [table.column_index(key) for key in ("closing_debit", "closing_credit")]
        ours = [(row.cells[0], *(fen_text(row.cells[i]) for i in places)) for row in table.rows]
    read_by_libreoffice(tmp_path, "余额表")
    with (tmp_path / "余额表.csv").open(encoding="utf-8") as file:
        theirs = [
            (row[0], *(f"{float(row[i].replace(',', '') or 0):.2f}" for i in places))
            for row in list(csv.reader(file))[1:]
        ]
    assert theirs == ours


@pytest.mark.full
@pytest.mark.parametrize(
    ("report", "column"), [("share-register", "total"), ("share-movements", "free"), ("dividend", "shares")]
)
def test_libreoffice_adds_up_the_shares(tmp_path, report, column):
    book = tmp_path / "demo.vledger"
    make_demo(book)
    with open_book(book, Access.READ) as opened:
        table = make(opened.reader(), report, ReportRequest("collective"))
        write_xlsx(table, tmp_path / "表.xlsx")
        place = table.column_index(column)
        ours = [(row.role, Decimal(str(row.cells[place]))) for row in table.rows]
    read_by_libreoffice(tmp_path, "表")
    with (tmp_path / "表.csv").open(encoding="utf-8") as file:
        theirs = [Decimal(row[place].replace(",", "")) for row in list(csv.reader(file))[1:]]
    assert theirs == [figure for _, figure in ours]
    details = [figure for role, figure in ours if role is Role.DETAIL]
    assert sum(details) == theirs[-1] > 0
