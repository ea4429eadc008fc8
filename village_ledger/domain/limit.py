"""Approval limits (审批限额): which signers, meetings and papers a payment needs, by ledger, kind of expense and amount.

A rule set is a version adopted by a ledger from a day on. Its bands tile the amounts of a kind without gap or overlap:
both ends are whole fen and belong to the band, so that ≤ and < are exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from village_ledger.domain.errors import LimitError
from village_ledger.domain.money import format_fen

PER_YUAN = 100


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """One band of a kind: amounts from ``first`` to ``last`` fen (None: no upper end), and what they need."""

    kind: str
    first: int
    last: int | None
    signers: tuple[str, ...] = ()
    """Ids of the places to sign (rules/limits.toml)."""
    meetings: tuple[str, ...] = ()
    """Meetings in words, as the rule names them."""
    stage: str = ""
    """How far the decision must have come; empty when none is asked for."""
    papers: tuple[str, ...] = ()
    """Ids of the papers that must be there."""
    notice_days: int = 0

    def holds(self, amount: int) -> bool:
        """Whether an amount in fen belongs here."""
        return self.first <= amount and (self.last is None or amount <= self.last)

    @property
    def needs_record(self) -> bool:
        """Whether something must be on record before posting: a decision or papers; signatures alone stay on paper."""
        return bool(self.stage or self.papers)

    @property
    def words(self) -> str:
        """The band as people say it, in yuan, such as 超过 1,000.00，不超过 10,000.00."""
        low = "" if self.first <= 1 else _lower(self.first)
        high = "" if self.last is None else _upper(self.last)
        if low and high:
            return f"{low}，{high}"
        return low or high or "不论金额"


def _lower(first: int) -> str:
    """A whole yuan belongs to the band (满), or the whole yuan before it does not (超过)."""
    if first % PER_YUAN == 1:
        return f"超过 {format_fen(first - 1)}"
    return f"满 {format_fen(first)}"


def _upper(last: int) -> str:
    if last % PER_YUAN == PER_YUAN - 1:
        return f"不满 {format_fen(last + 1)}"
    return f"不超过 {format_fen(last)}"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of a ledger's rules; ``works`` fields say what acceptance of works asks for (0: nothing)."""

    ledger: str
    version: int
    name: str
    preset: str
    valid_from: date
    source: str
    bands: tuple[ApprovalRule, ...]
    acceptance_from: int = 0
    acceptance_people: int = 0
    audit_from: int = 0
    reason: str = ""
    adopted_by: str = ""
    adopted_at: str = ""

    @property
    def title(self) -> str:
        """Name and version as every print shows them."""
        return f"{self.name} 第 {self.version} 版"

    def kinds(self) -> tuple[str, ...]:
        """Kinds of expense it speaks of, in order."""
        return tuple(dict.fromkeys(band.kind for band in self.bands))

    def of_kind(self, kind: str) -> tuple[ApprovalRule, ...]:
        """The bands of a kind, the smallest first."""
        return tuple(sorted((b for b in self.bands if b.kind == kind), key=lambda b: b.first))

    def rule_for(self, kind: str, amount: int) -> ApprovalRule | None:
        """The band an amount of a kind falls into; None when the set says nothing about the kind, or the amount is none."""
        return next((band for band in self.bands if band.kind == kind and band.holds(amount)), None)

    def rank(self, kind: str, amount: int) -> int:
        """How strict the band of an amount is: its place among the bands of the kind, from 0; -1 for none."""
        bands = self.of_kind(kind)
        return next((place for place, band in enumerate(bands) if band.holds(amount)), -1)

    def acceptors(self, amount: int) -> int:
        """How many people must sign the acceptance of works of an amount; 0 when the set asks for none."""
        return self.acceptance_people if self.acceptance_people and amount >= self.acceptance_from else 0

    def body(self) -> str:
        """What was adopted, as stored and digested: everything but who and when."""
        data = {
            "bands": [asdict(band) for band in self.bands],
            "acceptance_from": self.acceptance_from,
            "acceptance_people": self.acceptance_people,
            "audit_from": self.audit_from,
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True)

    def digest(self) -> str:
        """SHA-256 over ledger, version, day, names and body: what the operation log keeps."""
        head = (self.ledger, self.version, self.valid_from.isoformat(), self.name, self.preset, self.source)
        return sha256("\n".join([*map(str, head), self.body()]).encode()).hexdigest()


def bands_of(body: str) -> dict[str, Any]:
    """What a stored body says, ready for ``RuleSet``."""
    data: dict[str, Any] = json.loads(body)
    data["bands"] = tuple(_band(band) for band in data["bands"])
    return data


def _band(data: Mapping[str, Any]) -> ApprovalRule:
    return ApprovalRule(
        data["kind"],
        data["first"],
        data["last"],
        tuple(data["signers"]),
        tuple(data["meetings"]),
        data["stage"],
        tuple(data["papers"]),
        data["notice_days"],
    )


def check_bands(bands: Sequence[ApprovalRule], words: Vocabulary) -> None:
    """Raise LimitError unless the bands of every kind tile all amounts and every word in them is known."""
    if not bands:
        raise LimitError("规则里一档也没有", "请至少写一类支出的限额。")
    for kind in dict.fromkeys(band.kind for band in bands):
        if kind not in words.kinds:
            raise LimitError(f"没有“{kind}”这类支出", f"可以是：{'、'.join(words.kinds.values())}。")
        _check_tiling(words.kinds[kind], sorted((b for b in bands if b.kind == kind), key=lambda b: b.first))
    for band in bands:
        _check_words(band, words)


def _check_tiling(name: str, bands: Sequence[ApprovalRule]) -> None:
    expected = 1
    for band in bands:
        if expected == 0 or band.first < expected:
            raise LimitError(f"{name}的限额有重叠：{band.words}", "每个金额只能落在一档里，请改好起止金额。")
        if band.first > expected:
            raise LimitError(
                f"{name}的限额有空缺：从 {format_fen(expected)} 到 {format_fen(band.first - 1)} 没有规定",
                "请让每一档从上一档结束的地方开始。",
            )
        if band.last is not None and band.last < band.first:
            raise LimitError(f"{name}的一档止于 {format_fen(band.last)}，小于它的起点", "请改好起止金额。")
        expected = 0 if band.last is None else band.last + 1
    if expected:
        raise LimitError(
            f"{name}的限额有空缺：{format_fen(expected)} 以上没有规定", "最后一档不要写止点，大额也要管住。"
        )


def _check_words(band: ApprovalRule, words: Vocabulary) -> None:
    for what, given, known in (
        ("签字人", band.signers, words.signers),
        ("附件", band.papers, words.papers),
        ("决策阶段", (band.stage,) if band.stage else (), words.stages),
    ):
        unknown = [one for one in given if one not in known]
        if unknown:
            raise LimitError(f"没有“{unknown[0]}”这种{what}", f"可以是：{'、'.join(known)}。")
    if band.notice_days < 0:
        raise LimitError("公示天数不能小于零", "请改好公示天数。")
    if not band.signers:
        raise LimitError(f"{words.kinds[band.kind]}（{band.words}）没有写谁签字", "每一档至少要一个签字人。")


@dataclass(frozen=True, slots=True)
class SignPlace:
    """A place to sign; ``approves`` when whoever signs there decides, so that the handler may not."""

    id: str
    names: Mapping[str, str]
    """Its name by kind of ledger."""
    approves: bool

    def name(self, ledger_kind: str) -> str:
        """What it is called in a ledger of the kind."""
        return self.names[ledger_kind]


@dataclass(frozen=True, slots=True)
class ChartLimits:
    """A chart's accounts by kind of expense; prefixes of codes."""

    kinds: Mapping[str, tuple[str, ...]]
    pays: tuple[str, ...]
    advance_member: str
    advance_other: str

    def kind_of(self, code: str) -> str:
        """The kind of expense a debit on an account is, empty for none; the longest prefix wins."""
        found = [
            (len(p), kind) for kind, prefixes in self.kinds.items() for p in prefixes if code.startswith(p)
        ]
        return max(found)[1] if found else ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of rules/limits.toml: kinds, stages, papers by id, places to sign; days and likeness of split payments."""

    kinds: dict[str, str]
    stages: dict[str, str]
    papers: dict[str, str]
    signers: dict[str, SignPlace]
    split_days: int
    split_alike: int
    advance_summary: str
    cleared_summary: str

    def reached(self, stage: str) -> tuple[str, ...]:
        """The stage and all after it."""
        order = list(self.stages)
        return tuple(order[order.index(stage) :]) if stage in order else ()


@dataclass(frozen=True, slots=True)
class Approval:
    """What was shown for a payment: its decision, who signed where, which papers are there."""

    decision: str = ""
    signers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name by place to sign."""
    papers: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many sheets of each paper."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one kind of expense in a payment needs: amount in fen, the band, the set it comes from."""

    kind: str
    amount: int
    rule: ApprovalRule
    rules: RuleSet


def lacking(demands: Iterable[Demand], approval: Approval, words: Vocabulary, ledger_kind: str) -> list[str]:
    """What is missing of papers and signatures, in words; decisions are asked elsewhere."""
    found: list[str] = []
    for demand in demands:
        if not demand.rule.needs_record:
            continue
        found += [f"缺{words.papers[p]}" for p in demand.rule.papers if approval.papers.get(p, 0) < 1]
        found += [
            f"缺{words.signers[s].name(ledger_kind)}签字"
            for s in demand.rule.signers
            if not approval.signers.get(s, "").strip()
        ]
    return list(dict.fromkeys(found))


def own_item(approval: Approval, handler: str, words: Vocabulary) -> str:
    """The place where the handler signed an own item, empty when nowhere (经手人不审自己的单)."""
    doer = approval.signers.get("handler", "").strip() or handler.strip()
    return next(
        (
            place
            for place, name in approval.signers.items()
            if doer and name.strip() == doer and words.signers[place].approves
        ),
        "",
    )


def tidy_bands(bands: Iterable[ApprovalRule]) -> tuple[ApprovalRule, ...]:
    """Bands in the order kept: by kind as first named, then by amount."""
    listed = list(bands)
    order = list(dict.fromkeys(band.kind for band in listed))
    return tuple(sorted(listed, key=lambda band: (order.index(band.kind), band.first)))
