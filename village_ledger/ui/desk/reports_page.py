"""What can be looked at, printed and saved now: one calm list, Enter goes there."""

from __future__ import annotations

from village_ledger.domain.chart import Money
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.reports.books.catalogue_volumes import VOLUMES, volumes_of
from village_ledger.reports.statements.catalogue_statements import statements_of
from village_ledger.ui.tables.entry_list import Entry, EntryPage, columns_of
from village_ledger.ui.widgets.span_choice import Reach, span_of

_STATEMENTS = {
    "balance-sheet": "某一天有多少、欠多少、净值多少，两边相等",
    "income-distribution": "一年收支多少，怎么分配，还剩多少",
    "receipts-payments": "每项收入和支出，本期和本年累计",
    "surplus": "收入从哪来，支出到哪去，结余多少",
}
"""What is in a statement, by its report."""
_WHOLE = (
    ("earmarked-funds", "专项资金明细表", "每个项目收到多少、用了多少、还剩多少，两本账都在"),
    ("pass-through", "代管代发表", "代发给村民的钱，收到、发放、还没发的"),
    ("combined", "两账合并表", "两本账并排，互相往来的抵销掉并列出来"),
    ("inter-ledger", "两账往来对账单", "往来单一份一份列出来，结清多少、还没结清多少"),
)
_OF_SHARES = (
    ("share-register", "股权登记簿", "任何一天谁有多少：可动、质押、冻结，各类合计"),
    ("share-movements", "份额变动表", "一段时间里每一次变动，从谁到谁、凭什么"),
    ("pledge-list", "质押登记", "哪些份额质押着，给谁、到哪一天"),
    ("cap-check", "持有上限检查", "谁接近或者超过章程规定的上限"),
    ("share-equality", "股权平衡核对", "量化减注销等于各户合计，质押登记等于质押的份额"),
)
"""Parts of the share register, by their reports."""
_OF_TWO = {"combined", "inter-ledger"}
"""Reports of the whole village: report, title, what is in it."""


class ReportsPage(EntryPage):
    """Reports of the leading ledger and the month in view."""

    nav = "reports"
    name = "报表"
    columns = columns_of("报表", "里面是什么", "装订：银行存款日记账", "每个科目的期初、发生额、期末")

    def entries(self) -> list[Entry]:
        """Books, sheets, and what shows that nothing is missing."""
        return [
            *self._statements(),
            *self._books(),
            *self._sheets(),
            *self._members(),
            *self._bound(),
            *self._checks(),
        ]

    def _statements(self) -> list[Entry]:
        """The ledger's statements and the village's own, then what speaks of the whole village."""
        reader, ledger = self.session.reader, self.session.ledger
        span = span_of(Reach.YEAR_TO_MONTH, self.session.month)
        entries = [
            Entry(
                statement.title,
                tr(_STATEMENTS.get(statement.report, "照定义编制，每个数都能往里看")),
                tr("报表"),
                self.to("statement", report=statement.report, span=span),
            )
            for statement in statements_of(reader, ledger.code, span.last)
        ]
        notes = Entry(
            tr("财务报表附注"),
            tr("从账里填好的说明，村里自己写的地方按 Enter 写"),
            tr("报表"),
            self.to("notes", span=span),
        )
        own = Entry(
            tr("自定义报表"),
            tr("村里自己的报表：列出、从文件添加、改行名和公式"),
            tr("报表"),
            self.to("own_statements"),
        )
        whole = [
            Entry(tr(title), tr(what), tr("报表"), self.to("report_table", report=report, span=span))
            for report, title, what in _WHOLE
            if report not in _OF_TWO or len(self.session.ledgers) > 1
        ]
        return [*entries, notes, *whole, own]

    def _books(self) -> list[Entry]:
        """Balances, ledgers, journals."""
        span = Span.of_month(self.session.month)
        chart = self.session.reader.chart(self.session.ledger_code)
        entries = [
            Entry(
                tr("科目余额表"),
                tr("每个科目的期初、发生额、期末，往下能看到凭证"),
                tr("账簿"),
                self.to("trial_balance", span=span),
            ),
            Entry(
                tr("明细账"),
                tr("一个科目的每一笔，三栏式，按月结出合计和累计"),
                tr("账簿"),
                self.to("ledger", span=span, as_journal=False),
            ),
        ]
        for money, title in ((Money.CASH, tr("库存现金日记账")), (Money.BANK, tr("银行存款日记账"))):
            entries += [
                Entry(
                    title,
                    tr("{code} {path}，逐日结出余额", code=account.code, path=chart.path(account.code)),
                    tr("账簿"),
                    self.to("ledger", account=account.code, span=span, as_journal=True),
                )
                for account in chart
                if account.money is money and account.is_leaf
            ]
        return entries

    def _sheets(self) -> list[Entry]:
        """Vouchers and the wall sheet."""
        vouchers = self.session.reader.vouchers(self.session.ledger_code, month=self.session.month)
        ids = tuple(v.id for v in vouchers)
        entries = [
            Entry(
                tr("公开日历"),
                tr("什么时候以前该把哪些表贴上墙，哪些晚了，照哪套规矩"),
                tr("公开"),
                self.to("disclosure_calendar"),
            ),
            Entry(
                tr("逐笔收支公开表"),
                tr("张贴上墙，每一笔都在，带校验码"),
                tr("公开"),
                self.to("disclosure", span=Span.of_month(self.session.month)),
            ),
            Entry(
                tr("核对公开表"),
                tr("墙上那张表还是不是账上的数：输校验码，或看登记过的每一版"),
                tr("公开"),
                self.to("sheet_check"),
            ),
        ]
        quarter = span_of(Reach.QUARTER, self.session.month)
        entries += [
            Entry(
                tr("明白纸"),
                tr("钱从哪来、花到哪去、还剩多少，每个数都能往里看；也能念给大家听"),
                tr("公开"),
                self.to("first_page", span=quarter),
            ),
            Entry(
                tr("公开表上写全名的清单"),
                tr("张贴以前看一遍：谁的名字没有打码，为什么"),
                tr("公开"),
                self.to("unmasked", span=quarter),
            ),
        ]
        if ids:
            printed = Entry(
                tr("记账凭证"),
                tr("本月 {count} 张，连封面打出来装订，作废的也留一页", count=len(ids)),
                tr("打印预览"),
                self.to("preview", report="voucher", vouchers=ids, span=Span.of_month(self.session.month)),
            )
            entries.insert(0, printed)
        return entries

    def _members(self) -> list[Entry]:
        """Members and shares, of books that have them."""
        if not self.session.reader.has_people():
            return []
        span = span_of(Reach.YEAR_TO_MONTH, self.session.month)
        return [
            Entry(
                tr("成员名册"),
                tr("每户有谁、是不是成员、什么时候确认的，号码照规定遮住"),
                tr("打印预览"),
                self.to("preview", report="member-register", span=span),
            ),
            Entry(
                tr("成员名册备案表"),
                tr("什么时候报过乡镇和县里，名册以后又变了没有"),
                tr("打印预览"),
                self.to("preview", report="register-filing", span=span),
            ),
            *(
                Entry(tr(title), tr(what), tr("成员"), self.to("share_register", part=report))
                for report, title, what in _OF_SHARES
            ),
            Entry(
                tr("股权证"),
                tr("每户的证和登记簿相符不相符；发、换、收回、查真假、打印"),
                tr("成员"),
                self.to("certificates"),
            ),
            *self._dividends(span),
        ]

    def _dividends(self, span: Span) -> list[Entry]:
        """The newest dividend that stands, and what nobody claimed; none before there was one."""
        live = [one for one in self.session.reader.dividends(self.session.ledger_code) if one.live]
        if not live:
            return []
        year = live[-1].year
        return [
            Entry(
                tr("收益分配明细"),
                tr("{year}年度每个账户多少份、分多少、发了多少", year=year),
                tr("打印预览"),
                self.to("preview", report="dividend", span=Span.of_year(year)),
            ),
            Entry(
                tr("未领分红清单"),
                tr("还没有领的，归谁，为什么没有领"),
                tr("打印预览"),
                self.to("preview", report="dividend-unclaimed", span=span),
            ),
        ]

    def _bound(self) -> list[Entry]:
        """The year's books for the binding."""
        span = Span.of_year(self.session.month.year)
        said = tr("{year}年，连封面、启用表、目录，页码连续", year=self.session.month.year)
        return [
            Entry(
                tr("装订：{title}", title=VOLUMES[name]),
                said,
                tr("打印预览"),
                self.to("preview", report=f"volume/{name}", span=span),
            )
            for name in volumes_of(self.session.reader, self.session.ledger_code, span)
        ]

    def _old_books(self) -> list[Entry]:
        """How books of another program came in, where they did."""
        if not self.session.reader.old_imports(self.session.ledger_code):
            return []
        told = (
            ("old-comparison", "旧账导入前后对照表", "每个科目旧账多少、新账多少，一分不差"),
            ("old-mapping", "旧账科目对照表", "旧软件的每个科目归到了哪个科目"),
        )
        return [
            Entry(tr(title), tr(what), tr("核对"), self.to("report_table", report=report))
            for report, title, what in told
        ]

    def _checks(self) -> list[Entry]:
        """What shows that nothing is missing."""
        return [
            *self._old_books(),
            Entry(
                tr("凭证号检查"),
                tr("有没有断号，每个月从几号到几号"),
                tr("打印预览"),
                self.to("preview", report="number-gaps"),
            ),
            Entry(
                tr("操作日志"),
                tr("谁在什么时候做了什么，只增不减"),
                tr("打印预览"),
                self.to("operation_log"),
            ),
        ]
