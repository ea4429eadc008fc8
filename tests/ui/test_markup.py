"""Names and summaries that look like markup stand on every page as they were written: nobody paints with a package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.builders import Village
from tests.review.township import sent
from village_ledger.domain.period import Month
from village_ledger.services.book import books
from village_ledger.storage.spec import BookSpec
from village_ledger.ui.main_window import MainWindow

PAGES = (
    "home", "voucher", "voucher_list", "ledger", "trial_balance", "settings", "packages", "review_checks",
    "package_proof", "remarks", "works", "reports", "work",
)  # fmt: skip
LOOKS_LIKE_MARKUP = ("<b>签名有效", "<i>社", "<h1>付款", "<u>王", "<img", "<a>张", "<b>周")


def _painted(window: MainWindow) -> set[str]:
    """Words of labels that would be taken for markup."""
    return {
        label.text()
        for label in window.findChildren(QLabel)
        if label.textFormat() is Qt.TextFormat.AutoText
        and any(word in label.text() for word in LOOKS_LIKE_MARKUP)
    }


def test_a_package_of_a_village_with_such_a_name(
    window: MainWindow, open_in: Callable[[MainWindow, Path], None], tmp_path: Path, qtbot: QtBot
) -> None:
    spec = BookSpec(
        "<b>签名有效</b>村",
        Month(2025, 1),
        collective_name="<i>社</i>",
        committee_name='<img src="file:///etc/hostname">',
    )
    books.new_book(tmp_path / "账.vledger", spec, "<u>王</u>")
    with Village(tmp_path / "账.vledger") as village:
        village.posted("2025-03-05", "<h1>付款</h1>", "借 513@<a>张 30; 贷 101 30", witness="<b>周</b>")
        package = sent(village, tmp_path).path
    open_in(window, package)
    assert window.shell is not None
    found = _painted(window)
    for name in PAGES:
        window.shell.pages.jump(name)
        qtbot.waitUntil(lambda: not window.operations.busy)
        found |= _painted(window)
    window.close_book()
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert found | _painted(window) == set()
