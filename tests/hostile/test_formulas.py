"""No text out of a book becomes a formula in any spreadsheet that leaves: not in the village's, not in the township's."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import Village
from tests.review.township import YEAR
from village_ledger.cli.main import main
from village_ledger.domain.period import Month
from village_ledger.exchange.review.package_making import PackageOrder, make_package
from village_ledger.exchange.review.package_papers import WRITERS
from village_ledger.services.book import books
from village_ledger.storage.spec import BookSpec

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "\uff1d1+1",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village whose every text begins as a formula does, its package, and what the township makes of it."""
    folder = tmp_path_factory.mktemp("公式")
    spec = BookSpec("=1+1村", Month(2025, 1), collective_name="@SUM(1)社", committee_name="+1村委会")
    books.new_book(folder / "账.vledger", spec, "=王")
    with Village(folder / "账.vledger") as village:
        for day, text in enumerate(FORMULAS, 1):
            village.posted(
                f"2025-01-{day:02}", text, f"借 113@{text.replace(' ', '')} 600; 贷 501 600", witness="-周"
            )
        with village.act("=王") as uow:
            make_package(uow, folder / "包.vlpkg", PackageOrder(YEAR), WRITERS)
        path = village.path
    with zipfile.ZipFile(folder / "包.vlpkg") as package:
        (folder / "包里的账.xlsx").write_bytes(package.read("account_books.xlsx"))
    argv = ["review", str(folder / "包.vlpkg"), "-o", str(folder / "乡镇"), "--by", "=张", "--office", "@镇"]
    assert main([*argv, "--key", str(folder / "key"), "--expect", "=1+1村", "+2村"]) == 1
    for remarks in (folder / "乡镇").glob("*.vlremarks"):
        assert main(["remarks", str(path), str(remarks), "--by", "=王"]) == 0
    for report in ("review-opinion", "trial-balance", "review-checks", "review-sample"):
        argv = ["report", str(path), report, "--ledger", "collective", "--format", "xlsx"]
        assert main([*argv, "-o", str(folder / f"{report}.xlsx")]) == 0
    assert main(["export", "workbook", str(path), "-o", str(folder / "全部账.xlsx"), "--by", "=王"]) == 0
    return folder


def _cells(path: Path) -> Iterator[tuple[str, str]]:
    """(type, value) of every cell as a spreadsheet program takes it."""
    for sheet in load_workbook(path):
        for row in sheet:
            for cell in row:
                if cell.value is not None:
                    yield cell.data_type, str(cell.value)


def test_every_spreadsheet_holds_texts_and_figures_only(place: Path) -> None:
    found = sorted(place.rglob("*.xlsx"))
    assert len(found) == 8
    said: set[str] = set()
    for path in found:
        for kind, value in _cells(path):
            assert kind != "f" or _is_ours(value), (path.name, value)
            said.add(value)
    for text in FORMULAS:
        assert any(text in value for value in said), text


def _is_ours(value: str) -> bool:
    """The list of sheets in front leads to them; nothing of the book stands in such a cell."""
    return value.startswith("=HYPERLINK(\"#'") and not any(text[1:] in value for text in FORMULAS)


def test_no_spreadsheet_has_anything_that_runs_or_fetches(place: Path) -> None:
    written = sorted(place.rglob("*.xlsx"))
    assert written
    for path in written:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            parts = b"".join(package.read(name) for name in names if name.endswith((".xml", ".rels")))
        assert not any(name.endswith((".bin", ".vml")) or "externalLink" in name for name in names), path.name
        assert b'TargetMode="External"' not in parts, path.name
        assert b"<f>" not in parts, path.name
        assert b"<ddeLink" not in parts, path.name


def test_a_list_in_csv_begins_no_formula_either(place: Path) -> None:
    """The archive's list is opened in spreadsheets too."""
    book = place / "账.vledger"
    out = place / "档案"
    argv = ["export", "archive", str(book), "-o", str(out), "--ledger", "collective", "--by", "=王"]
    assert main([*argv, "--from", "2025-01-01", "--to", "2025-12-31"]) == 0
    text = (out / "清单.csv").read_text(encoding="utf-8-sig")
    assert not any(
        line.startswith(("=", "+", "-", "@"))
        for line in text.replace('"', "").replace(",", "\n").splitlines()
    )
