"""What a payment needs, what was shown for it, and whether it may be posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from village_ledger.domain.attachment import Owner
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, LimitError
from village_ledger.domain.limit import Approval, Demand, lacking, own_item
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    StoredVoucher,
    VoucherState,
    check_text,
)
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.limits import decided
from village_ledger.services.limits.demands import demands_by, demands_of
from village_ledger.services.limits.limit_rules import paper_kinds, vocabulary
from village_ledger.services.outcome import Outcome
from village_ledger.storage.limits.inspection import APPROVED
from village_ledger.storage.limits.queries import StoredApproval
from village_ledger.storage.limits.register import LimitRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Standing:
    """How a payment stands with the rules: what it needs, what was shown, what is missing."""

    demands: tuple[Demand, ...]
    approval: StoredApproval | None
    missing: tuple[str, ...]

    @property
    def needs_record(self) -> bool:
        """Whether anything must be on record before posting."""
        return any(demand.rule.needs_record for demand in self.demands)

    @property
    def title(self) -> str:
        """The rules applied, by name and version; empty where none apply."""
        return self.demands[0].rules.title if self.demands else ""


def standing(reader: Reader, stored: StoredVoucher, approval: StoredApproval | None = None) -> Standing:
    """How a stored voucher stands; ``approval`` when it has been read already."""
    demands = tuple(demands_of(reader, stored.ledger, stored.voucher))
    if not demands:
        return Standing((), None, ())
    approval = approval or reader.approval(stored.id)
    return Standing(demands, approval, tuple(missing_of(reader, stored, demands, approval)))


def missing_of(
    reader: Reader, stored: StoredVoucher, demands: Sequence[Demand], approval: StoredApproval | None
) -> list[str]:
    """What a payment still lacks, in words, the decision first."""
    asked = [demand for demand in demands if demand.rule.needs_record]
    if not asked:
        return []
    words, kind = vocabulary(), reader.ledger(stored.ledger).kind.value
    shown = approval.approval if approval else Approval()
    found = [
        said
        for d in asked
        if d.rule.stage and (said := _undecided(reader, stored, shown.decision, d.rule.stage))
    ]
    shown = replace(shown, papers={**_attached(reader, stored, shown.decision), **shown.papers})
    found = [*dict.fromkeys(found), *lacking(asked, shown, words, kind)]
    if approval is not None and not _given_for(approval, demands):
        found.append("审批以后金额、用途或规则变了，要重新登记审批")
    return found


def _undecided(reader: Reader, stored: StoredVoucher, decision: str, stage: str) -> str:
    return decided.why_not(reader, stored.ledger, decision, stage, stored.voucher.day)


def _attached(reader: Reader, stored: StoredVoucher, decision: str) -> dict[str, int]:
    """Papers that lie in the book as attachments of the voucher or of its decision, counted as sheets."""
    owners = [Owner("voucher", stored.ledger, str(stored.id))]
    if decision:
        owners.append(Owner("decision", stored.ledger, decision))
    found: dict[str, int] = {}
    for attachment in (one for owner in owners for one in reader.attachments(owner) if one.stands):
        for paper, kinds in paper_kinds().items():
            if attachment.kind in kinds:
                found[paper] = found.get(paper, 0) + attachment.sheets
    return found


def _given_for(approval: StoredApproval, demands: Sequence[Demand]) -> bool:
    """Whether an approval was given for exactly these amounts under this version."""
    return sorted(approval.demands) == sorted((d.kind, d.amount) for d in demands) and all(
        d.rules.version == approval.version for d in demands
    )


def approve(uow: UnitOfWork, voucher_id: int, approval: Approval) -> Outcome[Standing]:
    """Keep what was shown for a payment that is not posted yet: decision, signatures on paper, papers present.

    Raises LimitError where nothing is asked, a decision is not there or not far enough; DutyError for a handler who signs
    an own item. What is still missing of papers comes back as warnings: posting waits for it.
    """
    stored = uow.reader.voucher(voucher_id)
    require(uow, Duty.PREPARE, stored.ledger)
    if stored.state in (VoucherState.POSTED, VoucherState.VOID):
        raise LimitError(f"{stored.ref.short} 已记账或作废，不能再登记审批", "审批要在记账之前。")
    demands = demands_of(uow.reader, stored.ledger, stored.voucher)
    if not demands:
        raise LimitError(f"{stored.ref.short} 不受审批限额管", "没有采用规则，或不是付款。")
    kept = _tidy(approval)
    words = vocabulary()
    place = own_item(kept, stored.voucher.handler, words)
    if place:
        name = words.signers[place].name(uow.reader.ledger(stored.ledger).kind.value)
        raise DutyError(f"{kept.signers[place]} 经手了这笔付款，不能又在“{name}”处签批", "请换一个人审批。")
    stages = [d.rule.stage for d in demands if d.rule.stage]
    if kept.decision:
        for stage in stages:
            refused = _undecided(uow.reader, stored, kept.decision, stage)
            if refused:
                raise LimitError(refused, "请先把决策办到这一步，再登记审批。")
    LimitRegister(uow).approve(
        voucher_id, demands, kept, max(stages, key=_order) if kept.decision and stages else ""
    )
    detail = f"{demands[0].rules.title}，{_amounts(demands)}" + (
        f"，{kept.decision}" if kept.decision else ""
    )
    uow.log.add(APPROVED, ledger=stored.ledger, subject=str(stored.ref), detail=detail)
    now = standing(uow.reader, stored)
    return Outcome(
        now, Changes(limits=True, ledger=stored.ledger), (*now.missing, *_over_decided(uow.reader, kept))
    )


def _over_decided(reader: Reader, kept: Approval) -> list[str]:
    """A sentence where all that was paid on a decision comes to more than it allows."""
    allowed = decided.amount_of(reader, kept.decision)
    paid = sum(amount for given in reader.approved_on(kept.decision) for _, amount in given.demands)
    if not allowed or paid <= allowed:
        return []
    return [
        (
            f"{kept.decision} 定的是 {format_fen(allowed)}，按它批的付款已到 {format_fen(paid)}，"
            f"超出 {format_fen(paid - allowed)}。"
        )
    ]


def _order(stage: str) -> int:
    return list(vocabulary().stages).index(stage)


def _amounts(demands: Sequence[Demand]) -> str:
    names = vocabulary().kinds
    return "、".join(f"{names[d.kind]} {format_fen(d.amount)}" for d in demands)


def _tidy(approval: Approval) -> Approval:
    words = vocabulary()
    for what, given, known in (
        ("签字的地方", approval.signers, words.signers),
        ("附件", approval.papers, words.papers),
    ):
        unknown = [key for key in given if key not in known]
        if unknown:
            raise LimitError(f"没有“{unknown[0]}”这种{what}", f"可以是：{'、'.join(known)}。")
    if any(count < 0 for count in approval.papers.values()):
        raise LimitError("附件张数不能是负数", "请填实际张数。")
    signers = {k: check_text(v, "签字人", NAME_LIMIT) for k, v in approval.signers.items()}
    return Approval(
        check_text(approval.decision, "决策编号", NAME_LIMIT),
        {k: v for k, v in signers.items() if v},
        {k: v for k, v in approval.papers.items() if v},
    )


def ensure_complete(reader: Reader, vouchers: Sequence[StoredVoucher]) -> None:
    """Raise LimitError for the first payment over a limit whose decision or papers are not there yet."""
    governed = {code: reader.limit_sets(code) for code in {v.ledger for v in vouchers}}
    asked = [v for v in vouchers if governed[v.ledger]]
    approvals = reader.approvals([v.id for v in asked]) if asked else {}
    for stored in asked:
        demands = demands_by(reader, stored.ledger, stored.voucher, governed[stored.ledger])
        missing = missing_of(reader, stored, demands, approvals.get(stored.id))
        if missing:
            raise LimitError(
                f"{stored.ref.short} 付款 {_amounts(demands)}，按“{demands[0].rules.title}”手续还不全："
                f"{'；'.join(missing)}",
                "请补齐手续；钱已经付出的，请先记成“暂付（手续不全）”。这次一张也没有记账。",
            )
        _ensure_not_own(stored, demands)


def _ensure_not_own(stored: StoredVoucher, demands: Sequence[Demand]) -> None:
    voucher = stored.voucher
    if demands and voucher.handler and voucher.handler == voucher.approver:
        raise LimitError(
            f"{stored.ref.short} 的经手人和审批人都是 {voucher.handler}", "经手人不能批自己的单，请换人审批。"
        )
