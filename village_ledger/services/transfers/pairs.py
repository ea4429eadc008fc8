"""The two vouchers of an inter-ledger document go through review and posting together; nothing is done to one alone."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.errors import VoucherError
from village_ledger.domain.voucher import StoredVoucher, VoucherState
from village_ledger.storage.reader import Reader

_DONE = frozenset({VoucherState.POSTED, VoucherState.VOID})


def completed(reader: Reader, ids: Sequence[int]) -> list[int]:
    """These vouchers and the other sides of those that are one side of a document."""
    return list(dict.fromkeys([*ids, *reader.other_sides(ids).values()]))


def other_side(reader: Reader, voucher_id: int) -> StoredVoucher | None:
    """The other side's voucher while it can still be changed, None when there is none."""
    other = reader.other_sides([voucher_id]).get(voucher_id)
    if other is None:
        return None
    stored = reader.voucher(other)
    return None if stored.state in _DONE else stored


def ensure_not_a_side(reader: Reader, stored: StoredVoucher, act: str) -> None:
    """Raise VoucherError for a voucher that is one side of an inter-ledger document."""
    document = reader.transfer_of(stored.id)
    if document is not None:
        raise VoucherError(
            f"{stored.ref.short} 是两账往来单 {document.number} 的一边，不能单独{act}",
            f"请到“办事—两账往来”里把 {document.number} 两边一起办。",
        )
