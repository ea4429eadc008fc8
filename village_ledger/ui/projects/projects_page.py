"""项目: every project with its figures; Enter goes into one, the form opens a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.project import ProjectStep
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.projects import projects
from village_ledger.services.projects.project_rules import kinds
from village_ledger.services.projects.project_status import ProjectStatus, statuses
from village_ledger.ui.planning.planning_page import PlanningPage, day_of, line
from village_ledger.ui.projects.project_fields import StepFields
from village_ledger.ui.projects.project_steps_form import body_of
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

FAULT = "▲"


class ProjectsPage(PlanningPage):
    """A row per project; money comes from vouchers by 项目."""

    scope: ClassVar[str] = "projects"
    nav: ClassVar[str] = "works"
    shows: ClassVar[Changes] = Changes(projects=True, vouchers=True, balances=True)
    name: ClassVar[str] = "项目"
    main_action: ClassVar[str] = "add"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("name", "项目", Look.TEXT, "通组公路硬化", stretch=1),
        ScreenColumn("kind", "类别", Look.TEXT, "一事一议"),
        ScreenColumn("stage", "进度", Look.TEXT, "招标（发包）"),
        ScreenColumn("budget", "预算", Look.MONEY, "999,999.99", hair=True),
        ScreenColumn("agreed", "合同和变更", Look.MONEY, "999,999.99"),
        ScreenColumn("paid", "已付", Look.MONEY, "999,999.99"),
        ScreenColumn("left", "专款还剩", Look.MONEY, "999,999.99"),
        ScreenColumn("faults", "要看的", Look.TEXT, "▲ 验收以前付给施工方超过约定", stretch=1),
    )
    empty_words: ClassVar[str] = "还没有立项的项目。"

    def build(self) -> None:
        """A new project."""
        self._found: list[ProjectStatus] = []
        self.project = line(tr("项目"))
        section = Section(self.theme, tr("新项目"))
        section.add_row(tr("项目"), self.project, tr("和凭证上的项目写得一样"))
        self.form = StepFields(self.theme)
        self.form.show_step(ProjectStep.CARD)
        self.body.addWidget(section)
        self.body.addWidget(self.form)
        self.table.opened.connect(self._open)

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Print, look, open a new one."""
        return {
            "print_this": (tr("打印登记簿"), self._print),
            "into": (tr("看这个项目"), lambda: self._open(self.table.row)),
            "add": (tr("立项"), self.add),
        }

    def read(self, reader: Reader) -> object:
        """Every project with its money."""
        return statuses(reader, self.session.ledger_code)

    def show_read(self, found: Any) -> None:
        """Rows."""
        self._found = found
        self.show_rows([_row(one) for one in self._found])

    def add(self) -> None:
        """F6."""
        name, ledger = self.project.text(), self.session.ledger_code
        try:
            body, day = body_of(ProjectStep.CARD, self.form.said()), day_of(self.form.day)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.act(
            tr("立项"),
            lambda uow, _progress: projects.write(uow, ledger, name, day, body),
            lambda outcome: self.navigator.open("project", project=outcome.value.name),
        )

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.navigator.open("project", project=self._found[row].project.name)

    def _print(self) -> None:
        self.navigator.open("preview", report="projects", paper="A4_LANDSCAPE")


def _row(one: ProjectStatus) -> tuple[str, ...]:
    faults = "；".join(one.faults())
    has_fund = bool(one.documents or one.fund.received)
    return (
        one.project.name,
        kinds()[one.project.card.kind],
        one.project.stage,
        format_fen(one.budget) if one.budget else "",
        format_fen(one.project.agreed) if one.project.agreed else "",
        format_fen(one.paid) if one.paid else "",
        format_fen(one.fund.left) if has_fund else "",
        f"{FAULT} {faults}" if faults else "",
    )
