"""Files dropped on the window, sound and bad: each ends in a book, in remarks taken in, or in one sentence where one is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import COLLECTIVE, WANG, Village
from tests.review.township import (
    PLAIN,
    YEAR,
    a_year,
    packed,
    sent,
    signed_again,
    unguarded,
    unpacked,
    with_book,
)
from tests.ui.test_review_pages import remarks_file
from village_ledger.domain.package import SIGNATURE
from village_ledger.exchange.review import package_papers
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.review.packages_page import PackagesPage

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def drop(window: MainWindow, qtbot: QtBot) -> Callable[..., str]:
    """Hold files over the window and let go; gives what is said then, empty for nothing."""

    def dropped(*urls: QUrl | Path) -> str:
        data = QMimeData()
        data.setUrls([url if isinstance(url, QUrl) else QUrl.fromLocalFile(str(url)) for url in urls])
        held = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, data, _LEFT, _NONE)
        held.ignore()
        QApplication.sendEvent(window, held)
        if not held.isAccepted():
            return "不收"
        QApplication.sendEvent(
            window, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, _LEFT, _NONE)
        )
        qtbot.waitUntil(lambda: not window.operations.busy, timeout=30_000)
        page = window._page()
        assert page is not None
        return "" if page.slip.notice is None else page.slip.notice.what

    return dropped


@pytest.fixture
def package(village: Village, tmp_path: Path) -> Path:
    a_year(village)
    return sent(village, tmp_path).path


@pytest.fixture
def begun(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window on its start page."""
    window.show_start()
    qtbot.waitUntil(lambda: not window.operations.busy)
    return window


@pytest.fixture
def unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where packages are unpacked in this test alone."""
    place = tmp_path / "临时"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-9])
    return path


def _planted(path: Path) -> Path:
    members = with_book(
        unpacked(path), path.parent, lambda copy: copy.execute("CREATE VIEW evil AS SELECT * FROM book")
    )
    path.unlink()
    return packed(path, signed_again(members))


def _added(path: Path) -> Path:
    members = unpacked(path)
    path.unlink()
    return packed(path, [*members, ("../evil", b"!")])


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _gone(path: Path) -> Path:
    path.unlink()
    return path


def _folder(path: Path) -> Path:
    path.unlink()
    path.mkdir()
    return path


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_cut, "不是完整的送审包"),
        (_planted, "不是本程序做的东西"),
        (_added, "不该有的文件"),
        (_empty, "不是完整的送审包"),
        (_gone, "读不了"),
        (_folder, "不是一个文件"),
    ],
)
def test_a_bad_package_says_one_sentence_and_nothing_opens(
    begun: MainWindow,
    drop: Callable[..., str],
    package: Path,
    unpacking: Path,
    spoil: Callable[[Path], Path],
    said: str,
) -> None:
    assert said in drop(spoil(package))
    assert begun.shell is None
    assert list(unpacking.iterdir()) == []


def test_a_sound_package_opens_for_review(begun: MainWindow, drop: Callable[..., str], package: Path) -> None:
    assert drop(package) == ""
    assert begun.shell is not None
    assert begun.session.read_only
    assert begun.shell.frame.under_review


def test_one_whose_signature_is_false_opens_and_says_so(
    begun: MainWindow, drop: Callable[..., str], package: Path, tmp_path: Path
) -> None:
    members = [(name, bytes(64) if name == SIGNATURE else content) for name, content in unpacked(package)]
    drop(packed(tmp_path / "假.vlpkg", members))
    assert begun.session.package is not None
    assert begun.session.package.words[0] == "签名无效"


def test_books_a_page_stumbles_over_are_said_to_be_so(
    begun: MainWindow, drop: Callable[..., str], package: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """What no program of ours has written lets no page crash: the page says so."""
    members = with_book(
        unpacked(package),
        tmp_path,
        lambda copy: unguarded(copy, "UPDATE voucher SET kind = 'x', prepared_at = 'y'"),
    )
    drop(packed(tmp_path / "假.vlpkg", signed_again(members)))
    assert begun.session.package is not None
    assert not begun.session.package.holds
    begun._on_error(ValueError("not a day"))
    page = begun._page()
    assert page is not None
    assert page.slip.notice is not None
    assert "本程序不会写的东西" in page.slip.notice.what
    assert not page.slip.notice.crash


def test_a_bad_package_closes_no_book(
    begun: MainWindow, drop: Callable[..., str], open_in: Callable[..., None], village: Village, package: Path
) -> None:
    village.book.close()
    open_in(begun, village.path)
    assert "不是完整的送审包" in drop(_cut(package))
    assert begun.session.book.path == village.path
    assert not begun.session.read_only


@pytest.mark.parametrize("name", ["照片.jpg", "名册.xlsx", "没有结尾", "假.vledger"])
def test_what_is_none_of_ours_is_said_to_be_none(
    begun: MainWindow, drop: Callable[..., str], tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n not ours")
    assert "不是村账的账簿文件" in drop(tmp_path / name)
    assert begun.shell is None


def test_several_files_and_what_lies_elsewhere_are_not_taken(
    begun: MainWindow, drop: Callable[..., str], package: Path
) -> None:
    del begun
    assert drop(package, package) == "不收"
    assert drop(QUrl("https://example.org/x.vlpkg")) == "不收"


def test_remarks_dropped_on_the_village_book_are_taken_in(
    begun: MainWindow,
    drop: Callable[..., str],
    open_in: Callable[..., None],
    village: Village,
    tmp_path: Path,
) -> None:
    village.posted("2025-03-05", "付电费", "借 513 30; 贷 101 30")
    file = remarks_file(village, tmp_path)
    spoilt = tmp_path / "改过.vlremarks"
    spoilt.write_bytes(file.read_bytes().replace("请补发票".encode(), "没有意见".encode()))
    village.book.close()
    assert "要收进村里自己的账簿" in drop(file)
    open_in(begun, village.path)
    begun.session.sit_down(WANG)
    assert "签名无效" in drop(spoilt)
    page = begun._page()
    assert isinstance(page, PackagesPage)
    drop(file)
    assert begun.session.reader.taken_remarks()[0].reviewer == "张审"


# how far it is, and stopping


def test_opening_says_how_far_it_is_and_stops(
    begun: MainWindow, package: Path, unpacking: Path, qtbot: QtBot
) -> None:
    heard: list[str] = []
    begun.operations.progressed.connect(lambda _done, _all, label: heard.append(label))
    begun.open_path(package)
    begun.operations.cancel()
    qtbot.waitUntil(lambda: not begun.operations.busy, timeout=30_000)
    assert begun.shell is None
    assert "已停下：打开" in begun.status._words.text()
    assert list(unpacking.iterdir()) == []
    begun.open_path(package)
    qtbot.waitUntil(lambda: begun.shell is not None and not begun.operations.busy, timeout=30_000)
    assert any("核对" in label for label in heard)


def test_making_says_how_far_it_is_and_stops(
    begun: MainWindow,
    open_in: Callable[..., None],
    village: Village,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_year(village)
    village.book.close()
    stopping = [True]

    def slow(book, span, path, progress) -> None:
        if stopping[0]:
            begun.status._cancel.click()  # the button under the eye, from the worker's own step
            progress.step(0, 1, "写账簿的 xlsx")
        PLAIN["account_books.xlsx"](book, span, path, progress)

    monkeypatch.setattr(package_papers, "WRITERS", {**PLAIN, "account_books.xlsx": slow})
    open_in(begun, village.path)
    begun.session.sit_down(WANG)
    assert begun.shell is not None
    begun.shell.pages.jump("packages")
    qtbot.waitUntil(lambda: not begun.operations.busy)
    page = begun._page()
    assert isinstance(page, PackagesPage)
    target = tmp_path / "送.vlpkg"
    page.make(target, YEAR)
    qtbot.waitUntil(lambda: not begun.operations.busy, timeout=30_000)
    assert "已停下：做送审包。账没有变化。" in begun.status._words.text()
    assert not target.exists()
    assert begun.session.reader.sent_packages() == []
    stopping[0] = False
    heard: list[str] = []
    begun.operations.progressed.connect(lambda _done, _all, label: heard.append(label))
    page.make(target, YEAR)
    qtbot.waitUntil(lambda: not begun.operations.busy, timeout=30_000)
    assert target.exists()
    assert heard
    assert len(begun.session.reader.sent_packages()) == 1
    assert COLLECTIVE in begun.session.reader.sent_packages()[0].heads
