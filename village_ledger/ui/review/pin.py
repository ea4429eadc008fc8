"""Where a remark is pinned: what the page in view stands on when F8 is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from village_ledger.domain.period import Span
from village_ledger.domain.remark_place import FigurePlace, VoucherPlace, row_name
from village_ledger.domain.review_check import Severity
from village_ledger.i18n import tr
from village_ledger.ui.tables.table_model import FigureModel, Look
from village_ledger.ui.tables.table_view import FigureTable

if TYPE_CHECKING:
    from village_ledger.ui.page import Page

REPORT_PAGES = frozenset({"statement", "report_table"})
"""Pages that show any report: a figure there goes by the report's name."""
SHEET_PAGES = frozenset({"disclosure", "sheet_rows"})
"""Pages that show a public sheet, as paper or as figures."""
RENAMED = {"trial_balance": "trial-balance"}
MOST_ROWS = 20_000
"""Rows that are named one by one; a ledger of a million lines has vouchers to pin to."""
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "ledger": ("account",),
    "statement_figure": ("report", "key", "column"),
    "disclosure_lines": ("key",),
    "contract": ("number",),
    "asset_card": ("code",),
    "parcel": ("code",),
    "household": ("household",),
    "project": ("project",),
    "decision": ("number",),
    "panel": ("number",),
    "posting": ("number",),
    "stock_take": ("number",),
    "handover": ("number",),
    "claim": ("claim_id",),
    "dividend_run": ("year",),
    "dividend_payments": ("year",),
    "claims": ("year",),
    "share_register": ("part",),
    "bank": ("account",),
}
"""Pages about one thing: which words of where one is say what thing. On every other page they say the row."""
NUMBERS = frozenset({"year", "claim_id"})
"""Subjects that are numbers."""
_KEYS_NOBODY_READS = frozenset({"voucher", "lines"})
"""Links whose keys are the program's own: such rows go by their first words."""
_NO_NAMES = frozenset({Look.MARK, Look.CHECK, Look.CENTRED, Look.MONEY, Look.OURS, Look.THEIRS})


@dataclass(frozen=True, slots=True)
class Pin:
    """A voucher, a line, a figure, or a ledger as a whole; what the page already knows of severity, rule and words."""

    ledger: str
    place: str = ""
    """As ``remark_place`` writes it, empty for the ledger."""
    text: str = ""
    rule: str = ""
    severity: Severity = Severity.PLAIN


def pin_on(page: Page) -> Pin:
    """Where a remark begun on a page is pinned: what it says it stands on, its voucher, its row, else the page."""
    said = page.pinned_at()
    if said is not None:
        return said
    where = page.where()
    voucher = where.get("voucher_id") or where.get("voucher")
    if isinstance(voucher, int) and voucher and not _figure_meant(page):
        return voucher_pin(page, voucher, where.get("line", 0))
    return figure_pin(page)


def voucher_pin(page: Page, voucher: int, line: int = 0) -> Pin:
    """On a voucher, or a line of it."""
    (stored,) = page.session.reader.vouchers_by_id([voucher])
    return Pin(stored.ledger, str(VoucherPlace(stored.ref, line)))


def figure_pin(page: Page) -> Pin:
    """On the row one stands on, named by what names it; the remark begins with what is seen there now."""
    sheet, title = sheet_of(page), page.title()
    for table in tables_of(page):
        meant = table.meant()
        if meant is None or meant[1] >= MOST_ROWS:
            continue
        model, row, column = meant
        link = model.link(row)
        if column < 0 and link is not None and link.kind == "voucher":
            return voucher_pin(page, int(link.key))
        place = replace(
            sheet,
            row=row_keys(model)[row],
            column=model.columns[column].key if column >= 0 else "",
        )
        return Pin(_ledger(page), str(place), f"《{title}》{_said(model, row, column)}：")
    return Pin(_ledger(page), str(sheet), f"《{title}》：")


def _ledger(page: Page) -> str:
    return page.session.ledger_code


def sheet_of(page: Page) -> FigurePlace:
    """What a row of the page belongs to: a report of some days, or the page and what it is of."""
    where, name = page.where(), page.page_name
    days = where.get("span")
    if name in REPORT_PAGES:
        name = str(where.get("report") or name)
    elif name in SHEET_PAGES:
        name = str(where.get("sheet") or where.get("report") or name)
    told = ((key, where.get(key)) for key in SUBJECTS.get(name, ()))
    subject = tuple((key, row_name(str(value))) for key, value in told if value)
    return FigurePlace(
        RENAMED.get(name, name), days=days if isinstance(days, Span) else None, subject=subject
    )


def tables_of(page: Page) -> list[FigureTable]:
    """The tables one sees, the one with the keyboard first."""
    seen = [table for table in page.findChildren(FigureTable) if table.isVisibleTo(page)]
    return sorted(seen, key=lambda table: not (table.view.hasFocus() or _is_chosen(table)))


def _figure_meant(page: Page) -> bool:
    """Whether one figure was chosen on the table one stands in."""
    return any(_is_chosen(table) for table in tables_of(page)[:1])


def means_figures(page: Page) -> bool:
    """Whether on some table in view one figure of a row can be meant."""
    return any(table.means_figures() for table in tables_of(page))


def _is_chosen(table: FigureTable) -> bool:
    meant = table.meant()
    return meant is not None and meant[2] >= 0


def row_keys(model: FigureModel) -> list[str]:
    """What names each row; the second of one name ends in ~2."""
    named: dict[str, int] = {}
    keys: list[str] = []
    for row in range(min(model.count(), MOST_ROWS)):
        key = row_name(_row_key(model, row))
        named[key] = again = named.get(key, 0) + 1
        keys.append(f"{key}~{again}" if key and again > 1 else key)
    return keys


def _row_key(model: FigureModel, row: int) -> str:
    own: Any = getattr(model, "key", None)
    if callable(own):
        return str(own(row))
    columns = range(len(model.columns))
    codes = (model.text(row, at) for at in columns if model.columns[at].look is Look.CODE)
    texts = [model.text(row, at) for at in columns if model.columns[at].look not in _NO_NAMES]
    link = model.link(row)
    if link is not None and link.kind in _KEYS_NOBODY_READS:  # date and number, item and name
        return next(filter(None, codes), "") or " ".join(list(filter(None, texts))[:2])
    return next(filter(None, codes), "") or (link.key if link else "") or next(filter(None, texts), "")


def _said(model: FigureModel, row: int, column: int) -> str:
    """The row by its words, and the figure that is meant as it stands now."""
    texts = [
        model.text(row, at) for at in range(len(model.columns)) if model.columns[at].look not in _NO_NAMES
    ]
    name = row_name(" ".join(dict.fromkeys(text.strip(" ▸▾") for text in texts[:2] if text)))
    if column < 0:
        return name
    return tr(
        "{name} {column} {figure}",
        name=name,
        column=f"{model.columns[column].group}{model.columns[column].label}",
        figure=model.text(row, column) or tr("空"),
    )
