"""Forms of taking over books: which files and how, where each old account goes, figures before and after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.chart import Chart, Dimension
from village_ledger.domain.old_mapping import Decision, Proposal
from village_ledger.domain.old_program import OldRecords
from village_ledger.i18n import tr
from village_ledger.services.oldbooks.scope import Wishes
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.oldbooks.old_rows import files_model, mapping_model
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.account_field import AccountField
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.tick_box import TickBox
from village_ledger.ui.widgets.tool_row import ToolRow


class FilesForm(QWidget):
    """The files, what they were found to be, and how they are to be taken."""

    def __init__(self, theme: Theme, buttons: Sequence[Button]) -> None:
        super().__init__()
        self._theme = theme
        self.paths: list[Path] = []
        self.table = FigureTable(theme, tr("原软件导出的文件"))
        self.table.set_empty_words(
            tr("还没有选文件。在金蝶、用友里导出同一年的科目余额表和序时账，拖到这里，或按“添加文件”。")
        )
        self.said = QLabel()
        self.said.setProperty("look", "strong")
        self.said.setWordWrap(True)
        acts = ToolRow(theme, theme.px.cell, more_first=False)
        for button in buttons:
            acts.add(button)
        self.details = TickBox(theme, tr("旧账的明细科目照样设"))
        self.details.setChecked(True)
        self.renumber = TickBox(theme, tr("旧凭证断号的，重新编号，原号写进摘要"))
        self.keep_open = TickBox(theme, tr("旧的一年留着不结，由这本账自己结账"))
        section = Section(theme, tr("怎么导"))
        section.add_row(tr("明细"), self.details)
        section.add_row(tr("凭证号"), self.renumber)
        section.add_row(
            tr("结账"),
            self.keep_open,
            tr("不选：整年的旧账照原样结账，年终结转凭证记在结转期。选了：结转凭证不导，结账时重新生成。"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px.gap)
        column.addWidget(self.table)
        column.addWidget(self.said)
        column.addWidget(acts)
        column.addWidget(section)
        self.show_files()
        self.restyle()

    def wishes(self) -> Wishes:
        """What is ticked."""
        return Wishes(self.keep_open.isChecked(), self.renumber.isChecked())

    def show_files(self) -> None:
        """The list as it is."""
        self.table.show_model(files_model(self.paths))

    def show_found(self, records: OldRecords | None) -> None:
        """What the files were found to be; nothing while they are not read."""
        self.said.setVisible(records is not None)
        if records is None:
            return
        self.said.setText(
            tr(
                "{program}，{entity}，{span}：{accounts} 个科目，{vouchers} 张凭证。",
                program=records.program.words,
                entity=records.entity or tr("没有写单位"),
                span=records.span.words(),
                accounts=len(records.used),
                vouchers=len(records.vouchers),
            )
        )

    def restyle(self) -> None:
        """Some rows stay in view."""
        self.table.setMinimumHeight(4 * self.table.style_of.row)


class MappingForm(QWidget):
    """Every old account with its place, and below the table the fields for the one in view."""

    decided = Signal(str, object)
    """Old code and the ``Decision`` made of it."""

    def __init__(self, theme: Theme, buttons: Sequence[Button]) -> None:
        super().__init__()
        self._theme = theme
        self._proposals: tuple[Proposal, ...] = ()
        self._chart: Chart | None = None
        self.table = FigureTable(theme, tr("旧科目和新科目"))
        self.table.set_empty_words(tr("先选文件。"))
        self.table.current_moved.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self.account.setFocus(Qt.FocusReason.OtherFocusReason))
        self.what = QLabel()
        self.what.setWordWrap(True)
        self.account = AccountField(theme)
        self.account.chosen.connect(self._take_account)
        self.account.left_field.connect(self._back)
        self.label = QLabel()
        self.label.setProperty("look", "label")
        self.name = QLineEdit()
        self.label.setBuddy(self.name)
        self.name.returnPressed.connect(self._take_name)
        self._strip = QFrame()
        self._strip.setProperty("look", "sheet")
        acts = ToolRow(theme, theme.px.cell, more_first=False)
        for place, button in enumerate(buttons):
            acts.add(button, keeps=len(buttons) - place)
        account_label = QLabel(tr("新科目"))
        account_label.setProperty("look", "label")
        account_label.setBuddy(self.account)
        line = QHBoxLayout()
        for widget in (account_label, self.account, self.label):
            line.addWidget(widget)
        line.addWidget(self.name, 2)
        line.addWidget(acts, 3)
        inside = QVBoxLayout(self._strip)
        inside.setContentsMargins(theme.px.gap, theme.px.cell, theme.px.gap, theme.px.cell)
        inside.addWidget(self.what)
        inside.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px.gap)
        column.addWidget(self.table, 1)
        column.addWidget(self._strip)
        self.restyle()

    def show_proposals(self, chart: Chart, records: OldRecords, proposals: Sequence[Proposal]) -> None:
        """All of them; from one that was open the cursor goes on to the next."""
        first, row = not self._proposals, self.table.row
        was_open = first or (self.current is not None and self.current.is_open)
        self._chart, self._proposals = chart, tuple(proposals)
        self.account.set_chart(chart, {})
        self.table.show_model(mapping_model(chart, records, proposals))
        if was_open:
            self.stand(0 if first else max(row, 0))
        else:
            self.table.go_to_row(min(max(row, 0), len(proposals) - 1))
            self._show_current()

    def stand(self, row: int = 0) -> None:
        """The cursor on the next account that is open, from a row on, else on that row."""
        waiting = [place for place, one in enumerate(self._proposals) if one.is_open]
        later = [place for place in waiting if place >= row] or waiting
        if self._proposals:
            self.table.go_to_row(later[0] if later else min(row, len(self._proposals) - 1))
        self._show_current()

    @property
    def current(self) -> Proposal | None:
        """The account in view."""
        row = self.table.row
        return self._proposals[row] if 0 <= row < len(self._proposals) else None

    def restyle(self) -> None:
        """Some rows stay in view, and below them the fields whole."""
        narrow = self._theme.tokens.narrow
        row = self.table.style_of.row
        self.table.setMinimumHeight(5 * row // 2 if narrow else 5 * row)
        self.name.setMinimumWidth((6 if narrow else 9) * self._theme.px.form)

    def _show_current(self) -> None:
        one = self.current
        self._strip.setVisible(one is not None)
        if one is None or self._chart is None:
            return
        what = "" if self._theme.tokens.narrow and one.note else f"{one.old.shown} {one.old.words}"
        self.what.setText("　".join(filter(None, (what, one.note))))
        name = self._chart.get(one.target).name if one.target in self._chart else ""
        self.account.show_account(one.target, name)
        label, text = self._below(one)
        self.label.setText(label)
        self.name.setAccessibleName(label)
        self.name.setText(text)

    def _below(self, one: Proposal) -> tuple[str, str]:
        """What the second field means for this account, and what stands in it."""
        demands = self._chart.get(one.target).demands if self._chart and one.target in self._chart else ()
        if Dimension.COUNTERPARTY in demands:
            return tr("往来单位"), one.party
        if Dimension.PROJECT in demands:
            return tr("项目"), one.project
        return tr("明细名称"), one.detail

    def _take_account(self, code: str) -> None:
        one = self.current
        if one is not None:
            self.decided.emit(one.old.code, Decision(code))
        self._back()

    def _take_name(self) -> None:
        """The name typed goes to whatever the account asks for."""
        one, text = self.current, self.name.text().strip()
        if one is None or not one.target:
            return
        label, _ = self._below(one)
        said = Decision(one.target)
        if label == tr("往来单位"):
            said = Decision(one.target, party=text)
        elif label == tr("项目"):
            said = Decision(one.target, project=text)
        else:
            said = Decision(one.target, detail=text)
        self.decided.emit(one.old.code, said)
        self._back()

    def _back(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


class ProofForm(QWidget):
    """Balances before and after, account by account, and what is to be known."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.table = FigureTable(theme, tr("导入前后的余额"))
        self.table.set_empty_words(tr("还没有核对。"))
        self.table.setMinimumHeight(5 * self.table.style_of.row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px.gap)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
