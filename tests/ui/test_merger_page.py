"""村级合并 in the window: books chosen, checked, compared, merged; stopped half-way; followed up afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.builders import WANG
from tests.merger.villages import pair
from village_ledger.services.book.verification import verify
from village_ledger.ui.merger import merger_page
from village_ledger.ui.merger.merger_follow_page import MergerFollowPage
from village_ledger.ui.merger.merger_page import BOOKS, CLAIMS, CODES, PROOF, SHARES, VILLAGE, MergerPage


@pytest.fixture
def folder(tmp_path):
    """Where the villages' books lie; another one is open in the window."""
    made = tmp_path / "各村"
    made.mkdir()
    return made


@pytest.fixture
def page(page_of, settle, tmp_path, folder):
    """The wizard with both books chosen and the new village named."""
    made = page_of(MergerPage)
    made.take_books(list(pair(folder)))
    settle()
    made.village.fields["village"].setText("青云村")
    made.village.fields["person"].setText(WANG)
    made.village.fields["folder"].setText(str(tmp_path))
    return made


def walk(page, settle, to: int) -> None:
    while page.step < to:
        before = page.step
        page.next.click()
        settle()
        assert page.step == before + 1


def test_the_day_is_offered_as_far_as_all_are_closed(page):
    assert [(x.village, x.state) for x in page.books.books] == [
        ("青山村", "2025-06-30"),
        ("白云村", "2025-06-30"),
    ]
    assert page.books.day.text() == "2025-06-30"


def test_six_steps_make_a_book_that_proves(page, settle, session, tmp_path):
    opened: list[object] = []
    session.open_asked.connect(opened.append)
    walk(page, settle, CLAIMS)
    assert page.claims.table.view.model().text(0, 2) == "3,000.00"
    walk(page, settle, PROOF)
    assert page.proof.isVisibleTo(page)
    page.next.click()
    settle()
    assert opened == [tmp_path / "青云村.vledger"]
    assert verify(tmp_path / "青云村.vledger") == []


def test_one_book_is_not_enough(page):
    page.books.table.go_to_row(0)
    page.action("drop_book").trigger()
    page.next.click()
    assert page.step == BOOKS
    assert page.slip.isVisibleTo(page)


def test_what_is_missing_is_said_at_its_step(page):
    page.next.click()
    page.village.fields["village"].setText("")
    page.next.click()
    assert page.step == VILLAGE
    assert page.slip.isVisibleTo(page)


def test_open_months_keep_one_on_the_second_step(page, settle):
    page.books.day.setText("2025-07-31")
    page.next.click()
    page.next.click()
    settle()
    assert page.step == VILLAGE
    assert page.slip.isVisibleTo(page)


def test_a_difference_wants_a_reason(page_of, settle, tmp_path, folder):
    made = page_of(MergerPage)
    made.take_books(list(pair(folder, owed="2500")))
    settle()
    for name, text in (("village", "青云村"), ("person", WANG), ("folder", str(tmp_path))):
        made.village.fields[name].setText(text)
    walk(made, settle, CLAIMS)
    made.next.click()
    assert made.step == CLAIMS
    assert "相差 500.00" in made.claims.words.text()
    made.claims.reason.setText("查不清")
    walk(made, settle, SHARES)


def test_a_merger_can_be_stopped(page, settle, tmp_path, monkeypatch):
    def stopped(request, figures, progress, enter):
        progress.cancel()
        progress.step(1, 2, "转份额")

    walk(page, settle, PROOF)
    monkeypatch.setattr(merger_page, "merge", stopped)
    page.next.click()
    settle()
    assert page.step == PROOF
    assert page.next.isEnabled()
    assert not (tmp_path / "青云村.vledger").exists()


def test_the_comparison_goes_on_paper_before_anything_is_made(page, settle, tmp_path, monkeypatch):
    walk(page, settle, PROOF)
    for name in ("对照.pdf", "对照.xlsx"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, n=name: (str(tmp_path / n), ""))
        page.action("print_comparison").trigger()
        settle()
        assert (tmp_path / name).stat().st_size > 1000


def test_a_list_of_correspondences_is_read(page, settle, tmp_path):
    walk(page, settle, CODES)
    file = tmp_path / "对照表.csv"
    file.write_text(
        "类别,村,账,原编码或名称,新编码或名称,新明细名称,金额\n往来,白云村,,农资站,白云农资站,,\n",
        "utf-8-sig",
    )
    page.take_map(file)
    settle()
    assert page.decided.parties == {("白云村", "农资站"): "白云农资站"}
    page.take_map(tmp_path / "没有.csv")
    assert page.slip.isVisibleTo(page)


def test_a_book_that_was_not_merged_says_so(page_of, settle):
    page = page_of(MergerFollowPage)
    page.go()
    settle()
    assert page.stored is None
    assert page.creditors == []
    page.action("told").trigger()
    assert page.slip.isVisibleTo(page)
