"""Books of Kingdee KIS 2024, as a village has them, turned into our three import files.

    python -m tests.exchange.convert_kingdee FOLDER      # writes accounts.csv opening.csv vouchers.csv

Old codes go to new ones through ``samples/kingdee_mapping_expected.csv``, by meaning: the same code often means
something else (old 502 is an expense, new 502 is investment income). What Kingdee kept as sub-accounts for persons,
firms and works becomes a counterparty or a project. Everything in the samples is invented.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.exchange.files import ACCOUNT_HEADER, OPENING_HEADER, VOUCHER_HEADER, write_csv

SAMPLES = Path(__file__).parent / "samples"
WITH_PARTY = frozenset({"112", "113", "211"})
WITH_PROJECT = frozenset({"153", "231", "241"})
OWN_ACCOUNTS = (
    ("10201", "农商行基本户3358", "借", "是", ""),
    ("10202", "农行征地补偿专户0917", "借", "是", ""),
    ("3220103", "提取应付福利费", "贷", "是", ""),
)
"""Sub-accounts the new chart does not bring; the last one only because old vouchers are kept as they were."""
MEMBER = re.compile(r"\[成员\]\d+ (\S+)")


@dataclass(frozen=True)
class Target:
    """Where an old account goes."""

    account: str
    name: str
    """Last part of the old name: the firm, person or work it was kept for."""

    def place(self, member: str = "") -> tuple[str, str, str]:
        """Account, counterparty and project."""
        party = (member or self.name) if self.account in WITH_PARTY else ""
        return self.account, party, self.name if self.account in WITH_PROJECT else ""


def mapping() -> dict[str, Target]:
    """Old code to its target."""
    with (SAMPLES / "kingdee_mapping_expected.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["旧科目代码"]: Target(row["新科目编码"] or "3220103", row["旧科目名称"].split(" - ")[-1])
        for row in rows
        if row["旧科目代码"] != "合计"
    }


def fen(cell: Any) -> int:
    """A number cell of the old program; it writes a float's shortest form, so text keeps it exact."""
    return int((Decimal(str(cell)) * 100).to_integral_exact()) if cell else 0


def yuan(amount: int) -> str:
    """Fen as the import files write it; blank for nothing."""
    return f"{Decimal(amount) / 100:.2f}" if amount else ""


@dataclass(frozen=True)
class Balance:
    """A leaf of the old trial balance, fen: opening and closing as debit minus credit."""

    place: tuple[str, str, str]
    opening: int
    debit: int
    credit: int
    closing: int


def trial_balance() -> list[Balance]:
    """The leaves of the old trial balance, mapped; lines without a code are members of the account above."""
    sheet: Any = load_workbook(SAMPLES / "kingdee_trial_balance.xlsx").active
    rows = [list(row) for row in sheet.iter_rows(min_row=5, values_only=True)]
    targets = mapping()
    leaves: list[Balance] = []
    for code, member, figures in _leaf_rows(rows):
        opening_debit, opening_credit, debit, credit, _, _, closing_debit, closing_credit = map(fen, figures)
        leaves.append(
            Balance(
                targets[code].place(member),
                opening_debit - opening_credit,
                debit,
                credit,
                closing_debit - closing_credit,
            )
        )
    return leaves


def _leaf_rows(rows: list[list[Any]]) -> Iterator[tuple[str, str, list[Any]]]:
    """Code, member and figures of rows that stand for themselves; parents repeat what is below them."""
    code = ""
    for row, below in zip(rows, [*rows[1:], [None, None]], strict=True):
        if row[0] == "合计":
            return
        if row[0] is None:
            found = MEMBER.search(row[1])
            assert found, row
            yield code, found[1], row[2:]
            continue
        code = row[0]
        is_parent = (below[0] or "").startswith(f"{code}.") or (
            below[0] is None and "[成员]" in (below[1] or "")
        )
        if not is_parent:
            yield code, "", row[2:]


def voucher_rows() -> Iterator[tuple[str, ...]]:
    """Rows of our voucher file; date, number and attachments stand on a voucher's first line only."""
    sheet: Any = load_workbook(SAMPLES / "kingdee_journal.xlsx").active
    targets = mapping()
    day = word = number = attachments = ""
    for row in sheet.iter_rows(min_row=4, values_only=True):
        if row[0] == "合计":
            return
        if row[0] is not None:
            day, attachments = f"{row[0]:%Y-%m-%d}", str(row[14])
            word, number = row[2].split(" - ")
        member = MEMBER.search(row[6])
        account, party, project = targets[row[5]].place(member[1] if member else "")
        yield (
            day,
            word,
            number,
            row[4],
            account,
            yuan(fen(row[9])),
            yuan(fen(row[10])),
            party,
            project,
            attachments,
        )


def opening_rows() -> Iterator[tuple[str, ...]]:
    """Rows of our opening file; old accounts that fall together are summed."""
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for balance in trial_balance():
        sums[balance.place] += balance.opening
    for (account, party, project), amount in sorted(sums.items()):
        if amount:
            yield account, party, project, yuan(max(amount, 0)), yuan(max(-amount, 0))


def convert(folder: Path) -> tuple[Path, Path, Path]:
    """Write the three files; returns their paths: accounts, opening, vouchers."""
    return (
        write_csv(folder / "accounts.csv", OWN_ACCOUNTS, header=ACCOUNT_HEADER),
        write_csv(folder / "opening.csv", opening_rows(), header=OPENING_HEADER),
        write_csv(folder / "vouchers.csv", voucher_rows(), header=VOUCHER_HEADER),
    )


if __name__ == "__main__":
    for path in convert(Path(sys.argv[1])):
        print(path)
