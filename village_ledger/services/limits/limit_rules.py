"""The shipped rules of approval limits (rules/limits.toml): words, accounts by kind of expense, presets to adopt."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from village_ledger.domain.errors import LimitError
from village_ledger.domain.limit import (
    ApprovalRule,
    ChartLimits,
    SignPlace,
    Vocabulary,
    check_bands,
    tidy_bands,
)
from village_ledger.domain.money import parse_fen
from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class Preset:
    """A rule set as some place has it, ready to be adopted or edited."""

    id: str
    name: str
    source: str
    confidence: str
    bands: tuple[ApprovalRule, ...]
    acceptance_from: int = 0
    acceptance_people: int = 0
    audit_from: int = 0


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "limits.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Kinds of expense, stages, papers and places to sign, and how split payments are known."""
    data = _data()
    kinds = ("collective", "committee")
    return Vocabulary(
        kinds={one["id"]: one["name"] for one in data["kind"]},
        stages={one["id"]: one["name"] for one in data["stage"]},
        papers={one["id"]: one["name"] for one in data["paper"]},
        signers={
            one["id"]: SignPlace(one["id"], {k: one[k] for k in kinds}, one.get("approves", False))
            for one in data["signer"]
        },
        split_days=data["split"]["days"],
        split_alike=data["split"]["alike_percent"],
        advance_summary=data["advance"]["summary"],
        cleared_summary=data["advance"]["cleared"],
    )


@lru_cache(maxsize=1)
def paper_kinds() -> dict[str, frozenset[str]]:
    """Which kinds of attachments are which paper."""
    return {one["id"]: frozenset(one.get("attachments", ())) for one in _data()["paper"]}


@lru_cache(maxsize=8)
def chart_limits(chart_id: str) -> ChartLimits:
    """Which accounts of a chart are which kind of expense; a chart nobody spoke of has none."""
    found = next((one for one in _data()["chart"] if one["id"] == chart_id), None)
    if found is None:
        return ChartLimits({}, (), "", "")
    kinds = {kind: tuple(found[kind]) for kind in vocabulary().kinds}
    return ChartLimits(kinds, tuple(found["pays"]), found["advance_member"], found["advance_other"])


@lru_cache(maxsize=1)
def presets() -> dict[str, Preset]:
    """Presets by id, each checked as if a village had written it."""
    found = {one["id"]: _preset(one) for one in _data()["preset"]}
    for preset in found.values():
        check_bands(preset.bands, vocabulary())
    return found


def preset(preset_id: str) -> Preset:
    """A preset by its id; raises LimitError naming those there are."""
    known = presets()
    if preset_id not in known:
        raise LimitError(f"没有“{preset_id}”这套审批规则", f"可以是：{'、'.join(known)}。")
    return known[preset_id]


def _preset(data: Mapping[str, Any]) -> Preset:
    return Preset(
        data["id"],
        data["name"],
        data["source"],
        data["confidence"],
        read_bands(data["band"]),
        parse_fen(data.get("acceptance_from", "0")),
        data.get("acceptance_people", 0),
        parse_fen(data.get("audit_from", "0")),
    )


def read_bands(entries: Sequence[Mapping[str, Any]]) -> tuple[ApprovalRule, ...]:
    """Bands as a file writes them: each begins where the one before it of the same kind ends.

    ``upto`` (≤) and ``below`` (<) are yuan; ``from`` may be written to say the beginning oneself. Raises LimitError, AmountError.
    """
    begins: dict[str, int] = {}
    bands: list[ApprovalRule] = []
    for entry in entries:
        unknown = set(entry) - _KEYS
        if unknown:
            raise LimitError(f"规则文件里有不认识的“{min(unknown)}”", f"可以写：{'、'.join(sorted(_KEYS))}。")
        last = _end(entry)
        for kind in entry.get("kinds", ()):
            first = parse_fen(str(entry["from"])) if "from" in entry else begins.get(kind, 1)
            bands.append(
                ApprovalRule(
                    kind,
                    max(first, 1),
                    last,
                    tuple(entry.get("signers", ())),
                    tuple(entry.get("meetings", ())),
                    entry.get("stage", ""),
                    tuple(entry.get("papers", ())),
                    entry.get("notice_days", 0),
                )
            )
            if last is not None:
                begins[kind] = last + 1
    return tidy_bands(bands)


_KEYS = frozenset({"kinds", "from", "upto", "below", "signers", "meetings", "stage", "papers", "notice_days"})


def _end(entry: Mapping[str, Any]) -> int | None:
    if "upto" in entry and "below" in entry:
        raise LimitError("一档里又写“不超过”又写“不满”", "upto 和 below 只写一个。")
    if "upto" in entry:
        return parse_fen(str(entry["upto"]))
    return parse_fen(str(entry["below"])) - 1 if "below" in entry else None


def rules_file(text: str) -> Preset:
    """A village's own rules from a file in the shape of a preset; raises LimitError for one that cannot be read."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LimitError(f"规则文件读不出来：{error}", "请照 limits show 写出来的样子改。") from None
    own = data.get("rules", data)
    entries = own.get("band", ())
    if not isinstance(entries, list) or not entries:
        raise LimitError("规则文件里没有 [[band]]", "请照 limits show 写出来的样子改。")
    read = _preset({"id": "", "source": "", "confidence": "", "name": "", **own, "band": entries})
    if not read.name:
        raise LimitError("规则文件没有写名称", "请写 name，如“青山村审批限额”。")
    return read
