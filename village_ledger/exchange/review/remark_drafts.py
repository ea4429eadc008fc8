"""A reviewer's drafts, one small file a package beside the reviewer's settings, and the signed file made of one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import BadPackage, BookFileError, PackageError
from village_ledger.domain.package import stem_of
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remarks import ENDING, Remarks, Verdict
from village_ledger.exchange.review.known_villages import ensure_compared
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.review.catalogue_review import written_of
from village_ledger.reports.review.opinion import Sent
from village_ledger.services.review.second_reviews import ensure_may_say

if TYPE_CHECKING:
    from village_ledger.exchange.review.package_reading import Package
    from village_ledger.exchange.review.review_files import Reviewer
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

FOLDER = "审阅草稿"


def load_draft(beside: Path, digest: str) -> RemarkDraft:
    """The draft of a package, an empty one where nothing was written; raises BadPackage for a file that does not read."""
    path = _place(beside, digest)
    if not path.exists():
        return RemarkDraft()
    try:
        return RemarkDraft.read(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadPackage(f"审阅草稿 {path.name} 读不出来", "请恢复它，或移开以后重新写。") from error


def keep_draft(beside: Path, digest: str, draft: RemarkDraft) -> None:
    """Keep the draft in one step; raises BookFileError where it cannot be written."""
    path = _place(beside, digest)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(json.dumps(draft.said(), ensure_ascii=False, indent=1).encode())
    except (OSError, BookFileError) as error:
        raise BookFileError(
            "没能存下审阅草稿", "请看看磁盘是不是满了，再存一次。", safe="送审包没有动，以前写的都在。"
        ) from error


def _place(beside: Path, digest: str) -> Path:
    return beside / FOLDER / f"{digest}.json"


def remarks_name(package: Package) -> str:
    """What the file to hand back is called; the automatic findings of the desk have a file of their own."""
    return f"{stem_of(package.manifest.village, package.manifest.number)}_意见{ENDING}"


def write_remarks(
    reader: Reader, draft: RemarkDraft, package: Package, who: Reviewer, target: Path
) -> Remarks:
    """Sign the draft and write the file; raises PackageError, DutyError, LedgerError for what the village could not take in."""
    ensure_may_say(reader, draft, who.name)
    passes = any(one.verdict is Verdict.PASS for one in draft.verdicts)
    if package.findings and (passes or draft.accepted):
        raise PackageError(
            f"这个送审包有 {len(package.findings)} 处对不上，不能凭它通过凭证、接受月份",
            "请去掉通过和接受的，只写意见、退回；村里重做一个包再审。",
        )
    if who.drafts is not None and (passes or draft.accepted):
        ensure_compared(who.drafts, package)
    said = who.sign(package, draft.remarks, draft.verdicts, draft.accepted)
    with replacing(target) as file:
        file.write(said.to_bytes())
    return said


def written_opinion(reader: Reader, draft: RemarkDraft, package: Package, who: tuple[str, str]) -> Table:
    """审核意见书 of what is written so far; ``who`` reviews, and for which office. Raises PackageError without a word."""
    if draft.is_empty:
        raise PackageError("还没有写意见、结论，没有可印的", "请先钉一条意见，或通过、接受一项。")
    from village_ledger.exchange.review.review_files import OFFICE

    manifest, (name, office) = package.manifest, who
    faults = len(package.findings)
    sent = Sent(manifest.number, manifest.span, package.fingerprint, faults, name, office or OFFICE)
    return written_of(reader, draft, sent)
