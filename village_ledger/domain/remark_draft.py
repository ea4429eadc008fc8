"""What a reviewer has written of a package so far: remarks, verdicts, accepted months; nothing of it is signed yet.

A value: every change gives another draft. It is kept outside the package and the book, under the package's digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from village_ledger.domain.errors import PackageError
from village_ledger.domain.remark_place import PLACE_LIMIT, place_of
from village_ledger.domain.remarks import Remark, Verdict, VoucherVerdict
from village_ledger.domain.review_check import Severity
from village_ledger.domain.voucher import check_text

TEXT_LIMIT = 480
RULE_LIMIT = 80


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """Remarks numbered from 1 in the order they were pinned."""

    remarks: tuple[Remark, ...] = ()
    verdicts: tuple[VoucherVerdict, ...] = ()
    accepted: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said yet."""
        return not (self.remarks or self.verdicts or self.accepted)

    def pinned(self, remark: Remark) -> RemarkDraft:
        """With a remark more, or another one in the place of its number; raises PackageError, TextError."""
        text = check_text(remark.text, "意见", TEXT_LIMIT)
        if not text:
            raise PackageError("意见不能是空的", "请写明看到什么、要村里怎样办。")
        rule = check_text(remark.rule, "依据", RULE_LIMIT)
        place = str(place_of(check_text(remark.place, "钉在哪里", PLACE_LIMIT)) or "")
        if not 1 <= remark.number <= len(self.remarks):
            remark = replace(remark, number=len(self.remarks) + 1)
        remark = replace(remark, text=text, rule=rule, place=place)
        twin = self.twin_of(remark)
        if twin is not None and twin.number != remark.number:
            raise PackageError(
                f"第 {twin.number} 条已经在这里照 {rule} 说过", f"请改第 {twin.number} 条，不用再钉一条。"
            )
        kept = {one.number: one for one in self.remarks} | {remark.number: remark}
        return replace(self, remarks=tuple(kept[number] for number in sorted(kept)))

    def twin_of(self, remark: Remark) -> Remark | None:
        """The remark that already says this rule of this place."""
        return next((one for one in self.remarks if one.is_twin(remark)), None)

    def without(self, number: int) -> RemarkDraft:
        """Without a remark; those behind it move up."""
        left = [one for one in self.remarks if one.number != number]
        return replace(self, remarks=tuple(replace(one, number=n) for n, one in enumerate(left, 1)))

    def judged(self, verdict: VoucherVerdict) -> RemarkDraft:
        """With a verdict on a voucher, in place of an earlier one; raises PackageError for a return without a reason."""
        reason = check_text(verdict.reason, "原因", TEXT_LIMIT)
        if verdict.verdict is Verdict.RETURN and not reason:
            raise PackageError(f"{verdict.voucher} 退回没有写原因", "请写明为什么退回。")
        left = self.unjudged(verdict.ledger, verdict.voucher)
        return replace(left, verdicts=(*left.verdicts, replace(verdict, reason=reason)))

    def unjudged(self, ledger: str, voucher: str) -> RemarkDraft:
        """Without any verdict on a voucher."""
        left = tuple(one for one in self.verdicts if (one.ledger, one.voucher) != (ledger, voucher))
        return replace(self, verdicts=left)

    def verdict_on(self, ledger: str, voucher: str) -> VoucherVerdict | None:
        """What is said of a voucher."""
        return next((one for one in self.verdicts if (one.ledger, one.voucher) == (ledger, voucher)), None)

    def accepting(self, ledger: str, month: str) -> RemarkDraft:
        """With a month accepted, or not any more."""
        one = (ledger, month)
        kept = set(self.accepted) ^ {one}
        return replace(self, accepted=tuple(sorted(kept)))

    def said(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "remarks": [
                [one.number, one.ledger, one.place, one.severity.value, one.text, one.rule]
                for one in self.remarks
            ],
            "verdicts": [[one.ledger, one.voucher, one.verdict.value, one.reason] for one in self.verdicts],
            "accepted": [list(one) for one in self.accepted],
        }

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> RemarkDraft:
        """What was kept; raises KeyError, TypeError, ValueError for what is none."""
        return cls(
            tuple(
                Remark(int(number), str(ledger), str(place), Severity(severity), str(text), str(rule))
                for number, ledger, place, severity, text, rule in said["remarks"]
            ),
            tuple(
                VoucherVerdict(str(ledger), str(voucher), Verdict(verdict), str(reason))
                for ledger, voucher, verdict, reason in said["verdicts"]
            ),
            tuple((str(ledger), str(month)) for ledger, month in said["accepted"]),
        )
