"""付款审批: what one payment needs and what was shown; here it is registered, booked as an advance, let pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.limits import approval_text, incomplete, payments, waivers
from village_ledger.services.limits.limit_rules import vocabulary
from village_ledger.services.limits.splits import Suspicion, suspicions
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, line
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Seen:
    """A payment as the page shows it."""

    stored: StoredVoucher
    standing: payments.Standing
    suspicions: list[Suspicion]
    signers: str
    papers: str


class PaymentPage(PlanningPage):
    """A row per kind of expense in the voucher; the form under it takes what was shown."""

    scope: ClassVar[str] = "payment"
    nav: ClassVar[str] = "voucher_list"
    shows: ClassVar[Changes] = Changes(limits=True, vouchers=True)
    name: ClassVar[str] = "付款审批"
    main_action: ClassVar[str] = "approve"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("kind", "支出类别", Look.TEXT, "非生产性支出"),
        ScreenColumn("amount", "金额", Look.MONEY, "999,999.99"),
        ScreenColumn("band", "限额档", Look.TEXT, "超过 1,000.00，不超过 10,000.00"),
        ScreenColumn("needs", "要什么", Look.TEXT, "村两委会议；发票或收据、会议记录", stretch=1),
    )
    empty_words: ClassVar[str] = "这张凭证不受审批限额管。"

    def build(self) -> None:
        """Decision, signatures, papers; the payee of an advance; the reason of a reviewer."""
        self._voucher_id = 0
        self._seen: Seen | None = None
        self.decision, self.signers, self.papers = line(tr("决策编号")), line(tr("签字")), line(tr("附件"))
        self.payee, self.reason = line(tr("收款人")), line(tr("放行的原因"))
        approving = Section(self.theme, tr("登记审批"))
        add_rows(
            approving,
            [
                (tr("决策编号"), self.decision, tr("决策卷宗或决议的编号")),
                (tr("签字"), self.signers, tr("纸上谁签了字：处=姓名，用、隔开")),
                (tr("附件"), self.papers, tr("有几张：附件=张数；存进账里的附件自动算")),
            ],
        )
        other = Section(self.theme, tr("手续还不全，或提醒要放行"))
        add_rows(
            other,
            [
                (tr("收款人"), self.payee, tr("钱已经付出的，记成暂付时记在谁名下")),
                (tr("放行的原因"), self.reason, tr("审核人写：为什么不是拆分付款、关联付款")),
            ],
        )
        self.body.addWidget(approving)
        self.body.addWidget(other)

    def restyle(self) -> None:
        """A payment has a kind or two: the form gets the room."""
        super().restyle()
        rows = 3 if self.theme.tokens.narrow else 4
        self.table.setMinimumHeight(rows * (self.theme.px.row + 1))
        self.table.setMaximumHeight(rows * (self.theme.px.row + 1))

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Print the form, let pass, book as an advance, register."""
        return {
            "print_this": (tr("打印审批单"), self._print),
            "let_pass": (tr("写明原因放行"), self.let_pass),
            "advance": (tr("记成暂付"), self.advance),
            "approve": (tr("登记审批"), self.approve),
        }

    def go(self, **where: Any) -> None:
        """``voucher_id``."""
        if where.get("voucher_id", self._voucher_id) != self._voucher_id:
            self._voucher_id = int(where["voucher_id"])
            self._seen = None
        super().go(**where)
        self.decision.setFocus()

    def where(self) -> dict[str, Any]:
        """The voucher."""
        return {"voucher_id": self._voucher_id}

    def read(self, reader: Reader) -> object:
        """The voucher and how it stands."""
        stored = reader.voucher(self._voucher_id)
        found = payments.standing(reader, stored)
        kind = reader.ledger(stored.ledger).kind.value
        return Seen(
            stored,
            found,
            suspicions(reader, stored.ledger, stored.voucher, stored.id),
            approval_text.asked_signers(found, kind),
            approval_text.asked_papers(found),
        )

    def show_read(self, found: Any) -> None:
        """Rows, and the fields as on record."""
        first, self._seen = self._seen is None, found
        words, standing = vocabulary(), found.standing
        self.show_rows(
            [
                (
                    words.kinds[d.kind],
                    format_fen(d.amount),
                    d.rule.words,
                    "；".join([*d.rule.meetings, "、".join(words.papers[p] for p in d.rule.papers)]).strip(
                        "；"
                    )
                    or tr("日常签批"),
                )
                for d in standing.demands
            ]
        )
        if first:
            kept = standing.approval
            self.decision.setText(kept.approval.decision if kept else "")
            self.signers.setText(found.signers)
            self.papers.setText(found.papers)
            parties = dict.fromkeys(x.counterparty for x in found.stored.voucher.lines if x.counterparty)
            self.payee.setText(next(iter(parties), ""))
        self.say(self._words(found))

    @staticmethod
    def _words(found: Seen) -> str:
        standing = found.standing
        head = tr("{ref} · 审批规则：{title}", ref=found.stored.ref, title=standing.title or tr("没有"))
        missing = tr("缺：{what}", what="；".join(standing.missing)) if standing.missing else tr("手续齐了")
        parts = [head, missing if standing.needs_record else "", *(one.text for one in found.suspicions)]
        return "　".join(filter(None, parts))

    def approve(self) -> None:
        """F6."""
        texts = (self.decision.text(), self.signers.text(), self.papers.text())
        try:
            given = approval_text.read_approval(*texts)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        voucher_id = self._voucher_id
        self.act(
            tr("登记审批"),
            lambda uow, _progress: payments.approve(uow, voucher_id, given),
            lambda _outcome: self.reload(),
        )

    def advance(self) -> None:
        """F10."""
        voucher_id, payee = self._voucher_id, self.payee.text()
        self.act(
            tr("记成暂付"),
            lambda uow, _progress: incomplete.as_advance(uow, voucher_id, payee),
            lambda _outcome: self.navigator.open("incomplete_papers"),
        )

    def let_pass(self) -> None:
        """F8."""
        voucher_id, reason = self._voucher_id, self.reason.text()
        self.act(
            tr("放行"),
            lambda uow, _progress: waivers.let_pass(uow, voucher_id, reason),
            lambda _outcome: self.say(tr("写明原因放行了，记在操作日志里。")),
        )

    def _print(self) -> None:
        from village_ledger.reports.catalogue import ReportRequest, make

        if self._seen is None:
            return
        stored = self._seen.stored
        request = ReportRequest(stored.ledger, voucher=stored.ref)
        self.operations.read(
            tr("付款审批单"),
            lambda reader: make(reader, "payment-approval", request),
            then=lambda table: self.navigator.open("preview", tables=(table,), paper="A4_PORTRAIT"),
            refused=self.refuse,
            key="payment form",
        )
