"""Taking a whole file of vouchers in: the same rules as one by one, in one transaction."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter

from village_ledger.domain.chain import SALT_BYTES, ChainHead, canonical, link
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, LimitError, PeriodError, VoucherError
from village_ledger.domain.imported import ImportedLine, ImportedVoucher
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherKind, VoucherRef
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import invoices
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.outcome import Outcome
from village_ledger.storage.unit_of_work import UnitOfWork
from village_ledger.storage.vouchers.bulk_insert import BulkInsert

BATCH = 2000
MIGRATION = "migration"
_NORMAL = VoucherKind.NORMAL.value


def import_vouchers(
    uow: UnitOfWork,
    ledger: str,
    vouchers: Sequence[ImportedVoucher],
    *,
    post: bool,
    progress: Progress = SILENT,
) -> Outcome[int]:
    """Store checked vouchers (``exchange.vouchers.voucher_checks``), posting them at once as a migration when asked.

    They are numbered as in the file and chained by date, word and number. Months of the years they reach are opened.
    Raises PeriodError for a closed or future month, VoucherError for a link that leads nowhere, LimitError where approval
    limits are in force.
    """
    require(uow, Duty.PREPARE, ledger)
    if post and uow.reader.has_staff():
        raise DutyError(
            "账簿里已经登记了人员，导入的凭证不能跳过审核直接记账", "请不带 --post 导入，再审核、记账。"
        )
    if post:
        _ensure_not_governed(uow, ledger, vouchers)
    for month in sorted({Month.of(day) for day in {v.day for v in vouchers}}):
        uow.periods.ensure_open(ledger, month, migrating=True)
    ordered = sorted(vouchers, key=attrgetter("day", "word", "number"))
    batch = _Batch(uow, ledger, len(ordered), post=post)
    for start in range(0, len(ordered), BATCH):
        progress.step(start, len(ordered), "写入凭证")
        batch.write(ordered[start : start + BATCH])
    batch.finish(ordered)
    _link(uow, ledger, ordered)
    _book_invoices(uow, ledger, ordered)
    if ordered:
        first, last = _ref(ordered[0]), _ref(ordered[-1])
        how = "导入并记账（迁移，未经审核）" if post else "导入凭证"
        amount = sum(line.debit for v in ordered for line in v.lines)
        detail = f"共 {len(ordered)} 张，借方合计 {format_fen(amount)} 元"
        uow.log.add(how, ledger=ledger, subject=f"{first} 至 {last}", detail=detail)
    return Outcome(
        len(ordered), Changes(vouchers=True, balances=post, counterparties=True, periods=True, ledger=ledger)
    )


def _ensure_not_governed(uow: UnitOfWork, ledger: str, vouchers: Sequence[ImportedVoucher]) -> None:
    """Raise LimitError where a file would post payments past the approval limits in force."""
    rules = uow.reader.limit_sets(ledger)
    since = min((one.valid_from for one in rules), default=None)
    if since is not None and any(voucher.day >= since for voucher in vouchers):
        raise LimitError(
            f"从 {since} 起采用了审批限额，导入的凭证不能跳过审批直接记账",
            "请不带 --post 导入，登记审批以后再审核、记账。",
        )


class _Batch:
    """Rows of one import, chained as they are written."""

    def __init__(self, uow: UnitOfWork, ledger: str, count: int, *, post: bool) -> None:
        self._uow = uow
        self._ledger = ledger
        self._post = post
        self._book = BulkInsert(uow, ledger, MIGRATION, count)
        self._next_id = self._book.first_id
        self._seq, self._previous = uow.postings.head(ledger)
        self._salts: list[bytes] = []
        uow.parties.know_all()

    def write(self, vouchers: Sequence[ImportedVoucher]) -> None:
        """Store some vouchers and their lines."""
        heads: list[tuple[object, ...]] = []
        lines: list[tuple[object, ...]] = []
        quantities: list[tuple[int, int, int]] = []
        salts = os.urandom(SALT_BYTES * len(vouchers))
        self._salts.append(salts)
        for place, voucher in enumerate(vouchers):
            voucher_id, day = self._next_id, voucher.day.isoformat()
            self._next_id += 1
            salt = bytearray(salts[place * SALT_BYTES : (place + 1) * SALT_BYTES])
            heads.append((voucher_id, *self._head(voucher, day)[1:11], salt))
            self._lines(lines, voucher, voucher_id, day)
            quantities += [(voucher_id, n, x.quantity) for n, x in enumerate(voucher.lines, 1) if x[8]]
        self._book.write(heads, lines, quantities, waiting=not self._post)

    def chained(self, vouchers: Sequence[ImportedVoucher]) -> list[tuple[int, int, bytes, bytes]]:
        """The postings of all that was written, one linked to the next."""
        postings: list[tuple[int, int, bytes, bytes]] = []
        seq, previous = self._seq, self._previous
        salts = b"".join(self._salts)
        for place, voucher in enumerate(vouchers):
            head = self._head(voucher, voucher.day.isoformat())
            lines = [(*x[2:5], x[1], *x[5:]) for x in voucher.lines]
            salt = salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
            before, previous = previous, link(previous, canonical(head, lines, salt))
            seq += 1
            postings.append((self._book.first_id + place, seq, before, previous))
        return postings

    def finish(self, vouchers: Sequence[ImportedVoucher]) -> None:
        """Chain and post what was written, and bring index, totals and triggers up to it.

        While the database builds and sums, it needs no Python: the chain is computed meanwhile.
        """
        with ThreadPoolExecutor(max_workers=1) as helper:
            postings = helper.submit(self.chained, vouchers) if self._post else None
            self._book.settle(posted=self._post)
            if postings is not None:
                self._book.post(postings.result())
        self._book.finish()

    def _head(self, v: ImportedVoucher, day: str) -> ChainHead:
        by, at = self._uow.by, self._uow.at
        kind = _kind(v, day).value if v.reverses or v.corrects else _NORMAL
        place = (self._ledger, day[:7], v.word, v.number, day, kind, v.attachments)
        names = (v.no_attachment_reason, v.handler, v.witness, v.approver)
        return ChainHead._make(place + names + (by, at, "", "", by, at, MIGRATION))

    def _lines(
        self, rows: list[tuple[object, ...]], voucher: ImportedVoucher, voucher_id: int, day: str
    ) -> None:
        """Add a voucher's lines to the rows to store."""
        for place, line in enumerate(voucher.lines, 1):
            _, summary, account, debit, credit, counterparty, project, group, _ = line
            if counterparty or project or group:
                parties = self._parties(line, day)
                rows.append((voucher_id, place, day, account, debit, credit, summary, *parties))
            else:
                rows.append((voucher_id, place, day, account, debit, credit, summary, 0, 0, 0))

    def _parties(self, line: ImportedLine, day: str) -> tuple[int, int, int]:
        """Ids of those a line names, made when new, 0 for nobody; what is posted with a counterparty or project is counted."""
        id_of = self._uow.parties.id_of
        party = id_of("counterparty", line.counterparty)
        if party is not None and self._post:
            self._book.with_party(line.account, party, day[:7], line.debit, line.credit)
        project = id_of("project", line.project)
        if project is not None and self._post:
            self._book.with_project(line.account, project, day[:7], line.debit, line.credit)
        return party or 0, project or 0, id_of("group", line.group) or 0


def _kind(voucher: ImportedVoucher, day: str) -> VoucherKind:
    """Red letter within the year of what it undoes, blue for an earlier year."""
    if voucher.reverses:
        same_year = voucher.reverses[:4] == day[:4]
        return VoucherKind.REVERSAL if same_year else VoucherKind.PRIOR_YEAR
    return VoucherKind.CORRECTION


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


def _book_invoices(uow: UnitOfWork, ledger: str, vouchers: Sequence[ImportedVoucher]) -> None:
    """Book the invoice numbers the file gives; raises VoucherError naming the row of one that is taken."""
    for voucher in vouchers:
        if voucher.invoices:
            try:
                invoices.book(uow, uow.reader.find_voucher(ledger, _ref(voucher)), voucher.invoices)
            except VoucherError as error:
                raise VoucherError(f"第{voucher.row}行：{error.what}", error.next_step) from error


def _ref(voucher: ImportedVoucher) -> VoucherRef:
    return VoucherRef(Month.of(voucher.day), voucher.word, voucher.number)
