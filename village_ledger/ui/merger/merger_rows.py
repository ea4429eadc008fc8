"""Rows of the tables of a merger: old books, accounts with another code, mutual claims, what each village brings to shares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.services.merger.merger import MergerPreview

BOOK_COLUMNS = (
    ScreenColumn("check", "", Look.CHECK, "✓"),
    ScreenColumn("village", "村", Look.CODE, "青山村青山村"),
    ScreenColumn("state", "结到", Look.TEXT, "2025年12月"),
    ScreenColumn("file", "账簿文件", Look.TEXT, "青山村.vledger", stretch=1),
)
CODE_COLUMNS = (
    ScreenColumn("village", "原村", Look.TEXT, "青山村青山"),
    ScreenColumn("old", "原科目", Look.CODE, "5110101"),
    ScreenColumn("new", "现科目", Look.CODE, "5110101"),
    ScreenColumn("name", "名称", Look.TEXT, "生产性生物资产", stretch=1),
)
CLAIM_COLUMNS = (
    ScreenColumn("check", "", Look.CHECK, "✓"),
    ScreenColumn("creditor", "谁应收", Look.TEXT, "青山村集体账", stretch=1),
    ScreenColumn("claim", "应收", Look.MONEY, "99,999.99", hair=True),
    ScreenColumn("debtor", "谁应付", Look.TEXT, "白云村集体账", stretch=1),
    ScreenColumn("debt", "应付", Look.MONEY, "99,999.99", hair=True),
    ScreenColumn("equal", "抵销", Look.MONEY, "两账往来", hair=True),
)
WORTH_COLUMNS = (
    ScreenColumn("village", "村", Look.TEXT, "青山村青山", stretch=1),
    ScreenColumn("members", "成员", Look.CENTRED, "9,999 人"),
    ScreenColumn("worth", "账面净资产", Look.MONEY, "99,999,999.99", hair=True),
)
_LEDGERS = {"collective": "集体账", "committee": "村委会账"}


class BookLine(NamedTuple):
    """A book on the list, and what is known of it."""

    path: Path
    village: str
    state: str
    trouble: str = ""


class RowsModel(FigureModel):
    """Fixed rows of text, with a mark where the first column draws one."""

    def __init__(
        self,
        columns: Sequence[ScreenColumn],
        rows: Sequence[Sequence[str]],
        checks: Sequence[Check | None] = (),
    ) -> None:
        super().__init__(columns)
        self._rows = tuple(tuple(row) for row in rows)
        self._checks = tuple(checks)

    def count(self) -> int:
        """Rows."""
        return len(self._rows)

    def text(self, row: int, column: int) -> str:
        """The text given."""
        return self._rows[row][column]

    def check(self, row: int) -> Check | None:
        """The mark given."""
        return self._checks[row] if row < len(self._checks) else None


def books_model(books: Sequence[BookLine]) -> RowsModel:
    """The books to be merged."""
    rows = [
        ("", one.village, one.state, f"{one.trouble} · {one.path}" if one.trouble else str(one.path))
        for one in books
    ]
    return RowsModel(BOOK_COLUMNS, rows, [Check.FAIL if one.trouble else Check.GOOD for one in books])


def codes_model(found: MergerPreview) -> RowsModel:
    """Accounts whose code or name is another one."""
    rows = [
        (found.villages[one.source - 1], one.old, one.new, one.name)
        for one in found.plan.codes
        if one.kind == "account"
    ]
    return RowsModel(CODE_COLUMNS, rows)


def claims_model(found: MergerPreview) -> RowsModel:
    """What they claim of each other."""
    rows = [
        (
            "",
            f"{one.creditor}{_LEDGERS[one.creditor_ledger]}",
            format_fen(one.claim),
            f"{one.debtor}{_LEDGERS[one.debtor_ledger]}",
            format_fen(one.debt),
            format_fen(one.equal) if one.within_one_ledger else tr("两账往来"),
        )
        for one in found.plan.claims
    ]
    return RowsModel(
        CLAIM_COLUMNS, rows, [Check.FAIL if x.differs else Check.GOOD for x in found.plan.claims]
    )


def worth_model(found: MergerPreview) -> RowsModel:
    """What each village brings."""
    rows = [
        (village, tr("{count} 人", count=found.members[village]), format_fen(found.worth[village]))
        for village in found.villages
    ]
    return RowsModel(WORTH_COLUMNS, rows)
