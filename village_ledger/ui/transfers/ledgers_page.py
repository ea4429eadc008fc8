"""Ledgers beside the village's two: those of village groups, a farm-machine team; what there is, and one more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month
from village_ledger.domain.registration_code import check_code
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.records import LedgerInfo
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

CHARTS = (("collective", "集体经济组织科目"), ("surplus", "收支结余"))


class LedgersModel(FigureModel):
    """The ledgers of the book as table rows."""

    def __init__(self, ledgers: tuple[LedgerInfo, ...]) -> None:
        super().__init__(
            (
                ScreenColumn("title", tr("账"), Look.TEXT, "第一村民小组账", stretch=1),
                ScreenColumn("entity", tr("单位"), Look.TEXT, "青山村股份经济合作社", stretch=2),
                ScreenColumn("start", tr("从哪月起"), Look.CODE, "2025-01"),
                ScreenColumn("code", tr("代号"), Look.TEXT, "group-01"),
            )
        )
        self.ledgers = ledgers

    def count(self) -> int:
        """Ledgers."""
        return len(self.ledgers)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        info = self.ledgers[row]
        is_main = info.code == info.kind.value
        return (info.title, info.entity, str(info.start), tr("主账") if is_main else info.code)[column]


class LedgersPage(Page):
    """The list above, the form for one more below."""

    scope: ClassVar[str] = "table"
    nav: ClassVar[str] = "settings"
    shows: ClassVar[Changes] = Changes(settings=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("各本账"), tr("小组账、农机队账各有自己的科目、凭证号、月份和公开表。"))
        self.table = FigureTable(self.theme, tr("账簿里的账"))
        self.table.opened.connect(self._lead)
        self.name, self.entity, self.registered = QLineEdit(), QLineEdit(), QLineEdit()
        self.code, self.start = QLineEdit(), QLineEdit()
        self.chart = Choices(self.theme, tr("科目"), CHARTS, "collective")
        self.words = QLabel()
        self.words.setProperty("look", "hint")
        self.words.setWordWrap(True)
        self.add = Button(self.theme, tr("增设这本账"), ButtonLook.MAIN)
        self.add.clicked.connect(lambda: self._add())  # noqa: PLW0108  clicked hands over a flag
        self.registered.textChanged.connect(lambda _: self._say_code())
        self.body.addWidget(self.table, 1)
        self.body.addWidget(scrolled(self._form()), 2)

    def _form(self) -> QWidget:
        section = Section(self.theme, tr("增设一本账"))
        section.add_row(tr("账的名称"), self.name, tr("例如 第一村民小组账；印在每一页上。"))
        section.add_row(tr("单位全称"), self.entity)
        section.add_row(tr("信用代码"), self.registered)
        section.add_row("", self.words)
        section.add_row(tr("科目"), self.chart, tr("小组和农机队一般用集体经济组织的科目。"))
        section.add_row(tr("从哪月起"), self.start, tr("写成 2025-07 的样子；建好后不能往前改。"))
        section.add_row(tr("代号"), self.code, tr("小写字母和数字，命令行和文件里用。"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.add)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        column.addLayout(row)
        column.addStretch(1)
        return whole

    def go(self, **where: Any) -> None:
        """Begin at the name of one more."""
        del where
        self.reload()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["into"]

    def reload(self) -> None:
        """The ledgers there are, and what a new one would usually be called."""
        if not self.session.is_open:
            return
        ledgers = self.session.ledgers
        self.table.show_model(LedgersModel(ledgers))
        self.add.setEnabled(not self.session.read_only)
        taken = {info.code for info in ledgers}
        if not self.code.text() or self.code.text() in taken:
            free = next(n for n in range(1, 1000) if f"group-{n:02d}" not in taken)
            self.code.setText(f"group-{free:02d}")
        if not self.start.text():
            self.start.setText(str(self.session.month))

    def _lead(self, row: int) -> None:
        """Enter on a ledger: it leads from here on."""
        self.session.switch_ledger(self.session.ledgers[row].code)

    def _say_code(self) -> None:
        found = check_code(self.registered.text())
        mark = "✕" if found.fault else "▲"
        self.words.setText(f"{mark} {found.sentence}。" if found.sentence else "")

    def _add(self) -> None:
        from village_ledger.services.book import ledgers
        from village_ledger.storage.setup.register import LedgerSpec
        from village_ledger.storage.spec import CommitteeChart

        self.slip.fold()
        chart = CommitteeChart(self.chart.value)
        try:
            start = Month.parse(self.start.text().strip())
        except LedgerError as error:
            self.slip.say(describe(error))
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        spec = LedgerSpec(
            self.code.text().strip(),
            ledgers.kind_of(self.code.text().strip(), chart),
            self.name.text().strip(),
            self.entity.text().strip(),
            self.registered.text().strip(),
            start,
        )
        self.operations.run(
            tr("增设账"),
            lambda uow, _: ledgers.add(uow, spec, chart),
            then=lambda _: self._added(),
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _added(self) -> None:
        for field in (self.name, self.entity, self.registered):
            field.clear()
        self.start.setText(str(Month.of(date.today())))  # noqa: DTZ011  the wall calendar of the village
        self.reload()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
