"""What is done with a stock-take as a whole: filled, added to, sealed, approved, adjusted, published, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError, StockTakeError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Span, parse_day
from village_ledger.domain.stock_take import BookLine, Count, Step, Treatment
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.counting.stock_take_page import StockTakePage


def with_day(text: str, otherwise: date) -> tuple[str, date]:
    """Words and the day behind them: ``青村决〔2026〕1号 2026-01-10``; without a day ``otherwise``."""
    words, _, last = half_width(text).strip().rpartition(" ")
    try:
        return (words.strip(), parse_day(last)) if words else (text.strip(), otherwise)
    except LedgerError:
        return text.strip(), otherwise


class StockTakeActs:
    """Acts of the page of a stock-take; each asks what it needs in the page's bar."""

    def __init__(self, page: StockTakePage) -> None:
        self._page = page

    @property
    def _at(self) -> tuple[str, date]:
        """Ledger and day."""
        page = self._page
        if page.day is None:
            raise StockTakeError(tr("没有打开清查"), tr("请从清产核资的列表里打开一次清查。"))
        return page.session.ledger_code, page.day

    def fill(self) -> None:
        """From the books."""
        from village_ledger.services.counting import stock_takes

        ledger, day = self._at
        self._page.run(
            tr("从账上填"), lambda uow: stock_takes.fill(uow, ledger, day), tr("从账上填好了，点到的数留着。")
        )

    def agree(self) -> None:
        """The rest of the sheet in view."""
        from village_ledger.services.counting import stock_takes
        from village_ledger.ui.counting.stock_take_page import DIFFERENCES

        ledger, day = self._at
        sheet = "" if self._page.sheet == DIFFERENCES else self._page.sheet
        self._page.run(
            tr("其余相符"),
            lambda uow: stock_takes.agree(uow, ledger, day, sheet),
            tr("{value} 行和账面相符。"),
        )

    def found(self) -> None:
        """Something that is not in the books: which account, what, how many, worth what."""

        def add(text: str) -> None:
            from village_ledger.services.counting import stock_takes

            ledger, day = self._at
            try:
                book, count = _found_thing(self._page.sheet, text)
            except LedgerError as error:
                self._page.refuse(error)
                return
            self._page.run(
                tr("登记账外"),
                lambda uow: stock_takes.add_found(uow, ledger, day, book, count),
                tr("账外的“{name}”登记了。", name=book.name),
            )

        question = tr("账外的：科目 名称 估价")
        self._page.bar.ask(question, tr("登记"), add, self._page.table.setFocus, hint=tr("15101 音响 800"))

    def drop(self) -> None:
        """The line one stands on, if it was added by hand."""
        from village_ledger.services.counting import stock_takes

        line = self._page.line
        if line is None:
            return
        ledger, day = self._at
        self._page.run(
            tr("去掉账外行"),
            lambda uow: stock_takes.drop_found(uow, ledger, day, line.number),
            tr("去掉了“{name}”。", name=line.book.name),
        )

    def take_file(self, path: Path) -> None:
        """A filled-in workbook: all of it or nothing, every fault named."""
        ledger, day = self._at

        def take(uow: UnitOfWork) -> Outcome[int]:
            from village_ledger.exchange.import_counts import read_counts
            from village_ledger.reports.catalogue import ReportRequest
            from village_ledger.reports.counting.catalogue_counting import paper_of
            from village_ledger.services.counting import stock_takes

            paper = paper_of(uow.reader, ReportRequest(ledger, Span(day, day)))
            file = read_counts(path, paper.mark, paper.lines)
            return stock_takes.enter(uow, ledger, day, file.counts)

        self._page.run(tr("导入清查表"), take, tr("导入了 {value} 行。"))

    def go_back(self) -> None:
        """Back to counting."""

        def back(reason: str) -> None:
            from village_ledger.services.counting import confirmation

            ledger, day = self._at
            self._page.run(
                tr("退回盘点"),
                lambda uow: confirmation.back(uow, ledger, day, reason),
                tr("退回盘点了，可以再改。"),
            )

        self._page.bar.ask(tr("退回盘点，为什么？"), tr("退回"), back, self._page.table.setFocus)

    def onward(self) -> None:
        """Whatever comes next."""
        view = self._page.view
        if view is None:
            return
        nexts = {
            None: self.fill,
            Step.FILLED: self._finish,
            Step.BACK: self._finish,
            Step.COUNTED: self._approve,
            Step.APPROVED: self._adjust,
            Step.ADJUSTED: self._publish,
            Step.PUBLISHED: self._confirm,
        }
        step = nexts.get(view.take.last)
        if step is not None:
            step()

    # the steps

    def _finish(self) -> None:
        from village_ledger.services.counting import confirmation

        ledger, day = self._at
        self._page.run(
            tr("盘点完毕"),
            lambda uow: confirmation.finish(uow, ledger, day),
            tr("盘点完毕，差异列好了，请送审批。"),
        )

    def _approve(self) -> None:
        def approve(text: str) -> None:
            from village_ledger.services.counting import confirmation

            ledger, day = self._at
            number, on = with_day(text, self._today())
            self._page.run(
                tr("登记审批"),
                lambda uow: confirmation.approve(uow, ledger, day, number, on),
                tr("审批登记了，可以出凭证。"),
            )

        self._ask(tr("审批的文号和日期"), tr("登记"), approve, tr("青村决〔2026〕1号 2026-01-10"))

    def _adjust(self) -> None:
        from village_ledger.services.counting import adjustments

        ledger, day = self._at

        def adjust(text: str) -> None:
            try:
                on = parse_day(half_width(text).strip())
            except LedgerError as error:
                self._page.refuse(error)
                return
            self._page.run(
                tr("差异出凭证"),
                lambda uow: adjustments.adjust(uow, ledger, day, on),
                tr("差异填成了凭证，等待审核和记账。"),
            )

        bar = self._page.bar
        bar.ask(tr("调整凭证记在哪一天？"), tr("出凭证"), adjust, self._page.table.setFocus, text=str(day))

    def _publish(self) -> None:
        def publish(text: str) -> None:
            from village_ledger.services.counting import confirmation

            ledger, day = self._at
            place, on = with_day(text, self._today())
            self._page.run(
                tr("登记公示"),
                lambda uow: confirmation.publish(uow, ledger, day, on, place),
                tr("公示登记了，等成员（代表）大会确认。"),
            )

        self._ask(tr("公示的地点和日期"), tr("登记"), publish, tr("村务公开栏 2026-02-01"))

    def _confirm(self) -> None:
        def confirm(text: str) -> None:
            from village_ledger.services.counting import confirmation

            ledger, day = self._at
            number, on = with_day(text, self._today())
            self._page.run(
                tr("登记确认"),
                lambda uow: confirmation.confirm(uow, ledger, day, number, on),
                tr("清查结果确认了，明年的表上会有上年核实数。"),
            )

        self._ask(tr("确认结果的决议文号和日期"), tr("登记"), confirm, tr("青村股会〔2026〕1号 2026-03-01"))

    def _ask(self, question: str, verb: str, done: Callable[[str], object], hint: str) -> None:
        self._page.bar.ask(question, verb, done, self._page.table.setFocus, hint=hint)

    def _today(self) -> date:
        return date.today()  # noqa: DTZ011  the wall calendar of the village


def _found_thing(sheet: str, text: str) -> tuple[BookLine, Count]:
    """A thing as typed: account, name, worth; raises StockTakeError for anything else."""
    parts = half_width(text).split()
    if len(parts) < 3 or not parts[0].isdigit():
        raise StockTakeError(
            tr("“{text}”看不懂", text=text), tr("请写成“15101 音响 800”：科目编码、名称、估价，空格隔开。")
        )
    book = BookLine(sheet, parts[0], name=" ".join(parts[1:-1]))
    return book, Count(parse_fen(parts[-1]), 1000, tr("账外"), Treatment.ADJUST)
