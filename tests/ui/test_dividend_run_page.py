"""收益分红 in the window: typed by keyboard, worked out at once, refused gate by gate, booked by one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import COLLECTIVE
from tests.dividend_village import RESOLVED, SPRING, DividendVillage
from village_ledger.services.dividends.dividend_drafts import draft_of
from village_ledger.services.dividends.dividends import household_parts
from village_ledger.ui.dividends.dividend_run_page import DividendRunPage

POOL = "88888.88"


@pytest.fixture
def village(tmp_path):
    """100,000.00 earned in 2025, nobody has shares."""
    with DividendVillage.found(tmp_path) as made:
        made.earn()
        yield made


@pytest.fixture
def ready(village):
    """Shares held, the estate inherited, the year closed, the assembly's vote there."""
    village.hold()
    village.bequeath()
    village.shut()
    village.resolve()
    return village


@pytest.fixture
def opened(page_of, session, settle, qtbot):
    """The page of 2025, following changes as the window makes it; typing is waited for."""

    def open_page(**texts: str) -> DividendRunPage:
        page = page_of(DividendRunPage, year=2025)
        session.changed.connect(lambda changes: page.reload() if changes.touches(page.shows) else None)
        write(page, qtbot, settle, **texts)
        return page

    return open_page


def write(page, qtbot, settle, pool="", day="", record="", resolution=RESOLVED) -> None:
    """Fill the fields as a person does and wait for the figures."""
    for field, text in ((page.terms.record, record), (page.terms.day, day)):
        if text:
            field.selectAll()
            qtbot.keyClicks(field, text)
            qtbot.keyClick(field, Qt.Key.Key_Return)
    place = page.terms.resolution.findData(resolution)
    page.terms.resolution.setCurrentIndex(place)
    page.terms.resolution.activated.emit(place)
    page.pool.amount.selectAll()
    qtbot.keyClicks(page.pool.amount, pool)
    follow(page, qtbot, settle)


def follow(page, qtbot, settle) -> None:
    """Until what was typed has been worked out."""
    qtbot.waitUntil(lambda: not page._following.isActive())
    settle()


def rows(page) -> list[dict[str, str]]:
    """What the table shows, by column."""
    model = page.table.view.model()
    keys = [column.key for column in model.columns]
    return [{key: model.text(row, place) for place, key in enumerate(keys)} for row in range(model.count())]


def gate(page, rule: str) -> str:
    """What is said of one gate."""
    return next(words for words in page.side.gates.sentences if words.startswith(rule))


def post(page, qtbot, settle) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F10)
    settle()


def nothing_booked(village) -> bool:
    return not village.reader.dividends(COLLECTIVE) and not village.reader.unposted_ids(COLLECTIVE)


# worked out as it is typed


def test_every_household_stands_in_the_table_as_soon_as_the_pool_is_typed(ready, opened):
    page = opened(pool=POOL)
    assert [(row["code"], row["amount"], row["tail"]) for row in rows(page)] == [
        ("▸ 001", "8,888.89", "+1 分"),
        ("▸ 002", "8,888.89", "+1 分"),
        ("▸ 004", "8,888.89", "+1 分"),
        ("▸ 005", "8,888.89", "+1 分"),
        ("▸ 006", "11,851.55", "+0 分"),
        ("▸ 007", "17,777.77", "+0 分"),
        ("▸ 008", "2,962.67", "+1 分"),
    ]
    assert page.households.proof.text().startswith(
        "成员 65,184.88 ＋ 非成员和遗产 2,962.67 ＋ 集体 20,741.33 ＝ 88,888.88"
    )
    assert page.households.proof.text().endswith("一分不差")


def test_the_table_is_what_the_books_would_say(ready, opened):
    page = opened(pool=POOL)
    assert page.shown is not None
    assert page.shown.made is not None
    told = [(x.code, x.head, x.holders, x.amount) for x in household_parts(ready.reader, page.shown.made)]
    assert [(x.code, x.head, x.holders, x.amount) for x in page.shown.lines] == told


def test_another_amount_changes_every_line(ready, opened, qtbot, settle):
    page = opened(pool="1000")
    before = [row["amount"] for row in rows(page)]
    qtbot.keyClicks(page.pool.amount, "0")
    follow(page, qtbot, settle)
    assert [row["amount"] for row in rows(page)] != before
    assert page.shown.made.shared.asked == 1_000_000


def test_the_equals_sign_gives_out_all_there_is(ready, opened, qtbot, settle):
    page = opened(pool="1")
    qtbot.keyClick(page.pool.amount, Qt.Key.Key_Equal)
    follow(page, qtbot, settle)
    assert page.pool.fen() == 10_000_000
    assert page.shown.ok


def test_enter_opens_a_household_to_its_people(ready, opened, qtbot):
    page = opened(pool=POOL)
    page.table.setFocus()
    page.table.go_to_row(6)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    opened_rows = rows(page)
    assert (opened_rows[6]["code"], opened_rows[7]["head"], opened_rows[7]["shares"]) == (
        "▾ 008",
        "N01",
        "33.33",
    )
    assert page.table.view.model().tags(7) == (("非成员", False),)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert len(rows(page)) == 7


def test_f4_says_how_a_line_comes_about(ready, opened, qtbot):
    page = opened(pool=POOL)
    page.table.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_F4)
    assert "100.00 份 × 每份 88.8888 元 = 8,888.89 元" in page.households.explain.words.text()


def test_somebody_is_found_by_name_and_by_number(ready, opened, qtbot):
    page = opened(pool=POOL)
    qtbot.keyClicks(page.search, "M06")
    assert [row["head"] for row in rows(page)] == ["M06"]
    page.search.clear()
    qtbot.keyClicks(page.search, "007")
    assert [row["head"] for row in rows(page)] == ["M07"]


# the gates


def test_above_what_the_closed_year_left_is_refused(ready, opened, qtbot, settle):
    page = opened(pool="100000.01")
    assert gate(page, "D2") == (
        "D2 不超过可分配的收益：要分 100,000.01，2025年度可分配的有 100,000.00。请核对金额，分红不能超过可分配的收益。"
    )
    post(page, qtbot, settle)
    assert "规则 D2" in page.slip.notice.what
    assert nothing_booked(ready)


def test_above_the_draft_of_december_is_refused(village, page_of, qtbot, settle):
    village.hold()
    village.bequeath()
    village.resolve(day="2025-12-28", published="2025-12-10")
    page = page_of(DividendRunPage, year=2025)
    write(page, qtbot, settle, pool="100000.01", day="2025-12-31", record="2025-12-30")
    assert "D1 2025年12月，按预结数" in page.side.gates.sentences
    assert "可分配的有 100,000.00" in gate(page, "D2")
    post(page, qtbot, settle)
    assert "规则 D2" in page.slip.notice.what
    assert nothing_booked(village)


def test_a_year_not_closed_cannot_be_given_away_in_spring(village, page_of, qtbot, settle):
    village.hold()
    village.bequeath()
    village.resolve()
    page = page_of(DividendRunPage, year=2025)
    write(page, qtbot, settle, pool="1000", day=SPRING)
    assert gate(page, "D1").startswith("D1 分的是已结转年度的收益，或12月按预结数分：2025年还没有年终结转")
    assert page.shown.there is None


def test_without_shares_there_is_nobody_to_give_to(village, page_of, qtbot, settle):
    village.shut()
    village.resolve()
    page = page_of(DividendRunPage, year=2025)
    write(page, qtbot, settle, pool="1000", day=SPRING)
    assert gate(page, "D4").startswith("D4 登记日有可以分红的份额：2025-12-31 没有成员或其他持有人的份额")
    post(page, qtbot, settle)
    assert "规则 D4" in page.slip.notice.what
    assert nothing_booked(village)


def test_nine_days_of_notice_are_too_few(ready, opened, qtbot, settle):
    ready.resolve("短公示", published="2026-03-01")
    page = opened(pool="1000", resolution="短公示")
    assert "相隔 9 日" in gate(page, "D6")
    post(page, qtbot, settle)
    assert "规则 D6" in page.slip.notice.what
    assert nothing_booked(ready)


def test_without_a_resolution_the_way_to_one_is_shown(ready, opened, qtbot, settle, navigator):
    page = opened(pool="1000", resolution="")
    assert gate(page, "D5") == "D5 成员（代表）大会表决通过"
    assert page.status() == "还有 2 道关没过：D5、D6"
    page.side.way_chosen.emit("resolutions")
    assert navigator.opened == [("resolutions", {})]


def test_the_usual_day_moves_to_that_of_the_resolution(ready, opened):
    page = opened(pool="1000")
    assert page.terms.day.text() == "2026-03-10"


def test_a_record_date_after_the_day_is_refused(ready, opened):
    page = opened(pool="1000", day=SPRING, record="2026-03-21")
    assert gate(page, "D3").startswith(
        "D3 登记日不晚于分红日，也没有用过：登记日 2026-03-21，分红日 2026-03-20"
    )


def test_a_day_that_is_none_is_said_in_the_page(ready, opened):
    page = opened(pool="1000", day="2026-13-40")
    assert page.slip.notice is not None
    assert rows(page) == []


# booked


def test_one_key_books_it_and_leads_to_its_voucher(ready, opened, qtbot, settle, navigator):
    page = opened(pool=POOL, day=SPRING)
    assert page.shown.ok
    post(page, qtbot, settle)
    dividend = ready.reader.dividend_of(COLLECTIVE, 2025)
    assert dividend.amount == 8_888_888
    first = ready.reader.voucher(dividend.voucher_ids[0])
    assert navigator.opened == [("voucher_list", {"month": first.ref.month, "voucher": first.id})]
    assert str(first.ref) in page.status()
    assert str(first.ref) in page.notice.sentence.text()


def test_twice_is_refused(ready, opened, qtbot, settle):
    page = opened(pool="1000", day=SPRING)
    post(page, qtbot, settle)
    write(page, qtbot, settle, pool="500", day=SPRING)
    assert gate(page, "D7").startswith("D7 这一年还没有分过红：2025年度已在 2026-03-20 分过红 1,000.00")
    post(page, qtbot, settle)
    assert "规则 D7" in page.slip.notice.what
    assert len(ready.reader.dividends(COLLECTIVE)) == 1


# nothing typed is lost


def test_what_was_typed_is_there_after_leaving_and_gone_once_booked(ready, opened, page_of, qtbot, settle):
    page = opened(pool="1234.5", day=SPRING)
    assert page.leave()
    settle()
    again = page_of(DividendRunPage, year=2025)
    assert (again.pool.amount.text(), again.terms.day.text()) == ("1234.5", SPRING)
    assert again.terms.resolution.currentData() == RESOLVED
    assert again.shown.made.shared.asked == 123_450
    post(again, qtbot, settle)
    assert draft_of(ready.reader, COLLECTIVE, 2025) == {}


def test_the_committees_ledger_says_that_nothing_is_given_away(page_of, session):
    session.switch_ledger("committee")
    page = page_of(DividendRunPage, year=2025)
    assert "没有收益分配" in page.slip.notice.what


# papers and ways


def test_the_wall_sheet_hides_half_of_every_name(ready, opened, qtbot, navigator):
    page = opened(pool=POOL)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    name, where = navigator.opened[-1]
    (table,) = where["tables"]
    assert (name, table.report) == ("preview", "dividend-notice")
    named = [row.cells[table.column_index("head")] for row in table.rows]
    assert named[:2] == ["M*1", "M*2"]
    assert not {"M01", "M02", "N01"} & {cell for row in table.rows for cell in row.cells}
    assert list(table.rows)[-1].cells[table.column_index("amount")] == 8_888_888


def test_the_sheet_to_sign_says_that_nothing_is_booked_yet(ready, opened, qtbot, navigator, tmp_path):
    page = opened(pool=POOL)
    page.action("sheet").trigger()
    where = navigator.opened[-1][1]
    (table,) = where["tables"]
    amounts = [row.cells[table.column_index("amount")] for row in table.rows]
    assert amounts[-1] == sum(amounts[:-1]) == 6_518_488 + 296_267
    drawn = where["draw"](tmp_path / "签领单.pdf")
    assert drawn.pages >= 1


def test_papers_wait_for_an_amount(ready, opened, qtbot, navigator):
    page = opened()
    qtbot.keyClick(page, Qt.Key.Key_F8)
    assert navigator.opened == []
    assert page.status() == "先写上这次一共分多少。"


def test_the_accounts_are_saved_where_one_wants_them(ready, opened, qtbot, settle, monkeypatch, tmp_path):
    path = tmp_path / "分红.csv"
    monkeypatch.setattr("village_ledger.ui.sheets.saving.ask_path", lambda *_: path)
    page = opened(pool=POOL)
    qtbot.keyClick(
        page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    settle()
    assert "008/N01" in path.read_text(encoding="utf-8-sig")
    assert str(path) in page.status()


def test_a_dividend_that_stands_is_shown_as_it_was_given(ready, page_of, navigator):
    dividend = ready.give()
    page = page_of(DividendRunPage, year=2025)
    assert sum(line.amount for line in page.shown.lines) == 6_518_488 + 296_267
    assert page.side.gates.sentences[0].startswith("D7 ")
    assert "2025年度已经分红 88,888.88 元" in page.notice.sentence.text()
    page.notice.buttons[0].click()
    ref = ready.reader.voucher(dividend.voucher_ids[0]).ref
    assert navigator.opened == [("voucher_list", {"month": ref.month, "voucher": dividend.voucher_ids[0]})]


def test_the_change_to_the_time_before_stands_beside(ready, page_of, qtbot, settle):
    ready.give()
    ready.into_the_books()
    ready.posted("2026-03-22", "收租金", "借 102 5000; 贷 501 5000")
    ready.resolve("第二次", "2026-12-10", published="2026-11-20")
    page = page_of(DividendRunPage, year=2026)
    write(page, qtbot, settle, "1000", "2026-12-31", "2026-12-31", "第二次")
    assert [(row["amount"], row["change"]) for row in rows(page)][:2] == [("100.00", "-8,788.89")] * 2
    assert page.shown.ok


def test_in_a_narrow_window_gates_and_households_take_turns(ready, opened, qtbot):
    page = opened(pool=POOL)
    page.theme.fit(600)
    page.restyle()
    assert page.main.isVisible()
    assert not page.side.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_F7)
    assert (page.main.isVisible(), page.side.isVisible()) == (False, True)
    assert page.escape()
    assert (page.main.isVisible(), page.side.isVisible()) == (True, False)
