"""A package is made, opened and looked at in the window; remarks come in and are answered; nothing there can be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.review.township import PLAIN, YEAR, sent
from tests.ui.conftest import Visits
from village_ledger.domain.remarks import Remark, Remarks
from village_ledger.domain.review_check import Severity
from village_ledger.exchange.review import package_papers
from village_ledger.services.review import village_keys
from village_ledger.services.review.reviewer_key import reviewer_key
from village_ledger.ui import actions
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.review.key_bar import KeyBar
from village_ledger.ui.review.packages_page import PackagesPage
from village_ledger.ui.review.remarks_page import RemarksPage
from village_ledger.ui.review.review_bar import ReviewBar
from village_ledger.ui.widgets.buttons import Button


def remarks_file(village: Village, tmp_path: Path) -> Path:
    """What 张审 says of a package of the year."""
    made, key = sent(village, tmp_path), reviewer_key(tmp_path / "key")
    said = Remarks(
        made.digest.hex(),
        made.manifest.book,
        "青山村",
        "张审",
        "溪口镇农经站",
        datetime.fromisoformat("2025-07-01T09:00:00"),
        key.public,
        (Remark(1, COLLECTIVE, "2025-03/记-0001", Severity.GRAVE, "请补发票", "R04"),),
    )
    file = tmp_path / "意见.vlremarks"
    file.write_bytes(said.signed(key.sign(said.to_sign())).to_bytes())
    return file


@pytest.fixture
def in_view(village: Village, tmp_path: Path, window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A package of one voucher, opened in the window."""
    village.posted("2025-03-05", "付款", "借 513 30; 贷 101 30")
    path = sent(village, tmp_path).path
    window.open_path(path)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=30_000)
    return window


def test_a_package_opens_for_review(in_view: MainWindow) -> None:
    assert in_view.shell is not None
    opened = in_view.session.package
    assert opened is not None
    assert in_view.session.read_only
    assert in_view.shell.frame.under_review
    assert opened.words[:2] == ("签名有效", "截至 2025年12月31日")
    (bar,) = in_view.shell.findChildren(ReviewBar)
    assert bar.accessibleName().startswith("审阅 · 只读 · ✓ 签名有效 · 截至 2025年12月31日")
    assert opened.words[3] == "青山村 · 第1包 · 第一次送"


def test_nothing_can_be_written_in_a_package(in_view: MainWindow, qtbot: QtBot) -> None:
    assert in_view.shell is not None
    for name in ("voucher_list", "closing", "settings", "packages"):
        in_view.shell.pages.jump(name)
        qtbot.waitUntil(lambda: not in_view.operations.busy, timeout=30_000)
        page = in_view.shell.pages.current_page()
        assert page is not None
        writing = [
            spec.id
            for spec in actions.of_scope(page.scope)
            if spec.when_writable and spec.id in page.handlers()
        ]
        assert [name for name in writing if page.action(name).isEnabled()] == []


def test_what_was_found_leads_to_the_voucher(in_view: MainWindow, qtbot: QtBot) -> None:
    assert in_view.shell is not None
    pages = in_view.shell.pages
    pages.open("review_checks", span=YEAR)
    qtbot.waitUntil(lambda: not in_view.operations.busy, timeout=30_000)
    page: Any = pages.current_page()
    texts = [page.model.text(row, 5) for row in range(page.model.count())]
    page.table.go_to_row(next(i for i, text in enumerate(texts) if "付款" in text))
    page.table.opened.emit(page.table.row)
    qtbot.waitUntil(lambda: not in_view.operations.busy, timeout=30_000)
    assert pages.current_page() is not page


def test_the_copy_goes_when_the_package_is_put_away(in_view: MainWindow) -> None:
    opened = in_view.session.package
    assert opened is not None
    assert opened.folder.exists()
    in_view.close_book()
    assert not opened.folder.exists()
    assert in_view.session.package is None


def test_a_broken_package_is_refused_where_one_is(
    village: Village, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    path = sent(village, tmp_path).path
    path.write_bytes(path.read_bytes()[:-9])
    window.open_path(path)
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=30_000)
    page = window._page()
    assert page is not None
    assert page.slip.notice is not None
    assert "不是完整的送审包" in page.slip.notice.what


def test_a_package_is_made_from_the_page(
    page_of: Callable[..., Any],
    settle: Callable[[], None],
    village: Village,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package_papers, "WRITERS", PLAIN)
    page = page_of(PackagesPage)
    page.make(tmp_path / "送.vlpkg", YEAR)
    settle()
    assert (tmp_path / "送.vlpkg").exists()
    assert "第 1 包做好了" in page.said.text()
    assert page.model.text(0, 1) == "2025年"
    assert page.key.text().count("-") == 7
    assert len(village.reader.sent_packages()) == 1


def test_the_days_offered_are_those_every_ledger_has_closed(
    page_of: Callable[..., Any], settle: Callable[[], None], village: Village
) -> None:
    for month in ("2025-01", "2025-02"):
        village.close_month(month)
    page = page_of(PackagesPage)
    page.go()
    settle()
    assert page.days.text() == "2025-01-01 至 2025-03-31"  # nothing closed on both sides: the month in view
    village.close_month("2025-01", COMMITTEE)
    village.close_month("2025-02", COMMITTEE)
    village.close_month("2025-03")
    page.days.clear()
    page.reload()
    settle()
    assert page.days.text() == "2025-01-01 至 2025-02-28"
    assert page.beside_title() == "青山村"


def test_remarks_come_in_and_are_answered(
    page_of: Callable[..., Any],
    settle: Callable[[], None],
    navigator: Visits,
    village: Village,
    tmp_path: Path,
) -> None:
    noticed = village.posted("2025-03-05", "付电费", "借 513 30; 贷 101 30")
    page = page_of(PackagesPage)
    page.take(remarks_file(village, tmp_path))
    settle()
    assert "第一次收这位审阅人的意见" in page.said.text()
    assert page.model.text(0, 4) == "1 条，1 条没有答复"
    remarks = page_of(RemarksPage)
    assert remarks.model.text(0, 5) == "还没有答复"
    remarks.action("open").trigger()
    assert navigator.opened[-1] == ("voucher", {"voucher_id": noticed.id})
    remarks.answer_text.setText("发票已补")
    remarks.action("answer").trigger()
    settle()
    assert remarks.model.text(0, 5) == "发票已补"


def test_a_spoilt_remarks_file_is_refused_in_the_page(
    page_of: Callable[..., Any], settle: Callable[[], None], village: Village, tmp_path: Path
) -> None:
    file = remarks_file(village, tmp_path)
    file.write_bytes(file.read_bytes().replace("请补发票".encode(), "没有意见".encode()))
    page = page_of(PackagesPage)
    page.take(file)
    settle()
    assert page.slip.notice is not None
    assert "签名无效" in page.slip.notice.what
    assert village.reader.taken_remarks() == []


def test_another_key_than_the_known_one_is_refused_until_the_village_says_so(
    in_view: MainWindow, village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    """签名密钥换过: the banner stays, what was typed is held against the package, and only then is it remembered."""
    assert in_view.shell is not None
    (bar,) = in_view.shell.findChildren(KeyBar)
    assert village_keys.fingerprint_of(village.reader) in bar.sentence.text()
    bar.other.click()
    assert "这个包不能信" in bar.sentence.text()
    assert not bar.isHidden()
    bar.same.click()
    assert bar.isHidden()
    with village.act() as uow:
        village_keys.make(uow, "电脑换了")
    in_view.close_book()
    in_view.open_path(sent(village, tmp_path, "二.vlpkg").path)
    qtbot.waitUntil(lambda: in_view.shell is not None and not in_view.operations.busy, timeout=30_000)
    (bar,) = in_view.shell.findChildren(KeyBar)
    (frame,) = in_view.shell.findChildren(ReviewBar)
    assert "签名密钥换过" in bar.sentence.text()
    assert frame.words[1:4] == ("✕ 签名有效", "截至 2025年12月31日", "签名密钥换过")
    bar.same.click()
    assert "要写上村里念的指纹才能记住" in bar.sentence.text()
    bar.said.setText("AAAA-BBBB")
    bar.same.click()
    assert "和包上的" in bar.sentence.text()
    bar.said.setText(village_keys.fingerprint_of(village.reader).lower())
    bar.same.click()
    assert bar.isHidden()
    assert frame.words[1] == "✓ 签名有效"


def test_no_button_that_writes_is_shown_in_a_package(in_view: MainWindow, qtbot: QtBot) -> None:
    """Not even a grey one: on the first page, in a head, under a list, in a form."""
    assert in_view.shell is not None
    for name in ("home", "closing", "voucher_list", "packages", "asset_form", "bank", "reopen_month"):
        in_view.shell.pages.jump(name)
        qtbot.waitUntil(lambda: not in_view.operations.busy, timeout=30_000)
        page = in_view.shell.pages.current_page()
        assert page is not None
        writing = {page.action(spec.id) for spec in actions.of_scope(page.scope) if writes(page, spec)}
        buttons = [one for one in page.findChildren(Button) if one.isVisible()]
        assert [one.text() for one in buttons if one.action in writing or one.text() == "记一笔"] == []
        assert writing or name == "home"


def writes(page: Any, spec: Any) -> bool:
    return spec.when_writable and spec.id in page.handlers()
