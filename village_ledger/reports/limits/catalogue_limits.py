"""Small powers and approval limits: reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LimitError

if TYPE_CHECKING:
    from village_ledger.reports.limits.limit_reports import Judged
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

_DATE = 10


def last_day(reader: Reader, request: ReportRequest) -> date:
    """The last day asked for; without any today, within the book's years."""
    from village_ledger.reports.request import span_of
    from village_ledger.storage.clock import now_text

    if request.span is not None:
        return request.span.last
    return min(date.fromisoformat(now_text()[:_DATE]), span_of(reader, request).last)


def _limits(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.limits.limit_reports import limits_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.limits.limit_rules import vocabulary
    from village_ledger.services.limits.limit_sets import works_words

    day = last_day(reader, request)
    rules = reader.limit_set(request.ledger, day)
    works = works_words(rules) if rules else ""
    return limits_table(issuer_of(reader, request.ledger), rules, vocabulary(), day, works)


def _powers(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.limits.limit_reports import powers_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.limits.small_powers import power_list

    ledger = request.ledger or reader.ledgers()[0].code
    return powers_table(issuer_of(reader, ledger), power_list(reader, last_day(reader, request)))


def _incomplete(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.limits.limit_reports import incomplete_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.limits.incomplete import still_open

    day = last_day(reader, request)
    waiting = still_open(reader, request.ledger, day)
    unposted = sum(not one.posted for one in waiting)
    warnings = [f"其中 {unposted} 张凭证还没有记账。"] if unposted else []
    return incomplete_table(issuer_of(reader, request.ledger), waiting, day, warnings)


def judged_of(reader: Reader, request: ReportRequest) -> list[Judged]:
    """Payments under the limits: of one voucher, or of a span."""
    from village_ledger.domain.voucher import VoucherState
    from village_ledger.reports.limits.limit_reports import Judged
    from village_ledger.reports.request import vouchers_of
    from village_ledger.services.limits.payments import standing

    vouchers = [v for v in vouchers_of(reader, request) if v.state is not VoucherState.VOID]
    approvals = reader.approvals([v.id for v in vouchers])
    waived = reader.payment_waivers([v.id for v in vouchers])
    return [
        Judged(stored, found, waived.get(stored.id, ()))
        for stored in vouchers
        if (found := standing(reader, stored, approvals.get(stored.id))).demands
    ]


def _register(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.limits.limit_reports import register_table
    from village_ledger.reports.request import issuer_of, span_of
    from village_ledger.services.limits.limit_rules import vocabulary

    issuer = issuer_of(reader, request.ledger)
    return register_table(issuer, judged_of(reader, request), vocabulary(), span_of(reader, request))


def _form(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.limits.limit_reports import form_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.limits.limit_rules import vocabulary

    if request.voucher is None:
        raise LimitError("付款审批单是一张凭证的，没有写凭证号", "请写明是哪张凭证。")
    judged = judged_of(reader, request)
    if not judged:
        raise LimitError(f"{request.voucher} 不受审批限额管，没有审批单", "没有采用规则，或不是付款。")
    return form_table(issuer_of(reader, request.ledger), judged[0], vocabulary())


LIMIT_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "approval-limits": _limits,
    "small-powers": _powers,
    "incomplete-papers": _incomplete,
    "approval-register": _register,
    "payment-approval": _form,
}
