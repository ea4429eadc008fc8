"""Reports of review by name: the automatic checks, a sample of vouchers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from village_ledger.domain.period import Span
    from village_ledger.domain.sampling import Candidate
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.review.findings import Place
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

SEED_COUNT = 25
"""How many vouchers a seed draws where nobody says."""
SIZE_PERCENT = 60
"""How much of the money the largest vouchers reach where no seed is given."""


def checks_of(reader: Reader, request: ReportRequest) -> Table:
    """What the automatic checks find on some days, without any in the last year with open months."""
    from village_ledger.domain.review_check import LeadTo
    from village_ledger.reports.catalogue import issuer_of, span_of
    from village_ledger.reports.review.findings import findings_table
    from village_ledger.services.review.checks import review

    span = span_of(reader, request)
    with reader.snapshot():
        hits = [hit for hit in review(reader, span, _today()) if request.ledger in ("", hit.ledger)]
    ledger = request.ledger or reader.ledgers()[0].code
    place = _place(reader, [(hit.ledger, hit.key) for hit in hits if hit.to is LeadTo.VOUCHER])
    return findings_table(issuer_of(reader, ledger), span, hits, place)


def sample_of(reader: Reader, request: ReportRequest) -> Table:
    """Vouchers drawn by the seed (``item``), without one the largest."""
    from village_ledger.domain.sampling import by_seed, by_size
    from village_ledger.reports.catalogue import issuer_of, span_of
    from village_ledger.reports.review.findings import sample_table

    span = span_of(reader, request)
    with reader.snapshot():
        ledgers = [request.ledger] if request.ledger else [info.code for info in reader.ledgers()]
        candidates = [one for ledger in ledgers for one in candidates_of(reader, ledger, span)]
    if request.item:
        drawn = by_seed(candidates, request.item, SEED_COUNT)
        how = f"种子“{request.item}”从 {len(candidates)} 张里抽出 {len(drawn)} 张；同一个种子谁来抽都一样。"
    else:
        drawn = by_size(candidates, SIZE_PERCENT)
        how = f"金额从大到小，抽到合计占 {SIZE_PERCENT}% 为止：{len(candidates)} 张里的 {len(drawn)} 张。"
    return sample_table(
        issuer_of(reader, ledgers[0]),
        span,
        drawn,
        how,
        _place(reader, [(one.ledger, one.ref) for one in drawn]),
    )


def candidates_of(reader: Reader, ledger: str, span: Span) -> Iterator[Candidate]:
    """The posted vouchers of some days as a sample is drawn from them."""
    from village_ledger.domain.sampling import Candidate

    for ids in reader.posted_parts(ledger, span):
        for stored in reader.vouchers_by_id(ids):
            summary = stored.voucher.lines[0].summary
            yield Candidate(ledger, str(stored.ref), summary, abs(stored.voucher.amount))


def opinion_of(reader: Reader, request: ReportRequest) -> Table:
    """What reviewers remarked and the village answered (审核意见书), the newest file first."""
    from contextlib import suppress

    from village_ledger.domain.errors import LedgerError
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.review.opinion import opinion_table
    from village_ledger.services.review.remarks_in import remarks

    with reader.snapshot():
        views = [one for one in remarks(reader) if request.ledger in ("", one.remark.ledger)]
        place = _place(reader, [])
        for one in views:
            if one.remark.voucher is not None:
                with suppress(
                    LedgerError
                ):  # a reviewer may speak of a voucher there is not: said, but leading nowhere
                    stored = reader.find_voucher(one.remark.ledger, one.remark.voucher)
                    place.vouchers[one.remark.ledger, one.remark.place] = stored.id
    return opinion_table(issuer_of(reader, request.ledger or reader.ledgers()[0].code), views, place)


def _place(reader: Reader, vouchers: Iterable[tuple[str, str]]) -> Place:
    from village_ledger.domain.voucher import VoucherRef
    from village_ledger.reports.review.findings import Place

    ids = {
        (ledger, ref): reader.find_voucher(ledger, VoucherRef.parse(ref)).id for ledger, ref in set(vouchers)
    }
    return Place({info.code: info.title for info in reader.ledgers()}, ids)


def _today() -> date:
    return date.today()  # noqa: DTZ011  the wall calendar of whoever reviews


REVIEW_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "review-checks": checks_of,
    "review-sample": sample_of,
    "review-opinion": opinion_of,
}
