"""The share clerk at the command line: every act a command, every look a report, every refusal leaves the book alone."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from tests import made
from tests.exchange.files import write_csv
from village_ledger.cli.main import main
from village_ledger.domain.period import Month
from village_ledger.storage.spec import BookSpec

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
MEMBERS = ("户编号", "户主", "姓名", "与户主关系", "性别", "证件号码", "是否成员", "成员确认日期", "备注")
EVENTS = ("日期", "事件", "股份类别", "转出账户", "转入账户", "数量", "决议文号", "备注")
BY = ("--by", "王秀英")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Answer(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    said: str


def command(*argv: object) -> Answer:
    """A command in this process; it never shows a traceback."""
    out, said = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(said):
        code = main([str(arg) for arg in argv])
    assert "Traceback" not in out.getvalue() + said.getvalue()
    return Answer(code, out.getvalue(), said.getvalue())


def contents(path: Path) -> list[str]:
    """Everything a book holds, as SQL."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def identity(serial: int, birth: str = "19750312") -> str:
    """An identity number that is arithmetically right and nobody's (area 519903 was never assigned)."""
    body = f"519903{birth}{serial:03d}"
    check = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[check]


@dataclass(frozen=True)
class Clerk:
    """A book, and the commands that are given it."""

    book: Path
    files: Iterator[int]

    @classmethod
    def found(cls, folder: Path, start: str = "2025-01") -> Clerk:
        """A new book of 石门沟村."""
        return cls(made.new_book(folder, BookSpec("石门沟村", Month.parse(start)), "建账"), count(1))

    def copy(self, folder: Path) -> Clerk:
        """The same book again, to be changed by itself."""
        book = folder / self.book.name
        book.write_bytes(self.book.read_bytes())
        return Clerk(book, count(1))

    def done(self, *argv: object) -> Answer:
        """A command that has to work; its first word, then the book."""
        answer = command(argv[0], self.book, *argv[1:])
        assert answer.code == 0, answer.said
        return answer

    def refused(self, *argv: object) -> str:
        """A command that a rule forbids; what was said. The book is byte for byte what it was."""
        before = contents(self.book)
        answer = command(argv[0], self.book, *argv[1:])
        assert answer.code == 1, (answer.code, answer.said, answer.out)
        assert contents(self.book) == before
        return answer.said

    # Preparing

    def take_members(self, file: Path) -> Answer:
        """``import members``."""
        answer = command("import", "members", self.book, file, *BY)
        assert answer.code == 0, answer.said
        return answer

    def member_file(self, rows: Iterable[Sequence[str]]) -> Path:
        """A register as the template has it."""
        return write_csv(self.book.parent / f"名册{next(self.files)}.csv", rows, MEMBERS)

    def event_file(self, *rows: str) -> Path:
        """Events from ``2025-03-01 transfer 人口股 001/甲>002/乙 30 石股社理〔2025〕1号 备注``; ``-`` where nothing stands."""
        return write_csv(self.book.parent / f"变动{next(self.files)}.csv", map(_cells, rows), EVENTS)

    def resolution(
        self, number: str, day: str, body: str = "board", votes: str = "5/5/5", *more: str
    ) -> None:
        """A resolution with its eligible, present and for."""
        eligible, present, in_favour = votes.split("/")
        counts = ("--eligible", eligible, "--present", present, "--for", in_favour)
        subject = ("--subject", "股份事项")
        self.done("resolution", number, "--date", day, "--body", body, *counts, *subject, *more, *BY)

    def died(self, key: str, day: str) -> None:
        """Somebody's death."""
        self.done("member", "death", "--person", key, "--date", day, "--basis", "死亡登记", *BY)

    def share_class(self, name: str, *options: str, decimals: int = 2) -> None:
        """A class of shares."""
        self.done("share", "class", name, "--decimals", decimals, *options, *BY)

    # Acting

    def apply(self, *rows: str) -> Answer:
        """``share apply`` of these events."""
        return self.done("share", "apply", self.event_file(*rows), *BY)

    def forbidden(self, *rows: str) -> str:
        """``share apply`` of events one of which a rule forbids."""
        return self.refused("share", "apply", self.event_file(*rows), *BY)

    # Looking

    def report(self, name: str, *options: object) -> dict[str, Any]:
        """A report as JSON."""
        return json.loads(self.done("report", name, *options, "--format", "json").out)

    def table(self, name: str, *options: object) -> list[dict[str, str]]:
        """A report as csv, by the Chinese labels."""
        text = self.done("report", name, *options, "--format", "csv").out
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    def register(self, day: str | date) -> dict[tuple[str, str], tuple[str, str, str, str]]:
        """(account, class) to free, pledged, frozen, total, as the register of a day prints them."""
        rows = self.report("share-register", "--as-of", day)["rows"]
        detail = [row for row in rows if row["role"] == "detail"]
        return {
            (row["account"], row["class"]): (row["free"], row["pledged"], row["frozen"], row["total"])
            for row in detail
        }

    def totals(self, day: str | date) -> dict[tuple[str, str], str]:
        """(account, class) to the total."""
        return {key: figures[-1] for key, figures in self.register(day).items()}


def _cells(row: str) -> list[str]:
    """The cells of an event's row."""
    day, event, share, way, quantity, resolution, *note = row.split(" ", 6)
    giver, _, receiver = way.partition(">")
    cells = [day, event, share, giver, receiver, quantity, resolution, *(note or [""])]
    return ["" if cell == "-" else cell for cell in cells]
