"""Bank statements as banks write them, small ones and the two samples with the book they belong to."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

from tests import made
from tests.exchange.convert_kingdee import SAMPLES, convert
from village_ledger.domain.period import Month
from village_ledger.exchange.bank.import_bank import import_bank
from village_ledger.exchange.setup.import_accounts import import_accounts
from village_ledger.exchange.setup.import_opening import import_opening
from village_ledger.exchange.vouchers.import_vouchers import import_vouchers
from village_ledger.services.book.books import new_book
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.spec import BookSpec

RCB, ABC = SAMPLES / "bank_statement_rcb.csv", SAMPLES / "bank_statement_abc.xlsx"
EXPECTED = SAMPLES / "bank_expected.md"
ACCOUNTS = {"bank_statement_rcb.csv": "10201", "bank_statement_abc.xlsx": "10202"}
NUMBER = "8811013300003358"
HEADER = ("交易日期", "收入金额", "支出金额", "账户余额", "对方户名", "摘要", "流水号")


def stone_gate(folder: Path) -> Path:
    """The book of 石门沟村 with its journal of 2024 posted."""
    return made.copy("stone gate", _make_stone_gate, folder / "石门沟村.vledger")


def _make_stone_gate(path: Path) -> None:
    new_book(path, BookSpec("石门沟村", Month(2024, 1)), "导入")
    with (
        tempfile.TemporaryDirectory(prefix="village_") as folder,
        open_book(path, Access.WRITE, "导入") as book,
        book.unit_of_work("导入") as uow,
    ):
        accounts, opening, vouchers = convert(Path(folder))
        import_accounts(uow, "collective", accounts)
        import_opening(uow, "collective", opening)
        import_vouchers(uow, "collective", vouchers, post=True)
        uow.commit()


def take_in_samples(book: BookFile) -> None:
    """Both sample statements, each matched as it comes in."""
    for file in (RCB, ABC):
        with book.unit_of_work("向小军") as uow:
            import_bank(uow, "collective", file, account=ACCOUNTS[file.name])
            uow.commit()


def statement(
    folder: Path,
    *lines: Sequence[object],
    number: str = NUMBER,
    opening: int = 0,
    head: Iterable[Sequence[object]] | None = None,
    foot: Iterable[Sequence[object]] = (),
    name: str = "对账单.csv",
    encoding: str = "gb18030",
) -> Path:
    """A csv of (day, yuan in or out, counterparty, remark[, serial]); balances are carried from ``opening`` yuan."""
    rows: list[Sequence[object]] = list(
        head if head is not None else [("某银行账户明细",), ("账号:", f"\t{number}")]
    )
    rows.append(HEADER)
    balance = opening * 100
    for place, (day, yuan, party, remark, *serial) in enumerate(lines, 1):
        fen = round(float(str(yuan)) * 100)
        balance += fen
        came, went = (f"{fen / 100:.2f}", "") if fen > 0 else ("", f"{-fen / 100:.2f}")
        own = serial[0] if serial else f"S{str(day).replace('-', '')}{place:03d}"
        rows.append((day, came, went, f"{balance / 100:.2f}", party, remark, own))
    rows += foot
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path = folder / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_workbook(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """The same as xlsx, cells as given."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "明细"
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def expected_matches(file: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(day, amount signed, vouchers) of every line in bank_expected.md, in order."""
    part = EXPECTED.read_text(encoding="utf-8").split(f"## {file}")[1].split("\n## ")[0]
    rows: list[tuple[str, str, tuple[str, ...]]] = []
    for line in part.splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdigit():
            _, day, out, into, _, vouchers, _ = cells
            amount = f"-{out}" if out else into
            rows.append((day, amount.replace(",", ""), tuple(re.findall(r"\d{4}-\d{2}/记-\d{4}", vouchers))))
    return rows


def expected_reconciliations() -> dict[tuple[str, str], list[int]]:
    """(account, month end) → the nine figures of the table in bank_expected.md, fen."""
    part = EXPECTED.read_text(encoding="utf-8").split("## 银行存款余额调节表")[1]
    table = [
        [c.strip() for c in line.strip("|").split("|")][1:]
        for line in part.splitlines()
        if line.startswith("|") and not line.startswith(("| |", "|---"))
    ]
    columns = [("10201", d) for d in ("10-31", "11-30", "12-31")] + [
        ("10202", d) for d in ("10-31", "11-30", "12-31")
    ]
    return {
        key: [round(float(row[place].replace(",", "")) * 100) for row in table]
        for place, key in enumerate(columns)
    }
