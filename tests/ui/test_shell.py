"""The desk of an open book: keys, slips, pages and the way between them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from tests.builders import COMMITTEE
from village_ledger.domain.errors import DiskFullError, ImportRefused, UnbalancedVoucher
from village_ledger.services.changes import Changes
from village_ledger.ui import actions
from village_ledger.ui.beginning.key_card import KeyCard, KeyRow, _columns
from village_ledger.ui.desk.home_page import HomePage
from village_ledger.ui.error_presenter import CRASH_CODE, describe, report_text, scramble
from village_ledger.ui.page import Page
from village_ledger.ui.page_stack import PageStack

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
