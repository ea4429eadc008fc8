"""分红发放 in the window: ticked by keyboard, paid in cash and through the bank, answered by hand and out of a file."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from tests.dividend_village import DividendVillage
from village_ledger.domain.period import Span
from village_ledger.ui.desk.reports_page import ReportsPage
from village_ledger.ui.dividends import dividend_paying
from village_ledger.ui.dividends.dividend_payment_figures import PAID, WAITING
from village_ledger.ui.dividends.dividend_payments_page import DividendPaymentsPage
from village_ledger.ui.people.household_page import HouseholdPage

DAY = "2026-03-25"


@pytest.fixture
def village(tmp_path):
    """The worked example before the year is closed."""
    with DividendVillage.found(tmp_path) as made:
        made.earn()
        made.hold()
        yield made


@pytest.fixture
def dividend(village):
    """Given away and in the books, the estate inherited by a non-member."""
    village.bequeath()
    return booked(village)


def booked(village):
    village.shut()
    village.resolve()
    made = village.give()
    village.into_the_books()
    return made


@pytest.fixture
def opened(page_of, session, settle):
    """The page on a day, following changes as the window makes it."""

    def open_page(**where: str) -> DividendPaymentsPage:
        page = page_of(DividendPaymentsPage, year=2025, **where)
        session.changed.connect(lambda changes: page.reload() if changes.touches(page.shows) else None)
        page.form.day.setText(DAY)
        page.reload()
        settle()
        return page

    return open_page


@pytest.fixture
def bank_file(tmp_path, monkeypatch):
    """Where the bank's file is saved when the page asks."""
    path = tmp_path / "代发.xlsx"
    monkeypatch.setattr(dividend_paying, "ask_place", lambda *_: path)
    return path


def press(qtbot, page, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table.view, key, modifier)


def stand_on(page, holder: str) -> None:
    model = page.lists.model
    page.table.go_to_row(next(row for row in range(model.count()) if model.name(row)[1] == holder))


def rows(page) -> list[dict[str, str]]:
    model = page.lists.model
    keys = [column.key for column in model.columns]
    return [{key: model.text(row, place) for place, key in enumerate(keys)} for row in range(model.count())]


def owed(page) -> dict[str, str]:
    return {row["who"]: row["owed"] for row in rows(page)}


def in_cash(page) -> None:
    page.form.method.set_value("cash")
    page.form.method.chosen.emit("cash")


# what is owed


def test_everybody_stands_with_what_is_owed(dividend, opened):
    page = opened()
    assert owed(page) == {
        "M01": "8,888.89",
        "M02": "8,888.89",
        "M04": "8,888.89",
        "M05": "8,888.89",
        "M06": "11,851.55",
        "M07": "17,777.77",
        "N01": "2,962.67",
    }
    assert page.status() == "应发 68,147.55 · 已发 0.00 · 未领 68,147.55"


def test_without_a_dividend_the_list_says_where_one_is_made(village, opened):
    page = opened()
    assert "收益分红" in page.table.view.empty_words


# cash


def test_cash_is_taken_by_somebody_for_the_holder(dividend, village, opened, qtbot, settle):
    page = opened()
    stand_on(page, "M04")
    in_cash(page)
    qtbot.keyClicks(page.form.receiver, "Zhou")
    page.form.relation.setText("配偶")
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    (payment,) = village.reader.dividend_payments(dividend.id)
    assert (payment.amount, payment.method, payment.receiver, payment.relation) == (
        888_889,
        "cash",
        "Zhou",
        "配偶",
    )
    assert "M04" not in owed(page)
    assert str(payment.voucher) in page.notice.sentence.text()
    voucher = village.reader.voucher(payment.voucher_id).voucher
    assert [(x.account, x.counterparty, x.debit, x.credit) for x in voucher.lines] == [
        ("113", "004/M04", 888_889, 0),
        ("101", "", 0, 888_889),
    ]


def test_who_takes_it_must_be_related_somehow(dividend, village, opened, qtbot, settle):
    page = opened()
    in_cash(page)
    qtbot.keyClicks(page.form.receiver, "Zhou")
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert "是什么关系没有写" in page.slip.notice.what
    assert village.reader.dividend_payments(dividend.id) == []


def test_a_part_now_and_the_rest_later(dividend, village, opened, qtbot, settle):
    page = opened()
    stand_on(page, "M07")
    in_cash(page)
    qtbot.keyClicks(page.form.amount, "7777.77")
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert owed(page)["M07"] == "10,000.00"
    stand_on(page, "M07")
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert "M07" not in owed(page)
    assert [p.amount for p in village.reader.dividend_payments(dividend.id)] == [777_777, 1_000_000]


def test_more_than_is_owed_is_refused(dividend, village, opened, qtbot, settle):
    page = opened()
    in_cash(page)
    qtbot.keyClicks(page.form.amount, "9000")
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert "还可以发 8,888.89，不能发 9,000.00" in page.slip.notice.what
    assert village.reader.dividend_payments(dividend.id) == []


def test_an_estate_is_held_and_says_why(village, opened, qtbot, settle):
    dividend = booked(village)
    page = opened()
    stand_on(page, "M03")
    press(qtbot, page, Qt.Key.Key_Space)
    assert "去世，份额还没有办继承，先挂账" in page.lists.explain.words.text()
    assert page.lists.marked == set()
    in_cash(page)
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert page.slip.notice.code == "L-192"
    assert "规则 I14" in page.slip.notice.what
    assert village.reader.dividend_payments(dividend.id) == []


def test_all_ticks_everybody_but_an_estate(village, opened, qtbot):
    booked(village)
    page = opened()
    press(qtbot, page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.form.chosen.text() == "选了 6 笔，共 65,184.88 元"
    press(qtbot, page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.form.chosen.text().startswith("当前这一笔")


def test_nothing_is_paid_before_the_dividend_is_in_the_books(village, opened, qtbot, settle):
    village.bequeath()
    village.shut()
    village.resolve()
    village.give()
    page = opened()
    in_cash(page)
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert "还没有记账" in page.slip.notice.what


# through the bank


def pay_two(page, qtbot, settle, village) -> None:
    """M01 and M02 through the bank, the voucher in the books."""
    for holder in ("M01", "M02"):
        stand_on(page, holder)
        press(qtbot, page, Qt.Key.Key_Space)
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    village.into_the_books()
    page.reload()
    settle()


def test_a_batch_makes_one_voucher_and_the_banks_file(dividend, village, opened, bank_file, qtbot, settle):
    page = opened()
    pay_two(page, qtbot, settle, village)
    payments = village.reader.dividend_payments(dividend.id)
    assert [(p.amount, p.method) for p in payments] == [(888_889, "bank"), (888_889, "bank")]
    assert len({p.voucher_id for p in payments}) == 1
    sheet = load_workbook(bank_file).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert {"收款人户名", "M01", "M02"} <= set(cells)
    assert str(bank_file) in page.notice.sentence.text()


def test_thought_better_of_the_file_nothing_is_paid(dividend, village, opened, monkeypatch, qtbot, settle):
    monkeypatch.setattr(dividend_paying, "ask_place", lambda *_: None)
    page = opened()
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert village.reader.dividend_payments(dividend.id) == []


def test_a_file_that_cannot_be_written_pays_nothing(
    dividend, village, opened, tmp_path, monkeypatch, qtbot, settle
):
    monkeypatch.setattr(dividend_paying, "ask_place", lambda *_: tmp_path / "没有" / "代发.xlsx")
    page = opened()
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert page.slip.notice is not None
    assert village.reader.dividend_payments(dividend.id) == []


def test_what_the_bank_sent_back_by_hand_is_owed_again(dividend, village, opened, bank_file, qtbot, settle):
    page = opened()
    pay_two(page, qtbot, settle, village)
    press(qtbot, page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert [(row["to"], row["amount"]) for row in rows(page)] == [("M01", "8,888.89"), ("M02", "8,888.89")]
    stand_on(page, "M01")
    page.form.result.set_value("failed")
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert "没有写银行退回的原因" in page.slip.notice.what
    page.form.note.setText("账号不符")
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert [row["to"] for row in rows(page)] == ["M02"]
    page.form.result.set_value("done")
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    assert rows(page) == []
    press(qtbot, page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert next(row for row in rows(page) if row["who"] == "M01")["why"] == "银行退回：账号不符"
    assert "M02" not in owed(page)
    press(qtbot, page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert [(row["who"], row["how"]) for row in rows(page)] == [("M01", "银行退回"), ("M02", "银行成功")]


ANSWER = [
    ["序号", "收款人户名", "收款人账号", "金额", "处理结果", "失败原因"],
    ["1", "M01", "", "8888.89", "成功", ""],
    ["2", "M02", "", "8888.89", "失败", "户名不符"],
]


def test_the_banks_file_answers_all_at_once(dividend, village, opened, bank_file, tmp_path, qtbot, settle):
    page = opened()
    pay_two(page, qtbot, settle, village)
    page.take_results_file(write_answer(tmp_path, ANSWER))
    settle()
    said = {p.line: (p.result, p.result_note) for p in village.reader.dividend_payments(dividend.id)}
    assert said == {
        village.line(dividend, "001/M01"): ("done", ""),
        village.line(dividend, "002/M02"): ("failed", "户名不符"),
    }
    assert owed(page)["M02"] == "8,888.89"
    assert "成功 1 笔，退回 1 笔" in page.notice.sentence.text()


@pytest.mark.parametrize(
    ("place", "cell", "said"),
    [
        (1, "M09", "第3行：没有等银行答复的“M09”8,888.89 元"),
        (3, "8888.88", "第3行：没有等银行答复的“M02”8,888.88 元"),
        (4, "再说", "看不懂结果“再说”"),
    ],
)
def test_one_row_at_fault_refuses_the_whole_file(
    dividend, village, opened, bank_file, tmp_path, qtbot, settle, place, cell, said
):
    page = opened()
    pay_two(page, qtbot, settle, village)
    bad = [*ANSWER[:2], [*ANSWER[2][:place], cell, *ANSWER[2][place + 1 :]]]
    page.take_results_file(write_answer(tmp_path, bad))
    settle()
    assert any(said in fault for fault in page.slip.notice.faults)
    assert {p.result for p in village.reader.dividend_payments(dividend.id)} == {""}


def test_a_file_without_results_says_what_it_needs(
    dividend, village, opened, bank_file, tmp_path, qtbot, settle
):
    page = opened()
    pay_two(page, qtbot, settle, village)
    page.take_results_file(write_answer(tmp_path, [["户名", "金额"], ["M01", "8888.89"]]))
    settle()
    assert "没有找到收款人户名、金额、处理结果" in page.slip.notice.what


def write_answer(folder, lines):
    path = folder / "结果.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    return path


# ways


def test_enter_leads_to_the_voucher_of_a_payment(dividend, village, opened, navigator, qtbot, settle):
    page = opened()
    in_cash(page)
    press(qtbot, page, Qt.Key.Key_F6)
    settle()
    press(qtbot, page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    press(qtbot, page, Qt.Key.Key_Return)
    (payment,) = village.reader.dividend_payments(dividend.id)
    assert navigator.opened[-1] == (
        "voucher_list",
        {"month": payment.voucher.month, "voucher": payment.voucher_id},
    )


def test_there_is_nothing_to_do_in_an_empty_list(dividend, opened, village):
    page = opened(view=PAID)
    assert not page.action("act").isEnabled()
    page._look(WAITING)
    assert not page.action("act").isEnabled()


def test_the_list_of_what_nobody_claimed_is_of_the_day_written(dividend, opened, navigator):
    page = opened()
    page.action("print").trigger()
    span = Span(date(2026, 1, 1), date(2026, 3, 25))
    assert navigator.opened == [("preview", {"report": "dividend-unclaimed", "span": span})]


def test_reports_and_the_household_lead_here(dividend, page_of, navigator, qtbot):
    names = [entry.name for entry in page_of(ReportsPage).entries()]
    assert {"收益分配明细", "未领分红清单"} <= set(names)
    home = page_of(HouseholdPage, household="004")
    qtbot.keyClick(home, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert navigator.opened[-1] == ("dividend_payments", {"text": "004"})


def test_one_household_is_ticked_at_once(dividend, opened, qtbot):
    page = opened(text="004")
    assert [row["who"] for row in rows(page)] == ["M04"]
    press(qtbot, page, Qt.Key.Key_F7)
    assert page.form.chosen.text() == "选了 1 笔，共 8,888.89 元"
    assert page.escape()
    assert page.form.chosen.text().startswith("当前这一笔")


def test_f8_leads_to_the_form_and_back(dividend, opened, qtbot):
    page = opened()
    page.activateWindow()
    press(qtbot, page, Qt.Key.Key_F8)
    assert page.focusWidget() is page.form.day
    qtbot.keyClick(page.form.day, Qt.Key.Key_F8)
    assert page.focusWidget() is page.table.view
