"""Reads the demonstration village's files with the standard library alone, apart from the program they feed."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
DEMO = RESOURCES / "demo"
LEDGERS = ("collective", "committee")
COLLECTIVE_NAME, COMMITTEE_NAME = "青山村股份经济合作联合社", "青山村村民委员会"
CASH = {"collective": "101", "committee": "1001"}
BANK = {"collective": "102", "committee": "1002"}

Balances = dict[tuple[str, str, str], int]
"""Account, counterparty and project to fen; debit is positive."""


def read_csv(path: Path) -> list[dict[str, str]]:
    """All rows of a csv file in UTF-8, with or without a byte order mark."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fen(amount: str) -> int:
    """An amount with exactly two decimals in fen; blank is nothing."""
    if not amount:
        return 0
    yuan, point, cents = amount.partition(".")
    assert point, amount
    assert len(cents) == 2, amount
    return int(yuan + cents)


@dataclass(frozen=True)
class Line:
    """One line: signed fen in ``amount``, debit positive."""

    summary: str
    account: str
    debit: int
    credit: int
    counterparty: str
    project: str

    @property
    def amount(self) -> int:
        return self.debit - self.credit


@dataclass(frozen=True)
class Voucher:
    """One voucher of the demonstration year."""

    day: date
    number: int
    lines: tuple[Line, ...]
    attachments: int
    handler: str
    witness: str
    approver: str
    reason: str
    reverses: str
    corrects: str

    @property
    def name(self) -> str:
        return f"{self.day:%Y-%m}/记-{self.number:04d}"

    def moves(self, prefix: str) -> int:
        """Fen that come in (positive) or go out on the accounts with this prefix."""
        return sum(line.amount for line in self.lines if line.account.startswith(prefix))


@cache
def vouchers(ledger: str) -> tuple[Voucher, ...]:
    """The ledger's vouchers in file order."""
    gathered: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in read_csv(DEMO / f"{ledger}_vouchers.csv"):
        assert row["凭证字"] == "记"
        gathered.setdefault((row["日期"], row["凭证号"]), []).append(row)
    return tuple(_voucher(rows) for rows in gathered.values())


def _voucher(rows: list[dict[str, str]]) -> Voucher:
    for column in ("附件张数", "经手人", "证明人", "审批人", "无附件原因", "冲销凭证", "订正凭证"):
        assert len({row[column] for row in rows}) == 1, (rows[0], column)
    head = rows[0]
    lines = tuple(
        Line(
            row["摘要"],
            row["科目编码"],
            fen(row["借方金额"]),
            fen(row["贷方金额"]),
            row["往来单位"],
            row["项目"],
        )
        for row in rows
    )
    return Voucher(
        day=date.fromisoformat(head["日期"]),
        number=int(head["凭证号"]),
        lines=lines,
        attachments=int(head["附件张数"]),
        handler=head["经手人"],
        witness=head["证明人"],
        approver=head["审批人"],
        reason=head["无附件原因"],
        reverses=head["冲销凭证"],
        corrects=head["订正凭证"],
    )


@cache
def chart(ledger: str) -> dict[str, dict[str, str]]:
    """The shipped first-level accounts of the ledger's preset by code."""
    preset = {"collective": "collective_2023", "committee": "committee_surplus"}[ledger]
    return {row["code"]: row for row in read_csv(RESOURCES / "charts" / f"{preset}.csv")}


@cache
def accounts(ledger: str) -> dict[str, str]:
    """Code to name of every account the demonstration ledger has."""
    named = {code: row["name"] for code, row in chart(ledger).items()}
    added = {row["科目编码"]: row["科目名称"] for row in read_csv(DEMO / f"{ledger}_accounts.csv")}
    assert not named.keys() & added.keys()
    return named | added


def top(ledger: str, code: str) -> dict[str, str]:
    """The first-level account above a code, as its chart gives it."""
    return chart(ledger)[code[: 3 if ledger == "collective" else 4]]


def leaves(ledger: str) -> set[str]:
    """Accounts with none below them."""
    codes = set(accounts(ledger))
    return {code for code in codes if not any(c != code and c.startswith(code) for c in codes)}


@cache
def opening(ledger: str) -> Balances:
    """Balances at the start of 2025."""
    rows = read_csv(DEMO / f"{ledger}_opening.csv")
    places = [(row["科目编码"], row["往来单位"], row["项目"]) for row in rows]
    assert len(places) == len(set(places))
    amounts = [fen(row["借方金额"]) - fen(row["贷方金额"]) for row in rows]
    return dict(zip(places, amounts, strict=True))


def balances(ledger: str, through: date) -> Balances:
    """Balances at the end of a day."""
    result: Balances = defaultdict(int, opening(ledger))
    for voucher in vouchers(ledger):
        if voucher.day <= through:
            for line in voucher.lines:
                result[line.account, line.counterparty, line.project] += line.amount
    return result


def total(held: Balances, prefix: str, counterparty: str | None = None) -> int:
    """Sum of the accounts with a prefix, for one counterparty if given."""
    return sum(
        amount
        for (code, party, _), amount in held.items()
        if code.startswith(prefix) and counterparty in {None, party}
    )


@cache
def settings(folder: str, name: str) -> dict[str, Any]:
    """A TOML file of the resources."""
    return tomllib.loads((RESOURCES / folder / name).read_text(encoding="utf-8"))
