"""An archive of accounts held to its list by hand: which folder, checked on the worker, every difference named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.i18n import tr
from village_ledger.settings import config_file

if TYPE_CHECKING:
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations

Said = Callable[[str], object]
Refused = Callable[[LedgerError], object]


class ArchiveDiffers(ImportRefused):
    """An archive that is not as its list says, every difference named."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults)
        self.what = tr("档案和清单有 {count} 处不一致", count=len(faults))
        self.next_step = tr("请用没有动过的那一份档案。")


def ask_and_check(parent: QWidget, operations: Operations, said: Said, refused: Refused) -> None:
    """Ask for the folder ``export archive`` wrote; nothing when the person thinks better of it."""
    folder = QFileDialog.getExistingDirectory(parent, tr("档案的文件夹在哪里"))
    if folder:
        check_folder(operations, Path(folder), said, refused)


def check_folder(operations: Operations, folder: Path, said: Said, refused: Refused) -> None:
    """Check; what differs stands in the slip, else how many files agree is said."""

    def work(progress: Progress) -> str:
        from village_ledger.exchange.archive.archive_check import check_archive
        from village_ledger.exchange.review.known_villages import key_words

        found = check_archive(folder, progress)
        if found.faults:
            raise ArchiveDiffers(found.faults)
        is_known, words = key_words(config_file().parent, found.book, found.village, found.fingerprint)
        if not is_known:
            raise ArchiveDiffers([words])
        return tr("{name} 核对完毕，{count} 个文件和清单一致。", name=folder.name, count=found.files) + words

    operations.task(tr("核对档案"), work, said, refused=refused)
