"""The opinion (审核意见书): each remark, where it is pinned, what it rests on, and what the village answered.

The reviewer prints it of what is written so far, the village of what came in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.period import Month, Span
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remark_place import place_words
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.review.findings import Place
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.review.remarks_in import RemarkView

_COLUMNS = (
    Column("number", "编号", Kind.CODE, 16),
    Column("severity", "轻重", Kind.SIDE, 12),
    Column("ledger", "账套", Kind.TEXT, 28),
    Column("place", "钉在哪里", Kind.TEXT, 36),
    Column("text", "审阅意见", Kind.TEXT, 92),
    Column("rule", "依据", Kind.TEXT, 20),
    Column("answer", "村里的答复", Kind.TEXT, 70),
)


BY_HAND = (*_COLUMNS[:-1], Column("answer", "村里的答复（写明怎样办的、谁办）", Kind.TEXT, 70))
"""Of the reviewer's paper: the village writes its answers on it."""
BY_HAND_MM = 13.0
"""Height of a row somebody answers in by hand: two lines of writing."""
WHOLE = "整本账"
"""Where a remark stands that is pinned to nothing of its own."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the reviewer has in view, and who reviews."""

    number: int
    span: Span
    fingerprint: str
    faults: int
    """How much of the package does not hold."""
    reviewer: str
    office: str


def answers_words(one: RemarkView) -> str:
    """Every answer with who gave it and when; empty while there is none."""
    return "；".join(f"{given.text}（{given.by} {given.at[:10]}）" for given in one.answers)


def written_table(issuer: Issuer, draft: RemarkDraft, sent: Sent, place: Place) -> Table:
    """What the reviewer has written so far: remarks, vouchers passed or returned, months accepted."""
    rows: list[Row] = []
    if draft.remarks:
        rows.append(_section("审阅意见"))
    for one in draft.remarks:
        where = (place.title(one.ledger), place_words(one.place) or WHOLE)
        cells = (str(one.number), one.severity.words, *where, one.text, one.rule, "")
        rows.append(Row(Role.DETAIL, cells, 1, place.link(one.ledger, one.place)))
    if draft.verdicts:
        rows.append(_section("补审"))
    for one in draft.verdicts:
        where = (place.title(one.ledger), one.voucher)
        rows.append(Row(Role.DETAIL, ("", "", *where, f"{one.verdict.words} {one.reason}".strip(), "", "")))
    if draft.accepted:
        rows.append(_section("接受的月份"))
    for ledger, month in draft.accepted:
        when = Month.parse(month).words()
        cells = ("", "", place.title(ledger), when, "接受，村里收下意见以后封存", "", "")
        rows.append(Row(Role.DETAIL, cells))
    holds = f"有 {sent.faults} 处对不上" if sent.faults else "签名和账都核对过，对得上"
    return Table(
        report="review-opinion",
        title="审核意见书",
        village=issuer.village,
        ledger="",
        entity=sent.office,
        columns=BY_HAND,
        rows=tuple(rows),
        span=sent.span,
        heading=(f"被审单位：{issuer.village}", f"第 {sent.number} 包", f"签名指纹 {sent.fingerprint}"),
        row_mm=BY_HAND_MM,
        notes=(
            f"共 {len(draft.remarks)} 条意见，{len(draft.verdicts)} 张有补审结论，接受 {len(draft.accepted)} 个月。",
            f"审阅的是第 {sent.number} 包，{sent.span.words()}，{holds}。意见以签了名的意见文件为准。",
        ),
        watermark=issuer.watermark,
        signatures=(("审阅人", sent.reviewer), ("单位", sent.office), ("村里签收", ""), ("日期", "")),
        counts={
            "remarks": len(draft.remarks),
            "verdicts": len(draft.verdicts),
            "accepted": len(draft.accepted),
        },
    )


def _section(name: str, words: str = "") -> Row:
    """A head over rows: the name stands in the first column, which is narrow on paper, words beside the remarks."""
    return Row(Role.SECTION, tuple({"number": name, "text": words}.get(one.key, "") for one in _COLUMNS))


def opinion_table(issuer: Issuer, views: Sequence[RemarkView], place: Place) -> Table:
    """Remarks by file, those nobody has answered first within their weight."""
    rows: list[Row] = []
    last = 0
    for one in views:
        if one.file.id != last:
            last = one.file.id
            file = one.file
            whose = f"{file.office} {file.reviewer} {file.made_at[:10]}，审阅第{file.package_seq}包"
            rows.append(_section(f"第 {file.id} 份", whose))
        remark = one.remark
        rows.append(
            Row(
                Role.DETAIL,
                (
                    "、".join((one.number, *one.also)),
                    remark.severity.words,
                    place.title(remark.ledger),
                    place_words(remark.place) or WHOLE,
                    remark.text,
                    remark.rule,
                    answers_words(one) or "还没有答复",
                ),
                1,
                place.link(remark.ledger, remark.place),
            )
        )
    waiting = sum(one.is_open for one in views)
    return Table(
        report="review-opinion",
        title="审核意见书",
        village=issuer.village,
        ledger="",
        entity=issuer.village,
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=(f"共 {len(views)} 条意见，{waiting} 条还没有答复。" if views else "还没有收到审阅意见。",),
        watermark=issuer.watermark,
        signatures=(("审阅人", ""), ("村里答复人", ""), ("日期", "")),
        counts={"remarks": len(views), "waiting": waiting},
    )
