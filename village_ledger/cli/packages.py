"""``export package``, ``verify PACKAGE`` and ``key``: what goes to the township, and whether it holds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from village_ledger.cli.talk import say, terminal_progress
from village_ledger.cli.writing import writing
from village_ledger.domain.errors import PackageError, UnreadableError
from village_ledger.domain.package import ENDING, fingerprint, package_name
from village_ledger.domain.period import Span
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Generator
    from pathlib import Path

    from village_ledger.exchange.review.package_reading import Package
    from village_ledger.storage.file.book_file import Access, BookFile
    from village_ledger.storage.reader import Reader


def run_package(asked: Namespace, span: Span | None) -> int:
    """Make a package of the whole book, its readable parts for some days."""
    from village_ledger.exchange.review.package_making import PackageOrder, make_package
    from village_ledger.exchange.review.package_papers import WRITERS

    if asked.ledger is not None:
        raise UnreadableError(tr("送审包总是整个村的两本账"), tr("请去掉 --ledger。"))
    with writing(asked) as uow:
        span = span or _last_year(uow.reader)
        order = PackageOrder(span, asked.attachments)
        target = _target(asked.output, uow.reader, span)
        made = make_package(uow, target, order, WRITERS, terminal_progress()).value
        uow.commit()
    say(tr("送审包做好了：{file}，第 {number} 包。", file=target, number=made.manifest.number))
    if not made.manifest.closed:
        say(tr("里面有没有结账的月份，乡镇看到的是现在的样子。"))
    print(made.fingerprint)
    return 0


def _target(output: Path, reader: Reader, span: Span) -> Path:
    """The file asked for, or a name of its own within the folder asked for."""
    if output.is_dir():
        return output / package_name(reader.book().village, span, len(reader.sent_packages()) + 1)
    if output.suffix.lower() != ENDING:
        raise UnreadableError(
            tr("送审包的文件名要以 {ending} 结尾", ending=ENDING), tr("请改文件名，或写一个文件夹。")
        )
    return output


def _last_year(reader: Reader) -> Span:
    return Span.of_year(max(reader.months(info.code)[-1].month.year for info in reader.ledgers()))


def verify_package(path: Path, said: str = "") -> int:
    """Whether a package is whole, signed as it says and by the known key, and its books prove; exit code 1 when not.

    ``said`` is the fingerprint as the village said it: it is remembered then.
    """
    return in_package(path, lambda _book: 0, said)


def in_package(path: Path, look: Callable[[Path], int], fingerprint_said: str = "") -> int:
    """Prove a package and say what of it holds, then look at the books within; exit code 1 when either is not well."""
    from village_ledger.exchange.review.package_reading import opened, reading

    with opened(path, terminal_progress()) as package:
        for line in told(package):
            print(line)
        changed = _told_key(package, fingerprint_said)
        for finding in package.findings:
            print(finding.sentence())
        with reading():
            code = look(package.book)
        if not package.findings:
            return 1 if changed else code
        say(tr("查出 {count} 处不对。送审包没有动，请村里核对后重新做一个。", count=len(package.findings)))
        return 1


@contextmanager
def books_in(path: Path, access: Access, by: str) -> Generator[BookFile]:
    """A book, or the copy within a package once everything of it is proven: figures nobody can trust are not printed.

    Raises PackageError for a package that does not hold, BadPackage, BookFileError.
    """
    from village_ledger.storage.file.book_file import Access, open_book

    if path.suffix.lower() != ENDING:
        with open_book(path, access, by) as book:
            yield book
        return
    from village_ledger.exchange.review.package_reading import opened, reading

    with opened(path, terminal_progress()) as package:
        if package.findings:
            raise PackageError(
                tr("{file} 对不上：{what}", file=path.name, what=package.findings[0].sentence().rstrip("。")),
                tr("请用 verify 看全部，再请村里核对后重新做一个。"),
                safe=tr("没有做报表。"),
            )
        with reading(), open_book(package.book, Access.READ) as book:
            yield book


def _told_key(package: Package, said: str) -> bool:
    """Say how the key stands to what this computer knows; whether it is another one than the village's."""
    from datetime import datetime

    from village_ledger.domain.village_key import Key
    from village_ledger.exchange.review.known_villages import accept, standing
    from village_ledger.settings import config_file

    beside = config_file().parent
    if said:
        now = datetime.now().isoformat(timespec="seconds")  # noqa: DTZ005  the wall clock of the township
        accept(beside, package, now, said)
        say(tr("指纹一样，记住了；这个村以后的包都照它核对。"))
    found = standing(beside, package)
    if found.key is Key.SAME:
        print(tr("指纹和核对过的一样。"))
    elif found.key is Key.FIRST:
        say(tr("第一次收到这个村的包：请打电话和村里核对指纹，一样就加 --fingerprint 记住。"))
    else:
        print(tr("签名密钥换过：以前核对过的指纹是 {known}。", known=found.known))
        say(tr("请打电话问村里。真换了密钥，就加 --fingerprint 写上村里念的指纹。"))
    return found.key is Key.CHANGED


def told(package: Package) -> list[str]:
    """What a package is and what of it holds, in sentences."""
    manifest = package.manifest
    sound = [check for check in package.checks if not check.findings]
    links = "，".join(f"{entity.name} {entity.links} 张凭证" for entity in manifest.entities)
    return [
        tr(
            "{village} 第 {number} 包，{span}，{at} 由 {by} 做成，{level}。",
            village=manifest.village,
            number=manifest.number,
            span=manifest.span.words(),
            at=manifest.made_at.isoformat(" "),
            by=manifest.made_by,
            level=manifest.level.words,
        ),
        tr(
            "签名{state}，指纹 {print}。",
            state=tr("有效") if package.signature_holds else tr("无效"),
            print=package.fingerprint,
        ),
        tr(
            "{links}。核对了 {all} 项，{sound} 项都对得上。",
            links=links,
            all=len(package.checks),
            sound=len(sound),
        ),
    ]


def fingerprint_in(path: Path) -> str:
    """Of the signing key that was made with a book: the township asks for it when the first package comes."""
    from village_ledger.services.review.village_keys import fingerprint_of
    from village_ledger.storage.file.book_file import Access, open_book

    with open_book(path, Access.READ) as book:
        return fingerprint_of(book.reader())


def say_key(path: Path) -> None:
    """A book just made has a new key: its fingerprint is said, for the township will ask."""
    say(tr("新账簿的签名指纹是 {print}，第一次送审时念给乡镇听。", print=fingerprint_in(path)))


def run_key(asked: Namespace) -> int:
    """Show the village's signing key by its fingerprint, or change it."""
    from village_ledger.services.review import village_keys

    if asked.act == "renew":
        with writing(asked) as uow:
            key = village_keys.make(uow, asked.reason or "").value
            uow.commit()
        say(tr("换好了。请把新的指纹告诉乡镇，以前的送审包仍用旧指纹核对。"))
        print(fingerprint(bytes(key.public)))
        return 0
    from village_ledger.storage.file.book_file import Access, open_book

    with open_book(asked.book, Access.READ) as book:
        keys = book.reader().village_keys()
    for key in keys:
        print(
            f"{key.made_at[:10]} {key.made_by} {fingerprint(bytes(key.public))}{key.reason and f' {key.reason}'}"
        )
    if not keys:
        say(tr("这本账还没有签名密钥，第一次做送审包时会做一把。"))
    return 0
