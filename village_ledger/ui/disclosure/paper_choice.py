"""How sheets lie on paper: which size, which repeated lines stand together, and how much paper every size would take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from village_ledger.i18n import tr
from village_ledger.reports.pens.wall_groups import Grouping
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_sizes import PRINTED
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.reports.pens.wall_sheet import WallPlan
    from village_ledger.reports.table import Table
    from village_ledger.ui.operations import Operations

GROUPINGS = (
    (Grouping.RULE.value, "同样的行：按规定"),
    (Grouping.ALL.value, "同样的行：都并，逐笔列出"),
    (Grouping.NONE.value, "同样的行：不并"),
)


class PaperChoice(QObject):
    """Two lists for the strip above the paper; sizes say their pages and square metres as soon as they are counted."""

    chosen = Signal()
    """Another size, or other grouping, was chosen by a person."""
    counted = Signal()
    """How much paper another size takes is known."""

    def __init__(self, operations: Operations, size: str, grouping: str) -> None:
        super().__init__()
        self._operations = operations
        self._round = 0
        self.plans: dict[WallSize, WallPlan] = {}
        self.sizes = PickList(tr("纸和字号"))
        self.sizes.setMinimumContentsLength(_CHARACTERS)
        for one in PRINTED:
            self.sizes.addItem(one.words, one.name)
        self.groupings = PickList(tr("同样的行"))
        for value, words in GROUPINGS:
            self.groupings.addItem(tr(words), value)
        self.use(size, grouping)
        for box in (self.sizes, self.groupings):
            box.currentIndexChanged.connect(self.chosen)

    @property
    def size(self) -> WallSize:
        """The size chosen."""
        return WallSize[str(self.sizes.currentData())]

    @property
    def grouping(self) -> Grouping:
        """Which repeated lines stand together."""
        return Grouping(str(self.groupings.currentData()))

    def use(self, size: str, grouping: str) -> None:
        """Choose without telling; what is not known is the usual."""
        for box, value in ((self.sizes, size), (self.groupings, grouping)):
            blocked = box.blockSignals(True)
            box.setCurrentIndex(max(box.findData(value), 0))
            box.blockSignals(blocked)

    # how much paper

    def count(self, tables: Sequence[Table]) -> None:
        """Count every size, the chosen one first, one job each: what a person asks for meanwhile comes between."""
        self._round += 1
        self.plans.clear()
        self._show()
        first = self.size
        self._next(self._round, tables, self.grouping, [first, *(one for one in PRINTED if one is not first)])

    def _next(
        self, number: int, tables: Sequence[Table], grouping: Grouping, sizes: Sequence[WallSize]
    ) -> None:
        if not sizes or number != self._round:
            return
        size, *rest = sizes

        def counted(plans: list[WallPlan]) -> None:
            if number != self._round:
                return
            self.plans[size] = plans[0]
            self._show()
            self.counted.emit()
            self._next(number, tables, grouping, rest)

        from village_ledger.reports.pens.wall_sheet import plan_wall

        self._operations.task(
            tr("算要多少纸"), lambda progress: plan_wall(tables, [size], grouping, progress), counted
        )

    def stop(self) -> None:
        """Count no further: the page is left."""
        self._round += 1

    def _show(self) -> None:
        for index, size in enumerate(PRINTED):
            plan = self.plans.get(size)
            words = f"{size.words}：{plan.pages} 页 {plan.square_metres} ㎡" if plan else size.words
            self.sizes.setItemText(index, words)


_CHARACTERS = 21
"""上墙 A3 · 16 磅：26 页 3.2 ㎡."""
