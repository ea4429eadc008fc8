"""收电子发票: many files read at once, each with what it says or why it is refused; taken in they wait to become vouchers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel

from village_ledger.domain.attachment import INBOX, Owner
from village_ledger.domain.electronic_invoice import NOT_VERIFIED
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.attachments import attachment_files
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, ScreenColumn
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.exchange.attachments.invoice_intake import Found
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_COLUMNS = (
    ScreenColumn("file", "文件", Drawn.TEXT, "办公用品发票.pdf", stretch=1),
    ScreenColumn("state", "读成", Drawn.TEXT, "▲ 红字发票"),
    ScreenColumn("number", "票据号", Drawn.CODE, "24992000000000310017"),
    ScreenColumn("day", "开票日期", Drawn.TEXT, "2024-12-10"),
    ScreenColumn("seller", "销售方", Drawn.TEXT, "云屏县文轩办公用品店", stretch=1),
    ScreenColumn("gross", "价税合计", Drawn.MONEY, "9,999,999.99"),
    ScreenColumn("said", "说明", Drawn.TEXT, "已经附在集体账 2025-03/记-0001", stretch=2),
)


class FoundModel(FigureModel):
    """Files as they were read."""

    def __init__(self, found: list[Found]) -> None:
        super().__init__(_COLUMNS)
        self.found = found

    def count(self) -> int:
        """Files."""
        return len(self.found)

    def text(self, row: int, column: int) -> str:
        """One part of what a file was found to be."""
        one = self.found[row]
        invoice = one.invoice
        said = one.refusal.what if one.refusal is not None else "".join(one.remarks)
        state = (
            tr("✕ 不收")
            if one.refusal
            else tr("▲ 红字发票")
            if invoice and invoice.is_red
            else tr("✓ 可以收")
        )
        parts = (
            (invoice.key, invoice.day.isoformat(), invoice.seller, format_fen(invoice.gross))
            if invoice
            else ("",) * 4
        )
        return (one.path.name, state, *parts, said)[column]


class InvoiceIntakePage(Page):
    """Above what was read, below what was taken in and waits."""

    scope = "invoice_intake"
    nav = "work"
    shows = Changes(attachments=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.found: list[Found] = []
        self._said = ""
        self.setAcceptDrops(True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("look", "strong")
        self.table = FigureTable(self.theme, tr("读到的发票"))
        self.table.set_empty_words(
            tr("把电子发票的 XML、PDF、OFD 拖进来，或按 Ctrl+O 选文件，可以一次很多个。")
        )
        self.table.setMinimumHeight(4 * self.table.style_of.row)
        self.table.current_moved.connect(lambda _row: self._tell())
        self.waiting = AttachmentStrip(session, operations, self.slip)
        self.waiting.said.connect(self._say)
        self.waiting.shown.connect(lambda _sheets: self._follow())
        self.waiting.table.current_moved.connect(lambda _row: self._follow())
        self.waiting.table.set_empty_words(tr("收下的发票在这里等着填成凭证。"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.waiting, 2)
        for name in ("choose", "draft"):
            self.add_button(name)
        self.add_button("take", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Its buttons."""
        return {"choose": self._choose, "take": self.take, "draft": self.draft}

    def go(self, **where: Any) -> None:
        """``paths`` of files to look at at once."""
        self.head.set_title(tr("收电子发票"), tr("没有联网，一律{state}", state=NOT_VERIFIED))
        self.reload()
        if where.get("paths"):
            self.look_at([Path(path) for path in where["paths"]])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """What waits, and whether what was read can still be taken."""
        self.waiting.show_owner(Owner(INBOX, self.session.ledger_code))
        self._show()

    def status(self) -> str:
        """What was done."""
        return self._said

    def follow_access(self) -> None:
        """The buttons fit what is there."""
        super().follow_access()
        self._follow()

    # reading

    def look_at(self, paths: list[Path]) -> None:
        """Read files on the worker; nothing is kept."""
        ledger = self.session.ledger_code

        def look(reader: Reader) -> list[Found]:
            from village_ledger.exchange.attachments.invoice_intake import look_over

            return look_over(reader, ledger, paths)

        self.slip.fold()
        self.operations.read(tr("读电子发票"), look, self._show_found, self._refused, key=self.scope)

    def _show_found(self, found: list[Found]) -> None:
        self.found = found
        self._show()

    def _show(self) -> None:
        row = max(self.table.row, 0)
        self.table.show_model(FoundModel(self.found))
        if self.found:
            self.table.go_to_row(min(row, len(self.found) - 1))
        self._tell()
        self._follow()

    def _tell(self) -> None:
        """The sentence above: the row in view in full, or how the batch stands."""
        row = self.table.row
        one = self.found[row] if 0 <= row < len(self.found) else None
        if one is None:
            self.words.setText(tr("先读后收：读的时候什么都不存，看清楚了再收下。"))
        elif one.refusal is not None:
            self.words.setText(tr("{name}：{why}", name=one.path.name, why=str(one.refusal)))
        elif one.invoice is not None:
            said = "".join(one.remarks) or tr("可以收下。")
            self.words.setText(
                tr("{name}：{goods}。{said}", name=one.path.name, goods=one.invoice.goods, said=said)
            )

    def _follow(self) -> None:
        if "take" not in self._actions:
            return
        self.action("take").setEnabled(self.may("take") and bool(self._good()))
        kept = self.waiting.current()
        self.action("draft").setEnabled(
            self.may("draft") and kept is not None and bool(kept.invoice) and kept.stands
        )

    def _good(self) -> list[Found]:
        return [one for one in self.found if one.can_be_taken]

    # acting

    def _choose(self) -> None:
        coming = attachment_files.choose(self)
        if coming:
            self.look_at([one.source for one in coming if isinstance(one.source, Path)])

    def take(self) -> None:
        """Keep those nothing stands against; they wait."""
        good, ledger = self._good(), self.session.ledger_code

        def act(uow: Any, _progress: object) -> Outcome[Any]:
            from village_ledger.exchange.attachments.attachment_files import take_all

            return take_all(uow, Owner(INBOX, ledger), [(one.path, one.path.name) for one in good])

        self.slip.fold()
        self.operations.run(tr("收电子发票"), act, then=self._taken, refused=self._refused)

    def _taken(self, outcome: Outcome[Any]) -> None:
        self.found = [one for one in self.found if not one.can_be_taken]
        self._show()
        self._say(tr("收下了 {n} 个文件，等着填成凭证。", n=len(outcome.value)))

    def draft(self) -> None:
        """Fill the invoice of the waiting row in view into a voucher; its files go with it when it is saved."""
        from village_ledger.services.attachments.invoice_draft import day_in, proposed

        kept = self.waiting.current()
        reader = self.session.reader
        invoice = reader.electronic_invoice(kept.invoice) if kept is not None and kept.invoice else None
        if invoice is not None:
            ledger = self.session.ledger_code
            day = day_in(self.session.month, invoice.day)
            self.navigator.open("voucher", draft=proposed(reader, ledger, invoice, day))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    def _refused(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the page."""
        if attachment_files.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are read, not kept."""
        event.acceptProposedAction()
        coming = attachment_files.of_mime(event.mimeData())
        self.look_at([one.source for one in coming if isinstance(one.source, Path)])
