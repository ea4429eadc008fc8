"""青山村 with approval limits in force, and what is shown for its payments."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.limit import Approval
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.limits import limit_rules, limit_sets, payments
from village_ledger.services.transfers import resolutions

WORDS = limit_rules.vocabulary()
PAPERS = {"invoice": 1, "minutes": 1}
SIGNED = {
    "handler": "张出纳",
    "head": "周理事长",
    "secretary": "吴书记",
    "supervisors": "郑监事",
}
EVERYTHING = Approval("青村决〔2025〕1号", SIGNED, PAPERS)


@pytest.fixture
def governed(village: Village) -> Village:
    """青山村 with preset A in force from 2025 on and a resolution that carried."""
    with village.act() as uow:
        limit_sets.adopt(uow, COLLECTIVE, limit_rules.preset("A"), date(2025, 1, 1), "镇政发〔2024〕9号")
    with village.act() as uow:
        resolutions.enter(
            uow, "青村决〔2025〕1号", date(2025, 3, 1), "assembly", (90, 80, 80), "修水塔", date(2025, 2, 10)
        )
    village.posted("2025-01-05", "收果园承包款", "借 102 90000; 贷 501 90000")
    return village


def paid(village: Village, day: str, what: str, amount: str, party: str = "") -> StoredVoucher:
    return village.reviewed(day, what, f"借 513{party} {amount}; 贷 102 {amount}", handler="张出纳")


def approve(village: Village, voucher: StoredVoucher, approval: Approval = EVERYTHING) -> payments.Standing:
    with village.act() as uow:
        return payments.approve(uow, voucher.id, approval).value


def k37(village: Village, name: str) -> str:
    items = check_list(village.reader, COLLECTIVE, Month(2025, 3))
    return next(item.text for item in items if item.rule == "K37" and item.name == name)
