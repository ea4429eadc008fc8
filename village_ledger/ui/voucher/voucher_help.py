"""Help to book on the voucher page: templates (Ctrl+T), keeping one, copies, 这笔怎么记 (F3), and the print of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from village_ledger.domain.account_search import AccountIndex, SearchEntry
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.entry import templates
from village_ledger.ui.voucher.voucher_keep_panel import KeepTemplatePanel
from village_ledger.ui.voucher.voucher_template_filling import TemplateFilling
from village_ledger.ui.widgets.pick_panel import PickPanel

if TYPE_CHECKING:
    from village_ledger.domain.template import Filled, Template
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session
    from village_ledger.ui.voucher.voucher_desk import VoucherDesk

_FOUND_AT_MOST = 50


class VoucherHelp(QObject):
    """Between the page and the templates; drafts it makes are begun by the page."""

    begun = Signal(object, object)
    """A draft to put on the desk as a new voucher, and the filled template it is from, or None."""

    def __init__(
        self, session: Session, operations: Operations, navigator: Navigator, desk: VoucherDesk
    ) -> None:
        super().__init__(desk)
        self._session, self._operations, self._navigator, self._desk = session, operations, navigator, desk
        self.stored_id: int | None = None
        """The stored voucher in view, None for one being typed."""
        self._templates: dict[str, Template] = {}
        self._found: list[Template] = []
        self._asked_at = (0, "summary")
        self.filling = TemplateFilling(desk)
        self.panel = PickPanel(session.theme, tr("模板"), desk)
        self.panel.picked.connect(self._use)
        self.panel.closed.connect(lambda: desk.put_cursor(self._asked_at))
        self.keep_panel = KeepTemplatePanel(session.theme)
        self.keep_panel.confirmed.connect(self._keep)
        self.keep_panel.closed.connect(lambda: desk.put_cursor(self._asked_at))
        desk.typing.before_going_on = self.filling.follow

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Slot per action."""
        return {
            "templates": self.ask_template,
            "keep_template": self.ask_keeping,
            "copy": self.copy,
            "copy_across": self.copy_across,
            "print": self.print_voucher,
            "how_to_book": lambda: self._navigator.open("posting_event"),
        }

    def show(self, stored_id: int | None) -> None:
        """Another voucher is on the desk."""
        self.stored_id = stored_id
        self.filling.forget()
        self.keep_panel.close_panel()

    def follow(self, filled: Filled | None) -> None:
        """The template just put on the desk; what is typed for its variables stands everywhere."""
        if filled is not None:
            self.filling.begin(filled)

    def close(self) -> bool:
        """Esc, one level."""
        return self.panel.close_panel() or self.keep_panel.close_panel()

    # templates

    def ask_template(self) -> None:
        """Ctrl+T."""
        desk = self._desk
        self._asked_at = desk.typing_at()
        desk.typing.close_lists()
        found = self._session.reader.templates(self._session.ledger_code)
        self._templates = {str(template.id): template for template in found}
        index = AccountIndex([SearchEntry(str(t.id), t.name, t.name) for t in found])

        def search(text: str) -> list[str]:
            keys = (
                [m.entry.code for m in index.search(text, _FOUND_AT_MOST)]
                if text.strip()
                else list(self._templates)
            )
            self._found = [self._templates[key] for key in keys]
            return [_listed(template) for template in self._found]

        note = (
            tr("↑↓ 选，Enter 用它填。") if found else tr("还没有模板：填好一张凭证，按 Ctrl+Shift+T 存一个。")
        )
        self.panel.open_beside(desk.form.heading.number, search, note)

    def _use(self, row: int) -> None:
        template = self._found[row]
        day = parse_day(self._desk.editing.head.day)
        try:
            filled = templates.filled(
                self._session.reader, template.id, self._session.ledger_code, day, any_month=True
            )
        except LedgerError as refusal:
            self.panel.say(f"{refusal.what}。{refusal.next_step}")
            return
        self.panel.hide()
        self.begun.emit(filled.draft, filled)

    def ask_keeping(self) -> None:
        """Ctrl+Shift+T."""
        self._asked_at = self._desk.typing_at()
        self._desk.settle()
        draft = self._desk.draft()
        first = next((line.summary for line in draft.lines if line.summary), "")
        self.keep_panel.ask(first)

    def _keep(self, name: str, ask_amounts: bool, ask_parties: bool) -> None:
        draft = self._desk.draft()
        self._operations.run(
            tr("存为模板"),
            lambda uow, _progress: templates.keep_from_draft(
                uow, draft, name, parse_day(draft.day), ask_amounts=ask_amounts, ask_parties=ask_parties
            ),
            then=self._on_kept,
            refused=lambda refusal: self.keep_panel.say(f"{refusal.what}。{refusal.next_step}"),
        )

    def _on_kept(self, outcome: Outcome[Template]) -> None:
        self.keep_panel.close_panel()
        self._desk.strip.say(tr("已存为模板“{name}”，按 Ctrl+T 用它。", name=outcome.value.name))

    # copies

    def copy(self) -> None:
        """Ctrl+D: the voucher in view once more, dated in an open month."""
        if self.stored_id is None:
            self._desk.strip.say(tr("先按 F6 保存，或翻到已保存的一张，再复制。"))
            return
        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        try:
            draft = templates.copy_of(self._session.reader, self.stored_id, today)
        except LedgerError as refusal:
            self._desk.strip.say(f"{refusal.what}。{refusal.next_step}")
            return
        self.begun.emit(draft, None)

    def copy_across(self) -> None:
        """Ctrl+Shift+D: choose the partner accounts of the other ledger first."""
        if self.stored_id is None or len(self._session.ledgers) < 2:
            self._desk.strip.say(tr("翻到已保存的一张，再复制到另一本账。"))
            return
        self._navigator.open("copy_across", voucher_id=self.stored_id)

    def print_voucher(self) -> None:
        """Ctrl+P: the voucher in view on paper."""
        if self.stored_id is None:
            self._desk.strip.say(tr("先按 F6 保存，编了号再打印。"))
        else:
            self._navigator.open("preview", report="voucher", vouchers=[self.stored_id])


def _listed(template: Template) -> str:
    lines = "、".join(dict.fromkeys(line.account for line in template.lines))
    return f"{template.name}　　{lines}"
