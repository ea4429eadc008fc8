"""Which days a page shows: the month in view, its quarter, its year to date, the whole year, or any span."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from village_ledger.domain.errors import PeriodError
from village_ledger.domain.period import Month, Span, parse_day
from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from village_ledger.ui.session import Session
    from village_ledger.ui.widgets.ask_bar import AskBar
    from village_ledger.ui.widgets.slip import Slip


class Reach(Enum):
    """How far a span reaches around the month in view."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR_TO_MONTH = "year_to_month"
    YEAR = "year"
    OTHER = "other"


_PARTS = re.compile(r"[至到~～,，;；]|\s-\s|\s+")


def span_of(reach: Reach, month: Month) -> Span:
    """The span of a reach around a month; OTHER has none of its own and gives the month."""
    if reach is Reach.QUARTER:
        first = Month(month.year, (month.month - 1) // 3 * 3 + 1)
        return Span(first.first, first.next().next().last)
    if reach is Reach.YEAR_TO_MONTH:
        return Span(Month(month.year, 1).first, month.last)
    return Span.of_year(month.year) if reach is Reach.YEAR else Span.of_month(month)


def parse_span(text: str) -> Span:
    """Read two days or two months, such as ``2025-01-01 至 2025-06-30``, ``2025-01 至 2025-06`` or one month.

    Raises PeriodError for what is neither.
    """
    parts = [part for part in _PARTS.split(text.strip()) if part]
    if not 1 <= len(parts) <= 2:
        raise PeriodError(
            tr("“{text}”不是起止日期", text=text), tr("请写成 2025-01-01 至 2025-06-30 的样子。")
        )
    return Span(_first_day(parts[0]).first, _first_day(parts[-1]).last)


class AsksSpan(Protocol):
    """A page that shows a span of days and has a bar to ask for another."""

    ask: AskBar
    slip: Slip
    span_choice: SpanChoice

    def reload(self) -> None:
        """Show the days now chosen."""
        ...


def ask_span(page: AsksSpan, back: Callable[[], object], question: str = "") -> None:
    """Ask in the page for any days and show them; what are none is refused in its slip and the old days stay."""

    def take(text: str) -> None:
        try:
            page.span_choice.set_span(parse_span(text))
        except PeriodError as error:
            page.slip.say(describe(error))
            return
        page.reload()

    span = page.span_choice.span()
    page.ask.ask(
        question or tr("看哪些天"),
        tr("看"),
        take,
        back,
        text=f"{span.first} 至 {span.last}",
        hint=tr("如 2025-01-01 至 2025-06-30"),
    )


def _first_day(text: str) -> Span:
    """A day or a month as a span."""
    if len(re.split(r"[-/.]", text)) == 2:
        month = Month.parse(text.replace("/", "-").replace(".", "-"))
        if not month.is_closing:
            return Span.of_month(month)
    day = parse_day(text)
    return Span(day, day)


class SpanChoice(Button):
    """The button that says which days are shown and offers others."""

    changed = Signal()
    other_asked = Signal()
    """Any span is wanted: the page asks for it in its ask bar and calls ``set_span``."""

    def __init__(self, theme: Theme, month: Callable[[], Month], reach: Reach = Reach.MONTH) -> None:
        super().__init__(theme, "")
        self._month = month
        self.reach = reach
        self._other = Span.of_month(month())
        self.setAccessibleDescription(tr("换一段时间"))
        self.clicked.connect(self._show_menu)
        self.follow()

    def span(self) -> Span:
        """The days chosen, around the month in view."""
        return self._other if self.reach is Reach.OTHER else span_of(self.reach, self._month())

    def set_span(self, span: Span) -> None:
        """Choose any span."""
        month = self._month()
        known = (r for r in Reach if r is not Reach.OTHER and span_of(r, month) == span)
        self.reach = next(known, Reach.OTHER)
        self._other = span
        self.follow()

    def set_reach(self, reach: Reach) -> None:
        """Choose a reach around the month in view."""
        self.reach = reach
        self.follow()
        self.changed.emit()

    def follow(self) -> None:
        """Show the words of the span, after the month in view changed too."""
        self.setText(f"{words_of(self.span())} ▾")

    def fold_into(self, menu: QMenu) -> None:
        """Offer the spans in a menu of their own, where the button itself has no room."""
        self._fill(menu.addMenu(self.text().removesuffix(" ▾")))

    def _show_menu(self) -> None:
        menu = QMenu(self)
        self._fill(menu)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _fill(self, menu: QMenu) -> None:
        month = self._month()
        for reach in (Reach.MONTH, Reach.QUARTER, Reach.YEAR_TO_MONTH, Reach.YEAR):
            words = words_of(span_of(reach, month))
            menu.addAction(words, lambda reach=reach: self.set_reach(reach))
        menu.addSeparator()
        menu.addAction(tr("任意起止日期…"), self.other_asked.emit)


def words_of(span: Span) -> str:
    """A span as a button says it; short where it can be."""
    first, last = span.first, span.last
    if (
        (first.month, first.day) == (1, 1)
        and first.year == last.year
        and last == Month.of(last).last
        and 1 < last.month < 12
    ):
        return tr("{year}年1至{month}月", year=first.year, month=last.month)
    return span.words()


def step_month(session: Session, step: int) -> None:
    """Look at the month before (-1) or after (1), as far as the ledger has months."""
    month = session.month
    target = month.previous() if step < 0 else month.next()
    if target in {known.month for known in session.reader.months(session.ledger_code)}:
        session.go_to_month(target)
