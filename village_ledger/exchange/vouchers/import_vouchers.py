"""``import vouchers``: a file of vouchers into a ledger, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.imported import ImportedVoucher
from village_ledger.domain.voucher import StoredVoucher, VoucherRef
from village_ledger.exchange.reading.tabular import Fault, read_rows, refuse
from village_ledger.exchange.vouchers.voucher_checks import BookFacts, VoucherChecks
from village_ledger.exchange.vouchers.voucher_rows import VOUCHER_FIELDS, VoucherRows
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.entry import bulk
from village_ledger.services.entry.cautions import guard_for
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.outcome import Outcome
from village_ledger.storage.much import nothing_thrown_away

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

_WARNINGS_SHOWN = 20


def import_vouchers(
    uow: UnitOfWork,
    ledger: str,
    path: Path,
    *,
    post: bool,
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> Outcome[int]:
    """Read, check and store a file of vouchers, posting them at once as a migration when ``post``.

    Returns how many; with ``dry_run`` how many there would be, and nothing is stored. Raises UnreadableError,
    ImportRefused naming every fault, and what storing raises.
    """
    with nothing_thrown_away():
        vouchers, notices = read_vouchers(uow.reader, ledger, path)
        if dry_run:
            return Outcome(len(vouchers), Changes(), notices)
        done = bulk.import_vouchers(uow, ledger, vouchers, post=post, progress=progress)
    return Outcome(done.value, done.changes, (*notices, *done.warnings))


def read_vouchers(reader: Reader, ledger: str, path: Path) -> tuple[list[ImportedVoucher], tuple[str, ...]]:
    """The vouchers of a file, held against the book, and what is to be said about them; raises as above."""
    table = read_rows(path, VOUCHER_FIELDS)
    rows = VoucherRows(table)
    vouchers = rows.read()
    if not vouchers and not rows.faults:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有凭证", name=path.name), tr("请核对是不是选错了文件。")
        )
    checks = VoucherChecks(book_facts(reader, ledger), table, rows)
    checks.run(vouchers)
    refuse([*rows.faults, *checks.faults])
    for voucher in vouchers:
        if not voucher.attachments and not voucher.no_attachment_reason:
            voucher.no_attachment_reason = _why_none(voucher)
    return vouchers, (*table.notices, *_shown(checks.warnings))


def book_facts(reader: Reader, ledger: str) -> BookFacts:
    """What a file of vouchers for this ledger must fit."""
    numbers = {(month, word): last for month, word, _first, last, _count in reader.numbers(ledger)}

    def find(ref: VoucherRef) -> StoredVoucher | None:
        try:
            return reader.find_voucher(ledger, ref)
        except LedgerError:
            return None

    return BookFacts(
        chart=reader.chart(ledger),
        months={info.month: info.state for info in reader.months(ledger)},
        last_number=lambda month, word: numbers.get((month, word), 0),
        guard=guard_for(reader, ledger),
        foreign={x.title: reader.chart(x.code) for x in reader.ledgers() if x.code != ledger},
        find=find,
    )


def _why_none(voucher: ImportedVoucher) -> str:
    """What is printed in place of a number of attachments the file does not give."""
    if voucher.reverses:
        return tr("红字冲销")
    return tr("订正") if voucher.corrects else tr("导入的文件没有写附件张数")


def _shown(warnings: Sequence[Fault]) -> list[str]:
    """Warnings in the order of rows; beyond a screenful only their number."""
    shown = [fault.text for fault in sorted(warnings)[:_WARNINGS_SHOWN]]
    if len(warnings) > _WARNINGS_SHOWN:
        shown.append(tr("另有 {count} 处同类提醒。", count=len(warnings) - _WARNINGS_SHOWN))
    return shown
