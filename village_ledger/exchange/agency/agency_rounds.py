"""One act of the agency's staff in many villages, one after the other: a verdict a village, and none stops the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from village_ledger.domain.agency import BatchResult, KeptBook, VillageVerdict
from village_ledger.domain.errors import Cancelled, LedgerError
from village_ledger.exchange.agency.agency_books import guarded, told
from village_ledger.exchange.agency.agency_file import change_workspace, is_out_of_reach, open_kept
from village_ledger.exchange.agency.agency_log import logged, named
from village_ledger.exchange.agency.agency_staff import Identity, open_as
from village_ledger.services.entry.progress import Progress
from village_ledger.services.staff import staff
from village_ledger.storage.file.book_file import Access, BookFile

_trouble = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keyholder:
    """A village's own administrator, not of the agency, who types the PIN of that book."""

    name: str
    pin: str = field(repr=False)


@contextmanager
def administered(path: Path, kept: KeptBook, by: Identity | Keyholder) -> Generator[BookFile]:
    """A village's book open for its administrator: of the agency, or one of its own who has typed the PIN of that book."""
    if isinstance(by, Identity):
        with open_as(path, kept, by) as book:
            yield book
        return
    with open_kept(path, kept, Access.WRITE, by.name) as book:
        book.ensure_writable()
        if book.reader().has_staff():
            staff.sign_in(book, by.name, by.pin)
        yield book


def in_each(
    books: Sequence[KeptBook], act: Callable[[KeptBook], tuple[int, str]], progress: Progress
) -> list[VillageVerdict]:
    """Do it in each village; what one refuses is its verdict, and a stop leaves the rest as they are."""
    verdicts: list[VillageVerdict] = []
    for done, kept in enumerate(books):
        try:
            progress.step(done, len(books), kept.village)
            with guarded(kept):
                count, words = act(kept)
        except Cancelled:
            left = books[done:]
            return verdicts + [VillageVerdict(one, "", BatchResult.STOPPED, 0, "没有轮到") for one in left]
        except LedgerError as error:
            result = BatchResult.UNREACHED if is_out_of_reach(error) else BatchResult.REFUSED
            verdicts.append(VillageVerdict(kept, "", result, 0, told(error)))
        else:
            result = BatchResult.DONE if count else BatchResult.NOTHING
            verdicts.append(VillageVerdict(kept, "", result, count, words))
    return verdicts


def note(path: Path, by: str, words: str) -> None:
    """Log what has been done in villages already: where the file cannot be written just now, that is not undone."""
    try:
        change_workspace(path, lambda now: logged(now, by, words))
    except LedgerError:
        _trouble.warning("not logged in the workspace: %s", words, exc_info=True)


def note_done(path: Path, by: str, words: str, verdicts: Sequence[VillageVerdict]) -> None:
    """Log an act over villages: where it was done, and where not; nothing where there was nothing to do."""
    done = [one.book.village for one in verdicts if one.result is BatchResult.DONE]
    left = [one.book.village for one in verdicts if one.result not in (BatchResult.DONE, BatchResult.NOTHING)]
    if done or left:
        parts = (f"{verb}：{named(some)}" for verb, some in (("办了", done), ("没有办成", left)) if some)
        note(path, by, f"{words}（{'；'.join(parts)}）")
