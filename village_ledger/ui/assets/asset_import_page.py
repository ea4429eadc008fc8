"""导入资产台账: a village's own list or a file of the contract's columns; what cannot be worked out is answered here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit

from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.bank.bank_import_page import TextModel
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_model import ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.exchange.assets.import_assets_reading import Problem
    from village_ledger.exchange.assets.import_assets_rows import AssetRows
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_PROBLEMS = (
    ScreenColumn("row", "行", Drawn.CODE, "1234"),
    ScreenColumn("name", "资产", Drawn.TEXT, "党群服务中心", stretch=1),
    ScreenColumn("field", "栏", Drawn.TEXT, "使用月数"),
    ScreenColumn("what", "哪里不对", Drawn.TEXT, "没有提过折旧，也没有写能用多少个月", stretch=4),
    ScreenColumn("answer", "答复", Drawn.TEXT, "按类别", stretch=1),
)
_ROWS = (
    ScreenColumn("row", "行", Drawn.CODE, "1234"),
    ScreenColumn("code", "编号", Drawn.CODE, "J0123"),
    ScreenColumn("name", "名称", Drawn.TEXT, "茶叶初制加工房", stretch=2),
    ScreenColumn("kind", "类别", Drawn.TEXT, "房屋及建筑物"),
    ScreenColumn("use", "用途", Drawn.TEXT, "经营"),
    ScreenColumn("in_use", "启用", Drawn.TEXT, "2018-09-01"),
    ScreenColumn("cost", "原值", Drawn.MONEY, "1,234,567.89"),
    ScreenColumn("life", "折旧", Drawn.TEXT, "年限平均法 240 个月"),
    ScreenColumn("salvage", "残值", Drawn.MONEY, "123,456.78"),
    ScreenColumn("taken", "已提折旧", Drawn.MONEY, "1,234,567.89"),
)
_NOTICES = (ScreenColumn("text", "替您推出来的、请您留意的", Drawn.TEXT, "由已提折旧推出残值", stretch=1),)
_BLANK = "还没有选文件。村里的资产台账 xlsx 或 csv 原样就行：分类行、小计行、“2016.3”这样的日期都认得。也可以把文件拖到这一页上。"


@dataclass(slots=True)
class Read:
    """A file as read: its rows, and what must be answered or mended first."""

    path: Path
    rows: AssetRows
    problems: list[Problem] = field(default_factory=list["Problem"])


def read_file(path: Path, answers: Mapping[tuple[int, str], str]) -> Read:
    """Read a file under the answers so far; raises UnreadableError for what is no asset list."""
    from village_ledger.exchange.assets import import_assets_guided as guided
    from village_ledger.exchange.assets.import_assets_reading import Problem
    from village_ledger.exchange.assets.import_assets_rows import AssetRows, read_assets

    if guided.is_own_list(path):
        found = guided.examine(guided.find_layout(path), answers)
        return Read(path, AssetRows(found.rows, found.notices), found.problems)
    try:
        return Read(path, read_assets(path))
    except ImportRefused as refused:
        problems = [Problem(_row_of(text), "", text) for text in refused.faults]
        return Read(path, AssetRows(), problems)


def _row_of(fault: str) -> int:
    digits = fault.removeprefix("第").partition("行")[0]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


class AssetImportPage(Page):
    """Which file, what must be answered, the rows as they would be registered."""

    scope = "asset_import"
    nav = "works"
    shows = Changes(assets=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.read: Read | None = None
        self.answers: dict[tuple[int, str], str] = {}
        self._said = ""
        self.words = QLabel(tr(_BLANK))
        self.words.setWordWrap(True)
        self.problems = FigureTable(self.theme, tr("要答的"))
        self.problems.set_empty_words(tr("没有要答的。"))
        self.problems.current_moved.connect(lambda _row: self._show_current())
        self.problems.opened.connect(lambda _row: self.answer.setFocus())
        self.answer = QLineEdit()
        self.label = QLabel(tr("答复"))
        self.label.setProperty("look", "label")
        self.label.setBuddy(self.answer)
        self.answer.setAccessibleName(tr("答复"))
        self.answer.returnPressed.connect(lambda: self._answer(self.answer.text().strip()))
        self._line = QHBoxLayout()
        self._line.addWidget(self.label)
        self._line.addWidget(self.answer, 1)
        self.rows = FigureTable(self.theme, tr("将登记的资产"))
        self.rows.set_empty_words(tr("还没有读出资产。"))
        self.notices = FigureTable(self.theme, tr("请您留意的"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.problems, 2)
        self.body.addLayout(self._line)
        self.body.addWidget(self.rows, 3)
        self.body.addWidget(self.notices, 1)
        for name in ("same", "leave_out", "none", "by_class", "choose"):
            self.add_button(name)
        self.add_button("take_in", Look.MAIN)
        self.setAcceptDrops(True)
        self._show_nothing()
        self.restyle()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "choose": self._choose,
            "by_class": lambda: self._answer(tr("按类别")),
            "none": lambda: self._answer(tr("不提折旧")),
            "leave_out": self._leave_out,
            "same": self._same,
            "take_in": self._take_in,
        }

    def go(self, **where: Any) -> None:
        """``path`` of a file to read."""
        self.head.set_title(tr("导入资产台账"), self.session.ledger.title)
        self.slip.fold()
        if where.get("path"):
            self.look_at(Path(where["path"]))
        self.problems.setFocus()

    def restyle(self) -> None:
        """Tables keep some rows; where the window is small the page scrolls."""
        self._line.setSpacing(self.theme.px.cell)
        for table, least in ((self.problems, 4), (self.rows, 5), (self.notices, 3)):
            table.setMinimumHeight(least * table.style_of.row)

    def status(self) -> str:
        """What was done."""
        return self._said

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The file dropped is the one to be read."""
        self.look_at(Path(event.mimeData().urls()[0].toLocalFile()))

    def look_at(self, path: Path) -> None:
        """Another file: nothing of the one before stays."""
        self.answers.clear()
        self._read(path)

    # inside

    def _read(self, path: Path) -> None:
        answers = dict(self.answers)
        self.operations.read(
            tr("读 {name}", name=path.name),
            lambda _reader: read_file(path, answers),
            self._show,
            refused=self._unread,
            key="asset_import",
        )

    def _show_nothing(self) -> None:
        self.read = None
        self.words.setText(tr(_BLANK))
        self.problems.show_model(TextModel(_PROBLEMS, []))
        self.rows.show_model(TextModel(_ROWS, []))
        self.notices.show_model(TextModel(_NOTICES, []))
        self._show_current()

    def _unread(self, error: LedgerError) -> None:
        self._show_nothing()
        self.slip.say(describe(error))

    def _show(self, read: Read) -> None:
        from village_ledger.exchange.assets.import_assets_words import MEANINGS

        row = max(self.problems.row, 0)
        self.read = read
        self.slip.fold()
        lines = [
            (
                str(one.row),
                one.name,
                MEANINGS.get(one.meaning, "") if one.meaning else tr("这一行"),
                one.sentence.partition("：")[2] or one.sentence,
                one.proposal,
            )
            for one in read.problems
        ]
        self.problems.show_model(TextModel(_PROBLEMS, lines))
        if lines:
            self.problems.go_to_row(min(row, len(lines) - 1))
        self.rows.show_model(TextModel(_ROWS, [_shown(one) for one in read.rows.rows]))
        self.notices.show_model(TextModel(_NOTICES, [(text,) for text in read.rows.notices]))
        self.words.setText(self._counted(read))
        self._show_current()
        self.status_changed.emit()

    def _counted(self, read: Read) -> str:
        cost = sum(one.card.cost for one in read.rows.rows)
        taken = sum(one.card.opening for one in read.rows.rows)
        waiting = tr("；还有 {count} 处要答", count=len(read.problems)) if read.problems else ""
        return tr(
            "{name}：{count} 项，原值 {cost}，已提折旧 {taken}{waiting}。导入以前，账簿里什么也不写。",
            name=read.path.name,
            count=len(read.rows.rows),
            cost=format_fen(cost),
            taken=format_fen(taken),
            waiting=waiting,
        )

    def _current(self) -> Problem | None:
        row = self.problems.row
        if self.read is None or not 0 <= row < len(self.read.problems):
            return None
        return self.read.problems[row]

    def _show_current(self) -> None:
        one = self._current()
        asked = one is not None and bool(one.meaning)
        self.label.setVisible(asked)
        self.answer.setVisible(asked)
        self.answer.setText(one.proposal if one is not None else "")
        self.problems.setVisible(self.read is not None and bool(self.read.problems))
        self.follow_access()

    def follow_access(self) -> None:
        """What can be answered depends on the question; nothing is taken in while one is open."""
        super().follow_access()
        one = self._current()
        for name in ("by_class", "none"):
            if one is None or one.meaning != "months":
                self.action(name).setEnabled(False)
        for name in ("same", "leave_out"):
            if one is None or not one.meaning:
                self.action(name).setEnabled(False)
        if self.read is None or self.read.problems or not self.read.rows.rows:
            self.action("take_in").setEnabled(False)

    def _answer(self, text: str) -> None:
        one = self._current()
        if one is not None and one.meaning and text and self.read is not None:
            self.answers[one.row, one.meaning] = text
            self._read(self.read.path)

    def _leave_out(self) -> None:
        one = self._current()
        if one is not None and self.read is not None:
            self.answers[one.row, ""] = tr("略去")
            self._read(self.read.path)

    def _same(self) -> None:
        """What is typed for every question that says the same; each with its own proposal where nothing was changed."""
        one = self._current()
        if one is None or self.read is None:
            return
        typed, kind = self.answer.text().strip(), one.sentence.partition("：")[2]
        for other in self.read.problems:
            if other.meaning == one.meaning and other.sentence.partition("：")[2] == kind:
                answer = other.proposal if typed == one.proposal else typed
                if answer:
                    self.answers[other.row, other.meaning] = answer
        self._read(self.read.path)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("资产台账"), "", tr("表格 (*.xlsx *.csv)"))
        if path:
            self.look_at(Path(path))

    def _take_in(self) -> None:
        from village_ledger.exchange.assets.import_assets import take_in

        read, ledger = self.read, self.session.ledger_code
        if read is None or read.problems:
            return
        self.operations.run(
            tr("导入资产台账"),
            lambda uow, _: take_in(uow, ledger, read.rows),
            then=self._done,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _done(self, outcome: Outcome[int]) -> None:
        self._said = tr("登记了 {count} 项资产。", count=outcome.value)
        self.answers.clear()
        self._show_nothing()
        self.status_changed.emit()
        self.navigator.open("assets")


def _shown(one: Any) -> tuple[str, ...]:
    card = one.card
    life = f"{card.method.words} {card.months} 个月" if card.months else card.method.words
    return (
        str(one.row),
        card.code,
        card.name,
        card.filed_as,
        one.facts.use.words,
        str(card.in_use),
        format_fen(card.cost),
        life,
        format_fen(card.salvage) if card.salvage else "",
        format_fen(card.opening) if card.opening else "",
    )
