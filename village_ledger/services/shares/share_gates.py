"""What every share event must pass whatever its kind: an open day (I9) and class, a resolution that carried (I12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.share_rules import share_rules
from village_ledger.services.shares.share_plan import Check, Plan, caution, verdict
from village_ledger.services.transfers.resolutions import bodies, ensure_carried
from village_ledger.storage.clock import now_text
from village_ledger.storage.reader import Reader

_ASSEMBLIES = ("assembly", "representatives")


def gates(reader: Reader, found: Plan) -> Iterator[Check]:
    """All of them."""
    yield from _days(reader, found)
    yield from _open_class(reader, found)
    yield from _resolution(reader, found)


def _days(reader: Reader, found: Plan) -> Iterator[Check]:
    """I9: not before a record date already used, not in a year carried forward, not beyond the open years and this one.

    In January the books of the new year may still be without a voucher; shares change all the same.
    """
    request = found.request
    first, last = reader.open_days(request.ledger)
    last = max(last, date(int(now_text()[:4]), 12, 31))
    text, detail = "日期可以登记", ""
    used = reader.used_record_date(request.ledger)
    if request.day > last:
        detail = f"日期 {request.day} 晚于已开的年度（到 {last}）"
    elif used is not None and request.day <= used:
        detail = f"日期 {request.day} 不晚于已用过的分红登记日 {used}"
    elif request.day >= first and reader.year_is_closed(request.ledger, request.day.year):
        detail = f"{request.day.year} 年已经结转"
    yield verdict("I9", text, detail, "晚到的材料按今天的日期登记，备注写明真实日期。")


def _open_class(reader: Reader, found: Plan) -> Iterator[Check]:
    """A class that was converted is closed: only the conversion itself can still be reversed."""
    for share_class in (found.share_class, found.new_class):
        number = None if share_class is None else reader.converted_by(share_class.id)
        if share_class is None or number is None or number == found.request.reverses:
            continue
        detail = f"{share_class.name}已由第 {number} 号变动折换成别的类，不再变动"
        yield verdict("折换", "这一类没有折换掉", detail, f"请用新的类；折换错了，先冲销第 {number} 号。")


def _resolution(reader: Reader, found: Plan) -> Iterator[Check]:
    """I12: a resolution of the right body, carried, not later than the event, its notice long enough."""
    request = found.request
    wanted = share_rules().kinds[request.kind].bodies
    if not wanted and not request.resolution:
        return
    names = "或".join(bodies()[body]["name"] for body in wanted)
    text = f"{names}的决议已通过" if wanted else "决议"
    if not request.resolution:
        yield verdict("I12", text, f"{request.kind.words}要有{names}的决议", "请先登记决议，再写明文号。")
        return
    try:
        resolution = reader.resolution(request.resolution)
        said = ensure_carried(reader, resolution)
    except LedgerError as error:
        yield verdict("I12", text, error.what, error.next_step)
        return
    detail, body = "", bodies()[resolution.body]["name"]
    if wanted and resolution.body not in wanted:
        detail = f"决议 {resolution.number} 是{body}的，{request.kind.words}要由{names}决定"
    elif resolution.day > request.day:
        detail = f"决议 {resolution.number} 是 {resolution.day} 表决的，晚于变动日期 {request.day}"
    yield verdict("I12", text, detail, "请核对文号和日期。")
    for sentence in said:
        yield caution("I12", text, sentence)
    if resolution.body in _ASSEMBLIES and resolution.body in wanted:
        yield _notice(
            resolution.number, resolution.published and (resolution.day - resolution.published).days
        )


def _notice(number: str, days: int | None) -> Check:
    """The ten days between the notice and the vote."""
    wanted = share_rules().notice_before_vote
    if days is None:
        detail = f"决议 {number} 没有登记表决前的公示起日，请核对是否公示满 {wanted} 天。"
        return caution("I12", "表决前公示", detail)
    detail = "" if days >= wanted else f"决议 {number} 表决前只公示了 {days} 天，不满 {wanted} 天"
    return verdict("I12", "表决前公示", detail, "请公示满了再表决，用新的文号登记。")
