"""手续不全: money that left before its papers were there, what is missing, and the one act that settles it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.limits import incomplete
from village_ledger.services.limits.approval_text import asked_papers, asked_signers, read_approval
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, day_of, line
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.limits.queries import IncompletePayment
    from village_ledger.storage.reader import Reader


class IncompletePage(PlanningPage):
    """A row per advance, the oldest first."""

    scope: ClassVar[str] = "incomplete_papers"
    nav: ClassVar[str] = "works"
    shows: ClassVar[Changes] = Changes(limits=True, vouchers=True)
    name: ClassVar[str] = "手续不全"
    main_action: ClassVar[str] = "settle"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("day", "付款日期", Look.TEXT, "2025-03-28"),
        ScreenColumn("voucher", "凭证", Look.CODE, "2025-03/记-0012"),
        ScreenColumn("payee", "收款人", Look.TEXT, "青山水电安装队"),
        ScreenColumn("what", "用途", Look.TEXT, "修水塔", stretch=1),
        ScreenColumn("amount", "金额", Look.MONEY, "999,999.99", hair=True),
        ScreenColumn("missing", "缺什么", Look.TEXT, "没有写决策编号；缺会议记录", stretch=2),
    )
    empty_words: ClassVar[str] = "没有手续不全的付款。"

    def build(self) -> None:
        """What arrived."""
        self._payments: list[IncompletePayment] = []
        self._asked: list[tuple[str, str]] = []
        self._about = 0
        self.day, self.decision = line(tr("结清日期")), line(tr("决策编号"))
        self.signers, self.papers = line(tr("签字")), line(tr("附件"))
        section = Section(self.theme, tr("手续补齐了"))
        add_rows(
            section,
            [
                (tr("结清日期"), self.day, tr("不写就是今天")),
                (tr("决策编号"), self.decision, ""),
                (tr("签字"), self.signers, tr("写成 理事长=周三、村党组织书记=吴四 的样子")),
                (tr("附件"), self.papers, tr("写成 发票或收据=2、会议记录=1 的样子")),
            ],
        )
        self.body.addWidget(section)
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(self._ask)

    def _ask(self, row: int) -> None:
        """The fields name what the payment under the cursor needs; what was typed for it stays."""
        if 0 <= row < len(self._asked) and self._payments[row].voucher_id != self._about:
            self._about = self._payments[row].voucher_id
            signers, papers = self._asked[row]
            self.decision.clear()
            self.signers.setText(signers)
            self.papers.setText(papers)

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Print, look, settle."""
        return {
            "print_this": (tr("打印"), self._print),
            "into": (tr("看凭证"), lambda: self._open(self.table.row)),
            "settle": (tr("手续齐了，结清"), self.settle),
        }

    def read(self, reader: Reader) -> object:
        """Open advances."""
        ledger = self.session.ledger_code
        kind, day = reader.ledger(ledger).kind.value, date.today()  # noqa: DTZ011  the wall calendar of the village
        found = incomplete.still_open(reader, ledger, date.max)
        asked = [incomplete.asked_of(reader, one, day) for one in found]
        return found, [(asked_signers(one, kind), asked_papers(one)) for one in asked]

    def show_read(self, found: Any) -> None:
        """Rows."""
        found, self._asked = found
        self._payments = found
        self.show_rows(
            [
                (
                    one.day.isoformat(),
                    str(one.ref) if one.posted else tr("{ref}（未记账）", ref=one.ref),
                    one.payee,
                    one.what,
                    format_fen(one.amount),
                    one.missing,
                )
                for one in found
            ]
        )
        self._ask(max(self.table.row, 0))
        total = format_fen(sum(one.amount for one in found))
        self.say(
            tr("{count} 笔，共 {total} 元；公开表会列出。", count=len(found), total=total) if found else ""
        )

    def settle(self) -> None:
        """F6: the clearing voucher, with what was shown."""
        row = self.table.row
        if not 0 <= row < len(self._payments):
            return
        payment = self._payments[row]
        try:
            day = day_of(self.day) if self.day.text().strip() else date.today()  # noqa: DTZ011  the wall calendar of the village
            texts = (self.decision.text(), self.signers.text(), self.papers.text())
            given = read_approval(*texts)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.act(
            tr("结清暂付"),
            lambda uow, _progress: incomplete.settle(
                uow,
                payment.voucher_id,
                day,
                given if given.decision or given.signers or given.papers else None,
            ),
            lambda outcome: self.say(
                tr("填好了 {ref}，转入支出、结清暂付；请审核、记账。", ref=outcome.value.ref)
            ),
        )

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._payments):
            self.navigator.open("voucher", voucher_id=self._payments[row].voucher_id)

    def _print(self) -> None:
        month = self.session.month
        span = Span(date(month.year, 1, 1), month.last)
        self.navigator.open("preview", report="incomplete-papers", span=span, paper="A4_LANDSCAPE")
