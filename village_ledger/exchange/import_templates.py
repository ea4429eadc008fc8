"""``import templates``: voucher templates from a file; consecutive rows of one name are one template."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.template import TITLE_LIMIT, Template, Variable
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, DraftLine
from village_ledger.exchange.reading.cells import CellReader, code_of, reason, text_of
from village_ledger.exchange.reading.tabular import Cell, Field, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

TEMPLATE_FIELDS = (
    Field("name", "模板名称"),
    Field("summary", "摘要"),
    Field("account", "科目编码"),
    Field("debit", "借方金额"),
    Field("credit", "贷方金额"),
    Field("counterparty", "往来单位", required=False),
    Field("project", "项目", required=False),
    Field("defaults", "变量默认值", required=False),
)
_TEXTS = (("summary", SUMMARY_LIMIT), ("counterparty", NAME_LIMIT), ("project", NAME_LIMIT))


def import_templates(uow: UnitOfWork, ledger: str, path: Path) -> Outcome[int]:
    """Read templates and keep them, replacing those of the same name; returns how many.

    Amounts are figures or places such as ``{金额}``; 变量默认值 is ``名=值;名=值`` on any row of a template.
    Raises UnreadableError, ImportRefused naming every row at fault.
    """
    from village_ledger.services.changes import Changes
    from village_ledger.services.entry import templates
    from village_ledger.services.outcome import Outcome

    table = read_rows(path, TEMPLATE_FIELDS)
    reader = CellReader(table)
    rows: list[tuple[int, str, DraftLine, dict[str, str]]] = []
    for row, cells in table:
        if not is_blank(cells):
            name = reader.get(row, cells, "name", lambda cell: text_of(cell, tr("模板名称"), TITLE_LIMIT), "")
            rows.append((row, name, _line(reader, row, cells), _defaults(reader, row, cells)))
    count = 0
    for name, group in groupby(rows, key=lambda one: one[1]):
        some = list(group)
        first = some[0][0]
        defaults = {key: value for *_, given in some for key, value in given.items()}
        template = Template(ledger, name, tuple(line for _, _, line, _ in some)).with_variables_named()
        template = replace(
            template,
            variables=tuple(Variable(v.name, v.kind, defaults.get(v.name, "")) for v in template.variables),
        )
        try:
            templates.keep(uow, template)
        except LedgerError as error:
            reader.note(first, reason(error))
        count += 1
    refuse([*reader.faults, *table.faults])
    if not count:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有模板", name=table.path.name), tr("请核对是不是选错了文件。")
        )
    return Outcome(count, Changes(templates=True, ledger=ledger), tuple(table.notices))


def _line(reader: CellReader, row: int, cells: Sequence[Cell]) -> DraftLine:
    texts = {
        key: reader.get(row, cells, key, lambda cell, limit=limit: text_of(cell, tr("模板"), limit), "")
        for key, limit in _TEXTS
    }
    amounts = {
        key: reader.get(row, cells, key, lambda cell: text_of(cell, tr("金额"), 60), "")
        for key in ("debit", "credit")
    }
    return DraftLine(account=reader.get(row, cells, "account", code_of, ""), **texts, **amounts)


def _defaults(reader: CellReader, row: int, cells: Sequence[Cell]) -> dict[str, str]:
    text = reader.get(row, cells, "defaults", lambda cell: text_of(cell, tr("变量默认值"), SUMMARY_LIMIT), "")
    found: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in text.replace("；", ";").split(";"))):
        name, equals, value = part.partition("=")
        if not equals:
            reader.note(row, tr("“{part}”要写成 名=值 的样子。", part=part), "defaults")
        found[name.strip()] = value.strip()
    return found
