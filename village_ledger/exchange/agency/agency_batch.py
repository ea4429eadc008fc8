"""One act for many villages of an agency's workspace: village after village, each with a verdict of its own (批量办).

What is refused in one village never stops the others. Every ledger of a village is an action of its own: two legal entities,
each with its own books, transaction and line in its own operation log under the name of who acted. Nothing is done for a
village that its own services would not do for this person alone: the workspace adds no right to anybody (四权不变).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.agency import BatchAct, BatchResult, KeptBook, VillageVerdict
from village_ledger.domain.errors import AgencyError, BookBusy, Cancelled, DutyError, LedgerError
from village_ledger.exchange.agency import agency_prints
from village_ledger.exchange.agency.agency_acts import close, post, review
from village_ledger.exchange.agency.agency_books import books_of, guarded, names_of
from village_ledger.exchange.agency.agency_exports import export_village
from village_ledger.exchange.agency.agency_forms import FORMS
from village_ledger.exchange.agency.agency_staff import enter, open_as
from village_ledger.exchange.agency.agency_village import BatchOptions, Village
from village_ledger.i18n import tr
from village_ledger.services.entry.progress import SILENT, Progress

if TYPE_CHECKING:
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.storage.file.book_file import BookFile

__all__ = ["BatchOptions", "run"]

ACTS: dict[BatchAct, Callable[[Village], Iterator[VillageVerdict]]] = {
    BatchAct.REVIEW: review,
    BatchAct.POST: post,
    BatchAct.CLOSE: close,
    BatchAct.PRINT: agency_prints.print_village,
    BatchAct.EXPORT: export_village,
}
_ON_PAPER = frozenset({BatchAct.PRINT, BatchAct.EXPORT})
"""Acts that a book which cannot be written now does not refuse."""


def run(
    workspace: Path,
    identity: Identity,
    act: BatchAct,
    villages: Sequence[str] = (),
    options: BatchOptions | None = None,
    progress: Progress = SILENT,
) -> list[VillageVerdict]:
    """Do an act for villages (uids or names; none for all), signed in as ``identity``; verdicts in the workspace's order.

    A cancel leaves what is done done, the village it came in as it was, and the rest ``STOPPED``. Raises LedgerError only for
    what is asked wrongly and for a workspace that cannot be read: then no book was opened.
    """
    options = options or BatchOptions()
    ensure_sensible(act, options)
    every = books_of(workspace)
    names = names_of(every)
    kept = _asked_for(workspace, villages, options)
    with agency_prints.merging(options, act) as (own, merge):

        def each(one: KeptBook, place: int) -> Iterator[VillageVerdict]:
            with guarded(one), _opened(workspace, one, identity, act) as book:
                inner = _within(progress, place, len(kept), one)
                yield from ACTS[act](Village(one, names[one.uid], book, identity.name, own, inner))

        return merge(_in_turn(kept, each, progress))


def _in_turn(
    kept: Sequence[KeptBook],
    each: Callable[[KeptBook, int], Iterator[VillageVerdict]],
    progress: Progress,
) -> list[VillageVerdict]:
    """Every village once, and those somebody else had open just then once more at the end; verdicts in the villages' order."""
    found: dict[str, list[VillageVerdict]] = {one.uid: [] for one in kept}
    turns, again, done = deque(kept), set[str](), 0
    while turns:
        one = turns.popleft()
        own = found[one.uid]
        try:
            progress.step(done, len(kept), one.village)
            own.extend(each(one, done))
            if not own:
                own.append(VillageVerdict(one, "", BatchResult.NOTHING, 0, tr("这个村没有这本账。")))
        except Cancelled:
            for left in (one, *turns):
                found[left.uid].append(_stopped(left, found[left.uid]))
            break
        except LedgerError as refusal:
            if isinstance(refusal, BookBusy) and not own and one.uid not in again:
                again.add(one.uid)
                turns.append(one)
                continue
            own.append(_refused(one, refusal))
        done += 1
    return [verdict for verdicts in found.values() for verdict in verdicts]


def ensure_sensible(act: BatchAct, options: BatchOptions) -> None:
    """Raise AgencyError for what cannot be meant, before any book is opened."""
    if act is BatchAct.REVIEW and options.chosen is None:
        if options.reason:
            raise AgencyError(tr("没有说退回哪几张凭证"), tr("请先选好凭证，再写退回的原因。"))
        if options.through is None:
            raise AgencyError(tr("没有说审到哪一天"), tr("请写明截止的日期，或选好凭证。"))
    if act is BatchAct.POST and options.through is None:
        raise AgencyError(tr("没有说记到哪一天"), tr("请写明截止的日期。"))
    if act is BatchAct.CLOSE and options.month is None:
        raise AgencyError(tr("没有说结哪个月"), tr("请写明月份。"))
    if act is BatchAct.PRINT:
        agency_prints.ensure_printable(options.reports)
    if act is BatchAct.EXPORT and options.form not in FORMS:
        names = "、".join(f"{name} {words}" for name, words in FORMS.items())
        raise AgencyError(tr("没有“{form}”这种导出", form=options.form), tr("可以是：{names}。", names=names))
    if act in _ON_PAPER and (options.folder is None or not options.folder.is_dir()):
        where = options.folder or ""
        raise AgencyError(tr("没有 {folder} 这个文件夹", folder=where), tr("请先建好放文件的文件夹。"))


def _asked_for(workspace: Path, villages: Sequence[str], options: BatchOptions) -> list[KeptBook]:
    if options.chosen is None:
        return books_of(workspace, villages)
    wanted = [uid for uid, ids in options.chosen.items() if ids]
    if not wanted:
        raise AgencyError(tr("一张凭证也没有选"), tr("请先选好凭证。"))
    among = {one.uid for one in books_of(workspace, villages)}
    return [one for one in books_of(workspace, wanted) if one.uid in among]


@contextmanager
def _opened(workspace: Path, kept: KeptBook, identity: Identity, act: BatchAct) -> Generator[BookFile]:
    if act not in _ON_PAPER:
        with open_as(workspace, kept, identity) as book:
            yield book
        return
    with enter(workspace, kept, identity) as book:
        yield book


def _within(progress: Progress, place: int, count: int, kept: KeptBook) -> Progress:
    """Progress of one village as the batch tells it: how many villages are done, and what is done in this one."""
    return Progress(lambda _done, _total, label: progress.step(place, count, f"{kept.village} · {label}"))


def _refused(kept: KeptBook, refusal: LedgerError) -> VillageVerdict:
    """The book could not be opened, or not by this person."""
    result = BatchResult.REFUSED if isinstance(refusal, DutyError) else BatchResult.UNREACHED
    return VillageVerdict(kept, "", result, 0, str(refusal))


def _stopped(kept: KeptBook, begun: Sequence[VillageVerdict]) -> VillageVerdict:
    words = tr("停下来时这个村只办了一部分，其余的没有变化。") if begun else tr("停下来了，这个村还没有办。")
    return VillageVerdict(kept, "", BatchResult.STOPPED, 0, words)
