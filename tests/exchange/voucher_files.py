"""Files of vouchers held against a book that is only described: what is read, what is refused, what is said."""

from __future__ import annotations

from pathlib import Path

from tests.exchange.files import VOUCHER_HEADER, write_csv
from village_ledger.domain.chart import Chart, CodeRule, LedgerKind
from village_ledger.domain.guard import Guard
from village_ledger.domain.imported import ImportedVoucher
from village_ledger.domain.period import Month, MonthState
from village_ledger.exchange.reading.tabular import read_rows
from village_ledger.exchange.vouchers.voucher_checks import BookFacts, VoucherChecks
from village_ledger.exchange.vouchers.voucher_rows import VOUCHER_FIELDS, VoucherRows
from village_ledger.services.entry.cautions import guard_rules
from village_ledger.storage.charts import load_preset


def shipped(kind: LedgerKind, preset: str) -> Chart:
    found = load_preset(preset)
    return Chart(kind, CodeRule.parse(found.code_widths), found.accounts)


COLLECTIVE = shipped(LedgerKind.COLLECTIVE, "collective_2023")
COMMITTEE = shipped(LedgerKind.COMMITTEE, "committee_surplus")
FACTS = BookFacts(
    chart=COLLECTIVE,
    months={Month(2025, m): MonthState.OPEN for m in range(1, 13)} | {Month(2025, 1): MonthState.CLOSED},
    last_number=lambda _month, _word: 0,
    guard=Guard(guard_rules(), COLLECTIVE),
    foreign={"村民委员会账": COMMITTEE},
)


def check(file: Path, facts: BookFacts = FACTS) -> tuple[list[ImportedVoucher], list[str], list[str]]:
    """The vouchers of a file, its faults and its warnings."""
    table = read_rows(file, VOUCHER_FIELDS)
    rows = VoucherRows(table)
    vouchers = rows.read()
    checks = VoucherChecks(facts, table, rows)
    checks.run(vouchers)
    faults = sorted([*rows.faults, *checks.faults])
    return vouchers, [fault.text for fault in faults], [warning.text for warning in checks.warnings]


def faults_of(tmp_path: Path, *rows, header=VOUCHER_HEADER, facts=FACTS) -> list[str]:
    return check(write_csv(tmp_path / "v.csv", rows, header=header), facts)[1]


def row(number="1", account="513", debit="", credit="", **changes) -> tuple[str, ...]:
    """A row of a voucher; only what a test is about needs to be said."""
    cells = {
        "日期": "2025-03-08",
        "凭证字": "记",
        "凭证号": number,
        "摘要": "付水费",
        "科目编码": account,
        "借方金额": debit,
        "贷方金额": credit,
        "往来单位": "",
        "项目": "",
        "附件张数": "1",
        **changes,
    }
    return tuple(cells.values())


def pair(number="1", amount="100.00", **changes) -> list[tuple[str, ...]]:
    """A good voucher of two rows."""
    return [row(number, debit=amount, **changes), row(number, "101", credit=amount, **changes)]
