"""The sample village 响水岩村 and what it agreed upon, as a decisions file the program reads."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Month
from village_ledger.storage.spec import BookSpec

SAMPLES = Path(__file__).parent / "samples"
OLD = SAMPLES / "single_ledger_2024.xlsx"
EXPECTED = SAMPLES / "single_ledger_2024_expected.csv"
SPEC = BookSpec("响水岩村", Month(2025, 1))
WANG = "苟家旺"
HEADER = ["旧账行", "归属", "金额", "新账科目", "明细科目", "理由"]


@dataclass(frozen=True)
class Agreed:
    """One row of the expected file, amounts in fen."""

    row: str
    code: str
    guess: str
    owner: str
    collective: tuple[str, int, int]
    committee: tuple[str, int, int]
    reason: str
    certainty: str

    @property
    def number(self) -> int:
        return int(self.row.removeprefix("第").removesuffix("行"))


def agreed() -> list[Agreed]:
    """Every row of the expected file, 新增 and 合计 too."""
    with EXPECTED.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    return [
        Agreed(
            x[0],
            x[1],
            x[6],
            x[7],
            (x[8], _fen(x[9]), _fen(x[10])),
            (x[11], _fen(x[12]), _fen(x[13])),
            x[14],
            x[15],
        )
        for x in rows
    ]


def lines_agreed() -> list[Agreed]:
    return [one for one in agreed() if one.row.startswith("第")]


def _fen(text: str) -> int:
    return parse_fen(text) if text else 0


def decision_rows(details: dict[int, str] | None = None) -> list[list[str]]:
    """What the village agreed upon, one row a part."""
    rows: list[list[str]] = []
    for one in lines_agreed():
        owner = "村委会" if one.owner == "拆分" else one.owner
        for words, (account, debit, credit) in (("集体", one.collective), (owner, one.committee)):
            if debit or credit:
                detail = (details or {}).get(one.number, "") if words == "集体" else ""
                amount = f"{(debit or credit) / 100:.2f}"
                rows.append([one.row, words, amount, account, detail, one.reason])
    return rows


def write_decisions(path: Path, rows: list[list[str]], header: list[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path
