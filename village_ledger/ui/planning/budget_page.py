"""年度财务计划: planned, used, left, with a bar for each line; taken in from a file, every version kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.duty import Duty
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.planning import budgets
from village_ledger.ui.planning.planning_page import PlanningPage, line
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

BAR_CELLS = 10
FULL, EMPTY, OVER = "■", "□", "▲"


class BudgetPage(PlanningPage):
    """The newest version of the year in view."""

    name: ClassVar[str] = "年度财务计划"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("account", "科目", Look.TEXT, "51304 管理费用—水电通讯费", stretch=2),
        ScreenColumn("project", "项目", Look.TEXT, "村道硬化", stretch=1),
        ScreenColumn("plan", "计划", Look.MONEY, "999,999.99", hair=True),
        ScreenColumn("used", "已用（已收）", Look.MONEY, "999,999.99"),
        ScreenColumn("left", "还剩", Look.MONEY, "999,999.99"),
        ScreenColumn("bar", "用了多少", Look.TEXT, f"{FULL * BAR_CELLS} 100% {OVER}"),
    )
    empty_words: ClassVar[str] = "这一年还没有计划。用表格（科目编码、项目、金额、备注）导入一份。"

    def build(self) -> None:
        """The resolution that passed the next version."""
        self.resolution = line(tr("决议文号"))
        section = Section(self.theme, tr("导入计划，或调整后的计划"))
        section.add_row(
            tr("决议文号"),
            self.resolution,
            tr("先写通过它的决议，再选文件。每导入一次存一版，旧的都留着。"),
        )
        self.body.addWidget(section)
        self.table.opened.connect(self._open)

    def acts(self) -> dict[str, Any]:
        """Print, take in."""
        return {
            "print": (tr("打印…"), self._print),
            "fill_in": (tr("导入计划…"), self.take_in),
        }

    def duty_of(self, action_id: str) -> Duty | None:
        """Taking a plan in is whoever's who sets the plan."""
        return Duty.BUDGET if action_id == "fill_in" else super().duty_of(action_id)

    def read(self, reader: Reader) -> object:
        """Versions and lines of the year in view."""
        ledger, year = self.session.ledger_code, self.session.month.year
        return reader.budget_versions(ledger, year), budgets.uses(reader, ledger, year)

    def show_read(self, found: Any) -> None:
        """Rows with bars."""
        versions, uses = found
        self._accounts = [use.line.account for use in uses]
        self.show_rows(
            [
                (
                    f"{use.line.account} {use.path}",
                    use.line.project,
                    format_fen(use.line.amount),
                    format_fen(use.used),
                    format_fen(use.left),
                    bar(use.share, over=use.left < 0 and not use.is_income),
                )
                for use in uses
            ]
        )
        if versions:
            newest = versions[-1]
            self.say(
                tr(
                    "第 {version} 版 · {resolution} · {made} {by}",
                    version=newest.version,
                    resolution=newest.resolution or tr("没有写决议文号"),
                    made=newest.made_at[:10],
                    by=newest.made_by,
                )
            )

    def take_in(self) -> None:
        """F6: choose a file."""
        path, _ = QFileDialog.getOpenFileName(self, tr("财务计划"), "", tr("表格 (*.xlsx *.csv)"))
        if path:
            self.take_in_file(Path(path))

    def take_in_file(self, path: Path) -> None:
        """A chosen file."""
        from village_ledger.exchange.import_budget import import_budget

        ledger, year, resolution = self.session.ledger_code, self.session.month.year, self.resolution.text()
        self.act(
            tr("导入财务计划"),
            lambda uow, _progress: import_budget(uow, ledger, path, year, resolution),
            lambda outcome: self.say(tr("导入了 {count} 行。", count=outcome.value)),
        )

    def _print(self) -> None:
        from village_ledger.domain.period import Span

        self.navigator.open("preview", report="budget", span=Span.of_year(self.session.month.year))

    def _open(self, row: int) -> None:
        self.navigator.open("ledger", account=self._accounts[row])


def bar(share: int, *, over: bool) -> str:
    """Ten boxes, the full ones used; a mark and the per cent say the rest."""
    full = max(0, min(BAR_CELLS, (share + 5) // 10))
    return f"{FULL * full}{EMPTY * (BAR_CELLS - full)} {share}%{f' {OVER}' if over else ''}"
