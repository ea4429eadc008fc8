"""Reviewing many packages in one run: each is opened, proven, checked, summed and put away again before the next.

Nothing of a package stays in memory but what the table needs, so that sixty villages take no more than one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from village_ledger.domain.desk_state import DeskState, desk_state
from village_ledger.domain.errors import BadPackage, LedgerError
from village_ledger.domain.package import ENDING
from village_ledger.domain.review_check import RulePack, own_pack
from village_ledger.domain.township import (
    Known,
    Reviewed,
    history_faults,
    missing_villages,
    sequence_faults,
)
from village_ledger.exchange.review.package_reading import Package, opened, reading
from village_ledger.exchange.review.review_totals import totals_of
from village_ledger.reports.pens.output_file import replacing
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.review.checks import review
from village_ledger.storage.file.book_file import Access, open_book

DESK = "已收送审包.json"
"""What the desk remembers, beside its reports."""


@dataclass(slots=True)
class Run:
    """One run over a folder of packages."""

    reviewed: list[Reviewed] = field(default_factory=list[Reviewed])
    unread: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Files that are no packages, and why."""
    missing: list[str] = field(default_factory=list[str])
    places: dict[str, Path] = field(default_factory=dict[str, Path])
    """Where each package lies, by its digest."""
    pack: RulePack = field(default_factory=own_pack)
    """The rules all of them were reviewed by."""
    before: list[Known] = field(default_factory=list[Known])
    """What the desk had seen before."""
    due: str = ""
    """The month the books were asked to go to, empty where nobody said one."""

    def state(self) -> DeskState:
        """A row a village."""
        return desk_state(self.reviewed, self.unread, self.missing, self.before, self.due)

    @property
    def has_findings(self) -> bool:
        """Whether something cannot be trusted or read, has not come for the month asked for, or is grave."""
        wanting = self.unread or self.missing or (self.due and self.state().behind)
        return bool(wanting) or any(one.findings or one.grave for one in self.reviewed)


def packages_in(paths: Sequence[Path]) -> list[Path]:
    """The packages named, those within folders named; raises BadPackage where there is none at all."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
    if not found:
        raise BadPackage("没有找到送审包", f"请写 {ENDING} 文件，或放着它们的文件夹。")
    return list(dict.fromkeys(found))


def review_packages(
    paths: Sequence[Path],
    today: date,
    seen_before: Sequence[Known] = (),
    expected: Sequence[str] = (),
    progress: Progress = SILENT,
    pack: RulePack | None = None,
) -> Iterator[tuple[Reviewed, Package] | Run]:
    """Each package while it is open, reviewed by one pack of rules; the whole run last. Raises Cancelled when asked to stop."""
    run = Run(pack=pack or own_pack(), before=list(seen_before))
    earlier: dict[str, list[Known]] = defaultdict[str, list[Known]](list)
    for one in seen_before:
        earlier[one.book].append(one)
    manifests = _manifests(paths, run)
    for known in manifests.values():
        earlier[known.book].append(known)
    for place, (path, known) in enumerate(manifests.items(), 1):
        progress.step(place, len(manifests), f"第 {place} / {len(manifests)} 个：{known.village}")
        try:
            with opened(path, progress) as package:
                with reading():
                    done = _review(package, earlier[known.book], today, run.pack)
                run.reviewed.append(done)
                run.places[known.digest] = path
                yield done, package
        except LedgerError as error:
            run.unread.append((path.name, str(error)))
    faults = sequence_faults(manifests.values(), seen_before)
    for known, fault in faults:
        for one in run.reviewed:
            if one.known.digest == known.digest:
                one.findings.append(fault)
    run.missing = missing_villages(expected, (one.known.village for one in run.reviewed))
    yield run


def _manifests(paths: Sequence[Path], run: Run) -> dict[Path, Known]:
    """What each package says of itself; twins of one file are read once."""
    found: dict[Path, Known] = {}
    digests: set[str] = set()
    for path in paths:
        try:
            with opened(path, prove=False) as package:
                known = Known.of(package.manifest, package.digest.hex())
        except LedgerError as error:
            run.unread.append((path.name, str(error)))
            continue
        if known.digest in digests:
            continue
        digests.add(known.digest)
        found[path] = known
    return found


def _review(package: Package, earlier: Sequence[Known], today: date, pack: RulePack) -> Reviewed:
    known = Known.of(package.manifest, package.digest.hex())
    findings = package.findings
    with open_book(package.book, Access.READ) as book:
        reader = book.reader()
        asked = {(ledger, links) for one in earlier for ledger, (_, links) in one.heads.items()}
        heads = {place: reader.head_at(*place) for place in asked if place[0] in known.heads}
        findings += history_faults(known, earlier, heads)
        hits = review(reader, package.manifest.span, today, pack.rules)
        totals = [
            totals_of(reader, package.manifest.span, entity.ledger) for entity in package.manifest.entities
        ]
    return Reviewed(
        package.path.name,
        known,
        package.manifest.made_at.isoformat(" "),
        package.manifest.closed,
        package.manifest.is_demo,
        findings,
        hits,
        totals,
        len(package.checks),
        package.signature_holds,
    )


# what the desk remembers


def remembered(folder: Path) -> list[Known]:
    """Packages seen before; raises BadPackage for a file that does not read."""
    path = folder / DESK
    if not path.exists():
        return []
    try:
        said = cast("list[dict[str, Any]]", json.loads(path.read_text(encoding="utf-8")))
        return [Known.read(one) for one in said]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadPackage(f"{DESK} 读不出来", "请恢复它，或移开以后重新收一遍。") from error


def remember(folder: Path, before: Sequence[Known], run: Run) -> None:
    """Keep what was seen; a package that does not hold is not remembered, so that a true one is not measured by it."""
    kept = {one.digest: one for one in before}
    kept |= {one.known.digest: one.known for one in run.reviewed if not one.findings}
    with replacing(folder / DESK) as file:
        file.write(json.dumps([asdict(one) for one in kept.values()], ensure_ascii=False, indent=1).encode())
