"""股权登记簿 on screen: who holds what on any day, what moved, what is pledged, who nears the cap, whether all of it agrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel

from village_ledger.domain.errors import PeriodError
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.shares.share_register_figures import (
    HoldersModel,
    Part,
    RegisterShown,
    ReportRows,
    account_of,
    posted_register,
    read_part,
)
from village_ledger.ui.sheets.report_checks import ChecksFoot, ChecksList
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.as_of import AsOf
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.search_field import SearchField
from village_ledger.ui.widgets.span_choice import parse_span

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_NAME = 8
"""Characters the search field has room for at least."""
_WITH_CHECKS = {Part.CAPS, Part.EQUALITY, Part.PLEDGES}


class ShareRegisterPage(Page):
    """One part at a time, all of one day or one stretch of days."""

    scope = "share_register"
    nav = "members"
    shows = Changes(members=True, shares=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.part = Part.REGISTER
        self.shown: RegisterShown | None = None
        self._first: date | None = None
        self._account = ""
        self._said = ""
        self.ask = AskBar(self.theme)
        self.as_of = AsOf(self.ask, self.slip, self._into_list)
        self.as_of.changed.connect(self.reload)
        self.parts = Choices(
            self.theme, tr("看什么"), [(part.value, tr(part.words)) for part in Part], self.part.value
        )
        self.parts.chosen.connect(lambda value: self._choose(Part(value)))
        self.pick = PickList(tr("看什么"))
        for part in Part:
            self.pick.addItem(tr(part.words), part.value)
        self.pick.activated.connect(lambda _: self._choose(Part(self.pick.currentData())))
        self.search = SearchField(self._into_list)
        self.search.textChanged.connect(lambda _: self._filter())
        self.count = QLabel()
        self.count.setProperty("look", "hint")
        self.table = FigureTable(
            self.theme, tr("股权登记簿"), watermark=tr("演示") if session.info.is_demo else ""
        )
        self.table.opened.connect(self._open)
        self.checks = ChecksList(self.theme)
        self.foot = ChecksFoot(self.theme)
        self.foot.unfold_asked.connect(self._turn)
        self._lay()
        for name in ("posting", "print", "export"):
            self.add_button(name)
        self.add_button("certificates", keeps=1)
        self.add_button("as_of", keeps=2)
        self.add_button("open", Look.MAIN)
        self.restyle()

    def _lay(self) -> None:
        label = QLabel(tr("找人"))
        label.setProperty("look", "label")
        label.setBuddy(self.search)
        self._row = QHBoxLayout()
        self._row.addWidget(self.parts, 3)
        self._row.addWidget(self.pick, 1)
        self._row.addWidget(label)
        self._row.addWidget(self.search, 2)
        self._row.addWidget(self.count)
        self.body.addLayout(self._row)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.checks, 1)
        self.body.addWidget(self.foot)
        self.checks.hide()
        self.foot.hide()

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "find": lambda: self.search.setFocus(),  # noqa: PLW0108  made after its action
            "open": lambda: self._open(self.table.row),
            "as_of": self._ask_days,
            "register": lambda: self._choose(Part.REGISTER),
            "movements": lambda: self._choose(Part.MOVEMENTS),
            "pledges": lambda: self._choose(Part.PLEDGES),
            "caps": lambda: self._choose(Part.CAPS),
            "equality": lambda: self._choose(Part.EQUALITY),
            "certificates": lambda: self.navigator.open("certificates", household=self._household()),
            "print": self._print,
            "export": self._export,
            "posting": self._post_up,
        }

    def go(self, **where: Any) -> None:
        """``part`` by the name of its report, ``day`` and ``first`` of the days, ``account`` to stand on, ``text`` looked for."""
        self._name_part(Part(where.get("part", self.part.value)))
        self._account = str(where.get("account", self._account))
        self._first = where.get("first", self._first)
        if "day" in where:
            self.as_of.take(where["day"])
        if "text" in where:
            self.search.setText(where["text"])
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The part, the days, the account one stands on, what is looked for."""
        return {
            "part": self.part.value,
            "day": self.as_of.day,
            "first": self._first,
            "account": self._current(),
            "text": self.search.text(),
        }

    @property
    def span(self) -> Span:
        """Days of the movements: from the first of January of the last day's year, unless others were asked for."""
        last = self.as_of.day
        first = self._first if self._first is not None and self._first <= last else date(last.year, 1, 1)
        return Span(first, last)

    def reload(self) -> None:
        """The part in view."""
        if not self.session.is_open:
            return
        ledger, part, span = self.session.ledger_code, self.part, self.span
        self._account = self._current() or self._account
        moved = part is Part.MOVEMENTS
        words = tr("{first} 至 {last}", first=span.first, last=span.last)
        self.action("as_of").setText(words if moved else self.as_of.words)
        self.operations.read(
            tr("读登记簿"),
            lambda reader: read_part(reader, ledger, part, span),
            self._show,
            refused=lambda error: self.slip.say(describe(error)),
            key="share_register",
        )

    def restyle(self) -> None:
        """Spaces of the size in force; the field keeps room for a name, the parts stand in a list where there is little."""
        narrow = self.theme.tokens.narrow
        self.parts.setVisible(not narrow)
        self.pick.setVisible(narrow)
        self.search.setMinimumWidth(_NAME * self.theme.px.form)
        self._row.setSpacing(self.theme.px.cell)
        self.count.setVisible(not narrow)
        self.table.setMinimumHeight(4 * self.table.style_of.row)

    def escape(self) -> bool:
        """Fold away what is open, then stop looking for somebody."""
        for is_open, close in (
            (self.ask.asking, self.ask.put_away),
            (not self.table.isVisibleTo(self), self._turn),
            (bool(self.search.text()), self.search.clear),
        ):
            if is_open:
                close()
                return True
        return False

    def status(self) -> str:
        """What was done; else how many rows."""
        if self._said or self.shown is None:
            return self._said
        return " · ".join(str(one) for one in self.shown.table.heading)

    # inside

    def _name_part(self, part: Part) -> None:
        self.part = part
        self.parts.set_value(part.value)
        self.pick.setCurrentIndex(self.pick.findData(part.value))

    def _choose(self, part: Part) -> None:
        self._name_part(part)
        self._said = ""
        self.reload()

    def _show(self, made: RegisterShown) -> None:
        self.shown = made
        self._said = ""
        self.head.set_title(made.table.title)
        self.table.set_empty_words(_EMPTY[made.part])
        self.checks.show_table(made.table)
        self.foot.show_table(made.table)
        self._show_checks(made)
        self._filter(self._account)
        self.status_changed.emit()

    def _show_checks(self, made: RegisterShown) -> None:
        """Of the caps and pledges in a line; of the proof, which has few rows, all of them beside it."""
        told = bool(made.table.checks or made.table.warnings or made.table.unasked)
        beside = made.part is Part.EQUALITY and not self.theme.tokens.narrow
        self.foot.setVisible(made.part in _WITH_CHECKS and told and not beside)
        self.table.show()
        self.checks.setVisible(beside)
        self.foot.unfold.setText(tr("看核对"))

    def _filter(self, account: str = "") -> None:
        made = self.shown
        if made is None:
            return
        text = self.search.text()
        accounts = made.found(text)
        if text.strip():
            self.table.set_empty_words(tr("没有找到“{text}”。", text=text.strip()))
        if made.part is Part.REGISTER:
            lines = [line for line in made.lines if accounts is None or line.account in accounts]
            holders = HoldersModel(lines, made)
            self.table.show_model(holders, holders.totals() if lines else None)
        else:
            rows = ReportRows(made.table, accounts)
            self.table.show_model(rows, rows.totals_model() if rows.totals else None)
        count = self.table.view.model().rowCount()
        self.count.setText(tr("找到 {count} 行", count=count) if text.strip() else "")
        self._stand_on(account)

    def _stand_on(self, account: str) -> None:
        rows = range(self.table.view.model().rowCount())
        self.table.go_to_row(next((row for row in rows if account and self._account_at(row) == account), 0))
        self.action("open").setEnabled(bool(self._household()))

    def _account_at(self, row: int) -> str:
        model = self.table.view.model()
        if isinstance(model, HoldersModel):
            return model.lines[row].account if 0 <= row < model.count() else ""
        if isinstance(model, ReportRows) and self.shown is not None and 0 <= row < model.count():
            return account_of(self.shown.table, model.row(row))
        return ""

    def _current(self) -> str:
        return self._account_at(self.table.row)

    def _household(self) -> str:
        """Number of the household the row speaks of; nothing for the organisation itself."""
        code, slash, _ = self._current().partition("/")
        return code if slash else ""

    def _into_list(self) -> None:
        self.table.setFocus()

    def _open(self, row: int) -> None:
        code = self._household()
        if row >= 0 and code:
            self.navigator.open("household", household=code, day=self.as_of.day)

    def _turn(self) -> None:
        """From the rows to the checks and back."""
        alone = self.table.isVisibleTo(self)
        self.checks.setVisible(alone)
        self.table.setVisible(not alone)
        self.foot.unfold.setText(tr("看表") if alone else tr("看核对"))
        (self.foot.unfold if alone else self.table).setFocus()

    def _ask_days(self) -> None:
        if self.part is not Part.MOVEMENTS:
            self.as_of.ask()
            return
        self.ask.ask(
            tr("看哪些天的变动"),
            tr("看"),
            self._take_days,
            self._into_list,
            text=f"{self.span.first} 至 {self.span.last}",
            hint=tr("如 2025-01-01 至 2025-06-30"),
        )

    def _take_days(self, text: str) -> None:
        try:
            span = parse_span(text)
        except PeriodError as error:
            self.slip.say(describe(error))
            return
        self.slip.fold()
        self._first = span.first
        self.as_of.take(span.last)
        self.reload()

    def _print(self) -> None:
        if self.shown is not None:
            self.navigator.open("preview", tables=(self.shown.table,))

    def _post_up(self) -> None:
        """The register of the day for the wall: names half hidden, children not named."""
        ledger, span = self.session.ledger_code, Span(self.as_of.day, self.as_of.day)
        self.operations.read(
            tr("做张榜的登记簿"),
            lambda reader: posted_register(reader, ledger, span),
            lambda table: self.navigator.open("preview", tables=(table,), paper="A3_LANDSCAPE"),
            refused=lambda error: self.slip.say(describe(error)),
            key="share_register.posting",
        )

    def _export(self) -> None:
        if self.shown is not None:
            save_tables(self, self.operations, (self.shown.table,), "xlsx", self._say)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()


_EMPTY = {
    Part.REGISTER: tr("这一天还没有人有份额。"),
    Part.MOVEMENTS: tr("这段时间没有份额变动。"),
    Part.PLEDGES: tr("没有质押。"),
    Part.CAPS: tr("这一天还没有人有份额。"),
    Part.EQUALITY: tr("还没有股份类别。"),
}
