"""Villages whose signing key was compared on this computer: the first package is compared by hand, later ones by the program.

One small file beside the settings, for the window, ``verify``, ``review`` and the desk alike. Nothing in a package can put
itself on the list: only a person who has heard the fingerprint from the village does.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from village_ledger.domain.errors import BookFileError, PackageError
from village_ledger.domain.village_key import Key, KnownVillage, Standing, standing_of

if TYPE_CHECKING:
    from village_ledger.exchange.review.package_reading import Package

FILE = "核对过的村.json"


def standing(beside: Path, package: Package) -> Standing:
    """What the list says of a package's key; raises PackageError for a list that does not read."""
    manifest = package.manifest
    return standing_of(known_villages(beside), manifest.book, manifest.village, package.fingerprint)


def key_words(beside: Path, book: str, village: str, shown: str, said: str = "") -> tuple[bool, str]:
    """Whether an archive's key may be the village's, and what to say of it.

    ``shown`` is its fingerprint, empty where nobody signed; ``said`` the one the village says.
    """
    if not shown:
        return not said, "这份档案没有签名：清单是不是原来那一份，要和移交清册上抄的摘要值核对。"
    if said:
        same = _plain(said) == _plain(shown)
        return same, f"签名有效，指纹 {shown}，和村里念的{'一样' if same else '不一样，这份档案不能信'}。"
    found = standing_of(known_villages(beside), book, village, shown)
    match found.key:
        case Key.SAME:
            return True, f"签名有效，指纹 {shown}，和核对过的一样。"
        case Key.FIRST:
            return True, f"签名有效，指纹 {shown}；请打电话和村里核对。"
        case Key.CHANGED:
            return False, (
                f"签名有效，指纹 {shown}，和这台电脑核对过的（{found.known}）不同；"
                "档案做在换密钥以前的，请加 --fingerprint 写上村里念的指纹。"
            )


def accept(beside: Path, package: Package, at: str, said: str = "") -> None:
    """Somebody has compared the fingerprint: remember the village by it. ``said`` is the fingerprint as the village said it.

    Raises PackageError where the signature does not hold, where it is not the one said, and for another key than the known
    one without the village's word; BookFileError where the list cannot be written.
    """
    shown, manifest = package.fingerprint, package.manifest
    if not package.signature_holds:
        raise PackageError("这个送审包的签名无效，不能记住它的密钥", "请村里重新做一个送审包。")
    same = _plain(said) == _plain(shown)
    if said and not same:
        raise PackageError(
            f"村里念的指纹和包上的（{shown}）不一样", "这个包不能信；请再念一遍，或请村里重新做包。"
        )
    if standing(beside, package).key is Key.CHANGED and not same:
        raise PackageError(
            "签名密钥换过，要写上村里念的指纹才能记住", "请打电话问村里：什么时候换的、新的指纹是什么。"
        )
    kept = [
        one for one in known_villages(beside) if one.book != manifest.book and one.village != manifest.village
    ]
    kept.append(KnownVillage(manifest.book, manifest.village, shown, at))
    _write(beside, kept)


def ensure_compared(beside: Path, package: Package) -> None:
    """Raises PackageError where nothing may be passed or accepted on a package's key."""
    key = standing(beside, package).key
    if key is Key.CHANGED:
        raise PackageError(
            "签名密钥换过，不能凭这个包通过凭证、接受月份",
            "请先打电话和村里核对新的指纹；只写意见、退回可以。",
        )
    if key is Key.FIRST:
        raise PackageError(
            f"还没有和村里核对过签名指纹（{package.fingerprint}），不能凭这个包通过凭证、接受月份",
            "请打电话核对，一样就在包上面的条里记住，或 verify 时加 --fingerprint；只写意见、退回可以。",
        )


def known_villages(beside: Path) -> list[KnownVillage]:
    """The list; raises PackageError for one that does not read."""
    path = beside / FILE
    if not path.exists():
        return []
    try:
        said = cast("list[dict[str, Any]]", json.loads(path.read_text(encoding="utf-8")))
        texts = [{name: str(one[name]) for name in KnownVillage.__slots__} for one in said]
        return [KnownVillage(**one) for one in texts]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise PackageError(
            f"{FILE} 读不出来，不知道核对过哪些村的指纹", "请恢复它，或移开以后重新和各村核对。"
        ) from error


def _write(beside: Path, kept: list[KnownVillage]) -> None:
    path = beside / FILE
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(
            json.dumps([asdict(one) for one in kept], ensure_ascii=False, indent=1), encoding="utf-8"
        )
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise BookFileError(
            "没能记住核对过的指纹", "请看看磁盘是不是满了，再记一次。", safe="送审包没有动。"
        ) from error


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()
