"""核对档案 on the page 导出: a folder that agrees is said to, one that does not has every difference in the slip."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.builders import WANG, Village
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.ui.exports.export_page import ExportPage


@pytest.fixture(scope="module")
def filed(tmp_path_factory):
    """A village's papers as they were filed."""
    folder = tmp_path_factory.mktemp("档案")
    with Village.found(folder) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        export(village.book, WANG, "archive", ExportRequest(folder / "档案", "collective", by=WANG))
    return folder / "档案"


@pytest.fixture
def archive(filed, tmp_path):
    """A copy that may be spoilt."""
    return shutil.copytree(filed, tmp_path / "档案")


@pytest.fixture
def check(page_of, settle, monkeypatch):
    """Check a folder by hand; the page afterwards."""

    def check(folder):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
        page = page_of(ExportPage)
        page.action("check_archive").trigger()
        settle()
        return page

    return check


def test_an_archive_that_agrees_is_said_to(check, archive):
    page = check(archive)
    assert page.slip.notice is None
    assert "个文件和清单一致" in page.said.text()


def test_every_difference_stands_in_the_slip(check, archive):
    (archive / "多出来.txt").write_text("x", encoding="utf-8")
    page = check(archive)
    assert page.slip.notice.what == "档案和清单有 1 处不一致"
    assert page.slip.notice.faults == ("多出来.txt：清单里没有这个文件",)


def test_a_folder_that_is_no_archive_is_refused(check, tmp_path):
    assert check(tmp_path).slip.notice is not None


def test_thinking_better_of_it_does_nothing(check):
    page = check("")
    assert page.slip.notice is None
