"""What a person chose on this computer: sizes, colours, recent books, names. Every option with default and help.

Kept in one small JSON file outside the books; ``VILLAGE_LEDGER_CONFIG`` names another file. A damaged or
unwritable file never stops the program: the defaults then hold.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, cast

log = logging.getLogger(__name__)

CONFIG_VARIABLE = "VILLAGE_LEDGER_CONFIG"
RECENT_LIMIT = 8
PEOPLE_LIMIT = 12
BACKUP_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a person may choose: its key in the file, what may stand there, and the sentence explaining it."""

    key: str
    label: str
    help: str
    choices: tuple[tuple[str, str], ...]
    """(value, word shown); the first one is the default."""

    @property
    def default(self) -> str:
        """The value that holds until somebody chooses."""
        return self.choices[0][0]


TEXT_SIZE = Option(
    "text_size",
    "字的大小",
    "所有页面一起变大或变小，也可以按 Ctrl 加号、Ctrl 减号。",
    (("standard", "标准"), ("large", "大"), ("huge", "特大")),
)
COLOURS = Option(
    "colours",
    "颜色",
    "“跟随系统”在电脑开了高对比度时自动换成黑底。",
    (("system", "跟随系统"), ("paper", "纸色"), ("high", "高对比")),
)
VOUCHER_STYLE = Option(
    "voucher_style",
    "凭证样式",
    "凭证纸带金额格子，简表是普通数字；录入的方法一样。",
    (("paper", "凭证纸"), ("plain", "简表")),
)
LOCK_AFTER = Option(
    "lock_after",
    "多久没动就锁屏",
    "账簿登记了人员以后才锁；草稿都在，回来输密码接着填。",
    (("10", "10 分钟"), ("5", "5 分钟"), ("30", "30 分钟"), ("never", "不自动锁")),
)
OPTIONS = (TEXT_SIZE, COLOURS, VOUCHER_STYLE)


@dataclass(frozen=True, slots=True)
class RecentBook:
    """A book opened before on this computer."""

    path: Path
    village: str
    opened_at: str
    """ISO day and time, local."""


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup made on this computer; ``tried_at`` is empty until it was tried out."""

    path: Path
    made_at: str
    """ISO day and time, local."""
    tried_at: str = ""


def config_file() -> Path:
    """Where the choices are kept on this computer."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("village-ledger", appauthor=False) / "settings.json"


def reviewer_key_file() -> Path:
    """Where a township's reviewer keeps the signing key on this computer."""
    return config_file().with_name("reviewer.key")


@dataclass(frozen=True, slots=True)
class DeskChoices:
    """What a township's reviewer wrote on the desk the last time; empty until then."""

    reviewer: str = ""
    office: str = ""
    packages: str = ""
    """The folder packages are put into."""
    reports: str = ""
    seed: str = ""
    count: str = ""
    percent: str = ""
    rules: str = ""
    """A rule pack of the county's own."""
    due: str = ""
    """The month the books should go to."""


class Preferences:
    """The choices of one person on one computer; written through at once."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_file()
        self._values = _read(self.path)

    def get(self, option: Option) -> str:
        """The chosen value, or the default when none or an unknown one is stored."""
        value = self._values.get(option.key)
        return (
            value if isinstance(value, str) and any(value == v for v, _ in option.choices) else option.default
        )

    def set(self, option: Option, value: str) -> None:
        """Choose a value; raises ValueError for one that is not offered."""
        if not any(value == v for v, _ in option.choices):
            raise ValueError(value)
        self._values[option.key] = value
        self._write()

    def recent(self) -> list[RecentBook]:
        """Books opened before, newest first."""
        books: list[RecentBook] = []
        for item in _dicts(self._values.get("recent")):
            path, village, opened_at = item.get("path"), item.get("village"), item.get("opened_at")
            if isinstance(path, str) and isinstance(village, str) and isinstance(opened_at, str):
                books.append(RecentBook(Path(path), village, opened_at))
        return books

    def remember_book(self, path: Path, village: str, opened_at: str) -> None:
        """Put a book first in the recent list."""
        kept = [b for b in self.recent() if b.path != path][: RECENT_LIMIT - 1]
        books = [RecentBook(path, village, opened_at), *kept]
        self._values["recent"] = [
            {"path": str(b.path), "village": b.village, "opened_at": b.opened_at} for b in books
        ]
        self._write()

    def forget_book(self, path: Path) -> None:
        """Take a book off the recent list; the file itself stays where it is."""
        self._values["recent"] = [
            {"path": str(b.path), "village": b.village, "opened_at": b.opened_at}
            for b in self.recent()
            if b.path != path
        ]
        self._write()

    def backups(self, book: Path) -> list[KeptBackup]:
        """Backups made of a book on this computer, the newest first."""
        by_book = self._values.get("backups")
        kept = cast("dict[str, Any]", by_book).get(str(book)) if isinstance(by_book, dict) else None
        found: list[KeptBackup] = []
        for item in _dicts(kept):
            path, made_at, tried_at = item.get("path"), item.get("made_at"), item.get("tried_at", "")
            if isinstance(path, str) and isinstance(made_at, str) and isinstance(tried_at, str):
                found.append(KeptBackup(Path(path), made_at, tried_at))
        return found

    def remember_backup(self, book: Path, backup: KeptBackup) -> None:
        """Put a backup first in the book's list, in place of an earlier entry of the same file."""
        kept = [backup, *(b for b in self.backups(book) if b.path != backup.path)][:BACKUP_LIMIT]
        by_book = self._values.get("backups")
        known = dict(cast("dict[str, Any]", by_book)) if isinstance(by_book, dict) else {}
        listed = [{"path": str(b.path), "made_at": b.made_at, "tried_at": b.tried_at} for b in kept]
        self._values["backups"] = {**known, str(book): listed}
        self._write()

    def print_offset(self, printer: str) -> tuple[float, float]:
        """How far every print of a printer is moved right and down, millimetres."""
        by_printer = self._values.get("print_offsets")
        moved = cast("dict[str, Any]", by_printer).get(printer) if isinstance(by_printer, dict) else None
        if isinstance(moved, list) and len(cast("list[Any]", moved)) == 2:
            right, down = cast("list[Any]", moved)
            if isinstance(right, int | float) and isinstance(down, int | float):
                return float(right), float(down)
        return 0.0, 0.0

    def set_print_offset(self, printer: str, right: float, down: float) -> None:
        """Remember how far a printer is off."""
        by_printer = self._values.get("print_offsets")
        known = dict(cast("dict[str, Any]", by_printer)) if isinstance(by_printer, dict) else {}
        self._values["print_offsets"] = {**known, printer: [right, down]}
        self._write()

    def people(self, path: Path) -> list[str]:
        """Names that have worked in a book on this computer, the latest first."""
        by_book = self._values.get("people")
        names = cast("dict[str, Any]", by_book).get(str(path)) if isinstance(by_book, dict) else None
        return [n for n in cast("list[Any]", names) if isinstance(n, str)] if isinstance(names, list) else []

    def remember_person(self, path: Path, name: str) -> None:
        """Put a name first among those who work in a book."""
        names = [name, *(n for n in self.people(path) if n != name)][:PEOPLE_LIMIT]
        by_book = self._values.get("people")
        known = dict(cast("dict[str, Any]", by_book)) if isinstance(by_book, dict) else {}
        self._values["people"] = {**known, str(path): names}
        self._write()

    def scan_folder(self) -> str:
        """The folder the scanner puts its files into, empty until somebody said which."""
        folder = self._values.get("scan_folder")
        return folder if isinstance(folder, str) and Path(folder).is_dir() else ""

    def set_scan_folder(self, folder: str) -> None:
        """Remember where scans are put."""
        self._values["scan_folder"] = folder
        self._write()

    def desk(self) -> DeskChoices:
        """The township's reviewer, office and folders."""
        kept = self._values.get("desk")
        said = cast("dict[str, Any]", kept) if isinstance(kept, dict) else {}
        texts = {field.name: said.get(field.name, "") for field in fields(DeskChoices)}
        return DeskChoices(**{key: text for key, text in texts.items() if isinstance(text, str)})

    def set_desk(self, choices: DeskChoices) -> None:
        """Remember what was written on the desk."""
        self._values["desk"] = asdict(choices)
        self._write()

    def name_reviewer(self, name: str, office: str) -> None:
        """Remember who reviews, asked once."""
        self.set_desk(replace(self.desk(), reviewer=name, office=office))

    def _write(self) -> None:
        """Replace the file in one step; a full or read-only disk loses the choice, never the program."""
        beside = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(self.path)
        except OSError as error:
            log.warning("choices not kept: %s", error.strerror)
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _dicts(value: Any) -> list[dict[str, Any]]:
    """The dictionaries in a list read from JSON, anything else left out."""
    if not isinstance(value, list):
        return []
    return [cast("dict[str, Any]", item) for item in cast("list[Any]", value) if isinstance(item, dict)]


def _read(path: Path) -> dict[str, Any]:
    """The stored choices; nothing when the file is missing or not ours to understand."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", values) if isinstance(values, dict) else {}
