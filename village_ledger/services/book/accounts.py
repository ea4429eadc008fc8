"""Sub-accounts below the protected first level, and the nicknames people give them."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.chart import Account, Chart, Dimension, Side
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, ImportRefused, LedgerError
from village_ledger.domain.imported import ImportedAccount
from village_ledger.domain.quantity import UNIT_LIMIT
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.quantity.register import QuantityAccounts
from village_ledger.storage.unit_of_work import UnitOfWork


def add(
    uow: UnitOfWork,
    ledger: str,
    parent: str,
    name: str,
    *,
    code: str = "",
    demands: frozenset[Dimension] | None = None,
    unit: str | None = None,
) -> Outcome[Account]:
    """Add a sub-account below ``parent`` (first free code unless one is given).

    It demands what its parent demands and is kept by quantity in its parent's ``unit`` unless told otherwise.
    Raises ChartError: a parent with lines never becomes a parent, a name is used once below one parent.
    """
    require(uow, Duty.ACCOUNTS, ledger)
    chart = uow.reader.chart(ledger)
    above = chart.get(parent)
    account = Account(
        code=code or chart.next_child_code(parent),
        name=check_text(name, "科目名称", NAME_LIMIT),
        side=above.side,
        category=above.category,
        demands=above.demands if demands is None else demands,
        unit=above.unit if unit is None else checked_unit(unit),
        quantity_required=above.quantity_required,
    )
    placed = _place(uow, ledger, chart, account)
    return Outcome(placed, Changes(accounts=True, ledger=ledger))


def _place(uow: UnitOfWork, ledger: str, chart: Chart, account: Account) -> Account:
    if not account.name:
        raise ChartError(f"科目 {account.code} 没有名称", "请填上名称。")
    _, placed = chart.with_account(account)
    twin = next((a for a in chart if a.parent == placed.parent and a.name == placed.name), None)
    if twin is not None:
        raise ChartError(
            f"{placed.parent} 下已经有“{placed.name}”（{twin.code}）", "请用已有的科目，或换一个名称。"
        )
    if chart.get(placed.parent).is_leaf and uow.accounts.has_lines(ledger, placed.parent):
        raise ChartError(
            f"{placed.parent} {chart.get(placed.parent).name} 已经有账，不能再设下级科目",
            "请在别的科目下增设，或从下一年起用新科目。",
        )
    uow.accounts.add(ledger, placed)
    if placed.unit:
        QuantityAccounts(uow).keep(ledger, placed.code, placed.unit, required=placed.quantity_required)
    uow.log.add("增设科目", ledger=ledger, subject=placed.code, detail=describe(placed))
    return placed


def import_accounts(uow: UnitOfWork, ledger: str, rows: Sequence[ImportedAccount]) -> Outcome[int]:
    """Take in an account file; an identical account is fine. All or nothing; returns how many are new.

    Raises ImportRefused naming every row at fault.
    """
    require(uow, Duty.ACCOUNTS, ledger)
    faults: list[str] = []
    notices: list[str] = []
    new = 0
    for row in sorted(rows, key=lambda r: (len(r.code), r.code)):
        chart = uow.reader.chart(ledger)
        try:
            if row.code in chart:
                _match_existing(uow, ledger, chart.get(row.code), row)
                continue
            account = Account(
                row.code,
                row.name,
                row.side,
                "",
                active=row.active,
                demands=row.demands,
                unit=row.unit,
                quantity_required=row.quantity_required,
            )
            placed = _place(uow, ledger, chart, account)
            new += 1
        except LedgerError as error:
            faults.append(f"第{row.row}行：{error.what}。{error.next_step}")
            continue
        above = chart.get(placed.parent)
        if above.demands - placed.demands:
            words = "、".join(sorted(d.value for d in above.demands - placed.demands))
            notices.append(
                f"第{row.row}行：{placed.code} {placed.name} 没有设辅助核算，上级 {above.code} 要求{words}。"
            )
    if faults:
        raise ImportRefused(sorted(faults, key=_row_of))
    return Outcome(new, Changes(accounts=True, ledger=ledger), tuple(notices))


def _match_existing(uow: UnitOfWork, ledger: str, account: Account, row: ImportedAccount) -> None:
    if row.name != account.name or row.side is not account.side:
        raise ChartError(
            f"科目 {row.code} 已经是“{account.name}”（{account.side.value}方），文件里写的是“{row.name}”（{row.side.value}方）",
            "请改用别的编码，或把文件改成一致。",
        )
    demands = row.demands or account.demands
    if (account.active, account.demands) != (row.active, demands):
        uow.accounts.update(
            ledger, row.code, active=row.active, demands=";".join(sorted(d.value for d in demands))
        )
        _log_changed(uow, ledger, row.code)
    if row.unit:
        _keep(uow, ledger, row.code, row.unit, required=row.quantity_required)


def keep_by_quantity(
    uow: UnitOfWork, ledger: str, code: str, unit: str, *, required: bool = False
) -> Outcome[Account]:
    """Keep a leaf by quantity (数量核算) in a unit, or with an empty unit no more.

    With ``required`` a voucher line without a quantity is refused, without it is warned of. Raises ChartError once a line or
    an opening balance was measured in another unit.
    """
    require(uow, Duty.ACCOUNTS, ledger)
    account = uow.reader.chart(ledger).get(code)
    if not account.is_leaf:
        raise ChartError(f"{code} {account.name} 有下级科目，不按数量核算", "请给它的下级科目设计量单位。")
    if not unit.strip():
        if not account.unit:
            raise ChartError(f"{code} {account.name} 没有写计量单位", "请写斤、亩、头之类的单位。")
        _ensure_unmeasured(uow, ledger, account)
        QuantityAccounts(uow).end(ledger, code)
        _log_changed(uow, ledger, code)
    else:
        _keep(uow, ledger, code, unit, required=required)
    return Outcome(uow.reader.chart(ledger).get(code), Changes(accounts=True, ledger=ledger))


def _keep(uow: UnitOfWork, ledger: str, code: str, unit: str, *, required: bool) -> None:
    account, unit = uow.reader.chart(ledger).get(code), checked_unit(unit)
    if (account.unit, account.quantity_required) == (unit, required):
        return
    if not account.is_leaf:
        raise ChartError(f"{code} {account.name} 有下级科目，不按数量核算", "请给它的下级科目设计量单位。")
    if account.unit and account.unit != unit:
        _ensure_unmeasured(uow, ledger, account)
    QuantityAccounts(uow).keep(ledger, code, unit, required=required)
    _log_changed(uow, ledger, code)


def _ensure_unmeasured(uow: UnitOfWork, ledger: str, account: Account) -> None:
    if uow.reader.measured(ledger, account.code):
        raise ChartError(
            f"{account.code} {account.name} 已经按“{account.unit}”记了数量，计量单位不能再改",
            "请另设一个科目，用新的单位。",
        )


def _log_changed(uow: UnitOfWork, ledger: str, code: str) -> None:
    account = uow.reader.chart(ledger).get(code)
    uow.log.add("修改科目", ledger=ledger, subject=code, detail=describe(account))


def checked_unit(unit: str) -> str:
    """A unit as it is kept; raises TextError for one that is no short, plain word."""
    return check_text(unit, "计量单位", UNIT_LIMIT)


def learn_alias(uow: UnitOfWork, ledger: str, alias: str, code: str) -> Outcome[None]:
    """Remember what a user calls an account; raises ChartError for none or for an account no line may name."""
    require(uow, Duty.PREPARE, ledger)
    uow.reader.chart(ledger).usable_leaf(code)
    name = check_text(alias, "别名", NAME_LIMIT)
    if not name:
        raise ChartError("别名是空的", "请写下平时怎么叫它。")
    uow.accounts.learn_alias(ledger, name, code)
    return Outcome(None, Changes(accounts=True, ledger=ledger))


def describe(account: Account) -> str:
    """An account in the operation log: everything about it, so that ``verify`` can compare."""
    demands = ";".join(sorted(d.value for d in account.demands))
    state = "启用" if account.active else "停用"
    measured = f"|数量 {account.unit}{' 必填' if account.quantity_required else ''}" if account.unit else ""
    return f"{account.name}|{account.side.value}|{state}|{demands}{measured}"


def side_of(word: str) -> Side:
    """借 or 贷; raises ChartError."""
    try:
        return Side(word.strip().removesuffix("方"))
    except ValueError:
        raise ChartError(f"余额方向“{word}”不对", "请写借或贷。") from None


def _row_of(fault: str) -> int:
    return int(fault[1 : fault.index("行")])
