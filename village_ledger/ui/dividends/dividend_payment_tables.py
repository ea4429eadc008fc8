"""The three lists of paying a dividend as table rows: what is owed, what the bank has to answer, what was paid."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import Generic, TypeVar

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.dividends.dividend_payments import BANK, FAILED, Due
from village_ledger.services.dividends.dividend_results import Waiting
from village_ledger.ui.dividends.dividend_payment_figures import PaidLine, PaymentFigures
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel

_Row = TypeVar("_Row")
_MARK = ScreenColumn("mark", "选", Look.MARK)
_GROUP = ScreenColumn("group", "组", Look.TEXT, "第十组")
_CODE = ScreenColumn("code", "户号", Look.CODE, "0123")
_WHO = ScreenColumn("who", "持有人", Look.TAGGED, "欧阳建国", stretch=2)
_WHOLE = ScreenColumn("whole", "应领", Look.MONEY, "12,345.67", hair=True)
_PAID = ScreenColumn("paid", "已发", Look.MONEY, "12,345.67")
_OWED = ScreenColumn("owed", "未领", Look.MONEY, "12,345.67")
_WHY = ScreenColumn("why", "说明", Look.TEXT, "银行退回：账号不符", stretch=3)
_DAY = ScreenColumn("day", "日期", Look.TEXT, "2026-12-31")
_TO = ScreenColumn("to", "收款人", Look.CODE, "欧阳建国", stretch=2)
_CARD = ScreenColumn("card", "账号", Look.TEXT, "****9565")
_AMOUNT = ScreenColumn("amount", "金额", Look.MONEY, "12,345.67", hair=True)
_VOUCHER = ScreenColumn("voucher", "凭证", Look.LINK, "2026-01/记-123")
_HOW = ScreenColumn("how", "怎么发的", Look.TEXT, "银行，等答复")
_TAKEN = ScreenColumn("taken", "代领人", Look.TEXT, "欧阳建国（配偶）", stretch=1)


class RowsModel(FigureModel, Generic[_Row]):
    """Rows of one list; a ticked row is one that is acted on."""

    def __init__(
        self, columns: Sequence[ScreenColumn], listed: Sequence[_Row], marked: Collection[Hashable]
    ) -> None:
        super().__init__(columns)
        self.listed = tuple(listed)
        self.marked = marked

    def count(self) -> int:
        """Rows."""
        return len(self.listed)

    def key(self, row: int) -> Hashable:
        """What a row is remembered by."""
        raise NotImplementedError

    def can_mark(self, row: int) -> bool:
        """Whether ticking means something."""
        del row
        return True

    def mark(self, row: int) -> bool | None:
        """Whether it is ticked; None where it cannot be."""
        return self.key(row) in self.marked if self.can_mark(row) else None

    def name(self, row: int) -> tuple[str, str]:
        """Household and name, for looking somebody up."""
        raise NotImplementedError

    def fen(self, row: int) -> int:
        """What acting on the row is about."""
        raise NotImplementedError

    def cell(self, row: int, key: str) -> str:
        """One cell by its column's key."""
        raise NotImplementedError

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        key = self.columns[column].key
        return "" if key == "mark" else self.cell(row, key)

    def words(self, row: int, column: int) -> str:
        """A tick is said in words."""
        if self.columns[column].key == "mark":
            ticked = self.mark(row)
            return "" if ticked is None else tr("选上了") if ticked else tr("没有选")
        return super().words(row, column)


class DueModel(RowsModel[Due]):
    """What is owed, line by line; what is held for an estate cannot be ticked."""

    def __init__(
        self, made: PaymentFigures, listed: Sequence[Due], marked: Collection[Hashable], *, tight: bool
    ) -> None:
        columns = (
            (_MARK, _CODE, _WHO, _OWED) if tight else (_MARK, _GROUP, _CODE, _WHO, _WHOLE, _PAID, _OWED, _WHY)
        )
        super().__init__(columns, listed, marked)
        self._made = made

    def key(self, row: int) -> Hashable:
        """Line and creditor."""
        due = self.listed[row]
        return due.line.line, due.creditor

    def can_mark(self, row: int) -> bool:
        """An estate nobody inherited is not paid."""
        return not self.listed[row].held

    def name(self, row: int) -> tuple[str, str]:
        """The holder."""
        return self.listed[row].line.household, self.listed[row].line.holder

    def fen(self, row: int) -> int:
        """What is owed."""
        return self.listed[row].amount

    def tags(self, row: int) -> Sequence[tuple[str, bool]]:
        """Held, sent back, to a creditor, no member."""
        due = self.listed[row]
        said = [("挂账", True)] if due.held else []
        if due.returned:
            said.append(("退回", True))
        if due.creditor:
            said.append(("质权人", False))
        if due.line.kind == "outsider":
            said.append(("非成员", False))
        return said

    def cell(self, row: int, key: str) -> str:
        """One cell."""
        due = self.listed[row]
        return {
            "group": self._made.group(due.line.line),
            "code": due.line.household,
            "who": due.line.holder,
            "whole": format_fen(due.line.amount),
            "paid": format_fen(due.line.paid) if due.line.paid else "",
            "owed": format_fen(due.amount),
            "why": why(due),
        }[key]


def why(due: Due) -> str:
    """What stands in the way, or what happened."""
    if due.held:
        return tr("{why}，先挂账", why=due.held)
    if due.creditor:
        return tr("质押给{creditor}，归他领", creditor=due.creditor)
    return tr("银行退回：{why}", why=due.returned) if due.returned else ""


class WaitingModel(RowsModel[Waiting]):
    """Rows of the bank's lists it has not answered."""

    def __init__(self, listed: Sequence[Waiting], marked: Collection[Hashable], *, tight: bool) -> None:
        columns = (_MARK, _TO, _AMOUNT) if tight else (_MARK, _DAY, _CODE, _TO, _CARD, _AMOUNT, _VOUCHER)
        super().__init__(columns, listed, marked)

    def key(self, row: int) -> Hashable:
        """Its payments."""
        return self.listed[row].payments

    def name(self, row: int) -> tuple[str, str]:
        """Who is paid."""
        return self.listed[row].household, self.listed[row].holder

    def fen(self, row: int) -> int:
        """The money on its way."""
        return self.listed[row].amount

    def cell(self, row: int, key: str) -> str:
        """One cell."""
        one = self.listed[row]
        return {
            "day": one.day.isoformat(),
            "code": one.household,
            "to": one.holder,
            "card": f"****{one.account[-4:]}" if one.account.isdecimal() else one.account or tr("没有账号"),
            "amount": format_fen(one.amount),
            "voucher": str(one.voucher),
        }[key]


class PaidModel(RowsModel[PaidLine]):
    """Every payment, those sent back too."""

    def __init__(self, listed: Sequence[PaidLine], *, tight: bool) -> None:
        columns = (
            (_CODE, _WHO, _AMOUNT, _HOW) if tight else (_DAY, _CODE, _WHO, _AMOUNT, _HOW, _TAKEN, _VOUCHER)
        )
        super().__init__(columns, listed, ())

    def key(self, row: int) -> Hashable:
        """The payment."""
        return self.listed[row].payment.id

    def can_mark(self, row: int) -> bool:
        """Nothing is left to do."""
        del row
        return False

    def name(self, row: int) -> tuple[str, str]:
        """The holder."""
        return self.listed[row].line.household, self.listed[row].line.holder

    def fen(self, row: int) -> int:
        """What was paid and stays so."""
        payment = self.listed[row].payment
        return payment.amount if payment.counts else 0

    def cell(self, row: int, key: str) -> str:
        """One cell."""
        one = self.listed[row]
        payment = one.payment
        taken = f"{payment.receiver}（{payment.relation}）" if payment.receiver else ""
        return {
            "day": payment.day.isoformat(),
            "code": one.line.household,
            "who": one.line.holder,
            "amount": format_fen(payment.amount),
            "how": _how(one),
            "taken": taken,
            "voucher": str(payment.voucher),
        }[key]


def _how(one: PaidLine) -> str:
    payment = one.payment
    if payment.method != BANK:
        return tr("现金") if payment.counts else tr("现金，已作废")
    if payment.result == FAILED:
        return tr("银行退回")
    if not payment.counts:
        return tr("银行，已作废")
    return tr("银行成功") if payment.result else tr("银行，等答复")


def totals_of(model: RowsModel[_Row]) -> TotalsModel:
    """The rows shown, added up under the money acted on."""
    last = next(c.key for c in reversed(model.columns) if c.key in {"owed", "amount"})
    first = next(c.key for c in model.columns if c.look is not Look.MARK)
    sums = {
        first: tr("合计"),
        "who": tr("{count} 笔", count=model.count()),
        "to": tr("{count} 笔", count=model.count()),
        last: format_fen(sum(model.fen(row) for row in range(model.count()))),
    }
    return TotalsModel(model.columns, [tuple(sums.get(column.key, "") for column in model.columns)])
