"""Copying a voucher into the other ledger: every account asks for its partner there; what was chosen is remembered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.entry import templates
from village_ledger.ui.planning.planning_page import PlanningPage, chooser, offer
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.storage.reader import Reader


class CopyAcrossPage(PlanningPage):
    """The voucher's lines above, a partner for each of its accounts below."""

    nav: ClassVar[str] = "voucher_list"
    name: ClassVar[str] = "复制到另一本账"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("summary", "摘要", Look.TEXT, "付路灯电费", stretch=2),
        ScreenColumn("account", "会计科目", Look.TEXT, "513 管理费用", stretch=2),
        ScreenColumn("debit", "借方", Look.MONEY, "99,999.99", hair=True),
        ScreenColumn("credit", "贷方", Look.MONEY, "99,999.99"),
    )
    empty_words: ClassVar[str] = "先打开要复制的凭证，在那里按 Ctrl+Shift+D。"

    def build(self) -> None:
        """One chooser per account once the voucher is known."""
        self._voucher_id = 0
        self._target = ""
        self._boxes: dict[str, PickList] = {}
        self._section: QWidget | None = None

    def acts(self) -> dict[str, Any]:
        """Copy."""
        return {"fill_in": (tr("照此复制"), self.copy)}

    def go(self, **where: Any) -> None:
        """Which voucher."""
        self._voucher_id = where.get("voucher_id", self._voucher_id)
        super().go(**where)

    def where(self) -> dict[str, Any]:
        """The same voucher again."""
        return {**super().where(), "voucher_id": self._voucher_id}

    def read(self, reader: Reader) -> object:
        """The voucher and what is offered for its accounts."""
        if not self._voucher_id:
            return None
        stored = reader.voucher(self._voucher_id)
        target = next((info.code for info in reader.ledgers() if info.code != stored.ledger), "")
        return stored, target, templates.partners_of(reader, stored.id, target) if target else {}

    def show_read(self, found: Any) -> None:
        """Lines and choosers."""
        if found is None:
            return
        stored: StoredVoucher = found[0]
        self._target = found[1]
        reader = self.session.reader
        chart = reader.chart(stored.ledger)
        self.show_rows(
            [
                (
                    x.summary,
                    f"{x.account} {chart.path(x.account)}",
                    format_fen(x.debit) if x.debit else "",
                    format_fen(x.credit) if x.credit else "",
                )
                for x in stored.voucher.lines
            ]
        )
        if self._section is not None:
            self._section.deleteLater()
        section = Section(self.theme, tr("在{title}里记哪个科目", title=reader.ledger(self._target).title))
        there = reader.chart(self._target)
        leaves = [("", tr("请选"))]
        leaves += [(a.code, f"{a.code} {there.path(a.code)}") for a in there if a.is_leaf and a.active]
        self._boxes = {}
        for code, partner in found[2].items():
            box = chooser(tr("{code} 对应的科目", code=code))
            offer(box, leaves, partner)
            self._boxes[code] = box
            section.add_row(f"{code} {chart.get(code).name}", box)
        self.body.addWidget(section)
        self._section = section

    def copy(self) -> None:
        """F6: remember the partners and begin the copy over there."""
        partners = {code: str(box.currentData() or "") for code, box in self._boxes.items()}
        reader = self.session.reader
        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        try:
            draft = templates.copy_across(reader, self._voucher_id, self._target, partners, today)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        source = reader.voucher(self._voucher_id).ledger
        self.act(
            tr("记住对应科目"),
            lambda uow, _progress: templates.remember_partners(uow, source, self._target, partners),
            lambda _outcome: self.navigator.open("voucher", draft=draft),
        )
