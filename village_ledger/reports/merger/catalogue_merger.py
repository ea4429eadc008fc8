"""Reports of a merger by name: what is read for each and which builder makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Check, Table
    from village_ledger.storage.reader import Reader


def _comparison(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.merger.merger_comparison import LedgerFigures, merger_comparison
    from village_ledger.reports.merger.merger_words import paper_of

    with reader.snapshot():
        paper, origins = paper_of(reader), reader.merger_origins()
        ledgers: list[LedgerFigures] = []
        for info in reader.ledgers():
            mine = [one for one in origins if one.ledger == info.code]
            if not mine or request.ledger not in ("", info.code):
                continue
            opening: dict[str, int] = {}
            for line in reader.opening_lines(info.code):
                opening[line.account] = opening.get(line.account, 0) + line.debit - line.credit
            ledgers.append(LedgerFigures(info.title, info.entity, reader.chart(info.code), mine, opening))
        return merger_comparison(paper, ledgers)


def _creditors(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.merger.merger_lists import creditor_notices
    from village_ledger.reports.merger.merger_words import paper_of
    from village_ledger.storage.clock import now_text

    found = [one for one in reader.creditors() if request.ledger in ("", one.ledger)]
    return creditor_notices(paper_of(reader), found, date.fromisoformat(now_text()[:10]))


def _matters(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.merger.merger_lists import merger_matters
    from village_ledger.reports.merger.merger_words import paper_of

    del request
    return merger_matters(paper_of(reader), reader.open_matters())


def _shares(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.merger.merger_lists import merger_shares
    from village_ledger.reports.merger.merger_words import paper_of

    del request
    with reader.snapshot():
        paper = paper_of(reader)
        first = paper.stored.day
        texts = reader.holder_texts(date.fromordinal(first.toordinal() + 1))
        return merger_shares(paper, reader.merger_shares(), texts, _share_checks(reader))


def _share_checks(reader: Reader) -> list[Check]:
    """Class totals as listed against the register on the first day of the new book."""
    from village_ledger.domain.share import format_shares, parse_shares
    from village_ledger.reports.table import Check

    stored = reader.merger()
    if stored is None:
        return []
    first = date.fromordinal(stored.day.toordinal() + 1)
    found: list[Check] = []
    for share_class in reader.share_classes():
        listed = sum(
            parse_shares(one.new_shares, share_class.decimals)
            for one in reader.merger_shares()
            if one.new_class == share_class.name
        )
        whole = reader.class_total(share_class.id, first)
        if listed or whole:
            words = f"{share_class.name}：清单合计等于登记簿总数"
            said = f"{format_shares(listed, share_class.decimals)}＝{share_class.text(whole)}"
            found.append(Check("M5", listed == whole, words, said))
    return found


def _codes(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.merger.merger_lists import merger_codes
    from village_ledger.reports.merger.merger_words import paper_of

    paper = paper_of(reader)
    numbers = {one.number for one in paper.stored.sources if request.item in ("", one.village)}
    return merger_codes(paper, [one for one in reader.merger_codes() if one.source in numbers])


def _origin(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.merger.merger_origin import merger_origin
    from village_ledger.reports.merger.merger_words import paper_of

    with reader.snapshot():
        paper = paper_of(reader)
        sources = [one for one in paper.stored.sources if request.item in ("", one.village)]
        if not sources:
            there = "、".join(one.village for one in paper.stored.sources)
            raise LedgerError(f"合并前没有叫“{request.item}”的村", f"可以是：{there}。")
        titles = {info.code: info.title for info in reader.ledgers() if request.ledger in ("", info.code)}
        return merger_origin(paper, reader.merger_origins(), sources, titles)


MERGER_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "merger-comparison": _comparison,
    "creditor-notices": _creditors,
    "merger-matters": _matters,
    "merger-shares": _shares,
    "merger-codes": _codes,
    "merger-origin": _origin,
}
