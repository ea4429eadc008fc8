"""Export for one village of a batch: the same forms as ``export``, one file or folder a village, named after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from village_ledger.domain.agency import BatchResult, VillageVerdict
from village_ledger.domain.errors import AgencyError
from village_ledger.domain.package import package_name
from village_ledger.domain.period import Span
from village_ledger.exchange.agency.agency_books import fit_for_file
from village_ledger.exchange.agency.agency_forms import PACKAGE
from village_ledger.exchange.agency.agency_village import Village
from village_ledger.exchange.exports.export_formats import FORMATS, ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.i18n import tr


def export_village(village: Village) -> Iterator[VillageVerdict]:
    """One export of a village's book; the whole village where no single ledger was asked for."""
    yield village.tried("", lambda: _export(village))


def _export(village: Village) -> VillageVerdict:
    options = village.options
    if options.form == PACKAGE:
        return _package(village)
    form, ledgers = FORMATS[options.form], village.ledgers()
    if options.ledgers and not ledgers:
        return village.verdict("", BatchResult.NOTHING, 0, tr("这个村没有这本账。"))
    ledger = ledgers[0] if options.ledgers and len(ledgers) == 1 else ""
    out = _folder(village) / f"{village.name}_{_days(options.span)}{options.form}{form.ending}"
    request = ExportRequest(out, ledger, options.span, options.level, options.why_whole, village.by)
    done = export(village.book, village.by, options.form, request, village.progress)
    said = tr("导出{form}，{rows} 行。", form=form.words, rows=done.value.rows) + "".join(done.warnings)
    return village.verdict("", BatchResult.DONE, 1, said, [out])


def _package(village: Village) -> VillageVerdict:
    from village_ledger.exchange.review.package_making import PackageOrder, make_package
    from village_ledger.exchange.review.package_papers import WRITERS

    options = village.options
    if options.ledgers:
        raise AgencyError(tr("送审包总是整个村的两本账"), tr("请去掉哪本账。"))
    with village.book.unit_of_work(village.by) as uow:
        last = max(uow.reader.months(info.code)[-1].month.year for info in uow.reader.ledgers())
        span = options.span or Span.of_year(last)
        target = _folder(village) / package_name(village.name, span, len(uow.reader.sent_packages()) + 1)
        order = PackageOrder(span, options.attachments)
        made = make_package(uow, target, order, WRITERS, village.progress).value
        uow.commit()
    said = tr(
        "做好了第 {number} 个送审包，指纹 {print}。", number=made.manifest.number, print=made.fingerprint
    )
    if not made.manifest.closed:
        said += tr("里面有没有结账的月份。")
    return village.verdict("", BatchResult.DONE, 1, said, [target])


def _folder(village: Village) -> Path:
    if village.options.folder is None:
        raise AgencyError(tr("没有说放在哪个文件夹"), tr("请选一个文件夹。"))
    return village.options.folder


def _days(span: Span | None) -> str:
    return "" if span is None else f"{fit_for_file(span.words())}_"
