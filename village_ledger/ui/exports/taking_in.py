"""The complete dump taken in by hand: which folder, which new book; made and proven on the worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.domain.errors import LedgerError
    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations

Done = Callable[[Path, tuple[str, ...]], object]
Refused = Callable[["LedgerError"], object]


def ask_and_take_in(parent: QWidget, operations: Operations, done: Done, refused: Refused) -> None:
    """Ask for the folder ``export dump`` wrote and for the new book; nothing when the person thinks better of it."""
    folder = QFileDialog.getExistingDirectory(parent, tr("导出的文件夹在哪里"))
    if not folder:
        return
    suggested = str(Path(folder).parent / tr("新账簿.vledger"))
    name, _ = QFileDialog.getSaveFileName(
        parent,
        tr("建成哪个账簿"),
        suggested,
        tr("账簿 (*.vledger)"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    if name:
        target = Path(name)
        target = target if target.suffix else target.with_suffix(".vledger")
        take_in_folder(operations, Path(folder), target, done, refused)


def take_in_folder(operations: Operations, folder: Path, target: Path, done: Done, refused: Refused) -> None:
    """Make the book; it can be cancelled and leaves nothing then."""

    def work(progress: Progress) -> Outcome[int]:
        from village_ledger.exchange.exports.import_dump import take_in

        return take_in(target, folder, progress)

    operations.task(tr("导入全部数据"), work, lambda outcome: done(target, outcome.warnings), refused=refused)
