"""The pack as a spreadsheet: real numbers, protected, nothing hidden, and LibreOffice prints it on the same pages."""

from __future__ import annotations

import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook

from tests.reports import demo_village
from tests.reports.tables import LONG, squeezed
from tests.reports.test_wall_pack import claims, register, sheet_a
from village_ledger.domain.errors import Cancelled
from village_ledger.domain.money import format_fen
from village_ledger.reports.pens.wall_groups import Grouping
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_sheet import plan_wall
from village_ledger.reports.pens.xlsx_wall import write_wall_book
from village_ledger.reports.table import Role
from village_ledger.services.entry.progress import Progress


def pack():
    return [sheet_a(), claims(), register(6), sheet_a(demo_village.COMMITTEE)]


def opened(path):
    return load_workbook(path)


def test_the_first_row_has_the_labels_and_figures_are_numbers(tmp_path):
    write_wall_book(pack(), tmp_path / "a.xlsx")
    sheet = opened(tmp_path / "a.xlsx").worksheets[0]
    table = sheet_a()
    labels = [str(cell.value) for cell in sheet[1]]
    assert sorted(labels) == sorted(column.label for column in table.columns)
    spent, day = labels.index("支出"), labels.index("日期")
    found = [
        row[spent] for row in sheet.iter_rows(min_row=2, values_only=True) if isinstance(row[day], datetime)
    ]
    expected = [
        int(str(r.cells[table.column_index("expense")] or 0)) / 100
        for r in table.rows
        if r.role is Role.DETAIL
    ]
    assert found == expected


@pytest.mark.parametrize(("size", "paper"), [(WallSize.A3, "8"), (WallSize.A4, "9"), (WallSize.DESK, "9")])
def test_paper_print_area_repeated_labels_and_protection(tmp_path, size, paper):
    write_wall_book(pack(), tmp_path / "a.xlsx", size)
    for sheet in opened(tmp_path / "a.xlsx").worksheets:
        assert sheet.protection.sheet
        assert sheet.sheet_state == "visible"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_area
        assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (paper, "landscape")
        assert not any(
            one.hidden for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
        )
        foot, head = sheet.oddFooter, sheet.oddHeader
        assert foot is not None
        assert head is not None
        assert "QS7K 4M2P" in str(foot.left.text)
        assert "青山村" in str(head.center.text)


def test_titles_beginning_with_a_figure_do_not_become_a_size_of_type(tmp_path):
    write_wall_book([replace(sheet_a(), title="2025年 & 财务收支公开表")], tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert re.search(r"&amp;29 2025年 &amp;&amp; 财务", text)


def test_every_entry_of_a_group_stands_below_what_is_printed(tmp_path):
    table = claims()
    write_wall_book([table], tmp_path / "a.xlsx")
    sheet = opened(tmp_path / "a.xlsx").worksheets[0]
    found = re.search(r"(\d+)$", str(sheet.print_area))
    assert found
    last = int(found.group(1))
    below = [row[0] for row in sheet.iter_rows(min_row=last + 1, values_only=True)]
    paid = [row.cells[0] for row in table.rows if row.role is Role.DETAIL][1:]
    assert [name for name in below if name in paid] == paid
    assert any("不打印" in str(name) for name in below)
    write_wall_book([table], tmp_path / "b.xlsx", grouping=Grouping.NONE)
    plain = opened(tmp_path / "b.xlsx").worksheets[0]
    names = [row[0] for row in plain.iter_rows(min_row=2, values_only=True)]
    assert [name for name in names if name in paid] == paid
    assert not any("不打印" in str(name) for name in names)


def test_the_file_names_nobody_and_equal_sheets_give_equal_files(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_wall_book(pack(), tmp_path / name)
    properties = opened(tmp_path / "a.xlsx").properties
    assert (properties.creator or "", properties.lastModifiedBy or "") == ("", "")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as first, zipfile.ZipFile(tmp_path / "b.xlsx") as second:
        assert [first.read(n) for n in first.namelist()] == [second.read(n) for n in second.namelist()]


def test_a_text_too_tall_for_a_page_goes_on_in_a_row_of_its_own(tmp_path):
    table = sheet_a()
    opening, first, *others = table.rows
    what = table.column_index("summary")
    cells = tuple(LONG * 40 if i == what else cell for i, cell in enumerate(first.cells))
    long = replace(table, rows=(opening, replace(first, cells=cells), *others))
    write_wall_book([long], tmp_path / "a.xlsx", WallSize.A4)
    sheet = opened(tmp_path / "a.xlsx").worksheets[0]
    labels = [cell.value for cell in sheet[1]]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    told = "".join(str(row[labels.index("什么事")] or "") for row in rows)
    assert squeezed(LONG * 40) in squeezed(told)
    spent = [row for row in rows if isinstance(row[labels.index("序号")], int)]
    assert len(spent) == len([row for row in table.rows if row.role is Role.DETAIL])


def test_cancelling_leaves_no_file(tmp_path):
    stopping = Progress(lambda done, *_: stopping.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        write_wall_book(pack(), tmp_path / "a.xlsx", progress=stopping)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.full
@pytest.mark.parametrize("size", [WallSize.A3, WallSize.A4, WallSize.DESK], ids=lambda size: size.name)
@pytest.mark.parametrize("grouping", [Grouping.RULE, Grouping.NONE], ids=lambda grouping: grouping.value)
def test_libreoffice_prints_the_same_pages_with_every_entry(tmp_path, text_of, size, grouping):
    tables = pack()
    write_wall_book(tables, tmp_path / "a.xlsx", size, grouping=grouping)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=180)
    pages = text_of(tmp_path / "a.pdf")
    (plan,) = plan_wall(tables, [size], grouping)
    assert len(pages) == plan.pages
    raw = squeezed("".join(pages))
    for table in tables:
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                if (
                    row.role is Role.DETAIL
                    and isinstance(cell, int)
                    and column.kind.value == "money"
                    and cell
                ):
                    assert format_fen(cell) in raw
