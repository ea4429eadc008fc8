"""The form of the next step of a decision: only the fields that step has; every keystroke is told."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.decision import Entry, Progress, Step
from village_ledger.domain.errors import DecisionError, LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import parse_day
from village_ledger.domain.voting import Vote
from village_ledger.i18n import tr
from village_ledger.services.decisions.step_preview import Typed
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.form import Section

COUNTS = (
    ("eligible", "应到"),
    ("present", "实到"),
    ("in_favour", "赞成"),
    ("against", "反对"),
    ("abstained", "弃权"),
)


class StepForm(QWidget):
    """Fields of one step; ``typed`` is what stands in them now, ``entry`` the step as it would be kept."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.step: Step | None = None
        self.fields: dict[str, QLineEdit] = {}
        self._section: Section | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_step(self, progress: Progress, step: Step | None, today: date) -> None:
        """The fields of this step, empty but for the day; the same step again keeps what is typed."""
        if step is self.step and self._section is not None:
            return
        self.step = step
        if self._section is not None:
            self._column.removeWidget(self._section)
            self._section.hide()
            self._section.deleteLater()
        self.fields = {}
        self._section = made = Section(self._theme, self._heading(step))
        self._column.addWidget(made)
        if step is None:
            return
        first, _ = progress.not_before(step)
        day = max(today, first) if first else today
        self._add("day", tr("哪一天"), tr("写成 2025-05-25 这样。"), day.isoformat())
        if step is Step.RESOLVED and progress.body is not None:
            self._add("notice_from", tr("会议通知"), tr("从哪天起通知开会；没有规定的可以空着。"))
        if progress.vote_rule(step, day)[0] is not None:
            made.add_row(tr("到会和票数"), self._counts())
        if step is Step.RESOLVED:
            self._add("resolution", tr("决议文号"), tr("空着就用决策文号；登记过的决议写它的文号。"))
        if step.rule.notice_days:
            hint = tr("空着就是 {days} 日；这一天起不再公示。", days=step.rule.notice_days)
            self._add("until", tr("公示到"), hint)
        self._add("place", tr("地点"))
        self._add("note", tr("说明"), tr("会议记录、照片用下面的附件存。"))

    def typed(self) -> Typed:
        """What can be read of the fields."""
        return Typed(
            self._day("day"),
            *(self._number(key) for key, _ in COUNTS),
            notice_from=self._day("notice_from"),
            until=self._day("until"),
        )

    def entry(self, step: Step) -> Entry:
        """The step as it would be kept; raises DecisionError for what cannot be read."""
        days = {key: self._read_day(key) for key in ("day", "notice_from", "until")}
        day = days["day"]
        if day is None:
            raise DecisionError(tr("没有写日期"), tr("请写上是哪一天。"))
        return Entry(
            step,
            day,
            self._vote(),
            days["notice_from"],
            days["until"],
            self._text("place"),
            self._text("note"),
            self._text("resolution"),
        )

    def forget(self) -> None:
        """The next step shown begins empty, even if it is the same."""
        self.step = None
        self._section_forgotten()

    def focus_first(self) -> None:
        """Into the first field that wants something."""
        for key in ("eligible", "notice_from", "day"):
            if key in self.fields and not self.fields[key].text():
                self.fields[key].setFocus()
                return
        if "day" in self.fields:
            self.fields["day"].setFocus()

    # inside

    def _section_forgotten(self) -> None:
        if self._section is not None:
            self._column.removeWidget(self._section)
            self._section.hide()
            self._section.deleteLater()
            self._section = None

    @staticmethod
    def _heading(step: Step | None) -> str:
        return tr("下一步：{step}", step=step.words) if step is not None else tr("卷宗已经办完")

    def _add(self, key: str, label: str, hint: str = "", text: str = "") -> None:
        field = self._field(key)
        field.setText(text)
        if self._section is not None:
            self._section.add_row(label, field, hint)

    def _field(self, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(120)
        field.textEdited.connect(lambda _text: self.edited.emit())
        self.fields[key] = field
        return field

    def _counts(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px.cell)
        for key, words in COUNTS:
            field = self._field(key)
            field.setAccessibleName(tr("{what}人数", what=tr(words)))
            field.setPlaceholderText(tr(words))
            field.setMinimumWidth(1)
            line.addWidget(field)
        row.setFocusProxy(self.fields["eligible"])
        return row

    def _text(self, key: str) -> str:
        return self.fields[key].text().strip() if key in self.fields else ""

    def _read_day(self, key: str) -> date | None:
        text = self._text(key)
        return parse_day(text) if text else None

    def _day(self, key: str) -> date | None:
        try:
            return self._read_day(key)
        except LedgerError:
            return None

    def _number(self, key: str) -> int | None:
        text = half_width(self._text(key))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None

    def _vote(self) -> Vote | None:
        if "eligible" not in self.fields or not any(self._text(key) for key, _ in COUNTS):
            return None
        counts: list[int] = []
        for key, words in COUNTS:
            number = self._number(key)
            if number is None and (self._text(key) or key in {"eligible", "present", "in_favour"}):
                raise DecisionError(
                    tr("{what}“{text}”不是人数", what=tr(words), text=self._text(key)), tr("请填整数。")
                )
            counts.append(number or 0)
        return Vote(*counts)
