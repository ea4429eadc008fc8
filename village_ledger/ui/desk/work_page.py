"""What a village's accountant does beside plain vouchers: one calm list in the order of a month, Enter goes there."""

from __future__ import annotations

from typing import ClassVar

from village_ledger.domain.chart import LedgerKind
from village_ledger.i18n import tr
from village_ledger.ui.tables.entry_list import Entry, EntryPage
from village_ledger.ui.tables.table_model import Look, ScreenColumn

_ANY, _START, _END, _YEAR = "平时", "月初", "月末", "全年"
_READ = {
    "claims": ("报账单", "报账员交来的单据，每张报账单记成了哪张凭证"),
    "transfers": ("两账往来", "集体和村委会之间的补助、代付、代收、归还，一份单两本账的凭证"),
    "share_cases": ("份额变动", "转让、继承、质押、退出：审查、批准、公示、登记到了哪一步"),
    "receipt_books": ("收据领用核销", "收据按号谁领了、用了、作废、交回，断号列出来"),
    "templates": ("模板", "常用的凭证怎么记"),
    "recurring": ("按月重复", "每月该记的电费、报酬，哪一期还没有记"),
    "prepaid": ("预收租金", "一次收了几年的租金、承包款，每一期转了多少"),
    "voucher_list": ("凭证", "每月的凭证：谁制单、谁审核、谁记账"),
    "bank": ("银行对账", "对账单和账逐笔勾对的结果，余额调节表"),
    "advances": ("备用金核对", "报账员手里的现金和单据，月末核对的记录"),
    "cash_count": ("现金盘点", "盘点过的现金，和账面差多少"),
    "dividend_payments": ("分红发放", "每户发了多少、银行结果、代领人、没有领的"),
    "budget": ("年度财务计划", "每个科目计划多少、用了多少、还剩多少"),
    "project_funds": ("项目专款", "拨款文件、收了多少、用了多少"),
    "resolutions": ("决议", "会议决定了什么事、多少人赞成"),
    "review_checks": ("自动审查", "五十多条规则，逐条到凭证"),
    "packages": ("送审包", "这个村送过哪些包，签名密钥的指纹"),
    "remarks": ("以前的意见", "以前审阅说了什么，村里怎么答复"),
    "export": ("导出", "账簿、登记簿、全部数据写成别的程序能读的样子"),
}
"""Name and words of a line while a package is open: what there is to read."""


class WorkPage(EntryPage):
    """Everything that becomes vouchers, each line leading to its own page."""

    nav = "work"
    name = "办事"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("name", "办什么事", Look.CODE, "收据领用核销"),
        ScreenColumn("when", "什么时候", Look.TEXT, "什么时候"),
        ScreenColumn("what", "怎么办", Look.TEXT, "收条、发票交来，一张报账单记成凭证", stretch=1),
    )

    reading: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("name", "看什么", Look.CODE, "收据领用核销"),
        ScreenColumn("when", "什么时候", Look.TEXT, "什么时候"),
        ScreenColumn("what", "里面有什么", Look.TEXT, "收条、发票交来，一张报账单记成凭证", stretch=1),
    )

    def entries(self) -> list[Entry]:
        """Line by line in the order of a month: every day, its first days, its last days, the year."""
        return [*self._daily(), *self._first_days(), *self._last_days(), *self._yearly()]

    def _line(self, name: str, when: str, what: str, page: str) -> Entry:
        if self.reviewing:
            name, what = _READ.get(page, (name, what))
        return Entry(tr(name), tr(what), tr(when), self.to(page), page)

    def _daily(self) -> list[Entry]:
        listed = [
            self._line("记一笔", _ANY, "直接填一张凭证", "voucher"),
            self._line("这笔怎么记", _ANY, "打事情的叫法，看该记哪些科目，确认了填进凭证", "posting_event"),
            self._line("报账单", _ANY, "报账员交来单据，一张报账单记成凭证", "claims"),
        ]
        what = "XML、PDF、OFD 拖进来，读出来、查重，收下填成凭证"
        listed.append(self._line("收电子发票", _ANY, what, "invoice_intake"))
        if self.session.reader.main_ledgers() is not None:
            what = "集体和村委会之间的补助、代付、代收、归还：一份单记两本账"
            listed.append(self._line("两账往来", _ANY, what, "transfers"))
        if self.session.kind is LedgerKind.COLLECTIVE:
            what = "转让、继承、质押、退出：新办一件，或接着办审查、批准、公示、登记"
            listed.append(self._line("份额变动", _ANY, what, "share_cases"))
        return [
            *listed,
            self._line("收据领用核销", _ANY, "收据按号领、用、作废、交回，断号列出来", "receipt_books"),
            self._line("模板", _ANY, "常用的凭证，改变量、设按月重复", "templates"),
        ]

    def _first_days(self) -> list[Entry]:
        listed = [self._line("按月重复", _START, "本月该记的电费、报酬，一次记下", "recurring")]
        if self.session.kind is LedgerKind.COLLECTIVE:
            what = "一次收几年的租金、承包款，分摊到每一期"
            listed.append(self._line("预收租金", _START, what, "prepaid"))
        return listed

    def _last_days(self) -> list[Entry]:
        return [
            self._line("审核和记账", _END, "本月等着审核、等着记账的凭证", "voucher_list"),
            self._line("银行对账", _END, "对账单和账逐笔勾对，出余额调节表", "bank"),
            self._line("备用金核对", _END, "报账员手里的现金和单据，月末和账面对", "advances"),
            self._line("现金盘点", _END, "按面额点现金，和账面对；差额填成凭证", "cash_count"),
        ]

    def _yearly(self) -> list[Entry]:
        return [
            *self._dividends(),
            self._line("年度财务计划", _YEAR, "每个科目计划多少、用了多少、还剩多少", "budget"),
            self._line("项目专款", _YEAR, "拨款文件、收了多少、用了多少", "project_funds"),
            self._line(
                "导入旧账", "换软件时", "金蝶、用友导出的余额表和序时账，对好科目一次导入", "old_import"
            ),
            self._line("决议", _YEAR, "登记会议决定了什么事、多少人赞成，补助和分红凭它办", "resolutions"),
            self._line(
                "自查", "送审以前", "乡镇先看什么，自己先查一遍：五十多条规则，逐条到凭证", "review_checks"
            ),
            self._line(
                "送审包", "送审时", "两本账做成一个签了名的文件拷给乡镇；收乡镇的审阅意见", "packages"
            ),
            self._line("审阅意见", "送审以后", "乡镇说了什么，逐条答复，随下一个包回去", "remarks"),
            self._line(
                "导出", _ANY, "账簿、登记簿、全部数据写成别的程序能读的样子，给审计、归档或换软件", "export"
            ),
        ]

    def _dividends(self) -> list[Entry]:
        """Given away and paid by the collective alone."""
        if self.session.kind is not LedgerKind.COLLECTIVE:
            return []
        return [
            self._line("收益分红", _YEAR, "写上分多少，每户分多少马上列出来；过了关生成凭证", "dividend_run"),
            self._line("分红发放", _YEAR, "银行代发、现金领取，登记银行结果和代领人", "dividend_payments"),
        ]
