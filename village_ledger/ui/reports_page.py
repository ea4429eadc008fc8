"""What can be looked at, printed and saved now: one calm list, Enter goes there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from village_ledger.domain.chart import Money
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.page import Page
from village_ledger.ui.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.table_view import FigureTable

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("name", "报表", Look.CODE, "逐笔收支公开表"),
    ScreenColumn("what", "里面是什么", Look.TEXT, "每个科目的期初、发生额、期末", stretch=1),
    ScreenColumn("where", "去哪里", Look.TEXT, "打印预览"),
)
_NAME, _WHAT, _WHERE = range(3)


@dataclass(frozen=True, slots=True)
class Entry:
    """A report: name, what is in it, where Enter leads, and the way there."""

    name: str
    what: str
    where: str
    go: Callable[[], object]


class ReportsModel(FigureModel):
    """The list as table rows."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__(COLUMNS)
        self.entries = tuple(entries)

    def count(self) -> int:
        """Entries."""
        return len(self.entries)

    def text(self, row: int, column: int) -> str:
        """Name, description or destination."""
        entry = self.entries[row]
        return (entry.name, entry.what, entry.where)[column]


class ReportsPage(Page):
    """Reports of the leading ledger and the month in view."""

    scope = "table"
    nav = "reports"
    shows = Changes(accounts=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.table = FigureTable(self.theme, tr("报表"))
        self.table.opened.connect(self._open)
        self.model = ReportsModel([])
        self.body.addWidget(self.table, 1)

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self.reload()
        self.table.go_to_row(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["into"]

    def reload(self) -> None:
        """The list for the ledger and month in view."""
        if not self.session.is_open:
            return
        row = self.table.row
        month = self.session.month
        said = tr(
            "{title} · {year}年{month}月", title=self.session.ledger.title, year=month.year, month=month.month
        )
        self.head.set_title(tr("报表"), said)
        self.model = ReportsModel([*self._books(), *self._sheets(), *self._checks()])
        self.table.show_model(self.model)
        self.table.go_to_row(max(row, 0))

    def _open(self, row: int) -> None:
        self.model.entries[row].go()

    def _to(self, page: str, **where: Any) -> Callable[[], object]:
        return lambda: self.navigator.open(page, **where)

    def _books(self) -> list[Entry]:
        """Balances, ledgers, journals."""
        span = Span.of_month(self.session.month)
        chart = self.session.reader.chart(self.session.ledger_code)
        entries = [
            Entry(
                tr("科目余额表"),
                tr("每个科目的期初、发生额、期末，往下能看到凭证"),
                tr("账簿"),
                self._to("trial_balance", span=span),
            ),
            Entry(
                tr("明细账"),
                tr("一个科目的每一笔，三栏式，按月结出合计和累计"),
                tr("账簿"),
                self._to("ledger", span=span, as_journal=False),
            ),
        ]
        for money, title in ((Money.CASH, tr("库存现金日记账")), (Money.BANK, tr("银行存款日记账"))):
            entries += [
                Entry(
                    title,
                    tr("{code} {path}，逐日结出余额", code=account.code, path=chart.path(account.code)),
                    tr("账簿"),
                    self._to("ledger", account=account.code, span=span, as_journal=True),
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
                tr("逐笔收支公开表"),
                tr("张贴上墙，每一笔都在，带校验码"),
                tr("公开"),
                self._to("disclosure", span=Span.of_month(self.session.month)),
            )
        ]
        if ids:
            printed = Entry(
                tr("记账凭证"),
                tr("本月 {count} 张，打出来装订，作废的也留一页", count=len(ids)),
                tr("打印预览"),
                self._to("preview", report="voucher", vouchers=ids),
            )
            entries.insert(0, printed)
        return entries

    def _checks(self) -> list[Entry]:
        """What shows that nothing is missing."""
        return [
            Entry(
                tr("凭证号检查"),
                tr("有没有断号，每个月从几号到几号"),
                tr("打印预览"),
                self._to("preview", report="number-gaps"),
            ),
            Entry(
                tr("操作日志"),
                tr("谁在什么时候做了什么，只增不减"),
                tr("打印预览"),
                self._to("preview", report="operation-log"),
            ),
        ]
