"""The pages of the year's end: drafts with their sources, carrying forward, and a decision about the income."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE
from tests.exchange.files import write_csv
from tests.services.months import close_through
from village_ledger.domain.period import Month
from village_ledger.ui.closing.distribution_page import DistributionPage
from village_ledger.ui.closing.year_end_page import YearEndPage


@pytest.fixture
def year(village):
    """10,000.00 earned in 2025, nothing kept from before."""
    village.open_with("借 101 5000", "贷 301 5000")
    village.posted("2025-03-08", "收租金", "借 101 12000; 贷 501 12000")
    village.posted("2025-05-08", "付水费", "借 513 2000; 贷 101 2000")
    return village


class TestTheYearsEnd:
    def test_before_december_closes_it_only_shows(self, year, page_of):
        page = page_of(YearEndPage, year=2025)
        assert "还没有结账" in page.words.text()
        assert not page.action("carry").isEnabled()
        assert page.table.view.model().text(0, 5) == "12,000.00"

    def test_drafts_then_vouchers_once(self, year, page_of, settle):
        close_through(year, 12)
        page = page_of(YearEndPage, year=2025)
        page.action("carry").trigger()
        settle()
        assert len(year.reader.vouchers(COLLECTIVE, month=Month(2025, 13))) == 3
        page.reload()
        settle()
        assert not page.action("carry").isEnabled()
        assert "已经年终结转过" in page.words.text()

    def test_a_line_leads_to_its_account_and_all_of_it_to_paper(self, year, page_of, navigator):
        page = page_of(YearEndPage, year=2025)
        page.table.opened.emit(0)
        page.action("print").trigger()
        page.action("distribute").trigger()
        assert [name for name, _ in navigator.opened] == ["ledger", "preview", "distribution"]
        assert navigator.opened[0][1]["account"] == "501"


class TestDistributing:
    def test_what_there_is_and_the_vouchers_of_a_decision(self, year, page_of, navigator, settle):
        page = page_of(DistributionPage, year=2025)
        assert page.day.text() == "2025-12-31"
        assert ("可分配", "10,000.00") in [(row.words, row.amount) for row in page.facts.rows]
        page.resolution.setText("成员大会〔2025〕3号")
        page.reserve.setText("30%")
        page.members.setText("5000")
        page.action("act").trigger()
        settle()
        amounts = [v.voucher.amount for v in year.reader.vouchers_by_id(year.reader.unposted_ids(COLLECTIVE))]
        assert amounts == [300_000, 500_000]
        assert navigator.opened[0][0] == "voucher_list"

    def test_too_much_is_refused_in_the_page(self, year, page_of, settle):
        page = page_of(DistributionPage, year=2025)
        page.resolution.setText("3号")
        page.members.setText("1.2万")
        page.action("act").trigger()
        settle()
        assert "可分配的只有 10,000.00" in page.slip.notice.what

    def test_what_cannot_be_read_is_refused_in_the_page(self, year, page_of):
        page = page_of(DistributionPage, year=2025)
        page.resolution.setText("3号")
        page.reserve.setText("三成%")
        page.action("act").trigger()
        assert "不是比例" in page.slip.notice.what

    def test_a_day_that_does_not_fit_offers_nothing(self, year, page_of, settle):
        page = page_of(DistributionPage, year=2025)
        page.day.setText("2025-08-01")
        page.day.editingFinished.emit()
        settle()
        assert not page.action("act").isEnabled()
        assert "在12月按预结数分配" in page.said.text()

    def test_the_committee_has_none(self, year, page_of, session):
        session.switch_ledger("committee")
        page = page_of(DistributionPage, year=2025)
        assert "没有收益分配" in page.said.text()
        assert not page.action("act").isEnabled()


HEADER = ("往来单位", "金额")


class TestAListOfMembers:
    def test_every_household_gets_its_line(self, year, page_of, settle, tmp_path):
        page = page_of(DistributionPage, year=2025)
        page.resolution.setText("成员大会〔2025〕3号")
        rows = [["张三", "3000"], ["李四", "2000"]]
        page.take_list_file(write_csv(tmp_path / "名单.csv", rows, HEADER))
        settle()
        assert page.members.fen() == 5000_00
        assert page.listed.text() == "名单.csv：2 户，合计 5,000.00"
        page.action("act").trigger()
        settle()
        (made,) = year.reader.vouchers_by_id(year.reader.unposted_ids(COLLECTIVE))
        assert [x.counterparty for x in made.voucher.lines if x.credit] == ["张三", "李四"]

    def test_a_list_that_does_not_fit_is_refused(self, year, page_of, settle, tmp_path):
        page = page_of(DistributionPage, year=2025)
        page.take_list_file(write_csv(tmp_path / "名单.csv", [["张三", "-1"]], HEADER))
        settle()
        assert page.slip.notice is not None
        page.take_list_file(write_csv(tmp_path / "好.csv", [["张三", "100"]], HEADER))
        settle()
        page.members.setText("200")
        page.resolution.setText("3号")
        page.action("act").trigger()
        settle()
        assert "100.00" in page.slip.notice.what
        page.action("list").trigger()
        assert page.shares == ()
