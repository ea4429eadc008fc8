"""The voucher page: one draft on screen, saved by one key, kept on every pause."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.voucher import Draft, StoredVoucher, VoucherState
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.settings import VOUCHER_STYLE
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.voucher.voucher_account_help import VoucherAccountHelp
from village_ledger.ui.voucher.voucher_browsing import VoucherBrowsing
from village_ledger.ui.voucher.voucher_buttons import VoucherButtons
from village_ledger.ui.voucher.voucher_cautions import VoucherCautions
from village_ledger.ui.voucher.voucher_days import DayProblem, day_problem
from village_ledger.ui.voucher.voucher_desk import VoucherDesk
from village_ledger.ui.voucher.voucher_draft_keeper import KeptDraft, VoucherDraftKeeper, clock_of
from village_ledger.ui.voucher.voucher_foot import Signers
from village_ledger.ui.voucher.voucher_help import VoucherHelp
from village_ledger.ui.voucher.voucher_papers import VoucherPapers
from village_ledger.ui.voucher.voucher_pins import VoucherPins
from village_ledger.ui.voucher.voucher_places import KIND_TAGS, draft_of, first_day, may_be_changed
from village_ledger.ui.voucher.voucher_reversal import VoucherReversal
from village_ledger.ui.voucher.voucher_saving import VoucherSaving
from village_ledger.ui.voucher.voucher_state_line import VoucherStateLine, state_words
from village_ledger.ui.voucher.voucher_style import VoucherLook
from village_ledger.ui.voucher.voucher_typing import TextSources

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.domain.template import Filled
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.records import StoredDraft
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class VoucherPage(Page):
    """Shows a new voucher, a draft found again, or a stored voucher; one desk serves all three."""

    scope: ClassVar[str] = "voucher"
    nav: ClassVar[str] = "voucher_list"
    shows: ClassVar[Changes] = Changes(
        vouchers=True, balances=True, accounts=True, counterparties=True, periods=True
    )

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("填凭证"))
        self._ledger = ""
        self._stored: StoredVoucher | None = None
        self._parked: dict[tuple[str, int | None], tuple[Draft, KeptDraft]] = {}
        reader = session.reader
        sources = TextSources(
            summaries=lambda text: reader.summaries(self._ledger, text),
            counterparties=reader.counterparties,
            projects=reader.projects,
            groups=reader.groups,
        )
        self.desk = VoucherDesk(self.theme, self._judge, sources)
        self.keeper = VoucherDraftKeeper(session, operations, self.desk.draft, self)
        self.saving = VoucherSaving(session, operations, self.desk, self.keeper, self.slip)
        self.account_help = VoucherAccountHelp(session, operations, self.desk)
        self.state_line = VoucherStateLine(self.theme)
        self.reversal = VoucherReversal(self.theme, self._judge, operations)
        self.browsing = VoucherBrowsing(session, self.desk)
        self.cautions = VoucherCautions(session, operations, self.desk, self.keeper)
        self.help = VoucherHelp(session, operations, navigator, self.desk)
        self.papers = VoucherPapers(session, operations, self.desk, self.slip, navigator)
        self.pins = VoucherPins(self, self.desk)
        for part in (self.state_line, self.reversal.panel, self.help.keep_panel, self.desk, self.papers.pane):
            self.body.addWidget(part, part is self.desk)
        look = VoucherLook(session.preferences.get(VOUCHER_STYLE))
        self.buttons = VoucherButtons(self.theme, self.head.tools, look)
        self.buttons.look_switch.chosen.connect(self._choose_look)
        self._connect()

    def _connect(self) -> None:
        desk, keeper = self.desk, self.keeper
        desk.edited.connect(self._on_edited)
        desk.moved.connect(self._on_moved)
        desk.editing.head_changed.connect(self._show_number)
        desk.typing.outer_level = self._fold_slip
        self.saving.stored.connect(self._on_stored)
        keeper.state_changed.connect(lambda _words: self.status_changed.emit())
        self.state_line.voucher_wanted.connect(self.browsing.go_to)
        self.browsing.wanted.connect(self.open_voucher)
        for part in (self.help, self.papers):
            part.begun.connect(self.begin)
        self.browsing.page_wanted.connect(lambda page, where: self.navigator.open(page, **where))
        self.browsing.pending_wanted.connect(self._open_pending)
        self.reversal.made.connect(self._on_reversed)
        self.reversal.panel.closed.connect(desk.form.grid.setFocus)
        self.theme.changed.connect(desk.form.follow_theme)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slot per action."""
        desk = self.desk
        return {
            "save": lambda: self.saving.save(then_next=False),
            "save_next": lambda: self.saving.save(then_next=True),
            "new_voucher": self.new_voucher,
            "look_up": desk.look_up,
            "calculator": desk.open_calculator,
            "insert_line": desk.insert_line,
            "delete_line": desk.delete_line,
            "undo": lambda: self._travel(desk.editing.undo),
            "redo": lambda: self._travel(desk.editing.redo),
            "reverse": self._ask_reversal,
            "look": self.buttons.look_switch.other,
            "papers": self.papers.fold.toggle,
            **self.browsing.handlers(),
            **self.help.handlers(),
        }

    def bind_actions(self) -> None:
        """The head's buttons are made from the actions."""
        super().bind_actions()
        self.buttons.make(self.action)
        self.desk.complete.connect(self.buttons.save_next.setFocus)
        self._follow_shown()

    def _choose_look(self, look: VoucherLook) -> None:
        self.session.preferences.set(VOUCHER_STYLE, look.value)
        self.desk.wear(look)

    def go(self, **where: Any) -> None:
        """Open a stored voucher, a draft found again, or go on with the new one."""
        super().go()
        self.desk.wear(VoucherLook(self.session.preferences.get(VOUCHER_STYLE)))
        try:
            self._open(**where)
        except LedgerError as refusal:
            self._open_pending()
            self.slip.say(describe(refusal))

    def _open(self, **where: Any) -> None:
        if "draft" in where:
            self.begin(where["draft"], where.get("filled"))
        elif "voucher_id" in where:
            self.open_voucher(where["voucher_id"])
            self.pins.stand(where.get("line", 0))
        elif "draft_id" in where:
            self.open_draft(where["draft_id"])
        elif self._stored is not None or self.desk.editing.ledger != self._ledger:
            self._open_pending()
        else:
            self.desk.put_cursor(self.desk.typing_at())

    def where(self) -> dict[str, Any]:
        """The stored voucher in view and the line one stands on; a new one is simply gone on with."""
        return self.pins.where()

    def reload(self) -> None:
        """Another ledger, or figures around the draft; what is typed stays."""
        ledger = self.session.ledger_code
        if ledger != self._ledger:
            self._park()
            self._ledger = ledger
            self.account_help.begin()
            self.desk.form.heading.show_entity(self.session.ledger.entity, self.session.ledger.title)
            self.desk.form.show_watermark(self.session.info.is_demo)
            if self.isVisible():
                self._open_pending()
        elif self._stored is not None and not self.desk.editing.is_changed:
            self._reread_stored()
        else:
            self.desk.editing.model.set_chart(self.session.reader.chart(ledger))
            self._follow_month()
        self._show_number()
        QTimer.singleShot(0, self.account_help.read)

    def leave(self) -> bool:
        """Nothing typed is lost: the draft is saved at once."""
        self.desk.typing.close_lists()
        self.desk.calculator.close_panel()
        self.browsing.panel.close_panel()
        self.help.panel.close_panel()
        self.keeper.flush()
        return True

    def escape(self) -> bool:
        """One level: slip, panel, list, what was typed in this cell."""
        panels = self.browsing.panel, self.reversal.panel
        return any(p.close_panel() for p in panels) or self.help.close() or self.desk.back_out()

    def _fold_slip(self) -> bool:
        """Esc takes the slip away before it takes anything typed back."""
        said = self.slip.notice is not None
        self.slip.fold()
        return said

    def status(self) -> str:
        """State of the voucher in words."""
        return self.keeper.words or state_words(self._stored)

    # what is shown

    def _show(
        self, draft: Draft, stored: StoredVoucher | None, kept: KeptDraft | None = None, words: str = ""
    ) -> None:
        """Put a draft on the desk; ``stored`` when it is the face of a stored voucher."""
        read_only = self.session.only_looks or (stored is not None and not may_be_changed(stored))
        self._stored = stored
        self.slip.fold()
        self.reversal.panel.close_panel()
        self.help.show(None if stored is None else stored.id)
        self.desk.show_draft(draft, self.session.reader.chart(draft.ledger), read_only=read_only)
        self.papers.show(stored, draft)
        self.keeper.start(kept or KeptDraft(), words)
        self.browsing.stand_at(stored)
        self._show_number()
        self._follow_shown()
        self.desk.put_cursor(draft.cursor)
        self.keeper.hold()
        self.status_changed.emit()

    def _follow_shown(self) -> None:
        """Title, state line, buttons and signatures of what is shown."""
        stored = self._stored
        read_only = self.desk.editing.model.read_only
        self.head.set_title(
            tr("填凭证") if stored is None else tr("改凭证") if not read_only else tr("看凭证")
        )
        self.state_line.show_voucher(stored, self.browsing.other_side, self.browsing.asset_links)
        heading = self.desk.form.heading
        heading.show_tag(KIND_TAGS.get(stored.voucher.kind, "") if stored is not None else "")
        signers = Signers(prepared_by=self.session.by)
        if stored is not None:
            signers = Signers(stored.posted_by, stored.reviewed_by, stored.prepared_by)
        self.desk.form.foot.show_signers(signers)
        self.pins.show(stored)
        self.buttons.follow(stored, read_only=read_only, may_write=not self.session.read_only)

    def _show_number(self) -> None:
        """The stored number, or the one that comes next in the month of the date."""
        stored, head = self._stored, self.desk.editing.head
        if not head.day:
            return
        if stored is not None and stored.ref.month == Month.of(parse_day(head.day)):
            self.desk.form.heading.show_number(stored.ref.short)
            return
        word = stored.ref.word if stored is not None else "记"
        number = self.session.reader.next_number(self._ledger, Month.of(parse_day(head.day)), word)
        self.desk.form.heading.show_number(f"{word}-{number:04d}")

    def _judge(self, day: date) -> DayProblem | None:
        reader, ledger = self.session.reader, self.session.ledger_code
        return day_problem(day, lambda month: reader.month_state(ledger, month), reader.months(ledger))

    def _reread_stored(self) -> None:
        """The voucher in view may have been reviewed, posted or taken away meanwhile."""
        stored = self._stored
        if stored is None:
            return
        try:
            fresh = self.session.reader.voucher(stored.id)
        except LedgerError:
            self._stored = None
            self._open_pending()
            return
        if fresh != stored:
            self._show(draft_of(fresh), fresh)

    def _follow_month(self) -> None:
        """Another month chosen above: an untouched voucher takes a day of it."""
        head = self.desk.editing.head
        untouched = self._stored is None and self.desk.editing.is_untouched()
        if untouched and head.day and Month.of(parse_day(head.day)) != self.session.month:
            self._show(Draft(self._ledger, self._fresh_day()), None)

    # new, pending, stored

    def _fresh_day(self) -> str:
        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        return first_day(self.session.reader, self._ledger, self.session.month, today).isoformat()

    def _park(self) -> None:
        """Put aside what is being typed while something else is looked at."""
        editing = self.desk.editing
        if not self._ledger or editing.model.read_only or editing.is_untouched():
            return
        if self._stored is None or editing.is_changed or self.keeper.box.id is not None:
            self._parked[self._ledger, editing.editing] = (self.desk.draft(), self.keeper.box)

    def _open_pending(self) -> None:
        """The new voucher that was being typed, else a blank one."""
        draft, kept = self._parked.pop((self._ledger, None), (None, None))
        if draft is None:
            self._show(Draft(self._ledger, self._fresh_day()), None)
        else:
            self._show(draft, None, kept, tr("◌ 草稿"))

    def new_voucher(self) -> None:
        """F5: a blank voucher; what was being typed stays as a draft."""
        self.keeper.flush()
        self._parked.pop((self._ledger, None), None)
        day = self.desk.editing.head.day if self._stored is None else ""
        self._show(Draft(self._ledger, day or self._fresh_day()), None)

    def begin(self, draft: Draft, filled: Filled | None = None) -> None:
        """A new voucher with something on it already; what was being typed stays as a draft."""
        self.keeper.flush()
        if draft.ledger != self.session.ledger_code:
            self.session.switch_ledger(draft.ledger)
        self._parked.pop((draft.ledger, None), None)
        self._show(draft, None)
        self.help.follow(filled)
        self.keeper.touch()

    def open_voucher(self, voucher_id: int) -> None:
        """Show a stored voucher; changes to it that were not saved come back with it. Raises VoucherError."""
        stored = self.session.reader.voucher(voucher_id)
        self.keeper.flush()
        self._park()
        if stored.ledger != self.session.ledger_code:
            self.session.switch_ledger(stored.ledger)
        if not may_be_changed(stored):
            self._show(draft_of(stored), stored)
            return
        draft, kept = self._parked.pop((stored.ledger, voucher_id), (None, None))
        if draft is not None:
            self._show(draft, stored, kept, tr("◌ 草稿"))
            return
        found = next((d for d in self.session.reader.drafts() if d.draft.editing == voucher_id), None)
        if found is not None:
            self._show_found(found, stored)
        else:
            self._show(draft_of(stored), stored)

    def open_draft(self, draft_id: int) -> None:
        """Go on with a draft found again, in the cell where the cursor was. Raises VoucherError."""
        reader = self.session.reader
        found = next((kept for kept in reader.drafts() if kept.id == draft_id), None)
        if found is None:
            self._open_pending()
            return
        self.keeper.flush()
        self._park()
        if found.draft.ledger != self.session.ledger_code:
            self.session.switch_ledger(found.draft.ledger)
        self._parked.pop((found.draft.ledger, found.draft.editing), None)
        stored = None if found.draft.editing is None else reader.voucher(found.draft.editing)
        if stored is not None and not may_be_changed(stored):
            self._show(draft_of(stored), stored)
        else:
            self._show_found(found, stored)

    def _show_found(self, found: StoredDraft, stored: StoredVoucher | None) -> None:
        words = tr("◌ 已找回 {time} 的草稿", time=clock_of(found.saved_at))
        self._show(found.draft, stored, KeptDraft(found.id), words)

    # what typing and saving bring about

    def _on_edited(self) -> None:
        if self.slip.notice is not None:
            self.slip.fold()
        if not self.desk.editing.model.read_only:
            self.keeper.touch()

    def _on_moved(self) -> None:
        """The cursor's cell is part of the draft; moving about in a blank voucher makes none."""
        if self.keeper.box.id is not None or not self.desk.editing.is_untouched():
            self.keeper.touch()

    def _travel(self, move: Callable[[], None]) -> None:
        if not self.desk.editing.model.read_only:
            self.desk.typing.close_lists()
            move()

    def _on_stored(self, outcome: Outcome[StoredVoucher], then_next: bool) -> None:
        """The book has it: show it as it stands there, or go on with the next."""
        stored = outcome.value
        words = tr("○ 已保存 {ref}", ref=stored.ref.short)
        if then_next:
            self._show(Draft(self._ledger, stored.voucher.day.isoformat()), None, words=words)
        else:
            self._show(draft_of(stored), stored, words=words)
        prefix = tr("{ref}：", ref=stored.ref.short) if then_next else ""
        self.desk.strip.warn([prefix + warning for warning in outcome.warnings])

    def _ask_reversal(self) -> None:
        if self._stored is not None and self._stored.state is VoucherState.POSTED:
            self.reversal.ask(self._stored)

    def _on_reversed(self, outcome: Outcome[StoredVoucher]) -> None:
        stored = outcome.value
        self._show(draft_of(stored), stored, words=tr("○ 已保存 {ref}", ref=stored.ref.short))
        self.desk.strip.warn(outcome.warnings)
