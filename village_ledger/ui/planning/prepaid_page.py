"""预收租金: what was received for years to come, what of it has become income, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.prepaid import BASIS_NAMES, Basis
from village_ledger.i18n import tr
from village_ledger.services.planning import prepaid
from village_ledger.ui.planning.planning_page import PlanningPage, chooser, day_of, fen_of, line, offer
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.templates.queries import Prepaid


class PrepaidPage(PlanningPage):
    """Schedules with their parts; the form enters a receipt and spreads it."""

    name: ClassVar[str] = "预收租金"
    main_action: ClassVar[str] = "make"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("who", "交款人、期间", Look.TEXT, "2025-01-01 至 2025-12-31", stretch=2),
        ScreenColumn("what", "款项", Look.TEXT, "鱼塘承包款", stretch=1),
        ScreenColumn("amount", "金额", Look.MONEY, "999,999.99", hair=True),
        ScreenColumn("released", "已结转", Look.MONEY, "999,999.99"),
        ScreenColumn("left", "未结转", Look.MONEY, "999,999.99"),
        ScreenColumn("voucher", "凭证", Look.CODE, "2025-12/记-0001"),
    )
    empty_words: ClassVar[str] = "还没有预收的租金、承包款。一次收几年的，在下面填一笔，每月自动提醒结转。"

    def build(self) -> None:
        """The receipt."""
        self._links: list[int | None] = []
        self.day, self.payer, self.what = line(tr("收款日期")), line(tr("交款人")), line(tr("什么款"))
        self.member = Choices(
            self.theme, tr("交款人是"), (("member", tr("本集体成员")), ("other", tr("别人"))), "member"
        )
        self.total = MoneyEdit()
        self.first, self.last = line(tr("租期从")), line(tr("租期到"))
        self.money, self.revenue = chooser(tr("收到哪里")), chooser(tr("结转到哪项收入"))
        self.basis = Choices(
            self.theme, tr("怎么分摊"), tuple((b.value, BASIS_NAMES[b]) for b in Basis), Basis.MONTH.value
        )
        self.basis.chosen.connect(self._choose_basis)
        section = Section(self.theme, tr("收到一笔预收款"))
        for label, field, hint in (
            (tr("怎么分摊"), self.basis, tr("一本账只定一次，排了第一笔就不能再改。")),
            (tr("收款日期"), self.day, tr("写成 2025-03-08")),
            (tr("交款人"), self.payer, ""),
            (tr("交款人是"), self.member, tr("成员挂 113 内部往来，别人挂 211 应付款。")),
            (tr("什么款"), self.what, tr("比如 鱼塘承包款")),
            (tr("金额"), self.total, ""),
            (tr("租期从"), self.first, ""),
            (tr("租期到"), self.last, ""),
            (tr("收到哪里"), self.money, ""),
            (tr("结转到收入"), self.revenue, ""),
        ):
            section.add_row(label, field, hint)
        self.body.addWidget(section)
        self.table.opened.connect(self._open)

    def acts(self) -> dict[str, Any]:
        """Enter a receipt; release the month."""
        return {
            "keep": (tr("收款并排分摊"), self.receive),
            "make": (tr("结转本月"), self.release),
        }

    def read(self, reader: Reader) -> object:
        """Schedules, ties, and what can be chosen; a ledger without rent has none."""
        ledger = self.session.ledger_code
        try:
            revenue = prepaid.revenue_accounts(reader, ledger)
        except LedgerError as refusal:
            return refusal
        chart = reader.chart(ledger)
        money = [a.code for a in reader.money_accounts(ledger)]
        words = {code: f"{code} {chart.path(code)}" for code in (*revenue, *money)}
        late = prepaid.due(reader, ledger, self.session.month)
        return (
            reader.prepaids(ledger),
            prepaid.ties(reader, ledger),
            reader.prepaid_basis(ledger),
            revenue,
            money,
            words,
            late,
        )

    def show_read(self, found: Any) -> None:
        """Rows: an advance, then its parts."""
        if isinstance(found, LedgerError):
            self.show_rows([])
            self.refuse(found)
            return
        self.slip.fold()
        some, ties, basis, revenue, money, words, late = found
        rows: list[tuple[str, ...]] = []
        self._links, heavy = [], set[int]()
        for one in some:
            heavy.add(len(rows))
            rows.append(_head(one))
            self._links.append(one.voucher_id)
            for part in one.parts:
                done = part.voucher_id is not None
                amount = format_fen(part.amount)
                rows.append(
                    (
                        f"　{part.first} 至 {part.last}",
                        "",
                        amount,
                        amount if done else "",
                        "" if done else amount,
                        part.voucher,
                    )
                )
                self._links.append(part.voucher_id)
        self.show_rows(rows, frozenset(heavy))
        offer(self.money, [(code, words[code]) for code in money])
        offer(self.revenue, [(code, words[code]) for code in revenue])
        if basis is not None:
            self.basis.set_value(basis.value)
        off = [t for t in ties if t.booked < t.scheduled]
        said = [
            tr(
                "{account} {party}：分摊表还剩 {left}，账上只有 {booked}，请核对。",
                account=t.account,
                party=t.counterparty,
                left=format_fen(t.scheduled),
                booked=format_fen(t.booked),
            )
            for t in off
        ]
        if late:
            said.append(tr("到本月有 {count} 笔没有结转。", count=len(late)))
        self.say(" ".join(said))

    def _choose_basis(self, value: str) -> None:
        ledger = self.session.ledger_code
        self.act(
            tr("定预收分摊方法"),
            lambda uow, _progress: prepaid.choose_basis(uow, ledger, Basis(value)),
            lambda _outcome: None,
        )

    def refuse(self, refusal: LedgerError) -> None:
        """A refused choice shows what holds."""
        super().refuse(refusal)
        basis = self.session.reader.prepaid_basis(self.session.ledger_code)
        if basis is not None:
            self.basis.set_value(basis.value)

    def receive(self) -> None:
        """F6: the receipt voucher and its schedule."""
        try:
            receipt = prepaid.Receipt(
                day_of(self.day),
                self.payer.text(),
                self.member.value == "member",
                fen_of(self.total),
                day_of(self.first),
                day_of(self.last),
                self.what.text(),
                str(self.revenue.currentData() or ""),
                str(self.money.currentData() or ""),
            )
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        ledger = self.session.ledger_code
        self.act(
            tr("收预收款"),
            lambda uow, _progress: prepaid.receive(uow, ledger, receipt),
            lambda outcome: self.say(
                tr(
                    "{ref} 填好了，排了 {count} 期。",
                    ref=outcome.value.voucher,
                    count=len(outcome.value.parts),
                )
            ),
        )

    def release(self) -> None:
        """F10: what is due through the month in view."""
        ledger, month = self.session.ledger_code, self.session.month
        self.act(
            tr("结转预收"),
            lambda uow, _progress: prepaid.release(uow, ledger, month),
            lambda outcome: self.say(
                tr("结转了 {count} 笔，等待审核和记账。", count=len(outcome.value))
                if outcome.value
                else tr("没有到期要结转的预收。")
            ),
        )

    def _open(self, row: int) -> None:
        voucher = self._links[row] if row < len(self._links) else None
        if voucher is not None:
            self.navigator.open("voucher", voucher_id=voucher)


def _head(one: Prepaid) -> tuple[str, ...]:
    who = tr("{party}　{first} 至 {last}", party=one.counterparty, first=one.first, last=one.last)
    what = one.what if one.stands else tr("{what}（收款已作废或冲销）", what=one.what)
    return who, what, format_fen(one.total), format_fen(one.released), format_fen(one.left), one.voucher
