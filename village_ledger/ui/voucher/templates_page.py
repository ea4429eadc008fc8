"""Templates of the ledger: what there is, the defaults of its variables, and letting one come round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.rhythm import RHYTHM_NAMES, Rhythm
from village_ledger.domain.template import Template, Variable
from village_ledger.i18n import tr
from village_ledger.services.entry import recurring, templates
from village_ledger.ui.planning.planning_page import PlanningPage, chooser, line, month_of, offer
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.voucher.voucher_places import first_day
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.domain.chart import Chart
    from village_ledger.storage.reader import Reader


class TemplatesPage(PlanningPage):
    """Table of templates; the one in view is changed below."""

    name: ClassVar[str] = "模板"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("name", "名称", Look.TEXT, "付路灯电费", stretch=2),
        ScreenColumn("lines", "科目", Look.TEXT, "借 51401 贷 10201", stretch=2),
        ScreenColumn("variables", "每次填", Look.TEXT, "金额、对方", stretch=1),
        ScreenColumn("state", "状态", Look.TEXT, "停用"),
    )
    empty_words: ClassVar[str] = "还没有模板：填好一张凭证，按 Ctrl+Shift+T 存一个。"

    def build(self) -> None:
        """Name and defaults of the one in view; rhythm beside them."""
        self._templates: list[Template] = []
        self._defaults: dict[str, QLineEdit] = {}
        self._forms = QWidget()
        self._column = QVBoxLayout(self._forms)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.title_field = line(tr("名称"))
        self.body.addWidget(self._forms)
        self.table.current_moved.connect(lambda _row: self._show_form())
        self.table.opened.connect(lambda _row: self.use())

    def acts(self) -> dict[str, Any]:
        """Use, keep what was changed, switch off."""
        return {
            "leave_out": (tr("停用或启用"), self.switch),
            "keep": (tr("存下改动"), self.keep),
            "fill_in": (tr("用它填一张"), self.use),
        }

    def read(self, reader: Reader) -> object:
        """All, switched-off ones last."""
        found = reader.templates(self.session.ledger_code, with_inactive=True)
        return sorted(found, key=lambda t: not t.active)

    def show_read(self, found: Any) -> None:
        """Rows and the form of the one in view."""
        self._templates = found
        chart = self.session.reader.chart(self.session.ledger_code)
        self.show_rows(
            [
                (
                    t.name,
                    _sides(t, chart),
                    "、".join(v.name for v in t.variables),
                    tr("在用") if t.active else tr("停用"),
                )
                for t in found
            ]
        )
        self._show_form()

    @property
    def template(self) -> Template | None:
        """The one in view."""
        row = self.table.row
        return self._templates[row] if 0 <= row < len(self._templates) else None

    def _show_form(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        template = self.template
        if template is None:
            return
        section = Section(self.theme, tr("“{name}”", name=template.name))
        self.title_field = line(tr("名称"), template.name)
        section.add_row(tr("名称"), self.title_field)
        self._defaults = {v.name: line(v.name, v.default) for v in template.variables}
        for variable in template.variables:
            hint = tr("{kind}；不写就每次填", kind=variable.kind.value)
            if variable.kind.value == variable.name:
                hint = tr("不写就每次填")
            section.add_row(variable.name, self._defaults[variable.name], hint)
        self._column.addWidget(section)
        self._column.addWidget(self._rhythm_section())

    def _rhythm_section(self) -> Section:
        section = Section(self.theme, tr("按月重复"))
        self.rhythm = chooser(tr("多久一次"))
        offer(self.rhythm, [(str(r.value), RHYTHM_NAMES[r]) for r in Rhythm])
        self.day, self.start, self.end = (
            line(tr("哪一天"), "1"),
            line(tr("从哪个月"), str(self.session.month)),
            line(tr("到哪个月")),
        )
        section.add_row(tr("多久一次"), self.rhythm)
        section.add_row(tr("每期几日"), self.day, tr("1 到 31；31 是月末"))
        section.add_row(tr("从哪个月"), self.start, tr("写成 2025-03"))
        section.add_row(tr("到哪个月"), self.end, tr("不写就一直重复"))
        begin = Button(self.theme, tr("按月重复"))
        begin.clicked.connect(lambda _checked: self.come_round())
        section.add_row("", begin)
        return section

    def use(self) -> None:
        """Enter: fill a voucher with it."""
        template = self.template
        if template is None:
            return
        from datetime import date

        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        reader, ledger = self.session.reader, self.session.ledger_code
        day = first_day(reader, ledger, self.session.month, today)
        try:
            filled = templates.filled(reader, template.id, ledger, day, any_month=True)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.navigator.open("voucher", draft=filled.draft, filled=filled)

    def keep(self) -> None:
        """F6: name and defaults."""
        template = self.template
        if template is None:
            return
        variables = tuple(
            Variable(v.name, v.kind, self._defaults[v.name].text().strip()) for v in template.variables
        )
        name = self.title_field.text()
        self.act(
            tr("存模板"),
            lambda uow, _progress: templates.change(
                uow, template.id, name, variables, active=template.active
            ),
            lambda _outcome: self.say(tr("存下了。")),
        )

    def switch(self) -> None:
        """Switch the one in view off, or on again."""
        template = self.template
        if template is not None:
            self.act(
                tr("停用模板"),
                lambda uow, _progress: templates.change(
                    uow, template.id, template.name, template.variables, active=not template.active
                ),
                lambda _outcome: self.say(""),
            )

    def come_round(self) -> None:
        """Let the one in view come round."""
        template = self.template
        if template is None:
            return
        try:
            start, end = month_of(self.start), month_of(self.end)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        day = int(self.day.text()) if self.day.text().strip().isdecimal() else 0
        rhythm = Rhythm(int(str(self.rhythm.currentData())))
        self.act(
            tr("设按月重复"),
            lambda uow, _progress: recurring.add(
                uow, template.id, rhythm, day, start or self.session.month, end
            ),
            lambda _outcome: self.navigator.open("recurring"),
        )


def _sides(template: Template, chart: Chart) -> str:
    """借 51401 路灯照明　贷 10201 农商行基本户; an account that is gone stands by its code."""
    names = {account.code: account.name for account in chart}
    said = (f"{'借' if x.debit else '贷'} {x.account} {names.get(x.account, '')}" for x in template.lines)
    return "　".join(part.strip() for part in said)
