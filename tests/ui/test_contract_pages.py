"""Contracts in the window: what is due, the register, one contract, the form with its rows, acts, taking a file in."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE
from tests.cli.test_contract_command import HEADS, POND, SHOP
from tests.contracts.lets import FIRM, a_contract, day, entered, signed, terms
from tests.exchange.files import write_csv
from tests.shares.clerk import SAMPLES
from village_ledger.domain.contract import Item, Papers, Penalty, Status
from village_ledger.domain.period import Month
from village_ledger.services.contracts.standing import whole
from village_ledger.ui.contracts.contract_act_page import ContractActPage
from village_ledger.ui.contracts.contract_form_page import ContractFormPage
from village_ledger.ui.contracts.contract_import_page import ContractImportPage
from village_ledger.ui.contracts.contract_page import ContractPage
from village_ledger.ui.contracts.contracts_page import ContractsPage
from village_ledger.ui.contracts.due_page import DuePage
from village_ledger.ui.desk.home_page import HomePage
from village_ledger.ui.desk.works_page import WorksPage
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.state_mark import Check

NUMBER = "青合2025-01"


@pytest.fixture
def let(village, session):
    """A shop late since January, a pond whose contract ends in the year, a draft; December is in view."""
    session.go_to_month(Month(2025, 12))
    signed(village)
    signed(
        village,
        a_contract(
            "青合2025-02",
            "Z001",
            party="何大明",
            items=(Item("Z001", "山塘"),),
            terms=terms("2025-01-01", "2025-12-31", 6000, last=True),
        ),
    )
    entered(village, a_contract("青合2026-09", "J009", terms=terms("2026-01-01", "2026-12-31", 100)))
    return village


def rows(table) -> list[list[str]]:
    model = table.view.model()
    return [[model.text(row, place) for place in range(len(model.columns))] for row in range(model.count())]


def fill(page, **said: str) -> None:
    for key, text in said.items():
        field = page.fields[key]
        if isinstance(field, PickList):
            assert field.findData(text) >= 0, (key, text)
            field.setCurrentIndex(field.findData(text))
        else:
            field.setText(text)


def refused(page) -> str:
    assert page.slip.notice is not None
    return page.slip.notice.sentence()


# what is due


def test_one_screen_says_what_is_late_due_and_ending(page_of, let):
    page = page_of(DuePage)
    shown = rows(page.table)
    assert [row[1] for row in shown] == [
        "已经逾期",
        NUMBER,
        "租金到期",
        "青合2025-02",
        "合同到期",
        "青合2025-02",
    ]
    assert shown[1][4:7] == ["2025-01-01", "逾期 364 天", "9,600.00"]
    assert shown[3][5:7] == ["今天", "6,000.00"]
    assert page.status() == "逾期 1 份 · 快到期的租金 1 份 · 快到期的合同 1 份"


def test_marks_tell_the_groups_apart_without_colour(page_of, let):
    model = page_of(DuePage).model
    assert [model.check(row) for row in (0, 1, 3, 5)] == [None, Check.FAIL, Check.WAITING, Check.WARN]
    assert model.words(1, 0) == "已经逾期"


def test_enter_opens_f8_receives_f10_books(page_of, let, navigator, settle):
    page = page_of(DuePage)
    page.action("open").trigger()
    assert navigator.opened[-1] == ("contract", {"number": NUMBER})
    page.action("receive").trigger()
    assert navigator.opened[-1] == ("contract_act", {"act": "receive", "number": NUMBER})
    page.action("accrue").trigger()
    settle()
    assert page.status() == "记了 2 张应收凭证，15,600.00 元，等待审核"
    page.action("accrue").trigger()
    settle()
    assert "都记过应收了" in page.status()
    page.action("explain").trigger()
    assert "欠租 9,600.00 元，最早一笔逾期 364 天" in page.explain.words.text()
    assert page.escape()


def test_nothing_due_says_where_contracts_are(page_of, village):
    assert "Ctrl+D" in page_of(DuePage).table.view.empty_words


def test_more_than_a_page_is_shown_when_asked_for(page_of, village, settle):
    for place in range(35):
        signed(village, a_contract(f"合{place:02d}", f"M{place:02d}"))
    page = page_of(DuePage)
    assert rows(page.table)[31][2] == "还有 5 份，按 Enter 再看 30 份"
    page._open(31)
    settle()
    assert sum(row[1].startswith("合") and row[1] != "合同到期" for row in rows(page.table)) == 35


# the register


def test_the_register_finds_and_filters(page_of, let, navigator):
    page = page_of(ContractsPage)
    assert [row[1] for row in rows(page.table)] == [NUMBER, "青合2025-02"]
    assert page.status() == "2 份 · 在用的年租金 15,600.00 · 欠租 9,600.00"
    page.search.setText("大明")
    assert [row[1] for row in rows(page.table)] == ["青合2025-02"]
    page.search.setText("没有的")
    assert page.table.view.empty_words == "没有这样的合同。"
    assert page.escape()
    for chosen, count in (("watch", 2), ("draft", 1), ("over", 0), ("all", 3)):
        page.filters.set_value(chosen)
        page._filter()
        assert len(rows(page.table)) == count, chosen
    page.action("register").trigger()
    assert navigator.opened[-1][1]["report"] == "contract-register"
    page.action("add").trigger()
    assert navigator.opened[-1] == ("contract_form", {})


def test_the_boards_term_is_asked_in_the_page(page_of, let, settle):
    page = page_of(ContractsPage)
    page.action("board").trigger()
    page.ask.field.setText("2026-06-30")
    page.ask.act.click()
    settle()
    assert let.reader.setting("contracts.board_until") == "2026-06-30"


# one contract


def test_a_contract_shows_rows_terms_and_what_to_look_after(page_of, let):
    page = page_of(ContractPage, number=NUMBER)
    assert rows(page.rows)[0][1:4] == ["2025-01-01 至 06-30", "2025-01-01", "4,800.00"]
    assert rows(page.rows)[0][-1] == "逾期 364 天"
    assert "欠租 9,600.00 元" in page.remark.sentence.text()
    assert rows(page.changes)[0][1] == "签订"
    assert page.status() == "第 1 份，共 3 份"
    assert not page.action("edit").isEnabled()
    assert not page.action("penalty").isEnabled()


def test_a_draft_can_be_changed_signed_or_deleted(page_of, let, settle, navigator):
    page = page_of(ContractPage, number="青合2026-09")
    assert page.action("edit").isEnabled()
    assert not page.action("receive").isEnabled()
    page.action("forget").trigger()
    page.ask.act.click()
    settle()
    assert not let.reader.has_contract(COLLECTIVE, "青合2026-09")
    assert navigator.backs == 1


def test_a_contract_books_its_own_rows_and_leads_to_the_voucher(page_of, let, settle, navigator):
    page = page_of(ContractPage, number=NUMBER)
    page.action("voucher").trigger()
    assert page.status() == "这一期还没有凭证"
    page.action("accrue").trigger()
    settle()
    assert page.status() == "记成了 记-0001，等待审核"
    page.reload()
    settle()
    page._open_voucher(0)
    assert navigator.opened[-1][0] == "voucher"


# the form


def form(page_of, **where):
    page = page_of(ContractFormPage, **where)
    fill(
        page,
        number="青合2025-07",
        party="冉记副食",
        what="3号门面",
        start="2025-01-01",
        end="2025-12-31",
        period="6",
        amount="3000",
    )
    return page


def test_rows_follow_while_typing(page_of, settle):
    page = form(page_of)
    page.follow()
    assert rows(page.preview) == [
        ["2025-01-01 至 2025-06-30", "2025-01-01", "3,000.00"],
        ["2025-07-01 至 2025-12-31", "2025-07-01", "3,000.00"],
    ]
    fill(page, end="2025-02-30")
    page.follow()
    assert page.said_of_rows.text().startswith("✕ 没有“2025-02-30”这一天")
    fill(page, end="2024-02-28")
    page.follow()
    assert "早于起始日期" in page.said_of_rows.text()


def test_something_let_already_is_said_while_typing_and_refused(page_of, let, settle):
    page = form(page_of)
    fill(page, code="J001")
    page.follow()
    settle()
    assert f"已经租给{FIRM}" in page.clash.sentence.text()
    page.action("save").trigger()
    settle()
    assert "时间重叠" in refused(page)
    assert not let.reader.has_contract(COLLECTIVE, "青合2025-07")


def test_a_contract_is_kept_and_signed(page_of, village, settle, navigator):
    page = form(page_of)
    fill(page, resolution="青股社〔2024〕9号", member="1", penalty="5", deposit="500")
    page.action("sign").trigger()
    settle()
    stored = village.reader.contract(COLLECTIVE, "青合2025-07")
    assert (stored.status, stored.contract.member, stored.contract.penalty.rate) == (Status.SIGNED, True, 500)
    assert navigator.opened[-1] == ("contract", {"number": "青合2025-07"})


def test_a_draft_comes_back_into_the_form(page_of, let, settle):
    page = page_of(ContractFormPage, number="青合2026-09")
    assert page.said()["amount"] == "100.00"
    fill(page, amount="120")
    page.action("save").trigger()
    settle()
    assert let.reader.contract(COLLECTIVE, "青合2026-09").contract.terms.amount == 12000


# acts


def act(page, settle, **said: str) -> None:
    fill(page, **said)
    page.action("act").trigger()
    settle()


def test_rent_is_received_with_what_is_late_filled_in(page_of, let, settle, navigator):
    page = page_of(ContractActPage, act="receive", number=NUMBER)
    assert page.said()["amount"] == "9600.00"
    assert "欠 9,600.00" in page.head._subtitle.text()
    act(page, settle, day="2025-12-30", money="101", attachments="1")
    assert [row.open for row in whole(let.reader, COLLECTIVE, NUMBER).rows][:2] == [0, 0]


def test_more_than_is_open_is_refused_on_the_page(page_of, let, settle):
    page = page_of(ContractActPage, act="receive", number=NUMBER)
    act(page, settle, day="2025-12-30", money="101", amount="14400.01")
    assert "多了" in refused(page)


def test_a_change_is_chosen_and_entered(page_of, let, settle):
    page = page_of(ContractActPage, act="amount", number=NUMBER)
    page.action("other").trigger()
    settle()
    assert page.act == "term"
    act(page, settle, day="2025-06-01", end="2026-12-31", basis="补充协议")
    assert let.reader.contract(COLLECTIVE, NUMBER).now.end == day("2026-12-31")


def test_a_posted_voucher_is_matched_on_the_page(page_of, let, settle):
    let.posted("2025-01-08", "收房租", f"借 101 4800; 贷 501@{FIRM} 4800")
    page = page_of(ContractActPage, act="match", number=NUMBER)
    field = page.fields["voucher"]
    assert isinstance(field, PickList)
    assert field.currentText() == "2025-01/记-0001 2025-01-08 4,800.00"
    act(page, settle)
    assert whole(let.reader, COLLECTIVE, NUMBER).rows[0].open == 0


def test_deposit_and_late_money(page_of, village, settle):
    signed(village, a_contract(deposit=100000, penalty=Penalty(500), papers=Papers(resolution="决")))
    page = page_of(ContractActPage, act="deposit", number=NUMBER)
    act(page, settle, way="take", day="2025-01-05", amount="1000", money="101")
    assert whole(village.reader, COLLECTIVE, NUMBER).deposit_held == 100000
    page = page_of(ContractActPage, act="penalty", number=NUMBER)
    act(page, settle, month="2025-02")
    assert len(whole(village.reader, COLLECTIVE, NUMBER).links) == 1


# taking a register in


def test_a_register_kept_by_hand_comes_in(page_of, village, settle, navigator):
    page = page_of(ContractImportPage)
    page.look_at(SAMPLES / "contracts_register.xlsx")
    settle()
    assert page.status() == "contracts_register.xlsx：21 份合同；4 处待答"
    page.show_step(2)
    for _ in range(4):
        page.action("leave_out").trigger()
        settle()
    page.action("next").trigger()
    settle()
    assert page.action("next").text() == "导入 21 份合同"
    page.action("next").trigger()
    settle()
    assert len(village.reader.contracts(COLLECTIVE)) == 21
    assert navigator.opened[-1][0] == "contracts"


def test_a_file_in_our_own_layout_comes_in_too(page_of, village, settle, tmp_path):
    page = page_of(ContractImportPage)
    page.look_at(write_csv(tmp_path / "合同.csv", [SHOP, POND], HEADS))
    settle()
    assert page.status() == "合同.csv：2 份合同"
    for _ in range(3):
        page.action("next").trigger()
        settle()
    assert sorted(one.number for one in village.reader.contracts(COLLECTIVE)) == ["青合-1", "青合-2"]


# ways in


def test_home_and_works_lead_to_it(page_of, let, navigator):
    home = page_of(HomePage)
    words = [todo.words for todo in home._todos(home._figures)]
    assert any(f"1号门面租金 9,600.00 未收 · {FIRM}，逾期" in text for text in words)
    assert {"到期和欠租", "合同台账"} <= {entry.name for entry in page_of(WorksPage).entries()}
