"""The terms of a dividend above its table: year, days, resolution, and the sum — pool ÷ shares = each share — as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.dividend import Method
from village_ledger.domain.errors import DividendError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.i18n import tr
from village_ledger.services.closing.distribution import DECEMBER
from village_ledger.services.dividends.dividends import Sharing
from village_ledger.ui.dividends.dividend_figures import (
    RunChoices,
    RunTerms,
    years_given,
)
from village_ledger.ui.dividends.dividend_pool import label_for
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.elided import ElidedLabel
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.session import Session

_WIDE, _SMALL = 3, 2
_CLASS_PARTS = "、"


class TermsForm(QFrame):
    """Fields in a few rows; ``changed`` whenever something else stands in them, ``year_chosen`` for another year."""

    changed = Signal()
    year_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self.year, self.resolution, self.method = (
            PickList(tr("年度")),
            PickList(tr("决议")),
            PickList(tr("怎么分")),
        )
        self.record, self.day = QLineEdit(), QLineEdit()
        for one in Method:
            self.method.addItem(one.words, one.value)
        self._classes = QWidget()
        self._boxes: dict[str, QCheckBox] = {}
        self._decided: dict[str, str] = {}
        self.usual_day = ""
        """The day nobody chose: it gives way to that of the resolution."""
        self._class_row = QHBoxLayout(self._classes)
        self._class_row.setContentsMargins(0, 0, 0, 0)
        self._fields: tuple[tuple[QLabel, QWidget], ...] = tuple(
            (label_for(words, field), field)
            for words, field in (
                (tr("年度"), self.year),
                (tr("登记日"), self.record),
                (tr("分红日"), self.day),
                (tr("怎么分"), self.method),
                (tr("决议"), self.resolution),
                (tr("哪些股"), self._classes),
            )
        )
        self._folded = self._done = self._reads = False
        self.summary = ElidedLabel()
        self.unfold = Button(theme, tr("改"), key="F2")
        self.unfold.clicked.connect(self.turn)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.summary, 1)
        line.addWidget(self.unfold)
        self._fields_part = QWidget()
        self._grid = QGridLayout(self._fields_part)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._line)
        self._column.addWidget(self._fields_part)
        self.restyle()
        self.year.activated.connect(lambda _: self.year_chosen.emit(self.year.currentData()))
        self.method.activated.connect(lambda _: self.changed.emit())
        self.resolution.activated.connect(lambda _: self._resolved())
        for field in (self.record, self.day):
            field.editingFinished.connect(self.changed)
        self.changed.connect(self._summarise)

    def restyle(self) -> None:
        """As many fields side by side as the size allows."""
        px = self._theme.px
        tight = self._theme.tokens.tight
        above = px.unit if self._theme.tokens.narrow else px.cell
        self._column.setContentsMargins(px.gap, above, px.gap, above)
        self._column.setSpacing(px.unit)
        self._fold(folded=self._keeps_line())
        self._grid.setHorizontalSpacing(px.cell)
        self._grid.setVerticalSpacing(px.unit * 2)
        aside = _SMALL if tight else _WIDE
        if self._reads:
            return
        shown = self._fields if len(self._boxes) > 1 else self._fields[:-1]
        for words, field in self._fields:
            self._grid.removeWidget(words)
            self._grid.removeWidget(field)
            if (words, field) not in shown:
                words.hide()
                field.hide()
        for place, (words, field) in enumerate(shown):
            row, column = divmod(place, aside)
            rest = 2 * (aside - column) - 1 if place == len(shown) - 1 else 1
            self._grid.addWidget(words, row, 2 * column)
            self._grid.addWidget(field, row, 2 * column + 1, 1, rest)
            words.show()
            field.show()
        for column in range(_WIDE):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < aside else 0)

    def only_read(self) -> None:
        """The terms as a line, the year before it to be chosen."""
        self._done, self._reads = True, True
        words, field = self._fields[0]
        line = self._line.layout()
        if isinstance(line, QHBoxLayout):
            for place, part in enumerate((words, field)):
                line.insertWidget(place, part)
        self.unfold.hide()
        self.restyle()

    def turn(self) -> None:
        """To the fields; where there is little room they unfold and fold again."""
        if self._keeps_line() and not self._reads:
            self._fold(folded=not self._folded)
        if self._reads or not self._folded:
            self.year.setFocus()

    def rest(self, *, done: bool) -> None:
        """The terms of a dividend that stands fold to their line."""
        if done != self._done and not self._reads:
            self._done = done
            self._fold(folded=self._keeps_line())

    def _keeps_line(self) -> bool:
        return self._done or self._theme.tokens.tight

    def _fold(self, *, folded: bool) -> None:
        self._folded = folded
        self._line.setVisible(self._keeps_line())
        self._fields_part.setVisible(not folded)
        self.unfold.setText(tr("改") if folded else tr("收起"))
        self._summarise()

    def _summarise(self) -> None:
        """What stands in the fields, in one line."""
        number = self.resolution.currentData()
        parts = (
            "" if self._reads else self.year.currentText(),
            tr("登记日 {day}", day=self.record.text()),
            tr("分红日 {day}", day=self.day.text()),
            number or tr("还没有选决议"),
        )
        self.summary.setText(" · ".join(filter(None, parts)))

    # what stands in it

    def offer(self, choices: RunChoices) -> None:
        """Years, resolutions and classes to choose from; what was chosen stays where it is still there."""
        year, number = self.year.currentData(), self.resolution.currentData()
        self.year.clear()
        for one in choices.years:
            self.year.addItem(tr("{year}年度", year=one), one)
        self._decided = {one.number: one.day.isoformat() for one in choices.resolutions}
        self.resolution.clear()
        self.resolution.addItem(tr("（还没有选）") if choices.resolutions else tr("（还没有登记）"), "")
        for found in choices.resolutions:
            self.resolution.addItem(f"{found.number} · {found.day} {found.subject}", found.number)
        self.show_year(year)
        self._choose(self.resolution, number or "")
        self._offer_classes([one.name for one in choices.classes])
        self.restyle()

    def show_year(self, year: int | None) -> None:
        """Choose a year without telling."""
        self._choose(self.year, year)

    def texts(self) -> dict[str, str]:
        """The fields as typed, for keeping."""
        return {
            "record": self.record.text(),
            "day": self.day.text(),
            "resolution": self.resolution.currentData() or "",
            "method": self.method.currentData(),
            "classes": _CLASS_PARTS.join(self._chosen_classes()),
        }

    def take(self, texts: Mapping[str, str]) -> None:
        """Fill the fields without telling; what is not named is left."""
        self.record.setText(texts.get("record", self.record.text()))
        self.day.setText(texts.get("day", self.day.text()))
        self._choose(self.resolution, texts.get("resolution", ""))
        self._choose(self.method, texts.get("method", Method.LARGEST.value))
        chosen = [name for name in texts.get("classes", "").split(_CLASS_PARTS) if name]
        for name, box in self._boxes.items():
            box.setChecked(not chosen or name in chosen)
        self._summarise()

    def terms(self, year: int, amount: int) -> RunTerms:
        """What stands in the fields; raises PeriodError for a day that is none, DividendError without a class."""
        if self._boxes and not self._chosen_classes(all_too=True):
            raise DividendError(tr("没有选哪些股参加分红"), tr("请至少勾一类股份。"))
        how = Sharing(Method(self.method.currentData()), tuple(self._chosen_classes()))
        days = parse_day(self.record.text()), parse_day(self.day.text())
        return RunTerms(year, amount, *days, self.resolution.currentData() or "", how)

    # inside

    def _resolved(self) -> None:
        """Nothing is given away before it was decided: the usual day moves to that of the resolution."""
        decided = self._decided.get(self.resolution.currentData(), "")
        if decided > self.usual_day and self.day.text() == self.usual_day:
            self.usual_day = decided
            self.day.setText(decided)
        self.changed.emit()

    def _offer_classes(self, names: Sequence[str]) -> None:
        if list(self._boxes) == list(names):
            return
        for box in self._boxes.values():
            box.deleteLater()
        self._boxes = {name: QCheckBox(name) for name in names}
        for name, box in self._boxes.items():
            box.setAccessibleName(tr("{name}参加分红", name=name))
            box.setChecked(True)
            box.clicked.connect(lambda _checked=False: self.changed.emit())
            self._class_row.addWidget(box)

    def _chosen_classes(self, *, all_too: bool = False) -> list[str]:
        """Classes ticked; none named where all are."""
        ticked = [name for name, box in self._boxes.items() if box.isChecked()]
        return ticked if all_too or len(ticked) < len(self._boxes) else []

    @staticmethod
    def _choose(pick: PickList, value: object) -> None:
        place = pick.findData(value)
        pick.setCurrentIndex(max(place, 0))


def delayed(owner: QWidget, ms: int, slot: Callable[[], object]) -> QTimer:
    """A timer that asks once, so long after it was last started."""
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(ms)
    made.timeout.connect(slot)
    return made


def stood(reader: Reader, ledger: str, year: int) -> dict[str, str]:
    """The terms of the year's dividend that stands, as texts of the fields; none where there is none."""
    done = reader.dividend_of(ledger, year)
    if done is None:
        return {}
    return {
        "amount": format_fen(done.asked or done.amount),
        "record": done.record_date.isoformat(),
        "day": done.day.isoformat(),
        "resolution": done.resolution,
        "method": done.method,
    }


def usual_year(session: Session) -> int:
    """That of the month in view in December, or the first there is; else the year before it; in a package the last given."""
    month, first = session.month, session.ledger.start.year
    if session.package is not None:
        return max(years_given(session.reader, session.ledger_code), default=month.year)
    return month.year if month.month == DECEMBER else max(first, month.year - 1)


def usual_day(session: Session, year: int) -> str:
    """The year's last day while December is open, else the first day that takes vouchers."""
    december = Month(year, DECEMBER)
    takers = [m.month for m in session.all_months() if m.state.accepts_vouchers]
    if december in takers:
        return december.last.isoformat()
    return next((month for month in takers if month > december), december.next()).first.isoformat()
