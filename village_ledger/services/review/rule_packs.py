"""A rule pack from a file of the county's own, held against what the program can look for before anything is reviewed by it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from village_ledger.domain.errors import BadRules
from village_ledger.domain.review_check import ReviewRule, RulePack, own_pack, read_pack
from village_ledger.services.check_item import closing_rules
from village_ledger.services.review.checks import KINDS

MOST_BYTES = 1_000_000
FEN, COUNT, WORDS, LINE, FLAG = "多少分", "一个整数", "几个词", "结账检查的编号", " true 或 false"
MEASURES: dict[str, dict[str, str]] = {
    "cash-payment": {"from_fen": FEN},
    "round-sum": {"from_fen": FEN, "multiple_fen": FEN},
    "weekend": {"from_fen": FEN},
    "no-paper": {"from_fen": FEN},
    "vague": {"shortest": COUNT, "words": WORDS},
    "late-entry": {"days": COUNT},
    "words": {"words": WORDS},
    "yearly-limit": {"words": WORDS, "from_fen": FEN},
    "three-signatures": {"from_fen": FEN},
    "no-party": {"from_fen": FEN},
    "large-undecided": {"from_fen": FEN},
    "withdrawal": {"from_fen": FEN},
    "twice": {"days": COUNT, "from_fen": FEN},
    "split": {"days": COUNT, "limit_fen": FEN},
    "concentration": {"percent": COUNT, "from_fen": FEN},
    "voids": {"percent": COUNT, "least": COUNT},
    "unposted-old": {"days": COUNT},
    "month-open": {"months": COUNT},
    "cash-over-limit": {"limit_fen": FEN, "days": COUNT},
    "closing": {"rule": LINE},
}
"""What each kind must be told; kinds that are not here need nothing."""
_OPTIONAL = {"not_words": WORDS, "words": WORDS, "by_village": FLAG}


def load_pack(path: Path | None) -> RulePack:
    """The pack of a file, without one the program's own; raises BadRules before anything is reviewed."""
    if path is None:
        return own_pack()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadRules(path.name, "太大，不是规则文件")
        text = path.read_bytes()
    except OSError as error:
        raise BadRules(path.name, "读不出来") from error
    return ensure_known(read_pack(text, path.name), path.name)


def ensure_known(pack: RulePack, file: str) -> RulePack:
    """The pack, if every rule is of a kind the program has and is told its measures; raises BadRules."""
    for rule in pack.rules:
        if rule.kind not in KINDS:
            raise BadRules(file, f"{rule.id}（{rule.name}）是程序不认得的一种：{rule.kind}")
        for name, what in MEASURES.get(rule.kind, {}).items():
            if not _is(what, rule.measures.get(name)):
                raise BadRules(file, f"{rule.id}（{rule.name}）的 {name} 要写{what}")
        for name, what in _OPTIONAL.items():
            if name in rule.measures and not _is(what, rule.measures[name]):
                raise BadRules(file, f"{rule.id}（{rule.name}）的 {name} 要写{what}")
    return pack


def _is(what: str, value: object) -> bool:
    """Whether a measure is what its kind needs."""
    if what in (FEN, COUNT):
        return isinstance(value, int) and not isinstance(value, bool) and value > 0
    if what == FLAG:
        return isinstance(value, bool)
    if what == LINE:
        return isinstance(value, str) and value in closing_lines()
    return (
        isinstance(value, list)
        and bool(cast("list[object]", value))
        and all(isinstance(word, str) and word for word in cast("list[object]", value))
    )


def closing_lines() -> frozenset[str]:
    """Numbers of the lines of the check list before closing."""
    return frozenset({*closing_rules()["titles"], "K36"})


def measured(rule: ReviewRule) -> str:
    """What a rule measures by, in words: 达到 1,000.00 元；10 天."""
    from village_ledger.domain.money import format_fen

    said: list[str] = []
    for name, value in rule.measures.items():
        if name.endswith("_fen"):
            said.append(f"{'限额' if name.startswith('limit') else '金额'} {format_fen(int(value))} 元")
        elif name in _UNITS:
            said.append(f"{value} {_UNITS[name]}")
    return "；".join(said)


_UNITS = {"days": "天", "months": "个月", "percent": "%", "least": "张起", "shortest": "个字"}
