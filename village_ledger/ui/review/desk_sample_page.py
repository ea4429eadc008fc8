"""抽样: vouchers of all villages that can be trusted, by a seed or the largest; Enter opens one in its package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.sampling import SEED_COUNT, Candidate, Sample, SampleOrder
from village_ledger.exchange.review.desk_sample import draw_over, write_sample
from village_ledger.i18n import tr
from village_ledger.reports.review.desk_sample import sample_over_table
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.planning.planning_page import chooser, offer
from village_ledger.ui.review.desk_front import DeskFront
from village_ledger.ui.review.desk_ways import open_village
from village_ledger.ui.review.sample_form import SampleForm
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.exchange.review.reviewing import Run
    from village_ledger.reports.table import Table
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_TOGETHER, _EACH = "together", "each"


class DeskSamplePage(DeskFront):
    """The order over the list it drew."""

    scope: ClassVar[str] = "desk_sample"
    nav: ClassVar[str] = "work"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.run: Run | None = None
        self.reports, self._said = Path(), ""
        self.samples: tuple[Sample, ...] = ()
        self.made: Table | None = None
        self.model: TableModel | None = None
        self.head.set_title(tr("抽样"))
        self.reach = chooser(tr("从哪里抽"))
        offer(
            self.reach,
            [(_TOGETHER, tr("所有的村合在一起")), (_EACH, tr("每个村各抽"))],
            _TOGETHER,
        )
        self.form = SampleForm(self.theme, [(tr("从哪里抽"), self.reach)])
        self.table = FigureTable(self.theme, tr("抽查清单"))
        self.table.set_empty_words(tr("写种子，按 F9 抽；不写种子就抽金额大的。"))
        self.body.addWidget(self.form)
        self.body.addWidget(self.table, 1)
        self.table.opened.connect(self._open)
        for action_id in ("export", "write"):
            self.add_button(action_id)
        self.add_button("draw", Look.MAIN)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            "draw": self.draw,
            "open": lambda: self._open(self.table.row),
            "export": self._export,
            "write": self._write,
        }

    def go(self, **where: Any) -> None:
        """``run`` to draw from, ``reports`` where the list goes, ``order`` to begin with; else as it was left."""
        if "run" in where and where["run"] is not self.run:
            self.run, self.samples, self.made = where["run"], (), None
            self.reports = where["reports"]
            order: SampleOrder = where["order"]
            self.name_bar_as_kept(self.run)
            self.form.put(
                order.seed,
                str(order.count or ("" if order.percent else SEED_COUNT)),
                str(order.percent or ""),
            )
            self.table.show_model(TableModel(sample_over_table(where["run"].state(), (), _today())))
        self._said = ""
        (self.table if self.samples else self.form.seed).setFocus()

    def status(self) -> str:
        """What was done; else how it was drawn and what it covers."""
        if self._said or not self.samples:
            return self._said or tr("还没有抽")
        return (
            self.samples[0].words if len(self.samples) == 1 else tr("{count} 个村", count=len(self.samples))
        )

    def draw(self) -> None:
        """On the worker; it can be cancelled, and the list stays as it was then."""
        run = self.run
        if run is None:
            return
        try:
            order = self.form.order
        except LedgerError as refusal:
            self.slip.say(describe(refusal))
            return
        each = self.reach.currentData() == _EACH

        def work(progress: Progress) -> tuple[Sample, ...]:
            return draw_over(run, order, progress, each=each)

        self.operations.task(tr("抽样"), work, then=self._show, refused=self._refused)

    def _show(self, samples: tuple[Sample, ...]) -> None:
        if self.run is None:
            return
        self.slip.fold()
        self.samples, self._said = samples, ""
        self.made = sample_over_table(self.run.state(), samples, _today())
        self.model = TableModel(self.made)
        self.table.show_model(self.model, self.model.totals_model() if self.model.totals else None)
        self.table.go_to_row(0)
        self.table.setFocus()
        self.status_changed.emit()

    def _drawn(self, row: int) -> Candidate | None:
        drawn = [one for sample in self.samples for one in sample.drawn]
        return drawn[row] if 0 <= row < len(drawn) else None

    def _open(self, row: int) -> None:
        one = self._drawn(row)
        if one is not None and self.run is not None:
            open_village(
                self.session, self.run, one.place, "voucher", ledger=one.ledger, voucher_id=one.voucher
            )

    def _export(self) -> None:
        if self.made is not None:
            save_tables(self, self.operations, (self.made,), "xlsx", self._say)

    def _write(self) -> None:
        run, samples, reports = self.run, self.samples, self.reports
        office = self.session.preferences.desk().office
        if run is None or not samples:
            self._say(tr("先抽，再存"))
            return

        def work(_: Progress) -> list[Path]:
            return write_sample(reports, run, samples, _today(), office)

        def done(paths: list[Path]) -> None:
            self._say(
                tr("存好了：{names}，在 {folder}", names="、".join(p.name for p in paths), folder=reports)
            )

        self.operations.task(tr("存抽查清单"), work, then=done, refused=self._refused)

    def _refused(self, refusal: LedgerError) -> None:
        self.slip.say(describe(refusal))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()


def _today() -> date:
    return date.today()  # noqa: DTZ011  the wall calendar of the township
