"""Personal numbers that leave the book whole: who took them, what for, how many lines; never a number (规范 12号 art. 32)."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import MemberError
from village_ledger.domain.masking import Level
from village_ledger.services.changes import Changes
from village_ledger.services.dividends.dividend_files import BankRow, Layout, bank_rows
from village_ledger.services.dividends.dividend_payments import Paying
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.services.staff.sealing import opener
from village_ledger.storage.people.records import Dividend
from village_ledger.storage.unit_of_work import UnitOfWork

EXPORTED = "导出个人信息"
"""The action in the operation log."""
PUBLISHED = "导出公开表"
"""The action of handing out sheets for the wall: masked, so nothing personal leaves whole."""
_WHOLE = {"id_number": "身份证号", "account": "银行账号"}
"""Columns of a pay list that carry whole numbers."""


def record(
    uow: UnitOfWork, what: str, lines: int, level: Level = Level.INTERNAL, *, ledger: str = ""
) -> None:
    """Write into the log what leaves the book; the caller commits before anything is written out."""
    uow.log.add(EXPORTED, ledger=ledger, subject=what, detail=_detail(level, lines))


def _detail(level: Level, lines: int) -> str:
    return f"{level.value} {level.words}，{lines} 行"


def published(uow: UnitOfWork, what: str, lines: int, *, ledger: str = "") -> None:
    """Write into the log what is handed to the public, already masked (L2); the caller commits."""
    uow.log.add(PUBLISHED, ledger=ledger, subject=what, detail=_detail(Level.PUBLIC, lines))


def may_take_register(uow: UnitOfWork) -> None:
    """Raise DutyError unless the person may take out the register with whole numbers, MemberError without the key."""
    require(uow, Duty.EXPORT)
    if opener(uow.reader) is None and uow.reader.key_check() is not None:
        raise MemberError("证件号码加密着，现在没有钥匙", "请先登录，再出写全号码的名册。")


def bank_file(
    uow: UnitOfWork, dividend: Dividend, items: Sequence[Paying], layout: Layout
) -> Outcome[list[BankRow]]:
    """The bank's pay list with whole account numbers, written into the log. Raises MemberError without the key."""
    if opener(uow.reader) is None and uow.reader.key_check() is not None:
        raise MemberError("银行账号加密着，现在没有钥匙", "请先登录，再出代发文件。")
    rows = bank_rows(uow.reader, dividend, items, layout)
    columns = "、".join(
        words for key, words in _WHOLE.items() if any(key == one for one, _ in layout.columns)
    )
    what = f"{dividend.year}年度收益分红代发名册（{layout.name}：{columns}）"
    record(uow, what, len(rows), ledger=dividend.ledger)
    return Outcome(rows, Changes())
