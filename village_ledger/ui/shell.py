"""The desk of an open book: top bar, left bar, frame with the pages, quiet bars over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui import actions
from village_ledger.ui.page_stack import PageStack
from village_ledger.ui.pages import FACTORIES, NAV_LOWER, NAV_UPPER, only_acts
from village_ledger.ui.review.key_bar import KeyBar
from village_ledger.ui.review.pin import Pin, means_figures, pin_on
from village_ledger.ui.review.pin_strip import PinStrip
from village_ledger.ui.review.review_bar import ReviewBar
from village_ledger.ui.widgets.frame import LedgerFrame
from village_ledger.ui.widgets.nav_bar import NavBar
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.domain.period import Month
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import StoredDraft
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.review.pin_board import PinTag
    from village_ledger.ui.session import Session

TRAIL = 2
"""Pages behind the one in view that the status bar names."""


class Shell(QWidget):
    """Made anew for each opened book."""

    status_changed = Signal()

    def __init__(self, session: Session, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._operations = operations
        self.top = TopBar(session)
        self.top.person_asked.connect(self._ask_person)
        reviewing = session.package is not None
        lower = tuple(entry for entry in NAV_LOWER if not (reviewing and only_acts(entry[0])))
        self.nav = NavBar(session.theme, NAV_UPPER, lower)
        self.frame = LedgerFrame(session.theme)
        self.pages = PageStack(session, operations, FACTORIES)
        self._shown: list[NoticeBar] = []
        self.bars = QVBoxLayout()
        self.bars.setSpacing(0)
        self.frame.column.addLayout(self.bars)
        self.frame.column.addWidget(self.pages, 1)
        self.pin_strip = PinStrip(session.theme, self._look_at_remark)
        self.frame.column.addWidget(self.pin_strip)
        self.nav.chosen.connect(self.pages.jump)
        self.pages.page_changed.connect(self._on_page)
        self.pages.status_changed.connect(self.status_changed)
        self.pages.pins_seen.connect(self._show_pins)
        session.ledger_changed.connect(self._lead)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.nav)
        middle.addWidget(self.frame, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        self._say_read_only()
        self._ask_name()
        if session.package is None:
            self._say_attachments()

    def trigger(self, action_id: str) -> bool:
        """Let the page in view answer one of the window's actions; False when it does not."""
        page = self.pages.current_page()
        if page is None or action_id not in page.handlers():
            return False
        page.action(action_id).trigger()
        return True

    def hints(self) -> list[tuple[str, str]]:
        """(key, words) for the status bar: the page's, then the window's own."""
        page = self.pages.current_page()
        specs = [page.key_spec(name) for name in page.hints()] if page else []
        specs = [spec for spec in specs if page is not None and page.offers(spec)]
        specs = [spec for spec in specs if spec.keys or not spec.hint]
        if self._session.package is not None:
            of_voucher = self.pages.current_name == "voucher"
            chooses = ["line"] * of_voucher + ["figure"] * (page is not None and means_figures(page))
            pinning = [actions.spec("package_review", name) for name in ("pin", *chooses)]
            specs = [*pinning, *(() if of_voucher else specs)]
        specs += [s for s in actions.of_scope(actions.EVERYWHERE) if s.hint]
        return [(s.key_words, s.hint or s.text) for s in specs]

    def status(self) -> str:
        """Words of the page in view; where it has none, the way one came."""
        page = self.pages.current_page()
        if page is None:
            return ""
        trail = self.pages.trail()
        said = page.status() or (" › ".join([*_last(trail), page.title()]) if trail else "")
        return " · ".join(filter(None, (said, *page.refusals()[:1])))

    def switch_ledger(self) -> None:
        """F12: the other ledger, on the same page."""
        if len(self._session.ledgers) > 1 and self.pages.may_leave():
            self._session.switch_ledger()

    def offer_drafts(self, drafts: list[StoredDraft]) -> None:
        """The bar that offers a draft found again after the program ended without saving."""
        if not drafts or self._session.read_only:
            return
        newest = drafts[0]
        more = tr("，另有 {count} 份更早的", count=len(drafts) - 1) if len(drafts) > 1 else ""
        sentence = tr(
            "已找回 {saved_at} 的草稿{more}。账没有变化，接着填就行。",
            saved_at=_clock(newest.saved_at),
            more=more,
        )
        bar = NoticeBar(
            self._session.theme,
            sentence,
            [
                (tr("接着填"), lambda: self._continue(bar, newest)),
                (tr("先放着"), lambda: self._drop_bar(bar)),
                (tr("不要这份草稿"), lambda: self._discard(bar, newest.id)),
            ],
        )
        self._show_bar(bar)

    def lead(self) -> None:
        """Colours of the page in view, after the lock screen had none."""
        self._lead()

    def remark(self, sentence: str) -> None:
        """A quiet bar with something that must not be forgotten."""
        bar = NoticeBar(self._session.theme, sentence, [(tr("知道了"), lambda: self._drop_bar(bar))])
        self._show_bar(bar)

    def show_key(self) -> None:
        """A book just made: the fingerprint of its signing key, which the township will ask for."""
        from village_ledger.services.review.village_keys import fingerprint_of

        said = fingerprint_of(self._session.reader)
        if said:
            self.remark(
                tr(
                    "签名密钥也做好了，指纹是 {print}。第一次送审时念给乡镇听；以后在“送审包”页看得到。",
                    print=said,
                )
            )

    # inside

    def _continue(self, bar: NoticeBar, draft: StoredDraft) -> None:
        self._drop_bar(bar)
        self._session.switch_ledger(draft.draft.ledger)
        self.pages.open("voucher", draft_id=draft.id)

    def _discard(self, bar: NoticeBar, draft_id: int) -> None:
        from village_ledger.services.entry import drafts

        self._operations.run(
            tr("丢掉草稿"), lambda uow, _: drafts.discard(uow, draft_id), then=lambda _: self._drop_bar(bar)
        )

    def _show_bar(self, bar: NoticeBar) -> None:
        self._shown.append(bar)
        self.bars.addWidget(bar)

    def _drop_bar(self, bar: NoticeBar) -> None:
        if bar not in self._shown:
            return
        self._shown.remove(bar)
        self.bars.removeWidget(bar)
        bar.hide()
        bar.deleteLater()

    def _say_read_only(self) -> None:
        """Who has the book open and since when, what to do about it; of a package whether it holds."""
        if self._session.package is not None:
            choices: list[tuple[str, Callable[[], object]]] = [
                (tr("我的意见"), lambda: self.pages.open("pinned")),
                (tr("自动审查"), lambda: self.pages.open("review_checks")),
                (tr("抽样"), lambda: self.pages.open("review_sample")),
                (tr("核对结果"), lambda: self.pages.open("package_proof")),
            ]
            if self._session.reader.taken_remarks():
                choices.insert(2, (tr("以前的意见"), lambda: self.pages.open("remarks")))
            if self._session.from_desk:
                choices.insert(0, (tr("回审阅台"), self._session.close_asked.emit))
            bar = ReviewBar(self._session.theme, self._session.package, choices, self._pin)
            self.bars.addWidget(bar)
            package = self._session.package.package
            self.bars.addWidget(KeyBar(self._session.theme, package, bar.show_key, self.frame))
            self.frame.under_review = True
        elif self._session.read_only:
            reason = self._session.book.read_only_reason.rstrip("。")
            sentence = tr("{reason}。现在只能查看，不能改动；等对方关掉后，重新打开就能记账。", reason=reason)
            self._show_bar(NoticeBar(self._session.theme, sentence, []))

    def _pin(self) -> None:
        """F8 while a package is open: a remark on what the page in view stands on, else on its ledger."""
        page = self.pages.current_page()
        if page is None:
            return
        if self.pages.current_name == "pinned":
            page.go(pin=Pin(self._session.ledger_code))
        else:
            self.pages.open("pinned", pin=pin_on(page))

    def _show_pins(self) -> None:
        """What is pinned where one stands."""
        page = self.pages.current_page()
        self.pin_strip.show_tags(() if page is None else page.seen_pins)

    def _look_at_remark(self, tag: PinTag) -> None:
        """The list a remark stands in, on its row."""
        self.pages.open(tag.page, number=tag.number)

    def _say_attachments(self) -> None:
        """Large attachments that are not beside the book: said once, and one goes on."""
        from village_ledger.services.attachments.attachments import missing_folder

        said = missing_folder(self._session.reader)
        if said:
            self.remark(said)

    def _ask_name(self) -> None:
        """Who has not said who it is cannot enter, review or post: say so before it is tried."""
        if self._session.by or self._session.read_only or self._session.staff:
            return
        sentence = tr("还没有写您的名字。凭证上的制单、审核、记账要记名，先写一次，以后这台电脑会记住。")
        bar = NoticeBar(self._session.theme, sentence, [(tr("写名字"), self._write_name)])
        self._show_bar(bar)
        self._session.person_changed.connect(lambda: self._drop_bar(bar))

    def _write_name(self) -> None:
        self.pages.open("settings", ask="person")

    def _on_page(self) -> None:
        page = self.pages.current_page()
        self._show_pins()
        if page is not None:
            self.nav.light(page.nav)
        self._lead()

    def _lead(self) -> None:
        """Frame and colours of the page in view: the ledger's, or ink for both."""
        page = self.pages.current_page()
        follows = page is None or page.belongs_to_ledger
        self._session.theme.lead_with(self._session.kind if follows else None)

    def _ask_person(self) -> None:
        """Read who works in this month's vouchers, then offer the names; where there are staff a PIN is asked."""
        if self._session.package is not None:
            self.pages.open("pinned", ask="who")
            return
        if self._session.staff:
            self._session.door_asked.emit()
            return
        code, month = self._session.ledger_code, self._session.month
        self._operations.read(
            tr("查姓名"), lambda reader: names_in_month(reader, code, month), then=self._offer_people
        )

    def _offer_people(self, in_month: list[str]) -> None:
        """A list of the names known here, and the way to write another."""
        menu = QMenu(self)
        names = self._session.preferences.people(self._session.book.path)
        names += [n for n in in_month if n not in names]
        for name in names:
            menu.addAction(name, lambda name=name: self._session.sit_down(name))
        menu.addSeparator()
        menu.addAction(tr("写一个新名字…"), self._write_name)
        corner = self.top.person.mapToGlobal(QPoint(0, self.top.person.height()))
        menu.popup(corner)


def _last(trail: list[str]) -> list[str]:
    """The end of the way one came: the keys beside it keep their room."""
    return trail if len(trail) <= TRAIL else ["…", *trail[-TRAIL:]]


def names_in_month(reader: Reader, ledger: str, month: Month) -> list[str]:
    """Who prepared, reviewed and posted the vouchers of a month."""
    names: dict[str, None] = {}
    for voucher in reader.vouchers(ledger, month=month):
        names |= dict.fromkeys(n for n in (voucher.prepared_by, voucher.reviewed_by, voucher.posted_by) if n)
    return list(names)


def _clock(saved_at: str) -> str:
    """``10:42`` of an ISO time, as people say it."""
    return saved_at[11:16] or saved_at
