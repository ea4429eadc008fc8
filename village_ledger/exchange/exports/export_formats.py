"""Forms in which the books leave (``export FORMAT``): one line a form, what it is asked, what it hands back.

A form is a function ``(reader, request, place, progress) -> Exported`` that writes the file ``place``, or fills the empty
folder ``place``; ``exporting`` puts it where it was asked for once it is whole, so that no half file is ever left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from village_ledger.domain.masking import Level
from village_ledger.domain.period import Span

if TYPE_CHECKING:
    from village_ledger.services.entry.progress import Progress
    from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Seal:
    """The village's signing key, at hand."""

    public: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to leave: ``ledger`` empty for every ledger, ``span`` None for all days there are."""

    out: Path
    """Where it will stand."""
    ledger: str = ""
    span: Span | None = None
    level: Level = Level.TOWNSHIP
    reason: str = ""
    """Why whole numbers are needed; asked for with level L0."""
    by: str = ""
    seal: Seal | None = None
    """Given to a form that is signed, where the key opens."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What has been written: rows for the log, sentences for the person."""

    rows: int
    warnings: tuple[str, ...] = ()
    beside: tuple[Path, ...] = ()
    """Files put beside the place already; they go when the export does not come about after all."""


Writer = Callable[["Reader", ExportRequest, Path, "Progress"], Exported]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One form: ``home`` is the module of ``exchange`` that has it, ``ending`` that of the file, empty for a folder."""

    home: str
    function: str
    words: str
    ending: str = ""
    whole_book: bool = False
    """Whether it is always the whole book, so that neither ledger nor days can be asked for."""
    originals: bool = False
    """Whether it holds originals, which are never masked: the operation log then says so and names no level."""
    is_final: bool = False
    """Whether it is kept as it is for good: signed with the village's key, its files left read-only."""

    def writer(self) -> Writer:
        """The function; its module is loaded only now."""
        return cast("Writer", getattr(import_module(f"village_ledger.exchange.{self.home}"), self.function))


FORMATS: dict[str, ExportFormat] = {
    "hledger": ExportFormat("exports.export_hledger", "write_hledger", "hledger 的日记账", ".journal"),
    "beancount": ExportFormat(
        "exports.export_beancount", "write_beancount", "beancount 的账本", ".beancount"
    ),
    "workbook": ExportFormat(
        "exports.export_workbook", "write_workbook_of", "全部账簿和登记簿的电子表格", ".xlsx"
    ),
    "dump": ExportFormat("exports.export_dump", "write_dump", "全部数据（csv 加数据字典）", whole_book=True),
    "gbt24589": ExportFormat("exports.export_gbt24589", "write_gbt24589", "审计接口 GB/T 24589"),
    "archive": ExportFormat(
        "archive.export_archive", "write_archive", "会计档案", originals=True, is_final=True
    ),
    "posting-record": ExportFormat(
        "exports.export_postings", "write_postings", "公开表的张贴记录、异议和照片"
    ),
}
"""``export FORMAT``: add a line and its module."""
