"""Every sheet of the wall says its number and version, when it hangs, whom to call, and has places to sign."""

from __future__ import annotations

from datetime import date

from tests.builders import COLLECTIVE, Village
from tests.disclosure.posting_village import Wall
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.disclosure.editions import register_all
from village_ledger.reports.disclosure.sheet_head import number_of
from village_ledger.reports.request import TELEPHONE

QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


def test_all_sheets_have_the_same_head_and_places_to_sign(village: Village):
    with village.act() as uow:
        uow.settings.set(TELEPHONE, "0800-555-0126")
    tables = make_all(village.reader, "disclosure", ReportRequest(COLLECTIVE, QUARTER))
    assert len(tables) > 4
    for table in tables:
        number, hangs, telephone, unit = table.heading
        assert number.startswith("公开第 2025-01至03 号 ")
        assert number.endswith(" · 第 1 版")
        assert (hangs, telephone, unit) == (
            "张贴 ＿＿月＿＿日 — ＿＿月＿＿日",
            "监督电话 0800-555-0126",
            "单位：元",
        )
        assert "理事长" in [place for place, _ in table.signatures]
        assert len(table.seals) == 2
    assert len({table.heading[0] for table in tables}) == len(tables)


def test_sheets_are_called_by_their_months():
    assert number_of(Span(date(2025, 3, 1), date(2025, 3, 31))) == "2025-03"
    assert number_of(QUARTER) == "2025-01至03"
    assert number_of(Span(date(2025, 12, 1), date(2026, 1, 31))) == "2025-12至2026-01"


def test_a_sheet_that_hung_says_from_when_to_when(village: Village):
    asked = ReportRequest(COLLECTIVE, QUARTER, sheets=("A",))
    (table,) = make_all(village.reader, "disclosure", asked)
    with village.act() as uow:
        register_all(uow, [table])
    wall = Wall(village)
    number = wall.set(str(table.check_code)).number
    wall.review(number)
    wall.post(number)
    (hanging,) = make_all(village.reader, "disclosure", asked)
    assert hanging.heading[1] == "张贴 2025年4月10日 — 2025年4月17日"
    wall.take_down(number)
    (gone,) = make_all(village.reader, "disclosure", asked)
    assert gone.heading[1] == "张贴 2025年4月10日 — 2025年4月20日"
    assert gone.check_code == table.check_code
