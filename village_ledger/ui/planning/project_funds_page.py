"""项目专款: the documents that gave projects their money, what came in, what was spent, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.planning import project_funds
from village_ledger.storage.templates.queries import GrantDocument
from village_ledger.ui.planning.planning_page import PlanningPage, chooser, fen_of, line, offer
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

OVER = "▲ 超支"


class ProjectFundsPage(PlanningPage):
    """A row per project; the form registers a document."""

    name: ClassVar[str] = "项目专款"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("project", "项目", Look.TEXT, "村道硬化", stretch=1),
        ScreenColumn("documents", "拨款文件", Look.TEXT, "财农〔2025〕8号", stretch=2),
        ScreenColumn("granted", "文件金额", Look.MONEY, "999,999.99", hair=True),
        ScreenColumn("received", "已收", Look.MONEY, "999,999.99"),
        ScreenColumn("spent", "已用", Look.MONEY, "999,999.99"),
        ScreenColumn("left", "还剩", Look.MONEY, "999,999.99"),
        ScreenColumn("state", "", Look.TEXT, OVER),
    )
    empty_words: ClassVar[str] = "还没有登记拨款文件。登记以后，花的比收的多时会提醒。"

    def build(self) -> None:
        """The document."""
        self.project, self.number, self.purpose = line(tr("项目")), line(tr("文号")), line(tr("用途"))
        self.account, self.amount, self.day = chooser(tr("专款科目")), MoneyEdit(), line(tr("文件日期"))
        section = Section(self.theme, tr("登记一份拨款文件"))
        for label, field, hint in (
            (tr("项目"), self.project, tr("和凭证上的项目写得一样")),
            (tr("文号"), self.number, tr("没有文号的写决议的名称和日期")),
            (tr("用途"), self.purpose, ""),
            (tr("专款科目"), self.account, ""),
            (tr("金额"), self.amount, ""),
            (tr("文件日期"), self.day, tr("可以不写")),
        ):
            section.add_row(label, field, hint)
        self.body.addWidget(section)

    def acts(self) -> dict[str, Any]:
        """Register."""
        return {"fill_in": (tr("登记"), self.register)}

    def read(self, reader: Reader) -> object:
        """Projects and the accounts a document may name."""
        ledger = self.session.ledger_code
        chart = reader.chart(ledger)
        funds = [(c, f"{c} {chart.path(c)}") for c in project_funds.fund_accounts(reader, ledger).funds]
        return project_funds.statuses(reader, ledger), funds

    def show_read(self, found: Any) -> None:
        """Rows."""
        some, funds = found
        offer(self.account, funds)
        self.show_rows(
            [
                (
                    s.fund.project,
                    "、".join(f"{d.number}{f'（{d.purpose}）' if d.purpose else ''}" for d in s.documents),
                    format_fen(s.granted),
                    format_fen(s.fund.received),
                    format_fen(s.fund.spent),
                    format_fen(s.fund.left),
                    OVER if s.fund.left < 0 else "",
                )
                for s in some
            ]
        )

    def register(self) -> None:
        """F6."""
        try:
            document = GrantDocument(
                self.project.text(),
                str(self.account.currentData() or ""),
                self.number.text(),
                self.purpose.text(),
                self.day.text(),
                fen_of(self.amount),
            )
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        ledger = self.session.ledger_code
        self.act(
            tr("登记拨款文件"),
            lambda uow, _progress: project_funds.register_document(uow, ledger, document),
            lambda outcome: self.say(tr("{number} 登记了。", number=outcome.value.number)),
        )
