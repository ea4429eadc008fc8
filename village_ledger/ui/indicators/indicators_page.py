"""指标: the indicators of the collective on a day, as bars and as a table with every formula; a village sets its own lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from village_ledger.domain.indicator import Indicator, Unit
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.reports.indicators.indicator_figures import IndicatorSet, read_indicators
from village_ledger.reports.indicators.indicators import judged_words
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, ScreenColumn
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.as_of import AsOf
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.indicator_strip import IndicatorStrip

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("name", "指标", Drawn.CODE, "公积公益金提取率"),
    ScreenColumn("value", "数值", Drawn.MONEY, "9,999,999.99"),
    ScreenColumn("line", "警戒线", Drawn.TEXT, "低于 100%"),
    ScreenColumn("judged", "判断", Drawn.TEXT, "10万—50万元"),
    ScreenColumn("formula", "怎么算", Drawn.TEXT, "负债合计 ÷ 资产总计", stretch=4),
    ScreenColumn("working", "代入的数", Drawn.TEXT, "89,015.81 ÷ 2,593,836.73", stretch=4),
)


class IndicatorsModel(FigureModel):
    """Indicators as table rows."""

    def __init__(self, shown: tuple[Indicator, ...]) -> None:
        super().__init__(COLUMNS)
        self.shown = shown

    def count(self) -> int:
        """Indicators."""
        return len(self.shown)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        one = self.shown[row]
        said = (
            one.definition.name,
            one.shown,
            one.line_shown,
            judged_words(one),
            one.definition.words,
            one.working,
        )
        return said[column]


class IndicatorsPage(Page):
    """Bars above, the table with every formula below, the row in words at the foot."""

    scope = "indicators"
    nav = "works"
    shows = Changes(
        vouchers=True, balances=True, contracts=True, assets=True, parcels=True, members=True, settings=True
    )

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: IndicatorSet | None = None
        self.ask = AskBar(self.theme)
        self.as_of = AsOf(self.ask, self.slip, lambda: self.table.setFocus())  # noqa: PLW0108  made below
        self.as_of.changed.connect(self.reload)
        self.strip = IndicatorStrip(self.theme)
        self.strip.opened.connect(lambda: self.table.setFocus())  # noqa: PLW0108  made below
        self.table = FigureTable(self.theme, tr("指标"), watermark=tr("演示") if session.info.is_demo else "")
        self.table.current_moved.connect(lambda _row: self._say())
        self.words = QLabel()
        self.words.setWordWrap(True)
        self._foot = QFrame()
        self._foot.setProperty("look", "sheet")
        self._row = QHBoxLayout(self._foot)
        self._row.addWidget(self.words, 1)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._foot)
        self.add_button("print")
        self.add_button("as_of")
        self.add_button("line", Look.MAIN)
        self.restyle()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "as_of": lambda: self.as_of.ask(),  # noqa: PLW0108  made after its action
            "print": self._print,
            "line": self._ask_line,
        }

    def go(self, **where: Any) -> None:
        """``day`` to look at; without one the end of the month in view."""
        self.as_of.take(where.get("day") or self.session.month.last)
        self.slip.fold()
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The day."""
        return {"day": self.as_of.day}

    def reload(self) -> None:
        """The indicators of the day."""
        if not self.session.is_open:
            return
        self.action("as_of").setText(self.as_of.words)
        ledger, day = self.session.ledger_code, self.as_of.day
        self.operations.read(
            tr("算指标"),
            lambda reader: _read(reader, ledger, day),
            self._show,
            refused=lambda error: self.slip.say(describe(error)),
            key="indicators",
        )

    def restyle(self) -> None:
        """Spaces of the size in force; with little room the table comes first."""
        px = self.theme.px
        self.body.removeWidget(self.strip)
        place = self.body.indexOf(self._foot) if self.theme.tokens.tight else self.body.indexOf(self.table)
        self.body.insertWidget(place, self.strip)
        self._row.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        self.table.setMinimumHeight(4 * self.table.style_of.row)

    def escape(self) -> bool:
        """Fold the question away."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        return False

    def status(self) -> str:
        """How many ask for a look."""
        if self.shown is None:
            return ""
        marked = sum(judged_words(one).startswith("▲") for one in self.shown.indicators)
        return tr("{count} 项指标 · {marked} 项要看", count=len(self.shown.indicators), marked=marked)

    # inside

    def _show(self, made: IndicatorSet) -> None:
        row, self.shown = max(self.table.row, 0), made
        self.head.set_title(tr("指标"), self.session.ledger.title)
        bars = [one for one in made.indicators if one.definition.unit is Unit.PERCENT]
        self.strip.show_indicators(bars, made.years)
        self.table.show_model(IndicatorsModel(made.indicators))
        self.table.go_to_row(row)
        self._say()
        self.status_changed.emit()

    def current(self) -> Indicator | None:
        """The indicator one stands on."""
        row = self.table.row
        return self.shown.indicators[row] if self.shown and 0 <= row < len(self.shown.indicators) else None

    def _say(self) -> None:
        """The row in words, where its columns cut it off."""
        one = self.current()
        if one is None or self.shown is None:
            return
        said = f"{one.definition.name} {one.shown} = {one.working}。{one.definition.words}。{one.definition.note}"
        if one.value is None:
            said = f"{one.definition.name}：{one.working}。{one.definition.words}。"
        if one.definition.key == "arrears":
            said += "；".join(f"{words} {format_fen(fen)}" for words, fen in self.shown.ages if fen)
        self.words.setText(said)

    def _print(self) -> None:
        day = self.as_of.day
        self.navigator.open(
            "preview", report="indicators", span=Span(date(day.year, 1, 1), day), paper="A4_LANDSCAPE"
        )

    def _ask_line(self) -> None:
        one = self.current()
        if one is None:
            return
        self.ask.ask(
            tr("{name}的警戒线（{unit}）", name=one.definition.name, unit=one.definition.unit.words),
            tr("定下来"),
            lambda text: self._set_line(one.definition.key, text),
            self.table.setFocus,
            hint=tr("写数字；不设就写 无"),
        )

    def _set_line(self, key: str, text: str) -> None:
        from village_ledger.services.indicators.indicator_rules import NO_LINE, set_line

        said = NO_LINE if text == tr("无") else text
        self.operations.run(
            tr("定警戒线"),
            lambda uow, _: set_line(uow, key, said),
            then=lambda _: self.reload(),
            refused=lambda error: self.slip.say(describe(error)),
        )


def _read(reader: Reader, ledger: str, day: date) -> IndicatorSet:
    """Of the leading ledger, of the collective's where that has none: the page is about the collective."""
    from village_ledger.reports.indicators.indicator_figures import has_indicators

    codes = [ledger, *(info.code for info in reader.ledgers())]
    fitting = next((code for code in codes if has_indicators(reader, code)), ledger)
    start = reader.ledger(fitting).start.first
    return read_indicators(reader, fitting, max(day, start))
