"""Reviewing many packages in one run: each is opened, proven, checked, summed and put away again before the next.

Nothing of a package stays in memory but what the table needs, so that sixty villages take no more than one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from village_ledger.domain.village_key import Key, KnownVillage, standing_of
from village_ledger.exchange.review.package_reading import Package, manifest_in, opened, reading
from village_ledger.exchange.review.review_totals import totals_of
from village_ledger.reports.pens.output_file import replacing
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.review.checks import review
from village_ledger.storage.file.book_file import Access, open_book

Heads = dict[tuple[str, int], str]
"""Head of a ledger's chain after so many links."""
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
    """The packages named, those within folders named; raises BadPackage where not one is there."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
    if not any(path.exists() for path in found):
        raise BadPackage("没有找到送审包", f"请写 {ENDING} 文件，或放着它们的文件夹。")
    return list(dict.fromkeys(found))


def review_packages(
    paths: Sequence[Path],
    today: date,
    seen_before: Sequence[Known] = (),
    expected: Sequence[str] = (),
    progress: Progress = SILENT,
    pack: RulePack | None = None,
    compared: Sequence[KnownVillage] = (),
) -> Iterator[tuple[Reviewed, Package] | Run]:
    """Each package while it is open, reviewed by one pack of rules; the whole run last. Raises Cancelled when asked to stop.

    ``compared`` are the villages whose fingerprint somebody compared. What packages have to do with each other is said at the
    end, when it is known which of them can be read.
    """
    run = Run(pack=pack or own_pack(), before=list(seen_before))
    seen, heads = _first_looks(paths, run), dict[str, Heads]()
    asked: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for one in (*seen_before, *seen.values()):
        asked[one.book] |= {(ledger, links) for ledger, (_, links) in one.heads.items()}
    for place, (path, look) in enumerate(seen.items(), 1):
        progress.step(place, len(seen), f"第 {place} / {len(seen)} 个：{look.village}")
        try:
            with opened(path, progress) as package:
                digest = package.digest.hex()
                if digest in run.places:  # the same file under another name
                    continue
                with reading():
                    done, heads[digest] = _review(package, asked[package.manifest.book], today, run.pack)
                run.reviewed.append(done)
                run.places[digest] = path
                yield done, package
        except LedgerError as error:
            run.unread.append((path.name, str(error)))
    _hold_together(run, heads, compared)
    run.missing = missing_villages(expected, (one.known.village for one in run.reviewed))
    yield run


def _first_looks(paths: Sequence[Path], run: Run) -> dict[Path, Known]:
    """What each package says of itself, nothing unpacked: which places of the others' chains are to be asked for."""
    found: dict[Path, Known] = {}
    for path in paths:
        try:
            found[path] = Known.of(manifest_in(path), "")
        except LedgerError as error:
            run.unread.append((path.name, str(error)))
    return found


def _hold_together(run: Run, heads: Mapping[str, Heads], compared: Sequence[KnownVillage]) -> None:
    """Whether the packages follow one another, hold what earlier ones said, and are signed by their villages' keys."""
    now = [one.known for one in run.reviewed]
    faults = sequence_faults(now, run.before, compared)
    for one in run.reviewed:
        earlier = [other for other in (*run.before, *now) if other.book == one.known.book]
        one.findings += history_faults(one.known, earlier, heads[one.known.digest])
        one.findings += [fault for known, fault in faults if known.digest == one.known.digest]
    weigh_keys(run, compared)


def weigh_keys(run: Run, compared: Sequence[KnownVillage]) -> None:
    """Whose fingerprint somebody has compared by now."""
    for one in run.reviewed:
        known = one.known
        found = standing_of(compared, known.book, known.village, known.fingerprint)
        one.key_compared = found.key is not Key.FIRST


def _review(
    package: Package, asked: Iterable[tuple[str, int]], today: date, pack: RulePack
) -> tuple[Reviewed, Heads]:
    """What is found in a package, and the heads of its chains at the places asked for."""
    known = Known.of(package.manifest, package.digest.hex())
    with open_book(package.book, Access.READ) as book:
        reader = book.reader()
        heads = {place: reader.head_at(*place) for place in asked if place[0] in known.heads}
        hits = review(reader, package.manifest.span, today, pack.rules)
        totals = [
            totals_of(reader, package.manifest.span, entity.ledger) for entity in package.manifest.entities
        ]
    done = Reviewed(
        package.path.name,
        known,
        package.manifest.made_at.isoformat(" "),
        package.manifest.closed,
        package.manifest.is_demo,
        package.findings,
        hits,
        totals,
        len(package.checks),
        package.signature_holds,
    )
    return done, heads


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
