"""What can be done with a set of sheets or an objection, as forms ask for it; each act is carried out by its service."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.objection import Objection, ObjectionResult
from village_ledger.domain.posting import JOINT, Opinion, Posting, PostingState, names_in
from village_ledger.domain.posting_days import places, supervisors_of, ways
from village_ledger.i18n import tr
from village_ledger.reports.disclosure.catalogue_pack import letter_of, name_of
from village_ledger.services.disclosure import objections, postings
from village_ledger.services.disclosure.objections import Heard
from village_ledger.ui.disclosure.act_form import Ask, FormAct
from village_ledger.ui.staff.second_person import HINT, confirmed

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.disclosure.posting_page import PostingPage


class PostingActs:
    """Acts of the page of a set."""

    def __init__(self, page: PostingPage) -> None:
        self._page = page

    def next_act(self, posting: Posting) -> FormAct:
        """What comes next for a set."""
        made = {
            PostingState.WAITING: self._review,
            PostingState.REDO: self._review,
            PostingState.AGREED: self._post,
            PostingState.POSTED: self._take_down,
            PostingState.TAKEN_DOWN: self._close,
        }.get(posting.state)
        if made is None:
            return FormAct("", tr("这一次办完了"), tr("办完了"))
        return made(posting)

    # the set

    def _review(self, posting: Posting) -> FormAct:
        page = self._page
        body = supervisors_of(page.session.kind)
        last = posting.review
        asks = [
            Ask("opinion", tr("意见"), options=[(one.words, one.value) for one in Opinion]),
            Ask(
                "people", tr("审查人"), tr("几个人用顿号隔开，主审的写在前面；做表的人不能审查。"), limit=120
            ),
            self._day_ask(posting, tr("审查日期")),
            Ask("words", tr("写的意见"), tr("要求重做的，写明哪张表、哪一项不对。")),
            Ask("body", tr("审查机构"), text=last.body if last else body, limit=120),
        ]
        if page.session.staff:
            asks.insert(2, Ask("pin", tr("主审的密码"), tr(HINT), secret=True, limit=60))
        return FormAct("review", tr("下一步：监督机构审查"), tr("登记意见"), asks, self._do_review)

    def _do_review(self) -> None:
        page, form = self._page, self._page.form
        people = names_in(form.text("people"))
        try:
            day, opinion = form.day(), Opinion.read(form.text("opinion"))
        except LedgerError as error:
            page.refuse(error)
            return
        words, body, number, ledger = (
            form.text("words"),
            form.text("body"),
            page.number,
            page.session.ledger_code,
        )

        def go_on() -> None:
            page.run(
                tr("登记审查意见"),
                lambda uow: postings.review(uow, ledger, number, opinion, people, day, words, body),
            )

        if people and people[0] != page.session.by:
            confirmed(page, people[0], form.text("pin"), go_on)
        else:
            go_on()

    def _post(self, posting: Posting) -> FormAct:
        page = self._page
        rule = page.rule
        days = (
            tr("空着就是规定的 {days} 天（{name}）。", days=rule.board_days, name=rule.name) if rule else ""
        )
        asks = [
            self._day_ask(posting, tr("张贴日期")),
            Ask(
                "place",
                tr("贴在哪里"),
                tr("例如 {places}。", places="、".join(places())),
                places()[0],
                limit=120,
            ),
            Ask("people", tr("张贴人"), tr("审查的人不能张贴。"), page.session.by, limit=120),
            Ask("until", tr("贴到"), days, limit=20),
            Ask("words", tr("说明")),
        ]
        return FormAct("post", tr("下一步：张贴"), tr("登记张贴"), asks, self._do_post)

    def _do_post(self) -> None:
        page, form = self._page, self._page.form
        try:
            day, until = form.day(), form.day_or_none("until")
        except LedgerError as error:
            page.refuse(error)
            return
        place, people, words = form.text("place"), names_in(form.text("people")), form.text("words")
        number, ledger = page.number, page.session.ledger_code
        page.run(
            tr("登记张贴"),
            lambda uow: postings.post(uow, ledger, number, day, place, people, until, words),
        )

    def _take_down(self, posting: Posting) -> FormAct:
        due = posting.removal_due
        hint = tr("到 {day} 才贴满；提前取下要写原因。", day=due) if due else ""
        asks = [
            self._day_ask(posting, tr("取下日期"), hint),
            Ask("words", tr("原因"), tr("贴满了的可以空着。")),
        ]
        return FormAct("take_down", tr("下一步：取下"), tr("登记取下"), asks, self._do_take_down)

    def _do_take_down(self) -> None:
        words, number, ledger = (
            self._page.form.text("words"),
            self._page.number,
            self._page.session.ledger_code,
        )
        self._on_its_day(tr("登记取下"), lambda uow, day: postings.take_down(uow, ledger, number, day, words))

    def _close(self, posting: Posting) -> FormAct:
        hint = tr("没有公开栏照片的，写明原因。")
        asks = [self._day_ask(posting, tr("归档日期")), Ask("words", tr("说明"), hint)]
        return FormAct("close", tr("下一步：归档"), tr("归档"), asks, self._do_close)

    def _do_close(self) -> None:
        words, number, ledger = (
            self._page.form.text("words"),
            self._page.number,
            self._page.session.ledger_code,
        )
        self._on_its_day(tr("归档"), lambda uow, day: postings.close(uow, ledger, number, day, words))

    def _on_its_day(self, label: str, write: Callable[[UnitOfWork, date], Outcome[Any]]) -> None:
        """Do what the form asks on the day typed in it; a day that is none is said in the page."""
        try:
            day = self._page.form.day()
        except LedgerError as error:
            self._page.refuse(error)
            return
        self._page.run(label, lambda uow: write(uow, day))

    def mend(self, posting: Posting) -> FormAct | None:
        """What was put down last of hanging or coming down, to be written better; None where it was neither."""
        last = posting.last
        if last is None or not posting.corrects(last):
            return None
        why = Ask("words", tr("哪里写错了"), tr("原来登记的留着，写明哪里写错了。"))
        day = Ask("day", tr("日期"), "", last.day.isoformat(), limit=20)
        if posting.state is PostingState.TAKEN_DOWN:
            return FormAct("mend", tr("改登记：取下"), tr("改登记"), [day, why], self._do_take_down)
        asks = [
            day,
            Ask("place", tr("贴在哪里"), "", last.place, limit=120),
            Ask("people", tr("张贴人"), "", JOINT.join(last.people), limit=120),
            Ask("until", tr("贴到"), tr("空着就是规定的天数。"), limit=20),
            why,
        ]
        return FormAct("mend", tr("改登记：张贴"), tr("改登记"), asks, self._do_post)

    def _day_ask(self, posting: Posting, label: str, hint: str = "") -> Ask:
        last = posting.last
        day = max(today(), last.day) if last else today()
        return Ask("day", label, hint, day.isoformat(), limit=20)

    # objections

    def object_to(self, posting: Posting) -> FormAct:
        """Somebody says something of what hangs."""
        page = self._page
        sheets = [(tr("全部表"), "")] + [
            (f"{letter_of(one.report)} {name_of(one.report)}".strip() or one.code, one.code)
            for one in posting.sheets
        ]
        rule = page.rule
        hint = tr("空着就是 {days} 日内。", days=rule.reply_days) if rule else ""
        asks = [
            Ask("who", tr("提出人"), tr("不愿留名的可以空着。"), limit=120),
            Ask("item", tr("意见"), tr("对哪一项、有什么意见；不写证件号和电话。")),
            Ask("code", tr("对哪张表"), options=sheets),
            Ask("way", tr("怎么提的"), options=[(one, one) for one in ways()]),
            Ask("day", tr("提出日期"), "", today().isoformat(), limit=20),
            Ask("due", tr("答复期限"), hint, limit=20),
        ]
        return FormAct("object", tr("登记异议"), tr("登记异议"), asks, self._do_object)

    def _do_object(self) -> None:
        page, form = self._page, self._page.form
        try:
            day, due = form.day(), form.day_or_none("due")
        except LedgerError as error:
            page.refuse(error)
            return
        heard = Heard(form.text("who"), form.text("item"), form.text("code"), form.text("way"), due)
        number, ledger = page.number, page.session.ledger_code
        page.run(tr("登记异议"), lambda uow: objections.object_to(uow, ledger, number, day, heard))

    def answer(self, objection: Objection) -> FormAct:
        """An answer to the objection one stands on."""
        asks = [
            Ask("words", tr("怎么答复")),
            Ask("who", tr("答复人"), text=self._page.session.by, limit=120),
            Ask(
                "day",
                tr("答复日期"),
                tr("期限是 {day}。", day=objection.answer_due),
                today().isoformat(),
                limit=20,
            ),
        ]
        heading = tr("答复 {number}", number=objection.number)
        return FormAct("answer", heading, tr("登记答复"), asks, lambda: self._do_answer(objection))

    def _do_answer(self, objection: Objection) -> None:
        form, ledger = self._page.form, self._page.session.ledger_code
        who, words, number = form.text("who"), form.text("words"), objection.number
        self._on_its_day(
            tr("登记答复"), lambda uow, day: objections.answer(uow, ledger, number, day, who, words)
        )

    def again(self, objection: Objection) -> FormAct:
        """Who raised it is not content."""
        asks = [
            Ask("words", tr("还有什么意见")),
            Ask("day", tr("提出日期"), "", today().isoformat(), limit=20),
        ]
        heading = tr("{number} 再次提出", number=objection.number)
        return FormAct("again", heading, tr("登记"), asks, lambda: self._do_again(objection))

    def _do_again(self, objection: Objection) -> None:
        words, ledger, number = (
            self._page.form.text("words"),
            self._page.session.ledger_code,
            objection.number,
        )
        self._on_its_day(
            tr("再次提出"), lambda uow, day: objections.raise_again(uow, ledger, number, day, words)
        )

    def end(self, objection: Objection) -> FormAct:
        """How the objection one stands on ended."""
        results = [(one.words, one.value) for one in ObjectionResult]
        asks = [
            Ask("result", tr("结果"), options=results, text=ObjectionResult.EXPLAINED.value),
            Ask("words", tr("说明"), tr("属实的：另开一次更正公开，或写明怎么更正的。")),
            Ask("day", tr("办结日期"), "", today().isoformat(), limit=20),
        ]
        heading = tr("办结 {number}", number=objection.number)
        return FormAct("end", heading, tr("办结"), asks, lambda: self._do_end(objection))

    def _do_end(self, objection: Objection) -> None:
        page, form = self._page, self._page.form
        try:
            day, result = form.day(), ObjectionResult.read(form.text("result"))
        except LedgerError as error:
            page.refuse(error)
            return
        words, ledger = form.text("words"), page.session.ledger_code
        page.run(
            tr("办结异议"),
            lambda uow: objections.close_objection(uow, ledger, objection.number, day, result, words),
        )


def today() -> date:
    """The wall calendar of the village."""
    return date.today()  # noqa: DTZ011  the wall calendar of the village
