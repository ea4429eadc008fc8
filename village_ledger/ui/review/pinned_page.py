"""我的意见: what the reviewer has pinned while a package is open; kept beside the settings, signed into a file at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QScrollArea

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remark_place import place_of, place_words
from village_ledger.domain.remarks import ENDING, Remark
from village_ledger.domain.review_check import Severity
from village_ledger.exchange.review.remark_drafts import (
    keep_draft,
    load_draft,
    remarks_name,
    write_remarks,
    written_opinion,
)
from village_ledger.exchange.review.review_files import OFFICE, reviewer_of
from village_ledger.i18n import tr
from village_ledger.services.review.second_reviews import ensure_there
from village_ledger.settings import config_file, reviewer_key_file
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, chooser, line, offer
from village_ledger.ui.review.leading import lead_to
from village_ledger.ui.review.pin import Pin
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.domain.remarks import Remarks
    from village_ledger.services.entry.progress import Progress
    from village_ledger.storage.reader import Reader


LEAST_ROWS = 3
"""Rows that stay in view."""


class DraftPage(PlanningPage):
    """A page over the draft of the package in view; there is none while an own book is open."""

    nav: ClassVar[str] = "work"
    follows_ledger: ClassVar[bool] = False
    of_reviewer: ClassVar[bool] = True

    def build(self) -> None:
        """The draft is read on every visit."""
        self.draft: RemarkDraft = RemarkDraft()

    def read(self, reader: Reader) -> object:
        """The draft as it was kept."""
        del reader
        return self.read_draft()

    def beside_title(self) -> str:
        """Of which package."""
        opened = self.session.package
        return opened.words[-1] if opened is not None else ""

    def restyle(self) -> None:
        """A few rows are enough beside the form."""
        self.table.setMinimumHeight((LEAST_ROWS + 1) * (self.theme.px.row + 1))

    def read_draft(self) -> RemarkDraft:
        """Of the package in view; raises BadPackage."""
        opened = self.session.package
        return RemarkDraft() if opened is None else load_draft(config_file().parent, opened.digest)

    def keep(self, change: Callable[[], RemarkDraft]) -> bool:
        """Change the draft and keep it; a refusal is said and nothing changes."""
        opened = self.session.package
        if opened is None:
            self.say(tr("打开送审包才能写意见。"))
            return False
        try:
            draft = change()
            keep_draft(config_file().parent, opened.digest, draft)
        except LedgerError as refusal:
            self.refuse(refusal)
            return False
        self.draft = draft
        self.slip.fold()
        self.session.forget_pins()
        self.reload()
        return True


class PinnedPage(DraftPage):
    """A row per remark; the one in hand under the table."""

    scope: ClassVar[str] = "pinned"
    name: ClassVar[str] = "我的意见"
    main_action: ClassVar[str] = "pin"
    empty_words: ClassVar[str] = "还没有意见。在凭证、报表、自动审查……哪一页上都能按 F8 钉一条；或在下面写。"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("number", "编号", Look.CODE, "12"),
        ScreenColumn("severity", "轻重", Look.TEXT, "重"),
        ScreenColumn("ledger", "账套", Look.TEXT, "集体经济组织账"),
        ScreenColumn("place", "钉在哪里", Look.TEXT, "资产负债表 A3 2025年12月"),
        ScreenColumn("text", "意见", Look.TEXT, "付款没有附件：请补发票", stretch=2),
        ScreenColumn("rule", "依据", Look.TEXT, "《会计法》第10条"),
    )

    def build(self) -> None:
        """The remark in hand."""
        super().build()
        self._number = 0
        """Of the remark in hand, 0 for a new one."""
        self._fresh = self._quiet = False
        self.severity, self.ledger = chooser(tr("轻重")), chooser(tr("账套"))
        offer(self.severity, [(one.value, one.words) for one in Severity], Severity.PLAIN.value)
        self.place, self.text, self.rule = line(tr("钉在哪里")), line(tr("意见")), line(tr("依据"))
        self.section = Section(self.theme, tr("新的一条"), looks=True)
        add_rows(
            self.section,
            [
                (tr("意见"), self.text, ""),
                (
                    tr("钉在哪里"),
                    self.place,
                    tr("凭证如 2025-03/记-0012，第 2 行加 #2；表上的数到表上按 F8；不写就是对这本账说的"),
                ),
                (tr("账套"), self.ledger, ""),
                (tr("轻重"), self.severity, ""),
                (tr("依据"), self.rule, tr("规则的编号，或哪个文件第几条；可以不写")),
            ],
        )
        self.body.addWidget(self.section)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.table.opened.connect(lambda _row: self._open())

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Open, delete, the second pair of eyes, the file."""
        return {
            "open": (tr("看那里"), self._open),
            "print": (tr("打印意见书"), self._print),
            "delete": (tr("删去这条"), self._delete),
            "judge": (tr("补审、接受月份"), lambda: self.navigator.open("second_reviews")),
            "save": (tr("存成意见文件…"), self._ask_who),
            "pin": (tr("钉上这条"), self._keep),
        }

    def go(self, **where: Any) -> None:
        """``pin``: a new remark at a place; ``number`` of the remark to stand on; ``ask`` who reviews; else the list."""
        pin, number = where.get("pin"), str(where.get("number", ""))
        self._number, self._fresh = int(number) if number.isdigit() else 0, pin is not None
        self._quiet = True  # the list goes back to its first row; what is written anew is not that
        super().go(**where)
        self._quiet = False
        if pin is not None:
            self._begin(pin)
        elif "ask" in where:
            self._ask_name(self.table.setFocus)

    def show_read(self, found: Any) -> None:
        """The remarks, then the one in hand."""
        self.draft = found
        ledgers = [(info.code, info.title) for info in self.session.ledgers]
        offer(self.ledger, ledgers)
        titles = dict(ledgers)
        self._quiet = True
        self.show_rows(
            [
                (
                    str(one.number),
                    one.severity.words,
                    titles.get(one.ledger, one.ledger),
                    place_words(one.place) or tr("整本账"),
                    one.text,
                    one.rule,
                )
                for one in self.draft.remarks
            ]
        )
        twin = self.draft.twin_of(self._written()) if self._fresh and not self._number else None
        if twin is not None:
            self._number, self._fresh = twin.number, False
            self.say(
                tr("第 {number} 条已经在这里照 {rule} 说过，改它就行。", number=twin.number, rule=twin.rule)
            )
        if self._number:
            self.table.go_to_row(self._number - 1)
        self._quiet = False
        if not self._fresh:
            self._follow()

    def status(self) -> str:
        """How much is written."""
        draft = self.draft
        if not (draft.remarks or draft.verdicts or draft.accepted):
            return tr("还没有写什么")
        return tr(
            "{remarks} 条意见，{verdicts} 张结论，接受 {months} 个月；自动存着，还没有发给村里",
            remarks=len(draft.remarks),
            verdicts=len(draft.verdicts),
            months=len(draft.accepted),
        )

    # one remark

    def _current(self) -> Remark | None:
        row = self.table.row
        return self.draft.remarks[row] if 0 <= row < len(self.draft.remarks) else None

    def _begin(self, pin: Pin) -> None:
        """A new one: the form holds what the page one came from knows."""
        self._number = 0
        self.section.set_heading(tr("新的一条，钉在：{place}", place=place_words(pin.place) or tr("整本账")))
        offer(self.ledger, [(info.code, info.title) for info in self.session.ledgers], pin.ledger)
        offer(self.severity, [(one.value, one.words) for one in Severity], pin.severity.value)
        self._put(pin.text, pin.place, pin.rule)
        self.text.setFocus()
        QTimer.singleShot(0, self, self._bring_form)  # once the page is laid out

    def _bring_form(self) -> None:
        """Where there is little room the field one writes in comes into view, with the heading over it."""
        for area in self.findChildren(QScrollArea):
            if area.isAncestorOf(self.text):
                area.ensureWidgetVisible(self.text, 0, 2 * self.theme.px.row)

    def _follow(self) -> None:
        """The remark one stands on; what is being written anew is left alone while the list is read."""
        if self._quiet:
            return
        one = self._current()
        self._fresh = False
        if one is None:
            self._number = 0
            return
        self._number = one.number
        self.section.set_heading(tr("第 {number} 条", number=one.number))
        offer(self.severity, [(each.value, each.words) for each in Severity], one.severity.value)
        offer(self.ledger, [(info.code, info.title) for info in self.session.ledgers], one.ledger)
        self._put(one.text, one.place, one.rule)

    def _put(self, text: str, place: str, rule: str) -> None:
        for field, words in ((self.text, text), (self.place, place), (self.rule, rule)):
            field.setText(words)
            field.setCursorPosition(len(words) if field is self.text else 0)

    def _written(self) -> Remark:
        """The form as it stands."""
        return Remark(
            self._number,
            str(self.ledger.currentData() or ""),
            self.place.text().strip(),
            Severity(str(self.severity.currentData())),
            self.text.text(),
            self.rule.text(),
        )

    def _keep(self) -> None:
        remark = self._written()

        def change() -> RemarkDraft:
            ensure_there(self.session.reader, remark.ledger, place_of(remark.place))
            return self.draft.pinned(remark)

        number = self._number or len(self.draft.remarks) + 1
        if self.keep(change):
            self._number, self._fresh = number, False
            self.say(tr("第 {number} 条钉上了。", number=number))
            self.table.setFocus()

    def _delete(self) -> None:
        one = self._current()
        if one is None:
            return

        def done(_: str) -> None:
            if self.keep(lambda: self.draft.without(one.number)):
                self._number = 0
                self._put("", "", "")
                self.say(tr("删去了，后面的编号往前移。"))

        self.ask_bar.ask(
            tr("删去第 {number} 条“{text}”", number=one.number, text=one.text[:20]),
            tr("删去"),
            done,
            self.table.setFocus,
            wants_text=False,
        )

    def _open(self) -> None:
        """Where the remark is pinned: the voucher and its line, the sheet and its figure."""
        one = self._current()
        if one is None:
            return
        try:
            lead_to(self, one.ledger, one.place)
        except LedgerError as refusal:
            self.refuse(refusal)

    def _print(self) -> None:
        """审核意见书 as it stands now, on paper, as PDF or xlsx."""
        opened, chosen = self.session.package, self.session.preferences.desk()
        if opened is None:
            self.say(tr("打开送审包才能写意见。"))
            return
        who = (chosen.reviewer, chosen.office)
        try:
            table = written_opinion(self.session.reader, self.draft, opened.package, who)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.navigator.open("preview", tables=(table,))

    # the file

    def _ask_who(self) -> None:
        """Name and office once; they are remembered on this computer."""
        chosen = self.session.preferences.desk()
        if self.session.package is None:
            self.say(tr("打开送审包才能写意见。"))
        elif not chosen.reviewer:
            self._ask_name(self._ask_place)
        else:
            self._ask_place()

    def _ask_name(self, then: Callable[[], object]) -> None:
        chosen = self.session.preferences.desk()

        def done(name: str) -> None:
            self._ask_office(name, chosen.office or tr(OFFICE), then)

        self.ask_bar.ask(tr("审阅人的姓名"), tr("写上"), done, self.table.setFocus, text=chosen.reviewer)

    def _ask_office(self, name: str, usual: str, then: Callable[[], object]) -> None:
        def done(office: str) -> None:
            self.session.preferences.name_reviewer(name, office)
            self.session.sit_down(name)
            then()

        self.ask_bar.ask(tr("审阅的单位"), tr("写上"), done, self.table.setFocus, text=usual)

    def _ask_place(self) -> None:
        opened = self.session.package
        if opened is None:
            return
        suggested = opened.package.path.parent / remarks_name(opened.package)
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("意见文件存到哪里"), str(suggested), tr("审阅意见 (*{ending})", ending=ENDING)
        )
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix == ENDING else path.with_name(path.name + ENDING))

    def save(self, target: Path) -> None:
        """Sign the draft and write it; it stays here and can be gone on with."""
        opened, chosen, draft = self.session.package, self.session.preferences.desk(), self.draft
        if opened is None:
            return

        def work(reader: Reader, _: Progress) -> Remarks:
            who = reviewer_of(chosen.reviewer, chosen.office, reviewer_key_file())
            return write_remarks(reader, draft, opened.package, who, target)

        def done(said: Remarks) -> None:
            self.slip.fold()
            self.say(
                tr(
                    "存好了：{file}，{count} 条意见，{verdicts} 张结论，接受 {months} 个月，{who} 签名。拷回村里收。",
                    file=target.name,
                    count=len(said.remarks),
                    verdicts=len(said.verdicts),
                    months=len(said.accepted),
                    who=said.reviewer,
                )
            )

        self.operations.watch(tr("存意见文件"), work, then=done, refused=self.refuse)
