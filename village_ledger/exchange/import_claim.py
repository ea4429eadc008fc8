"""A claim's receipts from a csv or xlsx file: one row a receipt, all of them or none."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from village_ledger.domain.claim import ClaimLine
from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import (
    CellReader,
    code_of,
    count_of,
    day_of,
    fen_of,
    reason,
    text_of,
)
from village_ledger.exchange.reading.tabular import Field, is_blank, read_rows, refuse
from village_ledger.i18n import tr

CLAIM_FIELDS = (
    Field("date", "日期"),
    Field("summary", "摘要"),
    Field("amount", "金额"),
    Field("handler", "经手人"),
    Field("witness", "证明人"),
    Field("approver", "审批人"),
    Field("account", "科目编码", required=False),
    Field("counterparty", "往来单位", required=False),
    Field("project", "项目", required=False),
    Field("invoice", "票据号", required=False),
    Field("attachments", "附件张数", required=False),
)
_TEXTS = (
    ("summary", "摘要", SUMMARY_LIMIT),
    ("counterparty", "往来单位", NAME_LIMIT),
    ("project", "项目", NAME_LIMIT),
    ("invoice", "票据号", NAME_LIMIT),
    ("handler", "经手人", NAME_LIMIT),
    ("witness", "证明人", NAME_LIMIT),
    ("approver", "审批人", NAME_LIMIT),
)


def read_claim(path: Path) -> tuple[tuple[ClaimLine, ...], tuple[str, ...]]:
    """The receipts of a file and its notices; raises UnreadableError, ImportRefused naming every row at fault."""
    table = read_rows(path, CLAIM_FIELDS)
    reader = CellReader(table)
    lines: list[ClaimLine] = []
    rows = 0
    for row, cells in table:
        if is_blank(cells):
            continue
        rows += 1
        before = len(reader.faults)

        texts = {
            key: reader.get(row, cells, key, partial(text_of, what=tr(what), limit=limit), "")
            for key, what, limit in _TEXTS
        }
        day = reader.get(row, cells, "date", day_of, None)
        amount = reader.get(row, cells, "amount", fen_of, 0)
        account = reader.get(row, cells, "account", code_of, "")
        attachments = reader.get(row, cells, "attachments", lambda cell: count_of(cell, tr("附件张数")), 1)
        if day is None or len(reader.faults) > before:
            continue
        try:
            lines.append(
                ClaimLine(day, amount=amount, account=account, attachments=attachments or 1, **texts)
            )
        except LedgerError as error:
            reader.note(row, reason(error))
    refuse([*table.faults, *reader.faults])
    if not rows:
        raise UnreadableError(tr("{name} 里一张单据也没有", name=path.name), tr("请核对文件。"))
    return tuple(lines), tuple(table.notices)
