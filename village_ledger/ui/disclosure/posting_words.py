"""How a set of sheets is said on screen: its steps as a strip, what happened as marked rows, sheets and objections as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.objection import Objection, ObjectionAct
from village_ledger.domain.posting import JOINT, Opinion, PostedSheet, Posting, PostingAct, PostingState
from village_ledger.i18n import tr
from village_ledger.reports.disclosure.catalogue_pack import letter_of, name_of
from village_ledger.reports.disclosure.posting_reports import sheets_words
from village_ledger.services.disclosure.posting_sets import occasion_title
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.widgets.mark_rows import MarkRow
from village_ledger.ui.widgets.state_mark import Check

_STEPS = (PostingAct.REVIEWED, PostingAct.POSTED, PostingAct.TAKEN_DOWN, PostingAct.CLOSED)
_AT = {
    PostingState.WAITING: 1,
    PostingState.REDO: 1,
    PostingState.AGREED: 2,
    PostingState.POSTED: 3,
    PostingState.TAKEN_DOWN: 4,
    PostingState.CLOSED: 5,
}


def about(posting: Posting) -> str:
    """The line under the title: span, occasion, sheets, what it stands in for."""
    parts = [
        posting.span.words(),
        occasion_title(posting.occasion),
        tr("{letters} 共 {count} 张", letters=sheets_words(posting), count=len(posting.sheets)),
    ]
    if posting.replaces:
        parts.append(tr("替代 {number}", number=posting.replaces))
    if posting.replaced_by:
        parts.append(tr("已由 {number} 替代", number=posting.replaced_by))
    return " · ".join(parts)


def steps_shown(posting: Posting) -> tuple[list[str], int]:
    """Names for the step strip, with the day of what is done, and the one at which one is."""
    names = [tr("放在一起")]
    for act in _STEPS:
        event = posting.event(act)
        names.append(f"{act.words} {event.day:%m-%d}" if event else act.words)
    if posting.state is PostingState.WITHDRAWN:
        return [*names[:1], PostingAct.WITHDRAWN.words], 1
    return names, min(_AT[posting.state], len(names))


def done_rows(posting: Posting, photos: int, today: date) -> list[MarkRow]:
    """What happened, the days it must hang, the photo."""
    rows = [
        MarkRow(
            Check.GOOD,
            tr("放在一起"),
            posting.made_at[:10],
            tr("{who}；做表的是{makers}", who=posting.made_by, makers=JOINT.join(posting.makers)),
        )
    ]
    for event in posting.events:
        check = Check.GOOD
        words = event.act.words
        under = JOINT.join(event.people)
        if event.opinion is not None:
            check = Check.GOOD if event.opinion is Opinion.AGREED else Check.FAIL
            words = f"{event.body}：{event.opinion.words}"
        if event.act is PostingAct.WITHDRAWN:
            check = Check.WARN
        if event.act is PostingAct.TAKEN_DOWN:
            check = Check.WARN if posting.came_down_early else Check.GOOD
            words = tr("取下，贴了 {days} 天", days=posting.days_up)
        under = "；".join(filter(None, (under, event.place, event.words)))
        rows.append(MarkRow(check, words, event.day.isoformat(), under))
    return rows + _waiting(posting, photos, today)


def _waiting(posting: Posting, photos: int, today: date) -> list[MarkRow]:
    rows: list[MarkRow] = []
    due = posting.removal_due
    if posting.state is PostingState.POSTED and due is not None:
        left = (due - today).days
        words = tr("还要贴 {days} 天", days=left) if left > 0 else tr("贴满了，可以取下")
        rows.append(MarkRow(Check.WAITING, words, tr("到 {day}", day=due)))
    if posting.posted_on is not None and not photos:
        rows.append(
            MarkRow(Check.WARN, tr("还没有公开栏的照片"), "", tr("拖进下面的附件，或按 Ctrl+V 粘贴。"))
        )
    return rows


class SheetsModel(FigureModel):
    """Sheets of a set, in the order of the pack."""

    def __init__(self, sheets: Sequence[PostedSheet], newer: dict[str, str]) -> None:
        super().__init__(
            (
                ScreenColumn("sheet", "公开的表", Look.LINK, "K 干部报酬和误工补贴公开表", stretch=1),
                ScreenColumn("code", "校验码", Look.TEXT, "WXYZ WXYZ WXYZ"),
                ScreenColumn("note", "", Look.TEXT, "已有新表"),
            )
        )
        self.sheets = tuple(sorted(sheets, key=_place))
        self._newer = newer

    def count(self) -> int:
        """Sheets."""
        return len(self.sheets)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        one = self.sheets[row]
        code = " ".join(one.code[i : i + 4] for i in range(0, len(one.code), 4))
        name = f"{letter_of(one.report)} {name_of(one.report)}".strip() or one.report
        return (name, code, tr("已有新表") if one.code in self._newer else "")[column]

    def strong(self, row: int) -> bool:
        """One with a newer version stands out."""
        return self.sheets[row].code in self._newer


def _place(sheet: PostedSheet) -> tuple[bool, str]:
    letter = letter_of(sheet.report)
    return (letter != "S", letter)


class ObjectionsModel(FigureModel):
    """Objections to a set, the newest first."""

    def __init__(self, objections: Sequence[Objection], today: date) -> None:
        super().__init__(
            (
                ScreenColumn("number", "异议", Look.TEXT, "异-2025-01"),
                ScreenColumn("who", "提出人", Look.TEXT, "未留姓名"),
                ScreenColumn("item", "内容", Look.TEXT, "路灯电费", stretch=1),
                ScreenColumn("due", "期限", Look.TEXT, "2025-04-22"),
                ScreenColumn("state", "现在", Look.TEXT, "▲ 答复逾期"),
            )
        )
        self.objections, self._today = tuple(objections), today

    def count(self) -> int:
        """Objections."""
        return len(self.objections)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        one = self.objections[row]
        state = one.state_on(self._today)
        shown = f"▲ {state}" if one.late_on(self._today) else state
        return (one.number, one.who, one.item, one.answer_due.isoformat(), shown)[column]

    def strong(self, row: int) -> bool:
        """One that waits stands out."""
        return self.objections[row].waits


def objection_rows(objection: Objection | None, today: date) -> list[MarkRow]:
    """One objection from what was said to how it ended."""
    if objection is None:
        return []
    about_sheet = tr("表 {code}", code=objection.code) if objection.code else tr("全部表")
    rows = [
        MarkRow(
            Check.WARN if objection.late_on(today) else Check.WAITING if objection.waits else Check.GOOD,
            tr("{who}（{way}）：{item}", who=objection.who, way=objection.way, item=objection.item),
            objection.day.isoformat(),
            tr("对{sheet}，{day} 前答复", sheet=about_sheet, day=objection.answer_due),
        )
    ]
    for event in objection.events:
        result = event.result.words if event.result else ""
        check = Check.WAITING if event.act is ObjectionAct.AGAIN else Check.GOOD
        said = tr("{act}：{words}", act=event.act.words, words="；".join(filter(None, (result, event.words))))
        rows.append(MarkRow(check, said, event.day.isoformat(), event.who))
    return rows
