"""What holds even against raw SQL, what verify notices, and how cards are held against the books."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.assets.asset_village import TRACTOR, AssetVillage, a_card
from tests.builders import COLLECTIVE
from village_ledger.domain.asset import AssetKind, Facts, Method, Use
from village_ledger.domain.period import Month
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.assets import cards, movements
from village_ledger.services.assets.asset_ties import ties
from village_ledger.services.assets.assets_check import check_items
from village_ledger.services.check_item import Leads, Verdict


@pytest.fixture
def charged(village: AssetVillage) -> AssetVillage:
    """Two assets, a month charged and posted, one moved, one improved."""
    village.open_with("借 151 115600", "贷 152 33860.92", "贷 311 81739.08")
    village.register(a_card(), a_card("J010", opening=0, in_use=date(2024, 12, 1)), TRACTOR)
    village.work("J020", "2025-01", 100)
    village.charged("2025-01")
    with village.act() as uow:
        cards.say(uow, COLLECTIVE, "J009", date(2025, 2, 1), Facts(Use.OFFICE))
        movements.improve(
            uow, COLLECTIVE, "J009", date(2025, 2, 1), 100_000, cards.OtherSide("211", "农机公司")
        )
    return village


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE asset_card SET cost = cost + 1",
        "DELETE FROM asset_card",
        "UPDATE asset SET code = 'X'",
        "DELETE FROM asset",
        "INSERT OR REPLACE INTO asset (id, ledger_id, code) VALUES (1, 1, 'X')",
        "UPDATE asset_fact SET place = 'X'",
        "DELETE FROM asset_fact",
        "UPDATE asset_event SET cost = 5",
        "DELETE FROM asset_event",
        "DELETE FROM asset_event_voucher",
        "UPDATE asset_event_voucher SET voucher_id = 1",
        "INSERT INTO asset_event_voucher VALUES (1, 1)",
        "UPDATE asset_usage SET units = units + 1",
        "DELETE FROM asset_usage",
        "INSERT INTO asset_usage VALUES (1, '2025-02', 5, '', '')",
        "INSERT INTO asset_usage VALUES (3, '2025-02', 99999999, '', '')",
        "UPDATE depreciation_line SET amount = amount + 1",
        "DELETE FROM depreciation_line",
        "INSERT INTO depreciation_line VALUES (1, '2025-01', 1, 5, '511', '152')",
        "UPDATE depreciation_run SET total = 5",
        "DELETE FROM depreciation_run",
        "DELETE FROM depreciation_voucher",
        "INSERT INTO depreciation_run VALUES (9, 1, '2025-01', 1, 5, zeroblob(32), '', '')",
        "INSERT INTO depreciation_voucher VALUES (1, 2)",
        "INSERT INTO asset_event SELECT 99, 1, '2025-02-02', 'impair', -99999999, 0, 0, 0, 0, 0, '', '', '', '', NULL, '', ''",
        (
            "INSERT INTO asset_card SELECT asset_id, 2, batch, name, kind, category, 1, 0, in_use, acquired, 'none', 0, 0, 0, "
            "as_of, 0, since, 0, source, spec, quantity, certificate, project, quantified, note, withdrawn, digest, '', '' "
            "FROM asset_card WHERE asset_id = 1"
        ),
    ],
)
def test_raw_sql_cannot(charged: AssetVillage, sql: str):
    with charged.raw() as raw, pytest.raises(sqlite3.IntegrityError, match="账没有变化。"):
        raw.execute(sql)


def test_raw_sql_cannot_move_what_is_gone(charged: AssetVillage):
    charged.dispose("J010", "2025-02-20")
    with charged.raw() as raw:
        for sql in (
            "INSERT INTO asset_event SELECT 99, 2, '2025-02-22', 'revise', 0, 0, 0, 5, 0, 0, '', '', '', '', NULL, '', ''",
            "INSERT INTO asset_fact VALUES (99, 2, '2025-02-22', 'office', 'own', '', '', '', '', '', 0, '', '')",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="已经处置"):
                raw.execute(sql)


@pytest.mark.parametrize(
    ("trigger", "sql", "said"),
    [
        ("asset_card_no_update", "UPDATE asset_card SET cost = cost + 100 WHERE asset_id = 1", "资产 J009"),
        ("asset_card_no_delete", "DELETE FROM asset_card WHERE asset_id = 2", "第 1 批卡片"),
        ("asset_fact_no_update", "UPDATE asset_fact SET use = 'welfare' WHERE batch = 0", "用途保管记录"),
        ("asset_fact_no_update", "UPDATE asset_fact SET use = 'welfare' WHERE batch > 0", "第 1 批卡片"),
        ("asset_event_no_update", "UPDATE asset_event SET basis = '假决议'", "变动记录"),
        (
            "depreciation_line_no_update",
            "UPDATE depreciation_line SET amount = amount + 1 WHERE asset_id = 1",
            "折旧明细",
        ),
        ("depreciation_run_no_update", "UPDATE depreciation_run SET total = total + 1", "明细之和不等于合计"),
        ("depreciation_line_no_delete", "DELETE FROM depreciation_line WHERE asset_id = 1", "折旧明细"),
    ],
)
def test_verify_names_what_was_altered(charged: AssetVillage, trigger: str, sql: str, said: str):
    assert charged.verify() == []
    with charged.raw() as raw:
        (text,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()
        raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(sql)
        raw.execute(text)
    found = [one for one in charged.verify() if one.rule == "V70"]
    assert any(said in one.sentence() for one in found)


def test_cards_tie_to_the_books_or_say_by_how_much(charged: AssetVillage):
    (tie_items, *_) = check_items(charged.reader, COLLECTIVE, Month(2025, 1))
    assert tie_items.verdict is Verdict.WARN, "the tractor was never booked"
    assert tie_items.evidence[0] == "151 固定资产：账上 115,600.00，3 张卡片 173,400.00，差 -57,800.00"
    assert [(lead.to, lead.key) for lead in tie_items.leads] == [(Leads.ACCOUNT, "151")]
    charged.posted("2025-01-20", "购拖拉机", "借 151 57800; 贷 101 57800")
    (tied, *_) = check_items(charged.reader, COLLECTIVE, Month(2025, 1))
    assert (tied.verdict, tied.text) == (Verdict.PASS, "资产卡片和账相符：151、152。")


def test_a_month_not_charged_is_said_before_it_closes(charged: AssetVillage):
    items = check_items(charged.reader, COLLECTIVE, Month(2025, 2))
    assert [item.text for item in items if item.leads and item.leads[0].to is Leads.PAGE] == [
        "2月的折旧还没有提：2 项，915.16 元。"
    ]


def test_a_ledger_without_cards_has_nothing_to_complain_of(village: AssetVillage):
    (only,) = check_items(village.reader, COLLECTIVE, Month(2025, 1))
    assert (only.verdict, only.text) == (Verdict.PASS, "没有登记资产卡片。")
    assert ties(village.reader, COLLECTIVE, date(2025, 1, 31)) == []


def test_the_balance_sheet_is_held_against_the_cards(village: AssetVillage):
    village.open_with("借 151 57800", "贷 152 33860.92", "贷 311 23939.08")
    plain = make(village.reader, "balance-sheet", ReportRequest(COLLECTIVE, village.year))
    assert not [check for check in plain.checks if check.rule == "X10"]
    village.register(a_card())
    held = make(village.reader, "balance-sheet", ReportRequest(COLLECTIVE, village.year))
    assert {check.ok for check in held.checks if check.rule == "X10"} == {True}
    village.posted("2025-01-08", "购三轮车", "借 151 100; 贷 101 100")
    off = make(village.reader, "balance-sheet", ReportRequest(COLLECTIVE, village.year))
    (wrong,) = [check.text for check in off.checks if check.rule == "X10" and not check.ok]
    assert wrong == "固定资产原值=固定资产卡片原值合计：不符。期末余额：57,900.00 与 57,800.00，相差 100.00。"


def test_kinds_without_a_card_are_asked_for_only_where_they_must_have_one(village: AssetVillage):
    village.open_with("借 151 57800", "借 141 500", "借 161 300", "贷 152 33860.92", "贷 311 24739.08")
    village.register(a_card())
    off = {tie.account for tie in ties(village.reader, COLLECTIVE, date(2025, 1, 31)) if tie.difference}
    assert off == {"161"}
    village.register(
        a_card(
            "T1", kind=AssetKind.INVESTMENT, method=Method.NONE, months=0, opening=0, cost=40_000, salvage=0
        )
    )
    off = {tie.account for tie in ties(village.reader, COLLECTIVE, date(2025, 1, 31)) if tie.difference}
    assert off == {"141", "161"}


def test_the_register_of_a_day_shows_what_was_then(charged: AssetVillage):
    then = make(charged.reader, "asset-register", ReportRequest(COLLECTIVE, charged.year))
    assert then.columns[0].key == "code"
    keys = [column.key for column in then.columns[:9]]
    assert keys == ["code", "name", "kind", "use", "in_use", "cost", "salvage", "accumulated", "net"]
    rows = {row.cells[0]: row.cells for row in then.rows}
    assert rows["J009"][3:9] == ("管理", date(2018, 10, 1), 5_880_000, 289_000, 3_431_850, 2_448_150)


def test_the_sheet_of_a_month_is_the_same_before_and_after(charged: AssetVillage):
    span = ReportRequest(COLLECTIVE, charged.year.of_month(Month(2025, 2)))
    before = make(charged.reader, "depreciation", span)
    charged.charge("2025-02")
    after = make(charged.reader, "depreciation", span)
    assert [row.cells for row in before.rows] == [row.cells for row in after.rows]
    assert "还没有提" in before.heading[2]
    assert after.heading[2].startswith("2025-02/记-")


def test_the_card_of_an_asset_says_everything(charged: AssetVillage):
    sheet = make(charged.reader, "asset-card", ReportRequest(COLLECTIVE, charged.year, item="J009"))
    said = [" ".join(str(cell) for cell in row.cells if cell) for row in sheet.rows]
    assert "原值 5880000" in said
    assert any("改用途保管 用途 管理" in text for text in said)
    assert any("改良、扩建 100000 2025-02/记-0001" in text for text in said)
    assert any("2025-01 记入 511 45758" in text for text in said)
