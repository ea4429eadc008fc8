"""Rules that ask the check list before closing again: each speaks up in its case and is silent in the neighbouring one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.assets.asset_village import AssetVillage, a_card
from tests.attachments.files import PDF, attach, of
from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.contracts import lets
from tests.disclosure.sheets import put_up
from tests.dividend_village import DividendVillage
from tests.exchange.bank_files import NUMBER
from tests.limits_village import approve, governed, paid
from tests.review.township import unguarded
from tests.services.test_claims import CHEN, Act, count, desk, hall, use
from tests.two_ledgers import moved
from village_ledger.domain.period import Month, Span
from village_ledger.domain.review_check import Hit, LeadTo, Severity, review_rules
from village_ledger.services.bank import bank_accounts, bank_assertions, cash_counts
from village_ledger.services.disclosure import calendar_acts
from village_ledger.services.planning import project_funds
from village_ledger.services.review.checks import review
from village_ledger.storage.templates.queries import GrantDocument

__all__ = ["desk", "governed", "hall"]

YEAR, TODAY = Span.of_year(2025), date(2025, 12, 31)
Act_ = Callable[[Village], object]


def asked(village: Village, line: str) -> list[Hit]:
    """What the rule found that asks a line of the check list."""
    rules = [rule for rule in review_rules() if rule.measures.get("rule") == line]
    assert rules, line
    return review(village.reader, YEAR, TODAY, rules)


def funded(village: Village) -> None:
    village.posted("2025-01-05", "收果园承包款", "借 101 90000; 贷 501 90000")


def bare(village: Village) -> None:
    village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300", attachments="")


def lost(village: Village) -> None:
    village.open_with("借 121 1000", "贷 301 1000")
    village.posted("2025-01-08", "盘亏", "借 181 300; 贷 121 300")


def owed(village: Village) -> None:
    village.open_with("借 112@青峰公司 36000", "贷 301 36000")
    village.posted("2025-08-05", "收果园承包款", "借 101 600; 贷 501 600")


def granted(village: Village, spent: str) -> None:
    with village.act() as uow:
        project_funds.register_document(
            uow, COLLECTIVE, GrantDocument("修路", "241", "财农〔2025〕8号", "硬化", "", 50_000_00)
        )
    village.posted("2025-03-02", "收拨款", "借 102 50000; 贷 241#修路 50000")
    village.posted("2025-03-08", "付工程款", f"借 153#修路 {spent}; 贷 102 {spent}")


def machines(village: Village) -> None:
    village.open_with("借 151 9000", "贷 301 9000")
    village.posted("2025-01-05", "收果园承包款", "借 101 600; 贷 501 600")


def counted(village: Village) -> None:
    village.posted("2025-03-05", "收果园承包款", "借 101 600; 贷 501 600")
    with village.act() as uow:
        cash_counts.count(uow, COLLECTIVE, "101", date(2025, 3, 31), {}, 600_00)


def reminded(village: Village, month: str) -> None:
    with village.act() as uow:
        calendar_acts.adopt(
            uow, COLLECTIVE, calendar_acts.Choice("general"), date(2025, 1, 1), "镇〔2025〕3号"
        )
    village.posted(f"{month}-05", "收果园承包款", "借 101 600; 贷 501 600")


PAIRS: dict[str, tuple[Act_, Act_, str]] = {
    "K4": (
        lambda v: v.posted("2025-01-05", "付办公室电费", "借 513 300; 贷 101 300"),
        lambda v: (funded(v), v.posted("2025-01-06", "付办公室电费", "借 513 300; 贷 101 300")),
        "库存现金有 1 天日终小于零。",
    ),
    "K5": (
        lambda v: v.posted("2025-01-05", "付修路款", "借 514 300; 贷 102 300"),
        lambda v: v.posted("2025-01-05", "存现", "借 102 300; 贷 501 300"),
        "银行存款有 1 天日终小于零。",
    ),
    "K7": (
        lambda v: v.posted("2025-03-05", "借给村委会", "借 112@青山村村民委员会 50; 贷 102 50"),
        lambda v: moved(v, "T4", "50"),
        "50.00",
    ),
    "K8": (
        lost,
        lambda v: (lost(v), v.posted("2025-01-20", "盘亏处理", "借 513 300; 贷 181 300")),
        "181",
    ),
    "K9": (
        lambda v: v.posted("2025-01-05", "收果园承包款", "借 102 600; 贷 501 600"),
        funded,
        "银行对账单",
    ),
    "K11": (
        lambda v: v.posted("2025-03-01", "收到集体补助", "借 1002 50; 贷 4501 50", COMMITTEE),
        lambda v: v.posted("2025-03-01", "收办公经费", "借 1002 50; 贷 4101 50", COMMITTEE),
        "50.00",
    ),
    "K15": (
        lambda v: granted(v, "60000"),
        lambda v: granted(v, "50000"),
        "有 1 个项目用的比收到的多。",
    ),
    "K19": (
        owed,
        lambda v: (owed(v), v.posted("2025-08-06", "收欠款", "借 101 36000; 贷 112@青峰公司 36000")),
        "1 户超过 180 天没有还，共 36,000.00。",
    ),
    "K20": (
        bare,
        lambda v: v.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300"),
        "1 张没有附件，也没写原因。",
    ),
    "K21": (
        machines,
        lambda v: (machines(v), v.posted("2025-01-31", "提折旧", "借 513 100; 贷 152 100")),
        "本月还没有计提：固定资产折旧。",
    ),
    "K29": (
        lambda v: v.posted("2025-03-05", "收果园承包款", "借 101 600; 贷 501 600"),
        counted,
        "有 1 个现金科目本月没有盘点。",
    ),
    "K41": (
        lambda v: v.posted("2025-12-05", "收果园承包款", "借 101 600; 贷 501 600"),
        lambda v: v.posted("2025-11-05", "收果园承包款", "借 101 600; 贷 501 600"),
        "2025年末还没有清产核资。",
    ),
    "K45": (
        lambda v: reminded(v, "2025-06"),
        lambda v: reminded(v, "2025-01"),
        "件公开晚了",
    ),
}
"""Line → what is wrong, what is right beside it, what is said."""


@pytest.mark.parametrize("line", PAIRS)
def test_a_case_and_its_neighbour(tmp_path: Path, line: str) -> None:
    wrong, right, said = PAIRS[line]
    for folder in ("错", "对"):
        (tmp_path / folder).mkdir()
    with Village.found(tmp_path / "错") as village:
        wrong(village)
        hits = asked(village, line)
        assert hits, line
        assert said in hits[0].text
        assert hits[0].to is not LeadTo.NOTHING
    with Village.found(tmp_path / "对") as village:
        right(village)
        assert [hit.text for hit in asked(village, line)] == []


def test_money_below_zero_in_an_open_month_before_the_last(village: Village) -> None:
    """A running period may have gone below nothing months ago; a closed one cannot have."""
    village.posted("2025-02-05", "付办公室电费", "借 513 300; 贷 101 300")
    village.posted("2025-03-05", "收果园承包款", "借 101 900; 贷 501 900")
    (hit,) = asked(village, "K4")
    assert (hit.rule.severity, hit.to, hit.key) == (Severity.GRAVE, LeadTo.ACCOUNT, "101")


def test_an_advance_that_was_not_agreed(hall: Village) -> None:
    assert [hit.rule.id for hit in asked(hall, "K27")] == ["R41"]
    count(hall, 2_000_00, 0)
    assert asked(hall, "K27") == []


def test_a_till_that_did_not_agree_weighs_more_than_one_nobody_counted(village: Village) -> None:
    village.posted("2025-03-05", "收果园承包款", "借 101 600; 贷 501 600")
    assert [hit.rule.id for hit in asked(village, "K29")] == ["R43"]
    with village.act() as uow:
        cash_counts.count(uow, COLLECTIVE, "101", date(2025, 3, 31), {}, 550_00)
    (hit,) = asked(village, "K29")
    assert (hit.rule.id, hit.rule.severity) == ("R52", Severity.PLAIN)
    assert "短款 50.00" in hit.text


def test_a_statement_that_is_not_there_and_one_that_does_not_agree(village: Village) -> None:
    """The one is a habit of many villages, the other a question to this one: both are said at once."""
    for name, code in (("基本户", "10201"), ("专户", "10202")):
        village.add_account("102", name)
        village.posted("2025-03-05", "收果园承包款", f"借 {code} 600; 贷 501 600")
    assert [hit.rule.id for hit in asked(village, "K9")] == ["R51"]
    with village.act() as uow:
        bank = bank_accounts.add(uow, COLLECTIVE, "10201", NUMBER, "某银行").value
        bank_assertions.assert_balance(uow, bank, date(2025, 3, 31), 600_00)
    village.posted("2025-03-30", "补记付工钱", "借 513 200; 贷 10201 200")
    unsettled, missing = asked(village, "K9")
    assert (unsettled.rule.id, missing.rule.id) == ("R36", "R51")
    assert "10201" in unsettled.text
    assert "10202 专户" in missing.text


def test_receipts_with_a_gap(desk: Village) -> None:
    use(desk, Act.USE, 1, 4, 600_00)
    assert asked(desk, "K28") == []
    use(desk, Act.VOID, 6, 6, note="写错金额")
    (hit,) = asked(desk, "K28")
    assert hit.rule.id == "R42"
    assert CHEN in hit.text


def test_receipts_passed_over_after_the_month_are_of_a_later_month(desk: Village) -> None:
    use(desk, Act.USE, 1, 4, 600_00)
    use(desk, Act.USE, 6, 6, 100_00, day=date(2025, 4, 2))
    assert asked(desk, "K28") == []
    desk.posted("2025-04-05", "付办公室电费", "借 513 300; 贷 101 300")
    assert [hit.rule.id for hit in asked(desk, "K28")] == ["R42"]


def test_a_share_register_somebody_wrote_into(tmp_path: Path) -> None:
    with DividendVillage.found(tmp_path) as village:
        village.hold()
        village.bequeath("2025-03-01")
        village.earn()
        assert asked(village, "K31") == []
        with village.raw() as raw:
            unguarded(raw, "UPDATE share_line SET delta = delta + 100 WHERE event_id = 2 AND line = 1")
        (hit,) = asked(village, "K31")
        assert (hit.rule.id, hit.rule.severity) == ("R44", Severity.GRAVE)


def test_cards_that_do_not_tie(tmp_path: Path) -> None:
    with AssetVillage.found(tmp_path) as village:
        village.open_with("借 151 57800", "贷 152 33860.92", "贷 301 23939.08")
        village.posted("2025-01-05", "收果园承包款", "借 101 600; 贷 501 600")
        assert asked(village, "K35") == []
        village.register(a_card(), a_card("J010", name="旋耕机", cost=100_00, salvage=0, opening=0))
        village.posted("2025-02-05", "收鱼塘承包款", "借 101 600; 贷 501 600")
        assert any("对不上" in hit.text for hit in asked(village, "K35"))


def test_rent_that_fell_due_and_was_not_booked(village: Village) -> None:
    village.posted("2025-01-05", "付办公室电费", "借 513 300; 贷 101 300")
    assert asked(village, "K36") == []
    lets.signed(village, lets.a_contract("1号", terms=lets.terms("2025-01-01", "2025-12-31", 6000)))
    assert any("没有记应收或收入" in hit.text for hit in asked(village, "K36"))


def test_a_payment_without_its_approval(governed: Village) -> None:
    waiting = paid(governed, "2025-03-08", "修办公楼", "50000")
    assert any("1" in hit.text for hit in asked(governed, "K37"))
    approve(governed, waiting)
    assert asked(governed, "K37") == []


def test_a_file_that_was_altered(village: Village) -> None:
    voucher = village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300")
    attach(village, of(voucher), PDF, "电费单")
    before = asked(village, "K38")
    village.posted("2025-03-06", "付修路款", "借 514@建筑队 900; 贷 101 900")
    after = asked(village, "K38")
    assert (before, [hit.rule.id for hit in after]) == ([], ["R48"])


def test_a_sheet_on_the_wall_that_the_books_left_behind(village: Village) -> None:
    village.posted("2025-03-05", "收果园承包款", "借 101 600; 贷 501 600")
    village.close_month("2025-01")
    village.close_month("2025-02")
    village.close_month("2025-03")
    put_up(village, span=Span.of_month(Month(2025, 3)))
    assert asked(village, "K46") == []
    from tests.builders import LI
    from village_ledger.services.closing import closing

    with village.act() as uow:
        closing.reopen(uow, COLLECTIVE, Month(2025, 3), LI, "漏记一张收据")
    village.posted("2025-03-25", "补付路灯电费", "借 513 50; 贷 101 50")
    assert [hit.rule.id for hit in asked(village, "K46")] == ["R30"]


def test_every_line_the_pack_asks_is_walked_here() -> None:
    walked = {*PAIRS, "K27", "K28", "K31", "K35", "K36", "K37", "K38", "K46"}
    assert {rule.measures["rule"] for rule in review_rules() if rule.kind == "closing"} == walked
