"""Pages of approval limits and projects: what they show, what their keys do, what they refuse."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE
from tests.limits_village import SIGNED, governed
from tests.services.test_projects import BUDGET, CARD, CONTRACT, ROAD, write
from village_ledger.services.limits import incomplete
from village_ledger.ui.desk.works_page import WorksPage
from village_ledger.ui.limits.incomplete_page import IncompletePage
from village_ledger.ui.limits.limits_page import LimitsPage
from village_ledger.ui.limits.payment_page import PaymentPage
from village_ledger.ui.limits.small_powers_page import SmallPowersPage
from village_ledger.ui.projects.project_page import ProjectPage
from village_ledger.ui.projects.projects_page import ProjectsPage
from village_ledger.ui.voucher.voucher_page import VoucherPage

__all__ = ["governed"]
SIGNS = "经手人=张出纳、理事长=周理事长、村党组织书记=吴书记、监事会（监督委员会）=郑监事"


def column(page, place: int) -> list[str]:
    return [page.model.text(row, place) for row in range(page.model.count())]


def test_the_pages_are_reached_from_the_works_page(page_of, navigator):
    page = page_of(WorksPage)
    names = [entry.name for entry in page.entries()]
    for name, target in (("审批限额", "limits"), ("手续不全", "incomplete_papers"), ("项目", "projects")):
        page.table.opened.emit(names.index(name))
        assert navigator.opened[-1] == (target, {})


def test_a_preset_is_looked_at_changed_band_by_band_and_adopted(page_of, village, settle):
    page = page_of(LimitsPage)
    assert "还没有采用" in page.said.text()
    assert column(page, 1) == ["不超过 1,000.00", "超过 1,000.00，不超过 10,000.00", "超过 10,000.00"]
    page.table.go_to_row(0)
    page.amount.setText("2000")
    page.action("change").trigger()
    assert column(page, 1)[:2] == ["不超过 2,000.00", "超过 2,000.00，不超过 10,000.00"]
    page.action("adopt").trigger()
    settle()
    assert page.slip.isVisibleTo(page)
    page.day.setText("2025-02-01")
    page.reason.setText("村民大会")
    page.action("adopt").trigger()
    settle()
    rules = village.reader.limit_set(COLLECTIVE, date(2025, 2, 1))
    assert (rules.title, rules.bands[0].last) == ("青山村审批限额 第 1 版", 200_000)


@pytest.mark.parametrize(
    ("field", "text"), [("amount", "20000"), ("signers", "皇帝"), ("papers", "白条"), ("amount", "")]
)
def test_a_band_that_cannot_be_is_refused_in_the_page(page_of, settle, field, text):
    page = page_of(LimitsPage)
    page.table.go_to_row(0)
    getattr(page, field).setText(text)
    page.action("change").trigger()
    settle()
    assert page.slip.isVisibleTo(page)
    assert column(page, 1)[0] == "不超过 1,000.00"


def test_the_list_of_powers_says_all_of_the_one_under_the_cursor(page_of, navigator):
    page = page_of(SmallPowersPage)
    assert page.model.count() >= 15
    page.table.go_to_row(1)
    assert "依据" in page.said.text()
    page.action("print_this").trigger()
    assert navigator.opened[-1][1]["report"] == "small-powers"


def test_a_villages_own_list_is_saved_changed_and_adopted(page_of, village, settle, tmp_path):
    page = page_of(SmallPowersPage)
    own = tmp_path / "清单.toml"
    page.save_to(own)
    settle()
    page.take_in_file(own)
    assert page.slip.isVisibleTo(page)  # no day yet
    own.write_text(own.read_text(encoding="utf-8").replace("公章使用", "公章外带"), encoding="utf-8")
    page.day.setText("2025-04-01")
    page.reason.setText("县清单")
    page.take_in_file(own)
    settle()
    assert page.said.text() == "从 2025-04-01 起用第 1 版。"
    page.reload()
    settle()
    assert "公章外带" in column(page, 1)
    page.take_in_file(tmp_path / "没有.toml")
    assert page.slip.isVisibleTo(page)


def test_a_payment_is_registered_on_its_page(page_of, governed, navigator, settle):
    voucher = governed.entered("2025-03-08", "修水塔", "借 513@施工队 12000; 贷 102 12000")
    page = page_of(PaymentPage, voucher_id=voucher.id)
    assert "没有写决策编号" in page.said.text()
    assert page.payee.text() == "施工队"
    page.signers.setText("理事长周理事长")
    page.action("approve").trigger()
    assert page.slip.isVisibleTo(page)
    page.decision.setText("青村决〔2025〕1号")
    page.signers.setText(SIGNS)
    page.papers.setText("发票或收据=1、会议记录=1")
    page.action("approve").trigger()
    settle()
    assert governed.reader.approval(voucher.id).approval.signers == SIGNED
    assert "手续齐了" in page.said.text()
    page.action("print_this").trigger()
    settle()
    assert navigator.opened[-1][0] == "preview"


def test_money_that_left_is_booked_and_settled_from_the_pages(page_of, governed, navigator, settle):
    voucher = governed.entered("2025-03-08", "修水塔", "借 513@施工队 12000; 贷 102 12000")
    page = page_of(PaymentPage, voucher_id=voucher.id)
    page.action("advance").trigger()
    settle()
    assert navigator.opened[-1][0] == "incomplete_papers"
    governed.review(voucher)
    governed.post(voucher)
    waiting = page_of(IncompletePage)
    assert column(waiting, 2) == ["施工队"]
    waiting.day.setText("2025-04-02")
    waiting.decision.setText("青村决〔2025〕1号")
    waiting.signers.setText(SIGNS)
    waiting.papers.setText("发票或收据=1、会议记录=1")
    waiting.action("settle").trigger()
    settle()
    assert incomplete.still_open(governed.reader, COLLECTIVE, date(2025, 4, 30)) == []
    assert "2025-04/记-0001" in waiting.said.text()


def test_the_voucher_page_says_what_the_payment_needs_and_leads_there(page_of, governed, navigator, settle):
    voucher = governed.entered("2025-03-08", "修水塔", "借 513 12000; 贷 102 12000")
    rent = governed.entered("2025-03-09", "收租", "借 102 9; 贷 501 9")
    page = page_of(VoucherPage, voucher_id=voucher.id)
    settle()
    strip = page.papers.payment
    assert "▲ 缺：没有写决策编号" in strip.words.text()
    strip.button.click()
    assert navigator.opened[-1] == ("payment", {"voucher_id": voucher.id})
    page.open_voucher(rent.id)
    settle()
    assert not strip.isVisibleTo(page)


def test_a_project_is_opened_and_written_step_by_step(page_of, village, navigator, settle):
    page = page_of(ProjectsPage)
    page.project.setText(ROAD)
    page.form.fields["content"].setText("硬化 1.2 公里")
    page.form.day.setText("2025-02-01")
    page.action("add").trigger()
    settle()
    assert navigator.opened[-1] == ("project", {"project": ROAD})
    one = page_of(ProjectPage, project=ROAD)
    settle()
    assert one.step.currentData() == "budget"
    one.form.fields["lines"].setText("路面")
    one.action("write").trigger()
    assert one.slip.isVisibleTo(one)
    one.form.fields["lines"].setText("路面=80000；勘测监理=6000")
    one.form.day.setText("2025-02-10")
    one.action("write").trigger()
    settle()
    assert village.reader.project_file(COLLECTIVE, ROAD).budget.total == BUDGET.total
    assert column(one, 1) == ["立项", "预算"]
    assert one.step.currentData() == "tender"


def test_a_project_shows_its_money_and_its_faults(page_of, village, navigator, settle):
    village.posted("2025-01-05", "收承包款", "借 102 90000; 贷 501 90000")
    for day, body in (("2025-02-01", CARD), ("2025-02-10", BUDGET), ("2025-03-01", CONTRACT)):
        write(village, day, body)
    village.posted("2025-04-01", "付款", f"借 153#{ROAD} 70000; 贷 102 70000")
    page = page_of(ProjectPage, project=ROAD)
    settle()
    assert "已付 <b>70,000.00</b>" in page.money.text()
    assert "验收以前付给施工方超过约定的 80%" in page.said.text()
    page.table.opened.emit(column(page, 1).index("付款"))
    assert navigator.opened[-1][0] == "voucher"
    register = page_of(ProjectsPage)
    assert register.model.text(0, 7).startswith("▲ 验收以前")
    register.table.opened.emit(0)
    assert navigator.opened[-1] == ("project", {"project": ROAD})
