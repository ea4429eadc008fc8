"""期初余额: typed, pasted or imported, the difference always in view; then what was set and what comes next.

Steps 4 and 5 of setting a book up, and later the way to change an opening that is not final yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.errors import VoucherError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.exchange.setup.pasted_opening import PastedRow, read_block
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.beginning.opening_block import PastedPart
from village_ledger.ui.beginning.opening_done import DonePart, words_of_done
from village_ledger.ui.beginning.opening_loaded import Loaded, load
from village_ledger.ui.beginning.opening_proof import blocks, brief
from village_ledger.ui.beginning.opening_rows import (
    OpeningModel,
    merged,
    numbered,
    sums,
    to_text,
)
from village_ledger.ui.beginning.opening_strip import OpeningStrip
from village_ledger.ui.beginning.setup_page import STEPS
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.step_page import Step, StepPage

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

LEAST_ROWS = 7
"""Rows of room for the table: two of its head, its totals and some balances."""
KEEP_MS = 800
"""A pause after which half-typed rows are kept in the book."""


class OpeningPage(StepPage):
    """Two steps: the balances, and what is done."""

    scope: ClassVar[str] = "setup"
    nav: ClassVar[str] = "settings"
    shows: ClassVar[Changes] = Changes(balances=True, accounts=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.rows: list[ImportedOpening] = []
        self.loaded: Loaded | None = None
        self.table = FigureTable(self.theme, tr("期初余额"))
        self.table.set_empty_words(
            tr("还没有余额。在上面打科目，或粘贴 Excel 里的一块、导入文件。没有旧账的，直接往下走。")
        )
        self.table.opened.connect(self._edit)
        self.block = PastedPart(self.theme)
        self.block.taken.connect(self._take_block)
        self.block.left_out.connect(lambda: self._show_block([]))
        self.typing = OpeningStrip(self.theme)
        self.typing.put.connect(self._put)
        self.typing.refused.connect(lambda error: self.slip.say(describe(error)))
        self.typing.fill_asked.connect(self._fill)
        self.certain = Choices(
            self.theme,
            tr("期初定了没有"),
            (("final", tr("已定")), ("provisional", tr("未定，首月结账前还能改"))),
            "final",
        )
        self.certain.chosen.connect(lambda _: self._follow_rows())
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("为什么改"))
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.done = DonePart(self.theme)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(self._keep)
        self._arrange()
        self.set_title(tr("期初余额"))
        self.set_steps(
            [
                Step(tr("期初余额"), self._entry_step(), tr("录好了"), with_proof=True, scrolls_itself=True),
                Step(tr("完成"), self.done, tr("去记一笔"), returns=False),
            ]
        )

    # laying out

    def _arrange(self) -> None:
        for action_id in ("paste_block", "take_file", "drop_row", "confirm_opening"):
            self.add_button(action_id)
        self.add_button("print", keeps=1)

    def _entry_step(self) -> QWidget:
        self.middle = QStackedWidget()
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.block)
        self._keep_rows_in_view()
        self._certainty = QWidget()
        line = QHBoxLayout(self._certainty)
        line.setContentsMargins(0, 0, 0, 0)
        self._certain_words = QLabel(tr("定了没有"))
        self._certain_words.setProperty("look", "label")
        line.addWidget(self._certain_words)
        line.addWidget(self.certain)
        line.addWidget(self.state, 1)
        self._reason_words = QLabel(tr("为什么改"))
        self._reason_words.setProperty("look", "label")
        line.addWidget(self._reason_words)
        line.addWidget(self.reason, 2)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(self.theme.px.cell)
        whole.addWidget(self.typing)
        whole.addWidget(self.middle, 1)
        whole.addWidget(self._certainty)
        return content

    def _keep_rows_in_view(self) -> None:
        """Head, some rows and totals stay whole; where there is less room the page scrolls."""
        self.middle.setMinimumHeight(LEAST_ROWS * self.theme.px.row)

    def restyle(self) -> None:
        """Rows are higher in larger sizes."""
        super().restyle()
        self._keep_rows_in_view()

    # arriving

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Paste, file, row, print, and the steps."""
        return {
            **super().handlers(),
            "paste_block": self.paste_block,
            "take_file": self._choose_file,
            "drop_row": self._drop_row,
            "confirm_opening": self._confirm,
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``first`` when a book was just made: the earlier steps count, ticked."""
        if where.get("first"):
            self.come_after(STEPS[:3])
        self.stale = True
        super().go(step=where.get("step", 0))

    def arrived(self, step: int) -> None:
        """The balances, or what is done."""
        for action_id in ("paste_block", "take_file", "drop_row"):
            self.action(action_id).setEnabled(step == 0 and self._changeable and self.may(action_id))
        if step == 1:
            self._show_done()
        elif self.loaded is not None:
            self.typing.begin()

    def reload(self) -> None:
        """Read the leading ledger's opening; what is being typed stays."""
        if not self.session.is_open:
            return
        code = self.session.ledger_code
        self.operations.read(
            tr("读期初余额"), lambda reader: load(reader, code), then=self._show, key="opening"
        )

    def _show(self, loaded: Loaded) -> None:
        kept = (
            self.rows
            if self.loaded is not None and self.loaded.ledger == loaded.ledger and self._keeping.isActive()
            else None
        )
        self.loaded = loaded
        self.rows = kept if kept is not None else (loaded.draft or loaded.rows)
        info = self.session.ledger
        names = (loaded.names, loaded.projects)
        self.typing.set_ledger(loaded.chart, loaded.aliases, *names, mid_year=info.start.month > 1)
        self.set_title(tr("期初余额"))
        document = loaded.document
        writable = not self.session.read_only and self._changeable
        self.typing.setVisible(writable)
        for widget in (self.certain, self._certain_words):
            widget.setVisible(document is None and writable)
        for widget in (self.reason, self._reason_words):
            widget.setVisible(document is not None and writable)
        self.state.setText(loaded.state_words())
        for action_id in ("paste_block", "take_file", "drop_row"):
            self.action(action_id).setEnabled(writable and self.permits(action_id))
        self.action("confirm_opening").setEnabled(
            document is not None and document.provisional and writable and self.permits("confirm_opening")
        )
        self._show_block([])
        self._follow_rows()
        if self.step == 1:
            self._show_done()
        elif writable:
            self.typing.clear()

    @property
    def _changeable(self) -> bool:
        return self.loaded is not None and self.loaded.changeable

    # rows

    def _follow_rows(self) -> None:
        """Table, sums and the live proof."""
        loaded = self.loaded
        if loaded is None:
            return
        row = max(self.table.row, 0)
        model = OpeningModel(self.rows, loaded.chart, mid_year=self.session.ledger.start.month > 1)
        self.table.show_model(model, model.totals())
        self.table.go_to_row(row)
        found = sums(self.rows)
        mid_year = self.session.ledger.start.month > 1
        self.show_proof(blocks(found, self.session.kind, loaded.document, mid_year=mid_year), brief(found))
        how = tr("打科目、按 Enter 往下走；金额里打 = 填上差额，空格换边。在表里按 Enter 改那一行。")
        self.say_help(how if self._changeable and not self.session.read_only else "")
        self.status_changed.emit()

    def _set_rows(self, rows: list[ImportedOpening]) -> None:
        self.rows = rows
        self.slip.fold()
        self._keeping.start()
        self._follow_rows()

    def _put(self, row: ImportedOpening) -> None:
        """A typed balance goes into the table; without any amount it leaves it."""
        rest = [r for r in self.rows if r[1:4] != row[1:4]]
        self._set_rows(merged(rest, [row]) if any(row[4:]) else numbered(rest))
        self.typing.clear()

    def _fill(self, side: str) -> None:
        """``=``: the missing difference, on the side it is missing."""
        gap = sums(self.rows).gap
        missing = -gap if side == "debit" else gap
        self.typing.set_fen(side, max(missing, 0))

    def _edit(self, row: int) -> None:
        if self._changeable and 0 <= row < len(self.rows):
            self.typing.load(self.rows[row])

    def _drop_row(self) -> None:
        row = self.table.row
        if 0 <= row < len(self.rows):
            self._set_rows(numbered([*self.rows[:row], *self.rows[row + 1 :]]))

    def _keep(self) -> None:
        """Keep half-typed rows in the book, so that a power cut loses nothing."""
        self._keeping.stop()
        if self.loaded is None or self.session.read_only or not self._changeable:
            return
        ledger, text = self.loaded.ledger, to_text(self.rows)

        def work(uow: Any, _progress: object) -> Any:
            from village_ledger.services.book import openings

            return openings.keep_draft(uow, ledger, text)

        self.operations.run(tr("存下期初草稿"), work)

    def leave(self) -> bool:
        """What is typed is kept at once."""
        if self._keeping.isActive():
            self._keep()
        return True

    # blocks and files

    def paste_block(self) -> None:
        """What was copied in a spreadsheet, looked over before any of it is taken."""
        if self.loaded is None:
            return
        rows = read_block(self.loaded.chart, QGuiApplication.clipboard().text())
        if not rows:
            self.slip.say(
                describe(
                    VoucherError(tr("剪贴板里没有表格"), tr("请先在 Excel 里选好一块，复制，再来粘贴。"))
                )
            )
            return
        self._show_block(rows)

    def _show_block(self, rows: list[PastedRow]) -> None:
        self.middle.setCurrentIndex(1 if rows else 0)
        if rows:
            self.block.show_rows(rows)

    def _take_block(self, rows: list[ImportedOpening]) -> None:
        self._show_block([])
        self._set_rows(merged(self.rows, rows))

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("导入期初余额"), "", tr("表格 (*.xlsx *.csv)"))
        if path:
            self.take_in(Path(path))

    def take_in(self, path: Path) -> None:
        """Read a file of balances into the table; nothing is in the books before 录好了."""

        def work(_progress: object) -> list[ImportedOpening]:
            from village_ledger.exchange.reading.tabular import read_rows
            from village_ledger.exchange.setup.import_opening import OPENING_FIELDS, read_opening

            return read_opening(read_rows(path, OPENING_FIELDS))

        self.operations.task(
            tr("读 {name}", name=path.name), work, then=lambda rows: self._set_rows(merged(self.rows, rows))
        )

    # done

    def may_go_on(self, step: int) -> bool:
        """录好了: the document is entered, or changed with its reason, and only then one goes on."""
        if step == 1 or not self._changeable or self.session.read_only:
            return True
        loaded = self.loaded
        if loaded is None:
            return False
        if loaded.document is None and not self.rows:
            return True
        if loaded.document is not None and self.rows == loaded.rows:
            return True
        self._enter(loaded)
        return False

    def _enter(self, loaded: Loaded) -> None:
        ledger, rows, reason = loaded.ledger, list(self.rows), self.reason.text()
        provisional, again = self.certain.value == "provisional", loaded.document is not None
        self._keeping.stop()

        def work(uow: Any, _progress: object) -> Any:
            from village_ledger.services.book import openings

            if again:
                return openings.change(uow, ledger, rows, reason)
            return openings.set_opening(uow, ledger, rows, provisional=provisional)

        self.operations.run(tr("录入期初余额"), work, then=lambda _: self.show_step(1), refused=self._refused)

    def _refused(self, error: Any) -> None:
        self._keeping.start()
        self.slip.say(describe(error))
        if self.reason.isVisible() and not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        ledger = self.session.ledger_code

        def work(uow: Any, _progress: object) -> Any:
            from village_ledger.services.book import openings

            return openings.confirm(uow, ledger)

        self.operations.run(tr("期初定下来"), work, then=lambda _: self.reload())

    def _show_done(self) -> None:
        self.operations.read(tr("看看录了什么"), words_of_done, then=self.done.show_words, key="opening-done")
        self.say_help(tr("以后在“设置—期初余额”里还能看到；没定的也在那里改。"))

    def finish(self) -> None:
        """On to the first voucher."""
        self.navigator.open("voucher")

    def _print(self) -> None:
        """The opening document on paper."""
        ledger = self.session.ledger_code

        def made(reader: Reader) -> Any:
            from village_ledger.reports.catalogue import ReportRequest, make

            return make(reader, "opening", ReportRequest(ledger))

        self.operations.read(
            tr("期初余额表"), made, then=lambda table: self.navigator.open("preview", tables=(table,))
        )
