"""What the pages of asset cards show, read in one go on the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.storage.assets.records import Standing
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.services.assets.asset_ties import Tie
    from village_ledger.storage.reader import Reader

COLUMNS = (
    ScreenColumn("code", "编号", Look.CODE, "J0123"),
    ScreenColumn("name", "名称", Look.TEXT, "茶叶初制加工房", stretch=3),
    ScreenColumn("kind", "类别", Look.TEXT, "房屋及建筑物", stretch=1),
    ScreenColumn("use", "用途", Look.TEXT, "经营"),
    ScreenColumn("cost", "原值", Look.MONEY, "1,234,567.89", hair=True),
    ScreenColumn("accumulated", "已提折旧", Look.MONEY, "1,234,567.89"),
    ScreenColumn("net", "净值", Look.MONEY, "1,234,567.89"),
    ScreenColumn("status", "状况", Look.TEXT, "已处置"),
    ScreenColumn("keeper", "保管、使用人", Look.TEXT, "欧阳建国", stretch=1),
)


@dataclass(frozen=True, slots=True)
class AssetList:
    """The register of a day, and its accounts."""

    day: date
    assets: Sequence[Standing]
    ties: Sequence[Tie]

    def found(self, text: str, kind: str, use: str, status: str) -> list[Standing]:
        """Those of a kind, use and state whose texts have all the words typed; an empty filter lets everything pass."""
        words = text.split()
        return [
            one
            for one in self.assets
            if kind in ("", one.card.kind.value)
            and use in ("", one.facts.use.value)
            and status in ("", one.status.value)
            and all(word in _said(one) for word in words)
        ]

    @property
    def tie_words(self) -> str:
        """One line: whether the cards tie to the books."""
        off = [tie.words() for tie in self.ties if tie.difference]
        if off:
            return tr("▲ 和账对不上：{off}", off="；".join(off))
        named = "、".join(f"{tie.account} {format_fen(tie.books)}" for tie in self.ties)
        if not named:
            return ""
        booked = sum(tie.cards for tie in self.ties)
        waits = sum(one.cost + one.accumulated for one in self.assets) != booked
        more = tr("；合计里还有没记账的凭证") if waits else ""
        return tr("✓ 和已记账的账相符：{named}{more}", named=named, more=more)


def _said(one: Standing) -> str:
    card, facts = one.card, one.facts
    parts = [card.code, card.name, card.filed_as, card.spec, card.note, facts.place, facts.keeper, facts.user]
    return " ".join(parts)


def read_assets(reader: Reader, ledger: str, day: date, *, with_gone: bool) -> AssetList:
    """The list."""
    from village_ledger.services.assets.asset_ties import ties

    with reader.snapshot():
        return AssetList(
            day, reader.asset_standings(ledger, day, with_gone=with_gone), ties(reader, ledger, day)
        )


@dataclass(frozen=True, slots=True)
class OneAsset:
    """One asset on a day, its sheet, and the codes beside it."""

    standing: Standing
    sheet: Table
    codes: Sequence[str]


def read_asset(reader: Reader, ledger: str, code: str, day: date) -> OneAsset | None:
    """One asset; None where the ledger has no card yet."""
    from village_ledger.domain.period import Span
    from village_ledger.reports.assets.catalogue_assets import asset_card_of
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.services.assets.cards import standing

    with reader.snapshot():
        codes = sorted(one.card.code for one in reader.asset_standings(ledger, day))
        chosen = code or next(iter(codes), "")
        if not chosen:
            return None
        request = ReportRequest(ledger, Span(date(day.year, 1, 1), day), item=chosen)
        return OneAsset(standing(reader, ledger, chosen, day), asset_card_of(reader, request), codes)


class AssetsModel(FigureModel):
    """Assets as table rows."""

    def __init__(self, assets: Sequence[Standing]) -> None:
        super().__init__(COLUMNS)
        self.assets = tuple(assets)

    def count(self) -> int:
        """Assets."""
        return len(self.assets)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        one = self.assets[row]
        who = "、".join(dict.fromkeys(filter(None, (one.facts.keeper, one.facts.user))))
        return (
            one.card.code,
            one.card.name,
            one.card.filed_as,
            one.facts.use.words,
            format_fen(one.cost),
            format_fen(one.accumulated) if one.accumulated else "",
            format_fen(one.net),
            one.status.words,
            who,
        )[column]

    def totals(self) -> TotalsModel | None:
        """How many, and what they are worth."""
        if not self.assets:
            return None
        sums = (
            sum(one.cost for one in self.assets),
            sum(one.accumulated for one in self.assets),
            sum(one.net for one in self.assets),
        )
        count = tr("{count} 项", count=len(self.assets))
        return TotalsModel(COLUMNS, [(tr("合计"), count, "", "", *map(format_fen, sums), "", "")])
