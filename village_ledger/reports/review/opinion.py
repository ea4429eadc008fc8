"""The opinion (审核意见书): each remark, where it is pinned, what it rests on, and what the village answered."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.reports.issuer import Issuer
from village_ledger.reports.review.findings import Place
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.review.remarks_in import RemarkView

_COLUMNS = (
    Column("number", "编号", Kind.CODE, 16),
    Column("severity", "轻重", Kind.SIDE, 12),
    Column("ledger", "账套", Kind.TEXT, 28),
    Column("place", "凭证、项目", Kind.CODE, 32),
    Column("text", "审阅意见", Kind.TEXT, 92),
    Column("rule", "依据", Kind.TEXT, 20),
    Column("answer", "村里的答复", Kind.TEXT, 70),
)


def opinion_table(issuer: Issuer, views: Sequence[RemarkView], place: Place) -> Table:
    """Remarks by file, those nobody has answered first within their weight."""
    rows: list[Row] = []
    last = 0
    for one in views:
        if one.file.id != last:
            last = one.file.id
            file = one.file
            head = f"第 {file.id} 份：{file.office} {file.reviewer} {file.made_at[:10]}，审阅第{file.package_seq}包"
            rows.append(Row(Role.SECTION, (head, *("",) * (len(_COLUMNS) - 1))))
        remark = one.remark
        answers = "；".join(f"{given.text}（{given.by} {given.at[:10]}）" for given in one.answers)
        rows.append(
            Row(
                Role.DETAIL,
                (
                    f"{one.file.id}-{remark.number}",
                    remark.severity.words,
                    place.title(remark.ledger),
                    remark.place,
                    remark.text,
                    remark.rule,
                    answers or "还没有答复",
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
        facts={"remarks": len(views), "waiting": waiting},
    )
