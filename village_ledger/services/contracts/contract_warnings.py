"""What to look after: contracts ending, rent due and late, papers missing, terms too long, rent too low (governance.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from village_ledger.domain.contract import Contract, RowState, Status
from village_ledger.domain.errors import PeriodError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import parse_day
from village_ledger.domain.rent_schedule import rent_rows, year_rent
from village_ledger.domain.rhythm import months_later
from village_ledger.services.contracts.contract_rules import accounts, rules
from village_ledger.storage.contracts.records import ADVANCE
from village_ledger.storage.reader import Reader

if TYPE_CHECKING:
    from village_ledger.services.contracts.standing import Whole

BOARD_UNTIL = "contracts.board_until"
"""Setting of the book: the day the board's term ends (本届届满)."""


class Grave(Enum):
    """How much a warning presses; shown by a mark and a word, never by colour alone."""

    NOTE = "提示"
    WATCH = "留意"
    PRESSING = "要办"


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look after in a contract."""

    rule: str
    grave: Grave
    text: str
    """A phrase without a full stop."""
    days: int = 0
    """Days late, or to go, where it is about days."""

    @property
    def brief(self) -> str:
        """A few characters for a narrow column."""
        if self.rule in _TODAY and not self.days:
            return _TODAY[self.rule]
        return _BRIEF[self.rule].format(days=self.days)


_TODAY = {"soon": "今天收租", "ending": "今天到期"}
_BRIEF = {
    "late": "逾期 {days} 天",
    "claim": "留意时效",
    "soon": "{days} 天后收租",
    "expired": "到期还在用",
    "ending": "{days} 天后到期",
    "deposit": "押金未退",
    "escalation": "没按递增收",
    "one-off": "一次收多年",
    "too-long": "租期过长",
    "no-resolution": "没有决议",
    "not-written": "没有书面合同",
    "below-floor": "低于底价",
    "beyond-board": "超出本届任期",
    "short-last": "末期只有几天",
}


def board_until(reader: Reader) -> date | None:
    """The day the board's term ends, None while nobody has said."""
    text = reader.setting(BOARD_UNTIL)
    try:
        return parse_day(text) if text else None
    except PeriodError:
        return None


def on_entering(reader: Reader, ledger: str, contract: Contract) -> list[str]:
    """What to say when a contract is entered: sentences; nothing of it refuses."""
    said = [one.text for one in standing_cautions(contract, contract.terms.end, board_until(reader))]
    said += filter(None, (_lower_than_last(reader, ledger, contract), accounts(reader, ledger).warning))
    if contract.party_code == "" and contract.related:
        said.append(f"对方和村干部有关系（{contract.related}），请回避并公开")
    return [f"{text.removesuffix('。')}。" for text in said]


def standing_cautions(contract: Contract, end: date, board_end: date | None) -> list[Caution]:
    """What is wrong with how a contract was agreed, whatever the day."""
    found: list[Caution] = []
    kind, terms, papers = rules().kind(contract.kind), contract.terms, contract.papers
    if kind.longest_years and end >= months_later(terms.start, 12 * kind.longest_years):
        found.append(
            Caution("too-long", Grave.WATCH, f"租期到 {end}，超过 {kind.longest_years} 年：{kind.law}")
        )
    if not papers.resolution:
        found.append(Caution("no-resolution", Grave.WATCH, "没有写民主决策的决议文号"))
    if not papers.written:
        found.append(Caution("not-written", Grave.WATCH, "没有书面合同，请补签"))
    if papers.floor and terms.amount < papers.floor:
        low = f"每期租金 {format_fen(terms.amount)} 低于底价 {format_fen(papers.floor)}"
        found.append(Caution("below-floor", Grave.WATCH, low))
    if board_end is not None and end > board_end and not papers.resolution:
        found.append(
            Caution("beyond-board", Grave.WATCH, f"租期到 {end}，超过本届理事会任期 {board_end}，又没有决议")
        )
    rows = rent_rows(terms)
    last = rows[-1]
    if (last.last - last.first).days < rules().short_last_days and len(rows) > 1:
        days = (last.last - last.first).days + 1
        found.append(Caution("short-last", Grave.NOTE, f"最后一期只有 {days} 天，请核对起止日期"))
    return found


def _lower_than_last(reader: Reader, ledger: str, contract: Contract) -> str:
    """Whether something was let for more before."""
    for item in contract.items:
        if not item.code:
            continue
        before = [x for x in reader.contracts_letting(ledger, item.code) if x[4] < contract.terms.start]
        if not before:
            continue
        last = reader.contracts_by_id([before[-1][0]])[0]
        was = year_rent(last.now.terms, last.now.end)
        now = year_rent(contract.terms)
        if len(last.contract.items) == len(contract.items) == 1:
            old, new = last.contract.items[0], item
            if old.area and new.area and old.unit == new.unit:
                was, now = was * new.area, now * old.area
                if now < was:
                    return f"{item.name or item.code} 的单位面积租金比上一份合同 {last.number} 低"
                return ""
        if now < was:
            return f"年租金 {format_fen(now)} 比上一份合同 {last.number} 的 {format_fen(was)} 低"
    return ""


def watch(one: Whole, today: date, board_end: date | None) -> list[Caution]:
    """Everything to look after in a contract on a day, what presses first."""
    stored = one.stored
    if stored.status is Status.DRAFT:
        return standing_cautions(stored.contract, stored.contract.terms.end, board_end)
    found = [*_of_rows(one, today), *_of_end(one, today)]
    if not stored.status.over:
        found += standing_cautions(stored.contract, stored.now.end, board_end)
    found += [*_escalation(one), *_one_off(one)]
    return sorted(found, key=lambda x: list(Grave).index(x.grave), reverse=True)


def _of_rows(one: Whole, today: date) -> list[Caution]:
    """What is late, by age, and what is due soon."""
    found: list[Caution] = []
    late = one.late(today)
    if late:
        days, owed = late[0].late(today), sum(row.open for row in late)
        what = f"欠租 {format_fen(owed)} 元，最早一笔逾期 {days} 天{age_words(days)}"
        found.append(Caution("late", Grave.PRESSING, what, days))
        if months_later(late[0].row.due, 12 * rules().claim_years) <= today:
            years = rules().claim_years
            found.append(
                Caution("claim", Grave.PRESSING, f"有欠租超过 {years} 年，留意诉讼时效：请书面催收并留下证据")
            )
    soon = [row for row in one.rows if row.open > 0 and 0 <= (row.row.due - today).days <= rules().due_in]
    if soon:
        found.append(
            Caution(
                "soon",
                Grave.NOTE,
                f"{soon[0].row.due} 有 {format_fen(soon[0].open)} 元租金到期",
                (soon[0].row.due - today).days,
            )
        )
    return found


def age_words(days: int) -> str:
    """The age a debt has reached: （超过 30 天）."""
    passed = [step for step in rules().overdue if days > step]
    return f"（超过 {passed[-1]} 天）" if passed else ""


def _of_end(one: Whole, today: date) -> list[Caution]:
    """What ends soon, is past its end and still in use, or has a deposit that should go back."""
    stored, end = one.stored, one.stored.now.end
    found: list[Caution] = []
    if not stored.status.over:
        if end < today:
            found.append(
                Caution(
                    "expired",
                    Grave.PRESSING,
                    f"{end} 已经到期，请续签、收回或登记终止（到期还占用的尤其要办）",
                )
            )
        else:
            step = next((s for s in sorted(rules().ending) if (end - today).days <= s), None)
            if step is not None:
                grave = Grave.PRESSING if step == min(rules().ending) else Grave.WATCH
                found.append(
                    Caution("ending", grave, f"{end} 到期，还有 {(end - today).days} 天", (end - today).days)
                )
    if (stored.status.over or end < today) and one.deposit_held > 0:
        found.append(Caution("deposit", Grave.WATCH, f"押金 {format_fen(one.deposit_held)} 元还没有退"))
    return found


def _escalation(one: Whole) -> list[Caution]:
    """Rent paid as it was before it rose."""
    before = 0
    for row in one.rows:
        if _paid_as_before(row, before):
            what = f"{row.row.first} 起租金是 {format_fen(row.row.amount)}，收的还是 {format_fen(row.received)}，没有按递增后的收"
            return [Caution("escalation", Grave.WATCH, what)]
        before = row.row.amount
    return []


def _paid_as_before(row: RowState, before: int) -> bool:
    return 0 < before < row.row.amount and row.open > 0 and row.received == before


def _one_off(one: Whole) -> list[Caution]:
    """Many years' rent taken at once."""
    by_voucher: dict[int, list[date]] = {}
    for link in one.links:
        if link.kind == ADVANCE:
            by_voucher.setdefault(link.voucher_id, []).append(link.first)
    ends = {row.row.first: row.row.last for row in one.rows}
    for firsts in by_voucher.values():
        first, last = min(firsts), ends.get(max(firsts), max(firsts))
        if last + timedelta(days=1) > months_later(first, 12 * rules().one_off_years):
            return [Caution("one-off", Grave.WATCH, f"一次收了 {first} 至 {last} 的租金，请核对是否经过决议")]
    return []


def sentences(cautions: Sequence[Caution]) -> str:
    """Several in one line."""
    return "；".join(one.text for one in cautions)
