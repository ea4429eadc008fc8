"""小微权力清单: who may decide what, on what basis, by which steps; printed for the wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.limits.small_powers import PowerList, power_list
from village_ledger.ui.planning.planning_page import PlanningPage
from village_ledger.ui.tables.table_model import Look, ScreenColumn

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


class SmallPowersPage(PlanningPage):
    """A row per power; the words under the table say all of the one under the cursor."""

    scope: ClassVar[str] = "limits"
    nav: ClassVar[str] = "works"
    shows: ClassVar[Changes] = Changes(limits=True)
    name: ClassVar[str] = "小微权力清单"
    main_action: ClassVar[str] = "print_this"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("group", "类", Look.TEXT, "土地宅基地"),
        ScreenColumn("name", "权力事项", Look.TEXT, "集体资产资源出租、发包"),
        ScreenColumn("who", "责任人", Look.TEXT, "理事长或村委会主任"),
        ScreenColumn("days", "时限", Look.TEXT, "方案公示不少于7天"),
        ScreenColumn("steps", "步骤", Look.TEXT, "提出方案 → 决策 → 公示", stretch=1),
    )

    def build(self) -> None:
        """Nothing to fill in."""
        self._list: PowerList | None = None
        self.table.current_moved.connect(self._say_all)

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Print."""
        return {"print_this": (tr("打印上墙"), self._print)}

    def read(self, reader: Reader) -> object:
        """The list as shipped."""
        del reader
        return power_list()

    def show_read(self, found: Any) -> None:
        """Rows."""
        self._list = found
        self.show_rows(
            [(one.group, one.name, one.who, one.days, " → ".join(one.steps)) for one in found.powers]
        )
        self._say_all(max(self.table.row, 0))

    def _say_all(self, row: int) -> None:
        if self._list is None or not 0 <= row < len(self._list.powers):
            return
        one = self._list.powers[row]
        steps, forms = " → ".join(one.steps), "、".join(one.forms)
        self.say(
            tr(
                "{name}：依据 {basis}。步骤：{steps}。用表：{forms}。",
                name=one.name,
                basis=one.basis,
                steps=steps,
                forms=forms,
            )
        )

    def _print(self) -> None:
        self.navigator.open("preview", report="small-powers", paper="A3_LANDSCAPE")
