"""Decision files (四议两公开) and their panels (六手印记): proof."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from village_ledger.domain.decision import BY_CHARTER, Stage, Step
from village_ledger.domain.errors import DecisionError
from village_ledger.domain.finding import Finding
from village_ledger.domain.panel import PLACES, eligible_rows, list_digest, lot_index
from village_ledger.domain.voting import Law, shortfalls
from village_ledger.storage.decisions.marks import ACTS, code_in, mark
from village_ledger.storage.decisions.queries import DecisionQueries
from village_ledger.storage.decisions.records import Decision, DrawnLot, Panel, PanelList
from village_ledger.storage.queries import Queries, marks

RULE = "V73"


class DecisionInspection(Queries):
    """Findings about 决策卷宗 (V73): order and days of steps, votes, draws done again, every row as the log has it."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        reader = DecisionQueries(self._book)
        acting = len(self._book.reader().ledgers()) == 1
        for decision in reader.decisions():
            if not acting and decision.progress.law is not Law.of(
                self._book.reader().ledger(decision.ledger).kind
            ):
                yield _fault(decision, "表决依据的法律不是这本账的")
            yield from _order(decision)
            yield from _votes(decision)
            panel = reader.panel(decision.id)
            if panel is not None:
                yield from _panel(decision, panel)
        for (list_id,) in self._all("SELECT id FROM panel_list ORDER BY id"):
            known = reader.panel_list(list_id)
            if known is not None:
                yield from self._list(known)
        yield from self._marks()

    def _list(self, known: PanelList) -> Iterator[Finding]:
        found = list_digest(known.rows)
        if found != known.digest:
            yield Finding(RULE, f"六手印记名单 {known.id}", "名单被改过", "", known.digest[:16], found[:16])
        logged = self._value(
            "SELECT 1 FROM operation WHERE subject = ? AND detail LIKE ?", str(known.id), f"%{known.digest}%"
        )
        if not logged:
            yield Finding(RULE, f"六手印记名单 {known.id}", "操作日志里没有这份名单")

    def _marks(self) -> Iterator[Finding]:
        """Every row says what the log says it said, and nothing the log says was written is gone."""
        numbers: dict[int, str] = dict(self._all("SELECT id, number FROM decision"))
        for table, acts in ACTS.items():
            logged = self._logged(acts)
            columns = [name for _, name, *_ in self._all(f"PRAGMA table_info({table})")]
            owner = columns.index("id" if table == "decision" else "decision_id")
            there: set[tuple[str, str]] = set()
            for row in self._all(f"SELECT * FROM {table} ORDER BY id"):
                number, code = numbers.get(row[owner], ""), mark(table, tuple(row))
                there.add((number, code))
                if (number, code) not in logged:
                    yield Finding(RULE, number or table, f"{_WORDS[table]}和操作日志里的记录码不符")
                elif table == "panel_lot":
                    yield from self._barred(row[0], number, logged[number, code])
            # a file may be written better while it is only proposed: of those the last word counts
            latest = dict(logged.keys())
            for number, code in logged:
                counts = table != "decision" or latest[number] == code
                if counts and (number, code) not in there:
                    yield Finding(RULE, number, f"操作日志里登记过的{_WORDS[table]}不见了，或被改过")

    def _logged(self, acts: tuple[str, ...]) -> dict[tuple[str, str], str]:
        """(number, mark) → what the log says, in the order of writing."""
        rows = self._all(
            f"SELECT subject, detail FROM operation WHERE action IN ({marks(acts)}) ORDER BY seq", *acts
        )
        return {(subject, code): detail for subject, detail in rows if (code := code_in(detail))}

    def _barred(self, lot_id: int, number: str, detail: str) -> Iterator[Finding]:
        """Who was left out of a round is named in the log."""
        for line, reason in self._all("SELECT line, reason FROM panel_barred WHERE lot_id = ?", lot_id):
            if f"第{line}行 {reason}" not in detail:
                yield Finding(RULE, number, f"抽签时不参加的第{line}行和操作日志不符")


_WORDS = {
    "decision": "卷宗",
    "decision_step": "四议两公开的记录",
    "decision_interest": "利害关系人",
    "decision_link": "卷宗的联系",
    "panel_lot": "抽签",
    "panel_seat": "席位",
    "panel_sign": "签字",
}


def _fault(decision: Decision, text: str, expected: str = "", found: str = "") -> Finding:
    return Finding(RULE, decision.number, text, decision.ledger, expected, found)


def _order(decision: Decision) -> Iterator[Finding]:
    entries = decision.progress.entries
    wanted = [step for step in decision.progress.steps if decision.progress.entry(step)]
    done = [entry.step for entry in entries if entry.step is not Step.DROPPED]
    if done != wanted or done != list(decision.progress.steps[: len(done)]):
        yield _fault(decision, "四议两公开的顺序不对")
    for before, after in pairwise(entries):
        if after.day < before.day:
            yield _fault(decision, f"{after.step.words}的日期早于{before.step.words}")
        if before.until is not None and after.step is not Step.DROPPED and after.day < before.until:
            yield _fault(decision, f"{before.step.words}没有满就{after.step.words}")


def _votes(decision: Decision) -> Iterator[Finding]:
    """A vote that fell short carries only by the charter of the collective."""
    for entry in decision.progress.entries:
        try:
            rule, name = decision.progress.vote_rule(entry.step, entry.day)
        except DecisionError as error:
            yield _fault(decision, error.what)
            continue
        if rule is None or entry.step is Step.DROPPED:
            continue
        by_charter = (
            BY_CHARTER in entry.note
            and entry.step is Step.RESOLVED
            and decision.progress.law is Law.COLLECTIVE
        )
        if entry.vote is None:
            yield _fault(decision, f"{entry.step.words}没有票数")
        elif shortfalls(rule, name, entry.vote) and not by_charter:
            yield _fault(decision, f"{entry.step.words}的票数不够：{entry.vote.words}")


def _panel(decision: Decision, panel: Panel) -> Iterator[Finding]:
    for drawn in panel.lots:
        yield from _lot(decision, panel, drawn)
    ids = {drawn.id: drawn.lot.name for drawn in panel.lots}
    for seat in panel.seats.values():
        if seat.lot_id is not None and ids.get(seat.lot_id) != seat.name:
            yield _fault(decision, f"第 {seat.place} 席坐的不是抽中的人", ids.get(seat.lot_id, ""), seat.name)
    stages = list(Stage)
    for before, after in pairwise(stages):
        later = [sign for (at, _), sign in panel.signs.items() if at is after]
        if later and panel.signed(before) < PLACES:
            yield _fault(decision, f"“{before.words}”没有签完就签了“{after.words}”")
    if decision.progress.entry(Step.CLOSED) is not None and panel.signed(Stage.EVALUATION) < PLACES:
        yield _fault(decision, "六个人没有签完评议就归了档")


def _lot(decision: Decision, panel: Panel, drawn: DrawnLot) -> Iterator[Finding]:
    lot = drawn.lot
    takes_part = eligible_rows(panel.list.rows, lot.register, (line for line, _ in lot.out))
    what = f"{lot.register} 第 {lot.round} 轮抽签重算不符"
    if not takes_part:
        yield _fault(decision, what, "", lot.name)
        return
    index = lot_index(panel.seed, list_digest(panel.list.rows), lot.register, len(takes_part), lot.round)
    expected = takes_part[index]
    if (index, len(takes_part), expected.number, expected.name) != (
        lot.index,
        lot.eligible,
        lot.row,
        lot.name,
    ):
        yield _fault(decision, what, expected.name, lot.name)
