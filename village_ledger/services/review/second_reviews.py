"""What a reviewer may pass, return or accept of a village's books, and what a remarks file of his may say.

The village refuses the same things when it takes the file in; here they are said while the reviewer can still mend them.
"""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.errors import DutyError, PackageError
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remark_place import Place, VoucherPlace
from village_ledger.domain.remarks import Verdict
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.review.remarks_in import pending
from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Waiting:
    """A voucher that waits for a second pair of eyes (待补审), or a closed month that may be accepted."""

    ledger: str
    place: str
    """``2025-03/记-0012``, or the month."""
    words: str
    amount: int = 0
    by: str = ""
    voucher: int = 0
    """The voucher's id, 0 for a month."""

    @property
    def is_month(self) -> bool:
        """Whether it is a month."""
        return not self.voucher


def waiting(reader: Reader) -> list[Waiting]:
    """Vouchers first, then closed months, ledger by ledger."""
    found: list[Waiting] = []
    ledgers = reader.ledgers()
    for info in ledgers:
        found += [
            Waiting(
                info.code,
                str(one.ref),
                one.voucher.lines[0].summary,
                abs(one.voucher.amount),
                "、".join(dict.fromkeys((one.prepared_by, one.posted_by))),
                one.id,
            )
            for one in pending(reader, info.code)
        ]
    for info in ledgers:
        found += [
            Waiting(info.code, str(one.month), "已经结账")
            for one in reader.months(info.code)
            if one.state is MonthState.CLOSED
        ]
    return found


def ensure_may_say(reader: Reader, draft: RemarkDraft, reviewer: str) -> None:
    """Raises PackageError where the village could not take the file in, DutyError for one's own vouchers."""
    if draft.is_empty:
        raise PackageError("还没有写意见、结论，没有可存的", "请先钉一条意见，或通过、接受一项。")
    for remark in draft.remarks:
        ensure_there(reader, remark.ledger, remark.pinned_to)
    for verdict in draft.verdicts:
        stored = reader.find_voucher(verdict.ledger, VoucherRef.parse(verdict.voucher))
        if not stored.awaits_second_review:
            raise PackageError(f"{verdict.voucher} 不在等补审", "请去掉它的结论。")
        if reviewer in (stored.prepared_by, stored.posted_by):
            raise DutyError(
                f"{verdict.voucher} 是 {reviewer} 自己制单或记账的，不能由同一个人补审", "请换一个人审。"
            )
        if verdict.verdict is Verdict.RETURN and not verdict.reason:
            raise PackageError(f"{verdict.voucher} 退回没有写原因", "请写明为什么退回。")
    for ledger, month in draft.accepted:
        _ensure_may_accept(reader, draft, ledger, Month.parse(month))


def ensure_there(reader: Reader, ledger: str, place: Place) -> None:
    """Raises VoucherError for a voucher there is not, PackageError for a line it has not or a ledger that is none."""
    if all(info.code != ledger for info in reader.ledgers()):
        raise PackageError(f"没有“{ledger}”这本账", "请核对账套。")
    if isinstance(place, VoucherPlace):
        stored = reader.find_voucher(ledger, place.ref)
        if place.line > len(stored.voucher.lines):
            raise PackageError(
                f"{place.ref} 只有 {len(stored.voucher.lines)} 行，没有第 {place.line} 行", "请核对第几行。"
            )


def _ensure_may_accept(reader: Reader, draft: RemarkDraft, ledger: str, month: Month) -> None:
    months, title = reader.months(ledger), reader.ledger(ledger).title
    if not any(one.month == month and one.state is MonthState.CLOSED for one in months):
        raise PackageError(f"{title}{month.words()}没有结账或已经封存，不能接受", "请去掉这个月。")
    for one in months:
        settled = one.state is MonthState.SEALED or (ledger, str(one.month)) in draft.accepted
        if one.month < month and not settled:
            raise PackageError(
                f"{title}前面的{one.month.words()}还没有接受，不能先接受{month.words()}",
                "请按月份的先后接受。",
            )
