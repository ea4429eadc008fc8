"""``report disclosure-lines``: what stands behind a figure of the wall, by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import Village
from village_ledger.cli.main import main


@pytest.fixture
def book(village: Village) -> Path:
    village.posted("2025-03-04", "收租金", "借 102 6000; 贷 501 6000")
    village.book.close()
    return village.path


def report(book: Path, *more: str) -> int:
    return main(
        ["report", str(book), "disclosure-lines", "--ledger", "collective", "--month", "2025-03", *more]
    )


def test_an_item_is_told_entry_by_entry(book: Path, capsys: pytest.CaptureFixture[str]):
    assert report(book, "--line", "disclosure-items:8") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(row["voucher"], row["period"]) for row in found["rows"]] == [
        ("记-0001", "6000.00"),
        ("", "6000.00"),
    ]


def test_without_a_figure_the_command_says_what_it_needs(book: Path, capsys: pytest.CaptureFixture[str]):
    assert report(book) == 2
    assert "要说明是公开表上哪个数" in capsys.readouterr().err


def test_a_figure_there_is_not_is_refused(book: Path, capsys: pytest.CaptureFixture[str]):
    assert report(book, "--line", "disclosure-items:99") == 1
    assert "公开表上没有“99”这个数" in capsys.readouterr().err
