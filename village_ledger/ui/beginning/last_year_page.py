"""上年数: last year's column of a statement, typed row by row from the old paper; sums are worked out beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLabel, QWidget

from village_ledger.domain.errors import AmountError, LedgerError
from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import FORM_CHARACTERS
from village_ledger.ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from village_ledger.exchange.setup.import_last_year import LastYearForm
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

REPORTS = (("balance-sheet", "资产负债表"), ("income-distribution", "收益及收益分配表"))
AMOUNT_CHARS = 14


class LastYearPage(Page):
    """One statement of the leading ledger; what was typed for the other is read again when one comes back."""

    scope = "last_year"
    nav = "settings"
    shows: ClassVar[Changes] = Changes(settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.form: LastYearForm | None = None
        self.fields: dict[str, MoneyEdit] = {}
        self.sums: dict[str, QLabel] = {}
        self._said = ""
        self.report = Choices(self.theme, tr("哪张表"), REPORTS, REPORTS[0][0])
        self.report.chosen.connect(lambda _: self._read())
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("look", "hint")
        self.sheet = QWidget()
        self._holder = scrolled(self.sheet)
        self.body.addWidget(self.report)
        self.body.addWidget(self.words)
        self.body.addWidget(self._holder, 1)
        self.add_button("take_file")
        self.add_button("save", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Keep what is typed, or take a file."""
        return {"save": self._save, "take_file": self._take}

    def go(self, **where: Any) -> None:
        """``report`` to begin with."""
        self.slip.fold()
        self._said = ""
        self.report.set_value(where.get("report", self.report.value))
        self._read()

    def where(self) -> dict[str, Any]:
        """The statement."""
        return {"report": self.report.value}

    def status(self) -> str:
        """What was done."""
        return self._said

    # inside

    def _read(self) -> None:
        from village_ledger.exchange.setup.import_last_year import form_of

        if not self.session.is_open:
            return
        ledger, report = self.session.ledger_code, self.report.value
        self.head.set_title(tr("上年数"), self.session.ledger.title)
        self.slip.fold()
        self.operations.read(
            tr("上年数"),
            lambda reader: form_of(reader, ledger, report),
            self._show,
            refused=self._cannot,
            key="last year",
        )

    def _cannot(self, error: LedgerError) -> None:
        self.form, self.fields, self.sums = None, {}, {}
        self._lay_sheet(QWidget())
        self.words.setText(f"{error.what.rstrip('。')}。{error.next_step}")

    def _show(self, form: LastYearForm) -> None:
        self.form, self.fields, self.sums = form, {}, {}
        year = form.year - 1
        self.words.setText(
            tr(
                "照 {year} 年的纸质报表逐行填，只填明细行，合计自己算；没有的空着。{kept}",
                year=year,
                kept=tr("已经录过，再存就换成新的。") if form.kept else "",
            )
        )
        sheet = QFrame()
        sheet.setProperty("look", "sheet")
        sheet.setMaximumWidth(FORM_CHARACTERS * self.theme.px.form)
        grid = QGridLayout(sheet)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(form.lines):
            number, name = QLabel(line.id), QLabel(line.name)
            number.setProperty("look", "hint")
            grid.addWidget(number, row, 0)
            grid.addWidget(name, row, 1)
            cell = self._field(line.id, line.name, form) if line.typed else self._sum(line.id, name)
            cell.setFixedWidth(AMOUNT_CHARS * self.theme.px.body)
            grid.addWidget(cell, row, 2)
        grid.setRowStretch(len(form.lines), 1)
        self._lay_sheet(sheet)
        self._add_up()
        if self.fields:
            next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _field(self, line: str, name: str, form: LastYearForm) -> MoneyEdit:
        made = MoneyEdit()
        made.setAccessibleName(f"{line} {name}")
        amount = form.kept.get(line, 0)
        made.setText(plain_fen(amount) if amount else "")
        made.setReadOnly(self.reviewing)
        made.editingFinished.connect(self._add_up)
        made.returnPressed.connect(made.focusNextChild)
        self.fields[line] = made
        return made

    def _sum(self, line: str, name: QLabel) -> QLabel:
        made = QLabel()
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (made, name):
            label.setProperty("look", "strong")
        self.sums[line] = made
        return made

    def _lay_sheet(self, sheet: QWidget) -> None:
        self.sheet = sheet
        self._holder.setWidget(sheet)

    def _typed(self) -> dict[str, int]:
        """Fen by line; raises AmountError for what cannot be read."""
        typed: dict[str, int] = {}
        for line, field in self.fields.items():
            fen = field.fen()
            if fen is None:
                raise AmountError(
                    tr("{line} 行的“{text}”不是金额", line=line, text=field.text()), tr("请改成数字。")
                )
            typed[line] = fen
        return typed

    def _add_up(self) -> None:
        if self.form is None:
            return
        try:
            amounts = self.form.sums(self._typed())
        except LedgerError:
            return  # said when it is saved; the field shows what is wrong
        for line, label in self.sums.items():
            label.setText(format_fen(amounts.get(line, 0)))

    def _save(self) -> None:
        from village_ledger.exchange.setup.import_last_year import keep_typed

        try:
            typed = self._typed()
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        report = self.report.value
        self._act(lambda uow, ledger: keep_typed(uow, ledger, report, typed))

    def _take(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("上年报表"), "", tr("表格 (*.xlsx *.csv)"))
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """A chosen file: 行次 and the amount, as ``import last-year`` reads it."""
        from village_ledger.exchange.setup.import_last_year import import_last_year

        report = self.report.value
        self._act(lambda uow, ledger: import_last_year(uow, ledger, path, report))

    def _act(self, act: Callable[[UnitOfWork, str], Outcome[int]]) -> None:
        ledger = self.session.ledger_code
        self.slip.fold()
        self.operations.run(
            tr("录上年数"),
            lambda uow, _: act(uow, ledger),
            then=self._kept,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _kept(self, outcome: Outcome[int]) -> None:
        self._said = tr("上年数存下了，{count} 行", count=outcome.value)
        self.status_changed.emit()
        self._read()
