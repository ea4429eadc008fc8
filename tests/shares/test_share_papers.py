"""What leaves the share register on paper and in spreadsheets: history sheet with its picture, numbers, sheet to sign."""

from __future__ import annotations

import csv
import json
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.reports.tables import squeezed
from tests.shares_village import ShareVillage
from village_ledger.cli.main import main
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.table import Kind, written_shown
from village_ledger.services.shares import shares
from village_ledger.storage.people.register import PeopleRegister


@pytest.fixture
def village(tmp_path: Path):
    """Two classes of two and three decimals; one transfer, one pledge."""
    with ShareVillage.found(tmp_path) as found:
        with found.act() as uow:
            shares.add_class(uow, "农龄股", 3, cap="none")
        found.people("017 周德明 周建军", "018 吴家兴")
        found.share("grant", "2025-01-10", to="集体=1000, 017/周德明=40, 017/周建军=10.5, 018/吴家兴=60")
        found.share("grant", "2025-01-11", to="017/周德明=1.125, 018/吴家兴=2.375", name="农龄股")
        found.share("pledge", "2025-02-02", "017/周建军", "", "8", contract="合同 0231 号", party="农商行")
        found.share("transfer", "2025-03-01", "018/吴家兴", "017/周德明", "5")
        yield found


def pages(pdf: Path) -> str:
    """Text of a PDF without blanks."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return squeezed(done.stdout.decode())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2140.00", "2,140.00"),
        ("-8.00", "-8.00"),
        ("-0.50", "-0.50"),
        ("-1234.567", "-1,234.567"),
        ("0.00", ""),
        ("0", ""),
        ("12", "12"),
    ],
)
def test_quantities_are_read_with_commas_and_zero_is_blank(text: str, shown: str) -> None:
    assert written_shown(Kind.SHARES, text) == shown


def test_the_history_of_a_household_says_every_change_and_draws_it(
    village: ShareVillage, tmp_path: Path
) -> None:
    out = tmp_path / "史.pdf"
    assert main(["report", str(village.path), "share-history", "--household", "017", "-o", str(out)]) == 0
    said = pages(out)
    for words in ("份额变动史", "017户周德明", "受让（吴家兴）", "质押8.00", "55.50", "份额从哪来"):
        assert words in said, (words, said)
    assert "周德明45.00" in said
    assert "周建军10.50" in said


def test_a_picture_is_left_out_of_data_and_its_rows_are_there(village: ShareVillage, tmp_path: Path) -> None:
    out = tmp_path / "史.csv"
    assert main(["report", str(village.path), "share-history", "--household", "018", "-o", str(out)]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [Decimal(row["增减"]) for row in rows] == [Decimal(60), Decimal("2.375"), Decimal(-5)]


def test_a_history_wants_a_household_there_is(
    village: ShareVillage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "史.pdf"
    assert main(["report", str(village.path), "share-history", "-o", str(out)]) == 2
    assert "--household" in capsys.readouterr().err
    assert main(["report", str(village.path), "share-history", "--household", "099", "-o", str(out)]) == 1
    assert "没有 099 户" in capsys.readouterr().err
    assert not out.exists()


def test_the_history_before_any_share_has_no_picture(village: ShareVillage, tmp_path: Path) -> None:
    out = tmp_path / "史.pdf"
    asked = ["report", str(village.path), "share-history", "--household", "017", "--as-of", "2025-01-01"]
    assert main([*asked, "-o", str(out)]) == 0
    assert "份额从哪来" not in pages(out)


def test_quantities_are_numbers_in_a_spreadsheet_with_the_decimals_of_their_class(
    village: ShareVillage, tmp_path: Path
) -> None:
    table = make(village.reader, "share-register", ReportRequest("collective"))
    write_xlsx(table, tmp_path / "册.xlsx")
    sheet = load_workbook(tmp_path / "册.xlsx").worksheets[0]
    place, kind = table.column_index("total") + 1, table.column_index("class") + 1
    cells = [(sheet.cell(row, kind).value, sheet.cell(row, place)) for row in range(2, sheet.max_row + 1)]
    assert all(isinstance(cell.value, int | float) for _, cell in cells)
    formats = {name: cell.number_format for name, cell in cells}
    assert formats == {"人口股": "#,##0.00", "农龄股": "#,##0.000"}
    details = cells[: -len(formats)]
    sums = {name: sum(Decimal(str(cell.value)) for one, cell in details if one == name) for name in formats}
    assert sums == {"人口股": Decimal("1110.5"), "农龄股": Decimal("3.5")}
    assert {name: Decimal(str(cell.value)) for name, cell in cells[-2:]} == sums


def test_a_dead_head_is_no_head_beside_the_new_one(village: ShareVillage) -> None:
    village.dies("017/周德明", "2025-06-01")
    dead = village.reader.person_at("017/周德明", date(2025, 6, 2))
    alive = village.reader.person_at("017/周建军", date(2025, 6, 2))
    assert (dead.relation, dead.role) == ("户主", "原户主")
    assert alive.role == alive.relation


def test_days_of_the_history_carry_their_year(village: ShareVillage, tmp_path: Path) -> None:
    out = tmp_path / "史.json"
    assert main(["report", str(village.path), "share-history", "--household", "017", "-o", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["rows"]
    pdf = tmp_path / "史.pdf"
    assert main(["report", str(village.path), "share-history", "--household", "017", "-o", str(pdf)]) == 0
    assert "2025-01-10" in pages(pdf)


def born(village: ShareVillage, key: str, year: int) -> None:
    """The year somebody was born in is entered."""
    with village.act() as uow:
        one = uow.reader.person_at(key)
        day = date(2025, 1, 1)
        PeopleRegister(uow).write_fact(one.id, "birth", f"{year}-05-01", day, "户口本")


def posted(village: ShareVillage, level: str) -> list[tuple[object, ...]]:
    """Account, household, holder and total of 人口股 in the register for somebody."""
    table = make(village.reader, "share-register", ReportRequest("collective", level=level))
    return [
        (*row.cells[:3], row.cells[-1])
        for row in table.rows
        if row.cells[4] == "人口股" and row.cells[0] != "合计"
    ]


def test_names_on_the_wall_are_half_hidden_and_children_are_not_named(village: ShareVillage) -> None:
    village.people("019 陈大宝 陈二宝")
    for key in ("019/陈大宝", "019/陈二宝"):
        born(village, key, date.today().year - 8)  # noqa: DTZ011  the sheet is made today
    village.share("grant", "2025-04-01", to="019/陈大宝=1, 019/陈二宝=2")
    assert posted(village, "L2") == [
        ("017/周*军", "017", "周*军", "10.50"),
        ("017/周*明", "017", "周*明", "45.00"),
        ("018/吴*兴", "018", "吴*兴", "55.00"),
        ("019/未满14周岁", "019", "未满14周岁", "2.00"),
        ("019/未满14周岁之2", "019", "未满14周岁之2", "1.00"),
        ("集体", "", "集体", "1000.00"),
    ]
    table = make(village.reader, "share-register", ReportRequest("collective", level="L2"))
    assert table.heading[-1] == "L2 张榜公布"
    assert "不满 14 周岁的 2 人" in table.notes[-1]
    assert "陈" not in repr(table)


def test_for_statistics_there_are_numbers_instead_of_names(village: ShareVillage) -> None:
    assert posted(village, "L3") == [
        ("成员001", "", "成员001", "10.50"),
        ("成员002", "", "成员002", "45.00"),
        ("成员003", "", "成员003", "55.00"),
        ("集体", "", "集体", "1000.00"),
    ]


def test_inside_the_office_every_name_is_whole(village: ShareVillage) -> None:
    assert posted(village, "L0") == posted(village, "")
    assert ("017/周建军", "017", "周建军", "10.50") in posted(village, "L1")
