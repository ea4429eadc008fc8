"""What waits in the villages an agency keeps (代管工作台): read from each book as it stands, one village after another.

Books are opened for reading only and put away again before the next, so that sixty villages take no more memory than one.
Nothing of it is stored: what waits is what the books say today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.agency import KeptBook, Todo, VillageTodos, Waiting
from village_ledger.domain.agency_days import AgencyDays, agency_days
from village_ledger.domain.errors import BookFileError, LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherState
from village_ledger.exchange.agency.agency_books import books_of, guarded, told
from village_ledger.exchange.agency.agency_file import open_kept, place_of, read_workspace
from village_ledger.i18n import tr
from village_ledger.services.disclosure.disclosure_calendar import calendar_of, with_vouchers
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.review.remarks_in import remarks
from village_ledger.storage.file.book_file import Access
from village_ledger.storage.file.lock import WriterLock

if TYPE_CHECKING:
    from village_ledger.domain.agency import Workspace
    from village_ledger.domain.disclosure_standing import Line
    from village_ledger.domain.objection import Objection
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo


def gather(
    workspace: Path,
    identity: Identity | None,
    today: date,
    progress: Progress = SILENT,
    villages: Sequence[str] = (),
) -> list[VillageTodos]:
    """What waits in every village of the workspace, or in those with these uids or names, in the order kept.

    A book that cannot be looked into stands in the list with its trouble. Raises LedgerError where the workspace itself
    cannot be read, Cancelled when asked to stop.
    """
    kept, by = books_of(workspace, villages), "" if identity is None else identity.name
    days, found = days_of(read_workspace(workspace), today), list[VillageTodos]()
    for place, one in enumerate(kept):
        progress.step(place, len(kept), one.village)
        found.append(look_into(workspace, one, today, by, days))
    progress.step(len(kept), len(kept), tr("看完了"))
    return found


def days_of(workspace: Workspace, today: date) -> AgencyDays:
    """The days that hold for an office: its own, or the proposed ones."""
    return workspace.days or agency_days(today)


def look_into(
    workspace: Path, kept: KeptBook, today: date, by: str = "", days: AgencyDays | None = None
) -> VillageTodos:
    """What waits in one village; never raises a LedgerError."""
    holder = ""
    try:
        with guarded(kept), open_kept(workspace, kept, Access.READ) as book:
            holder = WriterLock(place_of(workspace, kept)).holder()
            found = village_todos(book, kept, today, by, days)
    except LedgerError as refusal:
        return unreached(kept, refusal, holder)
    return VillageTodos(kept, found.todos, "", holder, found.through)


def unreached(kept: KeptBook, refusal: LedgerError, holder: str = "") -> VillageTodos:
    """A village whose book cannot be looked into: that is the first thing that waits there."""
    trouble = told(refusal)
    return VillageTodos(
        kept, (Todo(Waiting.UNREACHED, "", 1, trouble, is_late=True),), trouble=trouble, holder=holder
    )


def village_todos(
    book: BookFile, kept: KeptBook, today: date, by: str = "", days: AgencyDays | None = None
) -> VillageTodos:
    """What waits in an open book on a day; ``by`` is who looks, whose own vouchers somebody else must review.

    ``days`` are the office's own; None for the proposed ones.

    Raises LedgerError for a book of another village, or one that nobody keeps any more.
    """
    reader, days = book.reader(), days or agency_days(today)
    with reader.snapshot():
        _ensure_same(reader, kept)
        ledgers = reader.ledgers()
        todos = [todo for info in ledgers for todo in _of_ledger(reader, info, today, by, days)]
        todos += _remarks(reader, today, days)
        through = _through(reader, ledgers)
    return VillageTodos(kept, tuple(sorted(todos, key=_order)), through=through)


_KINDS = list(Waiting)


def _order(todo: Todo) -> tuple[bool, int, date]:
    return (not todo.is_late, _KINDS.index(todo.kind), todo.due or date.max)


def _ensure_same(reader: Reader, kept: KeptBook) -> None:
    own, ended = reader.book(), reader.merged_into()
    if own.uid != kept.uid:
        raise BookFileError(
            tr(
                "{path} 是{village}的另一本账，不是工作区里的{kept}",
                path=kept.path,
                village=own.village,
                kept=kept.village,
            ),
            tr("请把原来的账簿放回去，或在工作区里移出再重新加入。"),
        )
    if ended is not None:
        raise LedgerError(ended.sentence, tr("可以移出工作区，加入新村的账簿。"))


def _of_ledger(reader: Reader, info: LedgerInfo, today: date, by: str, days: AgencyDays) -> Iterator[Todo]:
    yield from _claims(reader, info.code, today, days.claim_days)
    if not _in_use(reader, info.code):
        return
    yield from _vouchers(reader, info, by)
    yield from _second_reviews(reader, info)
    yield from _months(reader, info.code, today, days)
    yield from _sheets(reader, info.code, today)
    yield from _objections(reader, info.code, today)


def _split(
    kind: Waiting,
    ledger: str,
    late: int,
    count: int,
    words: tuple[str, str],
    page: str,
    due: date | None = None,
) -> Iterator[Todo]:
    """What is late and what is not, each as a thing of its own, so that counts of either are exact."""
    if late:
        yield Todo(kind, ledger, late, words[0], due, is_late=True, page=page)
    if count > late:
        yield Todo(kind, ledger, count - late, words[1], page=page)


def _claims(reader: Reader, ledger: str, today: date, days: int) -> Iterator[Todo]:
    waiting = reader.claims_waiting(ledger, date.max.isoformat())
    if not waiting:
        return
    late = reader.claims_waiting(ledger, (today - timedelta(days=days + 1)).isoformat())
    first, more = late[0] if late else "", tr("等 {n} 张", n=len(late)) if len(late) > 1 else ""
    said = (
        tr("报账单 {first}{more} 收到 {days} 天以上还没有记账", first=first, more=more, days=days),
        tr("{n} 张报账单等着记账", n=len(waiting) - len(late)),
    )
    yield from _split(Waiting.CLAIMS, ledger, len(late), len(waiting), said, "claims")


def _vouchers(reader: Reader, info: LedgerInfo, by: str) -> Iterator[Todo]:
    waiting = reader.unposted_groups(info.code)
    entered = [one for one in waiting if one.state is VoucherState.ENTERED]
    if entered:
        count = sum(one.count for one in entered)
        returned = sum(one.count for one in entered if one.returned)
        own = sum(one.count for one in entered if by and one.prepared_by == by and not one.returned)
        parts = [
            tr("{n} 张退回去等改", n=returned) if returned else "",
            tr("{n} 张是自己制的单，要别人审", n=own) if own else "",
        ]
        said = "，".join(filter(None, (tr("{n} 张凭证等审核", n=count), *parts)))
        where = {"month": entered[0].first_month, "state": VoucherState.ENTERED}
        yield Todo(Waiting.REVIEW, info.code, count, said, page="voucher_list", where=where)
    passed = [one for one in waiting if one.state is VoucherState.REVIEWED]
    if passed:
        count = sum(one.count for one in passed)
        where = {"month": passed[0].first_month, "state": VoucherState.REVIEWED}
        said = tr("{n} 张凭证审核了，等记账", n=count)
        yield Todo(Waiting.POST, info.code, count, said, page="voucher_list", where=where)


def _second_reviews(reader: Reader, info: LedgerInfo) -> Iterator[Todo]:
    months = reader.months(info.code)
    count = reader.awaiting_second_review(info.code, Span(info.start.first, months[-1].month.last))
    if count:
        said = tr("{n} 张凭证一人岗记的账，等乡镇补审", n=count)
        yield Todo(Waiting.SECOND_REVIEW, info.code, count, said, page="packages")


def _months(reader: Reader, ledger: str, today: date, days: AgencyDays) -> Iterator[Todo]:
    over = [
        one.month for one in reader.months(ledger) if one.state.accepts_vouchers and one.month.last < today
    ]
    for is_late in (True, False):
        some = [month for month in over if (today > days.close_due(month)) is is_late]
        if some:
            said = (
                tr("{month}还没有结账", month=_month_words(some[0]))
                if len(some) == 1
                else tr("{month}起 {n} 个月没有结账", month=_month_words(some[0]), n=len(some))
            )
            yield Todo(
                Waiting.MONTHS,
                ledger,
                len(some),
                said,
                days.close_due(some[0]),
                is_late,
                "closing",
                {"month": some[0]},
            )


def _month_words(month: Month) -> str:
    return f"{month.year}年{month.month}月"


def _sheets(reader: Reader, ledger: str, today: date) -> Iterator[Todo]:
    calendar = calendar_of(reader, ledger, min(today, reader.months(ledger)[-1].month.last))
    for lines, is_late in ((calendar.late, True), (calendar.soon, False)):
        told: list[Line] = with_vouchers(reader, ledger, lines)
        if told:
            first = told[0]
            more = tr("等 {n} 件", n=len(told)) if len(told) > 1 else ""
            said = tr("{what}{more}，{how}", what=first.due.title, more=more, how=first.how)
            where = {"ledger": ledger, "year": first.due.day.year}
            yield Todo(
                Waiting.SHEETS, ledger, len(told), said, first.due.day, is_late, "disclosure_calendar", where
            )


def _objections(reader: Reader, ledger: str, today: date) -> Iterator[Todo]:
    waiting = sorted((one for one in reader.objections(ledger) if one.waits), key=lambda one: one.answer_due)
    for is_late in (True, False):
        some: list[Objection] = [one for one in waiting if one.late_on(today) is is_late]
        if some:
            first = some[0]
            more = tr("等 {n} 条", n=len(some)) if len(some) > 1 else ""
            said = tr(
                "异议 {number}{more}，{due} 前答复", number=first.number, more=more, due=first.answer_due
            )
            where = {"ledger": ledger, "number": first.posting, "objection": first.number}
            yield Todo(Waiting.REPLIES, ledger, len(some), said, first.answer_due, is_late, "posting", where)


def _remarks(reader: Reader, today: date, days: AgencyDays) -> Iterator[Todo]:
    """Remarks of every ledger, and those on the whole book; each file is read once."""
    waiting: dict[tuple[str, bool], list[date]] = {}
    for view in remarks(reader):
        if view.is_open:
            due = days.remark_due(date.fromisoformat(view.file.taken_at[:10]))
            waiting.setdefault((view.remark.ledger, today > due), []).append(due)
    for (ledger, is_late), dues in waiting.items():
        said = tr("审阅意见有 {n} 条没有答复，{due} 前答复", n=len(dues), due=min(dues))
        yield Todo(Waiting.REPLIES, ledger, len(dues), said, min(dues), is_late, "remarks")


def _through(reader: Reader, ledgers: Sequence[LedgerInfo]) -> str:
    """The last month closed in every ledger that is in use."""
    closed = [closed_through(reader, info.code) for info in ledgers if _in_use(reader, info.code)]
    months = [month for month in closed if month is not None]
    return str(min(months)) if months and len(months) == len(closed) else ""


def closed_through(reader: Reader, ledger: str) -> Month | None:
    """The last month closed of a ledger, None before the first."""
    closed = [one.month for one in reader.months(ledger) if not one.state.accepts_vouchers]
    return max(closed, default=None)


def _in_use(reader: Reader, ledger: str) -> bool:
    """Whether a ledger has begun: months of one that has not are nobody's to close."""
    return bool(reader.numbers(ledger)) or reader.has_opening(ledger)
