"""The agency's villages as rows: one a village with a column for each kind of work, or one for each thing that waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from village_ledger.domain.agency import KeptBook, Todo, VillageTodos, Waiting
from village_ledger.domain.chart import LedgerKind
from village_ledger.i18n import tr
from village_ledger.reports.agency.words import ledger_words
from village_ledger.ui.look.tokens import Tokens
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel
from village_ledger.ui.widgets.state_mark import Check

KINDS = tuple(kind for kind in Waiting if kind is not Waiting.UNREACHED)
"""Kinds that have a column."""
_SHORT = {
    Waiting.CLAIMS: "报账",
    Waiting.REVIEW: "待审",
    Waiting.SECOND_REVIEW: "补审",
    Waiting.POST: "待记",
    Waiting.MONTHS: "未结",
    Waiting.SHEETS: "公开",
    Waiting.REPLIES: "答复",
}
"""Heads where there is little room."""
_MARK, _VILLAGE, _FIRST = 0, 1, 2
_LAST = _FIRST + len(KINDS) - 1
_FOREVER = date.max
_KIND_OF = {kind.value: kind for kind in LedgerKind}

STANDINGS = (Check.FAIL, Check.WARN, Check.WAITING, Check.GOOD)
"""Cannot be opened, something late, something waits, nothing: in this order from the top."""


def standing(village: VillageTodos) -> Check:
    """How a village stands, as its mark."""
    if village.trouble:
        return Check.FAIL
    if any(todo.is_late for todo in village.todos):
        return Check.WARN
    return Check.WAITING if village.todos else Check.GOOD


def by_urgency(todos: Iterable[Todo]) -> list[Todo]:
    """The late ones first, else in the order the village's are listed in."""
    return sorted(todos, key=lambda todo: not todo.is_late)


def day_words(todo: Todo) -> str:
    """When it should be done, as a small remark."""
    if todo.due is None:
        return tr("▲ 逾期") if todo.is_late else ""
    day = todo.due.isoformat()
    return tr("▲ {day} 到期", day=day) if todo.is_late else tr("{day} 前", day=day)


def ledger_stamps(code: str) -> tuple[LedgerKind, ...]:
    """Its small stamp, where the code says whose it is."""
    return tuple(filter(None, (_KIND_OF.get(code),)))


class VillagesModel(FigureModel):
    """A row a village; the framed cell is the kind of work Enter goes to."""

    def __init__(self, villages: Sequence[VillageTodos], kind: Waiting | None, tokens: Tokens) -> None:
        super().__init__(_columns(tokens))
        self.villages = tuple(villages)
        self.chosen = _LAST + 1 if kind is None else _FIRST + KINDS.index(kind)

    @property
    def kind(self) -> Waiting | None:
        """The kind of work the framed cell is of."""
        return KINDS[self.chosen - _FIRST] if _FIRST <= self.chosen <= _LAST else None

    def choose(self, column: int) -> bool:
        """Frame another column; False where it is none of work."""
        if not _FIRST <= column <= _LAST:
            return False
        self.chosen = column
        return True

    def step(self, row: int, step: int) -> None:
        """Frame the next column in which the row has something; at the end the outermost stays."""
        column = self.chosen + step
        while _FIRST <= column <= _LAST:
            if self.found(row, KINDS[column - _FIRST]):
                self.chosen = column
                return
            column += step

    def rest(self, row: int) -> None:
        """Frame what is most urgent in a row that has nothing where one stands."""
        kind = self.kind
        todos = self.villages[row].todos
        if kind is None or not self.found(row, kind):
            most = next((todo for todo in by_urgency(todos) if todo.kind in KINDS), None)
            self.chosen = _FIRST + KINDS.index(most.kind) if most else self.chosen

    def found(self, row: int, kind: Waiting) -> list[Todo]:
        """What waits of one kind in a village, the late ones first."""
        return by_urgency(todo for todo in self.villages[row].todos if todo.kind is kind)

    def row_of(self, uid: str) -> int | None:
        """The row of a village."""
        return next((row for row, one in enumerate(self.villages) if one.book.uid == uid), None)

    def count(self) -> int:
        """Villages."""
        return len(self.villages)

    def text(self, row: int, column: int) -> str:
        """The count of a kind with ▲ where something is late; the most urgent in words."""
        village = self.villages[row]
        if column == _VILLAGE:
            return village.book.village
        if _FIRST <= column <= _LAST:
            todos = self.found(row, KINDS[column - _FIRST])
            count = sum(todo.count for todo in todos)
            return f"▲ {count}" if any(todo.is_late for todo in todos) else str(count) if todos else ""
        key = self.columns[column].key
        if key == "urgent":
            return village.trouble or next((todo.words for todo in by_urgency(village.todos)), "")
        if key == "through":
            return village.through
        return tr("打开") if key == "open" else ""

    def words(self, row: int, column: int) -> str:
        """Shapes in words."""
        if column == _MARK:
            return _STANDING_WORDS[standing(self.villages[row])]
        text = self.text(row, column)
        if text.startswith("▲"):
            return tr("{count}，有逾期", count=text.removeprefix("▲ "))
        return (
            "，".join(filter(None, (text, *(words for words, _ in self.tags(row)))))
            if (self.columns[column].look is Look.TAGGED)
            else text
        )

    def check(self, row: int) -> Check:
        """How the village stands."""
        return standing(self.villages[row])

    def tags(self, row: int) -> list[tuple[str, bool]]:
        """When the most urgent is due, and who has the book open."""
        village = self.villages[row]
        most = next((todo for todo in by_urgency(village.todos) if todo.kind in KINDS), None)
        tags = [(day_words(most), most.is_late)] if most is not None and day_words(most) else []
        if village.holder:
            tags.append((tr("{holder} 正开着", holder=village.holder), False))
        return tags

    def totals(self) -> TotalsModel:
        """How many of each kind in all villages."""
        sums = [
            sum(todo.count for one in self.villages for todo in one.todos if todo.kind is k) for k in KINDS
        ]
        row = [
            "",
            tr("{count} 个村", count=len(self.villages)),
            *(str(count) if count else "" for count in sums),
        ]
        return TotalsModel(self.columns, [(*row, *("" for _ in self.columns[len(row) :]))])


_STANDING_WORDS = {
    Check.FAIL: "打不开",
    Check.WARN: "有逾期",
    Check.WAITING: "有事要办",
    Check.GOOD: "没有事",
}


def _columns(tokens: Tokens) -> tuple[ScreenColumn, ...]:
    """Every kind has its column, whether anything waits or not: places are learnt once."""
    kinds = tuple(
        ScreenColumn(
            kind.value,
            _SHORT[kind] if tokens.tight else kind.words,
            Look.CENTRED,
            "▲ 12",
            hair=place == 0,
        )
        for place, kind in enumerate(KINDS)
    )
    mark = ScreenColumn("mark", "", Look.CHECK)
    if tokens.narrow:
        return (mark, ScreenColumn("village", "村", Look.CODE, "青山村", stretch=1), *kinds)
    return (
        mark,
        ScreenColumn("village", "村", Look.CODE, "青山村委会"),
        *kinds,
        ScreenColumn("urgent", "最急的", Look.TAGGED, "四个汉字", stretch=1, hair=True),
        ScreenColumn("through", "账结到", Look.TEXT, "2025-12"),
        ScreenColumn("open", "", Look.LINK, "打开"),
    )


class TodosModel(FigureModel):
    """A row for each thing that waits, the late ones first; a village that cannot be opened is one."""

    def __init__(self, villages: Sequence[VillageTodos], tokens: Tokens) -> None:
        super().__init__(_thing_columns(tokens))
        rows: list[tuple[KeptBook, Todo]] = []
        for one in villages:
            if one.trouble and not one.todos:
                rows.append((one.book, Todo(Waiting.UNREACHED, "", 1, one.trouble)))
            rows += [(one.book, todo) for todo in one.todos]
        order = list(Waiting)

        def place(row: tuple[KeptBook, Todo]) -> tuple[int, date, int]:
            todo = row[1]
            return STANDINGS.index(_mark(todo)), todo.due or _FOREVER, order.index(todo.kind)

        self.rows = sorted(rows, key=place)

    def count(self) -> int:
        """Things that wait."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """The cell."""
        book, todo = self.rows[row]
        reached = todo.kind is not Waiting.UNREACHED
        return {
            "village": book.village,
            "kind": todo.kind.words,
            "ledger": ledger_words(todo.ledger),
            "count": str(todo.count) if reached else "",
            "words": todo.words,
            "due": todo.due.isoformat() if todo.due else "",
            "open": tr("去办") if reached else tr("打开"),
        }.get(self.columns[column].key, "")

    def words(self, row: int, column: int) -> str:
        """The mark in words."""
        return _STANDING_WORDS[self.check(row)] if column == _MARK else self.text(row, column)

    def check(self, row: int) -> Check:
        """Late or not."""
        return _mark(self.rows[row][1])

    def owners(self, row: int) -> Sequence[LedgerKind]:
        """The ledger's stamp."""
        return ledger_stamps(self.rows[row][1].ledger)

    def row_of(self, uid: str, kind: Waiting | None) -> int | None:
        """The first row of a village and kind; without that kind the first of the village."""
        rows = [row for row, (book, _) in enumerate(self.rows) if book.uid == uid]
        return next((row for row in rows if self.rows[row][1].kind is kind), next(iter(rows), None))


def _thing_columns(tokens: Tokens) -> tuple[ScreenColumn, ...]:
    """Where there is little room what it is has it: its words say the kind and how many."""
    narrow = tokens.narrow
    every = (
        ScreenColumn("mark", "", Look.CHECK),
        ScreenColumn("village", "村", Look.CODE, "枣树坪村" if narrow else "青山村委会"),
        None if narrow else ScreenColumn("kind", "哪一样", Look.TEXT, "未结账的月"),
        ScreenColumn("ledger", "账", Look.OWNERS, "集村委会账"),
        None if narrow else ScreenColumn("count", "件数", Look.CENTRED, "件数"),
        ScreenColumn("words", "什么事", Look.TEXT, "四个汉字", stretch=1),
        ScreenColumn("due", "期限", Look.TEXT, "2025-12-31"),
        None if narrow else ScreenColumn("open", "", Look.LINK, "去办"),
    )
    return tuple(column for column in every if column is not None)


def _mark(todo: Todo) -> Check:
    if todo.kind is Waiting.UNREACHED:
        return Check.FAIL
    return Check.WARN if todo.is_late else Check.WAITING


def explained(village: VillageTodos) -> str:
    """Everything that waits in a village, in words."""
    said = [village.trouble] if village.trouble else []
    for todo in by_urgency(todo for todo in village.todos if todo.kind is not Waiting.UNREACHED):
        due = day_words(todo)
        said.append("".join((todo.words, f"（{due}）" if due else "")))
    if village.holder:
        said.append(tr("{holder} 正开着这本账，现在只能看", holder=village.holder))
    return "；".join(said) or tr("没有等着办的事")
