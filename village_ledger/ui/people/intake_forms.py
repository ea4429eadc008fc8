"""The steps of taking a file in: which file, what its columns are, what must be answered, what is to be known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.ui.bank.bank_import_page import SIGNS, TextModel
from village_ledger.ui.people.intake_reading import KINDS, SHOWN_ROWS, Found, column_rows
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.people.intake_answers import Question

_COLUMNS = (
    ScreenColumn("letter", "列", Look.CODE, "AA"),
    ScreenColumn("heading", "文件里的列名", Look.TEXT, "成员确认日期", stretch=2),
    ScreenColumn("meaning", "当作", Look.TEXT, "成员确认日期", stretch=1),
    ScreenColumn("light", "把握", Look.TEXT, "✓ 认得出来"),
    ScreenColumn("sample", "第一行是", Look.TEXT, "519903197311060413", stretch=2),
)
_QUESTIONS = (
    ScreenColumn("state", "怎样了", Look.TEXT, "✕ 等着答"),
    ScreenColumn("row", "行", Look.CODE, "1234"),
    ScreenColumn("name", "谁", Look.TEXT, "欧阳小梅"),
    ScreenColumn("what", "哪里不对", Look.TEXT, "存成了数字，表格程序只留 15 位", stretch=4),
    ScreenColumn("answer", "答复", Look.TEXT, "519903197311060413", stretch=1),
)
_NOTICES = (ScreenColumn("text", "替您改好的、请您留意的", Look.TEXT, "去掉了姓名中间的空格", stretch=1),)
_SAMPLES = {
    "户主": "欧阳小梅",
    "姓名": "欧阳小梅",
    "证件号码": "510***********0417",
    "确认日期": "2019-11-30",
    "备注": "户口已迁出",
    "账户": "001/欧阳小梅",
    "日期": "2019-11-30",
    "转出账户": "001/欧阳小梅",
    "转入账户": "001/欧阳小梅",
    "决议文号": "石股社〔2020〕1号",
}
"""Texts the columns of the preview must hold."""


class FileForm(QWidget):
    """Which kind of file, and which file."""

    kind_chosen = Signal(str)

    def __init__(self, theme: Theme, choose: Button, kinds: Sequence[tuple[str, str]] = KINDS) -> None:
        super().__init__()
        first = kinds[0][0]
        self.kinds = Choices(theme, tr("导入什么"), [(kind, tr(words)) for kind, words in kinds], first)
        self.kinds.chosen.connect(self.kind_chosen)
        self.said = QLabel()
        self.said.setProperty("look", "strong")
        self.said.setWordWrap(True)
        section = Section(theme, tr("选文件"))
        section.add_row(tr("导入什么"), self.kinds)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(choose)
        row.addStretch(1)
        section.add_row(
            tr("文件"),
            holder,
            tr(
                "村里的 xlsx 或 csv，原样就行：两层表头、小计行、空着的户编号都认得。也可以把文件拖到这一页上。"
            ),
        )
        section.add_row(tr("读到的"), self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        self.show_found(None)

    def show_found(self, found: Found | None) -> None:
        """What the chosen file is, in a sentence."""
        if found is None:
            self.said.setText(tr("还没有选文件。导入以前，账簿里什么也不写。"))
            return
        layout = found.layout
        sheet = tr("工作表“{sheet}”", sheet=layout.sheet.name) if layout and layout.sheet.name else ""
        where = tr("{sheet}第 {row} 行是表头", sheet=sheet, row=layout.row) if layout else tr("第 1 行是表头")
        self.said.setText(tr("{name}：{where}。", name=found.asked.path.name, where=where))


class ColumnsForm(QWidget):
    """What each column is held to be, and below it the rows as they are then read."""

    turned = Signal(int, int)
    """Column of the list, and which way its meaning is to be turned."""
    decided = Signal()
    """Day or number of the resolution was typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.columns = FigureTable(theme, tr("文件的列"))
        self.preview = FigureTable(theme, tr("读成的行"))
        self.columns.sideways.connect(self.turned)
        self.columns.opened.connect(lambda row: self.turned.emit(row, 1))
        self.day, self.resolution = QLineEdit(), QLineEdit()
        self._plan = QWidget()
        decision = QHBoxLayout(self._plan)
        decision.setContentsMargins(0, 0, 0, 0)
        decision.setSpacing(theme.px.cell)
        for label, line, least in (
            (tr("成员大会哪天通过"), self.day, 6),
            (tr("决议文号"), self.resolution, 10),
        ):
            words = QLabel(label)
            words.setProperty("look", "label")
            words.setBuddy(line)
            line.setAccessibleName(label)
            line.setMinimumWidth(least * theme.px.form)
            line.editingFinished.connect(self.decided)
            decision.addWidget(words)
            decision.addWidget(line, least)
        decision.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px.gap)
        column.addWidget(self._plan)
        column.addWidget(self.columns, 3)
        column.addWidget(self.preview, 2)
        self.restyle()

    def show_found(self, found: Found) -> None:
        """Columns and preview."""
        layout, row = found.layout, self.columns.row
        self.columns.setVisible(layout is not None)
        lines = column_rows(layout, SIGNS) if layout is not None else []
        self.columns.show_model(TextModel(_COLUMNS, lines))
        if lines:
            self.columns.go_to_row(min(max(row, 0), len(lines) - 1))
        heads = (
            ScreenColumn("row", "行", Look.CODE, "1234"),
            *(
                ScreenColumn(str(place), label, Look.TEXT, _SAMPLES.get(label, ""), stretch=1)
                for place, label in enumerate(found.headings)
            ),
        )
        self.preview.show_model(TextModel(heads, list(found.rows[:SHOWN_ROWS])))
        missing = layout.missing if layout is not None else ""
        self.preview.set_empty_words(
            tr("{missing}。在上面的列上按 ← → 指给程序看。", missing=missing) if missing else ""
        )
        self._plan.setVisible(found.plan is not None)
        if found.plan is not None:
            self.day.setText(str(found.plan.day or ""))
            self.resolution.setText(found.plan.resolution)

    def decision(self) -> tuple[date | None, str]:
        """Day and number of the resolution; raises PeriodError for what is no day."""
        text = self.day.text().strip()
        return (parse_day(text) if text else None), self.resolution.text().strip()

    def restyle(self) -> None:
        """Tables keep some rows; where the window is small the step scrolls."""
        self.columns.setMinimumHeight(5 * self.columns.style_of.row)
        self.preview.setMinimumHeight(5 * self.preview.style_of.row)


class AnswersForm(QWidget):
    """What must be answered, and the field to answer the row in view."""

    answered = Signal(str)
    """The value typed for the current row."""

    def __init__(self, theme: Theme, buttons: Sequence[Button]) -> None:
        super().__init__()
        self._theme = theme
        self._questions: tuple[Question, ...] = ()
        self.table = FigureTable(theme, tr("要答的"))
        self.table.set_empty_words(tr("没有要答的，往下走。"))
        self.table.current_moved.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self.field.setFocus())
        self.what = QLabel()
        self.what.setWordWrap(True)
        self.label = QLabel()
        self.label.setProperty("look", "label")
        self.field = QLineEdit()
        self.label.setBuddy(self.field)
        self.field.returnPressed.connect(lambda: self.answered.emit(self.field.text().strip()))
        self.put = Button(theme, tr("填上"), ButtonLook.PLAIN, "Enter")
        self.put.clicked.connect(lambda: self.answered.emit(self.field.text().strip()))
        self.strip = QFrame()
        self.strip.setProperty("look", "sheet")
        self._buttons = tuple(buttons)
        self._acts = acts = ToolRow(theme, theme.px.cell, more_first=False)
        acts.add(self.put, keeps=len(buttons) + 1)
        for place, button in enumerate(buttons):
            acts.add(button, keeps=len(buttons) - place)
        inside = QVBoxLayout(self.strip)
        inside.setContentsMargins(theme.px.gap, theme.px.cell, theme.px.gap, theme.px.cell)
        line = QHBoxLayout()
        line.addWidget(self.label)
        line.addWidget(self.field, 1)
        line.addWidget(acts, 3)
        inside.addWidget(self.what)
        inside.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px.gap)
        column.addWidget(self.table, 1)
        column.addWidget(self.strip)
        self.restyle()

    def show_questions(self, questions: Sequence[Question], row: int) -> None:
        """All of them, those answered too; stand on ``row``."""
        self._questions = tuple(questions)
        self.table.show_model(TextModel(_QUESTIONS, [one.cells for one in questions]))
        if questions:
            self.table.go_to_row(min(row, len(questions) - 1))
        self._show_current()

    @property
    def current(self) -> Question | None:
        """The question in view."""
        row = self.table.row
        return self._questions[row] if 0 <= row < len(self._questions) else None

    def restyle(self) -> None:
        """Some rows stay in view."""
        narrow = self._theme.tokens.narrow
        self.table.setMinimumHeight((3 if narrow else 4) * self.table.style_of.row)
        self.field.setMinimumWidth((9 if narrow else 11) * self._theme.px.form)

    def _show_current(self) -> None:
        one = self.current
        self.strip.setVisible(one is not None)
        asked = one is not None and one.problem is not None
        for part in (self.label, self.field, self._acts):
            part.setVisible(asked)
        if one is None:
            return
        self.what.setText(one.whole)
        if one.problem is None:
            return
        self.label.setText(tr("{field}改成", field=one.field_words))
        self.field.setText(one.answer if one.is_value else one.problem.value)
        self.field.selectAll()
        for button in self._buttons:
            if button.property("waits"):
                button.setEnabled(one.problem.can_wait)


class SayForm(QWidget):
    """What was put right and what is worth a look, before it is taken in."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.sum = QLabel()
        self.sum.setProperty("look", "strong")
        self.sum.setWordWrap(True)
        self.table = FigureTable(theme, tr("替您改好的、请您留意的"))
        self.table.set_empty_words(tr("没有要留意的。"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sum)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(4 * self.table.style_of.row)

    def show_said(self, sum_: str, notices: Sequence[str]) -> None:
        """One row a notice."""
        self.sum.setText(sum_)
        self.table.show_model(TextModel(_NOTICES, [(text,) for text in notices]))
