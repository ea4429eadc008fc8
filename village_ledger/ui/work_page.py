"""What a village's accountant does beside plain vouchers: one calm list, Enter goes there."""

from __future__ import annotations

from village_ledger.i18n import tr
from village_ledger.ui.entry_list import Entry, EntryPage, columns_of


class WorkPage(EntryPage):
    """Everything that becomes vouchers, each line leading to its own page."""

    nav = "work"
    name = "办事"
    columns = columns_of("办什么事", "怎么办", "这笔账怎么记", "收条、发票交来，一张报账单记成凭证")

    def entries(self) -> list[Entry]:
        """Line by line in the order of a working day."""
        return [
            Entry(tr("记一笔"), tr("直接填一张凭证"), tr("凭证"), self.to("voucher")),
            Entry(tr("审核和记账"), tr("本月等着审核、等着记账的凭证"), tr("凭证"), self.to("voucher_list")),
        ]
