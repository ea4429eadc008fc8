"""A set of sheets put together for the wall: which of the registered ones, of what span, for which occasion."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import PostingError
from village_ledger.domain.period import Span
from village_ledger.domain.posting import (
    JOINT,
    SPECIAL,
    PostedSheet,
    Posting,
    PostingState,
    checked_occasion,
    occasion_words,
)
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.services.disclosure.calendar_rules import triggers
from village_ledger.services.disclosure.postings import changed, kept_text, newest_sheets
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.disclosure.register import PostingRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


def occasion_of(span: Span) -> str:
    """What a set of a span usually fulfils: month, quarter, half-year, year; anything else is on request."""
    whole = span.first.day == 1 and span.after.day == 1 and span.first.year == span.last.year
    months = span.last.month - span.first.month + 1
    fits = (span.first.month - 1) % months == 0
    return {1: "month", 3: "quarter", 6: "half-year", 12: "year"}.get(months * (whole and fits), "request")


def occasion_title(occasion: str) -> str:
    """What an occasion is called, a special one by what opened it."""
    key = occasion.removeprefix(SPECIAL)
    if key != occasion and key in triggers():
        return f"专项公开（{triggers()[key].name}）"
    return occasion_words(occasion)


def open_posting(
    uow: UnitOfWork,
    ledger: str,
    span: Span,
    codes: Sequence[str] = (),
    occasion: str = "",
    replaces: str = "",
    note: str = "",
) -> Outcome[Posting]:
    """Put registered sheets of one ledger and span together to be checked; without codes the newest of every sheet.

    ``replaces``: number of the set it takes the place of. Raises PostingError for a code that is not registered, of another
    ledger or span, overtaken by a newer one, twice, or hanging already.
    """
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    uow.reader.ledger(ledger)
    old = _replaceable(uow.reader, ledger, span, replaces)
    said = check_text(occasion, "公开的场合", NAME_LIMIT)
    usual = old.occasion if old else occasion_of(span)
    kept = checked_occasion(said) if said else usual
    newest = newest_sheets(uow.reader, ledger, span)
    wanted = [code.strip() for code in codes if code.strip()] or [sheet.code for sheet in newest]
    if not wanted:
        raise PostingError(f"{span.words()} 还没有登记过公开表", "请先在“公开”里出表，存成文件或打印一次。")
    for code in wanted:
        _ensure_fits(uow.reader, ledger, span, code, newest)
    _ensure_once(uow.reader, ledger, wanted, old)
    register = PostingRegister(uow)
    made = register.open(ledger, span, kept, wanted, old.id if old else None, kept_text(note, "说明"))
    posting = next(one for one in uow.reader.postings(ledger) if one.id == made)
    instead = f"，替代 {old.number}" if old else ""
    register.note(
        "wall_posting",
        made,
        (ledger, posting.number),
        f"{span.words()}（{kept}）{JOINT.join(wanted)}{instead}",
    )
    return Outcome(posting, changed(ledger))


def _replaceable(reader: Reader, ledger: str, span: Span, number: str) -> Posting | None:
    if not number.strip():
        return None
    old = reader.posting(ledger, number)
    if old.span != span:
        raise PostingError(
            f"{old.number} 公开的是{old.span.words()}，不是{span.words()}", "替代的两次要是同一段日期。"
        )
    if old.replaced_by:
        raise PostingError(f"{old.number} 已经由 {old.replaced_by} 替代", f"请替代 {old.replaced_by}。")
    if old.state in (PostingState.WAITING, PostingState.AGREED):
        raise PostingError(
            f"{old.number} 还没有贴过，也没有要求重做", "不要它的请作废，再开一次，不用写替代。"
        )
    if old.state is PostingState.WITHDRAWN:
        raise PostingError(f"{old.number} 已经作废", "再开一次，不用写替代。")
    return old


def _ensure_fits(reader: Reader, ledger: str, span: Span, code: str, newest: Sequence[PostedSheet]) -> None:
    sheet = reader.sheet(code)
    if sheet is None:
        raise PostingError(
            f"没有登记过校验码为 {code} 的公开表", "请核对表下面的校验码，字母和数字都要一样。"
        )
    if sheet.ledger != ledger:
        raise PostingError(f"{code} 是另一本账的表", f"请和{reader.ledger(sheet.ledger).title}的表放在一起。")
    own = Span(sheet.first, sheet.last)
    if own != span:
        raise PostingError(
            f"{code} 公开的是{own.words()}，不是{span.words()}", "一次张贴只放同一段日期的表。"
        )
    latest = next(one for one in newest if one.report == sheet.report)
    if latest.code != code:
        raise PostingError(f"{code} 后来重新出过，新表是 {latest.code}", "请张贴新的一张。")


def _ensure_once(reader: Reader, ledger: str, codes: Sequence[str], old: Posting | None) -> None:
    if len(set(codes)) != len(codes):
        raise PostingError("同一张表写了两次", "请去掉重复的校验码。")
    for one in reader.postings(ledger):
        gone = one.state is PostingState.WITHDRAWN or bool(one.replaced_by) or (old and one.id == old.id)
        twice = next((code for code in codes if code in one.codes), None)
        if twice is not None and not gone:
            raise PostingError(
                f"{twice} 已经在 {one.number} 里（{one.state.words}）",
                f"要重新张贴的，请写明替代 {one.number}。",
            )
