"""What waits in a ledger, counted in the database: a to-do list over many villages never loads the vouchers themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherState
from village_ledger.storage.queries import Queries, day_of


@dataclass(frozen=True, slots=True)
class UnpostedGroup:
    """Unposted vouchers of one state and one maker."""

    state: VoucherState
    prepared_by: str
    returned: bool
    """Whether they were given back to their maker and not changed since."""
    count: int
    first_month: Month
    """Of the earliest of them."""
    first_day: date


class WaitingQueries(Queries):
    """Reads what waits."""

    def unposted_groups(self, ledger: str) -> list[UnpostedGroup]:
        """Unposted vouchers by state, maker and whether they were given back, the earliest first."""
        rows = self._all(
            "SELECT v.state, v.prepared_by, v.return_reason <> '', count(*), min(v.month), min(v.day) FROM unposted u "
            "JOIN voucher v ON v.id = u.voucher_id WHERE u.ledger_id = ? GROUP BY 1, 2, 3 ORDER BY 6, 1, 2, 3",
            self._ledger_id(ledger),
        )
        return [
            UnpostedGroup(VoucherState(state), by, bool(returned), count, Month.parse(month), day_of(day))
            for state, by, returned, count, month, day in rows
        ]
