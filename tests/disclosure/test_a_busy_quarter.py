"""A quarter of five thousand lines: every sheet still ties, and each line is on the wall once."""

from __future__ import annotations

from datetime import date

from tests.builders import COLLECTIVE, Village, draft, in_file
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.table import Role

QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))
VOUCHERS = 2500
LONG = (
    "付第一季度村道路灯检修、人行道清扫、公厕保洁、垃圾清运和绿化养护的人工及材料费用"
    "（共三十六人次，转卡，附名册、签领单各一份，详见附件）"
)


def test_five_thousand_lines_stand_on_the_wall_once_each(village: Village):
    assert len(LONG) >= 60
    village.open_with("借 102 9999999", "贷 311 9999999")
    entered = []
    numbers = {1: 0, 2: 0, 3: 0}
    for place in range(VOUCHERS):
        month = 1 + place * 3 // VOUCHERS
        numbers[month] += 1
        summary = LONG if place % 100 == 0 else f"付第{place}笔"
        lines = f"借 514 {1 + place % 97}; 贷 102 {1 + place % 97}"
        entered.append(in_file(draft(f"2025-{month:02d}-15", summary, lines), numbers[month], 2 + 2 * place))
    village.take_in(*entered)
    tables = {
        letter_of(one.report): one
        for one in make_all(village.reader, "disclosure", ReportRequest(COLLECTIVE, QUARTER))
    }
    assert [check.text for one in tables.values() for check in one.checks if not check.ok] == []
    details = [row for row in tables["A"].rows if row.role is Role.DETAIL]
    assert len(details) == VOUCHERS
    assert len({row.link for row in details}) == VOUCHERS
    assert tables["A"].facts["expense"] == sum(1 + place % 97 for place in range(VOUCHERS)) * 100
    assert tables["A"].facts["closing"] == 9999999_00 - int(str(tables["A"].facts["expense"]))


def test_thirteen_digits_are_whole_on_every_sheet(village: Village):
    village.open_with("借 102 99999999999.99", "贷 311 99999999999.99")
    village.posted("2025-02-01", "卖地上附着物", "借 102 12345678901.23; 贷 504 12345678901.23")
    tables = {
        letter_of(one.report): one
        for one in make_all(village.reader, "disclosure", ReportRequest(COLLECTIVE, QUARTER))
    }
    assert [check.text for one in tables.values() for check in one.checks if not check.ok] == []
    assert tables["A"].facts["income"] == 1234567890123
    assert tables["A"].facts["closing"] == 9999999999999 + 1234567890123
