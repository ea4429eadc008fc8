"""The demonstration village's books as plain values, read from resources/demo without any storage."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from village_ledger.domain.balance import Turnover, sided
from village_ledger.domain.chart import Account, Chart, CodeRule, LedgerKind, Money, Side
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import (
    StoredVoucher,
    Voucher,
    VoucherKind,
    VoucherLine,
    VoucherRef,
    VoucherState,
)
from village_ledger.reports.disclosure.disclosure import SheetFigures, flows, sheet_a_table
from village_ledger.reports.issuer import Issuer
from village_ledger.resources_dir import resource
from village_ledger.storage.charts import load_preset

if TYPE_CHECKING:
    from village_ledger.reports.table import Table

COLLECTIVE = Issuer(
    "青山村", "collective", LedgerKind.COLLECTIVE, "集体经济组织账", "青山村股份经济合作联合社", is_demo=True
)
COMMITTEE = Issuer(
    "青山村", "committee", LedgerKind.COMMITTEE, "村民委员会账", "青山村村民委员会", is_demo=True
)
_PRESETS = {"collective": "collective_2023", "committee": "committee_surplus"}


def _rows(name: str) -> list[dict[str, str]]:
    with resource("demo", name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=2)
def chart(issuer: Issuer) -> Chart:
    preset = load_preset(_PRESETS[issuer.ledger])
    rule = CodeRule.parse(preset.code_widths)
    found = Chart(issuer.kind, rule, preset.accounts)
    for row in _rows(f"{issuer.ledger}_accounts.csv"):
        if row["科目编码"] not in found:
            account = Account(row["科目编码"], row["科目名称"], Side(row["余额方向"]), "")
            found, _ = found.with_account(account)
    return found


@lru_cache(maxsize=2)
def vouchers(issuer: Issuer) -> tuple[StoredVoucher, ...]:
    grouped: dict[tuple[str, str, int], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(f"{issuer.ledger}_vouchers.csv"):
        grouped[row["日期"][:7], row["凭证字"], int(row["凭证号"])].append(row)
    return tuple(
        _stored(issuer, number, month, word, place, rows)
        for number, ((month, word, place), rows) in enumerate(sorted(grouped.items()), 1)
    )


def _stored(
    issuer: Issuer, number: int, month: str, word: str, place: int, rows: list[dict[str, str]]
) -> StoredVoucher:
    head = rows[0]
    voucher = Voucher(
        day=date.fromisoformat(head["日期"]),
        lines=tuple(
            VoucherLine(
                row["摘要"],
                row["科目编码"],
                parse_fen(row["借方金额"]) if row["借方金额"] else 0,
                parse_fen(row["贷方金额"]) if row["贷方金额"] else 0,
                row["往来单位"],
                row["项目"],
            )
            for row in rows
        ),
        word=word,
        attachments=int(head["附件张数"] or 0),
        kind=VoucherKind.REVERSAL if head["冲销凭证"] else VoucherKind.NORMAL,
        handler=head["经手人"],
        witness=head["证明人"],
        approver=head["审批人"],
    )
    ref = VoucherRef(Month.parse(month), word, place)
    return StoredVoucher(
        number,
        issuer.ledger,
        ref,
        voucher,
        VoucherState.POSTED,
        "王秀英",
        f"{voucher.day}T09:00",
        "蒲文斌",
        "王秀英",
    )


def openings(issuer: Issuer) -> dict[str, int]:
    """Opening balances of the year, debit − credit, fen."""
    found: dict[str, int] = defaultdict(int)
    for row in _rows(f"{issuer.ledger}_opening.csv"):
        found[row["科目编码"]] += parse_fen(row["借方金额"] or "0") - parse_fen(row["贷方金额"] or "0")
    return found


def between(issuer: Issuer, first: date, last: date) -> list[StoredVoucher]:
    return [v for v in vouchers(issuer) if first <= v.voucher.day <= last]


def turnovers(issuer: Issuer, span: Span) -> list[Turnover]:
    start = openings(issuer)
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for stored in between(issuer, date(span.last.year, 1, 1), span.last):
        for line in stored.voucher.lines:
            place = 2 if stored.voucher.day >= span.first else 0
            sums[line.account][place] += line.debit
            sums[line.account][place + 1] += line.credit
            sums[line.account][4] += line.debit
            sums[line.account][5] += line.credit
    found: list[Turnover] = []
    for code in sorted({*start, *sums}):
        before_debit, before_credit, debit, credit, year_debit, year_credit = sums[code]
        opening = start[code] + before_debit - before_credit
        both = (*sided(opening), debit, credit, year_debit, year_credit, *sided(opening + debit - credit))
        found.append(Turnover(code, *both))
    return found


def money_before(issuer: Issuer, day: date) -> dict[Money, int]:
    found = dict.fromkeys(Money, 0)
    book = chart(issuer)
    for code, balance in openings(issuer).items():
        if (kind := book.get(code).money) is not None:
            found[kind] += balance
    for stored in vouchers(issuer):
        if stored.voucher.day < day:
            for line in stored.voucher.lines:
                if (kind := book.get(line.account).money) is not None:
                    found[kind] += line.debit - line.credit
    return found


def figures(issuer: Issuer, span: Span) -> SheetFigures:
    year = date(span.first.year, 1, 1)
    earlier = [v for v in vouchers(issuer) if year <= v.voucher.day < span.first]
    return SheetFigures(
        span,
        money_before(issuer, span.first),
        between(issuer, span.first, span.last),
        flows(earlier, chart(issuer)),
        telephone="0800-555-0126",
    )


def wall_sheet(issuer: Issuer, span: Span) -> Table:
    return replace(sheet_a_table(issuer, chart(issuer), figures(issuer, span)), check_code="QS7K4M2P9RXD")
