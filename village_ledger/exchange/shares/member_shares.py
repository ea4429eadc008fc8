"""A list of members and what each gets (往来单位, 金额), for a distribution that names them already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.exchange.reading.cells import fen_of, reason, text_of
from village_ledger.exchange.reading.tabular import Field, is_blank, read_rows

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = (Field("counterparty", "往来单位"), Field("amount", "金额"))


def read_shares(path: Path) -> tuple[tuple[str, int], ...]:
    """(name, fen) of every row. Raises UnreadableError, and ImportRefused naming every row at fault."""
    table = read_rows(path, FIELDS)
    shares: dict[str, int] = {}
    faults: list[str] = []
    for row, cells in table:
        if is_blank(cells):
            continue
        try:
            name, fen = text_of(cells[0], "往来单位", NAME_LIMIT), fen_of(cells[1])
        except LedgerError as error:
            faults.append(f"第{row}行：{reason(error)}")
            continue
        if not name or fen <= 0:
            faults.append(f"第{row}行：要有往来单位和大于零的金额")
        elif name in shares:
            faults.append(f"第{row}行：“{name}”前面已经有一行")
        else:
            shares[name] = fen
    if faults:
        raise ImportRefused(faults)
    return tuple(shares.items())
