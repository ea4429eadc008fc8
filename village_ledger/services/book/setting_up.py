"""Setting a village's book up in one go: the file, the village's ledgers, those of its groups."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import BookFileError
from village_ledger.services.book.books import new_book
from village_ledger.services.book.ledgers import add
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.setup.register import LedgerSpec
from village_ledger.storage.spec import BookSpec, CommitteeChart


def set_up(path: Path, spec: BookSpec, by: str, groups: Sequence[str] = ()) -> None:
    """Make a book with a ledger for each of ``groups``; raises BookFileError where nothing can be written.

    Raises LedgerError when the file exists or the village has no name.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BookFileError(
            f"{path.parent} 这个文件夹建不了", "请换一个能写的文件夹。", safe="没有建任何文件。"
        ) from error
    new_book(path, spec, by)
    if not groups:
        return
    with open_book(path, Access.WRITE, by) as book, book.unit_of_work(by) as uow:
        for number, name in enumerate(groups, 1):
            title = name if name.endswith("账") else f"{name}账"
            entity = f"{spec.village}{name.removesuffix('账')}"
            more = LedgerSpec(f"group-{number:02d}", LedgerKind.COLLECTIVE, title, entity, "", spec.start)
            add(uow, more, CommitteeChart.COLLECTIVE)
        uow.commit()
