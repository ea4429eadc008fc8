"""What the home page says of stock-takes, handovers and old matters."""

from __future__ import annotations

from datetime import date

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.counting.counting_village import counted
from village_ledger.domain.handover import Parties
from village_ledger.services.counting import counting_check
from village_ledger.services.handover import handover_check, handovers, old_matters


def test_the_result_of_last_year_is_due_by_the_end_of_march(village: Village) -> None:
    said = counting_check.reminders(village.reader, COLLECTIVE, date(2026, 2, 1))
    assert said == ["2025年末还没有清产核资，2026-03-31 以前要上报"]
    counted(village)
    said = counting_check.reminders(village.reader, COLLECTIVE, date(2026, 3, 31))
    assert said == ["2025年清产核资还在“差异”这一步，2026-03-31 以前要上报"]
    assert counting_check.reminders(village.reader, COLLECTIVE, date(2026, 4, 1)) == []


def test_december_asks_for_this_years(village: Village) -> None:
    december = date(2025, 12, 5)
    assert counting_check.reminders(village.reader, COLLECTIVE, december) == ["2025年末的清产核资该办了"]
    assert counting_check.reminders(village.reader, COMMITTEE, december) == []
    counted(village)
    assert counting_check.reminders(village.reader, COLLECTIVE, december) == []


def test_a_handover_under_way_and_old_matters_are_said(village: Village) -> None:
    day = date(2025, 6, 30)
    assert handover_check.reminders(village.reader, COLLECTIVE, day) == []
    with village.act() as uow:
        handovers.begin(uow, day, Parties("会计", "王秀英", "何小莉", "周德清"), COLLECTIVE)
        old_matters.gather(uow, COLLECTIVE, date(2025, 3, 1))
    assert handover_check.reminders(village.reader, COLLECTIVE, day) == [
        ("交-2025-01 王秀英交给何小莉，停在“登记”", "handovers"),
        ("有 2 笔旧账没有责任人或办法", "old_matters"),
    ]
    assert handover_check.reminders(village.reader, COMMITTEE, day) == []
