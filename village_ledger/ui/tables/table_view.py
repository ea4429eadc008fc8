"""The table of figures: a sheet around the view, with pinned totals, a book's binding edge and tags of remarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from village_ledger.ui.look.theme import Theme
from village_ledger.ui.tables.figure_view import FigureView
from village_ledger.ui.tables.kept_columns import KeptColumns
from village_ledger.ui.tables.table_model import CellTag, FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_style import TableStyle
from village_ledger.ui.widgets.pin_tag import paint_tag, tag_height, tag_width


class FigureTable(QFrame):
    """A sheet with a table, and its totals pinned below the scroll, sharing column widths."""

    opened = Signal(int)
    """Enter, double click or a click on a link: the row is to be drilled into."""
    marked = Signal(int)
    """Space or a click on the box."""
    current_moved = Signal(int)
    sideways = Signal(int, int)
    shown = Signal()
    """Other rows are shown."""
    chooses_itself = False
    """Whether its page says which figure is meant."""
    _left_out: frozenset[int] = frozenset()
    """Columns that are not shown."""
    _within: Mapping[str, str] = {}
    """Columns that hold tags beside their figures, each with the widest of them."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        parent: QWidget | None = None,
        *,
        book_edge: bool = False,
        watermark: str = "",
    ) -> None:
        """``book_edge`` draws the red double line at the binding side of account books."""
        super().__init__(parent)
        self.setProperty("look", "sheet")
        self.style_of = TableStyle(theme, self)
        self.view = FigureView(self.style_of, self)
        self.view.setAccessibleName(name)
        self.view.setObjectName("figures")
        self.totals = FigureView(self.style_of, self)
        self.totals.setAccessibleName(f"{name}合计")
        self.totals.setProperty("look", "paper")
        self.totals.head.hide()
        self.totals.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.totals.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.totals.hide()
        self._model: FigureModel | None = None
        self._totals_model: FigureModel | None = None
        self.setFocusProxy(self.view)
        self.view.watermark = watermark
        self._book_edge = 2 * theme.px.unit + 1 if book_edge else 0
        self._gutter = 0
        self.kept: KeptColumns | None = None
        """The columns that stay in view while the others are scrolled; None where none do."""
        self._body, self._foot = QHBoxLayout(), QHBoxLayout()
        self._under_bar = QWidget()
        self._lay_out()
        self.view.opened.connect(self.opened)
        self.view.marked.connect(self.marked)
        self.view.current_moved.connect(self.current_moved)
        self.view.sideways.connect(self.sideways)
        self.view.resized.connect(self.fit)
        self.view.horizontalScrollBar().valueChanged.connect(self.totals.horizontalScrollBar().setValue)
        self.view.verticalScrollBar().valueChanged.connect(lambda _value: self._gutter and self.update())
        self._follow_style()
        self._leave_edge()

    def _lay_out(self) -> None:
        """The rows, and the totals under them."""
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        for row in (self._body, self._foot):
            row.setSpacing(0)
        self._body.addWidget(self.view, 1)
        layout.addLayout(self._body, 1)
        self._foot.addWidget(self.totals)
        self._foot.addWidget(self._under_bar)
        layout.addLayout(self._foot)

    def keep_in_view(self, columns: int) -> None:
        """The first columns say whose row it is: where there is not room for all, they stay and the others are scrolled."""
        self.kept = KeptColumns(self, columns)
        self._body.insertLayout(0, self.kept.body)
        self._foot.insertWidget(0, self.kept.totals)

    def show_model(self, model: FigureModel, totals: FigureModel | None = None) -> None:
        """Show other rows and totals; the table owns both models from here on."""
        for old in (self._model, self._totals_model):
            if old is not None and old is not model:
                old.deleteLater()
        self._model, self._totals_model = model, totals
        model.setParent(self)
        self.view.show_model(model)
        self.totals.setVisible(totals is not None)
        if totals is not None:
            totals.setParent(self)
            self.totals.show_model(totals)
        if self.kept is not None:
            self.kept.show_models(model, totals)
        self._restyle()
        self.shown.emit()

    @property
    def model(self) -> FigureModel | None:
        """The rows shown, None before there were any."""
        return self._model

    def show_tags(
        self,
        tagged: Callable[[int, int], CellTag | None] | None,
        widest: str = "",
        of_totals: Callable[[int, int], CellTag | None] | None = None,
        within: Mapping[str, str] | None = None,
    ) -> None:
        """Tags of remarks: beside a figure within its cell, beside a row in a strip at the left as wide as ``widest``.

        ``within`` names the columns that hold some, each with its widest: they grow, so that no figure is covered.
        None takes them away.
        """
        if self._model is None:
            return
        if self._within != (within or {}):
            self._within = within or {}
            self.fit()
        self._model.tagged = tagged
        if self._totals_model is not None:
            self._totals_model.tagged = of_totals if tagged is not None else None
            self.totals.viewport().update()
        gutter = (
            0 if tagged is None or not widest else tag_width(self.style_of.theme, widest) + self.style_of.bar
        )
        if gutter != self._gutter:
            self._gutter = gutter
            self._leave_edge()
        self.update()
        self.view.viewport().update()

    def _leave_edge(self) -> None:
        """Room at the left for the binding's rules and for tags."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(1 + self._book_edge + self._gutter, 1, 1, 1)

    @property
    def totals_model(self) -> FigureModel | None:
        """The totals shown, None without any."""
        return self._totals_model

    @property
    def row(self) -> int:
        """The current row, -1 for none."""
        return self.view.current_row

    def go_to_row(self, row: int) -> None:
        """Make a row current and bring it into view."""
        self.view.go_to_row(row)

    def let_pick(self) -> None:
        """A figure can be meant from now on: of a row, or of the totals."""
        if self.chooses_itself:
            return
        self.view.picks = self.totals.picks = True
        self.view.below = self.totals
        self.view.picked.connect(lambda _column: self._leave_totals())
        self.view.current_moved.connect(lambda _row: self._leave_totals())
        self.totals.picked.connect(self._to_totals)

    def meant(self) -> tuple[FigureModel, int, int] | None:
        """What one stands on: model, row, and the column of the figure that is meant, -1 for the row; None without rows."""
        totals = self._totals_model
        if totals is not None and totals.chosen >= 0:
            return totals, self.totals.current_row, totals.chosen
        model = self._model
        return (
            (model, self.row, model.chosen) if model is not None and 0 <= self.row < model.count() else None
        )

    def mean(self, row: int, column: str, *, total: bool = False) -> None:
        """Stand on a row, or on one of the totals, and mean a figure of it by its column's key."""
        view, model = (self.totals, self._totals_model) if total else (self.view, self._model)
        view.go_to_row(row)
        if model is not None and view.picks:
            keys = [one.key for one in model.columns]
            view.pick(keys.index(column) if column in keys else -1)

    def _to_totals(self, column: int) -> None:
        """A figure of the totals is meant, or none any more."""
        if column < 0:
            self._leave_totals()
        elif self._model is not None:
            self._model.chosen = -1
            self.view.viewport().update()
        self.current_moved.emit(self.row)

    def _leave_totals(self) -> None:
        totals = self._totals_model
        if totals is not None and totals.chosen >= 0:
            totals.chosen = -1
            self.totals.setCurrentIndex(QModelIndex())
            self.current_moved.emit(self.row)

    def means_figures(self) -> bool:
        """Whether one figure of a row can be meant, and not only the row."""
        model = self._model
        if model is None or self.chooses_itself:
            return model is not None
        return self.view.picks and self.row >= 0 and bool(model.figure_columns(self.row))

    def hide_column(self, place: int, *, hidden: bool) -> None:
        """Leave a column of the rows shown out; the others take its room."""
        self._left_out = frozenset((place,)) if hidden else frozenset()
        for view in (self.view, self.totals):
            view.setColumnHidden(place, hidden)
        self.fit()

    def set_empty_words(self, sentence: str) -> None:
        """What stands in the table while it has no rows."""
        self.view.empty_words = sentence
        self.view.viewport().update()

    def _follow_style(self) -> None:
        self.style_of.changed.connect(self._restyle)
        self.style_of.recoloured.connect(self._recolour)

    def _restyle(self) -> None:
        self.view.apply_style()
        self.totals.apply_style()
        if self._totals_model is not None:
            self.totals.setFixedHeight(self._totals_model.count() * self.style_of.row)
        self.fit()

    def _recolour(self) -> None:
        for part in (self, self.view.viewport(), self.view.head.viewport(), self.totals.viewport()):
            part.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, with a book's red double line at its binding side."""
        super().paintEvent(event)
        if self._book_edge:
            painter = QPainter(self)
            style = self.style_of
            thick = style.theme.px.unit // 2
            for left in (style.line, self._book_edge - thick):
                painter.fillRect(left, style.line, thick, self.height() - 2 * style.line, style.red)
        if self._gutter and self._model is not None and self._model.tagged is not None:
            self._paint_tags(self._model.tagged)

    def _paint_tags(self, tagged: Callable[[int, int], CellTag | None]) -> None:
        """The tags of the rows in view, in the strip beside them."""
        painter, theme = QPainter(self), self.style_of.theme
        view, high = self.view, tag_height(self.style_of.theme)
        top = view.y() + view.viewport().y()
        row, end = max(view.rowAt(0), 0), view.viewport().height()
        count = self._model.count() if self._model is not None else 0
        while row < count and (y := view.rowViewportPosition(row)) < end:
            tag = tagged(row, -1)
            if tag is not None:
                place = QRect(
                    1 + self._book_edge,
                    top + y + (self.style_of.row - high) // 2,
                    tag_width(theme, tag.number),
                    high,
                )
                paint_tag(painter, theme, place, tag.number, waits=tag.waits)
            row += 1

    def needed_width(self) -> int:
        """The least width that shows every column whole."""
        columns = self._model.columns if self._model is not None else ()
        return sum(map(self._needed, columns)) + self.view.verticalScrollBar().sizeHint().width()

    def fit(self) -> None:
        """Give every column the width its figures need and share what is left among the stretching ones."""
        if self._model is None:
            return
        columns = self._model.columns
        widths = [0 if n in self._left_out else self._needed(column) for n, column in enumerate(columns)]
        across = self.view.viewport().width() + (self.kept.width if self.kept is not None else 0)
        room = across - sum(widths)
        shares = sum(column.stretch for column in columns)
        if room > 0 and shares:
            last = max(place for place, column in enumerate(columns) if column.stretch)
            for place, column in enumerate(columns):
                widths[place] += room * column.stretch // shares
            widths[last] += across - sum(widths)
        for place, width in enumerate(widths):
            self.view.setColumnWidth(place, width)
            self.totals.setColumnWidth(place, width)
        if self.kept is not None:
            self.kept.fit(widths, across)
        self._under_bar.setFixedWidth(max(0, self.view.width() - self.view.viewport().width()))

    def _needed(self, column: ScreenColumn) -> int:
        """Least width of a column: its widest text or its label, and the padding."""
        style = self.style_of
        widest = max(style.width_of(column.sample, bold=True), style.width_of(column.label, bold=True))
        if column.key in self._within:
            widest += tag_width(style.theme, self._within[column.key]) + style.bar
        if column.look in {Look.MARK, Look.CHECK}:
            return 2 * style.row * 2 // 3
        if column.look is Look.STATE:
            widest += style.row // 2 + style.cell
        return widest + 2 * style.cell + 1
