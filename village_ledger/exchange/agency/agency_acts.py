"""Reviewing, posting and closing for one village of a batch, ledger after ledger, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from village_ledger.domain.agency import BatchResult, VillageVerdict
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AgencyError, DutyError, LedgerError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import StoredVoucher, VoucherState
from village_ledger.exchange.agency.agency_village import Village
from village_ledger.i18n import tr
from village_ledger.services.closing import closing
from village_ledger.services.duties import ensure
from village_ledger.services.entry import posting
from village_ledger.services.entry import review as reviewing
from village_ledger.services.transfers.pairs import completed
from village_ledger.storage.clock import now_text

_NAMED = 3
"""So many warnings are told in full."""


# reviewing


def review(village: Village) -> Iterator[VillageVerdict]:
    """Pass what waits up to a day and may be passed by this person; or pass, or give back, the vouchers that were chosen."""
    chosen = village.options.chosen
    if chosen is None:
        for ledger in village.ledgers():
            yield village.tried(ledger, lambda ledger=ledger: _pass_waiting(village, ledger))
        return
    act = _give_back if village.options.reason else _pass
    try:
        found = village.book.reader().vouchers_by_id(list(chosen[village.kept.uid]))
    except LedgerError as refusal:
        yield village.verdict("", BatchResult.REFUSED, 0, str(refusal))
        return
    for ledger, some in groupby(sorted(found, key=lambda one: one.ledger), key=lambda one: one.ledger):
        ids = [one.id for one in some]
        yield village.tried(ledger, lambda ledger=ledger, ids=ids: act(village, ledger, ids, ""))


def _pass_waiting(village: Village, ledger: str) -> VillageVerdict:
    """What waits, but for one's own vouchers and those that went back to their maker: both wait for somebody else."""
    waiting = [one for one in _waiting(village, ledger) if one.state is VoucherState.ENTERED]
    returned = sum(1 for one in waiting if one.return_reason)
    own = sum(1 for one in waiting if one.prepared_by == village.by and not one.return_reason)
    free = [one for one in waiting if _is_free(village, one)]
    fit = _with_fit_sides(village, free, Duty.REVIEW, _is_free)
    held = len(free) - len(fit)
    left = _list(
        (tr("{n} 张退回了等制单人改", n=returned), returned),
        (tr("{n} 张是自己制的单，要别人审", n=own), own),
        (tr("{n} 张两账往来的，另一边现在不能由你审", n=held), held),
    )
    return _pass(village, ledger, [one.id for one in fit], left)


def _is_free(village: Village, one: StoredVoucher) -> bool:
    """Whether this person may pass a voucher now, as far as the voucher says."""
    waits = one.state is VoucherState.ENTERED and not one.return_reason
    return waits and one.prepared_by != village.by


def _pass(village: Village, ledger: str, ids: Sequence[int], left: str) -> VillageVerdict:
    ids = [one for one in ids if one not in village.done]
    warnings: tuple[str, ...] = ()
    if ids:
        with village.book.unit_of_work(village.by) as uow:
            outcome = reviewing.pass_vouchers(uow, ids)
            touched = uow.reader.vouchers_by_id(completed(uow.reader, ids))
            uow.commit()
        _note(village, ledger, touched)
        warnings = outcome.warnings
    return _told(village, ledger, len(ids), (tr("审核了"), tr("没有等着审核的凭证")), left, warnings)


def _give_back(village: Village, ledger: str, ids: Sequence[int], left: str) -> VillageVerdict:
    ids = [one for one in ids if one not in village.done]
    if ids:
        count = 0
        with village.book.unit_of_work(village.by) as uow:
            sides = uow.reader.other_sides(ids)
            back: set[int] = set()
            for one in ids:
                if one not in back:
                    reviewing.give_back(uow, one, village.options.reason)
                    back |= {one, sides.get(one, one)}
                count += 1
            touched = uow.reader.vouchers_by_id(completed(uow.reader, ids))
            uow.commit()
        _note(village, ledger, touched)
    return _told(village, ledger, len(ids), (tr("退回了"), tr("没有要退回的凭证")), left)


# posting


def post(village: Village) -> Iterator[VillageVerdict]:
    """Post what is reviewed up to a day; in a declared one-person post also what is not, as 待补审."""
    for ledger in village.ledgers():
        yield village.tried(ledger, lambda ledger=ledger: _post(village, ledger))


def _post(village: Village, ledger: str) -> VillageVerdict:
    waiting = _waiting(village, ledger)
    ready = [one for one in waiting if _is_ready(village, one)]
    fit = _with_fit_sides(village, ready, Duty.POST, _is_ready)
    pending = sum(one.state is VoucherState.ENTERED for one in fit)
    held, unready = len(ready) - len(fit), len(waiting) - len(ready)
    if fit:
        ids = [one.id for one in fit]
        with village.book.unit_of_work(village.by) as uow:
            posting.post(uow, ids, village.progress)
            touched = uow.reader.vouchers_by_id(completed(uow.reader, ids))
            uow.commit()
        _note(village, ledger, touched)
    left = _list(
        (tr("其中 {n} 张一人岗的待补审", n=pending), pending),
        (tr("{n} 张还没有审核，没有记", n=unready), unready),
        (tr("{n} 张两账往来的，另一边现在不能由你记", n=held), held),
    )
    return _told(village, ledger, len(fit), (tr("记了"), tr("没有审核好等着记账的凭证")), left)


def _is_ready(village: Village, one: StoredVoucher) -> bool:
    """Whether a voucher may be posted now: reviewed, or entered in a declared one-person post."""
    if one.state is VoucherState.REVIEWED:
        return True
    alone = village.book.reader().ledger(one.ledger).one_person_post
    return alone and one.state is VoucherState.ENTERED and not one.return_reason


# closing


def close(village: Village) -> Iterator[VillageVerdict]:
    """Close a month in each ledger; what its check list fails is the verdict."""
    month = village.options.month
    if month is None:
        raise AgencyError(tr("没有说结哪个月"), tr("请写明月份。"))
    for ledger in village.ledgers():
        village.progress.step(0, 1, tr("结账"))
        yield village.tried(ledger, lambda ledger=ledger: _close(village, ledger, month))


def _close(village: Village, ledger: str, month: Month) -> VillageVerdict:
    words = tr("{year}年{month}月", year=month.year, month=month.month)
    state = next((one.state for one in village.book.reader().months(ledger) if one.month == month), None)
    if state is not None and not state.accepts_vouchers:
        return village.verdict(ledger, BatchResult.NOTHING, 0, tr("{month}以前就结过账了。", month=words))
    with village.book.unit_of_work(village.by) as uow:
        outcome = closing.close(uow, ledger, month)
        uow.commit()
    said = _with_warnings(tr("{month}结账了", month=words), outcome.warnings)
    return village.verdict(ledger, BatchResult.DONE, 1, said)


# what all have in common


def _waiting(village: Village, ledger: str) -> list[StoredVoucher]:
    """Unposted vouchers up to the day asked for that were not done with the ledger before."""
    through = village.options.through
    reader = village.book.reader()
    ids = reader.unposted_ids(ledger) if through is None else reader.unposted_ids(ledger, through.isoformat())
    return [one for one in reader.vouchers_by_id(ids) if one.id not in village.done]


def _with_fit_sides(
    village: Village,
    vouchers: list[StoredVoucher],
    duty: Duty,
    is_fit: Callable[[Village, StoredVoucher], bool],
) -> list[StoredVoucher]:
    """Without those whose other side waits for somebody else: a document is done whole or not at all, and holds up nothing."""
    reader = village.book.reader()
    sides = reader.other_sides([one.id for one in vouchers])
    others = reader.vouchers_by_id(list(sides.values()))
    may = {ledger: _may(village, duty, ledger) for ledger in {one.ledger for one in others}}
    unfit = {one.id for one in others if not (may[one.ledger] and is_fit(village, one))}
    return [one for one in vouchers if sides.get(one.id) not in unfit]


def _may(village: Village, duty: Duty, ledger: str) -> bool:
    try:
        ensure(village.book.reader(), village.by, duty, ledger, now_text()[:10])
    except DutyError:
        return False
    return True


def _note(village: Village, ledger: str, touched: Sequence[StoredVoucher]) -> None:
    """Remember the other sides that went along, for the verdict of their ledger."""
    for one in touched:
        if one.ledger != ledger and one.id not in village.done:
            village.also[one.ledger] += 1
        village.done.add(one.id)


def _told(
    village: Village,
    ledger: str,
    count: int,
    verbs: tuple[str, str],
    left: str,
    warnings: Sequence[str] = (),
) -> VillageVerdict:
    done, nothing = verbs
    also = village.also[ledger]
    if not count + also:
        said = f"{nothing}；{left}。" if left else f"{nothing}。"
        return village.verdict(ledger, BatchResult.NOTHING, 0, said)
    along = tr("（{n} 张随另一本账的往来单）", n=also) if also else ""
    said = tr("{done} {n} 张凭证{along}", done=done, n=count + also, along=along)
    said = f"{said}；{left}" if left else said
    return village.verdict(ledger, BatchResult.DONE, count + also, _with_warnings(said, warnings))


def _list(*parts: tuple[str, int]) -> str:
    return "，".join(words for words, count in parts if count)


def _with_warnings(said: str, warnings: Sequence[str]) -> str:
    if not warnings:
        return f"{said}。"
    more = tr("等 {n} 处", n=len(warnings)) if len(warnings) > _NAMED else ""
    told = "；".join(one.rstrip("。") for one in warnings[:_NAMED])
    return tr("{said}。请留意：{told}{more}。", said=said, told=told, more=more)
