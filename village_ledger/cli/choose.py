"""Which ledger of a book a command means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


def ledger_of(reader: Reader, asked: str | None) -> str:
    """The ledger asked for, or the only one; raises UsageError naming those there are."""
    there = {info.code: info.title for info in reader.ledgers()}
    if asked is None and len(there) == 1:
        return next(iter(there))
    known = "、".join(f"{code}（{title}）" for code, title in there.items())
    if asked is None:
        raise UsageError(
            tr("这个账簿里有 {count} 本账，没有说是哪一本", count=len(there)),
            tr("请加上 --ledger，可以是：{known}。", known=known),
        )
    if asked not in there:
        raise UsageError(
            tr("这个账簿里没有代号为“{ledger}”的账", ledger=asked),
            tr("--ledger 可以是：{known}。", known=known),
        )
    return asked
