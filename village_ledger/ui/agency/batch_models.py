"""Rows of a batch: the villages to choose from before it, the verdicts after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from village_ledger.domain.agency import (
    BatchAct,
    BatchResult,
    KeptBook,
    VillageTodos,
    VillageVerdict,
    Waiting,
)
from village_ledger.domain.chart import LedgerKind
from village_ledger.i18n import tr
from village_ledger.reports.agency.verdicts import in_order
from village_ledger.reports.agency.words import ledger_words
from village_ledger.ui.agency.agency_rows import ledger_stamps
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.widgets.state_mark import Check

_WAITS_FOR = {
    BatchAct.REVIEW: Waiting.REVIEW,
    BatchAct.POST: Waiting.POST,
    BatchAct.CLOSE: Waiting.MONTHS,
}
MARKS: dict[BatchResult, Check | None] = {
    BatchResult.REFUSED: Check.FAIL,
    BatchResult.UNREACHED: Check.FAIL,
    BatchResult.STOPPED: Check.WAITING,
    BatchResult.DONE: Check.GOOD,
    BatchResult.NOTHING: None,
}
"""In the order their counts are shown."""


class ChoiceModel(FigureModel):
    """Villages to tick; beside each what waits there of the chosen act."""

    COLUMNS = (
        ScreenColumn("mark", "", Look.MARK),
        ScreenColumn("village", "村", Look.CODE, "青山村委会"),
        ScreenColumn("waits", "等着办的", Look.TEXT, "四个汉字", stretch=1),
        ScreenColumn("through", "账结到", Look.TEXT, "2025-12"),
    )

    def __init__(
        self, books: Sequence[KeptBook], known: Iterable[VillageTodos], act: BatchAct, marked: set[str]
    ) -> None:
        super().__init__(self.COLUMNS)
        self.books = tuple(books)
        self._known = {one.book.uid: one for one in known}
        self._act = act
        self.marked = marked & {book.uid for book in books}

    def count(self) -> int:
        """Villages."""
        return len(self.books)

    def text(self, row: int, column: int) -> str:
        """The cell."""
        book = self.books[row]
        known = self._known.get(book.uid)
        return ("", book.village, self._waits(known), known.through if known else "")[column]

    def _waits(self, known: VillageTodos | None) -> str:
        if known is None or known.trouble:
            return known.trouble if known else ""
        kind = _WAITS_FOR.get(self._act)
        said = [
            "".join((f"{ledger_words(todo.ledger)} " if todo.ledger else "", todo.words))
            for todo in known.todos
            if todo.kind is kind
        ]
        return "；".join(said)

    def words(self, row: int, column: int) -> str:
        """The box in words."""
        if column == 0:
            return tr("选了") if self.mark(row) else tr("没有选")
        return self.text(row, column)

    def mark(self, row: int) -> bool:
        """Whether the village is chosen."""
        return self.books[row].uid in self.marked

    def toggle(self, row: int) -> None:
        """Choose it or not."""
        self.marked ^= {self.books[row].uid}
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def toggle_all(self) -> None:
        """Every village; once all are chosen, none."""
        every = {book.uid for book in self.books}
        self.marked = set() if every <= self.marked else every

    def chosen_books(self) -> list[KeptBook]:
        """The chosen villages in the workspace's order."""
        return [book for book in self.books if book.uid in self.marked]


class VerdictModel(FigureModel):
    """A row a ledger of a village: a mark, the word, how many, a sentence."""

    COLUMNS = (
        ScreenColumn("mark", "", Look.CHECK),
        ScreenColumn("village", "村", Look.CODE, "青山村委会"),
        ScreenColumn("ledger", "账", Look.OWNERS, "集村委会账"),
        ScreenColumn("result", "结果", Look.TEXT, "没有要办的"),
        ScreenColumn("count", "件数", Look.CENTRED, "件数"),
        ScreenColumn("words", "说明", Look.TEXT, "四个汉字", stretch=1),
        ScreenColumn("open", "", Look.LINK, "打开"),
    )

    def __init__(self, verdicts: Sequence[VillageVerdict]) -> None:
        super().__init__(self.COLUMNS)
        self.verdicts = in_order(verdicts)

    def count(self) -> int:
        """Verdicts."""
        return len(self.verdicts)

    def text(self, row: int, column: int) -> str:
        """The cell."""
        one = self.verdicts[row]
        return (
            "",
            one.book.village,
            ledger_words(one.ledger),
            one.result.words,
            str(one.count) if one.count else "",
            one.words,
            tr("打开"),
        )[column]

    def words(self, row: int, column: int) -> str:
        """The mark in words."""
        return self.verdicts[row].result.words if column == 0 else self.text(row, column)

    def check(self, row: int) -> Check | None:
        """✓ ✕ or not yet; nothing where there was nothing to do."""
        return MARKS[self.verdicts[row].result]

    def owners(self, row: int) -> Sequence[LedgerKind]:
        """The ledger's stamp."""
        return ledger_stamps(self.verdicts[row].ledger)
