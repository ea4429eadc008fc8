"""What was shown for a payment, as one writes it in two lines: 理事长=周、复核=钱 and 发票或收据=2、会议记录=1."""

from __future__ import annotations

import re

from village_ledger.domain.errors import LimitError
from village_ledger.domain.limit import Approval
from village_ledger.services.limits.limit_rules import vocabulary
from village_ledger.services.limits.payments import Standing

_APART = re.compile(r"[、,，;；\n]+")


def read_approval(decision: str, signers: str, papers: str) -> Approval:
    """Places and papers by their Chinese names or ids; raises LimitError for a part that is no 名=值 or an unknown name."""
    words = vocabulary()
    places = {
        said: place.id for place in words.signers.values() for said in (*place.names.values(), place.id)
    }
    known = {said: paper for paper, name in words.papers.items() for said in (name, paper)}
    signed = {_named(places, key, "签字的地方"): value for key, value in _pairs(signers) if value}
    counted = {_named(known, key, "附件"): _count(key, value) for key, value in _pairs(papers)}
    return Approval(decision.strip(), signed, {paper: count for paper, count in counted.items() if count})


def _pairs(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in filter(None, (one.strip() for one in _APART.split(text))):
        key, equals, value = part.partition("=")
        if not equals:
            raise LimitError(f"“{part}”没有写成 名=值", "请写成 理事长=周三、发票或收据=2 的样子。")
        found.append((key.strip(), value.strip()))
    return found


def _named(known: dict[str, str], key: str, what: str) -> str:
    if key not in known:
        raise LimitError(f"没有“{key}”这种{what}", f"可以是：{'、'.join(list(known)[::2])}。")
    return known[key]


def _count(key: str, value: str) -> int:
    if value and not (value.isascii() and value.isdigit()):
        raise LimitError(f"{key} 的张数“{value}”不是数", "请写张数。")
    return int(value or "0")


def asked_signers(standing: Standing, ledger_kind: str) -> str:
    """The places a payment needs, with the names on record, ready to be filled in."""
    words, kept = vocabulary(), standing.approval
    shown = (kept.approval if kept else Approval()).signers
    needed = dict.fromkeys(s for d in standing.demands for s in d.rule.signers)
    return "、".join(f"{words.signers[s].name(ledger_kind)}={shown.get(s, '')}" for s in needed)


def asked_papers(standing: Standing) -> str:
    """The papers a payment needs, with the sheets on record."""
    words, kept = vocabulary(), standing.approval
    shown = (kept.approval if kept else Approval()).papers
    needed = dict.fromkeys(p for d in standing.demands for p in d.rule.papers)
    return "、".join(f"{words.papers[p]}={shown.get(p, 0)}" for p in needed)
