"""The desk of an open book: ledgers, months, pages and the way between them, keys, slips."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from tests.builders import COMMITTEE, LI, WANG, draft
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import DiskFullError, ImportRefused, LedgerError, UnbalancedVoucher
from village_ledger.domain.period import Month, MonthState
from village_ledger.services.changes import Changes
from village_ledger.settings import VOUCHER_STYLE
from village_ledger.ui import actions
from village_ledger.ui.error_presenter import CRASH_CODE, describe, report_text, scramble
from village_ledger.ui.home_figures import read_home
from village_ledger.ui.home_page import HomePage
from village_ledger.ui.key_card import KeyCard, KeyRow, _columns
from village_ledger.ui.page import Page
from village_ledger.ui.page_stack import PageStack
from village_ledger.ui.pages import NAV_LOWER, NAV_UPPER
from village_ledger.ui.session import starting_month
from village_ledger.ui.settings_page import SettingsPage
from village_ledger.ui.shell import names_in_month
from village_ledger.ui.tokens import Size
from village_ledger.ui.widgets.bars_chart import in_wan
from village_ledger.ui.widgets.cash_chart import axis
from village_ledger.ui.widgets.focus_ring import FocusWatch
from village_ledger.ui.widgets.month_strip import MonthStrip
from village_ledger.ui.widgets.stamp import Stamp, stamp_words

NAV_NAMES = [name for name, _, _ in (*NAV_UPPER, *NAV_LOWER)]


@pytest.fixture
def year(village):
    """A small year: income and expense in both ledgers, one voucher unreviewed, one reviewed."""
    village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    village.posted("2025-05-20", "付路灯电费", "借 513 300; 贷 101 300")
    village.entered("2025-05-21", "付办公费", "借 513 12.50; 贷 101 12.50")
    village.reviewed("2025-05-22", "付办公费", "借 513 10; 贷 101 10")
    return village


# Actions


@pytest.mark.parametrize("scope", sorted({spec.scope for spec in actions.ACTIONS}))
def test_no_two_actions_of_a_page_share_a_key(scope):
    assert actions.shared_keys(scope) == []


def test_every_action_says_what_it_does():
    assert [spec.id for spec in actions.ACTIONS if not (spec.text and spec.help)] == []
    assert {spec.scope for spec in actions.ACTIONS} == set(actions.SCOPE_TITLES)


@pytest.mark.parametrize(
    ("scope", "name", "keys"),
    [
        (actions.EVERYWHERE, "new_voucher", {"F5", "Ctrl+N"}),
        (actions.EVERYWHERE, "key_card", {"F1"}),
        (actions.EVERYWHERE, "other_ledger", {"F12"}),
        ("voucher", "save", {"F6", "Ctrl+S"}),
        ("voucher", "look_up", {"F7", "F2"}),
        ("voucher_list", "pass", {"F8"}),
        ("voucher_list", "give_back", {"Shift+F8"}),
        ("voucher_list", "post", {"F10"}),
        (actions.TABLE, "explain", {"F4"}),
    ],
)
def test_both_vendors_habits_are_kept(scope, name, keys):
    assert keys <= set(actions.spec(scope, name).keys)


def test_the_key_card_shows_every_action_with_a_key(qtbot, theme):
    card = KeyCard(theme, "voucher")
    qtbot.addWidget(card)
    rows = card.findChildren(KeyRow)
    assert len(rows) == sum(1 for spec in actions.ACTIONS if spec.keys)
    headings = [label.text() for label in card.findChildren(QLabel) if label.property("look") == "heading"]
    assert headings[0] == actions.SCOPE_TITLES["voucher"]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_groups_of_keys_stay_together_and_in_order(count):
    scopes = list(actions.SCOPE_TITLES)
    columns = _columns(scopes, count)
    assert [scope for column in columns for scope in column] == scopes
    assert len(columns) <= count
    assert all(columns)


# Errors in words


def test_a_refusal_is_said_in_three_parts_and_a_number():
    notice = describe(UnbalancedVoucher(10000, 9000))
    assert "借贷不平" in notice.what
    assert notice.safe == "账没有变化。"
    assert notice.next_step
    assert notice.code == "L-121"
    assert notice.crash is None


def test_what_the_world_did_says_the_books_are_safe():
    notice = describe(
        DiskFullError("没能保存：U盘已满", "请清出空间，再按 F6。", safe="账没有变化，草稿还在。")
    )
    assert notice.sentence() == "没能保存：U盘已满 账没有变化，草稿还在。请清出空间，再按 F6。（编号 S-104）"


def fail(message):
    raise ValueError(message)


def test_a_report_of_a_bug_holds_nothing_of_the_village():
    with pytest.raises(ValueError, match="secret") as caught:
        fail("王秀英 付 6200.50 给 'secret.vledger'")
    text = report_text(caught.value, datetime(2025, 3, 8, 10, 42, tzinfo=UTC))
    assert "test_shell.py" in text
    for secret in ("王秀英", "6200", "secret"):
        assert secret not in text
    assert scramble("王秀英 62.00") == "某某某 00.00"


def test_a_crash_slip_offers_the_report_and_saves_it(page_of, tmp_path, monkeypatch):
    page = page_of(HomePage)
    notice = describe(RuntimeError("王秀英 100"))
    assert notice.code == CRASH_CODE
    page.slip.say(notice)
    path = tmp_path / "求助.txt"
    monkeypatch.setattr(
        "village_ledger.ui.widgets.slip.QFileDialog.getSaveFileName", lambda *_: (str(path), "")
    )
    button = next(b for b in page.slip.findChildren(QAbstractButton) if "求助" in b.text())
    assert button.isVisible()
    button.click()
    assert "RuntimeError" in path.read_text("utf-8")
    assert "王秀英" not in path.read_text("utf-8")


def test_a_refused_file_lists_its_rows_and_says_how_many_more(page_of):
    page = page_of(HomePage)
    page.slip.say(describe(ImportRefused([f"第{n}行没有金额" for n in range(2, 32)])))
    words = "\n".join(label.text() for label in page.slip.findChildren(QLabel))
    assert "第2行没有金额" in words
    assert "还有 22 处" in words


# Pages and the way between them


class Sheet(Page):
    """A page that counts what happens to it."""

    scope = "voucher_list"
    shows = Changes(vouchers=True, ledger="")

    def __init__(self, session, operations, navigator) -> None:
        super().__init__(session, operations, navigator)
        self.reloads = 0
        self.row = 0
        self.lets_go = True

    def go(self, **where) -> None:
        self.row = where.get("row", self.row)
        super().go(**where)

    def where(self):
        return {"row": self.row}

    def reload(self) -> None:
        self.reloads += 1

    def leave(self) -> bool:
        return self.lets_go


class OtherSheet(Sheet):
    shows = Changes(accounts=True)


@pytest.fixture
def stack(qtbot, session, operations):
    made = PageStack(session, operations, {"one": lambda: Sheet, "two": lambda: OtherSheet})
    qtbot.addWidget(made)
    made.show()
    return made


def test_esc_comes_back_to_the_same_row(stack):
    stack.open("one", row=7)
    stack.open("two")
    assert stack.current_name == "two"
    assert stack.back()
    assert (stack.current_name, stack.current_page().row) == ("one", 7)
    assert not stack.back()


def test_coming_back_finds_the_ledger_one_left(stack, session):
    stack.open("one")
    stack.open("two")
    session.switch_ledger()
    assert session.ledger_code == COMMITTEE
    stack.back()
    assert session.ledger_code == "collective"


def test_a_page_reloads_only_for_what_it_shows(stack, session):
    stack.open("one")
    stack.open("two")
    one, two = stack._pages["one"], stack._pages["two"]
    before = (one.reloads, two.reloads)
    session.tell(Changes(vouchers=True))
    assert (one.reloads, two.reloads) == before
    assert one.stale
    stack.back()
    assert one.reloads == before[0] + 1
    session.tell(Changes(vouchers=True))
    assert one.reloads == before[0] + 2
    assert two.reloads == before[1]


def test_a_page_that_holds_something_unsaved_is_not_left(stack):
    stack.open("one")
    stack.current_page().lets_go = False
    stack.open("two")
    assert stack.current_name == "one"
    stack.jump("two")
    assert stack.current_name == "one"


def test_writing_actions_are_off_while_the_book_is_read_only(
    qtbot, session, operations, navigator, monkeypatch
):
    class Writing(Sheet):
        def handlers(self):
            return {"pass": lambda: None, "open": lambda: None}

    monkeypatch.setattr(type(session), "read_only", property(lambda _: True))
    page = Writing(session, operations, navigator)
    qtbot.addWidget(page)
    page.bind_actions()
    assert not page.action("pass").isEnabled()
    assert page.action("open").isEnabled()


# Session


def test_work_goes_on_where_the_last_vouchers_are(year):
    assert starting_month(year.reader, date(2031, 7, 1)) == Month(2025, 5)
    assert starting_month(year.reader, date(2025, 2, 1)) == Month(2025, 2)


def test_an_empty_book_begins_at_its_first_month(village):
    assert starting_month(village.reader, date(2031, 7, 1)) == Month(2025, 1)


def test_f12_goes_round_the_ledgers(session, qtbot):
    with qtbot.waitSignal(session.ledger_changed):
        session.switch_ledger()
    assert session.kind is LedgerKind.COMMITTEE
    session.switch_ledger()
    assert session.kind is LedgerKind.COLLECTIVE


def test_the_person_is_remembered_for_this_book(session, preferences):
    session.sit_down(LI)
    assert session.by == LI
    assert preferences.people(session.book.path)[0] == LI


def test_names_offered_are_those_who_worked_in_the_month(year):
    assert names_in_month(year.reader, "collective", Month(2025, 5)) == [WANG, LI]


# Home


def test_home_figures_come_from_the_posted_vouchers(year):
    figures = read_home(year.reader, 2025)
    collective = figures.ledgers[0]
    assert collective.income[2] == 620000
    assert collective.expense[4] == 30000
    assert collective.money == 590000
    assert (collective.unreviewed, collective.unposted) == (1, 1)
    assert collective.cash[:6] == (0, 0, 620000, 620000, 590000, None)


def test_a_red_letter_lowers_the_month_it_is_in(year):
    wrong = year.posted("2025-06-02", "付办公费", "借 513 50; 贷 101 50")
    red = year.reverse(wrong, "2025-06-09")
    year.review(red)
    year.post(red)
    assert read_home(year.reader, 2025).ledgers[0].expense[5] == 0


def test_home_says_what_is_to_be_done(page_of, year):
    page = page_of(HomePage)
    words = [label.text() for label in page.todos.findChildren(QLabel)]
    assert any("1 张未审核、1 张未记账" in text for text in words)
    assert any("超限额 900.00" in text for text in words)


def test_a_thing_to_do_leads_to_where_it_is_done(page_of, year, navigator):
    page = page_of(HomePage)
    button = next(b for b in page.todos.findChildren(QAbstractButton) if b.text() == "去审核")
    button.click()
    assert navigator.opened == [("voucher_list", {})]


def test_a_bar_leads_to_the_balances_of_its_month(page_of, year, navigator, session, qtbot):
    page = page_of(HomePage)
    bars = page.cards[1].bars
    bars.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(bars, key)
    assert navigator.opened == [("trial_balance", {})]
    assert (session.ledger_code, session.month) == (COMMITTEE, Month(2025, 3))


@pytest.mark.parametrize(
    ("fen", "words"), [(0, ""), (1, "0.0"), (50_000, "0.1"), (9_593_186, "9.6"), (-1_500_000, "-1.5")]
)
def test_wan_with_one_decimal(fen, words):
    assert in_wan(fen) == words


@pytest.mark.parametrize("most", [1, 99, 10_000, 564_900, 12_345_678, 99_999_999_999])
def test_the_axis_begins_at_zero_and_reaches_the_figure(most):
    marks = axis(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 5


# Settings


def test_a_choice_in_settings_holds_at_once(page_of, theme, preferences):
    page = page_of(SettingsPage)
    page.choices["text_size"].findChildren(QAbstractButton)[2].click()
    assert theme.tokens.size is Size.HUGE
    page.choices["voucher_style"].findChildren(QAbstractButton)[1].click()
    assert type(preferences)().get(VOUCHER_STYLE) == "plain"


def test_a_one_person_post_is_declared_in_the_book(page_of, session, village, settle):
    page = page_of(SettingsPage)
    page.one_person["collective"].findChildren(QAbstractButton)[1].click()
    settle()
    assert village.reader.ledger("collective").one_person_post
    assert not village.reader.ledger(COMMITTEE).one_person_post


def test_without_a_name_nothing_is_declared_and_the_choice_goes_back(
    page_of, session, operations, village, settle
):
    operations.use(village.book, "")
    said: list[LedgerError] = []
    operations.refused.connect(said.append)
    page = page_of(SettingsPage)
    page.one_person["collective"].findChildren(QAbstractButton)[1].click()
    settle()
    assert said
    assert page.one_person["collective"].value == "no"


# Drawn


def inks(image: QImage) -> set[str]:
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


def test_stamps_are_told_apart_by_shape_before_colour(qtbot, theme):
    corners = {}
    for kind in LedgerKind:
        stamp = Stamp(theme, kind, stamp_words("青山村", kind))
        qtbot.addWidget(stamp)
        stamp.resize(stamp.sizeHint())
        image = stamp.grab().toImage()
        accent = theme.accent_of(kind).strong.lower()
        assert accent in inks(image)
        corners[kind] = QColor(image.pixel(3, 3)).name() == accent
    assert corners == {LedgerKind.COLLECTIVE: True, LedgerKind.COMMITTEE: False}


def test_stamp_words_name_village_and_ledger():
    assert stamp_words("青山村", LedgerKind.COLLECTIVE) == "青山\n集体"
    assert stamp_words("大青山村", LedgerKind.COMMITTEE) == "大青\n村委"


def test_the_month_strip_says_the_state_and_walks_by_keys(qtbot, theme, village):
    village.close_month("2025-01")
    village.set_month("2025-02", MonthState.SEALED)
    strip = MonthStrip(theme)
    qtbot.addWidget(strip)
    strip.show_months(village.reader.months("collective"), Month(2025, 2))
    assert strip.accessibleName() == "2025年2月，封"
    strip.resize(strip.sizeHint())
    assert theme.tokens.colour.red.lower() in inks(strip.grab().toImage())
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert chosen.args == [Month(2025, 1)]


def test_a_month_the_book_does_not_have_cannot_be_chosen(qtbot, theme, village):
    strip = MonthStrip(theme)
    qtbot.addWidget(strip)
    strip.show_months(village.reader.months("collective"), Month(2025, 1))
    chosen: list[Month] = []
    strip.chosen.connect(chosen.append)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    qtbot.keyClick(strip, Qt.Key.Key_Up)
    assert chosen == []


@pytest.mark.parametrize("kind", list(LedgerKind))
def test_the_focus_box_has_the_ledgers_colour(qtbot, theme, kind):
    theme.lead_with(kind)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 38)
    field.show()
    watch = FocusWatch(theme, field)
    assert theme.colour("focus").name() not in inks(field.grab().toImage())
    watch._follow(None, field)
    assert theme.colour("focus").name() in inks(field.grab().toImage())
    watch._follow(field, None)
    assert theme.colour("focus").name() not in inks(field.grab().toImage())


# The whole window


def test_the_window_opens_a_book_at_its_home_page(window, open_in, year):
    path = year.path
    year.book.close()
    open_in(window, path)
    assert window.shell.pages.current_name == "home"
    assert window.windowTitle() == "青山村 · 村账"
    assert window.theme.kind is None
    assert "F12" in [key for key, _ in window.shell.hints()]


def test_f12_switches_everywhere_and_the_frame_follows(window, open_in, qtbot, village):
    village.book.close()
    open_in(window, village.path)
    window.shell.pages.jump("voucher_list")
    assert window.theme.kind is LedgerKind.COLLECTIVE
    window.actions_by_id["other_ledger"].trigger()
    assert window.theme.kind is LedgerKind.COMMITTEE
    qtbot.waitUntil(lambda: not window.operations.busy)


def test_a_draft_found_again_is_offered_with_its_time(window, open_in, village, qtbot):
    village.autosave(draft("2025-03-08", "收果园承包款", "借 101 6200; 贷 501"))
    saved_at = village.reader.drafts()[0].saved_at
    village.book.close()
    window.preferences.remember_person(village.path, WANG)
    open_in(window, village.path)
    bar = window.shell.bars.itemAt(0).widget()
    assert saved_at[11:16] in bar.sentence.text()
    bar.buttons[0].click()
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert window.shell.pages.current_name == "voucher"
    assert window.shell.bars.count() == 0


def test_who_has_not_said_the_name_is_asked_for_it_once(window, open_in, village, qtbot):
    village.book.close()
    open_in(window, village.path)
    bar = window.shell.bars.itemAt(0).widget()
    assert "还没有写您的名字" in bar.sentence.text()
    bar.buttons[0].click()
    page = window.shell.pages.current_page()
    assert isinstance(page, SettingsPage)
    page.person.setText(WANG)
    qtbot.keyClick(page.person, Qt.Key.Key_Return)
    assert window.shell.bars.count() == 0
    assert window.preferences.people(village.path) == [WANG]


def test_a_second_window_gets_the_book_read_only_and_says_who_has_it(window, open_in, village):
    open_in(window, village.path)
    assert window.session.read_only
    bar = window.shell.bars.itemAt(0).widget()
    assert WANG in bar.sentence.text()
    assert "只能查看" in bar.sentence.text()
    assert not window.actions_by_id["new_voucher"].isEnabled()


def test_an_error_is_said_in_the_page_and_esc_folds_it(window, open_in, village, qtbot):
    village.book.close()
    open_in(window, village.path)
    window.operations.refused.emit(UnbalancedVoucher(100, 90))
    page = window.shell.pages.current_page()
    assert page.slip.isVisible()
    assert "L-121" in window.status.words
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not page.slip.isVisible()


def test_closing_the_window_gives_the_book_back(window, open_in, village):
    village.book.close()
    open_in(window, village.path)
    assert not window.session.read_only
    window.close()
    again = type(village)(village.path)
    assert not again.book.read_only
    again.book.close()


def test_no_entry_of_the_left_bar_is_dead(window, open_in, village, qtbot):
    village.book.close()
    open_in(window, village.path)
    for entry in window.shell.nav.entries:
        entry.click()
        qtbot.waitUntil(lambda: not window.operations.busy)
        assert window.shell.pages.current_name == entry.name
        assert [e.name for e in window.shell.nav.entries if e.isChecked()] == [entry.name]


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("colours", ["paper", "high"])
def test_nothing_is_larger_than_the_smallest_screen(window, open_in, village, size, colours, qtbot):
    village.book.close()
    window.theme.choose_size(size)
    window.theme.choose_colours(colours)
    open_in(window, village.path)
    for name in (*NAV_NAMES, "voucher"):
        window.shell.pages.jump(name)
        qtbot.waitUntil(lambda: not window.operations.busy)
        hint = window.minimumSizeHint()
        assert hint.width() <= 1366, name
        assert hint.height() <= 728, name
