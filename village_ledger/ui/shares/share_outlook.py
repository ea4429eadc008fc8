"""The third step of a share event: accounts before and after at the left, at the right whether it can be done, and the papers."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import HOUSEHOLDS
from village_ledger.domain.share_rules import RULES
from village_ledger.i18n import tr
from village_ledger.services.shares.share_case_list import who
from village_ledger.services.shares.share_checks import RESOLUTION, Examination
from village_ledger.services.shares.share_plan import Check as RuleCheck
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.shares.share_figures import Outlook
from village_ledger.ui.widgets.before_after import BeforeAfter
from village_ledger.ui.widgets.mark_rows import MarkRow, MarkRows
from village_ledger.ui.widgets.state_mark import Check


class OutlookView(QWidget):
    """Side by side, or under each other where there is little room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._stopped = False
        self.picture = BeforeAfter(theme)
        self.checks = MarkRows(theme, tr("能不能办"))
        self.needed = MarkRows(theme, tr("下一步要的材料"))
        right = QVBoxLayout()
        right.addWidget(self.checks)
        right.addWidget(self.needed)
        right.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.addWidget(self.picture, 54)
        self._sides.addLayout(right, 46)
        self._lay_out()
        theme.changed.connect(self._lay_out)

    def _lay_out(self) -> None:
        way = QBoxLayout.Direction.LeftToRight
        if self._theme.tokens.tight:
            # what is in the way is seen first, where not everything can be
            up, down = QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.TopToBottom
            way = up if self._stopped else down
        self._sides.setDirection(way)
        self._sides.setSpacing(self._theme.px.gap)

    def show_outlook(self, outlook: Outlook, papers: Collection[str]) -> None:
        """What would happen, with the papers that are there."""
        request, examined = outlook.request, outlook.examined
        self._stopped = bool(examined.obstacles)
        self._lay_out()
        self.picture.heading.setText(" ".join(filter(None, (request.kind.words, _how_much(outlook)))))
        self.picture.detail.setText(_detail(outlook))
        self.picture.show_accounts(outlook.accounts, outlook.sums, _words_of_picture(outlook))
        self.checks.show_rows(_check_rows(examined))
        self.needed.show_rows(
            [MarkRow(Check.GOOD if one in papers else Check.WAITING, one) for one in examined.papers]
        )


def _how_much(outlook: Outlook) -> str:
    found = outlook.examined.plan
    if outlook.request.kind in {EventKind.REVERSE, EventKind.CONVERT, *HOUSEHOLDS} or not found.quanta:
        return ""
    return tr("{count} 份", count=found.text(found.quanta))


def _detail(outlook: Outlook) -> str:
    """Between whom, and what it costs."""
    request, found = outlook.request, outlook.examined.plan
    parts = [who(request)]
    if request.price and found.share_class is not None:
        whole = request.price * found.quanta / 10**found.share_class.decimals
        parts.append(tr("每份 {price} 元", price=format_fen(request.price)))
        parts.append(tr("共 {whole} 元", whole=format_fen(round(whole))))
    return " · ".join(filter(None, parts))


def _words_of_picture(outlook: Outlook) -> str:
    """What stands where no bars can be drawn."""
    if outlook.examined.obstacles:
        return tr("标着“!”的改好以后，这里画出办之前、办之后。")
    if outlook.request.kind in HOUSEHOLDS:
        return tr("份额跟着人走：分户不增、并户不减。")
    return "" if outlook.accounts else tr("没有账户变化。")


def _check_rows(examined: Examination) -> list[MarkRow]:
    """Every check once with its rule: what is in the way first, a resolution still to come last."""
    rows: dict[MarkRow, None] = {}
    for one in sorted(examined.checks, key=_weight):
        rule = tr("规则 {rule}", rule=one.rule) if one.rule.startswith("I") else one.rule
        if one.ok and one.warns:
            made = MarkRow(Check.WARN, one.detail, rule)
        elif one.ok:
            made = MarkRow(Check.GOOD, one.text, " · ".join(filter(None, (one.detail, rule))))
        elif one.rule == RESOLUTION:
            under = tr("{words}；批准的时候要有。", words=RULES[RESOLUTION])
            made = MarkRow(Check.WAITING, one.detail or one.text, rule, under)
        else:
            words = f"{RULES[one.rule]}。" if one.rule in RULES else ""
            made = MarkRow(Check.FAIL, one.detail or one.text, rule, f"{words}{one.next_step}")
        rows[made] = None
    return list(rows)


def _weight(one: RuleCheck) -> int:
    if one.ok:
        return 1
    return 2 if one.rule == RESOLUTION else 0
