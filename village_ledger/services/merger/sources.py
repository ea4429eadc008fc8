"""Old books opened for a merger: held for the one who merges, read as values, told apart by their chains and files."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from hashlib import file_digest
from pathlib import Path

from village_ledger.domain.errors import BookBusy
from village_ledger.domain.merger import (
    NOTHING_MADE,
    MergerError,
    OldLedger,
    Source,
    by_demands,
    household_codes,
)
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.merger.register import SourceFacts
from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class OldBook:
    """An old book, open, and what is taken from it."""

    path: Path
    book: BookFile
    source: Source

    @property
    def number(self) -> int:
        """Its place among those merged."""
        return self.source.number

    @property
    def village(self) -> str:
        """Its village."""
        return self.source.village

    @property
    def reader(self) -> Reader:
        """Everything that can be read of it."""
        return self.book.reader()

    def households(self) -> list[str]:
        """Its household numbers."""
        return list(self.reader.last_household_facts())


@contextmanager
def old_books(paths: Sequence[Path], day: date, by: str, *, hold: bool = True) -> Generator[list[OldBook]]:
    """The old books as of a day; ``hold`` keeps everybody else from writing meanwhile.

    Raises MergerError for fewer than two books or one named twice, BookBusy for one that is open elsewhere.
    """
    if len(paths) < 2:
        raise MergerError("只有一本账簿，合并要两本以上", "请写上各村的账簿。")
    _ensure_different(paths)
    with ExitStack() as stack:
        found: list[OldBook] = []
        for number, path in enumerate(paths, 1):
            book = stack.enter_context(open_book(path, Access.WRITE if hold else Access.READ, by))
            if hold and book.read_only and "打开" in book.read_only_reason:
                raise BookBusy(
                    f"{path.name}：{book.read_only_reason}",
                    "请对方关闭后再合并。",
                    safe=NOTHING_MADE,
                )
            found.append(OldBook(path, book, read_source(number, book.reader(), day)))
        _ensure_villages(found)
        codes = household_codes([one.source.village for one in found], [one.households() for one in found])
        yield [
            replace(one, source=replace(one.source, households=new))
            for one, new in zip(found, codes, strict=True)
        ]


def _ensure_different(paths: Sequence[Path]) -> None:
    seen: set[Path] = set()
    for path in paths:
        whole = path.resolve()
        if whole in seen:
            raise MergerError(f"{path.name} 写了两次，同一本账簿不能和自己合并", "请写上各村的账簿。")
        seen.add(whole)


def _ensure_villages(books: Sequence[OldBook]) -> None:
    uids: dict[str, OldBook] = {}
    villages: dict[str, OldBook] = {}
    for one in books:
        twin = uids.setdefault(one.reader.book().uid, one)
        if twin is not one:
            raise MergerError(
                f"{twin.path.name} 和 {one.path.name} 是同一本账簿（其中一个是抄本）", "请写上各村的账簿。"
            )
        same = villages.setdefault(one.village, one)
        if same is not one:
            raise MergerError(
                f"{same.path.name} 和 {one.path.name} 的村名都是“{one.village}”",
                "原村要分得清，请核对是不是选错了账簿。",
            )


def read_source(number: int, reader: Reader, day: date) -> Source:
    """A book's ledgers with what stood in them at the end of a day."""
    with reader.snapshot():
        ledgers = tuple(
            OldLedger(
                info.code,
                info.kind,
                info.title,
                info.entity,
                info.chart_id,
                reader.chart(info.code),
                by_demands(reader.chart(info.code), reader.balances_at(info.code, day)),
            )
            for info in reader.ledgers()
        )
        people = frozenset(one.name for one in reader.people())
        return Source(number, reader.book().village, ledgers, people)


def facts_of(one: OldBook) -> SourceFacts:
    """An old book as it is written down in the new one: its chains and the digest of its file."""
    reader = one.reader
    main = reader.main_ledgers()
    entities = (main[0].entity, main[1].entity) if main else (reader.ledgers()[0].entity, "")
    with one.path.open("rb") as file:
        digest = file_digest(file, "sha256").digest()
    return SourceFacts(
        one.number,
        one.village,
        reader.book().uid,
        one.path.name,
        *entities,
        heads=reader.chain_heads(),
        digest=digest,
    )
