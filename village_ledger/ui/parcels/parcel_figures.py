"""What the pages of the resource register show, read in one go on the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.area import mu_text, sqm_text
from village_ledger.domain.parcel import Parcel, Sketch
from village_ledger.i18n import tr
from village_ledger.reports.parcels.catalogue_parcels import card_of
from village_ledger.reports.parcels.resource_register import owner_words
from village_ledger.reports.table import Kind, written_shown
from village_ledger.services.parcels.parcel_use import ParcelUse, parcel_uses
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

COLUMNS = (
    ScreenColumn("code", "编号", Look.CODE, "T0123-1"),
    ScreenColumn("name", "名称", Look.TEXT, "河湾水田大田", stretch=2),
    ScreenColumn("kind", "类别", Look.TEXT, "乔木林地"),
    ScreenColumn("mu", "面积（亩）", Look.MONEY, "1,234.56"),
    ScreenColumn("sqm", "平方米", Look.MONEY, "123,456.78"),
    ScreenColumn("owner", "所有权", Look.TEXT, "组集体 第三组", stretch=1),
    ScreenColumn("standing", "利用", Look.TEXT, "发包出租"),
    ScreenColumn("user", "使用人", Look.TEXT, "欧阳建国", stretch=2),
    ScreenColumn("contract", "合同", Look.TEXT, "青合〔2025〕12号"),
    ScreenColumn("mark", "注意", Look.TEXT, "没有合同在用", stretch=2),
)


@dataclass(frozen=True, slots=True)
class ParcelList:
    """The register of a day."""

    day: date
    parcels: Sequence[Parcel]
    uses: Mapping[str, Sequence[ParcelUse]]
    remarks: Mapping[str, str]
    """What to look at, by code: 没有合同, 合同到期, 有争议."""

    def found(self, text: str) -> list[Parcel]:
        """Those whose code, name, kind, owner or user has all the words typed."""
        words = text.split()
        return [one for one in self.parcels if all(word in self._said(one) for word in words)]

    def users(self, parcel: Parcel) -> tuple[str, str]:
        """Who uses it, and under which contracts."""
        now = [use for use in self.uses.get(parcel.code, ()) if use.on(self.day)]
        parties = "、".join(dict.fromkeys(use.party for use in now)) or parcel.card.used_by
        return parties, "、".join(use.number for use in now)

    def _said(self, one: Parcel) -> str:
        card = one.card
        return " ".join((one.code, card.name, card.kind, card.land_class, owner_words(one), *self.users(one)))


@dataclass(frozen=True, slots=True)
class ParcelFigures:
    """One parcel on a day."""

    parcel: Parcel
    card: Table
    sketch: Sketch | None
    codes: Sequence[str]
    """The register it stands in, so that one can go to its neighbours."""


def read_parcels(reader: Reader, ledger: str, day: date) -> ParcelList:
    """The list."""
    from village_ledger.services.parcels.parcels_check import remarks

    with reader.snapshot():
        parcels, uses = reader.parcels(ledger, day), parcel_uses(reader, ledger)
    return ParcelList(day, parcels, uses, remarks(parcels, uses, day))


def read_parcel(reader: Reader, ledger: str, code: str, day: date) -> ParcelFigures | None:
    """A parcel; the first of the register where none is named, None where there is none."""
    with reader.snapshot():
        codes = [one.code for one in reader.parcels(ledger, day)]
        code = code or next(iter(codes), "")
        if not code:
            return None
        return ParcelFigures(
            reader.parcel(ledger, code, day),
            card_of(reader, ledger, code, day),
            reader.parcel_sketch(ledger, code, day),
            codes,
        )


class ParcelsModel(FigureModel):
    """Parcels as table rows."""

    def __init__(self, shown: ParcelList, parcels: Sequence[Parcel]) -> None:
        super().__init__(COLUMNS)
        self._shown = shown
        self.parcels = tuple(parcels)

    def count(self) -> int:
        """Parcels."""
        return len(self.parcels)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        one = self.parcels[row]
        card, (user, contract) = one.card, self._shown.users(one)
        return (
            one.code,
            card.name,
            card.land_class or card.kind,
            _shown(mu_text(card.area)),
            _shown(sqm_text(card.area)),
            owner_words(one),
            "发包出租" if contract else card.standing.words,
            user,
            contract,
            self._shown.remarks.get(one.code, ""),
        )[column]

    def totals(self) -> TotalsModel | None:
        """How many, and how much land."""
        if not self.parcels:
            return None
        area = sum(one.card.area for one in self.parcels)
        count = tr("{count} 块", count=len(self.parcels))
        rest = [""] * (len(COLUMNS) - 5)
        return TotalsModel(
            COLUMNS, [(tr("合计"), count, "", _shown(mu_text(area)), _shown(sqm_text(area)), *rest)]
        )


def _shown(figure: str) -> str:
    """With commas."""
    return written_shown(Kind.DECIMAL, figure)
