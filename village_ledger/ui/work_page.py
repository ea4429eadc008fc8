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
            Entry(
                tr("这笔怎么记"),
                tr("打事情的叫法，看该记哪些科目，确认了填进凭证"),
                tr("办"),
                self.to("posting_event"),
            ),
            Entry(tr("按月重复"), tr("本月该记的电费、报酬，一次记下"), tr("办"), self.to("recurring")),
            Entry(tr("模板"), tr("常用的凭证，改变量、设按月重复"), tr("办"), self.to("templates")),
            Entry(tr("预收租金"), tr("一次收几年的租金、承包款，分摊到每一期"), tr("办"), self.to("prepaid")),
            Entry(tr("项目专款"), tr("拨款文件、收了多少、用了多少"), tr("办"), self.to("project_funds")),
            Entry(
                tr("年度财务计划"), tr("每个科目计划多少、用了多少、还剩多少"), tr("办"), self.to("budget")
            ),
            Entry(tr("审核和记账"), tr("本月等着审核、等着记账的凭证"), tr("凭证"), self.to("voucher_list")),
            Entry(tr("银行对账"), tr("对账单和账逐笔勾对，出余额调节表"), tr("勾对"), self.to("bank")),
            Entry(tr("报账单"), tr("报账员交来单据，一张报账单记成凭证"), tr("办事"), self.to("claims")),
            Entry(
                tr("备用金核对"), tr("报账员手里的现金和单据，月末和账面对"), tr("办事"), self.to("advances")
            ),
            Entry(
                tr("现金盘点"), tr("按面额点现金，和账面对；差额填成凭证"), tr("办事"), self.to("cash_count")
            ),
            Entry(
                tr("收据领用核销"),
                tr("收据按号领、用、作废、交回，断号列出来"),
                tr("办事"),
                self.to("receipt_books"),
            ),
            *self._between(),
        ]

    def _between(self) -> list[Entry]:
        """Money between the two ledgers, and what it rests on."""
        listed = [
            Entry(
                tr("决议"),
                tr("登记会议决定了什么事、多少人赞成，补助和分红凭它办"),
                tr("决议"),
                self.to("resolutions"),
            )
        ]
        if self.session.reader.main_ledgers() is None:
            return listed
        what = tr("集体和村委会之间的补助、代付、代收、归还：一份单记两本账")
        return [Entry(tr("两账往来"), what, tr("往来单"), self.to("transfers")), *listed]
