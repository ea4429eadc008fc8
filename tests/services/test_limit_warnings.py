"""Payments cut into several, payees close to who approved: said, and recorded when let pass; what verify notices."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, LI, WANG, Village, draft
from tests.limits_village import approve, governed, k37, paid
from tests.shares_village import ShareVillage
from village_ledger.domain.errors import LimitError
from village_ledger.domain.finding import Finding
from village_ledger.services.entry import review
from village_ledger.services.limits import incomplete, limit_rules, limit_sets, waivers

__all__ = ["governed"]


def test_a_payment_cut_into_three_is_warned_of_and_recorded_when_let_pass(governed: Village) -> None:
    first = paid(governed, "2025-03-01", "付水管材料款", "900", "@城关五金店")
    paid(governed, "2025-03-10", "付水管材料款（二）", "900", "@城关五金店")
    outcome = governed.save(draft("2025-03-30", "付水管材料尾款", "借 513@城关五金店 500; 贷 102 500"))
    assert any("30 天内付了 3 笔，合计 2,300.00" in one for one in outcome.warnings)
    third = outcome.value
    with governed.act(LI) as uow:
        said = review.pass_vouchers(uow, [third.id]).warnings
    assert any("拆开付" in one for one in said)
    assert "像拆分付款" in k37(governed, "拆分和关联付款")
    with governed.act(WANG) as uow, pytest.raises(LimitError, match="自己不能放行"):
        waivers.let_pass(uow, third.id, "分三次到货")
    plain = governed.entered("2025-09-01", "买茶", "借 513 9; 贷 102 9")
    with governed.act(LI) as uow, pytest.raises(LimitError, match="没有拆分或关联的提醒"):
        waivers.let_pass(uow, plain.id, "无")
    with governed.act(LI) as uow:
        waivers.let_pass(uow, third.id, "分三次到货，各有入库单")
    with governed.act(LI) as uow:
        waivers.let_pass(uow, first.id, "分三次到货")
    kept = governed.reader.payment_waivers([third.id])[third.id]
    assert [(w.kind, w.reason) for w in kept] == [("split", "分三次到货，各有入库单")]
    assert any(o.action == "放行付款提醒" for o in governed.reader.operations())


@pytest.mark.parametrize(
    ("day", "what", "party"),
    [
        ("2025-03-31", "付水管材料款", "@城关五金店"),  # the 31st day
        ("2025-03-10", "付水管材料款", "@别家"),
    ],
)
def test_what_is_no_split(governed: Village, day: str, what: str, party: str) -> None:
    paid(governed, "2025-03-01", "付水管材料款", "900", "@城关五金店")
    said = governed.save(draft(day, what, f"借 513{party} 900; 贷 102 900")).warnings
    assert not any("拆开付" in one for one in said)


def test_without_a_payee_account_and_words_must_both_agree(governed: Village) -> None:
    paid(governed, "2025-03-01", "付3月份办公楼保洁费", "900")
    same = governed.save(draft("2025-03-20", "付4月份办公楼保洁费", "借 513 900; 贷 102 900")).warnings
    other = governed.save(draft("2025-03-21", "订全年报纸", "借 513 900; 贷 102 900")).warnings
    assert any("拆开付" in one for one in same)
    assert not any("拆开付" in one for one in other)


# Tampering


def findings(village: Village) -> list[Finding]:
    return [f for f in village.verify() if f.rule == "V74"]


def test_verify_notices_a_payment_without_its_approval(governed: Village) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    approve(governed, voucher)
    governed.post(voucher)
    with governed.raw() as raw:
        raw.execute("DROP TRIGGER payment_approval_no_delete")
        raw.execute("DELETE FROM payment_approval")
    assert ["没有审批记录" in f.text for f in findings(governed)] == [True]


def test_verify_notices_rules_changed_afterwards(governed: Village) -> None:
    with governed.raw() as raw:
        raw.execute("DROP TRIGGER limit_set_no_update")
        raw.execute("UPDATE limit_set SET body = replace(body, '100000', '900000')")
    assert [f.record for f in findings(governed)] == ["审批限额"]


@pytest.fixture
def families(tmp_path: Path) -> Iterator[ShareVillage]:
    """青山村 with preset A in force, and 001 周理事长 with 周小弟 in one household."""
    with ShareVillage.found(tmp_path) as village:
        village.people("001 周理事长 周小弟", "002 王五")
        with village.act() as uow:
            limit_sets.adopt(uow, COLLECTIVE, limit_rules.preset("A"), date(2025, 1, 1), "镇政发〔2024〕9号")
        yield village


@pytest.mark.parametrize(
    ("payee", "says"),
    [
        ("周小弟", "收款人 周小弟 和审批人 周理事长 是一户（001）"),
        ("001/周小弟", "收款人 周小弟 和审批人 周理事长 是一户（001）"),
        ("周理事长", "收款人 周理事长 就是审批人"),
        ("王五", ""),
        ("外村人", ""),
    ],
)
def test_a_payee_close_to_who_approved_is_said(families: ShareVillage, payee: str, says: str) -> None:
    typed = draft("2025-03-08", "修灯", f"借 513@{payee} 90; 贷 102 90", approver="周理事长")
    said = [one for one in families.save(typed).warnings if "审批人" in one]
    assert (says in said[0]) if says else (said == [])


def test_an_advance_to_a_member_stands_on_the_members_account(families: ShareVillage) -> None:
    voucher = families.entered("2025-03-08", "修塘", "借 513 9000; 贷 102 9000")
    with families.act() as uow:
        advance = incomplete.as_advance(uow, voucher.id, "王五").value
    assert advance.voucher.lines[0].account == "113"


COPY_APPROVAL = (
    "INSERT INTO payment_approval SELECT 99, voucher_id, set_version, demands, decision, stage, signers, papers, "
    "made_by, made_at FROM payment_approval"
)
COPY_SET = (
    "INSERT INTO limit_set SELECT 9, ledger_id, 2, name, preset, '2025-02-01', source, body, digest, reason, made_by, "
    "made_at FROM limit_set"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE limit_set SET name = '别的'",
        "DELETE FROM limit_set",
        "UPDATE payment_approval SET stage = 'resolved'",
        "DELETE FROM payment_approval",
        "INSERT OR REPLACE INTO payment_approval SELECT * FROM payment_approval",
        COPY_APPROVAL,
        COPY_SET,
    ],
)
def test_records_cannot_be_rewritten(governed: Village, statement: str) -> None:
    voucher = paid(governed, "2025-03-08", "修水塔", "12000")
    approve(governed, voucher)
    governed.post(voucher)
    with governed.raw() as raw, pytest.raises(sqlite3.IntegrityError, match="账没有变化"):
        raw.execute(statement)
