"""The township's desk (乡镇审阅台): what command and page do with a folder of packages, and what stays beside the reports.

Villages that are expected stand in a text file a person may edit; what was seen of each village stands in ``reviewing.DESK``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from village_ledger.domain.errors import BadPackage, BookFileError, PeriodError
from village_ledger.domain.period import Month
from village_ledger.domain.review_check import RulePack
from village_ledger.domain.township import Reviewed
from village_ledger.exchange.review.known_villages import known_villages
from village_ledger.exchange.review.package_reading import Package, opened, reading
from village_ledger.exchange.review.reminders import write_reminders
from village_ledger.exchange.review.review_files import Reviewer, Stems, write_summary, write_village
from village_ledger.exchange.review.reviewing import Run, packages_in, remember, remembered, review_packages
from village_ledger.reports.pens.output_file import replacing
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.review.rule_packs import load_pack

EXPECTED = "应送的村.txt"
"""One village a line, beside the reports."""
DUE = "账要到的月份.txt"
"""The month the books should go to, beside the reports."""
_MONTH = re.compile(r"([1-9][0-9]{3})[-./年]([0-9]{1,2})月?", re.ASCII)


def review_folder(  # noqa: PLR0913  all but the first three have a use of their own and a default
    packages: Sequence[Path],
    desk: Path,
    today: date,
    expected: Sequence[str] | None = None,
    who: Reviewer | None = None,
    progress: Progress = SILENT,
    rules: Path | None = None,
    due: Month | None = None,
    *,
    keys: Path | None = None,
) -> Run:
    """Review all packages against what the desk remembers; with a reviewer reports and remarks are written on the way.

    ``rules`` is a pack of the county's own for all of them, None the program's. ``expected`` are the villages that should
    send, None those kept beside the reports. ``due`` is the month the books should go to; without one it is the month kept
    beside the reports until most villages are past it, and what most reach from then on. Without a reviewer nothing is
    written at all. ``keys`` is the folder where compared fingerprints are kept. Raises BadRules, BadPackage, PackageError,
    BookFileError, Cancelled.
    """
    pack = load_pack(rules)
    found, before, kept = packages_in(packages), remembered(desk), kept_due(desk)
    compared = [] if keys is None else known_villages(keys)
    if who is not None:
        _ensure_writable(desk)
    run, stems = Run(), Stems(before)
    villages = expected_villages(desk) if expected is None else expected
    for done in review_packages(found, today, before, villages, progress, pack, compared):
        if isinstance(done, Run):
            run = done
        elif who is not None:
            _write_village(desk, stems.of(done[0].known), *done, who, pack)
    run.due = str(due) if due is not None else (kept if kept >= run.state().due else "")
    if who is not None:
        _finish(desk, run, who, expected, due)
    return run


def write_reports(
    run: Run,
    desk: Path,
    who: Reviewer,
    expected: Sequence[str] = (),
    progress: Progress = SILENT,
    due: Month | None = None,
) -> None:
    """Write what a run found, each package opened again; raises BadPackage where one is not the reviewed one any more."""
    _ensure_writable(desk)
    stems = Stems(remembered(desk))
    for place, done in enumerate(run.reviewed, 1):
        progress.step(
            place - 1, len(run.reviewed), f"写第 {place} / {len(run.reviewed)} 个：{done.known.village}"
        )
        with opened(run.places[done.known.digest], prove=False) as package:
            if package.digest.hex() != done.known.digest:
                raise BadPackage(f"{done.file} 在审阅以后被换过", "请重新审阅，再写报告。")
            _write_village(desk, stems.of(done.known), done, package, who, run.pack)
    progress.step(len(run.reviewed), len(run.reviewed), "写汇总")
    _finish(desk, run, who, expected, due)


def _write_village(
    desk: Path, stem: str, done: Reviewed, package: Package, who: Reviewer, pack: RulePack
) -> None:
    try:
        with reading():
            write_village(desk, stem, done, package, who, pack)
    except OSError as error:
        raise _unwritable(desk) from error


def _unwritable(desk: Path) -> BookFileError:
    return BookFileError(f"写不了 {desk}", "请清出一些空间或换一个能写的文件夹，再写一次。")


def _ensure_writable(desk: Path) -> None:
    try:
        desk.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(desk) from error


def _finish(desk: Path, run: Run, who: Reviewer, expected: Sequence[str] | None, due: Month | None) -> None:
    try:
        write_summary(desk, run)
        write_reminders(desk, run.state(), who)
        remember(desk, remembered(desk), run)
        if expected is not None:
            _keep(desk / EXPECTED, "\n".join(expected))
        if due is not None:
            _keep(desk / DUE, str(due))
    except OSError as error:
        raise _unwritable(desk) from error


def expected_villages(desk: Path) -> list[str]:
    """The villages that should send, as kept beside the reports; raises BadPackage for a file that does not read."""
    path = desk / EXPECTED
    if not path.exists():
        return []
    try:
        return villages_in(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadPackage(f"{EXPECTED} 读不出来", "请存成 UTF-8 的文字文件，一行一个村。") from error


def _keep(path: Path, text: str) -> None:
    with replacing(path) as file:
        file.write(f"{text}\n".encode())


def kept_due(desk: Path) -> str:
    """The month kept beside the reports, empty where nobody said one; raises BadPackage for a file that does not read."""
    path = desk / DUE
    if not path.exists():
        return ""
    try:
        said = path.read_text(encoding="utf-8-sig").strip()
        return str(month_due(said) or "")
    except (OSError, ValueError, PeriodError) as error:
        raise BadPackage(f"{DUE} 读不出来", "请在里面写一个月份，像 2025-06；不要就把它删掉。") from error


def month_due(text: str) -> Month | None:
    """A month as somebody wrote it, 2025-06 or 2025年6月; None for nothing. Raises PeriodError for what is no month."""
    text = text.strip()
    if not text:
        return None
    said = _MONTH.fullmatch(text)
    if said is None or not 1 <= int(said[2]) <= 12:
        raise PeriodError(f"“{text}”不是月份", "请写成 2025-06 或 2025年6月 的样子。")
    return Month(int(said[1]), int(said[2]))


def villages_in(text: str) -> list[str]:
    """Names of villages as somebody wrote them: a line each, or with commas and spaces between."""
    return list(dict.fromkeys(re.sub(r"[、，,；;]", " ", text).split()))
