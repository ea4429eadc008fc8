"""``import assets``: asset cards from a csv or xlsx file with the columns of the contract, all of them or none.

A village's own list (``import_assets_guided``) becomes the same rows first.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.asset import check_card
from village_ledger.domain.errors import AssetError, ImportRefused, LedgerError, UnreadableError
from village_ledger.exchange.assets.import_assets_guided import is_own_list, read_own_list
from village_ledger.exchange.assets.import_assets_rows import AssetRows, read_assets
from village_ledger.exchange.reading.cells import reason
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork


def import_assets(uow: UnitOfWork, ledger: str, path: Path, answers: Path | None = None) -> Outcome[int]:
    """Register the cards of a file; returns how many.

    Raises UnreadableError for a file that is no such table, ImportRefused naming every row at fault.
    """
    if is_own_list(path):
        return take_in(uow, ledger, read_own_list(path, answers))
    if answers is not None:
        raise UnreadableError(
            tr("“{name}”就是导入用的格式，不用回答", name=path.name), tr("请去掉 --answers。")
        )
    return take_in(uow, ledger, read_assets(path))


def take_in(uow: UnitOfWork, ledger: str, found: AssetRows) -> Outcome[int]:
    """Register what was read; raises ImportRefused naming the rows whose code is taken or whose kind the chart lacks."""
    from village_ledger.services.assets import cards
    from village_ledger.services.assets.asset_accounts import accounts_of, may_charge
    from village_ledger.services.outcome import Outcome

    taken, seen = uow.reader.asset_codes(ledger), dict[str, int]()
    faults: list[str] = []
    through = cards.taken_through(uow.reader, ledger)
    for one in found.rows:
        code = one.card.code
        first = seen.setdefault(code, one.row)
        try:
            if first != one.row:
                raise AssetError(
                    tr("和第{first}行是同一个编号 {code}", first=first, code=code), tr("请改成不同的编号。")
                )
            if code in taken:
                raise AssetError(tr("编号 {code} 已经有了", code=code), tr("已登记的不用再导入。"))
            accounts_of(uow.reader, ledger, one.card.kind)
            may_charge(uow.reader, ledger, one.facts.charge)
            check_card(replace(one.card, as_of=one.card.as_of or through))
        except LedgerError as error:
            faults.append(tr("第{row}行：{why}", row=one.row, why=reason(error)))
    if faults:
        raise ImportRefused(faults)
    done = cards.add_all(uow, ledger, [(one.card, one.facts) for one in found.rows], imported=True)
    return Outcome(done.value, done.changes, (*found.notices, *done.warnings))
