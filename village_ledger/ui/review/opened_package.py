"""A package opened in the window: unpacked into a folder of its own, proven, and put away with everything when it closes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.package import ENDING
from village_ledger.domain.period import Month
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.exchange.review.package_reading import Package
    from village_ledger.services.entry.progress import Progress
    from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class OpenedPackage:
    """The package in view and the folder its copy lies in."""

    package: Package
    folder: Path

    @property
    def holds(self) -> bool:
        """Whether everything about it proves."""
        return not self.package.findings

    @property
    def digest(self) -> str:
        """Of the package's file, hexadecimal: remarks are kept under it."""
        return self.package.digest.hex()

    @property
    def words(self) -> tuple[str, ...]:
        """What the black bar says, part by part."""
        manifest = self.package.manifest
        signature = tr("签名有效") if self.package.signature_holds else tr("签名无效")
        proven = tr("核对 {count} 项都对", count=len(self.package.checks))
        if self.package.findings:
            proven = tr("{count} 处对不上", count=len(self.package.findings))
        last = manifest.span.last
        after = tr("接着第{number}包", number=manifest.number - 1) if manifest.number > 1 else tr("第一次送")
        return (
            signature,
            tr("截至 {year}年{month}月{day}日", year=last.year, month=last.month, day=last.day),
            proven,
            tr(
                "{village} · 第{number}包 · {after}",
                village=manifest.village,
                number=manifest.number,
                after=after,
            ),
        )

    def last_month(self, reader: Reader) -> Month:
        """The last month the package is about: that is where reviewing begins."""
        last = Month.of(self.package.manifest.span.last)
        known = [one.month for one in reader.months(reader.ledgers()[0].code)]
        return max((month for month in known if month <= last), default=known[0])

    def put_away(self) -> None:
        """Take the unpacked copy away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def is_package(path: Path) -> bool:
    """Whether a file is a package by its name."""
    return path.suffix.lower() == ENDING


def open_package(path: Path, progress: Progress) -> OpenedPackage:
    """Unpack and prove; raises BadPackage and leaves nothing then."""
    from village_ledger.exchange.review.package_reading import new_folder, unpack

    folder = new_folder()
    try:
        return OpenedPackage(unpack(path, folder, progress), folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
