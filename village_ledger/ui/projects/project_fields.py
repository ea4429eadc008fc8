"""The form of one step: a section whose fields change with the step chosen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.planning.planning_page import chooser, line, offer
from village_ledger.ui.projects.project_steps_form import fields_of
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.domain.project import ProjectStep
    from village_ledger.ui.look.theme import Theme


class StepFields(QWidget):
    """Fields of the step in view, the day last; another step puts another section in their place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.fields: dict[str, QLineEdit | PickList] = {}
        self.day = line(tr("日期"))
        self._section: Section | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_step(self, step: ProjectStep) -> None:
        """Other fields, empty."""
        if self._section is not None:
            self._column.removeWidget(self._section)
            self._section.hide()
            self._section.deleteLater()
        section = self._section = Section(self._theme, step.words)
        self.fields = {}
        for field in fields_of(step):
            label = tr(field.label)
            made: QLineEdit | PickList = chooser(label) if field.choices else line(label)
            if isinstance(made, PickList):
                offer(made, [(value, tr(words)) for value, words in field.choices])
            self.fields[field.key] = made
            section.add_row(label, made, tr(field.hint) if field.hint else "")
        self.day = line(tr("日期"), str(date.today()))  # noqa: DTZ011  the wall calendar of the village
        section.add_row(tr("日期"), self.day)
        self._column.addWidget(section)

    def said(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            key: str(field.currentData() or "") if isinstance(field, PickList) else field.text()
            for key, field in self.fields.items()
        }
