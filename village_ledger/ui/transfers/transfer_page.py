"""Filling one inter-ledger document: village words first, both vouchers live side by side, balances after."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.chart import Dimension, LedgerKind, Money
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.inter_ledger import Asked, Choice
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import parse_day
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.staff.keyring import LONGEST
from village_ledger.services.transfers import resolutions, transfer_checks, transfers
from village_ledger.ui.beginning.lock_screen import pin_field
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.planning.planning_page import chooser
from village_ledger.ui.staff.second_person import confirmed
from village_ledger.ui.transfers.transfer_sides import Filled, SideCard, bank_words, look_at
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.domain.inter_ledger import KindRule
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.interledger.records import Transfer
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


ON_THE_SPOT = "有另一个人当场审核、两边马上记账的，写他的姓名；空着就等以后审核。"


class TransferPage(Page):
    """One form for all nine kinds."""

    scope = "transfer"
    nav = "work"
    shows = Changes(accounts=True, settings=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("填往来单"), tr("填一份，两边的凭证一起出"))
        self.add_button("save", Look.MAIN)
        self.kind = chooser(tr("事项"))
        for rule in transfers.rules().kinds.values():
            self.kind.addItem(f"{rule.village}（{rule.id} {rule.name}）", rule.id)
        self.day, self.summary = QLineEdit(), QLineEdit()
        self.amount, self.share = MoneyEdit(), MoneyEdit()
        self.resolution, self.settles = chooser(tr("决议")), chooser(tr("归还哪一份"))
        self.plan_item, self.invoice = chooser(tr("计划项目")), QLineEdit()
        self.plan_item.setEditable(True)
        self.counterparty, self.project = QLineEdit(), QLineEdit()
        self.reviewer, self.pin = QLineEdit(), pin_field(tr("审核人的密码"))
        self.reviewer.setMaxLength(NAME_LIMIT)
        self.pin.setMaxLength(LONGEST)
        self.accounts = {kind: chooser("") for kind in LedgerKind}
        self.banks = {kind: chooser("") for kind in LedgerKind}
        self.cards = {kind: SideCard(self.theme, kind) for kind in LedgerKind}
        self.what = QLabel()
        self.what.setProperty("look", "hint")
        self.what.setWordWrap(True)
        self._several: dict[LedgerKind, bool] = {}
        self._open: list[Transfer] = []
        self._begin = ("", "")
        self._standings: dict[str, str] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._arrange()
        self._connect()

    # laying out

    def _arrange(self) -> None:
        first = self.section = Section(self.theme, tr("什么事"))
        first.add_row(tr("事项"), self.kind)
        first.add_row("", self.what)
        first.add_row(tr("日期"), self.day)
        first.add_row(tr("摘要"), self.summary)
        first.add_row(tr("金额"), self.amount)
        self._optional(first, "share", tr("村委会的份"), self.share)
        self._optional(first, "resolution", tr("决议"), self.resolution)
        self._rows["plan"] = first.add_row(tr("计划项目"), self.plan_item, tr("年度财务计划里的哪一项"))
        self._optional(first, "settles", tr("归还哪一份"), self.settles)
        self._optional(first, "invoice", tr("票据号"), self.invoice)
        self._optional(first, "counterparty", tr("往来单位"), self.counterparty)
        self._optional(first, "project", tr("项目"), self.project)
        for kind, words in ((LedgerKind.COLLECTIVE, tr("集体")), (LedgerKind.COMMITTEE, tr("村委会"))):
            self._optional(first, f"account {kind.value}", tr("{who}科目", who=words), self.accounts[kind])
            self._optional(first, f"bank {kind.value}", tr("{who}银行户", who=words), self.banks[kind])
        self._optional(first, "reviewer", tr("审核人"), self.reviewer, tr(ON_THE_SPOT))
        self._optional(first, "pin", tr("审核人的密码"), self.pin)
        cards = QVBoxLayout()
        cards.setSpacing(self.theme.px.gap)
        for kind in LedgerKind:
            cards.addWidget(self.cards[kind])
        cards.addStretch(1)
        self.both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.both.setSpacing(self.theme.px.gap)
        self.both.addWidget(first, 1, Qt.AlignmentFlag.AlignTop)
        self.both.addLayout(cards, 1)
        self.body.addLayout(self.both)
        self.body.addStretch(1)
        self.restyle()

    def _optional(self, section: Section, key: str, label: str, field: QWidget, hint: str = "") -> None:
        self._rows[key] = section.add_row(label, field, hint)

    def restyle(self) -> None:
        """In a narrow window the vouchers stand under the form."""
        narrow = self.theme.tokens.narrow
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.both.setDirection(down if narrow else across)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _: self._follow_kind())
        self.day.editingFinished.connect(self._offer_plan)
        self.plan_item.activated.connect(self._choose_plan)
        for field in (self.day, self.summary, self.amount, self.share, self.counterparty, self.project):
            field.textChanged.connect(lambda _: self._look())
        for box in (*self.accounts.values(), *self.banks.values(), self.settles):
            box.currentIndexChanged.connect(lambda _: self._look())
        for box in self.accounts.values():
            box.setEditable(True)
            box.editTextChanged.connect(lambda _: self._look())

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the page's actions."""
        return {"save": self._save}

    # arriving

    def go(self, **where: Any) -> None:
        """``event`` (T1 …) to begin with, ``settles`` the document to settle."""
        self.day.setText(self.session.month.last.isoformat())
        for field in (self.summary, self.amount, self.share, self.invoice, self.counterparty, self.project):
            field.clear()
        self.reviewer.clear()
        self.pin.clear()
        self._begin = (where.get("event", ""), where.get("settles", ""))
        self.reload()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Resolutions, open documents and accounts to choose from."""
        if not self.session.is_open:
            return
        try:
            codes = transfers.ledgers_of(self.session.reader)
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        reader = self.session.reader
        self._show_row("pin", shown=bool(self.session.staff))
        short = tr("▲ 不到法定比例 ")
        votes = sorted(reader.resolutions(), key=lambda r: bool(resolutions.shortfalls(r)))
        _fill(
            self.resolution,
            [
                (f"{short if resolutions.shortfalls(r) else ''}{r.number} {r.subject}", r.number)
                for r in votes
            ],
        )
        for kind, code in codes.items():
            chart = reader.chart(code)
            banks = [a for a in chart if a.is_leaf and a.active and a.money is Money.BANK]
            known = transfer_checks.banks_of(reader, code)
            _fill(self.banks[kind], [(bank_words(a, known.get(a.code)), a.code) for a in banks])
            self._several[kind] = len(banks) > 1
        kind, settles = self._begin
        if kind:
            self.kind.setCurrentIndex(self.kind.findData(kind))
        self._follow_kind()
        if settles:
            self.settles.setCurrentIndex(max(0, self.settles.findData(settles)))
            document = next((d for d in self._open if str(d.number) == settles), None)
            if document is not None:
                self.amount.set_fen(document.amount - document.settled)
        self._begin = ("", "")

    def rule(self) -> KindRule:
        """The kind that is chosen."""
        return transfers.rules().kind(self.kind.currentData())

    def _follow_kind(self) -> None:
        """Show the fields the kind asks, and its accounts."""
        if not self.session.is_open:
            return
        rule, reader = self.rule(), self.session.reader
        self.what.setText(rule.what)
        self._open = transfers.open_documents(reader, rule.settles)
        first = tr("（先挂账）") if rule.two_steps else tr("（从最早的还起）")
        choices = [
            (f"{d.number} {d.summary} {format_fen(d.amount - d.settled)}", str(d.number)) for d in self._open
        ]
        _fill(self.settles, [(first, ""), *choices])
        self._show_row("share", shown="share" in rule.asks)
        self._show_row("resolution", shown="resolution" in rule.asks)
        self._show_row("plan", shown="plan" in rule.asks)
        self._offer_plan()
        self._show_row("settles", shown=bool(rule.settles))
        self._show_row("invoice", shown="share" in rule.asks)
        wants_project = False
        for kind, code in transfers.ledgers_of(reader).items():
            info, chart = reader.ledger(code), reader.chart(code)
            line = next((x for x in rule.lines if x.ledger is kind and x.role == "account"), None)
            ways = line.ways.get(info.chart_id, ()) if line else ()
            _fill(
                self.accounts[kind],
                [(f"{w.code} {chart.path(w.code)}", w.code) for w in ways if w.code in chart],
            )
            self._show_row(f"account {kind.value}", shown=bool(ways))
            demands = [chart.get(w.code).demands for w in ways if w.code in chart]
            wants_project = wants_project or any(Dimension.PROJECT in one for one in demands)
            pays = any(x.ledger is kind and x.role == "bank" for x in (*rule.lines, *rule.settlement))
            self._show_row(f"bank {kind.value}", shown=pays and self._several.get(kind, False))
        self._show_row("project", shown=wants_project)
        self._show_row("counterparty", shown=rule.id in {"T4", "T6", "T7", "T8"})
        self._look()

    def _offer_plan(self) -> None:
        """Lines of the year's plan with what is left of each; free words where the year has none."""
        try:
            year = parse_day(self.day.text()).year
        except LedgerError:
            return
        reader = self.session.reader
        ledger = transfers.ledgers_of(reader)[LedgerKind.COLLECTIVE]
        had = self.plan_item.currentText()
        lines = transfer_checks.plan_lines(reader, ledger, year)
        words = [
            (
                f"{transfer_checks.plan_label(use)}：{transfer_checks.plan_standing(use)}",
                transfer_checks.plan_label(use),
            )
            for use in lines
        ]
        _fill(self.plan_item, words)
        self.plan_item.setEditText(had)
        self._standings = dict(
            zip((label for _, label in words), map(transfer_checks.plan_standing, lines), strict=True)
        )
        self._say_plan(
            tr("从{year}年财务计划里选一项", year=year)
            if lines
            else tr("{year}年还没有财务计划，写明项目的名字", year=year)
        )

    def _say_plan(self, otherwise: str = "") -> None:
        """Under the field: what is left of the line, or what to do."""
        hint = self._rows["plan"][-1]
        if isinstance(hint, QLabel):
            hint.setText(self._standings.get(self._plan_words(), otherwise))

    def _choose_plan(self, place: int) -> None:
        """A line was chosen: the field keeps its name, what is left of it stands below."""
        self.plan_item.setEditText(self.plan_item.itemData(place) or "")
        self._say_plan()

    def _plan_words(self) -> str:
        """The chosen line, or what was typed."""
        typed = self.plan_item.currentText().strip()
        chosen = self.plan_item.findText(typed)
        return self.plan_item.itemData(chosen) if chosen >= 0 else typed

    def _show_row(self, key: str, *, shown: bool) -> None:
        for widget in self._rows[key]:
            widget.setVisible(shown)

    # what is filled

    def asked(self) -> Asked:
        """The document the fields mean; raises AmountError, PeriodError."""
        rule = self.rule()
        amount = self.amount.fen() or 0
        theirs = (self.share.fen() or 0) if "share" in rule.asks else amount
        mine = amount - theirs if "share" in rule.asks else amount
        settles = (self.settles.currentData() or "") if rule.settles else ""
        return Asked(
            kind=rule.id,
            day=parse_day(self.day.text()),
            amount=amount,
            summary=self.summary.text(),
            collective=self._choice(LedgerKind.COLLECTIVE, mine),
            committee=self._choice(LedgerKind.COMMITTEE, theirs),
            resolution=(self.resolution.currentData() or "") if "resolution" in rule.asks else "",
            plan_item=self._plan_words() if "plan" in rule.asks else "",
            settles=settles,
            counterparty=self.counterparty.text().strip(),
            project=self.project.text().strip(),
            invoice=self.invoice.text(),
        )

    def _choice(self, kind: LedgerKind, amount: int) -> Choice:
        account = self.accounts[kind].currentText().split(" ")[0]
        bank = self.banks[kind].currentData() if self._several.get(kind) else ""
        return Choice(amount, account, bank or "")

    def _look(self) -> None:
        """Both vouchers as they would be written now."""
        if not self.session.is_open:
            return
        asked, why = None, None
        try:
            asked = self.asked()
        except LedgerError as error:
            why = error
        if asked is not None and not (
            asked.amount > 0 and min(asked.collective.amount, asked.committee.amount) > 0
        ):
            asked, why = None, LedgerError(tr("还没有填金额"), tr("填了金额就看得到两边的凭证。"))
        self.operations.read(
            tr("两边的凭证"), lambda r: look_at(r, asked, why), self._show, key="transfer preview"
        )

    def _show(self, filled: Filled) -> None:
        refusal = "" if filled.refusal is None else f"{filled.refusal.what}。{filled.refusal.next_step}"
        only = LedgerKind.COLLECTIVE in filled.sides and LedgerKind.COMMITTEE not in filled.sides
        for kind, card in self.cards.items():
            said = refusal
            if only and kind is LedgerKind.COMMITTEE:
                said = tr("村委会账不记账，公开表上注明“集体直接承担”。")
            card.show_side(filled.sides.get(kind), said)

    def _save(self) -> None:
        try:
            asked = self.asked()
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self.slip.fold()
        reviewer = self.reviewer.text().strip()
        if not reviewer:
            self._enter(lambda uow: transfers.enter(uow, asked))
            return
        confirmed(
            self,
            reviewer,
            self.pin.text(),
            lambda: self._enter(lambda uow: transfers.record(uow, asked, reviewer)),
        )

    def _enter(self, act: Callable[[UnitOfWork], Outcome[Transfer]]) -> None:
        def done(outcome: Outcome[Any]) -> None:
            self.navigator.back()
            self.navigator.open("transfers", number=outcome.value.number)

        self.operations.run(tr("填往来单"), lambda uow, _: act(uow), then=done)


def _fill(box: PickList, choices: list[tuple[str, str]]) -> None:
    """Choices of a box, keeping what was chosen."""
    had = box.currentData()
    box.blockSignals(True)
    box.clear()
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(had)) if choices else -1)
    box.blockSignals(False)
