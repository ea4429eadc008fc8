"""``import old``: the books of Kingdee KIS or Yonyou T3."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all, terminal_progress
from village_ledger.cli.writing import writing
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village_ledger.exchange.separation.import_old import OldReading
    from village_ledger.reports.table import Table
    from village_ledger.services.oldbooks.taking_in import TakenOver
    from village_ledger.storage.unit_of_work import UnitOfWork


def check_options(asked: Namespace) -> None:
    """Options of ``import old`` beside another kind are wrong usage; raises UsageError."""
    only = (
        ("--map", asked.map),
        ("--write-map", asked.write_map),
        ("--accept", asked.accept),
        ("--renumber", asked.renumber),
        ("--keep-open", asked.keep_open),
        ("--fold", asked.fold),
        ("--format", asked.format),
    )
    used = [word for word, value in only if value]
    if asked.kind != "old" and used:
        raise UsageError(tr("{words} 只用于导入旧账（old）", words="、".join(used)))
    if asked.kind != "old" and asked.more:
        raise UsageError(tr("一次只导入一个文件；导入旧账（old）才可以给几个"))
    if asked.kind == "old" and asked.post:
        raise UsageError(tr("旧账导入随即记账，不用写 --post"))


def import_old_books(asked: Namespace) -> int:
    """Read, propose, prove; write unless it is only a look. Exit 1 while something must be decided."""
    from village_ledger.exchange.oldbooks.old_map import read_old_map
    from village_ledger.exchange.separation.import_old import OldOptions, import_old, read_old
    from village_ledger.services.oldbooks.scope import Wishes

    decisions = read_old_map(asked.map) if asked.map else {}
    options = OldOptions(
        decisions, Wishes(asked.keep_open, asked.renumber), keep_details=not asked.fold, accept=asked.accept
    )
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        reading = read_old(uow.reader, ledger, [asked.file, *asked.more], decisions)
        _write_map(asked, uow, ledger, reading)
        if reading.open_ones and not asked.accept:
            return _still_open(asked, uow, ledger, reading)
        done = import_old(uow, ledger, reading, options, terminal_progress())
        if asked.format:
            _print(asked, [mapping(uow, ledger, reading), comparison(uow, ledger, reading, done.value)])
        if not asked.dry_run:
            uow.commit()
    say_all(done.warnings)
    _say_done(asked, done.value)
    return 0


def _say_done(asked: Namespace, taken: TakenOver) -> None:
    what = tr(
        "新设明细科目 {accounts} 个，期初 {openings} 行，凭证 {vouchers} 张",
        accounts=taken.accounts,
        openings=taken.openings,
        vouchers=taken.vouchers + taken.closing,
    )
    if asked.dry_run:
        say(
            tr(
                "检查过了，可以导入：{what}；{count} 个科目前后逐个相等。账没有变化。",
                what=what,
                count=len(taken.compared),
            )
        )
    else:
        say(tr("导入了旧账：{what}；{count} 个科目前后逐个相等。", what=what, count=len(taken.compared)))


def _still_open(asked: Namespace, uow: UnitOfWork, ledger: str, reading: OldReading) -> int:
    if asked.format:
        _print(asked, [mapping(uow, ledger, reading)])
    for one in reading.open_ones:
        say(
            tr(
                "{code} {name}：{note}",
                code=one.old.shown,
                name=one.old.words,
                note=one.note or tr("要由村里定"),
            )
        )
    say(
        tr(
            "还有 {count} 个旧科目要由村里定：用 --write-map 写出对照表，改好再用 --map 读回来；"
            "都照提议办就加 --accept。账没有变化。",
            count=len(reading.open_ones),
        )
    )
    return 1


def _write_map(asked: Namespace, uow: UnitOfWork, ledger: str, reading: OldReading) -> None:
    if not asked.write_map:
        return
    from village_ledger.reports.pens.render_text import write_csv

    write_csv(mapping(uow, ledger, reading), asked.write_map)
    say(tr("科目对照表写好了：{file}", file=asked.write_map))


def mapping(uow: UnitOfWork, ledger: str, reading: OldReading) -> Table:
    """The proposals as a table."""
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.oldbooks.old_tables import mapping_table

    issuer, chart = issuer_of(uow.reader, ledger), uow.reader.chart(ledger)
    return mapping_table(issuer, chart, reading.records, reading.proposals)


def comparison(uow: UnitOfWork, ledger: str, reading: OldReading, taken: TakenOver) -> Table:
    """Balances before and after as a table."""
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.oldbooks.old_tables import comparison_table

    records = reading.records
    return comparison_table(
        issuer_of(uow.reader, ledger),
        uow.reader.chart(ledger),
        taken.compared,
        (records.entity, records.span.words(), records.program.words),
    )


def _print(asked: Namespace, tables: Sequence[Table]) -> None:
    from village_ledger.reports.pens.render_text import csv_text, json_text

    tables = [replace(table, sums_on_paper=False) for table in tables]
    for text in json_text(tables) if asked.format == "json" else csv_text(tables):
        sys.stdout.write(text)
