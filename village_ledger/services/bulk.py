"""Taking a whole file of vouchers in: the same rules as one by one, in one transaction."""

from __future__ import annotations

import os
from collections.abc import Sequence
from operator import attrgetter

from village_ledger.domain.chain import SALT_BYTES, ChainHead, ChainLine, canonical, link
from village_ledger.domain.errors import PeriodError, VoucherError
from village_ledger.domain.imported import ImportedVoucher
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherKind, VoucherRef
from village_ledger.services.changes import Changes
from village_ledger.services.outcome import Outcome
from village_ledger.services.progress import SILENT, Progress
from village_ledger.storage.unit_of_work import UnitOfWork

BATCH = 2000
MIGRATION = "migration"


def import_vouchers(
    uow: UnitOfWork,
    ledger: str,
    vouchers: Sequence[ImportedVoucher],
    *,
    post: bool,
    progress: Progress = SILENT,
) -> Outcome[int]:
    """Store checked vouchers (``exchange.voucher_checks``), posting them at once as a migration when asked.

    They are numbered as in the file and chained by date, word and number. Months of the years they reach are opened.
    Raises PeriodError for a closed or future month, VoucherError for a link that leads nowhere.
    """
    for month in sorted({Month.of(v.day) for v in vouchers}):
        uow.periods.ensure_open(ledger, month)
    ordered = sorted(vouchers, key=attrgetter("day", "word", "number"))
    batch = _Batch(uow, ledger, post=post)
    for start in range(0, len(ordered), BATCH):
        progress.step(start, len(ordered), "写入凭证")
        batch.write(ordered[start : start + BATCH])
    batch.finish()
    _link(uow, ledger, ordered)
    if ordered:
        first, last = _ref(ordered[0]), _ref(ordered[-1])
        how = "导入并记账（迁移，未经审核）" if post else "导入凭证"
        amount = sum(line.debit for v in ordered for line in v.lines)
        detail = f"共 {len(ordered)} 张，借方合计 {format_fen(amount)} 元"
        uow.log.add(how, ledger=ledger, subject=f"{first} 至 {last}", detail=detail)
    return Outcome(
        len(ordered), Changes(vouchers=True, balances=post, counterparties=True, periods=True, ledger=ledger)
    )


class _Batch:
    """Rows of one import, chained and summed as they are written."""

    def __init__(self, uow: UnitOfWork, ledger: str, *, post: bool) -> None:
        self._uow = uow
        self._ledger = ledger
        self._ledger_id = uow.reader.ledger(ledger).id
        self._post = post
        self._first_id = self._next_id = uow.vouchers.next_id()
        self._seq, self._previous = uow.postings.head(ledger)

    def write(self, vouchers: Sequence[ImportedVoucher]) -> None:
        """Store some vouchers."""
        heads: list[tuple[object, ...]] = []
        lines: list[tuple[object, ...]] = []
        postings: list[tuple[object, ...]] = []
        unposted: list[tuple[int, int, str]] = []
        salts = os.urandom(SALT_BYTES * len(vouchers))
        for place, voucher in enumerate(vouchers):
            salt = salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
            voucher_id, day = self._next_id, voucher.day.isoformat()
            self._next_id += 1
            head = self._head(voucher, day)
            heads.append((voucher_id, self._ledger_id, *head[1:11], head.prepared_by, head.prepared_at, salt))
            lines += self._lines(voucher, voucher_id, day)
            if self._post:
                postings.append(self._posting(voucher, voucher_id, head, salt))
            else:
                unposted.append((voucher_id, self._ledger_id, day))
        self._uow.postings.insert_bulk(heads, lines, postings)
        self._uow.postings.list_unposted(unposted)

    def finish(self) -> None:
        """Write the totals of everything posted."""
        if self._post:
            self._uow.postings.total_since(self._ledger_id, self._first_id)

    def _head(self, v: ImportedVoucher, day: str) -> ChainHead:
        by, at = self._uow.by, self._uow.at
        return ChainHead(
            self._ledger,
            day[:7],
            v.word,
            v.number,
            day,
            _kind(v, day).value,
            v.attachments,
            v.no_attachment_reason,
            v.handler,
            v.witness,
            v.approver,
            by,
            at,
            "",
            "",
            by,
            at,
            MIGRATION,
        )

    def _lines(self, voucher: ImportedVoucher, voucher_id: int, day: str) -> list[tuple[object, ...]]:
        ledger_id, id_of = self._ledger_id, self._uow.parties.id_of
        rows: list[tuple[object, ...]] = []
        for place, x in enumerate(voucher.lines, 1):
            party = id_of("counterparty", x.counterparty) if x.counterparty else None
            project = id_of("project", x.project) if x.project else None
            group = id_of("group", x.group) if x.group else None
            rows.append(
                (
                    voucher_id,
                    place,
                    ledger_id,
                    day,
                    x.account,
                    x.debit,
                    x.credit,
                    x.summary,
                    party,
                    project,
                    group,
                )
            )
        return rows

    def _posting(
        self, voucher: ImportedVoucher, voucher_id: int, head: ChainHead, salt: bytes
    ) -> tuple[object, ...]:
        lines = [
            ChainLine(x.account, x.debit, x.credit, x.summary, x.counterparty, x.project, x.group)
            for x in voucher.lines
        ]
        previous, self._seq = self._previous, self._seq + 1
        self._previous = link(previous, canonical(head, lines, salt))
        return (
            voucher_id,
            self._ledger_id,
            self._seq,
            head.posted_by,
            head.posted_at,
            MIGRATION,
            previous,
            self._previous,
        )


def _kind(voucher: ImportedVoucher, day: str) -> VoucherKind:
    """Red letter within the year of what it undoes, blue for an earlier year."""
    if voucher.reverses:
        same_year = voucher.reverses[:4] == day[:4]
        return VoucherKind.REVERSAL if same_year else VoucherKind.PRIOR_YEAR
    return VoucherKind.CORRECTION if voucher.corrects else VoucherKind.NORMAL


def _link(uow: UnitOfWork, ledger: str, vouchers: Sequence[ImportedVoucher]) -> None:
    """Tie red-letter and correcting vouchers to the ones they name."""
    for voucher in vouchers:
        for kind, target in (("reverses", voucher.reverses), ("corrects", voucher.corrects)):
            if not target:
                continue
            try:
                original = uow.reader.find_voucher(ledger, VoucherRef.parse(target))
            except (VoucherError, PeriodError) as error:
                raise VoucherError(
                    f"第{voucher.row}行：{error.what}", "请核对冲销、订正的凭证号。"
                ) from error
            made = uow.reader.find_voucher(ledger, _ref(voucher))
            uow.vouchers.link(made.id, kind, original.id)


def _ref(voucher: ImportedVoucher) -> VoucherRef:
    return VoucherRef(Month.of(voucher.day), voucher.word, voucher.number)
