"""One presenter for everything that went wrong: what · is the book safe · what next · number.

A refusal is said in the page; what the world did (full disk, locked file) the same way; our own bugs are
apologised for and offer a report file whose names and figures are scrambled.
"""

from __future__ import annotations

import platform
import re
import traceback
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from village_ledger import __version__
from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from pathlib import Path

CRASH_CODE = "B-900"


@dataclass(frozen=True, slots=True)
class Notice:
    """An error as a person reads it; ``faults`` are further whole sentences, ``crash`` our own bug."""

    what: str
    safe: str
    next_step: str
    code: str
    faults: tuple[str, ...] = ()
    crash: BaseException | None = None

    def sentence(self) -> str:
        """All in one line, as the status bar and screen readers get it."""
        return tr(
            "{what} {safe}{next_step}（编号 {code}）",
            what=self.what,
            safe=self.safe,
            next_step=self.next_step,
            code=self.code,
        )


def describe(error: BaseException) -> Notice:
    """The notice for any exception."""
    if isinstance(error, LedgerError):
        faults = tuple(error.faults) if isinstance(error, ImportRefused) else ()
        return Notice(error.what, error.safe, error.next_step, error.code, faults)
    return Notice(
        tr("程序自己出了错，这一步没有做成"),
        tr("账没有变化，已经保存的都在。"),
        tr("请再试一次；如果还是这样，请存下求助文件，交给帮您装软件的人。"),
        CRASH_CODE,
        crash=error,
    )


_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")


def scramble(text: str) -> str:
    """The text with every Chinese character as 某, every figure as 0, every quotation emptied of what it held."""
    return _DIGIT.sub("0", _HAN.sub("某", _QUOTED.sub("'…'", text)))


def report_text(error: BaseException, now: datetime) -> str:
    """What helps to find a bug and nothing of the village: where it broke, versions, a scrambled message."""
    lines = [
        tr("村账求助文件（人名和数字都已打乱，里面没有账上的内容）"),
        f"{now:%Y-%m-%d %H:%M}",
        f"{__version__} / Python {platform.python_version()} / {platform.system()} {platform.release()}",
        f"{type(error).__name__}: {scramble(str(error))}",
    ]
    for entry in traceback.extract_tb(error.__traceback__):
        where = entry.filename.replace("\\", "/").rsplit("/", 2)
        lines.append(f"  {'/'.join(where[-2:])}：{entry.lineno} {entry.name}")
    return "\n".join(lines) + "\n"


def save_report(error: BaseException, path: Path) -> None:
    """Write the report file; raises OSError when the place cannot be written."""
    path.write_text(report_text(error, datetime.now()), encoding="utf-8")  # noqa: DTZ005  the village's clock
