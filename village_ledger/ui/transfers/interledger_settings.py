"""设置 → 两账往来: where the committee stands in the collective's ledger, and what the charter says of votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from village_ledger.domain.duty import Duty
from village_ledger.i18n import tr
from village_ledger.services.transfers import resolutions, transfers
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session


class InterLedgerSection(Section):
    """Only in a book of both ledgers; a refusal puts the choice back."""

    def __init__(self, session: Session, operations: Operations) -> None:
        super().__init__(session.theme, tr("两账往来"))
        self._session, self._operations = session, operations
        self.mirror = Choices(
            session.theme,
            tr("村委会挂在"),
            (("", tr("112 应收、211 应付")), ("113", tr("113 内部往来"))),
            "",
        )
        self.mirror.chosen.connect(self._choose_mirror)
        self.clause = QLineEdit()
        self.clause.setAccessibleName(tr("章程对表决的规定"))
        self.clause.returnPressed.connect(self._keep_clause)
        self.keep = Button(session.theme, tr("记下这一条"))
        self.keep.clicked.connect(self._keep_clause)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.clause, 1)
        line.addWidget(self.keep)
        self.add_row(
            tr("村委会挂在"),
            self.mirror,
            tr("集体账里村委会的欠款记在哪个科目。乡镇要求用 113 的才改；有了代收代付以后就不能改。"),
        )
        self.add_row(
            tr("章程的规定"),
            row,
            tr("表决不到法定比例的，补助、承担不能凭它办。章程另有规定的写明是哪一条；空着就照法定比例。"),
        )

    def reload(self) -> None:
        """Show what holds now, and whether it may be changed."""
        reader = self._session.reader
        self.setVisible(reader.main_ledgers() is not None)
        self.mirror.set_value(reader.setting(transfers.MIRROR))
        self.clause.setText(reader.setting(resolutions.CHARTER))
        refused = self._session.refusal(Duty.SETTINGS)
        for widget in (self.mirror, self.clause, self.keep):
            widget.setEnabled(not self._session.read_only and not refused)
            widget.setToolTip(refused)

    def _choose_mirror(self, value: str) -> None:
        self._operations.run(
            tr("两账往来的科目"), lambda uow, _: transfers.set_mirror(uow, value), refused=self._refused
        )

    def _keep_clause(self) -> None:
        clause = self.clause.text()
        self._operations.run(
            tr("章程的规定"), lambda uow, _: resolutions.set_charter(uow, clause), refused=self._refused
        )

    def _refused(self, error: Exception) -> None:
        self.reload()
        self._operations.refused.emit(error)
