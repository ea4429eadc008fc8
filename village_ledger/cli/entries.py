"""``import``, ``post``, ``reverse``: what is written into a book."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.oldbooks import check_options
from village_ledger.cli.parser_assets import ANSWERED
from village_ledger.cli.talk import say, say_all, terminal_progress
from village_ledger.cli.writing import writing
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

_THINGS = {
    "accounts": "{count} 个新科目",
    "opening": "{count} 行期初余额",
    "vouchers": "{count} 张凭证",
    "templates": "{count} 个模板",
    "budget": "{count} 行财务计划",
    "last-year": "{count} 行上年数",
    "members": "{count} 人",
    "shares": "{count} 笔份额变动",
    "parcels": "{count} 块地",
    "contracts": "{count} 份合同",
    "panel": "{count} 人的六手印记名单",
    "assets": "{count} 项资产",
    "usage": "{count} 行工作量",
}

_PLAIN = {
    "accounts": "setup.import_accounts",
    "templates": "import_templates",
    "parcels": "import_parcels",
    "usage": "assets.import_usage",
}
"""Kinds of files that need nothing but a ledger, and the module of ``exchange`` whose ``import_<kind>`` takes them in."""
Importer = Callable[["UnitOfWork", str, Path], "Outcome[int]"]


def run_import(asked: Namespace) -> int:
    """Take a file in, all of it or nothing."""
    check_options(asked)
    if asked.kind == "old":
        from village_ledger.cli.oldbooks import import_old_books

        return import_old_books(asked)
    if asked.kind == "dump":
        from village_ledger.cli.exporting import import_dump

        return import_dump(asked)
    if asked.kind == "bank":
        from village_ledger.cli.bank import import_statement

        return import_statement(asked)
    if asked.account or asked.mapping or asked.bank:
        raise UsageError(tr("--account、--bank 和 --mapping 只用于导入对账单（bank）"))
    _check_options(asked)
    with writing(asked) as uow:
        done = _take_in(asked, uow)
        if not asked.dry_run:
            uow.commit()
    say_all(done.warnings)
    what = tr(_THINGS[asked.kind], count=done.value)
    if asked.dry_run:
        say(tr("检查过了，可以导入：{what}。账没有变化。", what=what))
    elif asked.post:
        say(tr("导入了 {what}，都已记账。", what=what))
    elif asked.kind == "vouchers":
        say(tr("导入了 {what}，等待审核和记账。", what=what))
    else:
        say(tr("导入了 {what}。", what=what))
    return 0


def _check_options(asked: Namespace) -> None:
    """Options that belong to one kind of file; raises UsageError."""
    if asked.post and asked.kind != "vouchers":
        raise UsageError(tr("--post 只用于导入凭证（vouchers）"))
    if asked.kind == "budget" and asked.year is None:
        raise UsageError(tr("导入财务计划要写明 --year 哪一年"))
    if asked.provisional and asked.kind != "opening":
        raise UsageError(tr("--provisional 只用于导入期初余额（opening）"))
    if asked.answers and asked.kind not in ANSWERED:
        raise UsageError(tr("--answers 只用于导入成员名册（members）、合同台账（contracts）和资产（assets）"))
    if asked.sheet and asked.kind != "contracts":
        raise UsageError(tr("--sheet 只用于导入合同台账（contracts）"))
    if asked.date and asked.kind != "shares":
        raise UsageError(tr("--date 只用于导入量化方案（shares）"))
    if bool(asked.report) != (asked.kind == "last-year"):
        raise UsageError(tr("--report 用于导入上年数（last-year），也一定要写"))


def _take_in(asked: Namespace, uow: UnitOfWork) -> Outcome[int]:
    """What the kind's importer did; the caller commits or leaves it undone."""
    if asked.kind in {"members", "shares", "panel"}:
        return _take_in_people(asked, uow)
    if asked.kind == "contracts":
        return _take_in_contracts(asked, uow)
    ledger = ledger_of(uow.reader, asked.ledger)
    if asked.kind in _PLAIN:
        module = import_module(f"village_ledger.exchange.{_PLAIN[asked.kind]}")
        take_in: Importer = getattr(module, f"import_{asked.kind}")
        return take_in(uow, ledger, asked.file)
    if asked.kind == "assets":
        from village_ledger.exchange.assets.import_assets import import_assets

        return import_assets(uow, ledger, asked.file, asked.answers)
    if asked.kind == "opening":
        from village_ledger.exchange.setup.import_opening import import_opening

        return import_opening(uow, ledger, asked.file, provisional=asked.provisional)
    if asked.kind == "budget":
        from village_ledger.exchange.import_budget import import_budget

        return import_budget(uow, ledger, asked.file, asked.year, asked.resolution or "")
    if asked.kind == "last-year":
        from village_ledger.exchange.setup.import_last_year import import_last_year

        return import_last_year(uow, ledger, asked.file, asked.report)
    from village_ledger.exchange.vouchers.import_vouchers import import_vouchers

    return import_vouchers(
        uow, ledger, asked.file, post=asked.post, dry_run=asked.dry_run, progress=terminal_progress()
    )


def _take_in_contracts(asked: Namespace, uow: UnitOfWork) -> Outcome[int]:
    """A contract register, the collective's where no ledger is named."""
    from village_ledger.cli.contracts import ledger_of_contracts
    from village_ledger.exchange.contracts.import_contracts import import_contracts

    ledger = ledger_of_contracts(uow.reader, asked.ledger)
    return import_contracts(uow, ledger, asked.file, asked.answers, asked.sheet or "")


def _take_in_people(asked: Namespace, uow: UnitOfWork) -> Outcome[int]:
    """Files about the village's people, which belong to no ledger."""
    if asked.kind == "members":
        from village_ledger.exchange.people.import_members import import_members

        return import_members(uow, asked.file, asked.answers)
    if asked.kind == "panel":
        from village_ledger.exchange.import_panel import import_panel

        return import_panel(uow, asked.file)
    from village_ledger.exchange.shares.import_shares import import_shares

    return import_shares(
        uow,
        asked.file,
        ledger=asked.ledger or "collective",
        day=asked.date,
        resolution=asked.resolution or "",
    )


def run_post(asked: Namespace) -> int:
    """Post what is reviewed up to a day."""
    from village_ledger.services.entry.posting import post_through

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = post_through(uow, ledger, asked.through, asked.reviewed_by or "", terminal_progress())
        uow.commit()
    say_all(done.warnings)
    if done.value:
        say(tr("记账 {count} 张，到 {day} 为止。", count=done.value, day=asked.through))
    else:
        say(tr("到 {day} 为止没有等待记账的凭证。账没有变化。", day=asked.through))
    return 0


def run_reverse(asked: Namespace) -> int:
    """Enter the voucher that undoes a posted one; its number goes to stdout."""
    from village_ledger.services.entry.corrections import reverse

    if asked.both:
        return _reverse_both(asked)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = reverse(uow, ledger, asked.voucher, asked.date, asked.reason)
        uow.commit()
    print(done.value.ref)
    say_all(done.warnings)
    say(
        tr(
            "冲销凭证 {ref} 填好了，等待审核和记账；{original} 在它记账后才算冲掉。",
            ref=done.value.ref,
            original=asked.voucher,
        )
    )
    return 0


def _reverse_both(asked: Namespace) -> int:
    """Undo both sides of an inter-ledger document; their numbers go to stdout, the collective's first."""
    from village_ledger.domain.errors import VoucherError
    from village_ledger.services.transfers import transfers

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        document = uow.reader.transfer_of(uow.reader.find_voucher(ledger, asked.voucher).id)
        if document is None:
            raise VoucherError(f"{asked.voucher} 不是两账往来的凭证，没有另一边", "请去掉 --both。")
        done = transfers.reverse(uow, document.number, asked.date, asked.reason)
        uow.commit()
    for side in done.value.sides:
        print(side.ref)
    say_all(done.warnings)
    say(tr("{number} 两边的冲销凭证填好了，等待审核和记账。", number=document.number))
    return 0
