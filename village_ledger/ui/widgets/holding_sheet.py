"""The sum of a household's shares, its certificate, and how far it is from the cap."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.people.member_figures import HouseholdFigures, shares_text
from village_ledger.ui.widgets.state_mark import Check, CheckMark


class HoldingSheet(QFrame):
    """全户份额 large, beside it two lines of facts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._label, self.total = QLabel(tr("全户份额")), QLabel()
        self._label.setProperty("look", "label")
        self.total.setProperty("look", "figure_big")
        self.certificate, self.share = QLabel(), QLabel()
        self.certificate.setWordWrap(True)
        self.share.setWordWrap(True)
        self._marks = CheckMark(theme, Check.WAITING), CheckMark(theme, Check.WAITING)
        figure = QVBoxLayout()
        figure.setSpacing(0)
        figure.addWidget(self._label)
        figure.addWidget(self.total)
        facts = QGridLayout()
        facts.setColumnStretch(1, 1)
        for row, words in enumerate((self.certificate, self.share)):
            facts.addWidget(self._marks[row], row, 0)
            facts.addWidget(words, row, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(22)
        row.addLayout(figure)
        row.addLayout(facts, 1)

    def show_figures(self, made: HouseholdFigures | None) -> None:
        """Another household or day."""
        of_class = made.of_class if made is not None else None
        if made is None or of_class is None:
            self.total.setText("—")
            self._say(0, Check.WAITING, tr("这本账没有份额：份额在集体经济组织账里，按 F12 换过去看。"))
            self._say(1, Check.WAITING, "")
            return
        several = len(made.classes) > 1
        self._label.setText(tr("全户{name}", name=of_class.name) if several else tr("全户份额"))
        self.total.setText(shares_text(of_class, made.total))
        if made.certificates:
            numbers = "、".join(one.number for one in made.certificates)
            self._say(0, Check.GOOD, tr("股权证 {numbers} · 有效", numbers=numbers))
        elif made.total:
            self._say(0, Check.WARN, tr("还没有发股权证"))
        else:
            self._say(0, Check.WAITING, tr("没有份额，不发股权证"))
        self._say(1, *_against_cap(made))

    def _say(self, row: int, check: Check, words: str) -> None:
        self._marks[row].set_check(check)
        self._marks[row].setVisible(bool(words))
        (self.certificate, self.share)[row].setText(words)


def _against_cap(made: HouseholdFigures) -> tuple[Check, str]:
    """Part of the whole class, and the holder nearest to the cap of one holder."""
    if made.of_class is None or not made.class_total:
        return Check.WAITING, tr("这一类还没有份额")
    said = tr(
        "占{name} {part}",
        name=made.of_class.name,
        part=_percent(Decimal(made.total) / Decimal(made.class_total)),
    )
    try:
        cap = Decimal(made.cap) / 100
    except InvalidOperation:
        return Check.GOOD, said
    most = max((line.shares.get(made.of_class.id, 0) for line in made.people), default=0)
    within = Decimal(most) <= cap * made.class_total
    words = tr("每人上限 {cap} 以内") if within else tr("有人超过每人上限 {cap}")
    return Check.GOOD if within else Check.WARN, f"{said} · {words.format(cap=_percent(cap))}"


def _percent(part: Decimal) -> str:
    """``0.0179`` as 1.79%."""
    text = f"{part * 100:.2f}"
    return f"{text.rstrip('0').rstrip('.')}%"
