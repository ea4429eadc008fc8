"""The recovery code, shown once: to be printed onto its sheet or copied by hand, then sealed. It is kept nowhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTemporaryDir, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from village_ledger.i18n import tr
from village_ledger.ui.widgets.buttons import Button, Look

if TYPE_CHECKING:
    from pathlib import Path

    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session


class CodePanel(QFrame):
    """The code in large signs, and what to do with it."""

    put_away = Signal()

    def __init__(self, theme: Theme, session: Session, operations: Operations) -> None:
        super().__init__()
        self._session = session
        self._operations = operations
        self._code = ""
        self.setProperty("look", "sheet")
        heading = QLabel(tr("恢复码，只出现这一次"))
        heading.setProperty("look", "heading")
        self.code = QLabel()
        self.code.setProperty("look", "figure_big")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.said = QLabel(
            tr(
                "请现在就印出来，折好封存，交给不记账、不管钱的人保管。忘了密码只有它能打开账簿；程序里没有存它。"
            )
        )
        self.said.setWordWrap(True)
        self.print = Button(theme, tr("打印"), Look.MAIN)
        self.save = Button(theme, tr("存成 PDF"))
        self.close_panel = Button(theme, tr("印好了，收起来"))
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.close_panel.clicked.connect(self._put_away)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.close_panel, self.save, self.print):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        for part in (heading, self.code, self.said):
            column.addWidget(part)
        column.addLayout(foot)

    def show_code(self, code: str) -> None:
        """Show a code just made."""
        self._code = code
        self.code.setText(code)
        self.code.setAccessibleName(tr("恢复码 {code}", code=code.replace("-", " ")))
        self.show()
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        self._code = ""
        self.code.setText("")
        self.hide()
        self.put_away.emit()

    def write(self, path: Path) -> Path:
        """The sheet as a PDF; on the worker."""
        from village_ledger.reports.staff.recovery_sheet import RecoverySheet, write_recovery_sheet

        info = self._session.info
        now = datetime.now().isoformat(timespec="minutes")  # noqa: DTZ005  the village's clock
        by = self._session.by or tr("管理员")
        write_recovery_sheet(RecoverySheet(info.village, self._code, now, by, info.is_demo), path)
        return path

    def _save(self) -> None:
        from village_ledger.ui.sheets.saving import ask_place

        path = ask_place(self, tr("{village}恢复码.pdf", village=self._session.info.village), "pdf")
        if path is not None:
            self._operations.task(
                tr("存恢复码"),
                lambda _: self.write(path),
                then=lambda _: self.said.setText(
                    tr("存到 {path} 了。请打印、封存以后把这个文件删掉。", path=path)
                ),
            )

    def _print(self) -> None:
        from pathlib import Path

        from village_ledger.ui.sheets.printing import print_pdf, printer_present

        if not printer_present():
            self.said.setText(
                tr("这台电脑没有装打印机，可以存成 PDF，拿到有打印机的地方去打，打完删掉文件。")
            )
            return
        folder = QTemporaryDir()

        def printed(path: Path) -> None:
            if print_pdf(path, self, self._session.preferences):
                self.said.setText(tr("已送去打印。请折好封存，再按“印好了，收起来”。"))
            folder.remove()

        target = Path(folder.path()) / "sheet.pdf"
        self._operations.task(tr("排版"), lambda _: self.write(target), then=printed)
