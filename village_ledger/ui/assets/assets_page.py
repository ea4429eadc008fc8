"""资产卡片: the assets of a ledger on a day, by kind, use and state, with the line that ties them to the books."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel

from village_ledger.domain.asset import KIND_NAMES, STATUS_NAMES, USE_NAMES, Status
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.assets.asset_figures import AssetList, AssetsModel, read_assets
from village_ledger.ui.register_page import RegisterPage
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from datetime import date

    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

EMPTY = "还没有登记资产。按 Ctrl+O 导入资产台账（xlsx 或 csv，原样就行），或者按 Insert 登记一项。"


class AssetsPage(RegisterPage):
    """The register, its filters, and the way to each card."""

    scope = "assets"
    nav = "works"
    shows = Changes(assets=True, vouchers=True, balances=True)
    named, empty = "资产卡片", EMPTY
    looked_for = ("找资产", "编号、名称、地点、保管人")
    reading = "读资产卡片"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: AssetList | None = None
        self.kind = _choice(tr("类别"), [(kind.value, name) for kind, name in KIND_NAMES.items()])
        self.use = _choice(tr("用途"), [(use.value, name) for use, name in USE_NAMES.items()])
        self.status_choice = _choice(
            tr("状况"), [(status.value, name) for status, name in STATUS_NAMES.items()]
        )
        for one in (self.kind, self.use):
            one.currentIndexChanged.connect(lambda _: self.look_through())
        self.status_choice.currentIndexChanged.connect(lambda _: self._on_status())
        self.tie = QLabel()
        self.tie.setWordWrap(True)
        self.tie.setAccessibleName(tr("和账核对"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self.search, 2)
        self._filters = QHBoxLayout()
        for one in (self.kind, self.use, self.status_choice):
            self._filters.addWidget(one, 1)
        self._row.addLayout(self._filters, 3)
        self.body.addLayout(self._row)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.tie)
        for name in ("take_in", "register", "as_of", "usage", "depreciation", "add"):
            self.add_button(name)
        self.add_button("open", Look.MAIN)
        self.restyle()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            **super().handlers(),
            "register": self._print,
            "usage": lambda: self._form("work"),
            "depreciation": lambda: self.navigator.open("depreciation"),
            "add": lambda: self.navigator.open("asset_form", act="add"),
            "take_in": lambda: self.navigator.open("asset_import"),
        }

    def go(self, **where: Any) -> None:
        """``code`` to stand on, ``text`` to look for, ``day`` to look at, ``kind``, ``use`` and ``status`` to see alone."""
        for key, field in self._chosen().items():
            if key in where:
                field.setCurrentIndex(max(0, field.findData(where[key])))
        super().go(**where)

    def where(self) -> dict[str, Any]:
        """The asset one stands on, what is looked for, the day."""
        return {**super().where(), **{key: field.currentData() for key, field in self._chosen().items()}}

    def reads_now(self) -> Callable[[Reader, str, date], AssetList]:
        """The register of the day; what is gone only where it is asked for."""
        return partial(read_assets, with_gone=self.status_choice.currentData() == Status.GONE.value)

    def restyle(self) -> None:
        """Spaces of the size in force; filters under each other where there is little room."""
        narrow = self.theme.tokens.narrow
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        for line in (self._row, self._filters):
            line.setSpacing(self.theme.px.cell)
        super().restyle()
        self.tie.setVisible(bool(self.tie.text()) and not narrow)

    def escape(self) -> bool:
        """Fold the question away, then stop filtering."""
        filtered = any(one.currentIndex() for one in self._chosen().values())
        if self.ask.asking or not filtered:
            return super().escape()
        self.search.clear()
        for one in self._chosen().values():
            one.setCurrentIndex(0)
        return True

    def status(self) -> str:
        """How many are shown; in a narrow window also whether they tie to the books."""
        if self.shown is None:
            return ""
        count = tr("{count} 项", count=self.table.view.model().rowCount())
        verdict = self.tie.text().partition("：")[0] if self.theme.tokens.narrow else ""
        return " · ".join(filter(None, (count, verdict)))

    def current(self) -> str:
        """Code of the asset one stands on."""
        model, row = self.table.view.model(), self.table.row
        return model.assets[row].card.code if isinstance(model, AssetsModel) and row >= 0 else ""

    def show_register(self, made: AssetList) -> None:
        """The register, and whether it ties to the books."""
        self.shown = made
        self.head.set_title(tr("资产卡片"), self.session.ledger.title)
        self.tie.setText(made.tie_words)
        self.restyle()
        self.look_through(self.wanted)

    def look_through(self, code: str = "") -> None:
        """Assets that fit words and filters."""
        if self.shown is None:
            return
        filters = [one.currentData() or "" for one in self._chosen().values()]
        found = self.shown.found(self.search.text().strip(), *filters)
        self.table.set_empty_words(tr("没有这样的资产。") if self.shown.assets else tr(EMPTY))
        model = AssetsModel(found)
        self.table.show_model(model, model.totals())
        codes = [one.card.code for one in found]
        self.table.go_to_row(codes.index(code) if code in codes else 0)
        self.action("open").setEnabled(bool(found))
        self.status_changed.emit()

    def open_card(self) -> None:
        """The asset one stands on."""
        if self.current():
            self.navigator.open("asset_card", code=self.current(), day=self.as_of.day)

    # inside

    def _chosen(self) -> dict[str, PickList]:
        """The filters by their names in ``where``."""
        return {"kind": self.kind, "use": self.use, "status": self.status_choice}

    def _on_status(self) -> None:
        if self.shown is not None:
            self.reload()

    def _form(self, act: str) -> None:
        if self.current():
            self.navigator.open("asset_form", act=act, code=self.current())

    def _print(self) -> None:
        day = self.as_of.day
        self.navigator.open("preview", report="asset-register", span=Span(day, day), paper="A4_LANDSCAPE")


def _choice(label: str, choices: list[tuple[str, str]]) -> PickList:
    """A filter: everything, or one of the choices."""
    made = PickList(label)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(5)
    made.addItem(tr("{label}：全部", label=label), "")
    for value, words in choices:
        made.addItem(words, value)
    return made
