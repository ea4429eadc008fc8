"""A ledger kept on paper: every figure a statement asks for is counted voucher by voucher, the slow and plain way.

An entry is ``借 113@张三 600``: side, account, ``@`` counterparty, amount in yuan.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from village_ledger.domain.balance import Turnover, sided
from village_ledger.domain.chart import Account, Chart, CodeRule, LedgerKind
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Span, parse_day
from village_ledger.domain.statement_figures import LeafFigures, moved_in_voucher
from village_ledger.storage.charts import load_preset

_ENTRY = re.compile(r"([借贷]) ([0-9]+)(?:@(\S*))? (\S+)")
START = date(2025, 1, 1)


def chart_of(preset_id: str, **names: str) -> Chart:
    """A shipped chart with sub-accounts added, ``_50101="农产品销售收入"``."""
    preset = load_preset(preset_id)
    kind = LedgerKind.COLLECTIVE if preset_id == "collective_2023" else LedgerKind.COMMITTEE
    chart = Chart(kind, CodeRule.parse(preset.code_widths), preset.accounts)
    for key in sorted(names):
        code = key.strip("_")
        upper = chart.get(chart.rule.parent(code))
        chart, _ = chart.with_account(Account(code, names[key], upper.side, ""))
    return chart


@dataclass(frozen=True)
class Line:
    account: str
    party: str
    debit: int
    credit: int


def lines_of(entries: str) -> list[Line]:
    lines: list[Line] = []
    for entry in entries.split(";"):
        match = _ENTRY.fullmatch(entry.strip())
        assert match is not None, entry
        side, account, party, amount = match.groups("")
        fen = parse_fen(amount)
        lines.append(Line(account, party, fen if side == "借" else 0, 0 if side == "借" else fen))
    assert sum(x.debit - x.credit for x in lines) == 0, entries
    return lines


@dataclass
class PaperBooks:
    """Posted vouchers of one ledger, the opening first; it answers what ``StatementFigures`` asks."""

    chart: Chart
    vouchers: list[tuple[date, list[Line], bool]] = field(default_factory=list)
    """(day, lines, whether it carries the year forward)."""

    def open_with(self, entries: str) -> None:
        self.vouchers.append((START - timedelta(days=1), lines_of(entries), False))

    def post(self, day: str, entries: str, *, carries: bool = False) -> None:
        self.vouchers.append((parse_day(day), lines_of(entries), carries))

    def _lines(self, first: date, last: date, *, carried: bool = True) -> Iterator[Line]:
        for day, lines, carries in self.vouchers:
            if first <= day <= last and (carried or not carries):
                yield from lines

    def balance(self, code: str, day: date) -> int:
        return sum(x.debit - x.credit for x in self._lines(date.min, day) if x.account.startswith(code))

    def _by_party(self, code: str, day: date) -> list[int]:
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for x in self._lines(date.min, day):
            if x.account.startswith(code):
                sums[x.account, x.party] += x.debit - x.credit
        return list(sums.values())

    def debit_parties(self, code: str, day: date) -> int:
        return sum(amount for amount in self._by_party(code, day) if amount > 0)

    def credit_parties(self, code: str, day: date) -> int:
        return -sum(amount for amount in self._by_party(code, day) if amount < 0)

    def net(self, code: str, span: Span) -> int:
        lines = self._lines(max(span.first, START), span.last, carried=False)
        return sum(x.debit - x.credit for x in lines if x.account.startswith(code))

    def typed(self, code: str, span: Span) -> int:
        assert code in self.chart
        assert span.first <= span.last
        return 0

    def moved(self, source: str, target: str, span: Span) -> int:
        total = 0
        for day, lines, _ in self.vouchers:
            if max(span.first, START) <= day <= span.last:
                out = sum(x.debit - x.credit for x in lines if x.account.startswith(source))
                into = sum(x.credit - x.debit for x in lines if x.account.startswith(target))
                total += moved_in_voucher(out, into)
        return total

    def turnovers(self, span: Span) -> list[Turnover]:
        """What storage would hand out for a span."""
        found: list[Turnover] = []
        year = date(span.last.year, 1, 1)
        for account in self.chart:
            if not account.is_leaf:
                continue
            code, before = account.code, span.first - timedelta(days=1)
            period = [x for x in self._lines(max(span.first, START), span.last) if x.account == code]
            to_date = [x for x in self._lines(max(year, START), span.last) if x.account == code]
            found.append(
                Turnover(
                    code,
                    *self._sides(account, before),
                    sum(x.debit for x in period),
                    sum(x.credit for x in period),
                    sum(x.debit for x in to_date),
                    sum(x.credit for x in to_date),
                    *self._sides(account, span.last),
                )
            )
        return found

    def _sides(self, account: Account, day: date) -> tuple[int, int]:
        if account.two_way:
            return self.debit_parties(account.code, day), self.credit_parties(account.code, day)
        return sided(self.balance(account.code, day))

    def trial(self, day: date) -> dict[str, tuple[int, int]]:
        """Closing column of the trial balance."""
        return {a.code: self._sides(a, day) for a in self.chart if a.is_leaf}

    def leaf_figures(self, *spans: Span) -> LeafFigures:
        """The same figures as they are read from turnovers."""
        carried = {span: self._carried(span) for span in spans}
        return LeafFigures.of({span: self.turnovers(span) for span in spans}, carried, self.moved)

    def _carried(self, span: Span) -> dict[str, int]:
        sums: dict[str, int] = defaultdict(int)
        for day, lines, carries in self.vouchers:
            if carries and max(span.first, START) <= day <= span.last:
                for x in lines:
                    sums[x.account] += x.debit - x.credit
        return sums

    def carry_forward(self, day: str) -> None:
        """The year's result to 321 and on to 32202, 各项分配 into 未分配收益, as closing vouchers."""
        last = parse_day(day)
        result = [a for a in self.chart if a.is_leaf and a.code.startswith("5")]
        self._clear(last, [a.code for a in result], "321")
        self._clear(last, ["321"], "32202")
        self._clear(last, [a.code for a in self.chart if a.is_leaf and a.code.startswith("32201")], "32202")

    def _clear(self, day: date, codes: list[str], into: str) -> None:
        for code in codes:
            balance = self.balance(code, day)
            if balance:
                debit, credit = sided(balance)
                lines = [Line(into, "", debit, credit), Line(code, "", credit, debit)]
                self.vouchers.append((day, lines, True))


def small_village() -> PaperBooks:
    """青山村 of 2025 as worked out by hand in the tests that use it."""
    chart = chart_of(
        "collective_2023",
        _50101="农产品销售收入",
        _50102="发包收入",
        _50103="出租收入",
        _51301="办公费",
        _51302="运转支出",
        _5130201="补助村委会",
        _5130202="直接承担村务费用",
    )
    books = PaperBooks(chart)
    books.open_with(
        "借 101 1200; 借 102 300000; 借 112@甲公司 20000; 借 113@张三 3000; 贷 113@李四 1500; 借 121 5000; "
        "借 132 40000; 贷 133 8000; 借 151 500000; 贷 152 100000; 贷 211@乙店 12000; 贷 301 500000; 贷 311 200000; "
        "贷 32202 47700"
    )
    for day, entries in (
        ("2025-03-05", "借 102 60000; 贷 50103 60000"),
        ("2025-04-10", "借 101 8000.50; 贷 50101 8000.50"),
        ("2025-04-10", "借 511 3000; 贷 121 3000"),
        ("2025-05-01", "借 113@张三 2000; 贷 50102 2000"),
        ("2025-05-20", "借 102 500; 贷 113@李四 500"),
        ("2025-06-01", "借 102 88.88; 贷 504 88.88"),
        ("2025-06-15", "借 5130201 8000; 借 5130202 2000; 借 51301 1286.40; 贷 102 11286.40"),
        ("2025-07-01", "借 514 1386.40; 贷 102 1386.40"),
        ("2025-08-01", "借 512 2400; 贷 214 2400"),
        ("2025-08-15", "借 214 2000; 贷 102 2000"),
        ("2025-09-01", "借 102 6000; 贷 503 6000"),
        ("2025-10-01", "借 502 700; 贷 102 700"),
        ("2025-11-01", "借 515 150; 贷 102 150"),
        ("2025-12-01", "借 102 30000; 贷 241 30000"),
        ("2025-12-15", "借 511 24000; 贷 152 20000; 贷 133 4000"),
        ("2025-12-20", "借 181 300; 贷 121 300"),
        ("2025-12-25", "借 515 300; 贷 181 300"),
        ("2025-12-30", "借 521 1000; 贷 214 1000"),
        ("2025-12-31", "借 311 2000; 贷 32202 2000"),
        ("2025-12-31", "借 3220101 5000; 贷 311 5000"),
        ("2025-12-31", "借 3220102 9000; 贷 113@张三 4000; 贷 113@李四 5000"),
        ("2025-12-31", "借 3220102 1000; 贷 211@外部投资者 1000"),
    ):
        books.post(day, entries)
    return books
