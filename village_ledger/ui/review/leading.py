"""From a remark to where it is pinned: the voucher and its line, the sheet and its figure, the page and its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import PackageError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.remark_place import FigurePlace, VoucherPlace, place_of
from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.review.pin import NUMBERS, RENAMED, row_keys, tables_of

if TYPE_CHECKING:
    from village_ledger.ui.page import Page
    from village_ledger.ui.session import Session

_READ_ELSEWHERE = {"distribution": "income-distribution"}
"""Pages that only act: what they lead to is read there."""
_BOOKS = {"account-ledger": None, "cash-journal": True, "bank-journal": True}


def lead_to(page: Page, ledger: str, place: str) -> None:
    """Go where a remark is pinned, in its ledger; raises LedgerError for a voucher or page there is not."""
    pinned, session = place_of(place), page.session
    if pinned is None:
        name, where = "home", {}
    elif isinstance(pinned, VoucherPlace):
        stored = session.reader.find_voucher(ledger, pinned.ref)
        name, where = "voucher", {"voucher_id": stored.id}
        if pinned.line:
            where["line"] = pinned.line
    else:
        name, where = way_to(session, pinned, ledger)
    if ledger != session.ledger_code:
        session.switch_ledger(ledger)
    page.navigator.open(name, **where)


def way_to(session: Session, place: FigurePlace, ledger: str) -> tuple[str, dict[str, Any]]:
    """The page a figure stands on, and where on it; raises PackageError for a page there is not."""
    where: dict[str, Any] = {key: _value(key, text) for key, text in place.subject}
    where["pinned"] = place
    if place.days is not None:
        where["span"] = place.days
    pages = {report: page for page, report in RENAMED.items()} | _READ_ELSEWHERE
    name = pages.get(place.name, place.name)
    if name == "ledger":  # as a journal, which has the rows of the ledger and the days' sums
        return name, {**where, "as_journal": True}
    if name == "trial_balance":
        return name, {**where, "account": place.row}
    if place.name in _BOOKS:
        return "ledger", {**where, "account": place.row, "as_journal": bool(_BOOKS[place.name])}
    if name == "closing" and place.days is not None:
        where["month"] = Month.of(place.days.last)
    return _sheet_of(session, name, place, ledger, where)


def _sheet_of(
    session: Session, name: str, place: FigurePlace, ledger: str, where: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """A page by its own name, else the page that shows a report of the name."""
    from village_ledger.ui.pages import FACTORIES

    if name == "disclosure" and place.row:  # its rows stand beside the paper
        return "sheet_rows", {**where, "sheet": name}
    if name in FACTORIES:
        return name, where
    if "_" in name:
        raise PackageError(tr("这个版本没有“{name}”这一页", name=name), tr("意见里写着是哪里，请照着找。"))
    if name.startswith("disclosure-"):
        return "sheet_rows", {**where, "sheet": name}
    if name in _statements(session, place, ledger):
        if name == "balance-sheet" and place.days is not None:
            where["span"] = Span(Month(place.days.last.year, 1).first, place.days.last)
        return "statement", {**where, "report": name, "key": place.row, "column": place.column}
    return "report_table", {**where, "report": name}


def _value(key: str, text: str) -> str | int:
    return int(text) if key in NUMBERS and text.isascii() and text.isdigit() else text


def _statements(session: Session, place: FigurePlace, ledger: str) -> set[str]:
    from village_ledger.reports.statements.catalogue_statements import statements_of

    last = place.days.last if place.days is not None else session.month.last
    return {one.report for one in statements_of(session.reader, ledger, last)}


def stand_on(page: Page, place: FigurePlace) -> None:
    """Once the page has its figures: stand on the row, or say that it is not there any more."""
    if not place.row:
        return
    for table in tables_of(page):
        for model in (table.model, table.totals_model):
            keys = row_keys(model) if model is not None else []
            if place.row in keys:
                table.mean(keys.index(place.row), place.column, total=model is not table.model)
                return
    page.slip.say(describe(_gone(place)))


def _gone(place: FigurePlace) -> PackageError:
    return PackageError(
        tr("表上没有“{row}”这一行了", row=place.row), tr("数可能变过；意见里写着当时的样子。"), safe=""
    )
