"""合同台账: every contract, searched and filtered, what must be looked after marked by shape and word; Enter opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel

from village_ledger.domain.contract import Status
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span, parse_day
from village_ledger.domain.rent_schedule import year_rent
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.contracts.contract_warnings import Caution, Grave, board_until, watch
from village_ledger.services.contracts.standing import Whole, wholes
from village_ledger.ui.contracts.due_page import as_of
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.search_field import SearchField
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("mark", "", Look.CHECK, "✕"),
    ScreenColumn("number", "合同", Look.CODE, "青合〔2025〕12号"),
    ScreenColumn("what", "标的", Look.TEXT, "茶叶初制加工房", stretch=2),
    ScreenColumn("party", "承租（承包）方", Look.TEXT, "云屏县翠屏茶业公司", stretch=2),
    ScreenColumn("term", "租期", Look.TEXT, "2025-01-01 至 2027-12-31"),
    ScreenColumn("rent", "年租金", Look.MONEY, "123,456.00", hair=True),
    ScreenColumn("late", "欠租", Look.MONEY, "123,456.00"),
    ScreenColumn("status", "状态", Look.TEXT, "提前解除"),
    ScreenColumn("cautions", "留意", Look.TEXT, "没有决议", stretch=2),
)
ALL, LIVE, WATCH, DRAFT, OVER = "all", "live", "watch", "draft", "over"
FILTERS = ((LIVE, "在用的"), (WATCH, "要办的"), (DRAFT, "草拟"), (OVER, "终止的"), (ALL, "全部"))


@dataclass(frozen=True, slots=True)
class Line:
    """A contract in the list."""

    whole: Whole
    party: str
    rent: int
    late: int
    cautions: tuple[Caution, ...]

    @property
    def check(self) -> Check:
        """How much it presses."""
        if any(one.grave is Grave.PRESSING for one in self.cautions):
            return Check.FAIL
        if any(one.grave is Grave.WATCH for one in self.cautions):
            return Check.WARN
        return Check.WAITING if self.whole.stored.status is Status.DRAFT else Check.GOOD

    def fits(self, chosen: str, text: str) -> bool:
        """Whether it belongs to a filter and holds a text."""
        stored = self.whole.stored
        draft, over = stored.status is Status.DRAFT, stored.status.over
        belongs = {
            ALL: True,
            LIVE: not draft and not over,
            WATCH: not draft and self.check is Check.FAIL,
            DRAFT: draft,
            OVER: over,
        }[chosen]
        return belongs and text in f"{stored.number} {self.party} {stored.what}"


def read_lines(reader: Reader, ledger: str, today: date) -> list[Line]:
    """Every contract with what is late and what to look after."""
    with reader.snapshot():
        board_end = board_until(reader)
        return [
            Line(
                one,
                one.stored.now.party_on(today)[0],
                year_rent(one.stored.now.terms, today),
                sum(row.open for row in one.late(today)),
                tuple(watch(one, today, board_end)),
            )
            for one in wholes(reader, reader.contracts(ledger))
        ]


class ContractsModel(FigureModel):
    """Contracts as table rows."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(COLUMNS)
        self.lines = tuple(lines)

    def count(self) -> int:
        """Contracts."""
        return len(self.lines)

    def check(self, row: int) -> Check | None:
        """How much it presses."""
        return self.lines[row].check

    def words(self, row: int, column: int) -> str:
        """The mark in words too."""
        words = {
            Check.FAIL: tr("要办"),
            Check.WARN: tr("留意"),
            Check.GOOD: tr("正常"),
            Check.WAITING: tr("草拟"),
        }
        return words[self.lines[row].check] if column == 0 else self.text(row, column)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        line = self.lines[row]
        stored = line.whole.stored
        cells = (
            "",
            stored.number,
            stored.what,
            line.party,
            tr("{a} 至 {b}", a=stored.now.terms.start, b=stored.now.end),
            format_fen(line.rent),
            format_fen(line.late) if line.late else "",
            stored.status.words,
            "、".join(one.brief for one in line.cautions),
        )
        return cells[column]


class ContractsPage(Page):
    """The register and the ways to everything about contracts."""

    scope = "contracts"
    nav = "works"
    shows = Changes(contracts=True, vouchers=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.lines: list[Line] = []
        self.model: ContractsModel | None = None
        self._number = ""
        self.ask = AskBar(self.theme)
        self.filters = Choices(self.theme, tr("看哪些"), [(v, tr(w)) for v, w in FILTERS], LIVE)
        self.filters.chosen.connect(lambda _value: self._filter())
        self.search = SearchField(
            lambda: self.table.setFocus(),  # noqa: PLW0108  made below
            tr("找合同"),
            tr("编号、对方或标的"),
        )
        self.search.textChanged.connect(lambda _text: self._filter())
        label = QLabel(tr("找合同"))
        label.setProperty("look", "label")
        label.setBuddy(self.search)
        self.table = FigureTable(
            self.theme, tr("合同台账"), watermark=tr("演示") if session.info.is_demo else ""
        )
        self.table.opened.connect(self._open)
        self._row = QHBoxLayout()
        self._row.addWidget(self.filters, 2)
        self._row.addWidget(label)
        self._row.addWidget(self.search, 1)
        self.body.addWidget(self.ask)
        self.body.addLayout(self._row)
        self.body.addWidget(self.table, 1)
        for name in ("board", "by_year", "per_mu", "expiry", "register", "take_in", "due"):
            self.add_button(name)
        self.add_button("add", ButtonLook.MAIN)
        self.restyle()

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "open": lambda: self._open(self.table.row),
            "add": lambda: self.navigator.open("contract_form"),
            "take_in": lambda: self.navigator.open("contract_import"),
            "due": lambda: self.navigator.open("due"),
            "register": lambda: self._print("contract-register"),
            "expiry": lambda: self._print("contract-expiry"),
            "by_year": lambda: self._print("rent-by-year"),
            "per_mu": lambda: self._print("rent-per-mu"),
            "board": self._ask_board,
            "find": lambda: self.search.setFocus(),  # noqa: PLW0108  made after its action
            "print": lambda: self._print("contract-register"),
        }

    def go(self, **where: Any) -> None:
        """``number`` to stand on, ``filter`` and ``text`` to look for."""
        self.slip.fold()
        self._number = str(where.get("number", self._number))
        if "filter" in where:
            self.filters.set_value(where["filter"])
        if "text" in where:
            self.search.setText(where["text"])
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The contract one stands on, what is looked for."""
        return {"number": self._current(), "filter": self.filters.value, "text": self.search.text()}

    def reload(self) -> None:
        """Every contract, read on the worker."""
        if not self.session.is_open:
            return
        ledger, today = self.session.ledger_code, as_of(self.session)
        self._number = self._current() or self._number
        self.operations.read(
            tr("读合同"),
            lambda reader: read_lines(reader, ledger, today),
            self._show,
            refused=lambda error: self.slip.say(describe(error)),
            key="contracts",
        )

    def restyle(self) -> None:
        """Spaces of the size in force."""
        self._row.setSpacing(self.theme.px.cell)
        self.table.setMinimumHeight(4 * self.table.style_of.row)

    def escape(self) -> bool:
        """Fold the question away, then stop looking for something."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        if self.search.text():
            self.search.clear()
            return True
        return False

    def status(self) -> str:
        """How many, and what they bring."""
        shown = self.model.lines if self.model is not None else ()
        live = [one for one in shown if one.whole.rows and not one.whole.stored.status.over]
        return tr(
            "{n} 份 · 在用的年租金 {rent} · 欠租 {late}",
            n=len(shown),
            rent=format_fen(sum(one.rent for one in live)),
            late=format_fen(sum(one.late for one in shown)),
        )

    # inside

    def _show(self, lines: list[Line]) -> None:
        self.lines = lines
        self.head.set_title(tr("合同台账"), tr("截至 {day}", day=as_of(self.session)))
        self._filter()

    def _filter(self) -> None:
        wanted = self._current() or self._number
        chosen, text = self.filters.value, self.search.text().strip()
        lines = [one for one in self.lines if one.fits(chosen, text)]
        self.model = ContractsModel(lines)
        self.table.show_model(self.model)
        self.table.set_empty_words(
            tr("没有这样的合同。")
            if self.lines
            else tr("还没有合同。按 Insert 登记一份，或按 Ctrl+O 把合同台账（xlsx 或 csv）导入进来。")
        )
        numbers = [one.whole.stored.number for one in lines]
        if numbers:
            self.table.go_to_row(numbers.index(wanted) if wanted in numbers else 0)
        self.status_changed.emit()

    def _current(self) -> str:
        row = self.table.row
        lines = self.model.lines if self.model is not None else ()
        return lines[row].whole.stored.number if 0 <= row < len(lines) else ""

    def _open(self, row: int) -> None:
        if self.model is not None and 0 <= row < len(self.model.lines):
            self.navigator.open("contract", number=self.model.lines[row].whole.stored.number)

    def _print(self, report: str) -> None:
        today = as_of(self.session)
        self.navigator.open("preview", report=report, span=Span(today, today), paper="A4_LANDSCAPE")

    def _ask_board(self) -> None:
        from village_ledger.services.contracts.contracts import set_board_until

        def done(text: str) -> None:
            self.operations.run(
                tr("登记理事会任期"),
                lambda uow, _: set_board_until(uow, parse_day(text)),
                then=lambda _: self.status_changed.emit(),
                refused=lambda error: self.slip.say(describe(error)),
            )

        self.ask.ask(
            tr("本届理事会到哪天届满？"), tr("登记"), done, self.table.setFocus, hint=tr("如 2026-12-31")
        )
