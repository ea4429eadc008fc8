"""The terms of a dividend above its table: year, days, resolution, and the sum — pool ÷ shares = each share — as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
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
from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.share import format_shares
from village_ledger.i18n import tr
from village_ledger.services.closing.distribution import DECEMBER
from village_ledger.services.dividends.dividends import Sharing
from village_ledger.ui.dividends.dividend_figures import RunChoices, RunFigures, RunTerms, leftover
from village_ledger.ui.dividends.dividend_table import commas
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.elided import ElidedLabel
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.domain.dividend import Shared
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
            (_label(words, field), field)
            for words, field in (
                (tr("年度"), self.year),
                (tr("登记日"), self.record),
                (tr("分红日"), self.day),
                (tr("怎么分"), self.method),
                (tr("决议"), self.resolution),
                (tr("哪些股"), self._classes),
            )
        )
        self._folded = self._done = False
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

    def turn(self) -> None:
        """To the fields; where there is little room they unfold and fold again."""
        if self._keeps_line():
            self._fold(folded=not self._folded)
        if not self._folded:
            self.year.setFocus()

    def rest(self, *, done: bool) -> None:
        """The terms of a dividend that stands fold to their line."""
        if done != self._done:
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
            self.year.currentText(),
            tr("登记日 {day}", day=self.record.text()),
            tr("分红日 {day}", day=self.day.text()),
            number or tr("还没有选决议"),
        )
        self.summary.setText(" · ".join(parts))

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


class PoolStrip(QFrame):
    """这次分 ÷ 份额 = 每份: the pool is typed here and everything else follows."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self.amount = MoneyEdit()
        self.amount.setProperty("look", "figure")
        self.amount.setAccessibleName(tr("这次分"))
        self.amount.textChanged.connect(lambda _: self.changed.emit())
        self.amount.editingFinished.connect(self._tidy)
        self.shares, self.each = QLabel("—"), QLabel("—")
        self._names = _label(tr("这次分（元）"), self.amount), QLabel(tr("参加的份额")), QLabel(tr("每份"))
        self.rest = QLabel()
        self.rest.setWordWrap(True)
        self.rest.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (*self._names, self.rest):
            label.setProperty("look", "label")
        self._row = QHBoxLayout(self)
        figures: tuple[QWidget, ...] = (self.amount, self.shares, self.each)
        for place, (name, figure) in enumerate(zip(self._names, figures, strict=True)):
            if place:
                sign = QLabel("÷="[place - 1])
                sign.setProperty("look", "figure")
                self._row.addWidget(sign)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(name)
            column.addWidget(figure)
            self._row.addLayout(column, 2 if place == 0 else 0)
        self._row.addWidget(self.rest, 3)
        self.restyle()

    def restyle(self) -> None:
        """Figures of the size in force; the sentence about the leftover only where there is room for it."""
        px, tight = self._theme.px, self._theme.tokens.tight
        self._row.setContentsMargins(
            px.gap, px.unit if tight else px.cell, px.gap, px.unit if tight else px.cell
        )
        self._row.setSpacing(px.gap)
        self.amount.setMinimumWidth(1)
        self.rest.setVisible(not tight)
        for label in (self.shares, self.each):
            label.setProperty("look", "strong" if self._theme.tokens.narrow else "figure")
            label.style().unpolish(label)
            label.style().polish(label)

    def fen(self) -> int | None:
        """The pool; 0 while nothing is written, None while it cannot be read."""
        return self.amount.fen()

    def _tidy(self) -> None:
        """A finished amount stands with its commas."""
        if self.fen():
            self.set_text(format_fen(self.fen() or 0))

    def set_text(self, text: str) -> None:
        """Fill the pool without telling."""
        self.amount.blockSignals(True)
        self.amount.setText(text)
        self.amount.blockSignals(False)

    def fill(self, fen: int) -> None:
        """Everything there is to give."""
        self.amount.setText(plain_fen(fen))

    def show_figures(self, made: RunFigures | None) -> None:
        """What the pool comes to a share."""
        shared = made.made.shared if made is not None and made.made is not None else None
        if shared is None or not shared.weight:
            for label in (self.shares, self.each):
                label.setText("—")
            self.rest.setText("")
            return
        names = "、".join(one.name for one in made.made.classes) if made and made.made else ""
        self._names[1].setText(names or tr("参加的份额"))
        self.shares.setText(tr("{count} 份", count=commas(format_shares(shared.weight, shared.decimals))))
        exact = shared.asked * 10**shared.decimals * 100 % shared.weight == 0
        self._names[2].setText(tr("每份") if exact else tr("每份约"))
        self.each.setText(tr("{each} 元", each=shared.per_share if exact else f"{shared.per_share}…"))
        self.rest.setText(_rest_words(shared))
        self.setAccessibleName(
            tr(
                "{count}，{each}。{rest}",
                count=self.shares.text(),
                each=self.each.text(),
                rest=self.rest.text(),
            )
        )


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
    """That of the month in view in December, or the first there is; else the year before it."""
    month, first = session.month, session.ledger.start.year
    return month.year if month.month == DECEMBER else max(first, month.year - 1)


def usual_day(session: Session, year: int) -> str:
    """The year's last day while December is open, else the first day that takes vouchers."""
    december = Month(year, DECEMBER)
    takers = [m.month for m in session.all_months() if m.state.accepts_vouchers]
    if december in takers:
        return december.last.isoformat()
    return next((month for month in takers if month > december), december.next()).first.isoformat()


def _rest_words(shared: Shared) -> str:
    """What became of what does not divide."""
    if shared.over:
        return tr("除不尽的 {fen} 元没有分出去，留在未分配收益", fen=format_fen(shared.over))
    spread = leftover(shared)
    return tr("除不尽的 {fen} 分，按尾数大小一分一分补", fen=spread) if spread else tr("正好除尽")


def _label(words: str, field: QWidget) -> QLabel:
    label = QLabel(words)
    label.setProperty("look", "label")
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(words)
    return label
