"""补审、接受月份: vouchers of a one-person post passed or returned, closed months accepted; it goes with the remarks file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.money import format_fen
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remarks import Verdict, VoucherVerdict
from village_ledger.exchange.review.known_villages import ensure_compared
from village_ledger.i18n import tr
from village_ledger.services.review.second_reviews import Waiting, waiting
from village_ledger.settings import config_file
from village_ledger.ui.review.pinned_page import DraftPage
from village_ledger.ui.tables.table_model import Look, ScreenColumn

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


class SecondReviewsPage(DraftPage):
    """Vouchers first, then months; Space says yes or takes it back."""

    scope: ClassVar[str] = "second_reviews"
    name: ClassVar[str] = "补审、接受月份"
    main_action: ClassVar[str] = "mark"
    empty_words: ClassVar[str] = "没有等补审的凭证，也没有结了账还没封存的月份。"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("verdict", "结论", Look.CODE, "审核通过"),
        ScreenColumn("ledger", "账套", Look.TEXT, "集体经济组织账"),
        ScreenColumn("place", "凭证、月份", Look.CODE, "2025-03/记-0012"),
        ScreenColumn("words", "摘要", Look.TEXT, "付误工补贴", stretch=1),
        ScreenColumn("amount", "金额", Look.MONEY, "999,999.99"),
        ScreenColumn("by", "制单、记账", Look.TEXT, "王秀英"),
        ScreenColumn("reason", "退回的原因", Look.TEXT, "没有发票，请补", stretch=1),
    )

    def build(self) -> None:
        """What waits, beside the draft."""
        super().build()
        self.found: list[Waiting] = []
        self.table.opened.connect(lambda _row: self._open())
        self.table.marked.connect(lambda _row: self._mark())

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Look, return, say yes."""
        return {
            "open": (tr("看凭证"), self._open),
            "give_back": (tr("退回…"), self._give_back),
            "mark": (tr("通过、接受"), self._mark),
        }

    def read(self, reader: Reader) -> object:
        """What waits in the package; nothing in an own book."""
        return self.read_draft(), [] if self.session.package is None else waiting(reader)

    def show_read(self, found: Any) -> None:
        """Each with what is said of it so far."""
        self.draft, self.found = found
        titles = {info.code: info.title for info in self.session.ledgers}
        rows: list[tuple[str, ...]] = []
        for one in self.found:
            said = self.draft.verdict_on(one.ledger, one.place)
            accepted = tr("接受") if (one.ledger, one.place) in self.draft.accepted else ""
            rows.append(
                (
                    accepted if said is None else said.verdict.words,
                    titles.get(one.ledger, one.ledger),
                    one.place,
                    one.words,
                    format_fen(one.amount) if one.amount else "",
                    one.by,
                    "" if said is None else said.reason,
                )
            )
        self.show_rows(rows)

    def status(self) -> str:
        """How many are left."""
        vouchers = [one for one in self.found if not one.is_month]
        return tr(
            "{count} 张等补审，{done} 张有结论；接受 {months} 个月；在“我的意见”存成文件",
            count=len(vouchers),
            done=len(self.draft.verdicts),
            months=len(self.draft.accepted),
        )

    def _current(self) -> Waiting | None:
        row = self.table.row
        return self.found[row] if 0 <= row < len(self.found) else None

    def _mark(self) -> None:
        """Pass a voucher, accept a month; once more takes it back. A verdict to return gives way to passing."""
        one = self._current()
        if one is None:
            return

        def change() -> RemarkDraft:
            if one.is_month:
                changed = self.draft.accepting(one.ledger, one.place)
                self._ensure_compared(passes=len(changed.accepted) > len(self.draft.accepted))
                return changed
            said = self.draft.verdict_on(one.ledger, one.place)
            if said is not None and said.verdict is Verdict.PASS:
                return self.draft.unjudged(one.ledger, one.place)
            self._ensure_compared(passes=True)
            return self.draft.judged(VoucherVerdict(one.ledger, one.place, Verdict.PASS))

        self.keep(change)

    def _ensure_compared(self, *, passes: bool) -> None:
        """Raises PackageError where nothing is passed on the package's key."""
        opened = self.session.package
        if passes and opened is not None:
            ensure_compared(config_file().parent, opened.package)

    def _give_back(self) -> None:
        one = self._current()
        if one is None or one.is_month:
            return

        def done(reason: str) -> None:
            verdict = VoucherVerdict(one.ledger, one.place, Verdict.RETURN, reason)
            self.keep(lambda: self.draft.judged(verdict))

        self.ask_bar.ask(
            tr("退回 {place} 的原因", place=one.place),
            tr("退回"),
            done,
            self.table.setFocus,
            hint=tr("要写明原因"),
        )

    def _open(self) -> None:
        one = self._current()
        if one is None or one.is_month:
            return
        if one.ledger != self.session.ledger_code:
            self.session.switch_ledger(one.ledger)
        self.navigator.open("voucher", voucher_id=one.voucher)
