"""The lock screen: who one is and the PIN, or the sealed recovery code; refusals stand in it, with the time a lock ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import Notice
from village_ledger.ui.page import scrolled
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village_ledger.ui.look.theme import Theme


class LockWords(NamedTuple):
    """What the screen says."""

    heading: str
    """Whose door it is."""
    title: str
    sentence: str
    leave: str
    """On the button that leads away."""
    villages: tuple[str, ...] = ()
    """Whose recovery codes open it, where that is to be chosen."""


def pin_field(name: str) -> QLineEdit:
    """A field whose signs are not shown."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    field.setAccessibleName(name)
    return field


class LockScreen(QWidget):
    """One sheet in the middle of the desk."""

    entered = Signal(str, str)
    """Name and PIN."""
    recovered = Signal(str, str, str)
    """Name, recovery code, new PIN."""
    left = Signal()
    """Away from this door."""

    def __init__(
        self,
        theme: Theme,
        words: LockWords,
        names: Sequence[str],
        *,
        may_turn_back: bool = False,
    ) -> None:
        """With ``may_turn_back`` somebody still sits at the desk and Esc leads back there."""
        super().__init__()
        self._theme = theme
        self.slip = Slip(theme)
        self.who = PickList()
        self.who.addItems(list(names))
        self.pin = pin_field(tr("密码"))
        self.code = QLineEdit()
        self.new_pin = pin_field(tr("新密码"))
        self.again = pin_field(tr("再打一遍"))
        self.enter = Button(theme, tr("进去"), Look.MAIN, "Enter")
        self.leave = Button(theme, words.leave, Look.PLAIN, "Esc" if may_turn_back else "")
        self.forgot = Button(theme, tr("忘了密码，用恢复码"), Look.LINK)
        self.of_village = PickList()
        self.of_village.addItems(list(words.villages))
        self._lay_out(words)
        self.enter.clicked.connect(self._go)
        self.leave.clicked.connect(lambda: self.left.emit())  # noqa: PLW0108  clicked hands over a flag
        self.forgot.clicked.connect(self._other_way)
        for field in (self.pin, self.code, self.new_pin, self.again):
            field.returnPressed.connect(self._go)
        self.who.currentTextChanged.connect(lambda _: self.pin.clear())

    def choose(self, name: str) -> None:
        """Stand on a name."""
        self.who.setCurrentIndex(max(self.who.findText(name), 0))

    def begin(self) -> None:
        """The cursor where one types first."""
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, notice: Notice) -> None:
        """A refusal; the PIN is typed anew."""
        self.slip.say(notice)
        self.enter.setEnabled(True)
        self.pin.clear()
        (self.code if self.recovering else self.pin).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def village(self) -> int:
        """Place of the village whose code is typed."""
        return max(self.of_village.currentIndex(), 0)

    @property
    def recovering(self) -> bool:
        """Whether the recovery code is asked for."""
        return not self._lost.isHidden()

    def back_out(self) -> bool:
        """Esc: fold the slip, then back to the PIN; False when there is nothing left to fold."""
        if self.slip.notice is not None:
            self.slip.fold()
        elif self.recovering:
            self._other_way()
        else:
            return False
        return True

    def _lay_out(self, words: LockWords) -> None:
        heading = QLabel(words.heading)
        heading.setProperty("look", "title")
        said = QLabel(words.sentence)
        said.setProperty("look", "label")
        said.setWordWrap(True)
        sheet = Section(self._theme, words.title)
        sheet.add_row(tr("姓名"), self.who)
        sheet.add_row(tr("密码"), self.pin)
        self._lost = lost = Section(self._theme, tr("用封存的恢复码重设密码"))
        if words.villages:
            lost.add_row(
                tr("哪个村的"),
                self.of_village,
                tr("您登记过的一个村；别的村的密码不变，以后在“代管人员”里对上。"),
            )
        lost.add_row(
            tr("恢复码"), self.code, tr("照封存的纸打，短横不用打，不分大小写。用过以后请换一张新的。")
        )
        lost.add_row(tr("新密码"), self.new_pin, tr("至少六个数字或字母，不要用 123456 这样的。"))
        lost.add_row(tr("再打一遍"), self.again)
        lost.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.forgot)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.enter)
        inner = QVBoxLayout()
        inner.setSpacing(self._theme.px.gap)
        inner.setContentsMargins(0, self._theme.px.page_edge, 0, self._theme.px.gap)
        for part in (heading, said, sheet, lost):
            inner.addWidget(part)
        inner.addLayout(foot)
        inner.addWidget(self.slip)
        inner.addStretch(1)
        content = QWidget()
        across = QHBoxLayout(content)
        across.addStretch(1)
        across.addLayout(inner, 6)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(content), 1)

    def _other_way(self) -> None:
        self.slip.fold()
        self._lost.setVisible(not self.recovering)
        self.pin.setEnabled(not self.recovering)
        self.forgot.setText(tr("还是输密码") if self.recovering else tr("忘了密码，用恢复码"))
        (self.code if self.recovering else self.pin).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        name = self.who.currentText()
        if not self.recovering:
            if self.pin.text():
                self.enter.setEnabled(False)
                self.entered.emit(name, self.pin.text())
            return
        if self.new_pin.text() != self.again.text():
            self.say(Notice(tr("两次打的新密码不一样"), tr("账没有变化。"), tr("请再打一遍。"), "L-151"))
            return
        self.enter.setEnabled(False)
        self.recovered.emit(name, self.code.text(), self.new_pin.text())
