"""附件 of whatever a page shows: dropped, pasted, chosen or taken from the scanner's folder; opened, saved, taken back.

    self.attachments = AttachmentStrip(session, operations, self.slip)
    self.body.addWidget(self.attachments)
    …
    self.attachments.show_owner(Owner("contract", "collective", "2025-007"))  # None puts it to sleep

Refusals go to the page's slip; what was done is told by ``said``. It reads again by itself when attachments change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.attachment import INBOX, Attachment, Owner, attachment_rules
from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.services.attachments.attachments import duty_of
from village_ledger.services.changes import Changes
from village_ledger.ui.attachments import attachment_files
from village_ledger.ui.attachments.attachment_files import Coming
from village_ledger.ui.attachments.attachment_model import AttachmentModel, invoice_words
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session
    from village_ledger.ui.widgets.slip import Slip

ROWS_SHOWN = 3
_TAKING = ("choose", "paste", "scan", "take_back", "paper")
"""Buttons that put something into the book or take it out."""


class AttachmentStrip(QFrame):
    """The list, its buttons, and the way files come in."""

    said = Signal(str)
    """What was done, for the status bar."""
    shown = Signal(int)
    """It has read again: how many sheets stand."""
    taken = Signal(object)
    """Attachments just kept."""

    def __init__(
        self, session: Session, operations: Operations, slip: Slip, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "sheet")
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("附件"))
        self._session, self._operations, self._slip = session, operations, slip
        self.theme = session.theme
        self.owner: Owner | None = None
        self._low = False
        self._only: frozenset[int] | None = None
        self.kept: tuple[Attachment, ...] = ()
        self.words = QLabel()
        self.words.setProperty("look", "strong")
        self.kinds = PickList(tr("附件的种类"))
        self.kinds.addItem(tr("种类自动"), "")
        for kind in attachment_rules().kinds:
            self.kinds.addItem(kind, kind)
        self.table = FigureTable(self.theme, tr("附件"))
        self.table.set_empty_words(tr("还没有附件。把文件拖进来，或按 Ctrl+V 粘贴截图。"))
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setProperty("look", "hint")
        self.about.hide()
        self.paper_at = ""
        self.ask = AskBar(self.theme)
        self._tools = ToolRow(self.theme, self.theme.px.gap)
        self._lay_out()
        self._buttons()
        self.table.opened.connect(lambda _row: self.open_current())
        self.table.current_moved.connect(lambda _row: self.follow())
        session.changed.connect(self._on_changed)
        self.theme.changed.connect(self._restyle)
        self.follow()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.theme.px.gap)
        head.addWidget(self.words)
        head.addWidget(self._tools, 1)
        column = QVBoxLayout(self)
        px = self.theme.px
        column.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        column.setSpacing(px.unit)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addWidget(self.ask)
        self._restyle()

    def _buttons(self) -> None:
        made: list[tuple[str, str, str, Any]] = [
            ("choose", tr("选文件…"), "", self.choose),
            ("paste", tr("粘贴"), "Ctrl+V", self.paste),
            ("scan", tr("取扫描件…"), "", self.take_scan),
            ("open", tr("打开"), "Enter", self.open_current),
            ("save", tr("另存…"), "", self.save_current),
            ("take_back", tr("撤下…"), "", self.ask_to_take_back),
            ("paper", tr("原件放在…"), "", self.ask_paper),
            ("entry", tr("入账信息…"), "", self.save_entry),
        ]
        self.buttons: dict[str, Button] = {}
        self._tools.add(self.kinds, keeps=0)
        for keeps, (name, words, key, slot) in zip((6, 3, 2, 5, 1, 4, 0, 0), made, strict=True):
            button = Button(self.theme, words, key=key)
            button.clicked.connect(slot)
            self.buttons[name] = button
            button.offered = not (self._reviewing and name in _TAKING)
            self._tools.add(button, keeps=keeps)
        if self._reviewing:
            self._tools.switch(self.kinds, not self._reviewing)
            self.table.set_empty_words(tr("没有附件。"))

    @property
    def _reviewing(self) -> bool:
        return self._session.is_open and self._session.package is not None

    def keep_low(self) -> None:
        """Take no more room than the least, on a page that needs its own."""
        self._low = True
        self._restyle()

    def _restyle(self) -> None:
        rows = 2 if self.theme.tokens.tight else ROWS_SHOWN
        height = (rows + 1) * self.table.style_of.row + self.theme.px.unit
        self.table.setMinimumHeight(height)
        if self._low:
            self.table.setMaximumHeight(height)

    # what is shown

    def show_owner(self, owner: Owner | None, only: Sequence[int] | None = None) -> None:
        """Whose attachments are shown; None where there is nothing to attach to yet.

        ``only`` some of them: what waits and belongs to a half-typed voucher.
        """
        if owner != self.owner:
            self.ask.hide()
        self.owner = owner
        self._only = None if only is None else frozenset(only)
        self.reload()

    def reload(self) -> None:
        """Read again."""
        owner = self.owner
        if owner is None or not self._session.is_open:
            self._show(())
            return

        def look_up(reader: Reader) -> list[Attachment]:
            return reader.attachments(owner)

        self._operations.read(
            tr("附件"), look_up, lambda kept: self._show_of(owner, kept), key=f"attachments {id(self)}"
        )

    def _show_of(self, owner: Owner, kept: Sequence[Attachment]) -> None:
        if owner == self.owner:
            self._show(kept)

    def _show(self, kept: Sequence[Attachment]) -> None:
        only = self._only
        self.kept = tuple(one for one in kept if only is None or one.id in only)
        row = max(self.table.row, 0)
        self.table.show_model(AttachmentModel(self.kept))
        if self.kept:
            self.table.go_to_row(min(row, len(self.kept) - 1))
        standing = [one for one in self.kept if one.stands]
        waits = self.owner is not None and self.owner.kind == INBOX and self._only is None
        name = tr("待用") if waits else tr("附件")
        self.words.setText(tr("{name} {n} 件", name=name, n=len(standing)) if standing else name)
        self.follow()
        self.shown.emit(sum(one.sheets for one in standing))

    def follow(self) -> None:
        """Buttons fit the row in view and the person."""
        current = self.current()
        may = self.may_add()
        for name in ("choose", "paste", "scan", "paper"):
            self.buttons[name].setEnabled(may)
        self.kinds.setEnabled(may)
        for name in ("open", "save"):
            self.buttons[name].setEnabled(current is not None)
        self.buttons["take_back"].setEnabled(may and current is not None and current.stands)
        invoice = None
        if current is not None and current.invoice:
            invoice = self._session.reader.electronic_invoice(current.invoice)
        self.about.setText(invoice_words(invoice) if invoice is not None else "")
        self.about.setVisible(invoice is not None)
        self._tools.switch(
            self.buttons["entry"],
            invoice is not None and self.owner is not None and self.owner.kind == "voucher",
        )

    def may_add(self) -> bool:
        """Whether the person may attach something here now."""
        session = self._session
        return (
            self.owner is not None
            and session.is_open
            and not session.read_only
            and not session.refusal(duty_of(self.owner))
        )

    def current(self) -> Attachment | None:
        """The attachment of the row in view."""
        row = self.table.row
        return self.kept[row] if 0 <= row < len(self.kept) else None

    def _on_changed(self, changes: Changes) -> None:
        if self.owner is not None and changes.attachments:
            self.reload()

    # files coming in

    def choose(self) -> None:
        """Ask for files."""
        self.take(attachment_files.choose(self))

    def paste(self) -> None:
        """Take what is in the clipboard: a screenshot, files copied in a folder."""
        coming = attachment_files.in_clipboard()
        if not coming:
            self.said.emit(tr("剪贴板里没有文件也没有图片。"))
        self.take(coming)

    def take_scan(self) -> None:
        """Ask for files in the folder the scanner puts them into; asked for once, then remembered."""
        preferences = self._session.preferences
        folder = preferences.scan_folder()
        if not folder:
            chosen = attachment_files.ask_folder(self, tr("扫描仪把文件存在哪个文件夹"))
            if chosen is None:
                return
            folder = str(chosen)
            preferences.set_scan_folder(folder)
        self.take(attachment_files.choose(self, folder))

    def take(self, coming: Sequence[Coming]) -> None:
        """Attach files, all or none of them."""
        owner, kind, paper = self.owner, str(self.kinds.currentData()), self.paper_at
        if not coming or owner is None or not self.may_add():
            return
        self._slip.fold()

        def act(uow: UnitOfWork, _progress: object) -> Outcome[Any]:
            from village_ledger.exchange.attachments.attachment_files import take_all

            return take_all(uow, owner, [(one.source, one.name) for one in coming], kind, paper)

        self._operations.run(tr("收附件"), act, then=self._taken, refused=self._refused)

    def _taken(self, outcome: Outcome[Any]) -> None:
        self.taken.emit(outcome.value)
        self.said.emit("".join((tr("收了 {n} 个附件。", n=len(outcome.value)), *outcome.warnings)))

    def _refused(self, error: LedgerError) -> None:
        self._slip.say(describe(error))

    def ask_paper(self) -> None:
        """Ask where the paper of the next files is kept; it holds until another place is said."""
        self.ask.ask(
            tr("纸质原件放在哪里？"), tr("记住"), self._keep_paper, self.table.setFocus, text=self.paper_at
        )

    def _keep_paper(self, place: str) -> None:
        self.paper_at = place
        self.buttons["paper"].setText(tr("原件：{place}", place=place))

    # the row in view

    def open_current(self) -> None:
        """Show the attachment, proven, in the program made for it."""
        kept = self.current()
        if kept is not None:
            self._copy(kept, attachment_files.looking_place(), attachment_files.show)

    def save_current(self) -> None:
        """Copy the attachment into a folder one chooses."""
        kept = self.current()
        folder = attachment_files.ask_folder(self, tr("存到哪个文件夹")) if kept is not None else None
        if kept is not None and folder is not None:
            self._copy(kept, folder, lambda path: self.said.emit(tr("已存到 {path}", path=path)))

    def _copy(self, kept: Attachment, folder: Path, then: Any) -> None:
        from village_ledger.services.attachments import attachments

        self._slip.fold()
        self._operations.read(
            tr("取附件"),
            lambda reader: attachments.save(reader, kept.id, folder),
            then,
            refused=self._refused,
        )

    def save_entry(self) -> None:
        """Write the entry information of the voucher's invoices into a folder one chooses."""
        owner = self.owner
        folder = (
            attachment_files.ask_folder(self, tr("入账信息文件存到哪个文件夹")) if owner is not None else None
        )
        if owner is None or folder is None:
            return

        def write(reader: Reader) -> int:
            from village_ledger.exchange.vouchers.entry_files import write_entry_files

            return len(write_entry_files(reader, reader.voucher(int(owner.key)), folder))

        self._slip.fold()
        self._operations.read(
            tr("写入账信息"),
            write,
            lambda n: self.said.emit(tr("写好了 {n} 个入账信息文件。", n=n)),
            refused=self._refused,
        )

    def ask_to_take_back(self) -> None:
        """Ask why, in the strip itself."""
        kept = self.current()
        if kept is not None and kept.stands and self.may_add():
            self.ask.ask(
                tr("为什么撤下“{title}”？", title=kept.title),
                tr("撤下"),
                lambda reason: self._take_back(kept, reason),
                self.table.setFocus,
            )

    def _take_back(self, kept: Attachment, reason: str) -> None:
        from village_ledger.services.attachments import attachments

        self._operations.run(
            tr("撤下附件"),
            lambda uow, _: attachments.take_back(uow, kept.id, reason),
            then=lambda _: self.said.emit(tr("撤下了“{title}”，它还留在账簿里。", title=kept.title)),
            refused=self._refused,
        )

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes, Esc puts the question away."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Escape and self.ask.asking:
            self.ask.put_away()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped."""
        if self.may_add() and attachment_files.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What was dropped is attached."""
        event.acceptProposedAction()
        self.take(attachment_files.of_mime(event.mimeData()))
