"""Outlines kept from one print to the next: opening a Chinese font takes a quarter second, this file a hundredth.

One file per font of the machine, named after path, size and time of the font file; it grows by the characters
asked for. A damaged or unwritable cache only costs time.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import getpass
import hashlib
import json
import logging
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from village_ledger.reports.pens.font_outlines import FontFile, FontReader, FontUnreadable, Glyph

log = logging.getLogger(__name__)

CACHE_VARIABLE = "VILLAGE_LEDGER_CACHE"
_FORMAT = 1
_APPLICATION = "village-ledger"


_COMMON = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "年月日第页共元角分百千万亿借贷平合计本期累初末余额发生单位科目名称编码摘要凭证方向收入支出现金银行存款"
    "承前过次制表审核记账出纳主管打印校验组村集体委员会序号对方附件，。、；：（）“”·—〓▲¥×"
)
"""Taken along whenever a font file is opened at all, so that it is rarely opened again."""


class GlyphStore:
    """Glyphs of one font file, from the cache or the file itself."""

    def __init__(self, font: FontFile, folder: Path) -> None:
        self._font = font
        self._path = folder / f"{_identity(font)}.json"
        self._glyphs: dict[str, Glyph | None] = _read(self._path)
        self._grown = False
        self._reader: FontReader | None = None
        self._unreadable = False

    def glyph(self, char: str) -> Glyph | None:
        """The character's glyph; None when this font has none or cannot be read."""
        if char not in self._glyphs:
            self._glyphs[char] = self._fresh(char)
            self._grown = True
        return self._glyphs[char]

    def _fresh(self, char: str) -> Glyph | None:
        if self._unreadable:
            return None
        try:
            return self._opened().glyph(char)
        except FontUnreadable as problem:
            log.warning("font %s: %s cannot be read", self._font.path.name, problem)
            self._unreadable = self._reader is None
            return None

    def _opened(self) -> FontReader:
        """The font file, opened; another one is let go first, each takes tens of megabytes."""
        if self._reader is None:
            for store in tuple(_open):
                store.close()
            self._reader = FontReader(self._font)
            _open.append(self)
            for char in _COMMON:
                self.glyph(char)
        return self._reader

    def close(self) -> None:
        """Let the font file go, at once: its tables point at each other in circles."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
            _open.remove(self)
            gc.collect()

    def save(self) -> None:
        """Write what was learned, together with what another process learned meanwhile; let the font file go."""
        self.close()
        if not self._grown or self._unreadable:
            return
        self._glyphs = _read(self._path) | self._glyphs
        self._grown = False
        with contextlib.suppress(OSError):
            _write(self._path, self._glyphs)


_open: list[GlyphStore] = []
"""The store whose font file is open, at most one."""


@lru_cache(maxsize=32)
def glyph_store(font: FontFile) -> GlyphStore:
    """The one store of a font in this process."""
    return GlyphStore(font, cache_folder())


@lru_cache(maxsize=1)
def cache_folder() -> Path:
    """Where outlines are kept: the user's cache folder, or the system's temporary one if that is not writable."""
    import platformdirs

    chosen = os.environ.get(CACHE_VARIABLE)
    for folder in (
        Path(chosen) if chosen else platformdirs.user_cache_path(_APPLICATION, appauthor=False) / "fonts",
        Path(tempfile.gettempdir(), f"{_APPLICATION}-fonts-{getpass.getuser()}"),
    ):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return Path(tempfile.gettempdir())


def _identity(font: FontFile) -> str:
    """Changes when the font file does."""
    try:
        state = font.path.stat()
        stamp = f"{state.st_size}|{state.st_mtime_ns}"
    except OSError:
        stamp = "gone"
    text = f"{_FORMAT}|{font.path}|{font.family}|{font.weight}|{stamp}"
    return f"{font.path.stem[:40]}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _read(path: Path) -> dict[str, Glyph | None]:
    try:
        stored = cast("dict[str, Any]", json.loads(path.read_bytes()))
        return {
            char: None if entry is None else Glyph(int(entry[0]), base64.b64decode(entry[1]))
            for char, entry in stored.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}


def _write(path: Path, glyphs: dict[str, Glyph | None]) -> None:
    text = json.dumps(
        {
            char: None if glyph is None else [glyph.width, base64.b64encode(glyph.outline).decode("ascii")]
            for char, glyph in glyphs.items()
        }
    )
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
