"""What payments ask of a decision's file: how far it came by the day, in which ledger, for how much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import COLLECTIVE, Village
from tests.decision_village import NUMBER, opened, steps
from tests.limits_village import EVERYTHING, PAPERS, SIGNED, approve, governed, paid
from village_ledger.domain.attachment import Owner
from village_ledger.domain.errors import LimitError
from village_ledger.domain.limit import Approval
from village_ledger.services.attachments import attachments
from village_ledger.services.limits import decided, payments
from village_ledger.services.limits.splits import likeness

__all__ = ["governed"]
ROAD = "青村决〔2025〕8号"
SHOWN = replace(EVERYTHING, decision=ROAD)


def test_each_stage_waits_for_its_step(governed: Village) -> None:
    opened(governed, ROAD)
    big = paid(governed, "2025-06-03", "修通组公路", "86000")
    middle = paid(governed, "2025-06-03", "路面勘测", "5000")
    with pytest.raises(LimitError, match="还没有到“两委会议商议”：还没有两委"):
        approve(governed, middle, SHOWN)
    steps(governed, ROAD, "consulted")
    assert approve(governed, middle, SHOWN).missing == ()
    steps(governed, ROAD, "reviewed")
    with pytest.raises(LimitError, match="还没有到“决策阶段办完（表决、公开）”"):
        approve(governed, big, SHOWN)
    steps(governed, ROAD, "resolved")
    with pytest.raises(LimitError, match="还没有决议公开"):
        approve(governed, big, SHOWN)
    steps(governed, ROAD, "published")
    with governed.act() as uow:
        outcome = payments.approve(uow, big.id, SHOWN)
    assert outcome.warnings == (f"{ROAD} 定的是 86,000.00，按它批的付款已到 91,000.00，超出 5,000.00。",)
    governed.post(big, middle)
    assert governed.verify() == []


def test_a_decision_after_the_payment_is_none(governed: Village) -> None:
    opened(governed, ROAD)
    steps(governed, ROAD, "consulted", "reviewed", "resolved", "published")
    early = paid(governed, "2025-05-20", "修通组公路", "12000")
    with pytest.raises(LimitError, match="是 2025-05-25"):
        approve(governed, early, SHOWN)


def test_the_other_ledgers_decision_and_a_dropped_one_do_not_count(governed: Village) -> None:
    opened(governed, NUMBER.replace("1", "9"), ledger="committee", body="villager-representatives")
    opened(governed, ROAD)
    assert "另一本账" in decided.why_not(
        governed.reader, COLLECTIVE, NUMBER.replace("1", "9"), "consulted", date(2025, 6, 1)
    )


def test_what_is_attached_counts_as_paper(governed: Village) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    bare = Approval(EVERYTHING.decision, SIGNED, {"minutes": 1})
    assert approve(governed, voucher, bare).missing == ("缺发票或收据",)
    with governed.act() as uow:
        attachments.attach(
            uow, Owner("voucher", COLLECTIVE, str(voucher.id)), b"%PDF-1.4 invoice", "发票.pdf", kind="发票"
        )
    assert payments.standing(governed.reader, voucher).missing == ()
    governed.post(voucher)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("付3月份办公楼保洁费", "付4月份办公楼保洁费", True),
        ("付水管材料款（一）", "付水管材料款（二）", True),
        ("订全年报纸", "付办公楼保洁费", False),
        ("", "付办公楼保洁费", False),
        ("123", "456", False),
    ],
)
def test_likeness_is_of_words_not_figures(one: str, other: str, *, alike: bool) -> None:
    assert (likeness(one, other) >= 60) is alike
    assert likeness(one, other) == likeness(other, one)


def test_papers_are_asked_by_the_rule(governed: Village) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    with governed.act() as uow, pytest.raises(LimitError, match="没有“白条”这种附件"):
        payments.approve(uow, voucher.id, replace(EVERYTHING, papers={"白条": 1}))
    with governed.act() as uow, pytest.raises(LimitError, match="没有“皇帝”这种签字的地方"):
        payments.approve(uow, voucher.id, replace(EVERYTHING, signers={"皇帝": "某某"}))
    with governed.act() as uow, pytest.raises(LimitError, match="不能是负数"):
        payments.approve(uow, voucher.id, replace(EVERYTHING, papers={**PAPERS, "invoice": -1}))
    rent = governed.entered("2025-03-08", "收租", "借 102 9; 贷 501 9")
    with governed.act() as uow, pytest.raises(LimitError, match="不受审批限额管"):
        payments.approve(uow, rent.id, EVERYTHING)
