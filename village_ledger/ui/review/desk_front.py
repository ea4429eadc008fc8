"""A page of the township's desk: the same bar over each of them, with the month due, the rules, 审阅 · 只读 and who reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.desk_state import month_words
from village_ledger.exchange.review.review_files import OFFICE
from village_ledger.i18n import tr
from village_ledger.ui.front_page import FrontPage
from village_ledger.ui.review.desk_bar import DeskBar

if TYPE_CHECKING:
    from village_ledger.exchange.review.reviewing import Run
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class DeskFront(FrontPage):
    """Subclasses call ``name_bar`` when there is another run or somebody else reviews."""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        self.bar = DeskBar(session.theme)
        super().__init__(session, operations, navigator, self.bar)

    def name_bar(self, run: Run | None, reviewer: str, office: str) -> None:
        """What the bar says of a run."""
        due = run.state().due if run is not None else ""
        month = month_words(due, long=True) if due else ""
        rules = run.pack.words if run is not None else ""
        self.bar.show_words(month, rules, reviewer.strip(), office.strip() or tr(OFFICE))

    def name_bar_as_kept(self, run: Run | None) -> None:
        """The same with the reviewer this computer remembers."""
        kept = self.session.preferences.desk()
        self.name_bar(run, kept.reviewer, kept.office)
