"""导入旧账: books of another program, its files, where its accounts go, balances before and after; written only at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.old_mapping import Decision
from village_ledger.exchange.oldbooks.old_map import read_old_map
from village_ledger.exchange.separation.import_old import (
    OldOptions,
    OldReading,
    import_old,
    propose_old,
    read_old,
)
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import issuer_of
from village_ledger.reports.oldbooks.old_tables import comparison_table, mapping_table
from village_ledger.services.changes import Changes
from village_ledger.services.outcome import Outcome
from village_ledger.ui import actions
from village_ledger.ui.error_presenter import Notice, describe
from village_ledger.ui.merger.merger_books import save_paper
from village_ledger.ui.oldbooks.old_forms import FilesForm, MappingForm, ProofForm
from village_ledger.ui.oldbooks.old_rows import proof_blocks
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.step_page import Step, StepPage

if TYPE_CHECKING:
    from village_ledger.domain.chart import Chart
    from village_ledger.reports.table import Table
    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.oldbooks.taking_in import TakenOver
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

FILES, MAPPING, PROOF = range(3)
TABLES = "表格 (*.xlsx *.csv);;所有文件 (*)"
ROOM = 70
"""Characters a page is wide before the proof stands beside the figures."""
_HELPS = (
    "选同一年的科目余额表和序时账。这里只看，什么也没有写。",
    "▲ 的要由村里定：按 Enter 换科目，或按 F7 照提议。",
    "一次全部写进账簿，有一处不行就一张也不写。",
)


@dataclass(frozen=True, slots=True)
class Read:
    """What the worker read, and the chart it was held against."""

    reading: OldReading
    chart: Chart


class OldImportPage(StepPage):
    """Which files · where accounts go · before and after."""

    scope: ClassVar[str] = "old_import"
    nav: ClassVar[str] = "work"
    shows: ClassVar[Changes] = Changes(accounts=True)
    proof_heading: ClassVar[str] = "导入前后"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.found: Read | None = None
        self.decisions: dict[str, Decision] = {}
        self.comparison: Table | None = None
        self._said = ""
        self.files = FilesForm(self.theme, (self._button("add_file"), self._button("drop_file")))
        self.mapping = MappingForm(
            self.theme, tuple(map(self._button, ("as_proposed", "all_proposed", "load_map", "save_map")))
        )
        self.balances = ProofForm(self.theme)
        self.set_title(tr("导入旧账"))
        self.set_steps(
            [
                Step(tr("选文件"), self.files, tr("看科目对照")),
                Step(tr("科目对照"), self.mapping, tr("核对，往下走"), scrolls_itself=True),
                Step(tr("前后对照"), self.balances, tr("导入"), with_proof=True, scrolls_itself=True),
            ]
        )
        self.stop = self._in_foot("cancel")
        self.stop.hide()
        self.paper = self._in_foot("print_comparison")
        self.mapping.decided.connect(self._decide)
        self.operations.finished.connect(self._calm)
        self.setAcceptDrops(True)
        self.arrived(FILES)

    def _button(self, action_id: str) -> Button:
        return Button.of_action(self.theme, self.action(action_id), actions.spec(self.scope, action_id))

    def _in_foot(self, action_id: str) -> Button:
        spec = actions.spec(self.scope, action_id)
        button = Button.of_action(self.theme, self.action(action_id), spec, Look.PLAIN)
        self.add_to_foot(button)
        self.foot.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        return button

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            **super().handlers(),
            "add_file": self._choose,
            "drop_file": self._drop,
            "as_proposed": self._as_proposed,
            "all_proposed": self._all_proposed,
            "load_map": self._load_map,
            "save_map": self._save_map,
            "print_comparison": self._print,
            "cancel": self.operations.cancel,
        }

    # the steps

    def arrived(self, step: int) -> None:
        """Buttons and words of the step, the cursor where one begins."""
        for action_id in ("add_file", "drop_file"):
            self.action(action_id).setEnabled(step == FILES)
        for action_id in ("as_proposed", "all_proposed", "load_map"):
            self.action(action_id).setEnabled(step == MAPPING and self.may(action_id))
        self.action("save_map").setEnabled(step == MAPPING and self.found is not None)
        self.action("print_comparison").setEnabled(step == PROOF and self.comparison is not None)
        self._make_room()
        self.say_help(tr(_HELPS[step]))
        begins = (self.files.table, self.mapping.table, self.balances.table)[step]
        begins.setFocus(Qt.FocusReason.OtherFocusReason)
        if step == MAPPING:
            self.mapping.stand(max(self.mapping.table.row, 0))
        self._name_the_end()

    def may_go_on(self, step: int) -> bool:
        """Files read, accounts decided and everything proven; else what is lacking stands in the slip."""
        if self.found is None:
            return self._stay(tr("还没有选文件，或者文件读不了"), tr("请添加科目余额表和序时账。"))
        if step == MAPPING:
            waiting = self.found.reading.open_ones
            if waiting:
                what = tr("还有 {count} 个旧科目没有定", count=len(waiting))
                self._stay(what, tr("光标在 ▲ 的行上，按 Enter 换科目，或按 F7 照提议。"))
                self.mapping.stand()
                return False
            self._try()
            return False
        return True

    def finish(self) -> None:
        """Take it in, all of it or nothing."""
        if self.found is not None and self.may("as_proposed"):
            self._begin()
            self.operations.run(tr("导入旧账"), self._take_in, then=self._done, refused=self._refused)

    def status(self) -> str:
        """How much, and what waits."""
        if self._said:
            return self._said
        if self.found is None:
            return ""
        records, waiting = self.found.reading.records, len(self.found.reading.open_ones)
        rest = tr("；{count} 个旧科目待定", count=waiting) if waiting else ""
        return tr(
            "{accounts} 个旧科目，{vouchers} 张凭证{rest}",
            accounts=len(self.found.reading.proposals),
            vouchers=len(records.vouchers),
            rest=rest,
        )

    def restyle(self) -> None:
        """Tables follow the size of the text."""
        super().restyle()
        self.files.restyle()
        self.mapping.restyle()
        self._make_room()
        self._name_the_end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped on the first step."""
        if self.step == FILES and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The files dropped are added."""
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # files

    def add_files(self, paths: list[Path]) -> None:
        """More files; all of them are read again together."""
        self.files.paths += [path for path in paths if path not in self.files.paths]
        self._changed_files()

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("原软件导出的文件"), str(Path.home()), tr(TABLES))
        if names:
            self.add_files([Path(name) for name in names])

    def _drop(self) -> None:
        row = self.files.table.row
        if 0 <= row < len(self.files.paths):
            del self.files.paths[row]
            self._changed_files()

    def _changed_files(self) -> None:
        self.files.show_files()
        self.found, self.comparison, self._said = None, None, ""
        self.decisions.clear()
        self.files.show_found(None)
        if self.files.paths:
            self._read()

    def _read(self) -> None:
        paths, ledger, decisions = tuple(self.files.paths), self.session.ledger_code, dict(self.decisions)

        def look(reader: Reader) -> Read:
            return Read(read_old(reader, ledger, paths, decisions), reader.chart(ledger))

        self.operations.read(tr("读旧账"), look, self._show_found, self._unread, key="old_import")

    def _show_found(self, found: Read) -> None:
        self.found, self.comparison = found, None
        self.slip.fold()
        self.files.show_found(found.reading.records)
        self.mapping.show_proposals(found.chart, found.reading.records, found.reading.proposals)
        self.action("save_map").setEnabled(self.step == MAPPING)
        self.status_changed.emit()

    def _unread(self, error: LedgerError) -> None:
        self.found = None
        self.slip.say(describe(error))

    # accounts

    def _decide(self, code: str, said: Decision) -> None:
        """Somebody decided one account: everything is proposed anew with it."""
        if self.may("as_proposed"):
            self.decisions[code] = said
            self._propose()

    def _propose(self) -> None:
        found, ledger, decisions = self.found, self.session.ledger_code, dict(self.decisions)
        if found is None:
            return
        records = found.reading.records

        def look(reader: Reader) -> Read:
            return Read(propose_old(reader, ledger, records, decisions), reader.chart(ledger))

        self.operations.read(tr("科目对照"), look, self._show_found, self._refused, key="old_import")

    def _as_proposed(self) -> None:
        one = self.mapping.current
        if one is not None and one.target:
            self._decide(one.old.code, self.decisions.get(one.old.code, Decision()))

    def _all_proposed(self) -> None:
        if self.found is None:
            return
        for one in self.found.reading.open_ones:
            if one.target:
                self.decisions.setdefault(one.old.code, Decision())
        self._propose()

    def _load_map(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("科目对照表"), str(Path.home()), tr(TABLES))
        if name:
            self.take_map(Path(name))

    def take_map(self, path: Path) -> None:
        """What a file decides; decisions made on the page before give way to it."""
        try:
            self.decisions |= read_old_map(path)
        except LedgerError as error:
            self._refused(error)
            return
        self._propose()

    def _save_map(self) -> None:
        if self.found is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, tr("存到哪里"), tr("科目对照表.csv"), "csv (*.csv)")
        if name:
            self.write_map(Path(name))

    def write_map(self, path: Path) -> None:
        """The list of correspondences as a file people edit."""
        found, ledger = self.found, self.session.ledger_code
        if found is None:
            return

        def write(reader: Reader) -> str:
            from village_ledger.reports.pens.render_text import write_csv

            reading = found.reading
            write_csv(
                mapping_table(issuer_of(reader, ledger), found.chart, reading.records, reading.proposals),
                path,
            )
            return tr("已存到 {path}", path=path)

        self.operations.read(tr("存对照表"), write, self._wrote, self._refused)

    # proof

    def _take_in(self, uow: UnitOfWork, progress: Progress) -> Outcome[tuple[TakenOver, Table]]:
        """The whole import and its figures before and after, while the accounts it makes are there."""
        found, ledger = self.found, self.session.ledger_code
        assert found is not None  # noqa: S101  the page asks only with files read
        records = found.reading.records
        options = OldOptions(
            dict(self.decisions), self.files.wishes(), keep_details=self.files.details.isChecked()
        )
        done = import_old(uow, ledger, found.reading, options, progress)
        table = comparison_table(
            issuer_of(uow.reader, ledger),
            uow.reader.chart(ledger),
            done.value.compared,
            (records.entity, records.span.words(), records.program.words),
        )
        return Outcome((done.value, table), done.changes, done.warnings)

    def _try(self) -> None:
        """See what would come of it, and take it back."""
        self._begin()
        self.operations.trial(tr("核对旧账"), self._take_in, self._proven, self._refused)

    def _proven(self, outcome: Outcome[tuple[TakenOver, Table]]) -> None:
        taken, table = outcome.value
        self.comparison = table
        self.balances.table.show_model(TableModel(table))
        equal_words = tr("{count} 个科目前后逐个相等。", count=len(taken.compared))
        self.balances.said.setText("\n".join((equal_words, *outcome.warnings)))
        self.show_proof(proof_blocks(taken), tr("{count} 个科目前后逐个相等", count=len(taken.compared)))
        self.show_step(PROOF)

    def _print(self) -> None:
        if self.comparison is not None:
            save_paper(self, self.operations, self.comparison, self._wrote)

    def _wrote(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    def _done(self, outcome: Outcome[tuple[TakenOver, Table]]) -> None:
        del outcome
        self.files.paths.clear()
        self._changed_files()
        self.show_step(FILES)
        self.navigator.open("trial_balance")

    # inside

    def _begin(self) -> None:
        """Work that takes a while and can be stopped."""
        self.stop.show()
        self.action("next").setEnabled(False)
        self.slip.fold()

    def _calm(self) -> None:
        self.stop.hide()
        self.action("next").setEnabled(True)

    def _make_room(self) -> None:
        """Where letters are large the figures have the whole width; what the panel proves stands in words above them."""
        proves = self.step == PROOF
        self.paper.setVisible(proves and not self.theme.tokens.narrow)
        self.proof.setVisible(proves and self.width() > ROOM * self.theme.px.body)

    def _name_the_end(self) -> None:
        """The button of the last step says how much, where there is room."""
        if self.step == PROOF and self.found is not None:
            count = len(self.found.reading.records.vouchers)
            words = tr("导入旧账，{count} 张凭证", count=count)
            self.action("next").setText(tr("导入旧账") if self.theme.tokens.narrow else words)

    def _stay(self, what: str, next_step: str) -> bool:
        self.slip.say(Notice(what, tr("账没有变化。"), next_step, "U-160"))
        return False

    def _refused(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def go(self, **where: Any) -> None:
        """``files`` to begin with."""
        super().go(**{"step": where["step"]} if "step" in where else {})
        if where.get("files"):
            self.add_files([Path(name) for name in where["files"]])
