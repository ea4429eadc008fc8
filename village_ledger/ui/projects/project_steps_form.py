"""Which fields a project's step asks for, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from village_ledger.domain.amount_entry import evaluate_entry
from village_ledger.domain.errors import ProjectError
from village_ledger.domain.project import (
    Acceptance,
    Body,
    Budget,
    Card,
    Change,
    Contract,
    FinalAccount,
    ProjectStep,
    Tender,
)
from village_ledger.services.projects.project_rules import defaults, kinds, ways

_APART = re.compile(r"[、；;\n]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its key, what it is called, a word of help; choices make it a list."""

    key: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def fields_of(step: ProjectStep) -> tuple[Field, ...]:
    """The fields of a step."""
    return _FIELDS[step]


_KINDS, _WAYS = tuple(kinds().items()), tuple(ways().items())
_FIELDS: Mapping[ProjectStep, tuple[Field, ...]] = {
    ProjectStep.CARD: (
        Field("kind", "类别", "", _KINDS),
        Field("content", "建设内容"),
        Field("place", "地点"),
        Field("keeper", "负责人"),
        Field("decision", "决策编号"),
        Field("share", "验收前最多付 %", "合同价的百分之几"),
    ),
    ProjectStep.BUDGET: (
        Field("lines", "预算", "写成 路面=80000；勘测=6000 的样子"),
        Field("basis", "批复"),
    ),
    ProjectStep.TENDER: (
        Field("way", "方式", "", _WAYS),
        Field("bids", "报价", "写成 甲队=76000；乙队=78000 的样子"),
        Field("winner", "中标人"),
        Field("amount", "中标价"),
        Field("ceiling", "控制价"),
        Field("platform", "平台编号"),
    ),
    ProjectStep.CONTRACT: (
        Field("number", "合同编号"),
        Field("party", "施工方", "和凭证上的往来单位写得一样"),
        Field("amount", "合同价"),
        Field("warranty", "质保金"),
        Field("until", "质保到哪天"),
    ),
    ProjectStep.CHANGE: (
        Field("amount", "增减金额", "减少的写负数"),
        Field("reason", "为什么"),
        Field("decision", "决策编号"),
    ),
    ProjectStep.ACCEPTANCE: (
        Field("people", "验收人", "用、隔开；规则要求几人以上的要写够"),
        Field("passed", "结果", "", (("yes", "合格"), ("", "要整改"))),
        Field("note", "说明"),
    ),
    ProjectStep.FINAL: (
        Field("amount", "决算价"),
        Field("warranty", "留质保金"),
        Field("audit", "审计报告编号"),
        Field("note", "说明"),
    ),
}


def body_of(step: ProjectStep, said: Mapping[str, str]) -> Body:
    """The step as written; raises AmountError, ProjectError for what cannot be read."""
    match step:
        case ProjectStep.CARD:
            share = said["share"].strip() or str(defaults()["before_acceptance_percent"])
            if not (share.isascii() and share.isdigit()):
                raise ProjectError(f"“{share}”不是百分数", "请写 1 到 100。")
            texts = (said["kind"], said["content"], said["place"], said["keeper"], said["decision"])
            return Card(*texts, before_acceptance=int(share))
        case ProjectStep.BUDGET:
            return Budget(_amounts(said["lines"]), said["basis"])
        case ProjectStep.TENDER:
            bids = _amounts(said["bids"])
            price = _fen(said["amount"]) or next((a for who, a in bids if who == said["winner"].strip()), 0)
            return Tender(said["way"], said["winner"], price, _fen(said["ceiling"]), bids, said["platform"])
        case ProjectStep.CONTRACT:
            amounts = (_fen(said["amount"]), _fen(said["warranty"]))
            return Contract(said["number"], said["party"], *amounts, said["until"])
        case ProjectStep.CHANGE:
            return Change(_fen(said["amount"]), said["reason"], said["decision"])
        case ProjectStep.ACCEPTANCE:
            people = tuple(filter(None, (one.strip() for one in said["people"].split("、"))))
            return Acceptance(people, bool(said["passed"]), said["note"])
        case ProjectStep.FINAL:
            amounts = (_fen(said["amount"]), _fen(said["warranty"]))
            return FinalAccount(*amounts, said["audit"], said["note"])


def _fen(text: str) -> int:
    return evaluate_entry(text) if text.strip() else 0


def _amounts(text: str) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for part in filter(None, (one.strip() for one in _APART.split(text))):
        name, equals, amount = part.partition("=")
        if not equals:
            raise ProjectError(f"“{part}”没有写成 名称=金额", "请写成 路面=80000；勘测=6000 的样子。")
        found.append((name.strip(), evaluate_entry(amount)))
    return tuple(found)
