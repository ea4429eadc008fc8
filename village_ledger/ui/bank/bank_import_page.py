"""Taking a bank's file in: what each column is held to be, what each row is read as; nothing is stored before 导入."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QLabel

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.exchange.bank.bank_columns import MEANINGS, Layout, Proposed, remembered
from village_ledger.exchange.bank.bank_sheet import Reading, read_lines
from village_ledger.exchange.reading.heading_rows import Light
from village_ledger.exchange.reading.raw_sheet import read_raw
from village_ledger.exchange.reading.tabular import column_letter
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, ScreenColumn
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

SHOWN_ROWS = 200
SIGNS = {Light.GREEN: "✓ 认得", Light.YELLOW: "▲ 猜的", Light.RED: "✕ 重复", Light.NONE: "· 不用"}
"""Shape and word of a column's light."""
_COLUMNS = (
    ScreenColumn("letter", "列", Drawn.CODE, "AA"),
    ScreenColumn("heading", "文件里的列名", Drawn.TEXT, "贷方发生额(收入)", stretch=2),
    ScreenColumn("meaning", "当作", Drawn.TEXT, "← 对方户名 →", stretch=1),
    ScreenColumn("light", "把握", Drawn.TEXT, "✓ 认得"),
    ScreenColumn("sample", "第一行是", Drawn.TEXT, "云屏县供电有限责任公司", stretch=2),
)
_ROWS = (
    ScreenColumn("row", "行", Drawn.CODE, "1234"),
    ScreenColumn("state", "读成", Drawn.TEXT, "✓ 一笔收支"),
    ScreenColumn("date", "日期", Drawn.TEXT, "2024-12-31"),
    ScreenColumn("text", "内容", Drawn.TEXT, "云屏县供电有限责任公司", stretch=1),
    ScreenColumn("amount", "收（付）", Drawn.MONEY, "-99,999.99"),
    ScreenColumn("balance", "余额", Drawn.MONEY, "999,999.99"),
)


class TextModel(FigureModel):
    """Rows of texts."""

    def __init__(self, columns: tuple[ScreenColumn, ...], rows: list[tuple[str, ...]]) -> None:
        super().__init__(columns)
        self.rows = rows

    def count(self) -> int:
        """Rows."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """The text given."""
        return self.rows[row][column]


@dataclass(frozen=True, slots=True)
class Known:
    """A file read, and the mapping remembered for its headings."""

    reading: Reading
    mapping: dict[str, str] | None


def read_file(reader: Reader, path: Path, mapping: dict[str, str] | None) -> Known:
    """Read a file under a mapping, or under the one remembered for its bank."""
    if mapping is None:
        mapping = remembered(read_raw(path), reader.bank_layouts())
    return Known(read_lines(path, mapping), mapping)


def column_rows(reading: Reading) -> list[tuple[str, ...]]:
    """One row for every column that has a heading."""
    samples = next((cells for row, cells in reading.sheet.rows if row > reading.layout.row), ())
    return [
        (
            column_letter(x.column),
            x.heading,
            MEANINGS[x.meaning],
            SIGNS[x.light],
            str(samples[x.column]).strip() if x.column < len(samples) else "",
        )
        for x in reading.layout.columns
        if x.heading
    ]


def line_rows(reading: Reading) -> list[tuple[str, ...]]:
    """What each row is read as: faults first, then the lines, then what is left out."""
    bad = [(str(f.row), "✕ 不对", "", f.text.partition("：")[2], "", "") for f in reading.faults]
    good = [
        (
            str(x.row),
            "✓ 一笔收支",
            str(x.day),
            f"{x.counterparty} {x.remark}".strip(),
            format_fen(x.amount),
            format_fen(x.balance),
        )
        for x in reading.lines
    ]
    dropped = [(str(row), "· 略过", "", tr("不是收支：表头、合计或说明"), "", "") for row in reading.dropped]
    return [*bad, *good, *dropped][:SHOWN_ROWS]


class BankImportPage(Page):
    """A file of the bank, its columns and its rows, before it is taken in."""

    scope = "bank_import"
    nav = "work"
    shows = Changes()

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._account = ""
        self._path: Path | None = None
        self._said = ""
        self.reading: Reading | None = None
        self.words = QLabel(tr("先选银行给的 csv 或 xlsx，按 Ctrl+O。文件原样就行，不用改。"))
        self.words.setWordWrap(True)
        self.words.setProperty("look", "strong")
        self.columns = FigureTable(self.theme, tr("文件的列"))
        self.lines = FigureTable(self.theme, tr("读成的行"))
        for table in (self.columns, self.lines):
            table.setMinimumHeight(4 * table.style_of.row)
        self.columns.set_empty_words(tr("选了文件以后，这里列出每一列当作什么。"))
        self.lines.set_empty_words(tr("选了文件以后，这里列出每一行读成什么。"))
        self.columns.sideways.connect(self._change_meaning)
        self.body.addWidget(self.words)
        self.body.addWidget(self.columns, 1)
        self.body.addWidget(self.lines, 1)
        self._show()
        self.add_button("choose")
        self.add_button("take", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Its buttons."""
        return {"choose": self._choose, "take": self._take}

    def go(self, **where: Any) -> None:
        """``account`` the statement is of, ``path`` of a file to look at."""
        self._account = where.get("account", self._account)
        self.head.set_title(tr("导入对账单"), tr("列的意思会记住，下次同一家银行不用再认。"))
        if "path" in where and where["path"] is not None:
            self.look_at(where["path"])
        self.columns.setFocus()
        self.action("take").setEnabled(self._ready())

    def where(self) -> dict[str, Any]:
        """The account and file."""
        return {"account": self._account, "path": self._path}

    def status(self) -> str:
        """What was read."""
        return self._said

    def look_at(self, path: Path, mapping: dict[str, str] | None = None) -> None:
        """Read a file on the worker and show it."""
        self._path = path

        def refused(error: LedgerError) -> None:
            self.reading = None
            self._show()
            self.slip.say(describe(error))

        self.operations.read(
            tr("读 {name}", name=path.name),
            lambda reader: read_file(reader, path, mapping),
            self._show_known,
            refused,
            key="bank_import",
        )

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("选银行的对账单"), "", tr("对账单 (*.csv *.xlsx *.txt);;所有文件 (*)")
        )
        if name:
            self.look_at(Path(name))

    def _show_known(self, known: Known) -> None:
        self.reading = known.reading
        self._show()

    def _show(self) -> None:
        reading, row = self.reading, self.columns.row
        columns, lines = (column_rows(reading), line_rows(reading)) if reading else ([], [])
        self.columns.show_model(TextModel(_COLUMNS, columns))
        self.lines.show_model(TextModel(_ROWS, lines))
        if columns:
            self.columns.go_to_row(min(max(row, 0), len(columns) - 1))
        if reading is not None:
            self.words.setText(self._sentence(reading))
        if "take" in self._actions:
            self.action("take").setEnabled(self._ready())
        self.status_changed.emit()

    def _sentence(self, reading: Reading) -> str:
        """What the file is, in one line."""
        head, name = reading.head, reading.sheet.path.name
        if reading.layout.missing:
            return tr(
                "{name}：{what}。光标放到列上，按 ← → 换它的意思。", name=name, what=reading.layout.missing
            )
        number = f"****{head.number[-4:]}" if head.number else tr("没有写账号")
        came = sum(x.amount for x in reading.lines if x.amount > 0)
        went = -sum(x.amount for x in reading.lines if x.amount < 0)
        counted = tr(
            "{lines} 笔，收入合计 {came}，支出合计 {went}",
            lines=len(reading.lines),
            came=format_fen(came),
            went=format_fen(went),
        )
        wrong = tr("；{n} 处不对，改好再导", n=len(reading.faults)) if reading.faults else ""
        return tr(
            "{name}（{number}）：{counted}{wrong}。", name=name, number=number, counted=counted, wrong=wrong
        )

    def _ready(self) -> bool:
        reading = self.reading
        writable = self.session.is_open and not self.session.read_only and self.permits("take")
        return writable and reading is not None and not reading.faults and not reading.layout.missing

    def _change_meaning(self, row: int, step: int) -> None:
        """← and → go through the meanings a column can have."""
        if self.reading is None or self._path is None:
            return
        layout = self.reading.layout
        named = [x for x in layout.columns if x.heading]
        changed = _turned(named[row], step)
        mapping = {x.heading: (changed if x is named[row] else x).meaning for x in named}
        self.look_at(self._path, mapping)

    def _take(self) -> None:
        from village_ledger.exchange.bank.import_bank import import_bank

        reading, path = self.reading, self._path
        if reading is None or path is None:
            return
        ledger, account, mapping = self.session.ledger_code, self._account, _whole(reading.layout)

        def refused(error: LedgerError) -> None:
            self.slip.say(describe(error))

        def done(outcome: Any) -> None:
            taken = outcome.value
            self.session.go_to_month(_month_of(reading) or self.session.month)
            self.navigator.open("bank", account=taken.account.account)

        self.operations.run(
            tr("导入对账单"),
            lambda uow, _: import_bank(uow, ledger, path, account=account, mapping=mapping),
            then=done,
            refused=refused,
        )


def _turned(column: Proposed, step: int) -> Proposed:
    """The column with the meaning after or before its own."""
    every = list(MEANINGS)
    return replace(column, meaning=every[(every.index(column.meaning) + step) % len(every)])


def _whole(layout: Layout) -> dict[str, str]:
    """Every heading with its meaning, those not used too: the person has seen them all."""
    return {x.heading: x.meaning for x in layout.columns if x.heading}


def _month_of(reading: Reading) -> Any:
    """The month of the last line, where the page of matching opens."""
    from village_ledger.domain.period import Month

    return Month.of(reading.lines[-1].day) if reading.lines else None
