"""What the desk writes beside its reports: opinions of every village, reminders to who has sent nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.desk_state import DeskState
from village_ledger.domain.errors import LedgerError
from village_ledger.exchange.review.reminders import write_reminders
from village_ledger.exchange.review.review_desk import write_reports
from village_ledger.exchange.review.review_files import reviewer_of
from village_ledger.i18n import tr
from village_ledger.settings import reviewer_key_file
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.review.desk_form import DeskForm
from village_ledger.ui.review.desk_front import DeskFront

if TYPE_CHECKING:
    from village_ledger.exchange.review.reviewing import Run
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class DeskWriting(DeskFront):
    """The run in view and who reviews; everything is written on the worker, and who reviews is asked where nobody said."""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.run: Run | None = None
        self.state = DeskState((), (), ())
        self.form = DeskForm(self.theme, session.preferences)
        self.said = ""

    def name_desk(self) -> None:
        """Title and bar by who reviews."""
        raise NotImplementedError

    def show_form(self, *, shown: bool) -> None:
        """The form of who reviews what, or back."""
        raise NotImplementedError

    def write(self) -> None:
        """Reports and remarks into the reports' folder; what was seen is remembered there."""
        if self.run is None:
            self.say(tr("先审阅，再写意见书"))
            return
        self.form.keep()
        run, desk, villages = self.run, self.form.desk, self.form.villages
        name, office = self.form.reviewer.text(), self.form.office.text()
        try:
            order, due = self.form.order, self.form.month
        except LedgerError as refusal:
            self.ask_who(refusal)
            return

        def work(progress: Progress) -> None:
            who = reviewer_of(name, office, reviewer_key_file(), order)
            write_reports(run, desk, who, villages, progress, due)

        def done(_: None) -> None:
            self.slip.fold()
            self.name_desk()
            self.say(
                tr("写好了 {count} 个包的报告和意见书，在 {folder}", count=len(run.reviewed), folder=desk)
            )

        self.operations.task(tr("写意见书"), work, then=done, refused=self.ask_who)

    def remind(self, villages: list[str] | None) -> None:
        """A letter to one village, or to everyone that is missing."""
        if self.run is None or not self.state.to_remind:
            self.say(tr("没有没交的村"))
            return
        self.form.keep()
        state, desk = self.state, self.form.desk
        name, office = self.form.reviewer.text(), self.form.office.text()

        def work(_: Progress) -> list[Path]:
            return write_reminders(desk, state, reviewer_of(name, office, reviewer_key_file()), villages)

        def done(paths: list[Path]) -> None:
            self.slip.fold()
            self.say(tr("催交的通知写好了：{names}", names="、".join(path.name for path in paths)))

        self.operations.task(tr("写催交通知"), work, then=done, refused=self.ask_who)

    def ask_who(self, refusal: LedgerError) -> None:
        """Who reviews may be missing: the form comes up with the sentence."""
        self.show_form(shown=True)
        if not self.form.reviewer.text().strip():
            self.form.reviewer.setFocus()
        self.refuse(refusal)

    def refuse(self, refusal: LedgerError) -> None:
        """A refusal, in the page's slip."""
        self.slip.say(describe(refusal))

    def say(self, sentence: str) -> None:
        """What was done, in the status bar."""
        self.said = sentence
        self.status_changed.emit()
