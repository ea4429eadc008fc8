"""The books of a workspace as work over villages needs them: which ones, in the order kept, and what their files are called.

A book may hold what no program of ours wrote: what breaks us in one village is kept in the log and said there, and the other
villages go on (``guarded``).
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from village_ledger.domain.agency import KeptBook
from village_ledger.domain.errors import AgencyError, Cancelled, LedgerError
from village_ledger.exchange.agency.agency_file import find_book, read_workspace
from village_ledger.i18n import tr

log = logging.getLogger(__name__)
_UNFIT = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]')


def books_of(workspace: Path, villages: Sequence[str] = ()) -> list[KeptBook]:
    """Every kept book, or those named by their uid or village; raises AgencyError for one that is not kept."""
    said = read_workspace(workspace)
    if not villages:
        return list(said.books)
    wanted = {find_book(said, name).uid for name in villages}
    return [one for one in said.books if one.uid in wanted]


def names_of(kept: Sequence[KeptBook]) -> dict[str, str]:
    """A name for each village's files, by uid: no two alike on any file system, nothing in it that a path could mean."""
    plain = {one.uid: fit_for_file(one.village) or "村" for one in kept}
    often = Counter(name.casefold() for name in plain.values())
    return {uid: f"{name}_{uid[:6]}" if often[name.casefold()] > 1 else name for uid, name in plain.items()}


def fit_for_file(words: str) -> str:
    """Words as part of a file's name."""
    return _UNFIT.sub("", words).strip(".")


def told(refusal: LedgerError) -> str:
    """A refusal in a list of villages: what happened and what to do; that nothing was changed the list says by itself."""
    return f"{refusal.what.rstrip('。')}。{refusal.next_step}"


@contextmanager
def guarded(kept: KeptBook) -> Generator[None]:
    """What is done with one village's book: whatever breaks within becomes a refusal of that village alone."""
    try:
        yield
    except (LedgerError, Cancelled):
        raise
    except Exception as error:  # carried on as a refusal; the log has the traceback
        log.exception("a kept book")
        raise AgencyError(
            tr("{village}的账簿里有读不懂的东西，这一步没有做完", village=kept.village),
            tr("请打开这本账核对（verify）；账没有问题的，请把程序的日志发给维护的人。"),
        ) from error
