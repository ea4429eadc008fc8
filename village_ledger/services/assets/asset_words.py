"""Words of files and forms for kinds, uses, states, sources and methods of assets (rules/assets.toml)."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from village_ledger.domain.asset import KIND_NAMES, AssetKind, Method, Source, Status, Use
from village_ledger.domain.errors import AssetError
from village_ledger.domain.half_width import half_width
from village_ledger.services.assets.asset_accounts import asset_rules

_Word = TypeVar("_Word", bound=Enum)
_NAMES = {"use": "用途", "source": "来源", "status": "使用状况", "method": "折旧方法"}


@lru_cache(maxsize=8)
def _table(group: str) -> dict[str, str]:
    return {word: name for name, words in asset_rules()["words"][group].items() for word in (name, *words)}


def _read(group: str, kind: type[_Word], text: str) -> _Word:
    tidy = half_width(text).strip()
    found = _table(group).get(tidy)
    if found is None:
        shown = "、".join(words[0] for words in asset_rules()["words"][group].values())
        raise AssetError(
            f"{_NAMES[group]}“{tidy[:20]}”看不懂" if tidy else f"没有写{_NAMES[group]}", f"可以写：{shown}。"
        )
    return kind(found)


def read_use(text: str) -> Use:
    """经营, 管理 or 公益 and what people write for them; raises AssetError."""
    return _read("use", Use, text)


def read_source(text: str) -> Source:
    """Where it came from; a blank is unknown. Raises AssetError."""
    return _read("source", Source, text) if text.strip() else Source.UNKNOWN


def read_status(text: str) -> Status:
    """How it stands; a blank is own use. Raises AssetError."""
    return _read("status", Status, text) if text.strip() else Status.OWN_USE


def read_method(text: str) -> Method:
    """How it is charged; raises AssetError for a blank too."""
    return _read("method", Method, text)


def classes() -> list[dict[str, Any]]:
    """Classes of assets as shipped: name, kind, usual months and salvage."""
    return list(asset_rules()["class"])


def kind_of(text: str) -> AssetKind | None:
    """What a class is to the books, by its name or the longest known word in it; None where nothing is known."""
    tidy = half_width(text).strip()
    for kind, name in KIND_NAMES.items():
        if tidy in (name, kind.value):
            return kind
    named = {rule["name"]: rule["kind"] for rule in classes()}
    if tidy in named:
        return AssetKind(named[tidy])
    found = [(len(word), rule["kind"]) for rule in classes() for word in rule["words"] if word in tidy]
    return AssetKind(max(found, key=lambda one: one[0])[1]) if found else None
