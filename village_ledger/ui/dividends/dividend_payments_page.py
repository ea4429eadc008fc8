"""分红发放: what is owed of a dividend, ticked and paid through the bank or in cash; what the bank answered; what was paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span, parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.dividends.dividend_payments import Result, record_results
from village_ledger.ui.dividends import dividend_paying
from village_ledger.ui.dividends.dividend_payment_figures import (
    DUE,
    PAID,
    WAITING,
    PaymentFigures,
    read_payments,
)
from village_ledger.ui.dividends.dividend_payment_form import CHARS, PaymentForm
from village_ledger.ui.dividends.dividend_payment_lists import PaymentLists
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class DividendPaymentsPage(Page):
    """Three lists of one dividend, a form beside them."""

    scope = "dividend_payments"
    nav = "work"
    shows = Changes(vouchers=True, balances=True, members=True, shares=True, dividends=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.year: int | None = None
        self.shown: PaymentFigures | None = None
        self._said = ""
        self._voucher: int | None = None
        self.views = Choices(
            self.theme,
            tr("看哪些"),
            ((DUE, tr("未领的")), (WAITING, tr("等银行的")), (PAID, tr("发过的"))),
            DUE,
        )
        self.lists = PaymentLists(self.theme, tr("演示") if session.info.is_demo else "")
        self.lists.reads = self.reviewing
        self.table, self.search = self.lists.table, self.lists.search
        self.form = PaymentForm(self.theme)
        self.notice = NoticeBar(self.theme, "", [(tr("看凭证"), self._see_voucher)])
        self.notice.hide()
        self._lay()
        self._connect()
        for name in ("print", "sheet", "from_file"):
            self.add_button(name)
        self.head.add_widget(self.views, keeps=2, fill=self.views.fold_into)
        self.action("print").setText(tr("未领清单…"))
        self.add_button("act", Look.MAIN)
        self.restyle()

    def _lay(self) -> None:
        self._side = scrolled(self.form)
        self._sides = QHBoxLayout()
        self._sides.addWidget(self.lists, 1)
        self._sides.addWidget(self._side)
        self.body.addWidget(self.notice)
        self.body.addLayout(self._sides, 1)

    def _connect(self) -> None:
        self.lists.year_chosen.connect(self._take_year)
        self.lists.chosen_changed.connect(self._follow)
        self.lists.voucher_wanted.connect(self._see)
        self.views.chosen.connect(self._look)
        self.form.day_changed.connect(self.reload)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "find": lambda: self.search.setFocus(),  # noqa: PLW0108  made after its action
            "household": self.lists.mark_household,
            "all": self.lists.mark_all,
            "explain": self.lists.explain_row,
            "form": self._turn,
            "due": lambda: self._look(DUE),
            "waiting": lambda: self._look(WAITING),
            "paid": lambda: self._look(PAID),
            "print": self._print,
            "sheet": self._sheet,
            "from_file": self._choose_file,
            "run": lambda: self.navigator.open("dividend_run", year=self.year),
            "act": self._act,
        }

    def go(self, **where: Any) -> None:
        """``year`` of the dividend, ``view`` of its lists, ``text`` to look for."""
        self.year = where.get("year", self.year)
        if "text" in where:
            self.search.setText(where["text"])
        self._look(where.get("view", self.lists.view))
        self.slip.fold()
        if not self.form.day.text():
            self.form.day.setText(self._usual_day())
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The year, the list, what is looked for."""
        return {"year": self.year, "view": self.lists.view, "text": self.search.text()}

    def reload(self) -> None:
        """Read the dividend again, keeping what is ticked."""
        if not self.session.is_open:
            return
        ledger, year = self.session.ledger_code, self.year
        try:
            day: date | None = parse_day(self.form.day.text())
        except LedgerError:
            day = None
        self.operations.read(
            tr("读分红发放"),
            lambda reader: read_payments(reader, ledger, year, day),
            self._show,
            refused=self._refuse,
            key="dividend payments",
        )

    def restyle(self) -> None:
        """The form stands beside the list; in a narrow window they take turns."""
        px, narrow = self.theme.px, self.theme.tokens.narrow
        self._sides.setSpacing(px.gap)
        self._side.setMinimumWidth(1 if narrow else CHARS * px.body)
        self._side.setMaximumWidth(10_000 if narrow else CHARS * px.body)
        self._side.setVisible(not narrow and not self.reviewing)
        self.lists.show()
        self.form.restyle()
        self.lists.restyle()

    def escape(self) -> bool:
        """Back from the form, then whatever is open in the lists."""
        if self._side.isAncestorOf(self.focusWidget() or self):
            self._turn()
            return True
        return self.lists.escape()

    def _turn(self) -> None:
        """To the form and back."""
        if self.reviewing:
            return
        to_form = not self._side.isAncestorOf(self.focusWidget() or self)
        if self.theme.tokens.narrow:
            self._side.setVisible(to_form)
            self.lists.setVisible(not to_form)
        (self.form.first if to_form else self.table).setFocus()

    def status(self) -> str:
        """What was done; else how far the dividend is paid out."""
        made = self.shown
        if self._said or made is None or made.dividend is None:
            return self._said
        return tr(
            "应发 {whole} · 已发 {paid} · 未领 {owed}",
            whole=format_fen(made.whole),
            paid=format_fen(made.whole - made.owed),
            owed=format_fen(made.owed),
        )

    # showing

    def _usual_day(self) -> str:
        """Today where its month takes vouchers, else a day of the month in view."""
        today, month = date.today(), self.session.month  # noqa: DTZ011  the wall calendar of the village
        open_months = [m.month for m in self.session.all_months() if m.state.accepts_vouchers]
        if Month.of(today) in open_months:
            return today.isoformat()
        return (month if month in open_months else (open_months or [month])[-1]).last.isoformat()

    def _show(self, made: PaymentFigures) -> None:
        self.shown = made
        self.year = made.dividend.year if made.dividend is not None else self.year
        title = tr("{year} 年分红发放", year=self.year) if made.dividend else tr("分红发放")
        self.head.set_title(title, self.session.ledger.title)
        self.form.offer(made.money)
        self.lists.show_figures(made)
        self.status_changed.emit()

    def _look(self, view: str) -> None:
        """Another list, with the form that belongs to it."""
        self.views.set_value(view)
        self.form.show_view(view)
        self.lists.look(view)
        self.table.setFocus()

    def _follow(self) -> None:
        """The form says what would be acted on."""
        model, view = self.lists.model, self.lists.view
        if model is None or self.shown is None:
            return
        rows = list(range(model.count())) if view == PAID else self.lists.chosen_rows()
        self.form.show_chosen(len(rows), sum(model.fen(row) for row in rows), marked=bool(self.lists.marked))
        self.action("act").setText(tr("登记结果") if view == WAITING else tr("发放"))
        self.action("act").setEnabled(self.may("act") and view != PAID and bool(model.count()))
        self.action("from_file").setEnabled(self.may("from_file") and bool(self.shown.waiting))

    def _take_year(self, year: int) -> None:
        self.year = year
        self.lists.marked.clear()
        self.reload()

    # acts

    def _act(self) -> None:
        """Pay what is chosen, or write down what the bank said of it."""
        if self.shown is None or self.shown.dividend is None:
            return
        self.slip.fold()
        self._said = ""
        chosen = self.lists.chosen()
        try:
            day = self.form.date()
            if self.lists.view == WAITING:
                self._record(day, self.form.results(chosen))
                return
            wanted = dividend_paying.Wanted(
                self.shown.dividend,
                day,
                self.form.method.value,
                tuple(self.form.payings(chosen)),
                self.form.account.currentData() or "",
                self.form.layout_chosen,
            )
        except LedgerError as error:
            self._refuse(error)
            return
        if wanted.layout is None:
            self.pay(wanted, None)
            return
        path = dividend_paying.ask_file(self, wanted)
        if path is not None:
            self.pay(wanted, path)

    def pay(self, wanted: dividend_paying.Wanted, path: Path | None) -> None:
        """One voucher over all of it, and the bank's file; neither without the other."""
        self.operations.run(
            tr("发放分红"),
            lambda uow, _: dividend_paying.carry_out(uow, wanted, path),
            then=lambda outcome: self._paid(outcome, path),
            refused=self._refuse,
        )

    def _paid(self, outcome: Outcome[Any], path: Path | None) -> None:
        paid = outcome.value
        self._tell(
            tr(
                "发放了 {count} 笔，共 {sum} 元，凭证 {ref} 待审核、记账。",
                count=len(paid),
                sum=format_fen(sum(one.amount for one in paid)),
                ref=paid[0].voucher,
            )
            + (tr("代发文件存到 {path}。", path=path) if path is not None else ""),
            paid[0].voucher_id,
            outcome.warnings,
        )

    def _record(self, day: date, results: list[Result]) -> None:
        dividend = self.shown.dividend if self.shown is not None else None
        if dividend is None:
            return
        self.operations.run(
            tr("登记银行结果"),
            lambda uow, _: record_results(uow, dividend.ledger, dividend.id, day, results),
            then=self._recorded,
            refused=self._refuse,
        )

    def _recorded(self, outcome: Outcome[Any]) -> None:
        failed = [one for one in outcome.value if one.result == "failed"]
        said = tr(
            "登记好了：成功 {done} 笔，退回 {failed} 笔。",
            done=len(outcome.value) - len(failed),
            failed=len(failed),
        )
        if failed:
            said += tr("退回的又成了未领的，凭证待审核、记账。")
        self._tell(said, None, outcome.warnings)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("银行的代发结果"), "", tr("表格 (*.xlsx *.csv)"))
        if path:
            self.take_results_file(Path(path))

    def take_results_file(self, path: Path) -> None:
        """The bank's answers out of a file; any row at fault refuses all of it."""
        if self.shown is None or self.shown.dividend is None:
            return
        self.slip.fold()
        try:
            day = self.form.date()
        except LedgerError as error:
            self._refuse(error)
            return
        waiting = self.shown.waiting
        self.operations.task(
            tr("读代发结果"),
            lambda _: dividend_paying.results_in(path, waiting),
            then=lambda results: self._record(day, results),
            refused=self._refuse,
        )

    def _tell(self, said: str, voucher: int | None, warnings: tuple[str, ...]) -> None:
        """Say it over the page, where it stays, with the way to the voucher."""
        self.lists.marked.clear()
        self.form.clear_person()
        self._said, self._voucher = said, voucher
        self.notice.sentence.setText("".join((said, *warnings)))
        self.notice.buttons[0].setVisible(voucher is not None)
        self.notice.show()
        self.status_changed.emit()

    def _refuse(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def _see_voucher(self) -> None:
        if self._voucher is not None:
            self._see(self._voucher)

    def _see(self, voucher: int) -> None:
        ref = self.session.reader.voucher(voucher).ref
        self.navigator.open("voucher_list", month=ref.month, voucher=voucher)

    # papers

    def _print(self) -> None:
        """The list of what nobody claimed."""
        if self.shown is None or self.shown.dividend is None:
            return
        try:
            day = self.form.date()
        except LedgerError as error:
            self._refuse(error)
            return
        span = Span(day.replace(month=1, day=1), day)
        self.navigator.open("preview", report="dividend-unclaimed", span=span)

    def _sheet(self) -> None:
        if self.shown is not None and self.shown.dividend is not None:
            from village_ledger.ui.dividends.dividend_papers import signing_sheet

            reader, by = self.session.reader, self.session.by
            self.navigator.open("preview", **signing_sheet(reader, self.shown.dividend, by))
