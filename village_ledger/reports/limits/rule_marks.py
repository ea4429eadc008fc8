"""Which approval rules a printed payment was judged by, and who signs vouchers besides those they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from village_ledger.reports.vouchers.voucher_pdf import Signers
from village_ledger.services.limits.demands import demands_by

if TYPE_CHECKING:
    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.storage.reader import Reader


def signers_of(reader: Reader, vouchers: Sequence[StoredVoucher]) -> Signers:
    """主管 and 出纳 of the book, and 审批规则 of each payment, by name and version."""
    from village_ledger.reports.request import CASHIER, CHIEF

    versions = {code: reader.limit_sets(code) for code in {v.ledger for v in vouchers}}
    rules: dict[int, str] = {}
    for stored in vouchers:
        if not versions[stored.ledger]:
            continue
        demands = demands_by(reader, stored.ledger, stored.voucher, versions[stored.ledger])
        if demands:
            rules[stored.id] = f"审批规则 {demands[0].rules.title}"
    return Signers(reader.setting(CHIEF), reader.setting(CASHIER), rules)
