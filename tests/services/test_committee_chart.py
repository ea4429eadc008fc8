"""A committee that keeps its books 参照集体制度: 112 and 211 stand where the own chart has 1122 and 2202."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.services.months import close, state_of
from tests.two_ledgers import moved
from village_ledger.domain.errors import PeriodError
from village_ledger.domain.period import Month, MonthState
from village_ledger.services.transfers.mirrors import mirrors
from village_ledger.storage.spec import CommitteeChart

MARCH = Month(2025, 3)
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def village(tmp_path):
    with Village.found(tmp_path, committee=CommitteeChart.COLLECTIVE) as found:
        yield found


def stand(village: Village) -> list[tuple[str, int, str, int]]:
    return [(m.mine, m.here, m.theirs, m.there) for m in mirrors(village.reader, NEW_YEAR)]


def test_money_lent_and_given_back_stands_in_both_ledgers(village):
    moved(village, "T4", "50")
    assert stand(village) == [("112", 50_00, "211", 50_00), ("211", 0, "112", 0)]
    moved(village, "T5", "20", "2025-03-10")
    assert stand(village)[0] == ("112", 30_00, "211", 30_00)


def test_money_held_for_the_committee_stands_in_both_ledgers(village):
    moved(village, "T7", "60")
    assert stand(village) == [("112", 0, "211", 0), ("211", 60_00, "112", 60_00)]


def test_debts_of_others_in_the_same_accounts_are_no_mirror(village):
    village.posted("2025-03-08", "应收赔偿款", "借 112@青峰公司 600; 贷 504 600", COMMITTEE)
    village.posted("2025-03-08", "欠材料款", "借 513 70; 贷 211@建材店 70", COMMITTEE)
    assert stand(village) == [("112", 0, "211", 0), ("211", 0, "112", 0)]


def test_one_side_alone_stops_the_close_of_both(village):
    entity = village.reader.ledger(COLLECTIVE).entity
    for number in (1, 2):
        close(village, Month(2025, number))
        close(village, Month(2025, number), COMMITTEE)
    village.posted("2025-03-08", "集体代垫电费", f"借 513 600; 贷 211@{entity} 600", COMMITTEE)
    for ledger in (COLLECTIVE, COMMITTEE):
        with pytest.raises(PeriodError, match=r"集体账 112：0.00.*村委会账 211：600.00"):
            close(village, MARCH, ledger)
    committee = village.reader.ledger(COMMITTEE).entity
    village.posted("2025-03-08", "代垫电费", f"借 112@{committee} 600; 贷 102 600")
    for ledger in (COLLECTIVE, COMMITTEE):
        close(village, MARCH, ledger)
        assert state_of(village, MARCH, ledger) is MonthState.CLOSED
