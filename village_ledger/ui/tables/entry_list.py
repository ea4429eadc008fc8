"""A calm list of things one can do or look at: name, what it is, where Enter leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.page import Page
from village_ledger.ui.pages import only_acts
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the list: name, what is in it, where Enter leads, and the way there."""

    name: str
    what: str
    where: str
    go: Callable[[], object]
    page: str = ""
    """Page it leads to, where it is one of the book's."""


class EntryModel(FigureModel):
    """The list as table rows."""

    def __init__(self, columns: tuple[ScreenColumn, ...], entries: list[Entry]) -> None:
        super().__init__(columns)
        self.entries = tuple(entries)

    def count(self) -> int:
        """Entries."""
        return len(self.entries)

    def text(self, row: int, column: int) -> str:
        """Name, description, destination or time."""
        entry = self.entries[row]
        return {"name": entry.name, "what": entry.what}.get(self.columns[column].key, entry.where)


def columns_of(name: str, what: str, example: str, meaning: str) -> tuple[ScreenColumn, ...]:
    """The three columns, headed for their page; ``example`` is the longest name, ``meaning`` a usual description."""
    return (
        ScreenColumn("name", name, Look.CODE, example),
        ScreenColumn("what", what, Look.TEXT, meaning, stretch=1),
        ScreenColumn("where", "去哪里", Look.TEXT, "打印预览"),
    )


class EntryPage(Page):
    """A page that is such a list. Subclasses say its words in ``name`` and ``columns``, and give ``entries``."""

    scope = "table"
    shows = Changes(accounts=True)
    name: ClassVar[str]
    columns: ClassVar[tuple[ScreenColumn, ...]]
    reading: ClassVar[tuple[ScreenColumn, ...]] = ()
    """Columns while a package is open, where they have other words."""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.table = FigureTable(self.theme, tr(self.name))
        self.table.opened.connect(self._open)
        self.model = EntryModel(self.columns, [])
        self.body.addWidget(self.table, 1)

    def entries(self) -> list[Entry]:
        """The lines, for the ledger and month in view."""
        raise NotImplementedError

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self.reload()
        self.table.go_to_row(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["into"]

    def reload(self) -> None:
        """The list for the ledger and month in view."""
        if not self.session.is_open:
            return
        row, month = self.table.row, self.session.month
        title = self.session.ledger.title
        said = tr("{title} · {year}年{month}月", title=title, year=month.year, month=month.month)
        self.head.set_title(tr(self.name), said)
        listed = [one for one in self.entries() if not (self.reviewing and one.page and only_acts(one.page))]
        columns = (self.reading if self.reviewing else ()) or self.columns
        self.model = EntryModel(columns, listed)
        self.table.show_model(self.model)
        self.table.go_to_row(max(row, 0))

    def to(self, page: str, **where: Any) -> Callable[[], object]:
        """The way to a page at a place."""
        return lambda: self.navigator.open(page, **where)

    def _open(self, row: int) -> None:
        self.model.entries[row].go()
