"""Vouchers that wait for review in the villages an agency keeps: one list, each with its village and whether one may pass it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.voucher import VoucherState
from village_ledger.exchange.agency.agency_books import guarded, told
from village_ledger.exchange.agency.agency_file import open_kept
from village_ledger.i18n import tr
from village_ledger.services.duties import why_not
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.file.book_file import Access

if TYPE_CHECKING:
    from village_ledger.domain.agency import KeptBook
    from village_ledger.domain.chart import LedgerKind
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import VoucherSummary


@dataclass(frozen=True, slots=True)
class WaitingVoucher:
    """A voucher to be reviewed, with the village and ledger it is of."""

    book: KeptBook
    ledger: str
    kind: LedgerKind
    title: str
    """The ledger's name as the village has it."""
    voucher: VoucherSummary
    why_not: str = ""
    """Why whoever is signed in may not review it; empty when nothing stands against it."""

    @property
    def key(self) -> tuple[str, int]:
        """What names it among all villages: the book's uid and the voucher's id."""
        return self.book.uid, self.voucher.id


@dataclass(frozen=True, slots=True)
class WaitingVouchers:
    """What waits, village after village, and the villages whose books could not be looked into."""

    vouchers: tuple[WaitingVoucher, ...] = ()
    troubles: tuple[tuple[KeptBook, str], ...] = ()


def waiting(
    workspace: Path, name: str, books: Sequence[KeptBook], today: date, progress: Progress = SILENT
) -> WaitingVouchers:
    """What waits in these villages for ``name`` to review, in their order; raises Cancelled when asked to stop."""
    found: list[WaitingVoucher] = []
    troubles: list[tuple[KeptBook, str]] = []
    for place, kept in enumerate(books):
        progress.step(place, len(books), kept.village)
        try:
            with guarded(kept), open_kept(workspace, kept, Access.READ) as book:
                found += waiting_in(book.reader(), kept, name, today)
        except LedgerError as refusal:
            troubles.append((kept, told(refusal)))
    return WaitingVouchers(tuple(found), tuple(troubles))


def waiting_in(reader: Reader, kept: KeptBook, name: str, today: date) -> list[WaitingVoucher]:
    """What waits in one village's book, ledger after ledger in the order of months and numbers."""
    found: list[WaitingVoucher] = []
    with reader.snapshot():
        staffed = reader.has_staff()
        member = reader.member(name) if staffed else None
        for info in reader.ledgers():
            refused = why_not(member, name, Duty.REVIEW, info.code, today) if staffed else ""
            for voucher in reader.vouchers(info.code, states=[VoucherState.ENTERED]):
                own = voucher.prepared_by == name
                said = (
                    tr("{ref} 是 {by} 自己制的单，自己不能审", ref=voucher.ref.short, by=name) if own else ""
                )
                found.append(WaitingVoucher(kept, info.code, info.kind, info.title, voucher, refused or said))
    return found
