"""收益分红: the pool typed once, and at once what every household is given, what is left, and which gates are still shut."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from village_ledger.domain.errors import DividendError, LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.dividends import dividend_drafts
from village_ledger.ui.dividends import dividend_papers
from village_ledger.ui.dividends.dividend_figures import (
    RunChoices,
    RunFigures,
    RunTerms,
    act_words,
    give,
    read_choices,
    read_run,
)
from village_ledger.ui.dividends.dividend_households import Households
from village_ledger.ui.dividends.dividend_pool import PoolStrip
from village_ledger.ui.dividends.dividend_run_papers import RunPapers
from village_ledger.ui.dividends.dividend_side import DividendSide
from village_ledger.ui.dividends.dividend_terms import (
    TermsForm,
    delayed,
    stood,
    usual_day,
    usual_year,
)
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.people.records import Dividend
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

FOLLOW_MS = 250
"""After so long without a key the figures follow what was typed."""
KEEP_MS = 800


class DividendRunPage(RunPapers):
    """One dividend of one year, from the pool to its vouchers."""

    scope = "dividend_run"
    nav = "work"
    shows = Changes(
        vouchers=True, balances=True, periods=True, members=True, shares=True, dividends=True, settings=True
    )

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.year = 0
        self._ledger = ""
        self._said = ""
        self._given = True
        """Whether there is a dividend to look at, or one may be worked out."""
        self._draft: dict[str, str] = {}
        """Texts for the fields that wait until there is something to choose from."""
        self.terms = TermsForm(self.theme)
        self.pool = PoolStrip(self.theme)
        self.households = Households(self.theme, tr("演示") if session.info.is_demo else "")
        self.search, self.table = self.households.search, self.households.table
        self.side = DividendSide(self.theme)
        self.notice = NoticeBar(
            self.theme, "", [(tr("看凭证"), self._see_vouchers), (tr("分红发放"), self._pay)]
        )
        self.notice.hide()
        self._lay()
        self._following = delayed(self, FOLLOW_MS, self._follow)
        self._keeping = delayed(self, KEEP_MS, self._keep)
        self._connect()
        for name in ("notice", "sheet", "export"):
            self.add_button(name)
        self.add_button("post", Look.MAIN)
        if self.reviewing:
            self.terms.only_read()
            self.pool.only_read()
        self.restyle()

    def _lay(self) -> None:
        """Terms, pool and households at the left; what there is and the gates at the right."""
        self._left = QVBoxLayout()
        self._left.addWidget(self.terms)
        self._left.addWidget(self.pool)
        self._left.addWidget(self.households, 1)
        self.main = QWidget()
        self.main.setLayout(self._left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(self.main, 1)
        self._sides.addWidget(self.side)
        self.body.addWidget(self.notice)
        self.body.addLayout(self._sides, 1)

    def _connect(self) -> None:
        self.terms.changed.connect(self._typed)
        self.terms.year_chosen.connect(self._take_year)
        self.pool.changed.connect(self._typed)
        self.pool.amount.fill_wanted.connect(self._fill)
        self.side.way_chosen.connect(self.navigator.open)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "find": self.households.look_up,
            "explain": self.households.explain_row,
            "gates": self._gates,
            "print": lambda: self._preview(dividend_papers.account_table),
            "notice": lambda: self._preview(dividend_papers.wall_table),
            "sheet": self._sheet,
            "terms": self.terms.turn,
            "export": lambda: self._export("xlsx"),
            "export_csv": lambda: self._export("csv"),
            "resolve": lambda: self.navigator.open("resolutions"),
            "pay": self._pay,
            "post": self._post,
        }

    def go(self, **where: Any) -> None:
        """``year`` whose income is given away; what was typed of it is there again."""
        year = where.get("year", self.year) or usual_year(self.session)
        if year != self.year or self._ledger != self.session.ledger_code:
            self._begin(year)
        self.slip.fold()
        self.reload()
        (self.table if self.reviewing else self.pool.amount).setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The year."""
        return {"year": self.year}

    def leave(self) -> bool:
        """What was typed is kept at once."""
        if self._keeping.isActive():
            self._keep()
        return True

    def reload(self) -> None:
        """Offer what there is to choose, then work it out."""
        if not self.session.is_open:
            return
        if self._ledger != self.session.ledger_code:
            self._begin(usual_year(self.session))
        ledger = self.session.ledger_code
        self.head.set_title(
            tr("{year} 年收益分红", year=self.year), tr("{title} · 单位：元", title=self.session.ledger.title)
        )
        self.operations.read(
            tr("读分红"),
            lambda reader: read_choices(reader, ledger, given=self.reviewing),
            self._offer,
            refused=self._cannot,
            key="dividend choices",
        )

    def restyle(self) -> None:
        """In a narrow window the gates and the households take turns."""
        narrow = self.theme.tokens.narrow
        for layout in (self._left, self._sides):
            layout.setSpacing(self.theme.px.gap)
        for part in (self.terms, self.pool, self.households, self.side):
            part.restyle()
        self.side.setVisible(not narrow and not self.reviewing)  # gates are of who wants to give
        for part in (self.terms, self.pool):
            part.setVisible(self._given)
        self.main.setVisible(True)

    def escape(self) -> bool:
        """Fold a bar away, come back from the gates, stop looking for somebody."""
        if not self.main.isVisible():
            self._gates()
            return True
        return self.households.escape()

    def status(self) -> str:
        """What was done; else how it will be booked, and how many gates are shut."""
        if self._said or self.shown is None:
            return self._said
        shut = self.shown.shut() if self.shown.done is None else []
        if shut:
            return tr("还有 {count} 道关没过：{rules}", count=len(shut), rules="、".join(shut))
        if self.theme.tokens.tight:
            return self.households.proof.text()
        return tr("记账时：借 322 收益分配 / 贷 113 内部往来，每个持有人一行")

    # what was typed

    def _begin(self, year: int) -> None:
        """Another year or ledger: its draft, or the usual days."""
        if self._ledger and self._keeping.isActive():
            self._keep()
        self.year, self._ledger = year, self.session.ledger_code
        self.shown, self._said = None, ""
        self.households.begin()
        reader = self.session.reader
        kept = dividend_drafts.draft_of(reader, self._ledger, year) or stood(reader, self._ledger, year)
        self.terms.usual_day = usual_day(self.session, year)
        usual = {"record": f"{year}-12-31", "day": self.terms.usual_day, "resolution": ""}
        self._draft = {**usual, **kept}
        self.pool.set_text(self._draft.get("amount", ""))

    def _offer(self, choices: RunChoices) -> None:
        self._given = bool(choices.years)
        if not self._given:
            self.households.table.set_empty_words(tr("这个包里没有分过红。"))
            self.households.show_figures(None)
            self.restyle()
            return
        kept = self._draft or self.terms.texts()
        self._draft = {}
        self.terms.offer(choices)
        self.terms.show_year(self.year)
        self.terms.take(kept)
        self._follow()

    def _take_year(self, year: int) -> None:
        self._begin(year)
        self.reload()

    def _typed(self) -> None:
        """Something else stands in the fields: figures follow, and it is kept."""
        self._said = ""
        self._following.start()
        self._keeping.start()

    def _fill(self) -> None:
        """Everything there is to give."""
        if self.shown is not None and self.shown.there is not None and self.shown.there.available > 0:
            self.pool.fill(self.shown.there.available)

    def _keep(self) -> None:
        """Keep what stands in the fields in the book."""
        self._keeping.stop()
        if self.session.read_only or not self.permits("post"):
            return
        typed = {"amount": self.pool.amount.text(), **(self._draft or self.terms.texts())}
        ledger, year = self._ledger, self.year
        self.operations.run(tr("存草稿"), lambda uow, _: dividend_drafts.keep_draft(uow, ledger, year, typed))

    def _terms(self) -> RunTerms:
        """What stands in the fields; raises LedgerError for what cannot be read."""
        amount = self.pool.fen()
        if amount is None or amount < 0:
            typed = self.pool.amount.text()
            raise DividendError(tr("“{text}”不是要分的金额", text=typed), tr("请写大于零的金额。"))
        return self.terms.terms(self.year, amount)

    # the figures

    def _follow(self) -> None:
        """Work it out anew on the worker; only the newest answer is shown."""
        self._following.stop()
        if not self.session.is_open or self._draft:
            return
        ledger = self._ledger
        try:
            terms = self._terms()
        except LedgerError as error:
            self._cannot(error)
            return
        self.operations.read(
            tr("算分红"),
            lambda reader: read_run(reader, ledger, terms),
            self._show,
            refused=self._cannot,
            key="dividend run",
        )

    def _show(self, made: RunFigures) -> None:
        self.slip.fold()
        self._show_all(made)
        self._show_done(made)
        self.action("post").setText(act_words(made))
        self.status_changed.emit()

    def _show_all(self, made: RunFigures | None) -> None:
        self.shown = made
        self.pool.show_figures(made)
        self.side.show_figures(made)
        self.households.show_figures(made)

    def _cannot(self, error: LedgerError) -> None:
        """Nothing can be worked out: say why where the figures would be."""
        self._show_all(None)
        self.slip.say(describe(error))
        self.status_changed.emit()

    def _show_done(self, made: RunFigures) -> None:
        """A dividend that stands says so over the page, with the way to its vouchers."""
        self.notice.setVisible(made.done is not None)
        self.terms.rest(done=made.done is not None)
        if made.done is not None:
            self.notice.sentence.setText(
                tr(
                    "{year}年度已经分红 {amount} 元（{day}，决议 {number}），凭证 {refs}。",
                    year=made.done.year,
                    amount=format_fen(made.done.amount),
                    day=made.done.day,
                    number=made.done.resolution,
                    refs="、".join(str(ref) for _, ref in made.done_vouchers),
                )
            )

    def _gates(self) -> None:
        """To the gates and back; in a narrow window they take turns with the households."""
        if self.reviewing:
            return
        there = self.side.gates.area
        if self.theme.tokens.narrow:
            alone = not self.side.isVisible()
            self.side.setVisible(alone)
            self.main.setVisible(not alone)
            (there if alone else self.table).setFocus()
        elif there.hasFocus():
            self.table.setFocus()
        else:
            there.setFocus()

    # acts

    def _post(self) -> None:
        """Book it; a gate that is shut refuses, saying which and what to do."""
        self.slip.fold()
        ledger = self._ledger
        try:
            terms = self._terms()
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self._keeping.stop()

        self.operations.run(
            tr("生成分红凭证"),
            lambda uow, _: give(uow, ledger, terms),
            then=self._made,
            refused=self._refused,
        )

    def _refused(self, error: LedgerError) -> None:
        self._keeping.start()
        self.slip.say(describe(error))

    def _made(self, outcome: Outcome[Dividend]) -> None:
        """On to the vouchers, which want review; the page itself goes on saying their numbers."""
        found = self.session.reader.vouchers_by_id(outcome.value.voucher_ids)
        self._said = "".join(
            (
                tr("生成了凭证 {refs}，等待审核。", refs="、".join(str(v.ref) for v in found)),
                *outcome.warnings,
            )
        )
        self.status_changed.emit()
        self.navigator.open("voucher_list", month=found[0].ref.month, voucher=found[0].id)

    def _see_vouchers(self) -> None:
        if self.shown is not None and self.shown.done_vouchers:
            first, ref = self.shown.done_vouchers[0]
            self.navigator.open("voucher_list", month=ref.month, voucher=first)

    def _pay(self) -> None:
        self.navigator.open("dividend_payments", year=self.year)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
