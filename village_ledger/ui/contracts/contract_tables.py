"""What the page of a contract shows: its rows, its changes, its terms as label and words, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.contract import item_area_text
from village_ledger.domain.money import format_fen
from village_ledger.domain.rent_schedule import PAY_DAY_NAMES, PERIOD_NAMES, format_rate
from village_ledger.i18n import tr
from village_ledger.reports.contracts.due_rows import state_words
from village_ledger.services.contracts.contract_rules import rules
from village_ledger.services.contracts.contract_warnings import board_until, watch
from village_ledger.services.contracts.standing import Whole, wholes
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.storage.contracts.records import StoredContract
    from village_ledger.storage.reader import Reader

ROWS = (
    ScreenColumn("mark", "", Look.CHECK, "✕"),
    ScreenColumn("span", "期间", Look.TEXT, "2025-01-01 至 06-30", stretch=1),
    ScreenColumn("due", "应付日", Look.TEXT, "2025-12-31"),
    ScreenColumn("amount", "租金", Look.MONEY, "99,999.00", hair=True),
    ScreenColumn("accrued", "记应收", Look.MONEY, "99,999.00"),
    ScreenColumn("received", "已收", Look.MONEY, "99,999.00"),
    ScreenColumn("open", "未收", Look.MONEY, "99,999.00"),
    ScreenColumn("state", "情况", Look.TEXT, "逾期 365 天"),
)
CHANGES = (
    ScreenColumn("day", "日期", Look.TEXT, "2025-12-31"),
    ScreenColumn("what", "什么事", Look.CODE, "换承租方"),
    ScreenColumn("how", "怎样、依据", Look.TEXT, "补充协议1号", stretch=1),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A contract as read, and its neighbours in the register."""

    whole: Whole
    today: date
    cautions: tuple[str, ...]
    numbers: tuple[str, ...]


def read_shown(reader: Reader, ledger: str, number: str, today: date) -> Shown:
    """One contract; raises ContractError."""
    with reader.snapshot():
        one = wholes(reader, [reader.contract(ledger, number)])[0]
        cautions = tuple(x.text for x in watch(one, today, board_until(reader)))
        return Shown(one, today, cautions, tuple(reader.contract_numbers(ledger)))


class RowsModel(FigureModel):
    """Rows of a contract as table rows."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(ROWS)
        self.states = shown.whole.rows
        self._today = shown.today

    def count(self) -> int:
        """Periods."""
        return len(self.states)

    def check(self, row: int) -> Check | None:
        """✓ all in, ✕ late, a dashed ring not yet."""
        state = self.states[row]
        if state.before:
            return None
        if state.open <= 0:
            return Check.GOOD
        return Check.FAIL if state.late(self._today) else Check.WAITING

    def words(self, row: int, column: int) -> str:
        """The mark in words too."""
        return self.text(row, len(ROWS) - 1) if column == 0 else self.text(row, column)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        state = self.states[row]
        late = state.late(self._today)
        said = state_words(state, self._today)
        cells = (
            "",
            span_words(state.row.first, state.row.last),
            state.row.due.isoformat(),
            format_fen(state.row.amount),
            format_fen(state.accrued) if state.accrued else "",
            format_fen(state.received) if state.received else "",
            format_fen(state.open) if state.open else "",
            tr("{said} {n} 天", said=said, n=late) if late else said,
        )
        return cells[column]

    def totals(self) -> TotalsModel:
        """合计."""
        sums = (
            sum(s.row.amount for s in self.states),
            sum(s.accrued for s in self.states),
            sum(s.received for s in self.states),
            sum(s.open for s in self.states),
        )
        return TotalsModel(ROWS, [("", tr("合计"), "", *map(format_fen, sums), "")])


def span_words(first: date, last: date) -> str:
    """2025-01-01 至 06-30: the year once where it is one."""
    shown = f"{last:%m-%d}" if last.year == first.year else str(last)
    return tr("{a} 至 {b}", a=first, b=shown)


class ChangesModel(FigureModel):
    """What happened to a contract, the newest first."""

    def __init__(self, stored: StoredContract) -> None:
        super().__init__(CHANGES)
        self.changes = tuple(reversed(stored.changes))

    def count(self) -> int:
        """Changes."""
        return len(self.changes)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        change = self.changes[row]
        how = change.party
        if change.amount:
            how = tr("每期 {amount}", amount=format_fen(change.amount))
        elif change.end is not None:
            how = tr("到 {day} 为止", day=change.end)
        said = "；".join(filter(None, (how, change.basis)))
        return (change.day.isoformat(), change.act.words, said)[column]


def facts_of(shown: Shown) -> Sequence[tuple[str, str]]:
    """Terms and how they were agreed, as label and words."""
    one, stored = shown.whole, shown.whole.stored
    contract, terms, papers = stored.contract, stored.now.terms, stored.contract.papers
    items = "、".join(
        " ".join(
            filter(
                None, (item.code, item.name, f"{item_area_text(item.area)}{item.unit}" if item.area else "")
            )
        )
        for item in contract.items
    )
    rise = tr("每 {n} 年递增 {rate}%", n=terms.rate_years, rate=format_rate(terms.rate)) if terms.rate else ""
    steps = "；".join(
        tr("{day} 起每期 {amount}", day=step.day, amount=format_fen(step.amount)) for step in terms.steps
    )
    penalty = contract.penalty.rate
    return (
        (tr("类别"), rules().kind(contract.kind).name),
        (tr("标的"), items),
        (tr("租期"), tr("{a} 至 {b}", a=terms.start, b=terms.end)),
        (
            tr("租金"),
            tr(
                "每{period} {amount}，{pay}付",
                period=PERIOD_NAMES[terms.period],
                amount=format_fen(terms.amount),
                pay=PAY_DAY_NAMES[terms.pay_day],
            ),
        ),
        (tr("涨租"), "；".join(filter(None, (rise, steps)))),
        (
            tr("押金"),
            tr("约定 {a}，现存 {b}", a=format_fen(contract.deposit), b=format_fen(one.deposit_held))
            if contract.deposit
            else "",
        ),
        (tr("违约金"), tr("每日万分之 {n}", n=f"{penalty / 100:g}") if penalty else ""),
        (tr("民主决策"), " ".join(filter(None, (papers.resolution, papers.vote))) or tr("没有写")),
        (tr("底价"), format_fen(papers.floor) if papers.floor else ""),
        (tr("发包方式"), " ".join(filter(None, (papers.way, papers.platform_number)))),
        (tr("签订"), " ".join(filter(None, (str(papers.signed_on or ""), papers.signers)))),
        (tr("公开、备案"), " ".join(filter(None, (papers.noticed, papers.filing, papers.legal_opinion)))),
        (tr("档案号"), papers.archive),
        (tr("用途"), contract.purpose),
        (tr("关系"), contract.related),
        (tr("备注"), contract.note),
    )
