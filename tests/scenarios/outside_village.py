"""A village whose year is made up outside the program: seeded business, csv files, and its own arithmetic.

Nothing of the program is imported. Each piece of business says what it does to the statements (a row and an amount) at
the moment it is made up, so that the expected figures come from what happened and not from accounts or formulas.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

SEED = 20250614
ENTITY = "石桥村股份经济合作社"
COMMITTEE = "石桥村村民委员会"
OPENING_HEAD = ("科目编码", "往来单位", "项目", "借方金额", "贷方金额")
VOUCHER_HEAD = (
    "日期",
    "凭证字",
    "凭证号",
    "摘要",
    "科目编码",
    "借方金额",
    "贷方金额",
    "往来单位",
    "项目",
    "附件张数",
)
MEMBERS = ("石大山", "石小河", "林秀莲", "林有福", "赵春燕", "赵家旺", "吴桂英", "吴长根")

Entry = tuple[str, str, str, int]
"""Account, counterparty, project, fen: debit positive, credit negative."""


def yuan(fen: int) -> str:
    """Fen as typed."""
    return f"{fen // 100}.{fen % 100:02d}"


@dataclass
class Books:
    """One ledger: its opening rows, its vouchers, and what its statements must say."""

    opening: list[Entry] = field(default_factory=list)
    vouchers: list[tuple[date, str, list[Entry]]] = field(default_factory=list)
    sheet: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Row of the balance sheet to fen; sums are added by ``finish``."""
    income: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    owed: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """What each member owes, fen; negative is what is owed to him."""

    def book(self, day: date, summary: str, *lines: Entry) -> None:
        """A voucher; the two sides must be equal."""
        assert sum(fen for *_, fen in lines) == 0
        self.vouchers.append((day, summary, list(lines)))

    def write(self, folder: Path, name: str) -> tuple[Path, Path]:
        """Opening and vouchers as csv files, numbered from 1 in each month."""
        opening, vouchers = folder / f"{name}_opening.csv", folder / f"{name}_vouchers.csv"
        with opening.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(OPENING_HEAD)
            out.writerows(
                (a, c, p, yuan(f) if f > 0 else "", yuan(-f) if f < 0 else "") for a, c, p, f in self.opening
            )
        numbers: defaultdict[int, int] = defaultdict(int)
        with vouchers.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(VOUCHER_HEAD)
            for day, summary, lines in sorted(self.vouchers, key=lambda v: v[0]):
                numbers[day.month] += 1
                out.writerows(
                    (
                        day.isoformat(),
                        "记",
                        numbers[day.month],
                        summary,
                        account,
                        yuan(fen) if fen > 0 else "",
                        yuan(-fen) if fen < 0 else "",
                        party,
                        project,
                        1,
                    )
                    for account, party, project, fen in lines
                )
        return opening, vouchers


class Village:
    """The collective and the committee of 石桥村 through 2025."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)
        self.collective, self.committee = Books(), Books()
        self._open()
        kinds = self._kinds()
        for _ in range(240):
            self._random.choice(kinds)()
        for _ in range(70):
            self._random.choice(self._committee_kinds())()
        self._distribute()
        self._finish()

    def _day(self) -> date:
        return date.fromordinal(date(2025, 1, 1).toordinal() + int(self._random.random() * 355))

    def _fen(self, low: int, high: int) -> int:
        """An amount between two sums of yuan, to the fen."""
        return low * 100 + int(self._random.random() * (high - low) * 100)

    def _open(self) -> None:
        """What the year begins with; capital and reserve take the rest."""
        c, s = self.collective, self.collective.sheet
        cash, bank, fixed, worn = 412_345, 98_765_432, 210_000_000, 61_234_567
        s["A1"], s["A11"], s["A12"] = cash + bank, fixed, worn
        s["A2"], s["A7"], s["A4"] = 0, 15_000_000, 1_234_500
        c.opening += [
            ("101", "", "", cash),
            ("102", "", "", bank),
            ("151", "", "", fixed),
            ("152", "", "", -worn),
        ]
        c.opening += [("141", "", "", 15_000_000), ("121", "", "", 1_234_500)]
        for member, owes in zip(MEMBERS, (120_000, -80_000, 33_333, -44_444, 0, 0, 0, 0), strict=True):
            if owes:
                c.owed[member] = owes
                c.opening.append(("113", member, "", owes))
        c.opening.append(("241", "", "蓄水池", -6_000_000))
        s["L9"] = 6_000_000
        s["E1"] = 180_000_000
        c.opening += [("301", "", "", -180_000_000), ("32202", "", "", -7_654_321)]
        c.income["R14"] = 7_654_321
        rest = -sum(fen for *_, fen in c.opening)
        assert rest < 0
        c.opening.append(("311", "", "", rest))
        s["E2"] = -rest
        k = self.committee
        k.opening += [("1001", "", "", 55_500), ("1002", "", "", 4_444_400), ("1501", "", "", 2_000_000)]
        k.opening += [
            ("1502", "", "", -700_000),
            ("2301", "", "图书角", -300_000),
            ("3101", "", "", -5_499_900),
        ]
        k.sheet["A1"], k.sheet["A8"], k.sheet["A9"] = 4_499_900, 2_000_000, 700_000
        k.sheet["L5"], k.sheet["E1"] = 300_000, 5_499_900

    # business of the collective

    def _kinds(self) -> list[Callable[[], None]]:
        return [
            self._rent,
            self._rent,
            self._sale,
            self._member_bill,
            self._member_bill,
            self._member_pays,
            self._office,
            self._office,
            self._welfare,
            self._repair,
            self._worn,
            self._grant,
            self._build,
            self._land,
            self._help,
            self._for_committee,
            self._wages,
            self._tax,
        ]

    def _rent(self) -> None:
        fen = self._fen(100, 9000)
        self.collective.book(self._day(), "收铺面租金", ("102", "", "", fen), ("501", "", "", -fen))
        self.collective.income["R1"] += fen
        self.collective.sheet["A1"] += fen

    def _sale(self) -> None:
        """Goods sold for cash, and what they cost."""
        fen, cost = self._fen(200, 900), self._fen(1, 40)
        lines = [("101", "", "", fen), ("501", "", "", -fen), ("511", "", "", cost), ("121", "", "", -cost)]
        self.collective.book(self._day(), "卖柑橘", *lines)
        self.collective.income["R1"] += fen
        self.collective.income["R4"] += cost
        self.collective.sheet["A1"] += fen
        self.collective.sheet["A4"] -= cost

    def _member_bill(self) -> None:
        member, fen = self._random.choice(MEMBERS), self._fen(10, 600)
        self.collective.book(self._day(), "应收承包款", ("113", member, "", fen), ("501", "", "", -fen))
        self.collective.income["R1"] += fen
        self.collective.owed[member] += fen

    def _member_pays(self) -> None:
        """Members pay when they like, some too much: then they are owed."""
        member, fen = self._random.choice(MEMBERS), self._fen(10, 700)
        self.collective.book(self._day(), "收承包款", ("101", "", "", fen), ("113", member, "", -fen))
        self.collective.sheet["A1"] += fen
        self.collective.owed[member] -= fen

    def _office(self) -> None:
        fen = self._fen(5, 300)
        self.collective.book(self._day(), "付办公用品款", ("513", "", "", fen), ("102", "", "", -fen))
        self.collective.income["R6"] += fen
        self.collective.sheet["A1"] -= fen

    def _welfare(self) -> None:
        fen = self._fen(100, 2000)
        self.collective.book(self._day(), "慰问老人", ("51402", "", "", fen), ("102", "", "", -fen))
        self.collective.income["R9"] += fen
        self.collective.sheet["A1"] -= fen

    def _repair(self) -> None:
        """On credit at first: the builder is owed."""
        fen = self._fen(50, 800)
        self.collective.book(self._day(), "修水渠", ("511", "", "", fen), ("211", "老林施工队", "", -fen))
        self.collective.income["R4"] += fen
        self.collective.sheet["L2"] += fen

    def _worn(self) -> None:
        fen = self._fen(100, 400)
        self.collective.book(self._day(), "计提折旧", ("513", "", "", fen), ("152", "", "", -fen))
        self.collective.income["R6"] += fen
        self.collective.sheet["A12"] += fen

    def _grant(self) -> None:
        fen = self._fen(1000, 9000)
        self.collective.book(self._day(), "收拨款", ("102", "", "", fen), ("241", "", "蓄水池", -fen))
        self.collective.sheet["A1"] += fen
        self.collective.sheet["L9"] += fen

    def _build(self) -> None:
        """Work done from the grant: an asset, and the grant becomes reserve."""
        fen = self._fen(10, 200)
        day = self._day()
        self.collective.book(day, "蓄水池工程款", ("151", "", "", fen), ("102", "", "", -fen))
        self.collective.book(day, "专款形成资产", ("241", "", "蓄水池", fen), ("311", "", "", -fen))
        sheet = self.collective.sheet
        sheet["A11"] += fen
        sheet["A1"] -= fen
        sheet["L9"] -= fen
        sheet["E2"] += fen

    def _land(self) -> None:
        fen = self._fen(1000, 5000)
        self.collective.book(self._day(), "收征地补偿费", ("102", "", "", fen), ("311", "", "", -fen))
        self.collective.sheet["A1"] += fen
        self.collective.sheet["E2"] += fen

    def _help(self) -> None:
        """The collective supports the committee's work: one business, two ledgers."""
        fen, day = self._fen(50, 500), self._day()
        self.collective.book(day, "补助村委会", ("51401", "", "", fen), ("102", "", "", -fen))
        self.committee.book(day, "收集体补助", ("1002", "", "", fen), ("4501", "", "", -fen))
        self.collective.income["R9"] += fen
        self.collective.sheet["A1"] -= fen
        self.committee.sheet["A1"] += fen
        self.committee.sheet["E1"] += fen

    def _for_committee(self) -> None:
        """The collective pays a bill the committee will repay."""
        fen, day = self._fen(5, 90), self._day()
        self.collective.book(day, "垫付村委会电费", ("112", COMMITTEE, "", fen), ("102", "", "", -fen))
        self.committee.book(day, "集体垫付电费", ("5102", "", "", fen), ("2202", "", "", -fen))
        self.collective.sheet["A1"] -= fen
        self.collective.sheet["A3"] += fen
        self.committee.sheet["L2"] += fen
        self.committee.sheet["E1"] -= fen

    def _wages(self) -> None:
        fen = self._fen(100, 900)
        self.collective.book(self._day(), "计提护林员工资", ("51402", "", "", fen), ("212", "", "", -fen))
        self.collective.income["R9"] += fen
        self.collective.sheet["L3"] += fen

    def _tax(self) -> None:
        fen = self._fen(1, 50)
        self.collective.book(self._day(), "计提房产税", ("512", "", "", fen), ("214", "", "", -fen))
        self.collective.income["R5"] += fen
        self.collective.sheet["L5"] += fen

    # business of the committee

    def _committee_kinds(self) -> list[Callable[[], None]]:
        return [self._subsidy, self._meeting, self._cleaning, self._shelf, self._passed_on]

    def _subsidy(self) -> None:
        fen = self._fen(500, 3000)
        self.committee.book(self._day(), "收运转经费", ("1002", "", "", fen), ("4401", "", "", -fen))
        self.committee.sheet["A1"] += fen
        self.committee.sheet["E1"] += fen

    def _meeting(self) -> None:
        fen = self._fen(10, 200)
        self.committee.book(self._day(), "付会议误工补贴", ("5102", "", "", fen), ("1002", "", "", -fen))
        self.committee.sheet["A1"] -= fen
        self.committee.sheet["E1"] -= fen

    def _cleaning(self) -> None:
        fen = self._fen(10, 300)
        self.committee.book(self._day(), "欠清运费", ("5103", "", "", fen), ("2201", "清运队", "", -fen))
        self.committee.sheet["L1"] += fen
        self.committee.sheet["E1"] -= fen

    def _shelf(self) -> None:
        fen = self._fen(1, 20)
        lines = [("2301", "", "图书角", fen), ("1002", "", "", -fen)]
        self.committee.book(self._day(), "买书", *lines)
        self.committee.sheet["L5"] -= fen
        self.committee.sheet["A1"] -= fen

    def _passed_on(self) -> None:
        """Money for villagers, half of it handed out the same day."""
        fen, day = self._fen(100, 600), self._day()
        self.committee.book(day, "收代发补贴", ("1002", "", "", fen), ("2601", "", "", -fen))
        self.committee.book(day, "发补贴", ("2601", "", "", fen // 2), ("1002", "", "", -(fen // 2)))
        self.committee.sheet["A1"] += fen - fen // 2
        self.committee.sheet["L7"] += fen - fen // 2

    # the year's end

    def _distribute(self) -> None:
        """A part of the year's income to the reserve, a part to the members, on the last day."""
        c, day = self.collective, date(2025, 12, 31)
        reserve, each = 123_456, 7_890
        c.book(day, "提取公积公益金", ("3220101", "", "", reserve), ("311", "", "", -reserve))
        c.book(
            day,
            "向成员分配",
            ("3220102", "", "", each * len(MEMBERS)),
            *(("113", member, "", -each) for member in MEMBERS),
        )
        c.income["R17"], c.income["R18"] = reserve, each * len(MEMBERS)
        c.sheet["E2"] += reserve
        for member in MEMBERS:
            c.owed[member] -= each

    def _finish(self) -> None:
        """The sums, as the regime's forms have them."""
        c, r, s = self.collective, self.collective.income, self.collective.sheet
        s["A3"] += sum(fen for fen in c.owed.values() if fen > 0)
        s["L2"] += sum(-fen for fen in c.owed.values() if fen < 0)
        r["R7"] = r["R1"] - r["R4"] - r["R5"] - r["R6"]
        r["R11"] = r["R13"] = r["R7"] - r["R9"]
        r["R16"] = r["R13"] + r["R14"]
        r["R20"] = s["E3"] = r["R16"] - r["R17"] - r["R18"]
        s["A6"] = s["A1"] + s["A2"] + s["A3"] + s["A4"]
        s["A13"] = s["A16"] = s["A11"] - s["A12"]
        s["A22"] = s["A7"] + s["A16"]
        s["A23"] = s["A6"] + s["A22"]
        s["L6"] = s["L2"] + s["L3"] + s["L5"]
        s["L10"] = s["L9"]
        s["L11"] = s["L6"] + s["L10"]
        s["E4"] = s["E1"] + s["E2"] + s["E3"]
        s["T"] = s["L11"] + s["E4"]
        assert s["T"] == s["A23"]
        k = self.committee.sheet
        k["A7"], k["A10"] = k["A1"], k["A8"] - k["A9"]
        k["A12"] = k["A10"]
        k["A13"] = k["A7"] + k["A12"]
        k["L8"] = k["L1"] + k["L2"] + k["L5"] + k["L7"]
        k["E4"] = k["E1"]
        k["T"] = k["L8"] + k["E4"]
        assert k["T"] == k["A13"]
