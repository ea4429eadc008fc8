"""What reading hands out of money between the ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.inter_ledger import DocumentNumber
from village_ledger.domain.voucher import VoucherRef, VoucherState


@dataclass(frozen=True, slots=True)
class TransferSide:
    """The voucher of one side."""

    voucher_id: int
    ledger: str
    ref: VoucherRef
    state: VoucherState
    prepared_by: str
    reviewed_by: str
    debit: str
    """Account on the debit side."""
    credit: str
    amount: int
    """Fen; negative in a red-letter one."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """An inter-ledger document with its sides; amounts in fen."""

    id: int
    number: DocumentNumber
    kind: str
    step: str
    day: date
    amount: int
    summary: str
    resolution: str
    plan_item: str
    is_void: bool
    reverses: DocumentNumber | None
    reversed_by: DocumentNumber | None
    made_by: str
    sides: tuple[TransferSide, ...]
    """The collective's first; one only in T3."""
    settled: int
    """Of what it leaves open: settled by later documents, reversals counted off."""
    settles: tuple[DocumentNumber, ...]

    @property
    def state(self) -> VoucherState:
        """State of its vouchers, which is one state."""
        return self.sides[0].state

    def side(self, ledger: str) -> TransferSide | None:
        """The side in one ledger, None where it has none."""
        return next((side for side in self.sides if side.ledger == ledger), None)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution with its vote."""

    number: str
    day: date
    body: str
    eligible: int
    present: int
    in_favour: int
    published: date | None
    subject: str
    entered_by: str
    used: int
    """How many inter-ledger documents name it."""


@dataclass(frozen=True, slots=True)
class AllocationSlip:
    """An allocation slip (原始凭证分割单); amounts in fen."""

    id: int
    transfer_id: int
    invoice: str
    issuer: str
    whole: int
    collective: int
    committee: int


@dataclass(frozen=True, slots=True)
class InvoiceUse:
    """Where an invoice number is booked."""

    number: str
    amount: int
    ledger: str
    ref: VoucherRef
    voucher_id: int
