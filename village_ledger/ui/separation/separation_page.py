"""分账: one old ledger becomes two, in five steps; proven as one goes, and nothing is made before it is signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.exchange.separation.separation_draft import SplitDraft, load_draft
from village_ledger.i18n import tr
from village_ledger.services.separation.separation import (
    NOTHING_MADE,
    OldBalances,
    SeparationRefused,
    cautions,
    reminder,
    separate,
)
from village_ledger.ui.error_presenter import Notice, describe
from village_ledger.ui.separation.separation_desk import SplitDesk
from village_ledger.ui.separation.separation_owners import OwnersStep
from village_ledger.ui.separation.separation_papers import SplitPapers, draft_path
from village_ledger.ui.separation.separation_proof import blocks_of, brief_of
from village_ledger.ui.separation.separation_source import SourceForm, VillageForm, in_row
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.step_page import Step, StepPage

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

SOURCE, VILLAGE, OWNERS, SIGN = range(4)
ACTS = ("split", "join", "undo", "redo", "prefill", "next_open")
"""Actions of the table."""


class SeparationPage(StepPage):
    """Old balances → village and rules → whose is what → sign and make."""

    scope: ClassVar[str] = "separation"
    nav: ClassVar[str] = "settings"
    follows_ledger: ClassVar[bool] = False
    proof_heading: ClassVar[str] = "边分边证"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.desk = SplitDesk()
        self.source, self.village = SourceForm(self.theme), VillageForm(self.theme)
        self.owners = OwnersStep(self.theme, self.desk)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.papers = SplitPapers(self, self._refused)
        self.set_title(tr("分账"))
        self.set_steps(
            [
                Step(tr("旧账"), self.source),
                Step(tr("村和规则"), self.village),
                Step(tr("归谁"), self.owners, tr("分好了，去签字"), with_proof=True, scrolls_itself=True),
                Step(tr("签字建账"), self._signing(), tr("签好了，建账"), with_proof=True),
            ]
        )
        self.prefill = self.add_button("prefill")
        self.print_button = self._in_foot("print_list")
        self._connect()

    # laying out

    def _signing(self) -> QWidget:
        section = Section(self.theme, tr("公示、签字，然后建账"))
        wall = Button(self.theme, tr("公示清单 A3…"))
        desk = Button(self.theme, tr("清单和两本期初 A4 或 xlsx…"))
        sheet = Button(self.theme, tr("签字表…"))
        wall.clicked.connect(lambda: self._print_list(wall=True))
        desk.clicked.connect(lambda: self._print_list(wall=False))
        sheet.clicked.connect(lambda: self._print_signoff())  # noqa: PLW0108  clicked hands over a flag
        section.add_row(tr("张贴"), in_row(wall), tr("大字，每一行归谁、合计和核对，签字以前贴出去。"))
        section.add_row(tr("存档"), in_row(desk), tr("带科目和理由，后面是两本账的期初余额表。"))
        section.add_row(tr("签字"), in_row(sheet), tr("两边负责人、监督和会计签字，盖章，写交接日期。"))
        section.add_row(tr("要记住的"), self.summary)
        return section

    def _in_foot(self, action_id: str) -> Button:
        from village_ledger.ui import actions

        button = Button.of_action(
            self.theme, self.action(action_id), actions.spec(self.scope, action_id), Look.PLAIN
        )
        self.add_to_foot(button)
        self.foot.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        return button

    def _connect(self) -> None:
        self.source.file_chosen.connect(self.read_file)
        self.source.draft_chosen.connect(self.read_draft)
        self.source.typed.connect(self.read_typed)
        self.owners.changed.connect(self._follow_desk)
        self.owners.said.connect(self.say_help)
        self.arrived(SOURCE)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            **super().handlers(),
            **{action_id: partial(self._act, action_id) for action_id in ACTS},
            "print_list": lambda: self._print_list(wall=True),
            "print_signoff": self._print_signoff,
        }

    def _act(self, action_id: str) -> None:
        self.owners.acts()[action_id]()

    # the steps

    def arrived(self, step: int) -> None:
        """Buttons and words of the step."""
        on_table = step == OWNERS
        for action_id in ACTS:
            self.action(action_id).setEnabled(on_table)
        for action_id in ("print_list", "print_signoff"):
            self.action(action_id).setEnabled(step >= OWNERS)
        self.prefill.setVisible(on_table)
        self._make_room()
        if step == SOURCE:
            self.say_help(tr("旧账和旧账簿都不改动，留作档案。"))
            self.source.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == VILLAGE:
            self.say_help(tr("填好以后逐行定归属，做到一半可以停下，草稿自己存。"))
            self.village.village.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == OWNERS:
            self.desk.use_preset(self.village.spec().committee_chart)
            self.owners.begin()
        else:
            self._prove()
            proof = self.desk.proof()
            texts = (*cautions(self.desk.lines, proof), reminder(proof))
            self.summary.setText("\n".join(text for text in texts if text) or tr("两本账互不相欠。"))
            self.say_help(tr("新账簿：{path}", path=self.village.path()))

    def may_go_on(self, step: int) -> bool:
        """Old balances read; village named; everything decided and proven."""
        if step == SOURCE and not self.desk.lines:
            if self.source.grid.is_blank():
                self._stay(tr("还没有旧账的余额"), tr("请选旧账的文件，或在表里录入。"))
                return False
            self.read_typed(self.source.grid.text())
            return bool(self.desk.lines)
        if step == VILLAGE and (missing := self.village.missing()) is not None:
            field, words = missing
            self._stay(words, tr("请补上，再往下走。"))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if step == OWNERS:
            proof = self.desk.proof()
            if not proof.holds:
                self.slip.say(describe(SeparationRefused(proof.faults)))
                self.owners.next_open()
                return False
        return True

    def finish(self) -> None:
        """Make the book on the worker and open it; the draft has done its work."""
        path, spec, person = self.village.path(), self.village.spec(), self.village.person.text().strip()
        old, lines, draft = self.desk.old, self.desk.lines, draft_path(path)

        def work(_progress: object) -> Path:
            path.parent.mkdir(parents=True, exist_ok=True)
            separate(path, spec, old, lines, person)
            draft.unlink(missing_ok=True)
            return path

        self.session.preferences.remember_person(path, person)
        self.operations.task(tr("分账建账"), work, then=self.session.open_new, refused=self._refused)

    # the old balances

    def read_file(self, path: Path) -> None:
        """Read a file or one of our books on the worker."""

        def work(_progress: object) -> OldBalances:
            from village_ledger.exchange.separation.old_balances import (
                is_own_book,
                read_old_book,
                read_old_file,
            )

            return read_old_book(path) if is_own_book(path) else read_old_file(path)

        self.operations.task(tr("读旧账"), work, then=self._take, refused=self._refused)

    def read_typed(self, text: str) -> None:
        """Take what was typed."""
        from village_ledger.exchange.separation.old_balances import read_old_text

        try:
            self._take(read_old_text(text, first=0))
        except LedgerError as error:
            self._refused(error)

    def read_draft(self, path: Path) -> None:
        """Go on where one stopped."""
        try:
            draft = load_draft(path)
        except LedgerError as error:
            self._refused(error)
            return
        self.village.folder.setText(str(path.parent))
        self.village.show_spec(draft.spec, draft.person)
        self.desk.take(draft.old, draft.spec.committee_chart, draft.lines)
        self._say_found()
        self.show_step(OWNERS)

    def _take(self, old: OldBalances) -> None:
        self.slip.fold()
        if old.year:
            self.village.year.set_value(old.year + 1)
        self.desk.take(old, self.village.spec().committee_chart)
        self._say_found()

    def _say_found(self) -> None:
        old, proof = self.desk.old, self.desk.proof()
        words = tr(
            "{source}：{count} 行，借方 {debit}，贷方 {credit}。",
            source=old.source,
            count=len(old.lines),
            debit=format_fen(proof.old.debit),
            credit=format_fen(proof.old.credit),
        )
        if not proof.old.is_even:
            words += tr("借贷不平，还不能分。")
        self.source.found.setText("\n".join((words, *old.notices)))

    def escape(self) -> bool:
        """Out of the strip first, then one step back."""
        if self.owners.strip_place.isVisible():
            self.owners.leave_editor()
            return True
        return super().escape()

    def _follow_desk(self) -> None:
        """Something was decided: the proof, and the draft."""
        self._prove()
        self._keep_draft()

    def _prove(self) -> None:
        proof = self.desk.proof()
        self.show_proof(blocks_of(proof), brief_of(proof))
        self.owners.show_counts(proof)

    def _make_room(self) -> None:
        self.owners.make_room()
        self.print_button.setVisible(self.step == OWNERS and not self.theme.tokens.narrow)

    # draft and paper

    def draft(self) -> SplitDraft:
        """Everything on the page."""
        person = self.village.person.text().strip()
        return SplitDraft(self.village.spec(), person, self.desk.old, self.desk.lines)

    def status(self) -> str:
        """Whether the draft is kept, or where a paper was written."""
        return self.papers.said

    def _keep_draft(self) -> None:
        if self.village.missing() is None and self.desk.lines:
            self.papers.keep(self.draft(), self.village.path())

    def _print_list(self, *, wall: bool) -> None:
        self.papers.print_list(self.draft(), self.village.path().parent, wall=wall)

    def _print_signoff(self) -> None:
        self.papers.print_signoff(self.draft(), self.village.path().parent)

    # inside

    def _stay(self, what: str, next_step: str) -> None:
        self.slip.say(Notice(what, tr(NOTHING_MADE), next_step, "U-140"))

    def _refused(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def restyle(self) -> None:
        """Fewer columns in a narrow window, the strip under the table or in its place."""
        super().restyle()
        self._make_room()
        if self.desk.lines and self.step == OWNERS:
            self.owners.refresh()
