"""The first two steps of 分账: where the old balances come from, and the book that will be made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import Month
from village_ledger.i18n import tr
from village_ledger.storage.spec import BookSpec, CommitteeChart
from village_ledger.ui.beginning.setup_page import CHARTS, FIRST_YEAR, LAST_YEAR
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section

GRID_HEADINGS = ("科目编码", "科目名称", "往来单位/项目/卡片", "期末借方", "期末贷方", "备注")
GRID_WIDTHS = (6, 10, 12, 8, 8, 6)
"""Characters; the name is wider where there is room."""
NAME_PLACE = 1
GRID_ROWS = 200
OLD_FILTER = "余额表或账簿 (*.xlsx *.csv *.vledger)"
DRAFT_FILTER = "分账草稿 (*.vlsplit)"


class TypedGrid(QTableWidget):
    """Rows to type into; a block copied from a spreadsheet is pasted from the current cell on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(GRID_ROWS, len(GRID_HEADINGS))
        self._theme = theme
        self.setHorizontalHeaderLabels([tr(words) for words in GRID_HEADINGS])
        self.setAccessibleName(tr("手工录入的旧账余额"))
        self.horizontalHeader().setStretchLastSection(True)
        self.setMinimumHeight(theme.px.table_row * 8)
        theme.changed.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes a block; Delete empties the chosen cells."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Delete):
            for item in self.selectedItems():
                item.setText("")
        else:
            super().keyPressEvent(event)

    def paste(self, text: str) -> None:
        """Fill cells from the current one on; rows beyond the grid make it longer."""
        top, left = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        for down, line in enumerate(text.rstrip("\n").split("\n")):
            if top + down >= self.rowCount():
                self.insertRow(self.rowCount())
            for across, cell in enumerate(line.rstrip("\r").split("\t")):
                if left + across < self.columnCount():
                    self.setItem(top + down, left + across, QTableWidgetItem(cell))

    def text(self) -> str:
        """Everything typed, headings first, cells parted by tabs."""
        rows: list[Sequence[str]] = [GRID_HEADINGS]
        for row in range(self.rowCount()):
            cells = [
                item.text() if (item := self.item(row, place)) else "" for place in range(self.columnCount())
            ]
            rows.append([cell.replace("\t", " ").replace("\n", " ") for cell in cells])
        return "\n".join("\t".join(row) for row in rows)

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(
            item.text().strip()
            for row in range(self.rowCount())
            for place in range(self.columnCount())
            if (item := self.item(row, place)) is not None
        )

    def _fit(self) -> None:
        px = self._theme.px
        self.verticalHeader().setDefaultSectionSize(px.table_row)
        for place, characters in enumerate(GRID_WIDTHS):
            self.setColumnWidth(place, characters * px.body)
        self._share()

    def _share(self) -> None:
        """The name has what the others leave."""
        others = sum(self.columnWidth(place) for place in range(self.columnCount()) if place != NAME_PLACE)
        least = GRID_WIDTHS[NAME_PLACE] * self._theme.px.body
        self.setColumnWidth(NAME_PLACE, max(least, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()


class SourceForm(QWidget):
    """A file, one of our books, a draft, or figures typed here."""

    file_chosen = Signal(object)
    draft_chosen = Signal(object)
    typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.found = QLabel(tr("还没有读入旧账。"))
        self.found.setProperty("look", "strong")
        self.found.setWordWrap(True)
        self.choose = Button(theme, tr("选旧账的文件…"))
        self.resume = Button(theme, tr("接着上次的草稿…"))
        self.take = Button(theme, tr("读入上面的行"))
        self.grid = TypedGrid(theme)
        section = Section(theme, tr("旧账的年末余额"))
        section.setMaximumWidth(16777215)
        files = in_row(self.choose, self.resume)
        section.add_row(
            tr("文件或账簿"),
            files,
            tr("余额表（xlsx、csv，带小计、合计也行），或用本程序记的合账账簿。只读，不改动它。"),
        )
        section.add_row(
            tr("或者手工录入"), self.grid, tr("可以从 Excel 复制一块贴进来（Ctrl+V）；有余额的一边填金额。")
        )
        section.add_row("", in_row(self.take))
        section.add_row(tr("读到的"), self.found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        self.choose.clicked.connect(self._choose)
        self.resume.clicked.connect(self._resume)
        self.take.clicked.connect(lambda: self.typed.emit(self.grid.text()))

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("旧账的余额"), str(Path.home()), OLD_FILTER)
        if name:
            self.file_chosen.emit(Path(name))

    def _resume(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("分账的草稿"), str(books_folder()), DRAFT_FILTER)
        if name:
            self.draft_chosen.emit(Path(name))


class YearEdit(QLineEdit):
    """Four digits of a year."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.setMaxLength(4)

    def value(self) -> int:
        """The year, 0 while it is none."""
        text = half_width(self.text()).strip()
        return int(text) if text.isascii() and text.isdigit() else 0

    def set_value(self, year: int) -> None:
        """Show a year."""
        self.setText(str(year))


class VillageForm(QWidget):
    """Whose books, which rules, where the new file goes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.village, self.person = QLineEdit(), QLineEdit()
        self.collective_name, self.collective_code = QLineEdit(), QLineEdit()
        self.committee_name, self.committee_code = QLineEdit(), QLineEdit()
        self.chart = Choices(theme, tr("村委会账的科目"), CHARTS, "surplus")
        self.year = YearEdit(date.today().year)  # noqa: DTZ011  the wall calendar of the village
        self.folder = QLineEdit(str(books_folder()))
        self._own_names: set[QLineEdit] = set()
        self._file = QLabel()
        self._file.setProperty("look", "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section())
        self.village.textChanged.connect(self._follow)
        self.folder.textChanged.connect(self._say_file)
        self.year.textChanged.connect(self._say_file)
        for field in (self.collective_name, self.committee_name):
            field.textEdited.connect(lambda _text, field=field: self._own_names.add(field))
        self._say_file()

    def _section(self) -> Section:
        section = Section(self._theme, tr("新账簿"))
        section.add_row(tr("村名"), self.village)
        section.add_row(tr("谁定的"), self.person, tr("您的姓名；记在分账清单和操作日志里。"))
        section.add_row(
            tr("从哪年起分"), self._year_row(), tr("从这年 1 月 1 日起记两本账，旧账结到上年 12 月 31 日。")
        )
        section.add_row(tr("集体经济组织"), self.collective_name)
        section.add_row(tr("登记证号"), self.collective_code)
        section.add_row("村民委员会", self.committee_name)
        section.add_row(tr("信用代码"), self.committee_code)
        section.add_row(
            tr("村委会科目"), self.chart, tr("国家没有统一规定；收支结余最常用，另一套跟集体的科目一样编。")
        )
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        choose = Button(self._theme, tr("换一个文件夹…"), Look.PLAIN)
        choose.clicked.connect(self._choose_folder)
        self.folder.setAccessibleName(tr("存在哪个文件夹"))
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        section.add_row(tr("文件夹"), place)
        section.add_row(tr("新账簿文件"), self._file, tr("绝不覆盖已有的文件；草稿存在它旁边。"))
        return section

    def _year_row(self) -> QWidget:
        self.year.setAccessibleName(tr("从哪年起分"))
        self.year.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.year.setMinimumWidth(self._theme.px.form * 5)
        return in_row(self.year, QLabel(tr("年 1 月 1 日")))

    def path(self) -> Path:
        """The book to be made."""
        name = "".join(c for c in self.village.text().strip() if c not in '\\/:*?"<>|') or tr("本村")
        return Path(self.folder.text().strip()).expanduser() / f"{name}{self.year.value()}分账.vledger"

    def spec(self) -> BookSpec:
        """The new book as it stands on the page."""
        return BookSpec(
            village=self.village.text().strip(),
            start=Month(max(self.year.value(), 1), 1),
            collective_name=self.collective_name.text().strip(),
            collective_code=self.collective_code.text().strip().upper(),
            committee_name=self.committee_name.text().strip(),
            committee_code=self.committee_code.text().strip().upper(),
            committee_chart=CommitteeChart(self.chart.value),
        )

    def show_spec(self, spec: BookSpec, person: str) -> None:
        """Fill the page from a draft."""
        self.village.setText(spec.village)
        self.person.setText(person)
        self.year.set_value(spec.start.year)
        for field, text in (
            (self.collective_name, spec.collective_name),
            (self.committee_name, spec.committee_name),
        ):
            if text:
                self._own_names.add(field)
                field.setText(text)
        self.collective_code.setText(spec.collective_code)
        self.committee_code.setText(spec.committee_code)
        self.chart.set_value(spec.committee_chart.value)

    def missing(self) -> tuple[QLineEdit, str] | None:
        """The first field that must not be empty, and the sentence for it."""
        if not self.village.text().strip():
            return self.village, tr("还没有写村名")
        if not self.person.text().strip():
            return self.person, tr("还没有写谁定的")
        if not FIRST_YEAR <= self.year.value() <= LAST_YEAR:
            return self.year, tr("从哪年起分，写得不对")
        return None

    def _follow(self, village: str) -> None:
        name = village.strip()
        for field, rest in ((self.collective_name, "股份经济合作社"), (self.committee_name, "村民委员会")):
            if field not in self._own_names:
                field.setText(f"{name}{rest}" if name else "")
        self._say_file()

    def _say_file(self, *_: object) -> None:
        self._file.setText(str(self.path()))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("账簿存在哪个文件夹"), self.folder.text())
        if folder:
            self.folder.setText(folder)


def in_row(*widgets: QWidget) -> QWidget:
    """Widgets at the left of a row, room behind them."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def books_folder() -> Path:
    """The folder offered first."""
    from platformdirs import user_documents_path

    return user_documents_path() / "村账"
