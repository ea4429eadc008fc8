"""Opening a package: its form, its signature, its files, its database, in this order; nothing is trusted before it is proven.

What breaks the form is refused (``BadPackage``) and nothing of it is opened. What is merely not as signed (a signature that does
not fit, a file that was exchanged, books that do not prove) is a finding: a reviewer may look, and sees it said on every page.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import MISREAD, BadPackage, DiskFullError, LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.domain.package import (
    ATTACHMENTS,
    BOOK,
    FIXED,
    MANIFEST,
    NO_PACKAGE,
    SIGNATURE,
    Manifest,
    fingerprint,
    read_manifest,
)
from village_ledger.domain.period import MonthState, Span
from village_ledger.exchange.review.package_zip import PackageZip, digest_of, open_zip, stamp_of
from village_ledger.services.book.verification import Checked, inspect_each
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.review.village_keys import signed_by
from village_ledger.storage.attachments.blobs import side_folder
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.reader import Reader
from village_ledger.storage.records import MonthInfo
from village_ledger.storage.review.trust import bring_up, ensure_plain
from village_ledger.storage.spec import FORMAT

if TYPE_CHECKING:
    from collections.abc import Generator

log = logging.getLogger(__name__)

SIGNED, FILES, FACTS = "P1", "P2", "P3"
"""Rules: the signature fits · every file is the one signed · the books are those the manifest speaks of."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was opened: what it says, what holds, and where its books lie for as long as it is open."""

    path: Path
    digest: bytes
    manifest: Manifest
    folder: Path
    checks: tuple[Checked, ...]

    @property
    def book(self) -> Path:
        """The copy of the books."""
        return self.folder / BOOK

    @property
    def findings(self) -> list[Finding]:
        """Everything that does not hold."""
        return [finding for check in self.checks for finding in check.findings]

    @property
    def signature_holds(self) -> bool:
        """Whether the manifest is signed by the key it names and every file is the one signed."""
        return not any(check.findings for check in self.checks if check.rule in (SIGNED, FILES))

    @property
    def fingerprint(self) -> str:
        """The key's fingerprint, to be compared with what the village says."""
        return fingerprint(self.manifest.public_key)


@contextmanager
def opened(path: Path, progress: Progress = SILENT, *, prove: bool = True) -> Generator[Package]:
    """A package for as long as the block lasts; raises BadPackage, DiskFullError, Cancelled."""
    with folder_of_ours() as folder:
        yield unpack(path, folder, progress, prove=prove)


@contextmanager
def folder_of_ours() -> Generator[Path]:
    """An empty folder that goes with everything in it when the block ends; raises DiskFullError where there can be none."""
    folder = new_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_folder() -> Path:
    """An empty folder for a package; whoever asked puts it away. Raises DiskFullError."""
    try:
        return Path(tempfile.mkdtemp(prefix="vlpkg-"))
    except OSError as error:
        raise _no_room() from error


def unpack(path: Path, folder: Path, progress: Progress = SILENT, *, prove: bool = True) -> Package:
    """Unpack into an empty folder of ours and prove; without ``prove`` the books are not gone through."""
    progress.step(0, 1, f"读{path.name}")
    with open_zip(path) as zipped:
        text, signed = zipped.whole(MANIFEST), zipped.whole(SIGNATURE)
        manifest = _manifest_of(zipped, text)
        _ensure_room(folder, zipped.total)
        checks = [Checked(SIGNED, "签名", tuple(_signature(manifest, text, signed)))]
        checks.append(Checked(FILES, "包里的文件", tuple(_extracted(zipped, manifest, folder, progress))))
        digest = digest_of(path)
    if ensure_plain(folder / BOOK) < FORMAT:
        progress.step(0, 1, "把旧格式的账簿转成现在的格式")
        bring_up(folder / BOOK)  # the unpacked copy: the package stays as it was signed
    with open_book(folder / BOOK, Access.READ) as book:
        checks.append(Checked(FACTS, "清单和账簿", _facts_of(manifest, book)))
        if prove:
            checks += inspect_each(book, progress)
    return Package(path, digest, manifest, folder, tuple(checks))


def manifest_in(path: Path) -> Manifest:
    """What a package says of itself, nothing unpacked and nothing proven; raises BadPackage for what has not a package's form."""
    with open_zip(path) as zipped:
        return _manifest_of(zipped, zipped.whole(MANIFEST))


def _manifest_of(zipped: PackageZip, text: bytes) -> Manifest:
    """The manifest, once the zip around it has the files it lists and the time it names."""
    manifest = read_manifest(text)
    if zipped.names != [MANIFEST, SIGNATURE, *(member.name for member in manifest.files)]:
        raise BadPackage("送审包里的文件和清单上的不一样")
    if zipped.stamp != stamp_of(manifest.made_at):
        raise BadPackage("送审包的包装上的时间和清单上的不一样，可能被改动过")
    return manifest


@contextmanager
def reading() -> Generator[None]:
    """Reading the books of a package: what makes our reading stumble is said as a refusal, for others may have written it.

    The log keeps where that was, never what: in books that prove the mistake may well be ours.
    """
    try:
        yield
    except MISREAD as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.info("in a package: %s, %s:%s", type(error).__name__, Path(place.filename).name, place.lineno)
        raise misread() from error


def misread() -> BadPackage:
    """The books hold something no program of ours has written."""
    return BadPackage("送审包里的账簿有一处读不出来，里面写着本程序不会写的东西")


def _ensure_room(folder: Path, total: int) -> None:
    if shutil.disk_usage(folder).free < total:
        raise _no_room()


def _no_room() -> DiskFullError:
    return DiskFullError(
        "电脑的临时文件夹写不下送审包：磁盘已满或写不进去",
        "请清出一些空间再试。",
        safe="没有留下半个文件。",
    )


def _signature(manifest: Manifest, text: bytes, signed: bytes) -> Iterator[Finding]:
    if not signed_by(manifest.public_key, text, signed):
        yield Finding(
            SIGNED,
            "送审包的签名",
            "和清单不符：清单或签名被改动过",
            "",
            found=fingerprint(manifest.public_key),
        )


def _extracted(zipped: PackageZip, manifest: Manifest, folder: Path, progress: Progress) -> Iterator[Finding]:
    """Write every file under a name of ours, and say which is not the one that was signed."""
    for done, member in enumerate(manifest.files):
        progress.step(done, len(manifest.files), f"核对{member.name}")
        made = sha256()
        try:
            with _place(folder, member.name).open("xb") as file:
                for piece in zipped.pieces(member.name):
                    made.update(piece)
                    file.write(piece)
        except OSError as error:
            raise _no_room() from error
        if zipped.size(member.name) != member.size or made.hexdigest() != member.digest:
            yield Finding(
                FILES,
                f"送审包里的 {member.name}",
                "不是签名时的那一个",
                "",
                member.digest[:16],
                made.hexdigest()[:16],
            )


def _place(folder: Path, name: str) -> Path:
    """Where a member goes: fixed names, attachments beside the book under their digests."""
    if name in FIXED:
        return folder / name
    beside = side_folder(folder / BOOK)
    with suppress(FileExistsError):
        beside.mkdir()
    return beside / name.removeprefix(ATTACHMENTS)


def _facts_of(manifest: Manifest, book: BookFile) -> tuple[Finding, ...]:
    try:
        return tuple(_facts(manifest, book))
    except LedgerError as error:
        return (Finding(FACTS, "包里的账簿", error.what),)
    except MISREAD:
        return (Finding(FACTS, "包里的账簿", "有一处读不出来，里面写着本程序不会写的东西"),)


def _facts(manifest: Manifest, book: BookFile) -> Iterator[Finding]:
    """The books within are those the manifest speaks of: village, ledgers, heads of every chain, what was sent before."""
    reader = book.reader()
    packed, own, sent = reader.packed(), reader.book(), reader.sent_packages()
    said: Sequence[tuple[str, object, object]] = (
        ("账簿编号", manifest.book, own.uid),
        ("村名", manifest.village, own.village),
        ("演示标记", manifest.is_demo, own.is_demo),
        ("遮盖级别", manifest.level.value, "" if packed is None else packed.level),
        ("做成时间", manifest.made_at, None if packed is None else datetime.fromisoformat(packed.made_at)),
        ("账套", [(e.ledger, e.name, e.code) for e in manifest.entities], _entities(book)),
        ("记账链", [(e.ledger, e.head, e.links) for e in manifest.entities], heads_of(book)),
        ("操作日志", manifest.operations, reader.last_operation().hex()),
        ("包的次序", manifest.number, len(sent) + 1),
        ("上一包", manifest.previous, bytes(sent[-1].digest).hex() if sent else NO_PACKAGE),
        ("结账情况", manifest.closed, all_closed(reader, manifest.span)),
    )
    for what, then, now in said:
        if then != now:
            yield Finding(FACTS, f"清单上的{what}", "和包里的账簿不一样", "", str(then)[:60], str(now)[:60])


def all_closed(reader: Reader, span: Span) -> bool:
    """Whether every month of some days was closed."""
    return all(month.state in (MonthState.CLOSED, MonthState.SEALED) for month in months_within(reader, span))


def months_within(reader: Reader, span: Span) -> list[MonthInfo]:
    """The months of every ledger that lie within the days, even in part, the closing period with its December."""
    return [
        month
        for info in reader.ledgers()
        for month in reader.months(info.code)
        if span.first <= month.month.last and month.month.first <= span.last
    ]


def _entities(book: BookFile) -> list[tuple[str, str, str]]:
    return [(info.code, info.entity, info.registration_code) for info in book.reader().ledgers()]


def heads_of(book: BookFile) -> list[tuple[str, str, int]]:
    """Of each ledger its code, the head of its chain and the number of links."""
    reader = book.reader()
    return [(info.code, *reader.chain_head(info.code)) for info in reader.ledgers()]
