"""What the rules think of an old balance first, and where it would stand in a new ledger (rules/separation.toml).

A guess decides nothing. Words are looked for in account, item and note; accounts are asked by name, since old charts used
some codes for other things.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from village_ledger.domain.chart import Dimension
from village_ledger.domain.half_width import half_width
from village_ledger.domain.separation import OldLine, Owner, Part, SplitLine


@dataclass(frozen=True, slots=True)
class Mirror:
    """Accounts in which the two ledgers owe each other."""

    collective_receivable: str
    collective_payable: str
    committee_receivable: str
    committee_payable: str


@dataclass(frozen=True, slots=True)
class _Rule:
    accounts: tuple[str, ...]
    words: tuple[str, ...]
    owner: Owner
    reason: str
    certainty: str
    source: str

    def fits(self, account: str, text: str) -> bool:
        """Whether the rule speaks of a line that maps to ``account``."""
        if self.accounts and not account.startswith(self.accounts):
            return False
        return not self.words or any(word in text for word in self.words)


@dataclass(frozen=True, slots=True)
class _Target:
    collective: str
    committee: Mapping[str, str]
    committee_credit: Mapping[str, str]
    trust: Mapping[str, str]
    item: str
    keep_detail: bool

    def account(self, owner: Owner, preset: str, *, is_debit: bool) -> str:
        """The account in the owner's chart, empty when none is obvious."""
        if owner is Owner.COLLECTIVE:
            return self.collective
        if owner is Owner.TRUST:
            return self.trust.get(preset, "")
        if owner is Owner.COMMITTEE:
            usual = self.committee.get(preset, "")
            return usual if is_debit else self.committee_credit.get(preset, usual)
        return ""


class SeparationRules:
    """The rules of one data file, for one preset of the committee's chart (``surplus`` or ``collective``)."""

    def __init__(self, text: str, preset: str, chart_names: Mapping[str, str]) -> None:
        data: dict[str, Any] = tomllib.loads(text)
        self._preset = preset
        self._chart_names = chart_names
        """Code of the collective's chart → its name there."""
        self.mirror = Mirror(**data["mirror"][preset])
        self.source_note = str(data["source_note"])
        self._look = tuple(half_width(word) for word in data["look"]["words"])
        self._look_sentence = str(data["look"]["sentence"])
        self._rules = [_rule(entry) for entry in data["rule"]]
        self._targets = {
            half_width(name): _target(entry) for entry in data["target"] for name in entry["names"]
        }

    def propose(self, lines: Sequence[OldLine]) -> list[SplitLine]:
        """Every line with the rules' first guess as its only part."""
        with_detail = self.detailed(lines)
        return [self._guessed(line, with_detail) for line in lines]

    def part(
        self, line: OldLine, owner: Owner, amount: int, *, reason: str = "", detail: bool = True
    ) -> Part:
        """A part of a line for an owner, in the account the rules would give it."""
        target = self._target_of(line)
        if target is None or owner is Owner.UNDECIDED:
            return Part(owner, amount, reason=reason)
        account = target.account(owner, self._preset, is_debit=line.is_debit)
        keeps = detail and target.keep_detail and owner is Owner.COLLECTIVE
        item = line.item or (line.detail if owner is not Owner.COLLECTIVE else "")
        kind = _item_kind(target.item, account)
        return Part(
            owner,
            amount,
            account,
            detail=line.detail if keeps else "",
            counterparty=item if kind == Dimension.COUNTERPARTY.value else "",
            project=item if kind == Dimension.PROJECT.value else "",
            reason=reason,
        )

    def account_of(self, line: OldLine) -> str:
        """The account of the collective's chart a line means, empty when its name is not known."""
        target = self._target_of(line)
        return "" if target is None else target.collective

    def _guessed(self, line: OldLine, with_detail: frozenset[str]) -> SplitLine:
        account = self.account_of(line)
        text = half_width(f"{line.name}{line.item}{line.note}").replace(" ", "")
        rule = next(rule for rule in self._rules if rule.fits(account, text))
        part = self.part(line, rule.owner, line.amount, reason=rule.reason, detail=account in with_detail)
        note = half_width(line.note)
        word = next((word for word in self._look if word in note), "")
        hint = self._look_sentence.format(word=word) if word and rule.owner is Owner.COLLECTIVE else ""
        certainty = "B" if hint and rule.certainty == "A" else rule.certainty
        return SplitLine(line, (part,), rule.owner, certainty, rule.source, hint)

    def detailed(self, lines: Sequence[OldLine]) -> frozenset[str]:
        """Accounts whose old lines all name a sub-account: only such can be set up again with all of them."""
        accounts = {self.account_of(line) for line in lines}
        bare = {self.account_of(line) for line in lines if not line.detail}
        return frozenset(accounts - bare)

    def _target_of(self, line: OldLine) -> _Target | None:
        first = line.name.split("/", 1)[0].strip() or self._chart_names.get(line.code[:3], "")
        return self._targets.get(half_width(first))


def _item_kind(usual: str, account: str) -> str:
    """What an item becomes: a project only where the account keeps projects, for trust money whose it is."""
    return Dimension.COUNTERPARTY.value if usual and account.startswith(("1701", "2601")) else usual


def _rule(entry: dict[str, Any]) -> _Rule:
    return _Rule(
        tuple(entry.get("accounts", ())),
        tuple(half_width(word) for word in entry.get("words", ())),
        Owner(entry["owner"]),
        str(entry["reason"]),
        str(entry["certainty"]),
        str(entry["source"]),
    )


def _target(entry: dict[str, Any]) -> _Target:
    return _Target(
        str(entry["collective"]),
        entry.get("committee", {}),
        entry.get("committee_credit", {}),
        entry.get("trust", {}),
        str(entry.get("item", "")),
        bool(entry.get("keep_detail", False)),
    )
