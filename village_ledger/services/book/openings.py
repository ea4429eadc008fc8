"""Opening balances (期初余额): their own document with its own proof.

It is entered once per ledger, as final or as provisional (期初未定). A provisional one may be changed, each change
logged and the document sealed anew, until somebody confirms it or the first month closes; from then on nothing changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from village_ledger.domain.chart import Chart, Dimension
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ImportRefused, LedgerError, PeriodError, VoucherError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.quantity import format_quantity
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import given, named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.records import OpeningLine
from village_ledger.storage.setup.queries import OpeningDocument
from village_ledger.storage.setup.register import OpeningStates
from village_ledger.storage.unit_of_work import UnitOfWork

ENTERED, CHANGED, SETTLED = "录入期初余额", "改动期初余额", "期初余额定下来"
"""Actions in the operation log; the first two end with the document's digest, which ``verify`` holds it to."""
PROVISIONAL = "期初未定：期初余额还可能改动。"
"""Said on every print of a ledger whose opening is provisional."""
DRAFT = "opening.draft."
"""Settings under which half-typed opening balances are kept, by ledger."""
_CLOSED = "期初余额会改动已结的数"


def set_opening(
    uow: UnitOfWork, ledger: str, rows: Sequence[ImportedOpening], *, provisional: bool = False
) -> Outcome[int]:
    """Enter the opening document; returns how many balances.

    Raises VoucherError for a second, an empty or an unbalanced one, PeriodError once a month is closed, ImportRefused naming
    every row at fault.
    """
    named(uow.by)
    require(uow, Duty.OPENING, ledger)
    if uow.reader.has_opening(ledger):
        again = "期初未定，要改请用“改动期初”。" if uow.reader.opening_is_provisional(ledger) else ""
        raise VoucherError("这本账的期初余额已经录入过", again or "期初只录一次；要更正请用凭证。")
    _refuse_closed(uow.reader, ledger, "请先反结账，再录入期初。")
    if not rows:
        raise VoucherError("期初余额一行也没有", "没有期初余额的新账不用导入。")
    lines = _checked(uow.reader, ledger, rows)
    if provisional:
        OpeningStates(uow).mark_provisional(ledger)
    digest = uow.openings.enter(ledger, lines)
    kind = "期初未定；" if provisional else ""
    uow.log.add(
        ENTERED,
        ledger=ledger,
        subject=f"{len(lines)} 行",
        detail=f"{kind}借贷各 {format_fen(sum(x.debit for x in lines))}；摘要值 {digest.hex()}",
    )
    uow.settings.set(f"{DRAFT}{ledger}", "")
    return Outcome(len(lines), _changes(ledger))


def change(
    uow: UnitOfWork, ledger: str, rows: Sequence[ImportedOpening], reason: str
) -> Outcome[list[Difference]]:
    """Make these the rows of a provisional document; every difference is logged. Returns the differences.

    Raises VoucherError when there is no document, it is final, or nothing changes, PeriodError once a month is closed,
    ImportRefused naming every row at fault.
    """
    named(uow.by)
    require(uow, Duty.OPENING, ledger)
    _changeable(uow.reader, ledger)
    why = given(reason, "改动期初余额", "为什么改，凭什么改")
    lines = _checked(uow.reader, ledger, rows)
    chart = uow.reader.chart(ledger)
    found = differences(chart, uow.reader.opening_lines(ledger), lines)
    if not found:
        raise VoucherError("期初余额和原来的一样", "没有要改的。")
    digest = OpeningStates(uow).replace(ledger, lines)
    for one in found:
        detail = f"{one.before} → {one.after}；原因：{why}；摘要值 {digest.hex()}"
        uow.log.add(CHANGED, ledger=ledger, subject=one.what, detail=detail)
    uow.settings.set(f"{DRAFT}{ledger}", "")
    return Outcome(found, _changes(ledger))


def confirm(uow: UnitOfWork, ledger: str) -> Outcome[OpeningDocument]:
    """Make a provisional document final; raises VoucherError when there is none or it is final already."""
    named(uow.by)
    require(uow, Duty.OPENING, ledger)
    document = _changeable(uow.reader, ledger)
    settle(uow, ledger)
    return Outcome(document, _changes(ledger))


def settle(uow: UnitOfWork, ledger: str) -> None:
    """A provisional document becomes final and the log says so; asked for by people and by the first close."""
    document = uow.reader.opening_document(ledger)
    if document is not None and document.provisional:
        OpeningStates(uow).settle(ledger)
        uow.log.add(
            SETTLED, ledger=ledger, subject=f"{document.rows} 行", detail=f"摘要值 {document.digest.hex()}"
        )


def keep_draft(uow: UnitOfWork, ledger: str, text: str) -> Outcome[None]:
    """Keep half-typed opening balances as the page writes them; an empty text forgets them. No act of the books."""
    uow.settings.set(f"{DRAFT}{ledger}", text)
    return Outcome(None, Changes())


def closing_check(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K17: before the first month closes, whether the opening is there and final; no line for later months."""
    if month != reader.ledger(ledger).start:
        return []
    document = reader.opening_document(ledger)
    if document is None:
        text = "还没有录入期初余额；结账以后就录不进来了。以前没有余额的新账不用录。"
        return [CheckItem("K17", Verdict.WARN, text)]
    if document.provisional:
        return [CheckItem("K17", Verdict.WARN, "期初未定：结了首月，期初余额就定下来，不能再改。")]
    return [CheckItem("K17", Verdict.PASS, "期初余额已经定下来。")]


class Difference(NamedTuple):
    """One row of the opening document that changes, in words: what, before, after."""

    what: str
    before: str
    after: str


def differences(
    chart: Chart, before: Iterable[OpeningLine], after: Iterable[OpeningLine]
) -> list[Difference]:
    """Every balance that is another one, in code order."""
    old, new = ({(x.account, x.counterparty, x.project): x for x in lines} for lines in (before, after))
    found: list[Difference] = []
    for key in sorted({*old, *new}):
        was, becomes = _words(old.get(key)), _words(new.get(key))
        if was != becomes:
            code, counterparty, project = key
            name = chart.get(code).name if code in chart else ""
            whose = "".join(f"·{part}" for part in (counterparty, project) if part)
            found.append(Difference(f"{code} {name}{whose}", was, becomes))
    return found


def check_year_to_date(rows: Sequence[ImportedOpening], start: Month) -> None:
    """本年累计 of both sides must agree, and there is none before January; raises VoucherError."""
    debit, credit = sum(row.year_debit for row in rows), sum(row.year_credit for row in rows)
    if debit != credit:
        raise VoucherError(
            f"本年累计借方合计 {format_fen(debit)}，贷方合计 {format_fen(credit)}，相差 {format_fen(abs(debit - credit))}",
            "请核对后再导入。",
        )
    if start.month == 1 and any(row.year_debit or row.year_credit for row in rows):
        raise VoucherError(f"这本账从 {start} 建账，年初以前没有本年累计", "请去掉本年累计两列再导入。")


def _changes(ledger: str) -> Changes:
    return Changes(balances=True, counterparties=True, settings=True, ledger=ledger)


def _words(line: OpeningLine | None) -> str:
    """A balance as the log has it."""
    if line is None:
        return "无"
    side, amount = ("借", line.debit) if line.debit or not line.credit else ("贷", line.credit)
    year = (
        f"（本年累计 借 {format_fen(line.year_debit)} 贷 {format_fen(line.year_credit)}）"
        if line.year_debit or line.year_credit
        else ""
    )
    measured = f"，数量 {format_quantity(line.quantity)}" if line.quantity else ""
    return f"{side} {format_fen(amount)}{measured}{year}"


def _refuse_closed(reader: Reader, ledger: str, next_step: str) -> None:
    closed = [m.month for m in reader.months(ledger) if not m.state.accepts_vouchers]
    if closed:
        raise PeriodError(f"{closed[0]} 已经结账，{_CLOSED}", next_step)


def _changeable(reader: Reader, ledger: str) -> OpeningDocument:
    """The provisional document; raises VoucherError or PeriodError for one that may not be changed."""
    document = reader.opening_document(ledger)
    if document is None:
        raise VoucherError("这本账还没有录入期初余额", "请先录入。")
    _refuse_closed(reader, ledger, "首月结账以后期初就定下来了，要更正请用凭证。")
    if not document.provisional:
        raise VoucherError("期初余额已经定下来，不能再改", "要更正请用凭证。")
    return document


def _checked(reader: Reader, ledger: str, rows: Sequence[ImportedOpening]) -> list[OpeningLine]:
    """The rows as stored; raises what is wrong with them, all rows at fault together."""
    chart = reader.chart(ledger)
    faults = [fault for row in rows if (fault := _fault(chart, row))]
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row.account, row.counterparty.strip(), row.project.strip())
        if key in seen:
            faults.append(f"第{row.row}行：{row.account} 和第{seen[key]}行重复")
        seen.setdefault(key, row.row)
    if faults:
        raise ImportRefused(faults)
    debit, credit = sum(row.debit for row in rows), sum(row.credit for row in rows)
    if debit != credit:
        raise VoucherError(
            f"期初借方合计 {format_fen(debit)}，贷方合计 {format_fen(credit)}，相差 {format_fen(abs(debit - credit))}",
            "请核对后再导入。",
        )
    check_year_to_date(rows, reader.ledger(ledger).start)
    return [
        OpeningLine(
            r.account,
            r.counterparty.strip(),
            r.project.strip(),
            r.debit,
            r.credit,
            r.year_debit,
            r.year_credit,
            r.quantity,
        )
        for r in rows
    ]


def _fault(chart: Chart, row: ImportedOpening) -> str:
    try:
        account = chart.usable_leaf(row.account)
        check_text(row.counterparty, Dimension.COUNTERPARTY.value, NAME_LIMIT)
        check_text(row.project, Dimension.PROJECT.value, NAME_LIMIT)
    except LedgerError as error:
        return f"第{row.row}行：{error.what}"
    if row.debit and row.credit:
        return f"第{row.row}行：{account.code} {account.name} 借方和贷方都有金额，只能留一边"
    if row.quantity and not account.unit:
        return f"第{row.row}行：{account.code} {account.name} 不按数量核算，不能写期初数量"
    balance = row.debit + row.credit
    if row.quantity and (not balance or (row.quantity < 0) != (balance < 0)):
        return f"第{row.row}行：{account.code} {account.name} 没有余额却有数量，或数量和金额的正负不同"
    values = {Dimension.COUNTERPARTY: row.counterparty, Dimension.PROJECT: row.project}
    for dimension in account.demands & values.keys():
        if not values[dimension].strip():
            return f"第{row.row}行：{account.code} {account.name} 要写明{dimension.value}"
    return ""
