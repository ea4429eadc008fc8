"""The pack of the demonstration village on paper: pdftotext finds every entry of every sheet, whichever way it is printed."""

from __future__ import annotations

import subprocess
from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE
from tests.disclosure.demo_wall import demo_reader
from tests.reports.tables import squeezed
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.pens.wall_groups import Grouping
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_sheet import write_wall_sheet
from village_ledger.reports.table import Kind, Role

__all__ = ["demo_reader"]
QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("ledger", "size", "grouping"),
    [
        (COLLECTIVE, WallSize.A3, Grouping.RULE),
        (COLLECTIVE, WallSize.DESK, Grouping.ALL),
        (COMMITTEE, WallSize.A4_HUGE, Grouping.RULE),
        (COMMITTEE, WallSize.PHONE, Grouping.NONE),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_every_entry_is_found_in_the_text_of_the_pdf(demo_reader, tmp_path, ledger, size, grouping):
    tables = make_all(demo_reader, "disclosure", ReportRequest(ledger, QUARTER))
    result = write_wall_sheet(tables, tmp_path / "a.pdf", size, grouping=grouping)
    assert result.missing == ()
    assert result.tight == ()
    done = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True)
    raw = squeezed(done.stdout.decode("utf-8"))
    looked_at = 0
    for table in tables:
        vouchers = [i for i, column in enumerate(table.columns) if column.key == "voucher"]
        money = [i for i, column in enumerate(table.columns) if column.kind is Kind.MONEY]
        for row in table.rows:
            if row.role is not Role.DETAIL or letter_of(table.report) == "S":
                continue
            for i in money:
                if isinstance(value := row.cells[i], int) and value:
                    assert format_fen(value) in raw, (table.title, row.cells)
                    looked_at += 1
            for i in vouchers:
                assert squeezed(str(row.cells[i] or "")) in raw
    assert looked_at > 50
