"""合计的来处: a total of the desk, its villages, the accounts of one, then the ledger in its package; rules likewise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.desk_state import DeskState
from village_ledger.i18n import tr
from village_ledger.reports.review.desk import chain_table
from village_ledger.reports.review.desk_totals import (
    accounts_table,
    figure_table,
    rule_table,
    rules_table,
    totals_table,
    village_table,
)
from village_ledger.ui.review.desk_front import DeskFront
from village_ledger.ui.review.desk_ways import open_village, span_of
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.explain_bar import ExplainBar

if TYPE_CHECKING:
    from village_ledger.exchange.review.reviewing import Run
    from village_ledger.reports.table import Link, Table
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class DeskListPage(DeskFront):
    """One level of the way down at a time; Esc goes up again, to the same row."""

    scope: ClassVar[str] = "desk_list"
    nav: ClassVar[str] = "work"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.run: Run | None = None
        self.state = DeskState((), (), ())
        self.what, self.key, self.digest, self._said = "totals", "", "", ""
        self.made: Table | None = None
        self.model: TableModel | None = None
        self.head.set_title(tr("合计的来处"))
        self.table = FigureTable(self.theme, tr("合计的来处"))
        self.table.set_empty_words(tr("没有。"))
        self.explain = ExplainBar(self.theme)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.explain)
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.add_button("export")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            "open": lambda: self._open(self.table.row),
            "explain": self._explain,
            "export": self._export,
        }

    def go(self, **where: Any) -> None:
        """``run``; ``what`` to show: totals, figure, accounts, village, chain, rules, rule; ``key``, ``digest``, ``row``."""
        if "run" in where:
            self.run = where["run"]
            self.state = where["run"].state()
            self.name_bar_as_kept(self.run)
        self.what = where.get("what", self.what)
        self.key, self.digest = where.get("key", self.key), where.get("digest", self.digest)
        self._show(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The level and the row one stands on."""
        return {
            "run": self.run,
            "what": self.what,
            "key": self.key,
            "digest": self.digest,
            "row": max(self.table.row, 0),
        }

    def escape(self) -> bool:
        """The explanation folds first."""
        if self.explain.isHidden():
            return False
        self.explain.hide()
        return True

    def status(self) -> str:
        """What was done; else what the figures leave out."""
        notes = self.made.notes if self.made is not None else ()
        return self._said or " · ".join((tr("单位：元"), *(note.rstrip("。") for note in notes)))

    # inside

    def _made(self) -> Table | None:
        if self.run is None:
            return None
        state, village = self.state, self.state.of(self.digest)
        if self.what == "totals":
            return totals_table(state)
        if self.what == "figure":
            return figure_table(state, self.key)
        if self.what == "rules":
            return rules_table(state, self.run.pack)
        if self.what == "rule":
            return rule_table(state, self.run.pack, self.key)
        if village is None:
            return None
        if self.what == "village":
            return village_table(village)
        return chain_table(village) if self.what == "chain" else accounts_table(village, self.key)

    def _show(self, row: int) -> None:
        self._said, self.made = "", self._made()
        self.explain.hide()
        if self.made is None:
            return
        self.head.set_title(self.made.title)
        self.model = TableModel(self.made)
        self.table.show_model(self.model, self.model.totals_model() if self.model.totals else None)
        first = next((n for n in range(self.model.count()) if self.model.link(n) is not None), 0)
        self.table.go_to_row(row or first)
        self.status_changed.emit()

    def _follow(self) -> None:
        if not self.explain.isHidden():
            self._explain()

    def _explain(self) -> None:
        """The whole row: what a narrow column cuts off stands here."""
        row, model, made = self.table.row, self.model, self.made
        if model is None or made is None or not 0 <= row < model.count():
            return
        texts = (
            f"{column.label} {model.text(row, place)}"
            for place, column in enumerate(made.columns)
            if model.text(row, place)
        )
        self.explain.explain("；".join(texts))

    def _open(self, row: int) -> None:
        link = self.model.link(row) if self.model is not None and row >= 0 else None
        if link is None or self.run is None:
            self._explain()
        elif link.kind == "account":
            self._open_ledger(self.run, link)
        elif link.kind == "package":
            where = {"rule": self.key} if self.what == "rule" else {}
            open_village(
                self.session, self.run, link.key, "review_checks", span=span_of(self.run, link.key), **where
            )
        else:
            deeper = {"figure": ("figure", link.key, ""), "rule": ("rule", link.key, "")}
            what, key, digest = deeper.get(link.kind, ("accounts", self.key, link.key))
            self.navigator.open("desk_list", run=self.run, what=what, key=key, digest=digest)

    def _open_ledger(self, run: Run, link: Link) -> None:
        village = self.state.of(self.digest)
        if village is not None:
            digest = village.newest.known.digest
            open_village(
                self.session,
                run,
                digest,
                "ledger",
                ledger=link.ledger,
                account=link.key,
                span=span_of(run, digest),
            )

    def _export(self) -> None:
        if self.made is not None:
            save_tables(self, self.operations, (self.made,), "xlsx", self._say)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
