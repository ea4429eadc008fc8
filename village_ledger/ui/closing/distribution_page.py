"""收益分配: what there is to give away at the left's side, and the decision part by part; it makes vouchers to be reviewed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.amount_entry import evaluate_entry
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.closing.distribution import Decision, Standing, distribute, standing
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_style import TableStyle
from village_ledger.ui.transfers.side_rows import SideRow, SideRows
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

PANEL_CHARS = 17
DECEMBER = 12
PERCENT = ("%", "％")


class DistributionPage(Page):
    """One decision about one year's income."""

    scope = "month_form"
    nav = "closing"
    shows = Changes(vouchers=True, balances=True, periods=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.year = session.month.year
        self.there: Standing | None = None
        self.day, self.resolution = QLineEdit(), QLineEdit()
        self.loss, self.members, self.other = MoneyEdit(), MoneyEdit(), MoneyEdit()
        self.reserve, self.other_to = QLineEdit(), QLineEdit()
        self.shares: tuple[tuple[str, int], ...] = ()
        self.listed = QLabel()
        self.listed.setWordWrap(True)
        self.facts = SideRows(TableStyle(self.theme, self), bold_lead=False)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.side = QWidget()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        column.addWidget(self.said)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px.gap)
        row.addWidget(self._form(), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.side)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.add_button("list")
        self.add_button("act", Look.MAIN)
        self.day.editingFinished.connect(self.reload)
        self.restyle()

    def _form(self) -> Section:
        section = Section(self.theme, tr("按决议分配"))
        for label, field, hint in (
            (tr("决议文号"), self.resolution, tr("成员（代表）大会决议的文号，写在每张凭证的摘要里。")),
            (
                tr("日期"),
                self.day,
                tr("作出决定的那一天。12月按预结数定的算当年，年终结转以后定的记在新年度。"),
            ),
            (tr("弥补亏损"), self.loss, tr("有亏损先用公积公益金弥补。")),
            (tr("提取公积公益金"), self.reserve, tr("金额，或者写 30% 这样的比例。")),
            (tr("向成员分配"), self.members, tr("没有名单的先记一笔总数，分到户以后再逐户登记。")),
            (tr("逐户名单"), self.listed, tr("两列的 csv 或 xlsx：往来单位、金额。选了名单，每户记一行。")),
            (tr("其他分配"), self.other, ""),
            (tr("分给谁"), self.other_to, tr("其他分配的对方单位或个人。")),
        ):
            section.add_row(label, field, hint)
        return section

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The act, and the list of members."""
        return {"act": self._act, "list": self._choose_list}

    def duty_of(self, action_id: str) -> Duty | None:
        """A decision becomes vouchers: it is prepared, not closed."""
        return Duty.PREPARE if action_id in {"act", "list"} else super().duty_of(action_id)

    def go(self, **where: Any) -> None:
        """``year`` whose income is given away."""
        self.year = where.get("year", self.session.month.year)
        for field in (self.resolution, self.loss, self.reserve, self.members, self.other, self.other_to):
            field.clear()
        self.day.setText(self._usual_day())
        self._take_list("", ())
        self.slip.fold()
        self.reload()
        self.resolution.setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The year."""
        return {"year": self.year}

    def reload(self) -> None:
        """What there is to give away, as of the day written."""
        if not self.session.is_open:
            return
        title = self.session.ledger.title
        self.head.set_title(tr("收益分配"), tr("{title} · {year}年度", title=title, year=self.year))
        self.action("act").setText(tr("填制分配凭证"))
        ledger, year = self.session.ledger_code, self.year
        try:
            day = parse_day(self.day.text())
        except LedgerError as error:
            self._cannot(error)
            return
        self.operations.read(
            tr("可分配收益"),
            lambda reader: standing(reader, ledger, year, day),
            self._show,
            refused=self._cannot,
            key="distribution",
        )

    def restyle(self) -> None:
        """In a narrow window the figures are said in the status bar."""
        self.side.setFixedWidth(PANEL_CHARS * self.theme.px.body)
        self.side.setVisible(not self.theme.tokens.tight)

    def status(self) -> str:
        """What can be given away."""
        if self.there is None:
            return self.said.text()
        return tr("可分配 {amount}", amount=format_fen(max(0, self.there.available)))

    # inside

    def _usual_day(self) -> str:
        """The year's last day while December is open, else the first day that takes vouchers."""
        december = Month(self.year, DECEMBER)
        months = self.session.all_months()
        if any(m.month == december and m.state.accepts_vouchers for m in months):
            return december.last.isoformat()
        first = next((m.month for m in months if m.month > december and m.state.accepts_vouchers), None)
        return (first or december.next()).first.isoformat()

    def _show(self, there: Standing) -> None:
        self.there = there
        rows = [
            SideRow("", tr("未分配收益"), format_fen(there.retained)),
            *([] if there.settled else [SideRow("", tr("本年净收益（预结）"), format_fen(there.net_income))]),
            SideRow("", tr("已经分配"), format_fen(there.appropriated)),
            SideRow("", tr("可分配"), format_fen(there.available), total=True),
        ]
        if there.loss:
            rows.append(SideRow("", tr("公积公益金"), format_fen(there.reserve)))
        self.facts.show_rows((tr("{year}年度", year=there.year), tr("元")), rows)
        self.said.setText(
            tr(
                "{year}年度净收益 {net}。次序：弥补亏损、提取公积公益金、向成员分配、其他。"
                "比例按净收益弥补以前亏损后的 {base} 算。",
                year=there.year,
                net=format_fen(there.net_income),
                base=format_fen(there.reserve_base),
            )
        )
        self.action("act").setEnabled(self.may("act"))
        self.status_changed.emit()

    def _cannot(self, error: LedgerError) -> None:
        self.there = None
        self.facts.show_rows((tr("{year}年度", year=self.year), ""), [])
        self.said.setText(f"{error.what.rstrip('。')}。{error.next_step}")
        self.action("act").setEnabled(False)
        self.status_changed.emit()

    def _decision(self) -> Decision:
        """What stands in the fields; raises LedgerError for what cannot be read."""
        reserve, percent = self._reserve()
        return Decision(
            year=self.year,
            day=parse_day(self.day.text()),
            resolution=self.resolution.text(),
            loss=_fen(self.loss.text()),
            reserve=reserve,
            reserve_percent=percent,
            members=_fen(self.members.text()),
            other=_fen(self.other.text()),
            shares=self.shares,
            other_to=self.other_to.text(),
        )

    def _reserve(self) -> tuple[int, Decimal | None]:
        text = self.reserve.text().strip()
        if not text.endswith(PERCENT):
            return _fen(text), None
        try:
            return 0, Decimal(text[:-1])
        except InvalidOperation:
            raise VoucherError(tr("“{text}”不是比例", text=text), tr("请写成 30% 的样子。")) from None

    def _choose_list(self) -> None:
        """Choose a file, or put the list away that was chosen."""
        if self.shares:
            self._take_list("", ())
            return
        path, _ = QFileDialog.getOpenFileName(self, tr("逐户名单"), "", tr("表格 (*.xlsx *.csv)"))
        if path:
            self.take_list_file(Path(path))

    def take_list_file(self, path: Path) -> None:
        """A chosen file; any row at fault refuses all of it."""
        from village_ledger.exchange.shares.member_shares import read_shares

        self.slip.fold()
        self.operations.task(
            tr("读名单"),
            lambda _: read_shares(path),
            then=lambda shares: self._take_list(path.name, shares),
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _take_list(self, name: str, shares: tuple[tuple[str, int], ...]) -> None:
        """The list holds; its sum is what the members get, unless an amount was typed already."""
        self.shares = shares
        self.action("list").setText(tr("去掉名单") if shares else tr("逐户名单…"))
        if not shares:
            self.listed.setText(tr("没有选"))
            return
        total = sum(fen for _, fen in shares)
        if not self.members.text().strip():
            self.members.set_fen(total)
        self.listed.setText(
            tr("{name}：{count} 户，合计 {total}", name=name, count=len(shares), total=format_fen(total))
        )

    def _act(self) -> None:
        ledger = self.session.ledger_code
        self.slip.fold()
        try:
            decision = self._decision()
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self.operations.run(
            tr("收益分配"),
            lambda uow, _: distribute(uow, ledger, decision),
            then=self._made,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _made(self, outcome: Outcome[Any]) -> None:
        """On to the vouchers, which want review."""
        first = outcome.value[0]
        self.navigator.open("voucher_list", month=first.ref.month, voucher=first.id)


def _fen(text: str) -> int:
    return evaluate_entry(text) if text.strip() else 0
