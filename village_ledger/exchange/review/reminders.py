"""Reminder letters beside the reports, a PDF to stamp and a text to send, for villages that have sent no package."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.desk_state import Absent, DeskState
from village_ledger.domain.errors import BookFileError
from village_ledger.domain.package import plain_name
from village_ledger.reports.pens.fonts import FontsMissing
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_layout import Paper
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.review.reminder import reminder_table, reminder_text

if TYPE_CHECKING:
    from village_ledger.exchange.review.review_files import Reviewer


def write_reminders(
    folder: Path, state: DeskState, who: Reviewer, villages: Sequence[str] | None = None
) -> list[Path]:
    """Letters for some villages, without names for all that are missing or behind; raises BookFileError, OutputError."""
    asked = [one for one in state.to_remind if villages is None or one.village in villages]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BookFileError(f"写不了 {folder}", "请换一个能写的文件夹，再写一次。") from error
    return [path for one in asked for path in _letter(folder, state, one, who)]


def _letter(folder: Path, state: DeskState, one: Absent, who: Reviewer) -> list[Path]:
    """Both forms of one letter; where no font is installed the text alone."""
    stem = f"催交_{plain_name(one.village)}"
    said = (state, one, who.office, who.name, who.at.date())
    text, paper = folder / f"{stem}.txt", folder / f"{stem}.pdf"
    with replacing(text) as file:
        file.write(reminder_text(*said).encode("utf-8-sig"))
    with suppress(FontsMissing):
        write_pdf(reminder_table(*said), paper, Paper.A4_PORTRAIT)
        return [text, paper]
    return [text]
