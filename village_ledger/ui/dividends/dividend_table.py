"""Households of a dividend as table rows, each opening to its people."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from village_ledger.domain.dividend import Kind
from village_ledger.domain.money import format_fen
from village_ledger.domain.share import format_shares
from village_ledger.i18n import tr
from village_ledger.ui.dividends.dividend_figures import RunFigures, RunHousehold, RunPerson
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel

_GROUP = ScreenColumn("group", "组", Look.TEXT, "第十组")
_CODE = ScreenColumn("code", "户号", Look.CODE, "▸ 0123")
_HEAD = ScreenColumn("head", "户主", Look.TAGGED, "欧阳建国", stretch=1)
_HOLDERS = ScreenColumn("holders", "持股人", Look.MONEY, "12")
_SHARES = ScreenColumn("shares", "份额", Look.MONEY, "1,234.00", hair=True)
_TAIL = ScreenColumn("tail", "尾差", Look.MONEY, "+205 分")
_AMOUNT = ScreenColumn("amount", "应分（元）", Look.MONEY, "123,456.78")
_CHANGE = ScreenColumn("change", "比上次", Look.MONEY, "+1,234.56")
_HOW = ScreenColumn("how", "怎么发", Look.TEXT, "银行 ****9565")
SHUT, OPEN = "▸", "▾"


def columns_for(made: RunFigures, *, tight: bool, large: bool) -> tuple[ScreenColumn, ...]:
    """Where there is little room only who, how many shares, how much; in 大 the group gives way.

    The change stands where there was a dividend before.
    """
    change = (_CHANGE,) if made.before is not None else ()
    if tight:
        return (_CODE, _HEAD, _SHARES, _AMOUNT, *change)
    tails = (_TAIL,) if any(line.tail for line in made.lines) else ()
    group = () if large else (_GROUP,)
    return (*group, _CODE, _HEAD, _HOLDERS, _SHARES, *tails, _AMOUNT, *change, _HOW)


class RunModel(FigureModel):
    """Households, and below the open ones their people."""

    def __init__(
        self,
        columns: Sequence[ScreenColumn],
        lines: Sequence[RunHousehold],
        opened: Collection[RunHousehold],
    ) -> None:
        super().__init__(columns)
        self._opened = opened
        self._several = len({one.share_class for line in lines for one in line.people}) > 1
        self.rows: list[tuple[RunHousehold, RunPerson | None]] = []
        for line in lines:
            self.rows.append((line, None))
            if line in opened:
                self.rows += [(line, one) for one in line.people]

    def count(self) -> int:
        """Households and shown people."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        line, person = self.rows[row]
        key = self.columns[column].key
        return self._of_person(person, key) if person is not None else self._of_household(line, key)

    def strong(self, row: int) -> bool:
        """Heads are bold, their people are not."""
        return self.rows[row][1] is None

    def level(self, row: int) -> int:
        """People stand below their household."""
        return 1 if self.rows[row][1] is None else 2

    def tags(self, row: int) -> Sequence[tuple[str, bool]]:
        """Who has no vote, whose estate is open; not every member is named one."""
        line, person = self.rows[row]
        if person is None:
            return line.marks
        of_class = ((person.share_class, False),) if self._several else ()
        if person.kind is Kind.MEMBER:
            return of_class
        return (*of_class, (person.kind.words, person.kind is Kind.ESTATE))

    def _of_household(self, line: RunHousehold, key: str) -> str:
        if key == "code":
            return f"{OPEN if line in self._opened else SHUT} {line.code or tr('户外')}"
        return {
            "group": line.group,
            "head": line.head,
            "holders": str(line.holders),
            "shares": commas(line.shares),
            "tail": fen_words(line.tail),
            "amount": format_fen(line.amount),
            "change": signed(line.change),
            "how": _how(line.paid_by),
        }[key]

    @staticmethod
    def _of_person(one: RunPerson, key: str) -> str:
        return {
            "head": one.name,
            "shares": commas(one.shares),
            "tail": fen_words(one.tail),
            "amount": format_fen(one.amount),
        }.get(key, "")


def totals_of(columns: Sequence[ScreenColumn], lines: Sequence[RunHousehold]) -> TotalsModel:
    """The households shown, added up."""
    tails = [line.tail for line in lines if line.tail is not None]
    changes = [line.change for line in lines if line.change is not None]
    cells = {
        "group": tr("合计"),
        "code": tr("{count} 户", count=len(lines)),
        "holders": str(sum(line.holders for line in lines)),
        "shares": _sum_shares(lines),
        "tail": fen_words(sum(tails)) if tails else "",
        "amount": format_fen(sum(line.amount for line in lines)),
        "change": signed(sum(changes)) if changes else "",
    }
    return TotalsModel(columns, [tuple(cells.get(column.key, "") for column in columns)])


def _sum_shares(lines: Sequence[RunHousehold]) -> str:
    places = max((len(line.shares.partition(".")[2]) for line in lines), default=0)
    quanta = sum(
        int(whole) * 10**places + int((part + "0" * places)[:places] or 0)
        for whole, _, part in (line.shares.partition(".") for line in lines)
    )
    return commas(format_shares(quanta, places))


def commas(shares: str) -> str:
    """``2135.00`` as 2,135.00."""
    whole, point, part = shares.partition(".")
    return f"{int(whole):,}{point}{part}"


def fen_words(fen: int | None) -> str:
    """``+4 分``; nothing where there is no leftover."""
    return "" if fen is None else f"+{fen} 分"


def signed(fen: int | None) -> str:
    """A change with its sign; nothing for none."""
    if fen is None or fen == 0:
        return ""
    return f"{'+' if fen > 0 else ''}{format_fen(fen)}"


def _how(paid_by: str) -> str:
    return tr("银行 {tail}", tail=paid_by) if paid_by else tr("现金")
