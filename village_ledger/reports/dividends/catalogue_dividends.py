"""分红 read from a book: the lines of a year's dividend, a look at one not yet booked, what nobody claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.errors import DividendError

if TYPE_CHECKING:
    from village_ledger.reports.dividends.dividend import Facts
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.services.dividends.dividends import Preview
    from village_ledger.storage.people.records import Dividend
    from village_ledger.storage.reader import Reader

HOME = "collective"
"""The ledger meant when none is named: income is given away by the collective alone."""


def dividend_of(reader: Reader, request: ReportRequest) -> Table:
    """收益分配明细 of a year (that of the span's last day; without one the newest)."""
    from village_ledger.reports.dividends.dividend import dividend_table, no_dividend
    from village_ledger.reports.request import issuer_of
    from village_ledger.reports.table import Check
    from village_ledger.services.dividends.dividend_files import portions_of
    from village_ledger.services.dividends.dividends import shared_of

    ledger, year = request.ledger or HOME, request.span.last.year if request.span else None
    if not any(one.live and year in (None, one.year) for one in reader.dividends(ledger)):
        return no_dividend(issuer_of(reader, ledger), year)
    dividend = standing_of(reader, ledger, year)
    portions, paid = portions_of(reader, dividend)
    anew = {x.part.account_id: x.amount for x in shared_of(reader, dividend).portions}
    stored = {x.part.account_id: x.amount for x in portions}
    checks = [
        Check("I15", sum(stored.values()) == dividend.amount, "各户合计=分红总额"),
        Check("I15", anew == stored, "各户=按登记日份额重算"),
    ]
    issuer = issuer_of(reader, dividend.ledger)
    return dividend_table(issuer, facts_of(dividend), portions, paid, checks)


def preview_of(reader: Reader, made: Preview) -> Table:
    """The same lines before they are booked, with every gate as a check."""
    from village_ledger.reports.dividends.dividend import Facts, dividend_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.reports.table import Check

    shared = made.shared
    facts = Facts(
        made.year, made.record_date, made.day, shared.amount, made.resolution, shared.over, is_preview=True
    )
    checks = [Check(gate.rule, gate.ok, gate.text, gate.detail) for gate in made.gates]
    return dividend_table(issuer_of(reader, made.ledger), facts, shared.portions, checks=checks)


def unclaimed_of(reader: Reader, request: ReportRequest) -> Table:
    """未领分红清单 on the span's last day, of every dividend that stands."""
    from village_ledger.reports.dividends.dividend import unclaimed_table
    from village_ledger.reports.request import issuer_of, span_of
    from village_ledger.services.dividends.dividend_payments import dues

    ledger = request.ledger or HOME
    day = span_of(reader, request).last
    classes = {one.id: one.name for one in reader.share_classes(ledger)}
    owed = [
        (dividend.year, classes[due.line.class_id], due)
        for dividend in reader.dividends(ledger)
        if dividend.live
        for due in dues(reader, dividend, day)
    ]
    return unclaimed_table(issuer_of(reader, ledger), owed, day)


def standing_of(reader: Reader, ledger: str, year: int | None) -> Dividend:
    """The dividend of a year that stands, without a year the newest; raises DividendError when there is none."""
    found = [one for one in reader.dividends(ledger) if one.live and year in (None, one.year)]
    if not found:
        whose = f"{year}年度还" if year else "还"
        raise DividendError(f"{whose}没有分过红", "请先用 dividend 命令或“成员—分红”办分红。")
    return found[-1]


def facts_of(dividend: Dividend) -> Facts:
    """What is said of a booked dividend."""
    from village_ledger.reports.dividends.dividend import Facts

    over = dividend.asked - dividend.amount
    return Facts(
        dividend.year, dividend.record_date, dividend.day, dividend.amount, dividend.resolution, over
    )


def sheet_by_code(reader: Reader, code: str) -> str | None:
    """Which sheet to sign carries this code by what the book says now: of a whole dividend, or of one group."""
    from village_ledger.reports.dividends.dividend_papers import sheet_code
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.dividends.dividend_files import sheet_lines

    for info in reader.ledgers():
        issuer = issuer_of(reader, info.code)
        for dividend in reader.dividends(info.code):
            lines, facts = sheet_lines(reader, dividend) if dividend.live else [], facts_of(dividend)
            for group in ("", *dict.fromkeys(line.group for line in lines if line.group)):
                chosen = [line for line in lines if not group or line.group == group]
                if chosen and sheet_code(issuer, facts, chosen) == code:
                    return f"{issuer.entity}{facts.year}年度收益分红签领单{f'（{group}）' if group else ''}"
    return None


DIVIDEND_MAKERS = {"dividend": dividend_of, "dividend-unclaimed": unclaimed_of}
