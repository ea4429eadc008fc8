"""The agency's window: what waits in every village, vouchers of all villages reviewed, one act done for many at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.agency.agencies import BAIYUN, HEISHI, OFFICE, QINGSHAN, Agency, an_agency
from tests.builders import LI, WANG
from village_ledger.domain.agency import BatchAct, BatchResult, Todo, VillageTodos, Waiting
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.entry.progress import Progress
from village_ledger.ui.actions import of_scope
from village_ledger.ui.agency.agency_rows import VillagesModel, explained
from village_ledger.ui.agency.agency_work import AgencyWork
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.widgets.state_mark import Check

NARROW = (683, 384)


@pytest.fixture(scope="module")
def three_villages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """青山村 with three vouchers to review, 白云村 with one to review and one to post, 黑石村 with nothing; never written."""
    made = an_agency(tmp_path_factory.mktemp("三个村"), QINGSHAN, BAIYUN, HEISHI)
    with made.village(QINGSHAN) as village:
        village.entered("2025-03-08", "付办公费", "借 513 12.50; 贷 101 12.50")
        village.entered("2025-03-09", "付修路款", "借 513 300; 贷 101 300")
        village.entered("2025-03-10", "付误工补贴", "借 513 88; 贷 101 88", by=WANG)
    with made.village(BAIYUN) as village:
        village.entered("2025-04-02", "付水电费", "借 513 66; 贷 101 66")
        village.reviewed("2025-04-03", "收果园承包款", "借 101 6200; 贷 501 6200")
    return made.path


@pytest.fixture
def agency(tmp_path: Path, three_villages: Path) -> Agency:
    """The three villages, copied for one test."""
    folder = tmp_path / "代管"
    shutil.copytree(three_villages.parent, folder)
    return Agency(folder / three_villages.name)


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the window has nothing left to do."""
    return lambda: qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)


@pytest.fixture(autouse=True)
def _a_day_in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is counted on 21 April 2025, whenever the tests run."""
    monkeypatch.setattr("village_ledger.ui.agency.agency_page.today", lambda: date(2025, 4, 21))


@pytest.fixture
def desk(window: MainWindow, agency: Agency, rest: Callable[[], None]) -> Any:
    """李建国, chief in every village, at the agency's desk after it was looked at."""
    return _seat(window, agency, LI, rest)


def _seat(window: MainWindow, agency: Agency, name: str, rest: Callable[[], None]) -> Any:
    window.show_start()
    rest()
    window.session.agency = AgencyWork(agency.path, agency.sign_in(name))
    window._front.open("agency")
    rest()
    return window._page()


@pytest.fixture
def asked(window: MainWindow) -> list[tuple[Any, ...]]:
    """Books that were asked for: (village, page, where, ledger)."""
    found: list[tuple[Any, ...]] = []
    window.session.village_asked.connect(
        lambda book, page, where, ledger: found.append((book.village, page, where, ledger))
    )
    return found


def cells(model: Any, *columns: int) -> list[tuple[str, ...]]:
    return [tuple(model.text(row, column) for column in columns) for row in range(model.count())]


def column_of(model: Any, kind: Waiting) -> int:
    return next(place for place, column in enumerate(model.columns) if column.key == kind.value)


# what waits


def test_villages_stand_with_what_waits_in_them(desk: Any) -> None:
    model = desk.model
    review, post = column_of(model, Waiting.REVIEW), column_of(model, Waiting.POST)
    assert {row[0]: row[1:] for row in cells(model, 1, review, post)} == {
        QINGSHAN: ("3", ""),
        BAIYUN: ("1", "1"),
        HEISHI: ("", ""),
    }
    totals = desk.table.totals.model()
    assert totals.data(totals.index(0, 1)) == "3 个村"
    assert totals.data(totals.index(0, review)) == "4"
    assert desk.head.title() == "代管工作台"
    assert OFFICE in desk.head._subtitle.text()
    assert LI in desk.head._subtitle.text()


def test_what_is_late_stands_first_with_a_mark_and_a_word(
    window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    page = _seat(window, agency, LI, rest)
    kept = {one.village: one for one in agency.says.books}
    late = Todo(Waiting.SHEETS, "collective", 2, "2 张表该张贴了", date(2025, 4, 10), is_late=True)
    soon = Todo(Waiting.CLAIMS, "committee", 1, "1 张报账单等着记账", date(2025, 4, 30))
    page.work.known = (
        VillageTodos(kept[QINGSHAN]),
        VillageTodos(kept[BAIYUN], (soon,), holder="王秀英"),
        VillageTodos(kept[HEISHI], (late,)),
    )
    page._show("")
    assert [row[0] for row in cells(page.model, 1)] == [HEISHI, BAIYUN, QINGSHAN]
    assert [page.model.check(row) for row in range(3)] == [Check.WARN, Check.WAITING, Check.GOOD]
    assert [page.model.words(row, 0) for row in range(3)] == ["有逾期", "有事要办", "没有事"]
    sheets = column_of(page.model, Waiting.SHEETS)
    assert page.model.text(0, sheets) == "▲ 2"
    assert page.model.words(0, sheets) == "2，有逾期"
    assert page.model.tags(1) == [("2025-04-30 前", False), ("王秀英 正开着", False)]
    assert page.strip.accessibleName() == "3 个村，1 有逾期，1 有事要办，1 没有事，0 打不开"
    assert (
        explained(page.work.known[1])
        == "1 张报账单等着记账（2025-04-30 前）；王秀英 正开着这本账，现在只能看"
    )


def test_a_book_that_is_gone_stands_first_and_says_why(
    window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    agency.book(HEISHI).rename(agency.path.parent / "别处.bak")
    page = _seat(window, agency, LI, rest)
    assert page.model.text(0, 1) == HEISHI
    assert page.model.check(0) is Check.FAIL
    assert f"找不到{HEISHI}的账簿" in page.status()
    assert page.strip.accessibleName().endswith("1 打不开")


def test_the_arrows_go_along_what_waits_and_enter_goes_there(
    desk: Any, window: MainWindow, asked: list[Any], qtbot: QtBot
) -> None:
    row = desk.model.row_of(next(one.book.uid for one in desk.work.known if one.book.village == BAIYUN))
    desk.table.go_to_row(row)
    desk.model.choose(column_of(desk.model, Waiting.REVIEW))
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Right)
    assert desk.model.kind is Waiting.POST
    assert "等记账" in desk.status()
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Return)
    village, page, where, ledger = asked[0]
    assert (village, page, ledger) == (BAIYUN, "voucher_list", "collective")
    assert where["state"] is VoucherState.REVIEWED
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Left)
    assert desk.model.kind is Waiting.REVIEW


def test_a_village_where_nothing_waits_opens_at_its_first_page(desk: Any, asked: list[Any]) -> None:
    kept = desk.work.books[2]
    desk.work.known = (VillageTodos(kept),)
    desk._show("")
    desk._open(0)
    assert asked == [(HEISHI, "home", {}, "")]


def test_one_thing_after_another_and_back_to_the_same_village(desk: Any, asked: list[Any]) -> None:
    uid = next(one.book.uid for one in desk.work.known if one.book.village == BAIYUN)
    desk.table.go_to_row(desk.model.row_of(uid))
    desk.model.choose(column_of(desk.model, Waiting.POST))
    desk.action("turn").trigger()
    rows = desk.model.rows
    late = [todo.is_late for _, todo in rows]
    assert late == sorted(late, reverse=True)
    book, todo = rows[desk.table.row]
    assert (book.village, todo.kind) == (BAIYUN, Waiting.POST)
    desk._open(desk.table.row)
    assert asked[0][:2] == (BAIYUN, "voucher_list")
    assert desk.escape()
    assert isinstance(desk.model, VillagesModel)
    assert desk.model.villages[desk.table.row].book.uid == uid
    assert desk.model.kind is Waiting.POST


def test_all_of_a_village_is_said_and_folded_away(desk: Any) -> None:
    desk.action("explain").trigger()
    assert not desk.explain.isHidden()
    assert desk._village(desk.table.row).book.village in desk.explain.accessibleName()
    assert desk.escape()
    assert desk.explain.isHidden()
    assert not desk.escape()


def test_a_look_that_is_stopped_leaves_what_was_known(
    desk: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None]
) -> None:
    before = desk.work.known

    def stopped(_day: date, progress: Progress) -> list[VillageTodos]:
        progress.cancel()
        progress.step(1, 3, "")
        raise AssertionError("not stopped")

    monkeypatch.setattr(desk.work, "todos", stopped)
    desk.action("refresh").trigger()
    rest()
    assert desk.work.known is before
    assert desk.model.count() == 3


def test_back_from_a_village_it_is_looked_at_again(
    desk: Any, window: MainWindow, agency: Agency, rest: Callable[[], None], qtbot: QtBot
) -> None:
    uid = agency.kept(QINGSHAN).uid
    desk.table.go_to_row(desk.model.row_of(uid))
    desk.enter(agency.kept(QINGSHAN), "voucher_list")
    rest()
    window.close_book() if window.shell is not None else None
    with agency.village(QINGSHAN) as village:
        village.review(*(village.reader.voucher(v.id) for v in village.reader.vouchers("collective")))
    desk.came_back(agency.kept(QINGSHAN))
    rest()
    row = desk.model.row_of(uid)
    assert desk.table.row == row
    assert desk.model.text(row, column_of(desk.model, Waiting.REVIEW)) == ""
    assert desk.model.text(row, column_of(desk.model, Waiting.POST)) == "3"


@pytest.mark.parametrize(("ending", "one_by_one"), [("xlsx", False), ("xlsx", True), ("pdf", False)])
def test_the_list_is_saved_as_it_stands(
    desk: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rest: Callable[[], None],
    ending: str,
    one_by_one: bool,
) -> None:
    out = tmp_path / f"待办.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    if one_by_one:
        desk.action("turn").trigger()
    desk.action("export" if ending == "xlsx" else "paper").trigger()
    rest()
    assert "已存到" in desk.status()
    if ending == "pdf":
        assert out.read_bytes().startswith(b"%PDF")
    else:
        said = {str(cell.value) for row in load_workbook(out).worksheets[0].iter_rows() for cell in row}
        assert {QINGSHAN, BAIYUN} <= said


def test_an_empty_workspace_says_so(window: MainWindow, tmp_path: Path, rest: Callable[[], None]) -> None:
    page = _seat(window, an_agency(tmp_path), LI, rest)
    assert "还没有村的账簿" in page.table.view.empty_words
    page.action("batch").trigger()
    rest()
    batch: Any = window._page()
    batch.action("begin").trigger()
    assert batch.status() == "先按空格选要办的村"


def test_without_a_workspace_every_page_says_so(window: MainWindow, rest: Callable[[], None]) -> None:
    window.show_start()
    for name in ("agency", "agency_review", "agency_batch"):
        window._front.open(name)
        rest()
        page: Any = window._page()
        assert "没有打开代管工作区" in page.table.view.empty_words
        assert page.head.title()


# reviewing


@pytest.fixture
def pile(desk: Any, window: MainWindow, rest: Callable[[], None]) -> Any:
    """The vouchers of all villages."""
    desk.action("review").trigger()
    rest()
    return window._page()


def test_vouchers_of_all_villages_wait_in_one_list(pile: Any) -> None:
    assert cells(pile.model, 1, 3, 5, 7) == [
        (QINGSHAN, "记-0001", "付办公费", "12.50"),
        (QINGSHAN, "记-0002", "付修路款", "300.00"),
        (QINGSHAN, "记-0003", "付误工补贴", "88.00"),
        (BAIYUN, "记-0001", "付水电费", "66.00"),
    ]


def test_the_list_stands_on_the_village_one_came_from(
    desk: Any, window: MainWindow, rest: Callable[[], None], agency: Agency
) -> None:
    desk.table.go_to_row(desk.model.row_of(agency.kept(BAIYUN).uid))
    desk.action("review").trigger()
    rest()
    page: Any = window._page()
    assert page.model.text(page.table.row, 1) == BAIYUN


def test_marked_vouchers_of_two_villages_are_passed_each_in_its_own_book(
    pile: Any, agency: Agency, rest: Callable[[], None], qtbot: QtBot
) -> None:
    pile.table.go_to_row(0)
    for _ in range(2):
        qtbot.keyClick(pile.table.view, Qt.Key.Key_Space)
    pile.table.go_to_row(3)
    qtbot.keyClick(pile.table.view, Qt.Key.Key_Space)
    assert "已标记 3 张" in pile.band._words.text()
    assert "378.50" in pile.band._sum.text()
    pile.action("pass").trigger()
    rest()
    assert pile.status() == "已通过 3 张，2 个村"
    assert cells(pile.model, 1, 5) == [(QINGSHAN, "付误工补贴")]
    for name, passed in ((QINGSHAN, 2), (BAIYUN, 2)):
        with agency.village(name) as village:
            done = village.reader.vouchers("collective", states=[VoucherState.REVIEWED])
            assert [one.reviewed_by for one in done] == [LI] * passed


def test_a_village_is_marked_at_once_and_unmarked(pile: Any) -> None:
    pile.table.go_to_row(1)
    pile.action("mark_village").trigger()
    assert len(pile.model.marked) == 3
    pile.action("mark_village").trigger()
    assert not pile.model.marked
    pile.table.go_to_row(0)
    pile.action("pass").trigger()
    assert cells(pile.model, 1)[0] == (QINGSHAN,)


def test_one_is_given_back_with_a_reason(pile: Any, agency: Agency, rest: Callable[[], None]) -> None:
    pile.table.go_to_row(3)
    pile.action("give_back").trigger()
    assert pile.reason.asking
    pile.reason.field.setText("没有发票")
    pile.reason.act.click()
    rest()
    assert pile.status() == f"{BAIYUN} 2025-04/记-0001 已退回给 {WANG}"
    assert pile.model.tags(3) == [("▲ 退回：没有发票", True)]
    with agency.village(BAIYUN) as village:
        assert village.reader.vouchers("collective")[0].return_reason == "没有发票"
        assert not village.reader.vouchers("collective", states=[VoucherState.ENTERED])[0].reviewed_by


def test_who_made_it_cannot_mark_it_and_is_told(
    window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    page = _seat(window, agency, WANG, rest)
    page.action("review").trigger()
    rest()
    pile: Any = window._page()
    assert pile.model.mark(0) is None
    pile._mark(0)
    assert "不能" in pile.status()
    assert not pile.action("give_back").isEnabled()
    assert not pile.action("pass").isEnabled()


def test_the_search_finds_by_village_and_esc_shows_all(pile: Any) -> None:
    pile.field.setText(BAIYUN)
    assert cells(pile.model, 5) == [("付水电费",)]
    pile.field.setText("没有这样的")
    assert "没有找到" in pile.table.view.empty_words
    assert pile.escape()
    assert pile.model.count() == 4
    assert not pile.escape()


def test_marks_stay_while_one_searches(pile: Any) -> None:
    pile._mark(0)
    pile.field.setText(BAIYUN)
    pile._mark(0)
    pile.field.clear()
    assert len(pile.model.marked) == 2


def test_ctrl_f_goes_into_the_search_where_no_book_is_open(pile: Any, window: MainWindow) -> None:
    window.actions_by_id["find"].trigger()
    assert pile.field.hasFocus() or window.focusWidget() is pile.field


def test_enter_opens_the_voucher_and_coming_back_reads_the_village_again(
    pile: Any, agency: Agency, asked: list[Any], rest: Callable[[], None]
) -> None:
    pile._open(3)
    assert asked[0][:2] == (BAIYUN, "voucher")
    rest()
    with agency.village(BAIYUN) as village:
        village.review(village.reader.voucher(asked[0][2]["voucher_id"]))
    pile.came_back(agency.kept(BAIYUN))
    rest()
    assert {row[0] for row in cells(pile.model, 1)} == {QINGSHAN}


def test_what_one_village_refuses_is_shown_and_the_other_is_done(
    pile: Any, window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    pile._mark(0)
    pile._mark(3)
    with agency.village(BAIYUN) as village:  # somebody was quicker
        village.review(village.reader.voucher(pile.model.vouchers[3].voucher.id))
    pile.action("pass").trigger()
    rest()
    page: Any = window._page()
    results = {one.book.village: one.result for one in page.verdicts}
    assert results == {QINGSHAN: BatchResult.DONE, BAIYUN: BatchResult.REFUSED}
    assert page.model.verdicts[0].book.village == BAIYUN
    window._front.back()
    rest()
    pile = window._page()
    assert cells(pile.model, 1, 5)[0] == (QINGSHAN, "付修路款")


def test_a_village_that_cannot_be_opened_is_named_under_the_list(
    desk: Any, window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    agency.book(HEISHI).rename(agency.path.parent / "别处.bak")
    desk.action("review").trigger()
    rest()
    assert f"{HEISHI}的账打不开" in window._page().status()  # pyright: ignore[reportOptionalMemberAccess]  a page shows


# batches


@pytest.fixture
def batch(desk: Any, window: MainWindow, rest: Callable[[], None]) -> Any:
    """The page of one act for many villages."""
    desk.action("batch").trigger()
    rest()
    return window._page()


def test_every_village_is_chosen_and_beside_it_what_waits(batch: Any) -> None:
    assert batch.status() == "选了 3 个村"
    assert "3 张凭证等审核" in cells(batch.model, 2)[0][0]
    batch._choose_act(BatchAct.POST)
    assert cells(batch.model, 2)[0] == ("",)
    assert "等记账" in cells(batch.model, 2)[1][0]


def test_space_chooses_and_f7_chooses_all(batch: Any, qtbot: QtBot) -> None:
    batch.table.go_to_row(0)
    qtbot.keyClick(batch.table.view, Qt.Key.Key_Space)
    assert [one.village for one in batch.model.chosen_books()] == [BAIYUN, HEISHI]
    assert batch.table.row == 1
    batch.action("all").trigger()
    assert len(batch.model.chosen_books()) == 3
    batch.action("all").trigger()
    assert batch.model.chosen_books() == []


def test_review_of_all_villages_gives_a_verdict_each(
    batch: Any, window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    batch.form.through.setText("2025-04-30")
    batch.action("begin").trigger()
    rest()
    results = {(one.book.village, one.ledger): one.result for one in batch.verdicts}
    assert results[QINGSHAN, "collective"] is BatchResult.DONE
    assert results[BAIYUN, "collective"] is BatchResult.DONE
    assert results[HEISHI, "collective"] is BatchResult.NOTHING
    assert "办好了" in batch.status()
    with agency.village(QINGSHAN) as village:
        assert len(village.reader.vouchers("collective", states=[VoucherState.REVIEWED])) == 3
    window._front.back()
    rest()
    desk: Any = window._page()
    review = column_of(desk.model, Waiting.REVIEW)
    assert set(cells(desk.model, review)) == {("",)}


def test_what_is_refused_stands_first_and_enter_goes_where_it_is_mended(
    batch: Any, asked: list[Any], rest: Callable[[], None]
) -> None:
    batch._choose_act(BatchAct.CLOSE)
    batch.form.month.setText("2025-03")
    batch.action("begin").trigger()
    rest()
    first = batch.model.verdicts[0]
    assert first.result is BatchResult.REFUSED
    assert first.words in batch.explain.words.text()
    batch._open(0)
    village, page, where, ledger = asked[0]
    assert (village, page, ledger) == (first.book.village, "closing", first.ledger)
    assert str(where["month"]) == "2025-03"


def test_esc_from_the_verdicts_keeps_chosen_what_is_not_done(
    batch: Any, agency: Agency, rest: Callable[[], None]
) -> None:
    agency.book(HEISHI).rename(agency.path.parent / "别处.bak")
    batch.action("begin").trigger()
    rest()
    assert batch.model.verdicts[0].result is BatchResult.UNREACHED
    assert batch.escape()
    assert [one.village for one in batch.model.chosen_books()] == [HEISHI]
    assert not batch.escape()


def test_stopped_between_two_villages_the_rest_stands_as_not_done(
    batch: Any, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None]
) -> None:
    step, seen = Progress.step, []

    def once(self: Progress, done: int, total: int, label: str = "") -> None:
        if label in {QINGSHAN, BAIYUN, HEISHI}:
            seen.append(label)
            if label == BAIYUN:
                self.cancel()
        step(self, done, total, label)

    monkeypatch.setattr(Progress, "step", once)
    batch.form.through.setText("2025-04-30")
    batch.action("begin").trigger()
    rest()
    results = {one.book.village: one.result for one in batch.verdicts}
    assert results[BAIYUN] is results[HEISHI] is BatchResult.STOPPED
    assert results[QINGSHAN] is not BatchResult.STOPPED
    assert batch.escape()
    assert [one.village for one in batch.model.chosen_books()] == [BAIYUN, HEISHI]


@pytest.mark.parametrize(
    ("act", "field", "text", "said"),
    [
        (BatchAct.CLOSE, "month", "三月", "三月"),
        (BatchAct.POST, "through", "昨天", "昨天"),
        (BatchAct.PRINT, "days", "很久", "很久"),
    ],
)
def test_days_that_are_none_are_refused_before_any_book_is_opened(
    batch: Any, tmp_path: Path, act: BatchAct, field: str, text: str, said: str
) -> None:
    batch._choose_act(act)
    batch.form.folder.setText(str(tmp_path))
    getattr(batch.form, field).setText(text)
    batch.action("begin").trigger()
    assert said in batch.slip.notice.what
    assert not batch.verdicts


def test_nothing_to_print_is_refused(batch: Any, tmp_path: Path) -> None:
    batch._choose_act(BatchAct.PRINT)
    batch.form.folder.setText(str(tmp_path))
    for box in batch.form.reports.values():
        box.setChecked(False)
    batch.action("begin").trigger()
    assert "还没有选打印什么" in batch.slip.notice.what


def test_a_place_is_asked_for_before_printing(
    batch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None]
) -> None:
    out = tmp_path / "打印"
    out.mkdir()
    answers = iter(["", str(out)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    batch._choose_act(BatchAct.PRINT)
    batch.form.days.setText("2025-03")
    batch.action("begin").trigger()
    assert not batch.verdicts  # nobody said where
    batch.action("begin").trigger()
    rest()
    assert batch.verdicts
    assert list(out.rglob("*.pdf"))
    done = next(row for row, one in enumerate(batch.model.verdicts) if one.files)
    batch.table.go_to_row(done)
    assert "文件：" in batch.explain.words.text()


def test_a_form_is_exported_for_the_chosen_villages(
    batch: Any, tmp_path: Path, rest: Callable[[], None]
) -> None:
    out = tmp_path / "导出"
    out.mkdir()
    batch._choose_act(BatchAct.EXPORT)
    batch.form.form.setCurrentIndex(batch.form.form.findData("hledger"))
    batch.form.folder.setText(str(out))
    batch.table.go_to_row(0)
    batch._mark(0)
    batch.action("begin").trigger()
    rest()
    names = {one.book.village for one in batch.verdicts if one.files}
    assert QINGSHAN not in names
    assert BAIYUN in names


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_verdicts_are_saved(
    batch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None], ending: str
) -> None:
    out = tmp_path / f"结果.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    batch.action("begin").trigger()
    rest()
    batch.action("export" if ending == "xlsx" else "paper").trigger()
    rest()
    assert out.stat().st_size
    assert "已存到" in batch.status()


# the look of it


@pytest.mark.parametrize("size", list(Size))
def test_no_page_forces_a_narrow_window(
    desk: Any, window: MainWindow, rest: Callable[[], None], size: Size
) -> None:
    window.theme.choose_size(size)
    window.resize(*NARROW)
    for name in ("agency", "agency_review", "agency_batch"):
        window._front.open(name)
        rest()
        assert (window.width(), window.height()) == NARROW, name
        page: Any = window._page()
        assert page.table.view.viewport().height() // page.table.style_of.row >= 2, name


def test_in_a_narrow_window_the_arrows_still_go_along_the_kinds(desk: Any, window: MainWindow) -> None:
    window.resize(*NARROW)
    assert not desk.table.view.horizontalScrollBar().maximum()
    assert "待审" in [column.label for column in desk.model.columns]


def test_every_key_is_told_and_every_action_answered(
    window: MainWindow, desk: Any, rest: Callable[[], None]
) -> None:
    for name in ("agency", "agency_review", "agency_batch"):
        window._front.open(name)
        rest()
        page: Any = window._page()
        told = {spec.id for spec in of_scope(page.scope)} - {"kinds"}
        assert told <= set(page.handlers()), name
