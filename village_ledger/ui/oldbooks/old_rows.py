"""Rows of the tables of taking over books: files, accounts and where they go, figures before and after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.old_mapping import Proposal
from village_ledger.domain.old_program import OldRecords
from village_ledger.i18n import tr
from village_ledger.ui.merger.merger_rows import RowsModel
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.proof_panel import ProofBlock
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.services.oldbooks.taking_in import TakenOver

FILES = (
    ScreenColumn("name", "文件", Look.CODE, "科目余额表.xlsx", stretch=1),
    ScreenColumn("folder", "在哪里", Look.TEXT, "文件夹", stretch=1),
)
MAPPING = (
    ScreenColumn("check", "", Look.CHECK, "✓"),
    ScreenColumn("old", "旧科目", Look.CODE, "112.01.01"),
    ScreenColumn("name", "旧科目名称", Look.TEXT, "应付款 - 单位 - 押金", stretch=3),
    ScreenColumn("closing", "期末余额", Look.MONEY, "-9,999,999.99", hair=True),
    ScreenColumn("new", "新科目", Look.TEXT, "3220101 提取公积", hair=True, stretch=2),
    ScreenColumn("below", "明细、往来、项目", Look.TEXT, "云屏县翠屏茶业", stretch=2),
    ScreenColumn("certainty", "把握", Look.CENTRED, "待定"),
)


def files_model(paths: Sequence[Path]) -> RowsModel:
    """The files chosen."""
    return RowsModel(FILES, [(path.name, str(path.parent)) for path in paths])


def mapping_model(chart: Chart, records: OldRecords, proposals: Sequence[Proposal]) -> RowsModel:
    """Every old account; what a person must decide bears a warning."""
    closing: dict[str, int] = {}
    for x in records.balances:
        closing[x.code] = closing.get(x.code, 0) + x.closing
    rows = [
        (
            "",
            one.old.shown,
            one.old.words,
            format_fen(closing[one.old.code]) if closing.get(one.old.code) else "",
            new_words(chart, one),
            one.detail or one.party or one.project,
            tr("已定") if one.decided else one.certainty or tr("待定"),
        )
        for one in proposals
    ]
    return RowsModel(MAPPING, rows, [_check(one) for one in proposals])


def new_words(chart: Chart, one: Proposal) -> str:
    """The account it goes to, or below."""
    return f"{one.target} {chart.get(one.target).name}" if one.target in chart else ""


def _check(one: Proposal) -> Check:
    if one.is_open:
        return Check.WARN if one.target else Check.FAIL
    return Check.GOOD


def proof_blocks(taken: TakenOver) -> list[ProofBlock]:
    """What an import makes and proves, for the panel beside the figures."""
    debit = sum(x.after.debit for x in taken.compared)
    equal = all(x.agrees for x in taken.compared)
    return [
        ProofBlock(tr("新设明细科目"), None, ((tr("个"), str(taken.accounts)),)),
        ProofBlock(tr("期初余额"), Check.GOOD, ((tr("行"), str(taken.openings)),)),
        ProofBlock(
            tr("凭证"),
            Check.GOOD,
            ((tr("日常"), str(taken.vouchers)), (tr("年终结转"), str(taken.closing))),
        ),
        ProofBlock(
            tr("逐个科目相等") if equal else tr("还没有对上"),
            Check.GOOD if equal else Check.FAIL,
            big=format_fen(debit),
            words=tr("发生额借方合计，{count} 个科目", count=len(taken.compared)),
        ),
    ]
