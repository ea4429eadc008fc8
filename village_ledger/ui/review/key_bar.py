"""Under the black bar: the fingerprint of a village seen for the first time, to be compared; another key is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.village_key import Key, Standing
from village_ledger.exchange.review.known_villages import accept, standing
from village_ledger.i18n import tr
from village_ledger.settings import config_file
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.exchange.review.package_reading import Package
    from village_ledger.ui.look.theme import Theme


class KeyBar(QWidget):
    """Hidden once the fingerprint is the known one; it stays for as long as it is not."""

    def __init__(
        self, theme: Theme, package: Package, follow: Callable[[Standing], object], parent: QWidget
    ) -> None:
        """``follow`` hears how the key stands."""
        super().__init__(parent)
        self._theme, self._package, self._follow = theme, package, follow
        self._differing = False
        """Whether the person said that the village named another fingerprint."""
        self.setObjectName("keyBar")
        self._mark = CheckMark(theme, Check.WARN)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.said = QLineEdit()
        self.said.setAccessibleName(tr("村里念的指纹"))
        self.said.setPlaceholderText(tr("村里念的指纹"))
        self.said.returnPressed.connect(self.remember)
        self.same = Button(theme, tr("一样，记住"), Look.PLAIN)
        self.other = Button(theme, tr("不一样"), Look.PLAIN)
        self.same.clicked.connect(self.remember)
        self.other.clicked.connect(self._differs)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px.gap, theme.px.unit, theme.px.gap, theme.px.unit)
        row.setSpacing(theme.px.cell)
        row.addWidget(self._mark)
        row.addWidget(self.sentence, 1)
        for part in (self.said, self.same, self.other):
            row.addWidget(part)
        theme.changed.connect(self.look_again)
        self.look_again()

    def _differs(self) -> None:
        self._differing = True
        self.look_again()

    def look_again(self) -> None:
        """How the key stands now."""
        if self._differing:
            self._refuse(
                tr("村里念的指纹和包上的不一样：这个包不能信，不能凭它通过凭证、接受月份。请村里重新送。")
            )
            return
        package, village = self._package, escape(self._package.manifest.village)
        try:
            found = standing(config_file().parent, package)
        except LedgerError as refusal:
            self._refuse(str(refusal))
            return
        self.said.setVisible(found.key is Key.CHANGED)
        self.same.setText(tr("村里说真换了，记住") if found.key is Key.CHANGED else tr("一样，记住"))
        self.other.setVisible(found.key is Key.FIRST)
        self._mark.set_check(Check.WARN if found.key is Key.FIRST else Check.FAIL)
        if found.key is Key.FIRST:
            why = tr("没有核对，只能写意见，不能通过凭证、接受月份。")
            self.sentence.setText(
                tr(
                    "第一次收{village}的送审包，请打电话和村里核对签名指纹：<b>{print}</b>。{why}",
                    village=village,
                    print=package.fingerprint,
                    why="" if self._theme.tokens.narrow else why,
                )
            )
        elif found.key is Key.CHANGED:
            self.sentence.setText(
                tr(
                    "<b>签名密钥换过。</b>{village}核对过的指纹是 {known}，这一包是 {print}。"
                    "不能凭它通过凭证、接受月份。请打电话问村里；真换了，把村里念的指纹写在右边。",
                    village=village,
                    known=escape(found.known),
                    print=package.fingerprint,
                )
            )
        self._show(found)

    def _show(self, found: Standing) -> None:
        self.setAccessibleName(self.sentence.text())
        unsigned = found.key is Key.FIRST and not self._package.signature_holds
        self.setVisible(found.key is not Key.SAME and not unsigned)
        self._follow(found)

    def remember(self) -> None:
        """The fingerprint was compared; another key than before needs the village's own words."""
        now = datetime.now().isoformat(timespec="seconds")  # noqa: DTZ005  the wall clock of the township
        self._differing = False
        try:
            accept(config_file().parent, self._package, now, self.said.text().strip())
        except LedgerError as refusal:
            self._refuse(str(refusal))
            return
        self.look_again()

    def _refuse(self, sentence: str) -> None:
        self._mark.set_check(Check.FAIL)
        self.sentence.setText(escape(sentence))
        self.setAccessibleName(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ochre tint over a line."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("ochre_tint"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("ochre"))
        painter.end()
