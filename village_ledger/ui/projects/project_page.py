"""一个项目: its money in a strip, its steps and payments as a table, the next step as a form, its papers below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLabel

from village_ledger.domain.attachment import Owner
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.project import ProjectStep
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.projects import projects
from village_ledger.services.projects.project_status import ProjectStatus, status_of
from village_ledger.services.projects.project_words import entry_words
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.planning.planning_page import PlanningPage, chooser, day_of, offer
from village_ledger.ui.projects.project_fields import StepFields
from village_ledger.ui.projects.project_steps_form import body_of
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

AFTER: Mapping[str, ProjectStep] = {
    ProjectStep.CARD.words: ProjectStep.BUDGET,
    ProjectStep.BUDGET.words: ProjectStep.TENDER,
    ProjectStep.TENDER.words: ProjectStep.CONTRACT,
    ProjectStep.CONTRACT.words: ProjectStep.ACCEPTANCE,
    ProjectStep.ACCEPTANCE.words: ProjectStep.FINAL,
}


class ProjectPage(PlanningPage):
    """Steps and vouchers by day; Enter on a payment shows its voucher."""

    scope: ClassVar[str] = "project"
    nav: ClassVar[str] = "works"
    shows: ClassVar[Changes] = Changes(projects=True, vouchers=True, balances=True)
    name: ClassVar[str] = "项目"
    main_action: ClassVar[str] = "write"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("day", "日期", Look.TEXT, "2025-03-28"),
        ScreenColumn("what", "事项", Look.TEXT, "招标（发包）"),
        ScreenColumn("said", "内容", Look.TEXT, "青山建筑队，3 家报价", stretch=1),
        ScreenColumn("amount", "金额", Look.MONEY, "999,999.99", hair=True),
    )

    def build(self) -> None:
        """The strip of money above, the next step below."""
        self._project = ""
        self._vouchers: list[int] = []
        self.money = QLabel()
        self.money.setWordWrap(True)
        self.money.setAccessibleName(tr("项目的钱"))
        self.body.insertWidget(0, self.money)
        self.step = chooser(tr("写哪一步"))
        section = Section(self.theme, tr("下一步"))
        section.add_row(tr("写哪一步"), self.step)
        self.form = StepFields(self.theme)
        offer(self.step, [(step.value, step.words) for step in ProjectStep])
        self.step.activated.connect(lambda _index: self._show_step())
        self.papers = AttachmentStrip(self.session, self.operations, self.slip)
        for part in (section, self.form, self.papers):
            self.body.addWidget(part)
        self._show_step()
        self.table.opened.connect(self._open)

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Print the account, write the step."""
        return {
            "print_this": (tr("打印资金表"), self._print),
            "write": (tr("写这一步"), self.write),
        }

    def go(self, **where: Any) -> None:
        """``project``."""
        self._project = str(where.get("project", self._project))
        super().go(**where)

    def where(self) -> dict[str, Any]:
        """The project, and the row one stands on."""
        return {"project": self._project, **super().where()}

    def read(self, reader: Reader) -> object:
        """The project with its money."""
        return status_of(reader, reader.project_file(self.session.ledger_code, self._project))

    def show_read(self, found: Any) -> None:
        """Strip, table, the step that usually comes next."""
        status: ProjectStatus = found
        self.head.set_title(status.project.name, tr("进度：{stage}", stage=status.project.stage))
        self.money.setText(money_words(status))
        self._show_table(status)
        wanted = AFTER.get(status.project.stage)
        if wanted is not None and not any(text for text in self._typed()):
            self.step.setCurrentIndex(self.step.findData(wanted.value))
            self._show_step()
        self.papers.show_owner(Owner("project", status.project.ledger, status.project.name))
        self.say(" ".join(f"▲ {fault}。" for fault in status.faults()))

    def _typed(self) -> list[str]:
        return [
            key for key, text in self.form.said().items() if text and key not in {"kind", "way", "passed"}
        ]

    def _show_table(self, status: ProjectStatus) -> None:
        entries = [
            (entry.day.isoformat(), entry.step.words, *entry_words(entry.body), 0)
            for entry in status.project.entries
        ]
        paid = [
            (
                one.day.isoformat(),
                tr("付款"),
                "，".join(filter(None, (str(one.ref), one.summary, "、".join(sorted(one.payees))))),
                format_fen(one.amount),
                one.voucher_id,
            )
            for one in status.payments
        ]
        rows = sorted([*entries, *paid], key=lambda row: row[0])
        self._vouchers = [row[4] for row in rows]
        self.show_rows([row[:4] for row in rows])

    def _show_step(self) -> None:
        self.form.show_step(ProjectStep(str(self.step.currentData())))

    def write(self) -> None:
        """F6."""
        step, ledger, name = (
            ProjectStep(str(self.step.currentData())),
            self.session.ledger_code,
            self._project,
        )
        try:
            body, day = body_of(step, self.form.said()), day_of(self.form.day)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.act(
            tr("写项目"),
            lambda uow, _progress: projects.write(uow, ledger, name, day, body),
            lambda _outcome: self._written(step),
        )

    def _written(self, step: ProjectStep) -> None:
        self._show_step()
        self.reload()
        self.say(tr("{step}写好了。", step=step.words))

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._vouchers) and self._vouchers[row]:
            self.navigator.open("voucher", voucher_id=self._vouchers[row])

    def _print(self) -> None:
        from village_ledger.reports.catalogue import ReportRequest, make

        request = ReportRequest(self.session.ledger_code, item=self._project)
        self.operations.read(
            tr("项目资金表"),
            lambda reader: make(reader, "project-account", request),
            then=lambda table: self.navigator.open("preview", tables=(table,), paper="A4_PORTRAIT"),
            refused=self.refuse,
            key="project account",
        )


def money_words(status: ProjectStatus) -> str:
    """预算、合同、已付、未付, 专款: the strip's words, rich text."""
    figures = [
        (tr("预算"), status.budget),
        (tr("合同和变更"), status.project.agreed),
        (tr("已付"), status.paid),
        (tr("其中施工方"), status.paid_builder),
        (tr("应付未付"), status.owed),
    ]
    if status.documents or status.fund.received:
        figures += [
            (tr("专款已收"), status.fund.received),
            (tr("已用"), status.fund.spent),
            (tr("还剩"), status.fund.left),
        ]
    if status.building:
        figures.append((tr("在建工程"), status.building))
    return "&nbsp;&nbsp; ".join(f"{label} <b>{format_fen(amount)}</b>" for label, amount in figures)
