"""The ways from the desk into a village's package, and back: where it opens, and by which rules it is looked at."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.domain.township import period_of
from village_ledger.settings import config_file

if TYPE_CHECKING:
    from village_ledger.exchange.review.reviewing import Run
    from village_ledger.ui.session import Session

PAGES = frozenset({"desk", "desk_list", "desk_sample"})
"""Pages a package is opened from and gone back to."""


def open_village(session: Session, run: Run, digest: str, page: str, **where: Any) -> None:
    """Open a package of a run at a page; it is gone back from to where one was."""
    session.first_page = (page, where)
    session.review_pack = run.pack
    session.open_asked.emit(run.places[digest])


def span_of(run: Run, digest: str) -> Span:
    """The days a package is about."""
    known = next(one.known for one in run.reviewed if one.known.digest == digest)
    return Span(*period_of(known))


def other_keys(run: Run) -> bool:
    """Whether other fingerprints have been compared since the run was looked at last."""
    from village_ledger.exchange.review.known_villages import known_villages
    from village_ledger.exchange.review.reviewing import weigh_keys

    before = [one.key_compared for one in run.reviewed]
    with suppress(LedgerError):  # what is wrong with the list the package's own bar says
        weigh_keys(run, known_villages(config_file().parent))
    return before != [one.key_compared for one in run.reviewed]
