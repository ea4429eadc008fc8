"""报账单 of the year: what was handed in, what became of it; Enter opens one, F8 makes its vouchers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from village_ledger.domain.claim import ClaimState
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.claims.queries import StoredClaim
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class ClaimsPage(Page):
    """The register of claims of the leading ledger and the year in view."""

    scope = "claims"
    nav = "work"
    shows = Changes(claims=True, vouchers=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.claims: list[StoredClaim] = []
        self.register: Table | None = None
        self._said = ""
        self.bar = AskBar(self.theme)
        self.table = FigureTable(self.theme, tr("报账单"))
        self.table.view.empty_words = tr(
            "今年还没有报账单。按 Insert 收一张，或先到“报账员和备用金”登记报账员。"
        )
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow_row())
        self.body.addWidget(self.bar)
        self.body.addWidget(self.table, 1)
        for name in ("holders", "give_back", "form"):
            self.add_button(name)
        self.add_button("book")
        self.add_button("new", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "new": lambda: self.navigator.open("claim"),
            "book": self._book,
            "give_back": self._give_back,
            "form": self._print_form,
            "holders": lambda: self.navigator.open("advances"),
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self._said = ""
        self.reload(row=where.get("row", -1))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self, row: int = -1) -> None:
        """Read the year's claims again, on the worker."""
        if not self.session.is_open:
            return
        ledger, year = self.session.ledger_code, self.session.month.year
        row = row if row >= 0 else self.table.row
        self.operations.read(
            tr("读报账单"),
            lambda reader: read_claims(reader, ledger, year),
            lambda read: self._show(read[0], read[1], row),
            refused=lambda error: self.slip.say(describe(error)),
            key="claims",
        )

    def escape(self) -> bool:
        """Put the question away first."""
        if self.bar.isVisible():
            self.bar.put_away()
            return True
        return False

    def status(self) -> str:
        """What was done, else how many wait."""
        waiting = sum(one.state is ClaimState.SUBMITTED for one in self.claims)
        return self._said or tr("共 {count} 张，待记 {waiting} 张", count=len(self.claims), waiting=waiting)

    def follow_access(self) -> None:
        """What the row in view allows."""
        super().follow_access()
        self._follow_row()

    # inside

    def _show(self, claims: list[StoredClaim], register: Table, row: int) -> None:
        self.claims, self.register = claims, register
        year = self.session.month.year
        self.head.set_title(tr("报账单"), f"{self.session.ledger.title} · {tr('{year}年', year=year)}")
        model = TableModel(register)
        self.table.show_model(model, model.totals_model())
        self.table.go_to_row(max(row, 0))
        self._follow_row()
        self.status_changed.emit()

    def _current(self) -> StoredClaim | None:
        row = self.table.row
        return self.claims[row] if 0 <= row < len(self.claims) else None

    def _follow_row(self) -> None:
        claim = self._current()
        waits = claim is not None and claim.state is ClaimState.SUBMITTED
        self.action("book").setEnabled(self.may("book") and waits)
        self.action("give_back").setEnabled(self.may("give_back") and waits)
        self.action("form").setEnabled(claim is not None)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.claims):
            self.navigator.open("claim", claim_id=self.claims[row].id)

    def _book(self) -> None:
        claim = self._current()
        if claim is None:
            return
        from village_ledger.services.claims import claims

        self.slip.fold()
        self.operations.run(
            tr("记成凭证"),
            lambda uow, _: claims.book(uow, claim.id),
            then=lambda done: self._say(
                tr("{number} 记成了 {refs}，等待审核", number=claim.number, refs=_refs(done.value))
            ),
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _give_back(self) -> None:
        claim = self._current()
        if claim is None:
            return
        from village_ledger.services.claims import claims

        def done(reason: str) -> None:
            self.operations.run(
                tr("退回报账单"),
                lambda uow, _: claims.give_back(uow, claim.id, reason),
                then=lambda _: self._say(tr("{number} 退回了", number=claim.number)),
                refused=lambda error: self.slip.say(describe(error)),
            )

        question = tr("退回 {number}（{name}），为什么？", number=claim.number, name=claim.claim.claimant)
        self.bar.ask(question, tr("退回"), done, self.table.setFocus)

    def _print_form(self) -> None:
        claim = self._current()
        if claim is None:
            return
        from village_ledger.reports.claims.catalogue_claims import claim_of

        ledger, claim_id = self.session.ledger_code, claim.id
        self.operations.read(
            tr("排报账单"),
            lambda reader: claim_of(reader, ledger, claim_id),
            lambda table: self.navigator.open("preview", tables=(table,)),
        )

    def _print(self) -> None:
        if self.register is not None:
            self.navigator.open("preview", tables=(self.register,))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()


def _refs(vouchers: list[Any]) -> str:
    return "、".join(voucher.ref.short for voucher in vouchers)


def read_claims(reader: Reader, ledger: str, year: int) -> tuple[list[StoredClaim], Table]:
    """A year's claims and their register, of one state of the book."""
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.claims.claim_reports import claim_register

    with reader.snapshot():
        claims = reader.claims(ledger, year)
        return claims, claim_register(issuer_of(reader, ledger), claims, Span.of_year(year))
