"""Reports of review by name: the automatic checks, a sample of vouchers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.storage.clock import now_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from village_ledger.domain.period import Span
    from village_ledger.domain.remark_draft import RemarkDraft
    from village_ledger.domain.remarks import Remark, Remarks
    from village_ledger.domain.review_check import Hit, RulePack
    from village_ledger.domain.sampling import Candidate
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.review.findings import Place
    from village_ledger.reports.review.opinion import Sent
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def checks_of(reader: Reader, request: ReportRequest) -> Table:
    """What the automatic checks find on some days, without any in the last year with open months."""
    from village_ledger.domain.review_check import own_pack
    from village_ledger.reports.request import span_of
    from village_ledger.services.review.checks import review

    span, pack = span_of(reader, request), request.pack or own_pack()
    with reader.snapshot():
        hits = review(reader, span, _today(), pack.rules)
    return checks_table(reader, span, [hit for hit in hits if request.ledger in ("", hit.ledger)], pack)


def checks_table(reader: Reader, span: Span, hits: Sequence[Hit], pack: RulePack) -> Table:
    """What was found by a pack of rules, as the list a reviewer reads."""
    from village_ledger.domain.review_check import LeadTo
    from village_ledger.reports.request import issuer_of
    from village_ledger.reports.review.findings import findings_table

    place = _place(reader, [(hit.ledger, hit.key) for hit in hits if hit.to is LeadTo.VOUCHER])
    return findings_table(issuer_of(reader, reader.ledgers()[0].code), span, hits, place, pack)


def sample_of(reader: Reader, request: ReportRequest) -> Table:
    """Vouchers drawn by the seed (``item``), without one the largest; ``count`` and ``percent`` say how many."""
    from village_ledger.domain.sampling import SampleOrder, draw
    from village_ledger.reports.request import issuer_of, span_of
    from village_ledger.reports.review.findings import sample_table

    span = span_of(reader, request)
    order = SampleOrder(request.item, request.count, request.percent).ensured()
    with reader.snapshot():
        ledgers = [request.ledger] if request.ledger else [info.code for info in reader.ledgers()]
        sample = draw((one for ledger in ledgers for one in candidates_of(reader, ledger, span)), order)
    return sample_table(issuer_of(reader, ledgers[0]), span, sample, _place(reader, []))


def candidates_of(
    reader: Reader, ledger: str, span: Span, village: str = "", place: str = ""
) -> Iterator[Candidate]:
    """The posted vouchers of some days as a sample is drawn from them; carrying forward at year's end has nothing to look at."""
    from village_ledger.domain.sampling import Candidate

    for ids in reader.posted_parts(ledger, span):
        for stored in reader.vouchers_by_id(ids):
            if stored.voucher.closing:
                continue
            summary = stored.voucher.lines[0].summary
            amount = abs(stored.voucher.amount)
            yield Candidate(ledger, str(stored.ref), summary, amount, village, place, stored.id)


def opinion_of(reader: Reader, request: ReportRequest) -> Table:
    """What reviewers remarked and the village answered (审核意见书), the newest file first."""
    from village_ledger.reports.request import issuer_of
    from village_ledger.reports.review.opinion import opinion_table
    from village_ledger.services.review.remarks_in import remarks

    with reader.snapshot():
        views = [one for one in remarks(reader) if request.ledger in ("", one.remark.ledger)]
        place = _place_of_remarks(reader, [one.remark for one in views])
    return opinion_table(issuer_of(reader, request.ledger or reader.ledgers()[0].code), views, place)


def opinion_of_file(reader: Reader, said: Remarks, number: int, pack: RulePack) -> Table:
    """The opinion (审核意见书) as a reviewer hands it out: one file's remarks, with room for the answers."""
    from dataclasses import replace

    from village_ledger.reports.request import issuer_of
    from village_ledger.reports.review.opinion import BY_HAND, BY_HAND_MM, opinion_table
    from village_ledger.reports.table import Role
    from village_ledger.services.review.remarks_in import RemarkView
    from village_ledger.storage.review.queries import TakenRemarks

    file = TakenRemarks(1, b"", number, said.reviewer, said.office, said.made_at.isoformat(" "), "", "", "")
    views = [RemarkView(file, remark, ()) for remark in said.remarks]
    place = _place_of_remarks(reader, said.remarks)
    table = opinion_table(issuer_of(reader, reader.ledgers()[0].code), views, place)
    bases = {rule.id: f"{rule.id} {rule.basis}" for rule in pack.rules}
    rule = table.column_index("rule")
    return replace(
        table,
        columns=BY_HAND,
        entity=said.office,
        heading=(
            f"被审单位：{table.village}",
            f"审阅第 {number} 包",
            f"{said.reviewer} {said.made_at:%Y-%m-%d}",
        ),
        row_mm=BY_HAND_MM,
        rows=tuple(
            replace(row, cells=(*row.cells[:rule], bases.get(str(row.cells[rule]), row.cells[rule]), ""))
            for row in table.rows
            if row.role is not Role.SECTION
        ),
        notes=(f"共 {len(views)} 条意见。照{pack.full_words}审查；查到的不等于错了，请逐条答复。",),
        signatures=(("审阅人", said.reviewer), ("单位", said.office), ("村里答复人", ""), ("日期", "")),
    )


def written_of(reader: Reader, draft: RemarkDraft, sent: Sent) -> Table:
    """What a reviewer has written of the package in view."""
    from village_ledger.reports.request import issuer_of
    from village_ledger.reports.review.opinion import written_table

    place = _place_of_remarks(reader, draft.remarks)
    return written_table(issuer_of(reader, reader.ledgers()[0].code), draft, sent, place)


def _place_of_remarks(reader: Reader, said: Iterable[Remark]) -> Place:
    """Vouchers remarks are pinned to; one there is not is said, but leads nowhere."""
    place = _place(reader, [])
    for one in said:
        voucher = reader.voucher_id(one.ledger, one.voucher) if one.voucher is not None else 0
        if voucher:
            place.vouchers[one.ledger, one.place] = voucher
    return place


def _place(reader: Reader, vouchers: Iterable[tuple[str, str]]) -> Place:
    from village_ledger.domain.voucher import VoucherRef
    from village_ledger.reports.review.findings import Place

    ids = {
        (ledger, ref): reader.find_voucher(ledger, VoucherRef.parse(ref)).id for ledger, ref in set(vouchers)
    }
    return Place({info.code: info.title for info in reader.ledgers()}, ids)


def _today() -> date:
    return date.fromisoformat(now_text()[:10])


REVIEW_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "review-checks": checks_of,
    "review-sample": sample_of,
    "review-opinion": opinion_of,
}
