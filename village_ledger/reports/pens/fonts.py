"""Which of the machine's fonts print Chinese, found without Qt.

Four faces are drawn with: sans for work and figures, serif for titles and signatures, both also bold. Each face
is a chain: the best family first, then all others, so that a rare character is taken from wherever it is. A bold
face without a bold file is drawn with a stroke. ``VILLAGE_LEDGER_FONTS`` names one folder to look in instead.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from pathlib import Path

from village_ledger.domain.errors import UnreadableError
from village_ledger.reports.pens.font_outlines import FontFile, FontReader, FontUnreadable

log = logging.getLogger(__name__)

FONTS_VARIABLE = "VILLAGE_LEDGER_FONTS"
BOLD = 700
_SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")
_PROOF = "村账收支〓"
"""A font that lacks one of these is of no use to a village."""


class FontsMissing(UnreadableError):
    """No Chinese font on this machine; boxes are never printed."""

    code = "S-130"

    def __init__(self) -> None:
        super().__init__(
            "这台电脑上没有中文字体，不能生成 PDF",
            "请先装一种：Debian、统信、麒麟执行 sudo apt install fonts-noto-cjk（或 fonts-wqy-zenhei），"
            "Windows 在“设置 › 可选功能”里添加“中文（简体）补充字体”，装好后再打印一次。",
        )


class Face(Enum):
    """The four faces everything is printed with."""

    SANS = "Sans"
    SANS_BOLD = "SansBold"
    SERIF = "Serif"
    SERIF_BOLD = "SerifBold"


@dataclass(frozen=True, slots=True)
class _Family:
    """A family as its files are called; patterns are lower case, the first file present counts."""

    name: str
    regular: tuple[str, ...]
    bold: tuple[str, ...] = ()


_SANS = (
    _Family(
        "Noto Sans CJK SC",
        ("notosanscjk-regular.ttc", "notosanscjksc-regular.otf", "notosanssc-regular.?tf"),
        ("notosanscjk-bold.ttc", "notosanscjksc-bold.otf", "notosanssc-bold.?tf"),
    ),
    _Family(
        "Source Han Sans SC",
        ("sourcehansanssc-regular.otf", "sourcehansanscn-regular.otf", "sourcehansans-regular.ttc"),
        ("sourcehansanssc-bold.otf", "sourcehansanscn-bold.otf", "sourcehansans-bold.ttc"),
    ),
    _Family(
        "Noto Sans CJK SC", ("notosanscjk-vf*", "notosanssc-vf*", "notosanssc?wght*", "notosanssc-variable*")
    ),
    _Family("Source Han Sans SC", ("sourcehansanssc-vf*", "sourcehansans-vf*")),
    _Family("Microsoft YaHei", ("msyh.tt?",), ("msyhbd.tt?",)),
    _Family("HarmonyOS Sans SC", ("harmonyos_sans_sc_regular.ttf",), ("harmonyos_sans_sc_bold.ttf",)),
    _Family("PingFang SC", ("pingfang.ttc",)),
    _Family("DengXian", ("deng.ttf",), ("dengb.ttf",)),
    _Family("FZHei", ("fzhtk*.ttf", "fzhei*.ttf")),
    _Family("SimHei", ("simhei.ttf",)),
    _Family("WenQuanYi Micro Hei", ("wqy-microhei.ttc",)),
    _Family("WenQuanYi Zen Hei", ("wqy-zenhei.ttc",)),
    _Family("Droid Sans Fallback", ("droidsansfallbackfull.ttf", "droidsansfallback.ttf")),
)
_SERIF = (
    _Family(
        "Noto Serif CJK SC",
        ("notoserifcjk-regular.ttc", "notoserifcjksc-regular.otf", "notoserifsc-regular.?tf"),
        ("notoserifcjk-bold.ttc", "notoserifcjksc-bold.otf", "notoserifsc-bold.?tf"),
    ),
    _Family(
        "Source Han Serif SC",
        ("sourcehanserifsc-regular.otf", "sourcehanserifcn-regular.otf", "sourcehanserif-regular.ttc"),
        ("sourcehanserifsc-bold.otf", "sourcehanserifcn-bold.otf", "sourcehanserif-bold.ttc"),
    ),
    _Family(
        "Noto Serif CJK SC",
        ("notoserifcjk-vf*", "notoserifsc-vf*", "notoserifsc?wght*", "notoserifsc-variable*"),
    ),
    _Family("SimSun", ("simsun.tt?",)),
    _Family("FZShuSong", ("fzssk*.ttf", "fzshusong*.ttf", "fzsongs*.ttf")),
    _Family("Songti SC", ("songti.ttc", "stsong.ttf")),
    _Family("FangSong", ("simfang.ttf", "fzfsk*.ttf")),
    _Family("AR PL UMing CN", ("uming.ttc",)),
    _Family("KaiTi", ("simkai.ttf", "fzktk*.ttf", "ukai.ttc")),
)
_RARE = (
    "simsunb.ttf",
    "simsunextg.ttf",
    "hanamin*.?tf",
    "babelstonehan.ttf",
    "dejavusans.ttf",
    "seguisym.ttf",
    "arialuni.ttf",
)
"""Asked only for characters the families above lack."""


@dataclass(frozen=True, slots=True)
class FontSet:
    """For each face the chain of files, and the faces whose boldness must be drawn."""

    chains: Mapping[Face, tuple[FontFile, ...]]
    stroked: frozenset[Face]


def find_fonts() -> FontSet:
    """The fonts of this machine by face; raises FontsMissing when none prints Chinese."""
    files = _font_files()
    sans, serif = _present(_SANS, files), _present(_SERIF, files)
    if not sans and not serif:
        sans = _unknown_chinese(files)
    if not sans and not serif:
        raise FontsMissing
    rare = tuple(FontFile(path) for pattern in _RARE for path in _matches(pattern, files))
    chains: dict[Face, tuple[FontFile, ...]] = {}
    stroked: set[Face] = set()
    for plain, bold, own, other in (
        (Face.SANS, Face.SANS_BOLD, sans, serif),
        (Face.SERIF, Face.SERIF_BOLD, serif, sans),
    ):
        families = own or other
        plain_chain = (
            tuple(regular for regular, _ in families) + tuple(regular for regular, _ in other) + rare
        )
        chains[plain] = plain_chain
        heavy = families[0][1]
        chains[bold] = plain_chain if heavy is None else (heavy, *plain_chain)
        if heavy is None:
            stroked.add(bold)
    return FontSet(chains, frozenset(stroked))


_Pair = tuple[FontFile, FontFile | None]
"""Regular and bold; no bold means that it must be drawn."""


def _present(families: tuple[_Family, ...], files: Mapping[str, Path]) -> list[_Pair]:
    found: list[_Pair] = []
    for family in families:
        regular = next((path for p in family.regular for path in _matches(p, files)), None)
        if regular is None:
            continue
        bold = next((path for p in family.bold for path in _matches(p, files)), None)
        if bold is None and _is_variable(regular):
            bold = regular
        found.append((FontFile(regular, family.name), FontFile(bold, family.name, BOLD) if bold else None))
    return found


def _is_variable(path: Path) -> bool:
    name = path.name.lower()
    return "-vf" in name or "wght" in name or "variable" in name


def _matches(pattern: str, files: Mapping[str, Path]) -> Iterator[Path]:
    if pattern in files:
        yield files[pattern]
    elif any(mark in pattern for mark in "*?"):
        yield from (files[name] for name in sorted(files) if fnmatchcase(name, pattern))


def _font_files() -> dict[str, Path]:
    """Font files by lower-case name; of two with the same name the first folder's."""
    files: dict[str, Path] = {}
    for folder in _folders():
        for parent, _, names in os.walk(folder):
            for name in names:
                low = name.lower()
                if low.endswith(_SUFFIXES):
                    files.setdefault(low, Path(parent, name))
    return files


def _folders() -> list[Path]:
    if chosen := os.environ.get(FONTS_VARIABLE):
        return [Path(chosen)]
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        return [windows, Path(local, "Microsoft", "Windows", "Fonts")] if local else [windows]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    ]


def _unknown_chinese(files: Mapping[str, Path]) -> list[_Pair]:
    """A Chinese font under a name not known here: fontconfig is asked, else every file is looked into."""
    candidates = _asked_fontconfig() or sorted(files.values())
    for path in candidates:
        try:
            reader = FontReader(FontFile(path))
        except FontUnreadable:
            continue
        with closing(reader):
            if all(char in reader for char in _PROOF):
                log.info("printing with %s", path.name)
                return [(FontFile(path), None)]
    return []


def _asked_fontconfig() -> list[Path]:
    if os.environ.get(FONTS_VARIABLE):
        return []
    try:
        answer = subprocess.run(
            ["fc-list", ":lang=zh-cn", "--format", "%{file}\n"],  # noqa: S607  found on the path, as installed
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return sorted({Path(line) for line in answer.stdout.splitlines() if line.lower().endswith(_SUFFIXES)})
