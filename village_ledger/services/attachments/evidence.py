"""What should have a paper kept with it and has none (缺附件): by months, for the list, the page and the check list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from village_ledger.domain.attachment import Condition, attachment_rules
from village_ledger.domain.period import Month, Span
from village_ledger.services.attachments.e_invoices import side_of
from village_ledger.storage.attachments.queries_evidence import Unproved, VoucherPapers
from village_ledger.storage.reader import Reader


class Lack(Enum):
    """What is missing."""

    FILE = "附件坏了"
    SHEETS = "张数不够"
    INVOICE = "没有发票"
    CONTRACT = "合同没有扫描件"
    DECISION = "决议没有签字页"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that has no paper; ``key`` a voucher's id, else its number."""

    lack: Lack
    key: str
    name: str
    day: str
    amount: int
    stated: int
    kept: int
    text: str

    @property
    def voucher_id(self) -> int | None:
        """The voucher it is about, None for a contract or a decision."""
        return int(self.key) if self.lack in (Lack.SHEETS, Lack.INVOICE) else None


def missing(reader: Reader, ledger: str, span: Span) -> list[Missing]:
    """Everything without its paper: vouchers and payments of some days, contracts and decisions as they stand now."""
    rules = attachment_rules().evidence
    side = side_of(reader.ledger(ledger).kind)
    first, last = (
        Month.of(span.first),
        Month(span.last.year, 12 if span.last.month == 12 else span.last.month),
    )
    unpaid = reader.without_invoice(ledger, side, first, last)
    return [
        *broken(reader, ledger),
        *_sheets(reader.voucher_papers(ledger, first, last)),
        *_unproved(Lack.INVOICE, unpaid),
        *_unproved(Lack.CONTRACT, reader.contracts_without_scan(ledger, rules.kinds["contract"])),
        *_unproved(Lack.DECISION, reader.decisions_without_page(ledger, rules.kinds["decision"])),
    ]


def broken(reader: Reader, ledger: str) -> list[Missing]:
    """Attachments that stand and whose bytes are missing or of another size; no byte is read.

    A package is most often sent without them: where none came along, none is missing.
    """
    there = reader.every_attachment()
    if reader.packed() is not None and not any(one.condition is Condition.SOUND for one in there):
        return []
    return [
        Missing(
            Lack.FILE,
            str(one.id),
            f"附件 {one.id}",
            one.at[:10],
            0,
            one.sheets,
            0,
            f"{one.title}：{one.condition.words}",
        )
        for one in there
        if one.stands and one.owner.ledger in (ledger, "") and one.condition is not Condition.SOUND
    ]


def keeps_scans(papers: Sequence[VoucherPapers]) -> bool:
    """Whether the village keeps the papers of these vouchers as files too: most of them have one."""
    percent = attachment_rules().evidence.scans_from_percent
    kept = sum(1 for one in papers if one.kept)
    return kept > 0 and kept * 100 >= len(papers) * percent


def _sheets(papers: Sequence[VoucherPapers]) -> list[Missing]:
    """Vouchers with fewer sheets kept than stated, in months in which scans are kept at all."""
    found: list[Missing] = []
    for month in sorted({one.ref.month for one in papers}):
        of_month = [one for one in papers if one.ref.month == month]
        if not keeps_scans(of_month):
            continue
        found += [
            Missing(
                Lack.SHEETS,
                str(one.id),
                str(one.ref),
                one.day,
                0,
                one.stated,
                one.kept,
                f"写了 {one.stated} 张，留了 {one.kept} 张",
            )
            for one in of_month
            if one.kept < one.stated
        ]
    return found


def _unproved(lack: Lack, rows: Sequence[Unproved]) -> list[Missing]:
    return [Missing(lack, row.key, row.name, row.day, row.amount, 0, 0, row.text) for row in rows]


def difference(stated: int, kept: int) -> str:
    """What the voucher's page says when the sheets kept are not those stated; empty when they agree or none is kept."""
    if not kept or kept == stated:
        return ""
    if kept < stated:
        return f"凭证写附单据 {stated} 张，电子附件 {kept} 张，还差 {stated - kept} 张。"
    return f"凭证写附单据 {stated} 张，电子附件有 {kept} 张，请核对张数。"
