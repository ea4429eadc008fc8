"""From the end of counting to the assembly's confirmation: sealed, approved, published, confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import StockTakeError
from village_ledger.domain.money import format_fen
from village_ledger.domain.stock_take import CountLine, Step, ensure_next
from village_ledger.domain.stock_take_figures import count_digest, sum_of, uncounted, unexplained
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.counting.stock_takes import TakeView, changed_since, step_taken, today, view
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.transfers.resolutions import ensure_carried
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

CONFIRMING = frozenset({"assembly", "representatives", "villagers"})
"""Bodies that may confirm the result (资产清查结果由成员大会或成员代表大会确认)."""


def finish(uow: UnitOfWork, ledger: str, day: date) -> Outcome[TakeView]:
    """Counting ends: every line was counted, every difference has its cause and treatment, the books are as filled.

    From now on nothing changes any more unless it goes back.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = uow.reader.stock_take(ledger, day)
    ensure_next(take.last, Step.COUNTED)
    lines = uow.reader.stock_take_lines(take)
    if missing := uncounted(lines):
        raise StockTakeError(f"还有 {len(missing)} 行没有盘点：{_some(missing)}", "请逐行填上点到的数。")
    if changed := changed_since(uow.reader, take, lines):
        raise StockTakeError(
            f"填表以后账变了 {len(changed)} 行：{'、'.join(c.name for c in changed[:5])}",
            "请重新从账上填一次，点到的数会留着。",
        )
    if open_ := unexplained(lines):
        raise StockTakeError(f"有 {len(open_)} 处差异没有写原因或处理意见：{_some(open_)}", "请逐处写明。")
    total = sum_of(lines)
    words = f"核增 {format_fen(total.surplus)}，核减 {format_fen(total.shortage)}"
    step_taken(uow, take, Step.COUNTED, today(uow), words=words, digest=count_digest(lines))
    return Outcome(view(uow.reader, ledger, day), Changes(counts=True, ledger=ledger))


def _some(lines: Sequence[CountLine]) -> str:
    names = "、".join(f"{line.book.sheet}号表 {line.book.name}" for line in lines[:3])
    return names + ("等" if len(lines) > 3 else "")


def back(uow: UnitOfWork, ledger: str, day: date, reason: str) -> Outcome[TakeView]:
    """Back to counting, before approval, with the reason."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = uow.reader.stock_take(ledger, day)
    ensure_next(take.last, Step.BACK)
    why = check_text(reason, "原因", SUMMARY_LIMIT)
    if not why:
        raise StockTakeError("退回盘点要写明原因", "请写一句为什么退回。")
    step_taken(uow, take, Step.BACK, today(uow), words=why)
    return Outcome(view(uow.reader, ledger, day), Changes(counts=True, ledger=ledger))


def approve(
    uow: UnitOfWork, ledger: str, day: date, number: str, on: date, words: str = ""
) -> Outcome[TakeView]:
    """Keep the approval of the differences: number of the decision or resolution and its day."""
    named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    take = uow.reader.stock_take(ledger, day)
    ensure_next(take.last, Step.APPROVED)
    text = check_text(number, "决议文号", NAME_LIMIT)
    if not text:
        raise StockTakeError("差异的处理要有决议文号", "请填上审批的决策或决议的文号。")
    if on < take.day:
        raise StockTakeError(f"审批日期 {on} 在清查日 {take.day} 以前", "请核对日期。")
    warnings = () if _registered(uow.reader, text, on) else (f"账里没有登记过“{text}”，请把决议补登记上。",)
    step_taken(uow, take, Step.APPROVED, on, text, check_text(words, "审批意见", SUMMARY_LIMIT))
    return Outcome(view(uow.reader, ledger, day), Changes(counts=True, ledger=ledger), warnings)


def _registered(reader: Reader, number: str, on: date) -> bool:
    """Whether the book knows the decision or resolution; raises StockTakeError when it says another day."""
    if reader.find_decision(number) is not None:
        return True
    known = next((one for one in reader.resolutions() if one.number == number), None)
    if known is not None and known.day > on:
        raise StockTakeError(
            f"决议 {number} 是 {known.day} 作出的", f"审批日期不能在它以前，请改成 {known.day} 或以后。"
        )
    return known is not None


def publish(uow: UnitOfWork, ledger: str, day: date, on: date, place: str) -> Outcome[TakeView]:
    """The result was published to all members: since when, and where."""
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    take = uow.reader.stock_take(ledger, day)
    ensure_next(take.last, Step.PUBLISHED)
    approved = take.done(Step.APPROVED)
    if approved is not None and on < approved.day:
        raise StockTakeError(f"公示日期 {on} 在审批日 {approved.day} 以前", "请核对日期。")
    where = check_text(place, "公示地点", NAME_LIMIT)
    if not where:
        raise StockTakeError("公示要写明地点", "请填公示的地点，如“村务公开栏”。")
    step_taken(uow, take, Step.PUBLISHED, on, words=where)
    return Outcome(view(uow.reader, ledger, day), Changes(counts=True, ledger=ledger))


def confirm(uow: UnitOfWork, ledger: str, day: date, number: str, on: date) -> Outcome[TakeView]:
    """The members' (representatives') assembly confirmed the result by a registered resolution.

    Raises StockTakeError for one of another body or before publication, VoucherError for one that is not registered.
    """
    named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    take = uow.reader.stock_take(ledger, day)
    ensure_next(take.last, Step.CONFIRMED)
    resolution = uow.reader.resolution(number.strip())
    if resolution.body not in CONFIRMING:
        raise StockTakeError(
            f"决议 {resolution.number} 不是成员（代表）大会作出的", "清查结果要由成员（代表）大会确认。"
        )
    said = ensure_carried(uow.reader, resolution)
    published = take.done(Step.PUBLISHED)
    if published is not None and min(on, resolution.day) < published.day:
        raise StockTakeError(
            f"结果 {published.day} 才公示，{min(on, resolution.day)} 不能确认",
            "请先公示，再由成员（代表）大会确认。",
        )
    waiting = [
        one.ref for one in uow.reader.stock_take_vouchers(take.id) if not _is_posted(uow.reader, one.id)
    ]
    if waiting:
        raise StockTakeError(f"调整凭证 {'、'.join(waiting)} 还没有记账", "请先审核、记账，再确认。")
    step_taken(uow, take, Step.CONFIRMED, on, resolution.number)
    return Outcome(view(uow.reader, ledger, day), Changes(counts=True, ledger=ledger), tuple(said))


def _is_posted(reader: Reader, voucher_id: int) -> bool:
    return bool(reader.voucher(voucher_id).posted_by)
