"""K37: payments whose approval is not there yet, advances with papers missing, payments that look cut into several."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import StoredVoucher, VoucherState
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.limits import payments
from village_ledger.services.limits.incomplete import still_open
from village_ledger.services.limits.splits import suspicions
from village_ledger.storage.reader import Reader

RULE = "K37"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Nothing where no rules are in force and nothing was paid with papers missing."""
    found: list[CheckItem] = []
    if any(one.valid_from <= month.last for one in reader.limit_sets(ledger)) and not month.is_closing:
        ids = [v.id for v in reader.vouchers(ledger, month=month) if v.state is not VoucherState.VOID]
        vouchers = reader.vouchers_by_id(ids)
        found += [_unapproved(reader, vouchers), _suspicious(reader, vouchers)]
    waiting = still_open(reader, ledger, month.last)
    if waiting:
        total = format_fen(sum(one.amount for one in waiting))
        found.append(
            CheckItem(
                RULE,
                Verdict.WARN,
                f"有 {len(waiting)} 笔暂付手续不全，共 {total} 元；公开表会列出。",
                tuple(f"{one.ref} {one.payee} {format_fen(one.amount)}：{one.missing}" for one in waiting),
                tuple(Lead(Leads.PAGE, "incomplete_papers") for _ in waiting),
                name="手续不全的暂付",
            )
        )
    return found


def _unapproved(reader: Reader, vouchers: list[StoredVoucher]) -> CheckItem:
    """Payments not posted yet that wait for their decision or papers; small ones without the name of who approved."""
    approvals = reader.approvals([v.id for v in vouchers])
    evidence: list[str] = []
    for stored in vouchers:
        standing = payments.standing(reader, stored, approvals.get(stored.id))
        if standing.missing and stored.state is not VoucherState.POSTED:
            evidence.append(f"{stored.ref} {'；'.join(standing.missing)}")
        elif standing.demands and not standing.needs_record and not stored.voucher.approver:
            evidence.append(f"{stored.ref} 没有写审批人")
    if evidence:
        text = f"有 {len(evidence)} 笔付款审批手续不全。"
        return CheckItem(RULE, Verdict.WARN, text, tuple(evidence), name="付款审批")
    return CheckItem(RULE, Verdict.PASS, "受限额管的付款都有审批。", name="付款审批")


def _suspicious(reader: Reader, vouchers: list[StoredVoucher]) -> CheckItem:
    """Payments that look cut into several or go to somebody close to who approved, unless a reason was written."""
    waived = reader.payment_waivers([v.id for v in vouchers])
    evidence: list[str] = []
    explained = 0
    for stored in vouchers:
        for one in suspicions(reader, stored.ledger, stored.voucher, stored.id):
            if any(w.kind == one.kind for w in waived.get(stored.id, ())):
                explained += 1
            else:
                evidence.append(f"{stored.ref} {one.text}")
    said = f"，另有 {explained} 处写明了原因" if explained else ""
    if evidence:
        text = f"有 {len(evidence)} 处像拆分付款或关联付款{said}。"
        return CheckItem(RULE, Verdict.WARN, text, tuple(evidence), name="拆分和关联付款")
    return CheckItem(RULE, Verdict.PASS, f"没有发现拆分付款和关联付款{said}。", name="拆分和关联付款")
