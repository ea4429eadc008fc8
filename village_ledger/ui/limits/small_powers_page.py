"""小微权力清单: who may decide what, on what basis, by which steps; printed for the wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.errors import LedgerError, LimitError
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.limits.small_powers import PowerList, adopt_powers, power_list, text_of
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, day_of, line
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


class SmallPowersPage(PlanningPage):
    """A row per power; the words under the table say all of the one under the cursor."""

    scope: ClassVar[str] = "small_powers"
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
        """A village's own list from a day on."""
        self._list: PowerList | None = None
        self.day, self.reason = line(tr("从哪天起")), line(tr("依据"))
        section = Section(self.theme, tr("换成本村的清单"))
        add_rows(
            section,
            [
                (tr("从哪天起"), self.day, tr("先“存成文件”，改好，再“从文件采用”")),
                (tr("依据"), self.reason, tr("哪个文件、哪次会议定的")),
            ],
        )
        self.body.addWidget(section)
        self.table.current_moved.connect(self._say_all)

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Save, adopt, print."""
        return {
            "save_file": (tr("存成文件…"), self._choose_target),
            "take_in": (tr("从文件采用…"), self._choose),
            "print_this": (tr("打印上墙"), self._print),
        }

    def read(self, reader: Reader) -> object:
        """The newest list."""
        return power_list(reader, date.max)

    def show_read(self, found: Any) -> None:
        """Rows."""
        self._list = found
        self.show_rows(
            [(one.group, one.name, one.who, one.days, " → ".join(one.steps)) for one in found.powers]
        )
        self._say_all(max(self.table.row, 0))

    def _choose_target(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("存成文件"), tr("小微权力清单.toml"), "*.toml")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """The list in force as a file to edit."""
        self.operations.read(
            tr("小微权力清单"),
            lambda reader: text_of(reader, date.max),
            then=lambda text: self._saved(path, text),
            key="powers file",
        )

    def _saved(self, path: Path, text: str) -> None:
        try:
            path.write_text(text, encoding="utf-8")
        except OSError:
            self.refuse(LimitError(f"文件 {path.name} 写不下去", "请换一个地方存。"))
            return
        self.say(tr("存好了：{name}。改好再“从文件采用”。", name=path.name))

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("从文件采用"), "", "*.toml")
        if path:
            self.take_in_file(Path(path))

    def take_in_file(self, path: Path) -> None:
        """A chosen file, in force from the day written."""
        try:
            text, since = path.read_text(encoding="utf-8"), day_of(self.day)
        except (OSError, UnicodeDecodeError):
            self.refuse(LimitError(f"文件 {path.name} 读不出来", "请选“存成文件”存的那种。"))
            return
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        reason = self.reason.text()
        self.act(
            tr("采用小微权力清单"),
            lambda uow, _progress: adopt_powers(uow, text, since, reason),
            lambda outcome: self.say(tr("从 {day} 起用第 {n} 版。", day=since, n=outcome.value.version)),
        )

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
