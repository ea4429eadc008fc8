"""决议: the list of resolutions and a short form to enter one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from village_ledger.domain.errors import LedgerError, VoucherError
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.transfers import resolutions
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.interledger.records import Resolution
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("number", "决议文号", Look.CODE, "青社代〔2025〕12号"),
    ScreenColumn("day", "表决日期", Look.TEXT, "2025-12-31"),
    ScreenColumn("body", "哪个会", Look.TEXT, "村民（代表）会议"),
    ScreenColumn("subject", "决定了什么事", Look.TEXT, "补助村委会办公经费", stretch=1),
    ScreenColumn("vote", "应到/实到/赞成", Look.TEXT, "1000/1000/1000"),
    ScreenColumn("short", "比例", Look.TEXT, "不到法定比例"),
    ScreenColumn("used", "用了几次", Look.TEXT, "用了 12 次"),
)


class ResolutionsModel(FigureModel):
    """Resolutions as table rows, the newest first."""

    def __init__(self, listed: Sequence[Resolution]) -> None:
        super().__init__(COLUMNS)
        self.listed = tuple(listed)

    def count(self) -> int:
        """Resolutions."""
        return len(self.listed)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        one = self.listed[row]
        enough = tr("不到法定比例") if resolutions.shortfalls(one) else tr("够")
        shown = (
            one.number,
            one.day.isoformat(),
            resolutions.bodies()[one.body]["name"],
            one.subject,
            f"{one.eligible}/{one.present}/{one.in_favour}",
            enough,
            tr("{count} 次", count=one.used) if one.used else "",
        )
        return shown[column]


class ResolutionsPage(Page):
    """The list above, the form to enter one below it."""

    scope = "resolutions"
    nav = "work"
    shows = Changes(settings=True, vouchers=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("决议"), tr("补助村委会、分红等事项凭决议办理；登记后不能改"))
        self.add_button("save", ButtonLook.MAIN)
        self.table = FigureTable(self.theme, tr("决议"))
        self.table.set_empty_words(tr("还没有登记决议。在下面填好，按“登记”。"))
        self.model = ResolutionsModel([])
        self.table.setMinimumHeight(self.theme.px.row * 4)
        self.notice = NoticeBar(self.theme, "", [])
        self.notice.hide()
        self.number, self.day, self.subject, self.published = (QLineEdit() for _ in range(4))
        self.eligible, self.present, self.in_favour = (QLineEdit() for _ in range(3))
        self.meeting = PickList()
        for body, rule in resolutions.bodies().items():
            self.meeting.addItem(rule["name"], body)
        section = Section(self.theme, tr("登记一份决议"))
        section.add_row(tr("决议文号"), self.number, tr("例如 青社代〔2025〕1号；一个文号只登记一次。"))
        section.add_row(tr("哪个会"), self.meeting)
        section.add_row(tr("表决日期"), self.day)
        section.add_row(tr("决定了什么事"), self.subject)
        section.add_row(
            tr("应到、实到、赞成"),
            self._votes(),
            tr("人数；不到法定比例的可以登记，但补助、承担不能凭它办。"),
        )
        section.add_row(tr("公示起日"), self.published, tr("表决前公示的第一天；没有公示就空着。"))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.notice)
        self.body.addWidget(section)

    def _votes(self) -> QWidget:
        """Three numbers side by side, as they stand in the minutes."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px.cell)
        for field, words in self._counts():
            field.setAccessibleName(words)
            field.setMinimumWidth(1)
            line.addWidget(field)
        row.setFocusProxy(self.eligible)
        return row

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the page's actions."""
        return {"save": self._save}

    def go(self, **where: Any) -> None:
        """Begin at the number."""
        del where
        self.reload()
        if not self.day.text():
            self.day.setText(self.session.month.first.isoformat())
        self.number.setFocus()

    def status(self) -> str:
        """How many there are."""
        return tr("登记了 {count} 份决议", count=self.model.count())

    def reload(self) -> None:
        """All resolutions."""
        if self.session.is_open:
            self.operations.read(tr("读决议"), lambda r: r.resolutions(), self._show, key="resolutions")

    def _show(self, listed: list[Resolution]) -> None:
        self.model = ResolutionsModel(listed)
        self.table.show_model(self.model)
        self.status_changed.emit()

    def _save(self) -> None:
        try:
            votes = tuple(_people(f, w) for f, w in self._counts())
            day = parse_day(self.day.text())
            published = parse_day(self.published.text()) if self.published.text().strip() else None
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        number, subject, body = self.number.text(), self.subject.text(), self.meeting.currentData()
        self.slip.fold()
        self.operations.run(
            tr("登记决议"),
            lambda uow, _: resolutions.enter(
                uow, number, day, body, (votes[0], votes[1], votes[2]), subject, published
            ),
            then=self._entered,
        )

    def _counts(self) -> tuple[tuple[QLineEdit, str], ...]:
        return (
            (self.eligible, tr("应到人数")),
            (self.present, tr("实到人数")),
            (self.in_favour, tr("赞成人数")),
        )

    def _entered(self, outcome: Outcome[Resolution]) -> None:
        for field in (self.number, self.subject, self.eligible, self.present, self.in_favour, self.published):
            field.clear()
        said = tr("{number} 登记好了。", number=outcome.value.number)
        self.notice.sentence.setText("".join((said, *outcome.warnings)))
        self.notice.show()
        self.number.setFocus()


def _people(field: QLineEdit, what: str) -> int:
    """A number of people; raises VoucherError naming the field."""
    text = field.text().strip()
    if not (text.isdecimal() and len(text) <= 7):
        raise VoucherError(tr("{what}“{text}”不是人数", what=what, text=text), tr("请填整数。"))
    return int(text)
