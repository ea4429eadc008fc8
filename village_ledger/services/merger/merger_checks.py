"""Whether books may be merged at the end of a day: every obstacle in every book, all named at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from village_ledger.domain.merger import Matter, MergerError, MergerRefused, Option
from village_ledger.domain.period import CLOSING, Month
from village_ledger.services.book import verification
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.merger.sources import OldBook
from village_ledger.storage.reader import Reader
from village_ledger.storage.records import LedgerInfo

_ENDED = ("closed", "sealed")
_OVER = ("posted", "rejected")


def ensure_month_end(day: date) -> Month:
    """The last month of the old books; raises MergerError for a day that ends no month."""
    month = Month.of(day)
    if day != month.last:
        raise MergerError(
            f"{day} 不是月末，合并要从某月末起", f"请写 {month.last} 或别的月末；新账从下一天开始。"
        )
    return month


def ensure_may_merge(
    books: Sequence[OldBook], day: date, option: Option, progress: Progress = SILENT
) -> None:
    """Raise MergerRefused naming what is open, unposted, later, undecided or unproven in any of the books."""
    faults: list[str] = []
    for one in books:
        faults += obstacles(one, day, option)
    if faults:
        raise MergerRefused(faults)
    for place, one in enumerate(books):
        progress.step(place, len(books), f"核对{one.village}的账")
        findings = verification.inspect(one.book, progress)
        faults += [f"{one.village}的账核对不过：{finding.sentence()}" for finding in findings[:_FIRST]]
    if faults:
        raise MergerRefused(faults, "请先把旧账核对清楚；必要时用最近的备份。")


_DECEMBER = 12
_EVER = "9999-12-31"
_FIRST = 5
"""Findings of a book that are named; the rest verify tells."""


def obstacles(one: OldBook, day: date, option: Option) -> list[str]:
    """Every sentence against merging one book; whether it proves is asked apart, for it takes time."""
    reader = one.reader
    ended = reader.merged_into()
    if ended is not None:
        return [f"{one.village}：{ended.sentence}，不能再合并一次"]
    found: list[str] = []
    for info in reader.ledgers():
        words = f"{one.village}{info.title}"
        found += [f"{words}：{text}" for text in _ledger(reader, info, day, option)]
    open_cases = [case for case in reader.share_cases() if case.state not in _OVER]
    if open_cases and option is not Option.FEDERATE:
        found.append(
            f"{one.village}：还有 {len(open_cases)} 件份额办件没有办完（第 {open_cases[-1].id} 号 …）"
        )
    return found


def _ledger(reader: Reader, info: LedgerInfo, day: date, option: Option) -> Iterator[str]:
    last = Month.of(day)
    if info.start > last:
        yield f"从 {info.start} 才开始记账，{last} 没有账"
        return
    states = dict(reader.period_states(info.code))
    if str(last) not in states:
        yield f"没有 {last.year} 年的账，各村要合并在同一年的同一个月末"
        return
    open_ = [month for month, state in states.items() if month <= str(last) and state not in _ENDED]
    if open_:
        yield f"{open_[0]} 还没有结账" + (f"，连同以后共 {len(open_)} 个月" if len(open_) > 1 else "")
    if last.month == _DECEMBER and states.get(f"{last.year}-{CLOSING}") not in _ENDED:
        yield f"{last.year} 年还没有年终结转"
    unposted = reader.unposted_through(info.code, day)
    if unposted:
        yield f"{day} 以前还有 {unposted} 张凭证没有记账"
    if option is not Option.FEDERATE:
        later = reader.first_voucher_after(info.code, day)
        if later:
            yield f"{day} 以后已经有凭证（{later}），合并日要在最后一张凭证之后"


def left_open(one: OldBook) -> Iterator[Matter]:
    """What the old book has that no new book can take over by itself."""
    reader = one.reader
    for info in reader.ledgers():
        waiting = reader.claims_waiting(info.code, _EVER)
        if waiting:
            text = f"报账单 {'、'.join(waiting)} 没有入账，请报账人在新账里重新交。"
            yield Matter(one.number, "报账", info.title, text)
    if reader.drafts():
        yield Matter(
            one.number, "草稿", "凭证草稿", "旧账里没有录完的凭证草稿不带过来，需要的请在新账里重录。"
        )
