"""An opening that is not final yet (期初未定): each change is logged, the first close ends it, nothing changes a final one."""

from __future__ import annotations

import sqlite3

import pytest

from tests.builders import COMMITTEE, LI, Village, opening
from tests.services.months import close
from village_ledger.domain.errors import ImportRefused, LedgerError, PeriodError, VoucherError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import REPORTS, ReportRequest, make
from village_ledger.services.book import openings
from village_ledger.services.closing.close_check import check_list

FIRST = ("借 101 1200", "借 113@张三 300", "贷 311 1500")
THEN = ("借 101 1000", "借 102 260", "借 113@张三 300", "贷 311 1560")
JANUARY = Month(2025, 1)


def enter(village: Village, *entries: str, ledger: str = "collective") -> None:
    with village.act() as uow:
        openings.set_opening(uow, ledger, opening(*entries), provisional=True)


def change(village: Village, *entries: str, reason: str = "上年审计调整", by: str = LI):
    with village.act(by) as uow:
        return openings.change(uow, "collective", opening(*entries), reason).value


@pytest.fixture
def undecided(village: Village) -> Village:
    enter(village, *FIRST)
    return village


def balances(village: Village) -> dict[str, int]:
    return {t.account: t.opening for t in village.reader.turnovers("collective", Span.of_month(JANUARY))}


def test_every_change_is_logged_with_before_after_who_and_why(undecided: Village):
    found = change(undecided, *THEN)
    assert [(x.what, x.before, x.after) for x in found] == [
        ("101 库存现金", "借 1,200.00", "借 1,000.00"),
        ("102 银行存款", "无", "借 260.00"),
        ("311 公积公益金", "贷 1,500.00", "贷 1,560.00"),
    ]
    logged = [o for o in undecided.reader.operations() if o.action == openings.CHANGED]
    assert {o.by for o in logged} == {LI}
    assert all("原因：上年审计调整" in o.detail for o in logged)
    assert logged[0].detail.startswith("借 1,200.00 → 借 1,000.00；")
    assert balances(undecided) == {"101": 1000_00, "102": 260_00, "113": 300_00, "311": -1560_00}
    assert undecided.verify() == []


def test_the_seal_follows_the_rows(undecided: Village):
    before = undecided.reader.opening_document("collective")
    change(undecided, *THEN)
    after = undecided.reader.opening_document("collective")
    assert before is not None
    assert after is not None
    assert (before.rows, after.rows) == (3, 4)
    assert before.digest != after.digest
    change(undecided, *FIRST)
    assert undecided.verify() == []


def test_a_ledgers_reports_show_the_changed_opening_at_once(undecided: Village):
    def shown() -> dict[object, object]:
        table = make(undecided.reader, "trial-balance", ReportRequest("collective", Span.of_month(JANUARY)))
        return {row.cells[0]: row.cells[2] for row in table.rows}

    assert shown()["101"] == 1200_00
    change(undecided, *THEN)
    assert shown()["101"] == 1000_00


@pytest.mark.parametrize(
    ("entries", "kind", "words"),
    [
        (("借 101 1200", "贷 311 1100"), VoucherError, "相差 100.00"),
        (("借 101 1200", "贷 999 1200"), ImportRefused, "1 处不对"),
        (("借 101 1200", "借 101 5", "贷 311 1205"), ImportRefused, "1 处不对"),
        (("借 113 1200", "贷 311 1200"), ImportRefused, "1 处不对"),
        (FIRST, VoucherError, "和原来的一样"),
    ],
)
def test_a_faulty_change_leaves_everything_as_it_was(undecided: Village, entries, kind, words):
    before = balances(undecided)
    with pytest.raises(kind, match=words):
        change(undecided, *entries)
    assert balances(undecided) == before
    assert undecided.verify() == []


def test_a_row_on_both_sides_is_refused(village: Village):
    rows = opening("借 101 5", "贷 311 5")
    rows[0] = rows[0]._replace(credit=5_00)
    with pytest.raises(ImportRefused) as refusal, village.act() as uow:
        openings.set_opening(uow, "collective", rows)
    assert "借方和贷方都有金额" in refusal.value.faults[0]


def test_a_change_wants_a_reason(undecided: Village):
    with pytest.raises(VoucherError, match="要写明原因"):
        change(undecided, *THEN, reason="  ")


def test_a_second_opening_is_refused_and_the_way_is_shown(undecided: Village):
    with pytest.raises(VoucherError, match="改动期初"):
        enter(undecided, *THEN)


def test_confirming_makes_it_final(undecided: Village):
    with undecided.act(LI) as uow:
        openings.confirm(uow, "collective")
    document = undecided.reader.opening_document("collective")
    assert document is not None
    assert (document.provisional, document.confirmed_by) == (False, LI)
    with pytest.raises(VoucherError, match="已经定下来"):
        change(undecided, *THEN)
    with pytest.raises(VoucherError, match="已经定下来"), undecided.act() as uow:
        openings.confirm(uow, "collective")
    assert undecided.verify() == []


def test_one_entered_as_final_is_final(village: Village):
    village.open_with(*FIRST)
    with pytest.raises(VoucherError, match="已经定下来"):
        change(village, *THEN)


def test_nothing_to_change_without_a_document(village: Village):
    with pytest.raises(VoucherError, match="还没有录入"):
        change(village, *THEN)


def test_the_first_close_makes_it_final_for_good(undecided: Village):
    close(undecided, JANUARY)
    document = undecided.reader.opening_document("collective")
    assert document is not None
    assert not document.provisional
    assert [o.action for o in undecided.reader.operations()][-2:] == [openings.SETTLED, "结账"]
    with pytest.raises(PeriodError, match="已经结账"):
        change(undecided, *THEN)
    with undecided.act() as uow:
        from village_ledger.services.closing import closing

        closing.reopen(uow, "collective", JANUARY, LI, "漏了一张")
    with pytest.raises(VoucherError, match="已经定下来"):
        change(undecided, *THEN)
    assert undecided.verify() == []


RAW = [
    "UPDATE opening SET debit = debit + 1",
    "DELETE FROM opening",
    "INSERT INTO opening VALUES (99, 1, '102', NULL, NULL, 5, 0, 0, 0)",
    "REPLACE INTO opening VALUES (1, 1, '101', NULL, NULL, 5, 0, 0, 0)",
    "UPDATE opening_document SET rows = 9",
    "UPDATE opening_state SET state = 'provisional'",
    "DELETE FROM opening_state",
    "REPLACE INTO opening_state VALUES (1, 'provisional', '', '')",
]


@pytest.mark.parametrize("sql", RAW)
@pytest.mark.parametrize("final_by", ["close", "confirm", "raw close", "close and reopen"])
def test_no_sql_changes_a_final_opening(undecided: Village, sql: str, final_by: str):
    if final_by == "confirm":
        with undecided.act() as uow:
            openings.confirm(uow, "collective")
    elif final_by == "raw close":
        with undecided.raw() as connection:
            connection.execute("UPDATE period SET state = 'closed' WHERE ledger_id = 1 AND month = '2025-01'")
            connection.execute("UPDATE period SET state = 'open' WHERE ledger_id = 1 AND month = '2025-01'")
    else:
        close(undecided, JANUARY)
        if final_by == "close and reopen":
            undecided.set_month("2025-01", undecided.reader.months("collective")[1].state)
    with undecided.raw() as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)
    assert balances(undecided)["101"] == 1200_00


def test_sql_that_unbalances_a_provisional_opening_is_found_and_cannot_be_closed_over(undecided: Village):
    with undecided.raw() as connection:
        connection.execute("UPDATE opening SET debit = debit + 1 WHERE account = '101'")
        with pytest.raises(sqlite3.IntegrityError, match="借贷不平"):
            connection.execute("UPDATE opening_state SET state = 'final'")
        with pytest.raises(sqlite3.IntegrityError, match="借贷不平"):
            connection.execute("UPDATE period SET state = 'closed' WHERE ledger_id = 1 AND month = '2025-01'")
    assert {f.rule for f in undecided.verify()} == {"V7"}
    with pytest.raises(LedgerError):
        close(undecided, JANUARY)


def test_a_change_past_the_log_is_found_even_when_it_balances(undecided: Village):
    from village_ledger.storage.registers import opening_digest

    with undecided.raw() as connection:
        connection.execute("UPDATE opening SET debit = debit + 100 WHERE account = '101'")
        connection.execute("UPDATE opening SET credit = credit + 100 WHERE account = '311'")
        digest = opening_digest(undecided.reader.opening_lines("collective"))
        connection.execute("UPDATE opening_document SET digest = ?", (digest,))
    assert [f.sentence() for f in undecided.verify() if "操作日志" in f.sentence()]


def test_every_figure_report_of_the_ledger_says_that_the_opening_is_undecided(undecided: Village):
    request = ReportRequest("collective", Span.of_month(JANUARY), account="113")
    silent = {"voucher", "number-gaps", "operation-log", "staff-list", "close-checklist", "multi-column"}
    silent |= {"claim-register", "receipt-books", "inter-ledger"}  # they list papers, no balances
    silent |= {"pass-through"}  # the committee's alone
    silent |= {
        "dividend",
        "dividend-unclaimed",
        "certificate",
        "member-register",
        "register-filing",
    }  # people and shares, no balances
    silent |= {"share-register", "share-movements", "share-equality", "pledge-list", "cap-check"}
    silent |= {
        "disclosure-calendar",
        "disclosure-rules",
        "disclosure-unmasked",
        "sheet-versions",
    }  # days and names
    silent |= {"postings", "objections", "review-checks", "review-sample", "review-opinion"}
    silent |= {"old-mapping"}  # which old account goes where, no balances
    silent |= {"asset-register", "depreciation", "resource-register", "due-rows", "contract-register"}
    silent |= {"rent-arrears", "contract-expiry", "rent-by-year", "rent-per-mu", "projects", "old-matters"}
    silent |= {"decision-register", "approval-limits", "approval-register", "small-powers"}
    silent |= {
        "incomplete-papers",
        "missing-evidence",
        "attachments",
    }  # cards, contracts, papers: no balances
    for name in REPORTS:
        if name in silent:
            continue
        one = ReportRequest("collective", request.span, account="101") if "journal" in name else request
        try:
            table = make(undecided.reader, name, one)
        except LedgerError:
            continue  # the other ledger's, or one that wants another account
        assert any("期初未定" in words for words in table.warnings), name
    with undecided.act() as uow:
        openings.confirm(uow, "collective")
    assert make(undecided.reader, "trial-balance", request).warnings == ()


def test_the_check_list_of_the_first_month_asks_for_the_opening(village: Village):
    def said(month: Month, ledger: str = "collective") -> list[str]:
        return [
            f"{i.verdict.value} {i.text}"
            for i in check_list(village.reader, ledger, month)
            if i.rule == "K17"
        ]

    assert said(JANUARY)[0].startswith("warn 还没有录入期初余额")
    assert said(Month(2025, 2)) == []
    enter(village, *FIRST)
    assert said(JANUARY)[0].startswith("warn 期初未定")
    enter(village, "借 1001 80", "贷 3101 80", ledger=COMMITTEE)
    with village.act() as uow:
        openings.confirm(uow, COMMITTEE)
    assert said(JANUARY, COMMITTEE) == ["pass 期初余额已经定下来。"]
