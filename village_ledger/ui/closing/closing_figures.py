"""What the closing page shows: the check list of a month, each line's evidence, and where the evidence leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import VoucherRef
from village_ledger.i18n import tr
from village_ledger.reports.books.month_remarks import reopened
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.storage.closing.queries import MonthCheck, Seal
    from village_ledger.storage.reader import Reader

VERDICT_WORDS = {Verdict.PASS: "通过", Verdict.WARN: "提醒", Verdict.FAIL: "不通过"}
_MARKS = {Verdict.PASS: Check.GOOD, Verdict.WARN: Check.WARN, Verdict.FAIL: Check.FAIL}
_REFERENCE = re.compile(r"\d{4}-\d{2}/\w+-\d+")
_NAME_CHARS, _FOUND_SAMPLE = 14, "还有 4 张待审核、3 张待记账"


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of a ledger before it closes, or closed: state, list, and what stays said of it."""

    month: Month
    state: MonthState
    items: tuple[CheckItem, ...]
    check: MonthCheck | None
    remarks: tuple[str, ...]
    seal: Seal | None
    waiting: int
    """Vouchers of the month that are not posted."""
    is_latest_closed: bool
    year_closed: bool

    def count(self, verdict: Verdict) -> int:
        """How many lines stand so."""
        return sum(item.verdict is verdict for item in self.items)


def read_month(reader: Reader, ledger: str, month: Month) -> MonthView:
    """Everything the page shows of a month, from one state of the book."""
    from village_ledger.services.closing.close_check import check_list, latest_closed

    with reader.snapshot():
        state = next((m.state for m in reader.months(ledger) if m.month == month), MonthState.OPEN)
        waiting = reader.vouchers_by_id(reader.unposted_ids(ledger, month.last.isoformat()))
        return MonthView(
            month,
            state,
            tuple(check_list(reader, ledger, month)),
            reader.last_check(ledger, month),
            tuple(reopened(reader, ledger, month, month)),
            next((seal for seal in reader.seals(ledger) if seal.month == month), None),
            sum(voucher.ref.month == month for voucher in waiting),
            latest_closed(reader, ledger) == month,
            reader.year_is_closed(ledger, month.year),
        )


class ChecksModel(FigureModel):
    """The check list as table rows: mark, what is checked, what was found."""

    def __init__(self, items: tuple[CheckItem, ...]) -> None:
        longest = max((item.title for item in items), key=len, default="")[:_NAME_CHARS]
        super().__init__(
            (
                ScreenColumn("verdict", "", Look.CHECK),
                ScreenColumn("name", tr("检查"), Look.TEXT, longest),
                ScreenColumn("found", tr("看到的"), Look.TAGGED, _FOUND_SAMPLE, stretch=1),
            )
        )
        self.items = items

    def count(self) -> int:
        """Lines of the list."""
        return len(self.items)

    def text(self, row: int, column: int) -> str:
        """Nothing beside the mark, the name, the finding."""
        item = self.items[row]
        return ("", item.title, item.text.rstrip("。"))[column]

    def words(self, row: int, column: int) -> str:
        """The mark read out."""
        item = self.items[row]
        return tr(VERDICT_WORDS[item.verdict]) if column == 0 else self.text(row, column)

    def strong(self, row: int) -> bool:
        """What wants attention stands out."""
        return self.items[row].verdict is not Verdict.PASS and not self.items[row].waived

    def check(self, row: int) -> Check | None:
        """The mark."""
        return _MARKS[self.items[row].verdict]

    def tags(self, row: int) -> tuple[tuple[str, bool], ...]:
        """放行 behind a warning that was let pass."""
        return ((tr("放行"), False),) if self.items[row].waived else ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing seen, in words, and where it is looked up."""

    words: str
    lead: Lead | None

    @property
    def where(self) -> str:
        """What Enter opens."""
        if self.lead is None:
            return ""
        return {
            Leads.VOUCHER: tr("看凭证"),
            Leads.ACCOUNT: tr("看明细账"),
            Leads.MONTH: tr("到那个月"),
            Leads.PAGE: tr("打开"),
        }[self.lead.to]


def evidence_of(item: CheckItem) -> list[Evidence]:
    """The evidence of a line; a voucher's number leads to the voucher by itself."""
    shown: list[Evidence] = []
    for words, lead in zip_longest(item.evidence, item.leads):
        found = _REFERENCE.search(words) if words and lead is None else None
        where = Lead(Leads.VOUCHER, found.group()) if found else lead
        shown.append(Evidence(words or (where.key if where else ""), where))
    return shown


class EvidenceModel(FigureModel):
    """Evidence as table rows."""

    def __init__(self, evidence: list[Evidence]) -> None:
        super().__init__(
            (
                ScreenColumn("words", tr("在哪里"), Look.TEXT, tr("2025-12/记-0012"), stretch=1),
                ScreenColumn("where", "", Look.LINK, tr("看明细账")),
            )
        )
        self.evidence = evidence

    def count(self) -> int:
        """Pieces of evidence."""
        return len(self.evidence)

    def text(self, row: int, column: int) -> str:
        """The words, or the way."""
        one = self.evidence[row]
        return one.words if column == 0 else one.where


def way_to(reader: Reader, ledger: str, month: Month, lead: Lead) -> tuple[str, dict[str, Any]]:
    """The page a lead opens and the place on it; raises VoucherError for a voucher that is gone."""
    ledger = lead.ledger or ledger
    if lead.to is Leads.VOUCHER:
        found = reader.find_voucher(ledger, VoucherRef.parse(lead.key))
        return "voucher", {"voucher_id": found.id}
    if lead.to is Leads.ACCOUNT:
        return "ledger", {"account": lead.key, "span": Span.of_month(month)}
    if lead.to is Leads.MONTH:
        return "closing", {"month": Month.parse(lead.key)}
    return lead.key, {}
