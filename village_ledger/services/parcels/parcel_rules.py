"""What kinds of resources there are and the words for them, and how closely a sketch must agree (rules/parcels.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from village_ledger.domain.errors import ParcelError
from village_ledger.resources_dir import resource


@dataclass(frozen=True, slots=True)
class ParcelKind:
    """A kind of resource and the finer words that belong to it."""

    id: str
    standard: str
    """Class numbers of GB/T 21010, empty where the standard has none."""
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParcelRules:
    """The rules in force."""

    kinds: tuple[ParcelKind, ...]
    words: Mapping[str, tuple[str, str]]
    """Every word there is for a kind, as (kind, finer word)."""
    per_mille: int
    sentence: str

    def read_kind(self, text: str, land_class: str = "") -> tuple[str, str]:
        """Kind and finer word of what was typed: 耕地, 水田 …; raises ParcelError naming the kinds there are."""
        found = self.words.get(text.strip())
        if found is None:
            raise ParcelError(
                f"没有“{text.strip()}”这种资源类别", f"类别有：{'、'.join(one.id for one in self.kinds)}。"
            )
        kind, finer = found
        land_class = land_class.strip()
        if land_class and self.words.get(land_class, ("", ""))[0] != kind:
            raise ParcelError(f"“{land_class}”不是{kind}里的地类", "请核对类别和地类，地类也可以空着。")
        return kind, land_class or finer


@lru_cache(maxsize=1)
def parcel_rules() -> ParcelRules:
    """The rules as shipped."""
    data = tomllib.loads(resource("rules", "parcels.toml").read_text(encoding="utf-8"))
    kinds = tuple(ParcelKind(one["id"], one["standard"], tuple(one["classes"])) for one in data["kind"])
    words = {one.id: (one.id, "") for one in kinds}
    for one in data["kind"]:
        words |= dict.fromkeys(one.get("also", ()), (one["id"], ""))
        words |= {word: (one["id"], word) for word in one["classes"]}
    return ParcelRules(kinds, words, data["sketch"]["tolerance_per_mille"], data["sketch"]["sentence"])
