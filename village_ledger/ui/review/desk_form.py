"""Who reviews and what: the folder of packages, where reports go, the sample's seed, the villages that should send."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_ledger.domain.period import Month
from village_ledger.domain.sampling import SampleOrder
from village_ledger.exchange.review.review_desk import expected_villages, kept_due, month_due, villages_in
from village_ledger.exchange.review.review_files import OFFICE
from village_ledger.i18n import tr
from village_ledger.settings import DeskChoices, Preferences
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.planning.planning_page import add_rows, line
from village_ledger.ui.widgets.form import Section

REPORTS = "乡镇审阅报告"
"""Beside the folder of packages, where nobody says another place."""


class DeskForm(QWidget):
    """Filled from what was written the last time; nothing is kept before ``keep``."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        chosen = preferences.desk()
        self.packages = line(tr("送审包文件夹"), chosen.packages)
        self.reports = line(tr("报告放在"), chosen.reports)
        self.expected = line(tr("应送的村"))
        self.due = line(tr("账要到"), chosen.due)
        self.seed = line(tr("抽样种子"), chosen.seed)
        self.count = line(tr("抽几张"), chosen.count)
        self.percent = line(tr("占金额的百分之几"), chosen.percent)
        self.rules = line(tr("规则包"), chosen.rules)
        self.reviewer = line(tr("审阅人"), chosen.reviewer)
        self.office = line(tr("单位"), chosen.office or tr(OFFICE))
        what, who = Section(theme, tr("审阅什么")), Section(theme, tr("谁审阅"))
        add_rows(
            what,
            [
                (tr("送审包文件夹"), self.packages, tr("各村拷来的送审包放在一个文件夹里；按 Ctrl+O 选")),
                (tr("报告放在"), self.reports, tr("收过的包也记在这里，下次接着比；每次用同一个文件夹")),
                (tr("应送的村"), self.expected, tr("用顿号或空格分开；没有送的会列出来，记在报告旁边")),
                (tr("账要到"), self.due, tr("月份，例如 2025-06；没有到的村算没交。不写就照多数村")),
                (tr("规则包"), self.rules, tr("本地的规则文件，所有的村都照它审；不写就照程序自带的")),
                (tr("抽样种子"), self.seed, tr("写几个字就照它抽，谁来抽都一样；不写就抽金额大的")),
                (tr("抽几张"), self.count, tr("每个村抽几张；不写，照种子抽 20 张")),
                (tr("占金额的百分之几"), self.percent, tr("不照种子抽时，从大到小抽到占这么多；不写是 60")),
            ],
        )
        add_rows(
            who,
            [
                (tr("审阅人"), self.reviewer, tr("写在报告和意见文件上，这台电脑会记住")),
                (tr("单位"), self.office, ""),
            ],
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(what)
        column.addWidget(who)
        column.addStretch(1)

    def choose_folder(self, folder: Path) -> None:
        """Another folder of packages; reports stay where they were, or lie beside it."""
        self.packages.setText(str(folder))
        if not self.reports.text().strip():
            self.reports.setText(str(folder.parent / tr(REPORTS)))

    def read_expected(self) -> None:
        """The villages and the month kept beside the reports, where none are written here; raises BadPackage."""
        if not self.reports.text().strip():
            return
        if not self.expected.text().strip():
            self.expected.setText("、".join(expected_villages(self.desk)))
        if not self.due.text().strip():
            self.due.setText(kept_due(self.desk))

    @property
    def folder(self) -> Path | None:
        """Where the packages are, None until somebody said."""
        text = self.packages.text().strip()
        return Path(text) if text else None

    @property
    def desk(self) -> Path:
        """Where reports go and what was seen is remembered."""
        return Path(self.reports.text().strip())

    @property
    def villages(self) -> list[str]:
        """The villages that should send."""
        return villages_in(self.expected.text())

    @property
    def month(self) -> Month | None:
        """The month the books should go to, None for what most villages reach; raises PeriodError for what is none."""
        return month_due(self.due.text())

    @property
    def pack(self) -> Path | None:
        """The rule pack of the county's own, None for the program's."""
        text = self.rules.text().strip()
        return Path(text) if text else None

    @property
    def order(self) -> SampleOrder:
        """How vouchers are drawn; raises PackageError for what cannot be."""
        return SampleOrder.typed(self.seed.text(), self.count.text(), self.percent.text())

    def keep(self) -> None:
        """Remember what is written, on this computer."""
        self._preferences.set_desk(
            DeskChoices(
                **{
                    name: field.text().strip()
                    for name, field in (
                        ("reviewer", self.reviewer),
                        ("office", self.office),
                        ("packages", self.packages),
                        ("reports", self.reports),
                        ("seed", self.seed),
                        ("count", self.count),
                        ("percent", self.percent),
                        ("rules", self.rules),
                        ("due", self.due),
                    )
                }
            )
        )
