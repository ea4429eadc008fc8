"""Making a village's book."""

from __future__ import annotations

from pathlib import Path

from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.storage.book_file import Access, open_book
from village_ledger.storage.create import create_book
from village_ledger.storage.spec import BookSpec


def new_book(path: Path, spec: BookSpec, by: str) -> None:
    """Make a new, empty book and say so in its log; never overwrites anything.

    Raises LedgerError when the path exists, BookFileError when nothing can be written there.
    """
    for name, what in (
        (spec.village, "村名"),
        (spec.collective_name, "集体经济组织名称"),
        (spec.committee_name, "村委会名称"),
    ):
        check_text(name, what, NAME_LIMIT)
    create_book(path, spec)
    with open_book(path, Access.WRITE, by) as book, book.unit_of_work(by) as uow:
        mode = "合账" if spec.single else "分账"
        names = "|".join((spec.village, *(ledger.entity for ledger in uow.reader.ledgers())))
        uow.log.add("建账", subject=names, detail=f"{mode}，自 {spec.start} 起")
        uow.commit()
