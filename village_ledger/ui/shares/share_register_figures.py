"""What the page of the share register shows: who holds what on a day, class by class, and the reports beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from village_ledger.domain.masking import Level
from village_ledger.domain.period import Span
from village_ledger.domain.share import COLLECTIVE, Balance
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.shares.catalogue_shares import accounts_on
from village_ledger.reports.shares.share_reports import percent_text
from village_ledger.reports.table import Role, Row, Table
from village_ledger.ui.people.member_figures import shares_text
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TableModel, TotalsModel
from village_ledger.ui.widgets.name_search import NameSearch

if TYPE_CHECKING:
    from village_ledger.domain.share import ShareClass
    from village_ledger.reports.shares.share_reports import Account
    from village_ledger.storage.reader import Reader

_WHO = (
    ScreenColumn("household", "户编号", Look.CODE, "0123"),
    ScreenColumn("holder", "持有人", Look.CODE, "欧阳建国", stretch=1),
    ScreenColumn("member", "成员", Look.CENTRED, "成员"),
)
_PARTS = (
    ("free", "可动", "12,345.67"),
    ("pledged", "质押", "123.45"),
    ("frozen", "冻结", "123.45"),
    ("total", "合计", "12,345.67"),
    ("percent", "占本类", "100.00%"),
)


class Part(Enum):
    """What the page can show, by the name of its report."""

    REGISTER = "share-register"
    MOVEMENTS = "share-movements"
    PLEDGES = "pledge-list"
    CAPS = "cap-check"
    EQUALITY = "share-equality"

    @property
    def words(self) -> str:
        """As the choice says it."""
        return _WORDS[self]


_WORDS = {
    Part.REGISTER: "登记簿",
    Part.MOVEMENTS: "期间变动",
    Part.PLEDGES: "质押清单",
    Part.CAPS: "上限检查",
    Part.EQUALITY: "平衡核对",
}


@dataclass(frozen=True, slots=True)
class HolderLine:
    """A holder with every class."""

    account: str
    household: str
    holder: str
    is_member: bool
    balances: Mapping[int, Balance]


@dataclass(frozen=True)
class RegisterShown:
    """One part of the page: its report as it is printed, and for the register the lines on screen."""

    part: Part
    table: Table
    lines: tuple[HolderLine, ...]
    classes: tuple[ShareClass, ...]

    @cached_property
    def _names(self) -> NameSearch:
        if self.part is Part.REGISTER:
            return NameSearch((line.account, (line.holder,)) for line in self.lines)
        accounts = dict.fromkeys(account_of(self.table, row) for row in self.table.rows)
        return NameSearch((text, (text.rpartition("/")[2],)) for text in accounts if text)

    def found(self, text: str) -> set[str] | None:
        """Accounts meant by the text; None for all of them."""
        return set(self._names.keys(text)) if text.strip() else None


def read_part(reader: Reader, ledger: str, part: Part, span: Span) -> RegisterShown:
    """One part: the register and the lists as of the last day, the movements of all days."""
    asked = span if part is Part.MOVEMENTS else Span(span.last, span.last)
    table = make(reader, part.value, ReportRequest(ledger, asked))
    classes = tuple(reader.share_classes(ledger))
    lines = _lines(accounts_on(reader, ledger, span.last)) if part is Part.REGISTER else ()
    return RegisterShown(part, table, lines, classes)


def posted_register(reader: Reader, ledger: str, span: Span) -> Table:
    """The register as it may hang on a wall."""
    return make(reader, Part.REGISTER.value, ReportRequest(ledger, span, level=Level.PUBLIC.value))


def _lines(accounts: Sequence[Account]) -> tuple[HolderLine, ...]:
    held: dict[str, dict[int, Balance]] = {}
    known: dict[str, Account] = {}
    for one in accounts:
        if one.balance.total:
            held.setdefault(one.text, {})[one.of_class.id] = one.balance
            known[one.text] = one
    return tuple(
        HolderLine(text, known[text].household, known[text].holder, known[text].is_member, held[text])
        for text in sorted(held, key=lambda text: (text == COLLECTIVE, text))
    )


def account_of(table: Table, row: Row) -> str:
    """The account (户编号/姓名) a report's row speaks of; nothing for a total."""
    if row.role is not Role.DETAIL:
        return ""
    keys = [column.key for column in table.columns]
    place = next((keys.index(key) for key in ("account", "holder") if key in keys), None)
    return str(row.cells[place]) if place is not None else ""


class HoldersModel(FigureModel):
    """The register as table rows: free, pledged, frozen, in all and the part of the class, for every class."""

    def __init__(self, lines: Sequence[HolderLine], made: RegisterShown) -> None:
        self.classes = made.classes
        self._totals = {
            one.id: sum(line.balances.get(one.id, Balance()).total for line in made.lines)
            for one in made.classes
        }
        super().__init__((*_WHO, *_class_columns(made.classes)))
        self.lines = tuple(lines)

    def count(self) -> int:
        """Holders."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        line = self.lines[row]
        if column < len(_WHO):
            member = "" if line.account == COLLECTIVE else tr("是") if line.is_member else tr("否")
            return (line.household, line.holder, member)[column]
        of_class, part = self._place(column)
        balance = line.balances.get(of_class.id)
        return self._part(of_class, part, balance) if balance is not None else ""

    def totals(self) -> TotalsModel:
        """The sum of the rows, class by class."""
        cells = [tr("合计"), tr("{count} 个账户", count=len(self.lines)), ""]
        for place in range(len(_WHO), len(self.columns)):
            of_class, part = self._place(place)
            cells.append(self._part(of_class, part, self._sum(of_class)))
        return TotalsModel(self.columns, [cells])

    def _place(self, column: int) -> tuple[ShareClass, str]:
        of, part = divmod(column - len(_WHO), len(_PARTS))
        return self.classes[of], _PARTS[part][0]

    def _part(self, of_class: ShareClass, part: str, balance: Balance) -> str:
        if part == "percent":
            whole = self._totals[of_class.id]
            return percent_text(Fraction(balance.total, whole)) if whole else ""
        quanta = {
            "free": balance.free,
            "pledged": balance.pledged,
            "frozen": balance.frozen,
            "total": balance.total,
        }[part]
        return shares_text(of_class, quanta) if quanta else ""

    def _sum(self, of_class: ShareClass) -> Balance:
        listed = [line.balances.get(of_class.id, Balance()) for line in self.lines]
        return Balance(*(sum(getattr(one, name) for one in listed) for name in ("free", "pledged", "frozen")))


def _class_columns(classes: Sequence[ShareClass]) -> list[ScreenColumn]:
    return [
        ScreenColumn(
            f"{key}{one.id}",
            label,
            Look.MONEY,
            sample,
            group=one.name if len(classes) > 1 else "",
            hair=key == "free",
        )
        for one in classes
        for key, label, sample in _PARTS
    ]


class ReportRows(TableModel):
    """Rows of a report, those of some accounts or all; totals stand below while all are shown."""

    def __init__(self, table: Table, accounts: set[str] | None) -> None:
        super().__init__(table)
        if accounts is not None:
            self._rows = tuple(row for row in self._rows if account_of(table, row) in accounts)
            self.totals = ()
