"""章程参数: what the charter says of shares (cap, redemption, notice, heirs …), from which day; never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import parse_day
from village_ledger.domain.share import ShareClass
from village_ledger.domain.share_rules import Parameter, share_rules
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.shares import share_charter
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("what", "章程管的事", Look.CODE, "个人持有上限（占本类的百分比）"),
    ScreenColumn("class", "哪一类", Look.TEXT, "各类股份"),
    ScreenColumn("value", "现在是", Look.TEXT, "成员和非成员", stretch=2),
    ScreenColumn("since", "从哪天起", Look.TEXT, "2025-05-01"),
    ScreenColumn("source", "依据", Look.TEXT, "章程第三十一条", stretch=3),
)


@dataclass(frozen=True, slots=True)
class CharterLine:
    """A parameter as it holds today, for one class or for all."""

    parameter: Parameter
    of_class: ShareClass | None
    value: str
    since: str
    source: str


def read_charter(reader: Reader, ledger: str, day: date) -> tuple[list[CharterLine], list[ShareClass]]:
    """What holds for all classes, and what was said of a class by itself; with the classes there are."""
    classes = reader.share_classes(ledger)
    by_id = {one.id: one for one in classes}
    latest = {
        (one.key, one.class_id): one
        for one in sorted(reader.charter_values(), key=lambda one: one.effective)
        if one.effective <= day and (one.class_id is None or one.class_id in by_id)
    }
    lines: list[CharterLine] = []
    for key, parameter in share_rules().parameters.items():
        if (key, None) not in latest:
            default = tr("默认：{source}", source=parameter.source)
            lines.append(CharterLine(parameter, None, parameter.default, "", default))
        lines += [
            CharterLine(parameter, by_id.get(class_id or 0), one.value, _since(one.effective), one.source)
            for (asked, class_id), one in latest.items()
            if asked == key
        ]
    return lines, classes


def _since(day: date) -> str:
    return "" if day == share_charter.ALWAYS else day.isoformat()


class CharterModel(FigureModel):
    """Parameters as table rows."""

    def __init__(self, lines: list[CharterLine]) -> None:
        super().__init__(COLUMNS)
        self.lines = tuple(lines)

    def count(self) -> int:
        """Parameters."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        one = self.lines[row]
        whose = one.of_class.name if one.of_class is not None else tr("各类股份")
        return (one.parameter.title, whose, one.parameter.said(one.value), one.since, one.source)[column]


class CharterPage(Page):
    """The list above, the form to say something else below it."""

    scope = "charter"
    nav = "settings"
    shows = Changes(shares=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._said = ""
        self._classes: list[ShareClass] = []
        self.table = FigureTable(self.theme, tr("章程参数"))
        self.table.current_moved.connect(self._take_up)
        self.table.setMinimumHeight(4 * self.table.style_of.row)
        self.model = CharterModel([])
        self.what, self.which = PickList(), PickList()
        for key, parameter in share_rules().parameters.items():
            self.what.addItem(parameter.title, key)
        self.value, self.since, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.what.currentIndexChanged.connect(lambda _: self._help())
        section = Section(self.theme, tr("照章程写"))
        section.add_row(tr("章程管的事"), self.what)
        section.add_row(tr("哪一类股份"), self.which)
        self._value_help = QLabel()
        self._value_help.setProperty("look", "hint")
        self._value_help.setWordWrap(True)
        section.add_row(tr("章程怎么写"), self.value)
        section.add_row("", self._value_help)
        section.add_row(tr("从哪天起"), self.since, tr("一直是这样就空着；以前的变动照当时的章程查。"))
        section.add_row(tr("章程条款"), self.source, tr("如 章程第三十一条，或成员大会决议文号。"))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(section)
        self.add_button("save", ButtonLook.MAIN)
        self._help()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Its button."""
        return {"save": self._save}

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self._said = ""
        self.reload()
        self.table.go_to_row(int(where.get("row", 0)))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self) -> None:
        """What holds today."""
        if not self.session.is_open:
            return
        self.head.set_title(tr("章程参数"), self.session.ledger.title)
        row = self.table.row
        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        lines, self._classes = read_charter(self.session.reader, self.session.ledger_code, today)
        self.which.clear()
        self.which.addItem(tr("各类股份"), 0)
        for one in self._classes:
            self.which.addItem(one.name, one.id)
        self.model = CharterModel(lines)
        self.table.show_model(self.model)
        self.table.go_to_row(max(row, 0))

    def status(self) -> str:
        """What was done."""
        return self._said

    # inside

    def _take_up(self, row: int) -> None:
        """The parameter one stands on, in the form."""
        if not 0 <= row < self.model.count():
            return
        one = self.model.lines[row]
        self.what.setCurrentIndex(self.what.findData(one.parameter.key))
        self.which.setCurrentIndex(
            max(0, self.which.findData(one.of_class.id if one.of_class is not None else 0))
        )
        self.value.setText(one.parameter.said(one.value))

    def _help(self) -> None:
        """What may be written."""
        parameter = share_rules().parameters[str(self.what.currentData())]
        if parameter.kind == "percent":
            words = tr("写百分比，如 3；没有上限就写 不限。")
        elif parameter.kind == "days":
            words = tr("写天数，如 7。")
        else:
            words = tr("写 {choices}。", choices=tr("，或 ").join(self._choices(parameter)))
        self._value_help.setText(words)

    def _choices(self, parameter: Parameter) -> list[str]:
        return list((parameter.choices or {"yes": tr("是"), "no": tr("否")}).values())

    def _save(self) -> None:
        key, text, source = str(self.what.currentData()), self.value.text(), self.source.text()
        chosen = int(self.which.currentData() or 0)
        of_class = next((one for one in self._classes if one.id == chosen), None)
        try:
            since = parse_day(self.since.text()) if self.since.text().strip() else share_charter.ALWAYS
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self.slip.fold()
        self.operations.run(
            tr("章程参数"),
            lambda uow, _: share_charter.set_value(
                uow, key, text, share_class=of_class, effective=since, source=source
            ),
            then=lambda _: self._kept(),
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _kept(self) -> None:
        self._said = tr("存好了，从写的那天起照它办")
        self.source.clear()
        self.status_changed.emit()
