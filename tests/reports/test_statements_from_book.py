"""The small village's statements out of a real book are those of its paper books, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village, draft, in_file
from tests.domain.paper_village import START, Line, PaperBooks, small_village
from tests.reports.statement_sheets import BALANCE_SHEET, INCOME, NEW, OPENING, column, others, sheet
from tests.services.months import close_through, close_year
from village_ledger.domain.errors import PeriodError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.statements.catalogue_statements import LAYOUT, statement_sheet
from village_ledger.reports.statements.statements import StatementSheet
from village_ledger.services.book import openings

YEAR = Span.of_year(2025)
JULY = Month(2025, 7)


def keep(village: Village, books: PaperBooks, *, since: date = START) -> None:
    """Put the paper books into a real one; what lies before its start is its opening document.

    The committee books what the collective pays over to it.
    """
    for account in books.chart:
        if account.code not in village.reader.chart(COLLECTIVE):
            village.add_account(account.parent, account.name)
    with village.act() as uow:
        openings.set_opening(uow, COLLECTIVE, opening_rows(books, since))
    for number, (day, lines) in numbered(books, since):
        summary = draft(str(day), "业务", "; ".join(map(entry, lines)))
        village.take_in(in_file(summary, number))
    day = max(since, date(2025, 6, 15))
    village.posted(str(day), "收集体补助", "借 1001 8000; 贷 4501 8000", COMMITTEE)


def entry(line: Line) -> str:
    party = f"@{line.party}" if line.party else ""
    project = "#村道硬化" if line.account.startswith(("153", "231", "241")) else ""
    return f"{'借' if line.debit else '贷'} {line.account}{party}{project} {plain_fen(line.debit or line.credit)}"


def numbered(books: PaperBooks, since: date) -> Iterator[tuple[int, tuple[date, list[Line]]]]:
    """The vouchers from a day on with their numbers within the month."""
    last: dict[Month, int] = {}
    for day, lines, _ in sorted(books.vouchers, key=lambda voucher: voucher[0]):
        if day >= since:
            month = Month.of(day)
            last[month] = last.get(month, 0) + 1
            yield last[month], (day, lines)


def opening_rows(books: PaperBooks, since: date) -> list[ImportedOpening]:
    """Balances before a day with what the year has moved so far, per account and party."""
    sums: dict[tuple[str, str], list[int]] = {}
    for day, lines, _ in books.vouchers:
        for line in lines if day < since else ():
            sides = sums.setdefault((line.account, line.party), [0, 0, 0])
            sides[0] += line.debit - line.credit
            sides[1] += line.debit if day >= START else 0
            sides[2] += line.credit if day >= START else 0
    return [
        ImportedOpening(row, code, party, "", max(balance, 0), max(-balance, 0), debit, credit)
        for row, ((code, party), (balance, debit, credit)) in enumerate(sums.items(), 2)
        if balance or debit or credit
    ]


def asked(village: Village, report: str, span: Span = YEAR) -> StatementSheet:
    return statement_sheet(village.reader, report, ReportRequest(COLLECTIVE, span))


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Village]:
    """The small village from January on."""
    with Village.found(tmp_path) as village:
        keep(village, small_village())
        yield village


def test_the_figures_worked_out_by_hand(kept: Village):
    assert column(asked(kept, "balance-sheet"), "closing") == BALANCE_SHEET
    assert column(asked(kept, "balance-sheet"), "opening") == OPENING
    assert column(asked(kept, "income-distribution"), "current") == INCOME


@pytest.mark.parametrize("report", ["balance-sheet", "income-distribution", "receipts-payments"])
@pytest.mark.parametrize(
    "span",
    [YEAR, Span.of_month(Month(2025, 4)), Span(date(2025, 4, 10), date(2025, 8, 15)), Span.of_year(2026)],
)
def test_every_cell_is_that_of_the_paper_books(kept: Village, report: str, span: Span):
    on_paper = sheet(small_village(), report, span, given=NEW if span.last.year == 2025 else {})
    ours = asked(kept, report, span).table
    assert [row.cells for row in ours.rows] == [row.cells for row in on_paper.table.rows]
    assert [check.text for check in ours.checks if not check.ok] == []


def test_after_the_year_is_carried_forward_every_row_is_the_same(kept: Village):
    before = {report: asked(kept, report).table.rows for report in others()}
    close_through(kept, 12)
    close_year(kept)
    assert {report: asked(kept, report).table.rows for report in others()} == before
    checks = {check.rule: check.ok for check in asked(kept, "income-distribution").table.checks}
    assert checks["X5"]
    assert {check.rule: check.ok for check in asked(kept, "balance-sheet").table.checks}["X8"]


def test_a_red_letter_takes_back_what_was_distributed(kept: Village):
    handed = next(
        v
        for v in kept.reader.posted_vouchers(COLLECTIVE, YEAR)
        if {x.account for x in v.voucher.lines} == {"3220102", "113"}
    )
    red = kept.reverse(handed, "2025-12-31")
    kept.review(red)
    kept.post(red)
    found = column(asked(kept, "income-distribution"), "current")
    assert (found["R18"], found["R20"]) == (0, INCOME["R20"] + INCOME["R18"])
    assert [check for check in asked(kept, "income-distribution").table.checks if not check.ok] == []


def test_a_ledger_begun_in_july_tells_the_whole_year(tmp_path: Path):
    """本年累计 typed with the opening stands for the months that were kept elsewhere."""
    with Village.found(tmp_path, start="2025-07") as village:
        keep(village, small_village(), since=JULY.first)
        assert column(asked(village, "balance-sheet"), "closing") == BALANCE_SHEET
        assert column(asked(village, "balance-sheet"), "opening") == OPENING
        assert column(asked(village, "income-distribution"), "current") == INCOME
        for report in others():
            wrong = [check.text for check in asked(village, report).table.checks if not check.ok]
            assert wrong == []


def test_receipts_of_a_month_and_of_the_year_so_far(tmp_path: Path):
    with Village.found(tmp_path, start="2025-07") as village:
        keep(village, small_village(), since=JULY.first)
        on_paper = sheet(small_village(), "receipts-payments", Span.of_month(Month(2025, 9)))
        ours = asked(village, "receipts-payments", Span.of_month(Month(2025, 9)))
        assert [row.cells for row in ours.table.rows] == [row.cells for row in on_paper.table.rows]


def test_days_before_the_ledger_began_are_refused(tmp_path: Path):
    with (
        Village.found(tmp_path, start="2025-07") as village,
        pytest.raises(PeriodError, match="集体经济组织账从2025年7月开始"),
    ):
        asked(village, "balance-sheet", Span.of_month(Month(2025, 6)))


def test_a_figure_says_where_it_comes_from(kept: Village):
    told = asked(kept, "balance-sheet").explain("A3")
    assert told.amount == BALANCE_SHEET["A3"] == sum(part.sign * part.amount for part in told.parts)
    assert [part.account for part in told.parts] == ["112", "113"]


def test_the_other_layout_is_a_setting_of_the_book(kept: Village):
    with kept.act() as uow:
        uow.settings.set(LAYOUT, "cooperative")
    lines = [row.cells[1] for row in asked(kept, "income-distribution").table.rows]
    assert lines.index("R17") < lines.index("R16")
    assert column(asked(kept, "income-distribution"), "current")["R20"] == INCOME["R20"]
    assert column(asked(kept, "balance-sheet"), "closing") == BALANCE_SHEET


def test_general_ledger_and_multi_column_agree_with_the_trial_balance(kept: Village):
    close_through(kept, 12)
    close_year(kept)
    trial = make(kept.reader, "trial-balance", ReportRequest(COLLECTIVE, YEAR))
    closing = {
        str(row.cells[0]): (row.cells[8] or 0, row.cells[9] or 0) for row in trial.rows if row.cells[0]
    }
    ledger = make(kept.reader, "general-ledger", ReportRequest(COLLECTIVE, YEAR))
    ends = {row.cells[0]: (row.cells[6], row.cells[7]) for row in ledger.rows}
    for code, (side, balance) in ends.items():
        debit, credit = closing[str(code)]
        assert isinstance(debit, int)
        assert isinstance(credit, int)
        assert balance == abs(debit - credit), code
        assert side == ("平" if debit == credit else "借" if debit > credit else "贷")
    columns = list(make(kept.reader, "multi-column", ReportRequest(COLLECTIVE, YEAR, "513")).rows)
    assert columns[-1].cells[2:7] == ("本年累计", 1_128_640, 1_128_640, "平", 0)
    assert columns[-1].cells[7:] == (0, 0)
