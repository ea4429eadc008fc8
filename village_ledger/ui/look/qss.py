"""The one style sheet: a template filled from the tokens. Object names and ``look`` properties are its only hooks.

``look`` of a QLabel: title, heading, serif, figure, figure_big, small, label (ink2), hint (ink3), on_ink.
``look`` of a QLineEdit: bare, figure.
``look`` of a QFrame: sheet (white, edged), paper, band (ink block), line (hair), rule (ink2).
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.ui.look.theme import Theme

_TEMPLATE = Template("""
* { outline: none; }
QToolTip { background: $sheet; color: $ink; border: ${line}px solid $ink; padding: 4px; }
QLabel { background: transparent; color: $ink; }
QLabel[look="title"] { font-family: "$serif"; font-size: ${title}px; font-weight: bold; }
QLabel[look="heading"] { font-family: "$serif"; font-size: ${heading}px; font-weight: bold; }
QLabel[look="serif"] { font-family: "$serif"; font-size: ${form}px; }
QLabel[look="strong"] { font-weight: bold; }
QLabel[look="figure"] { font-size: ${figure}px; font-weight: bold; }
QLabel[look="figure_big"] { font-size: ${figure_big}px; font-weight: bold; }
QLabel[look="small"] { font-size: ${smallest}px; }
QLabel[look="on_ink"] { color: $sheet; }
QLabel[look="label"] { color: $ink2; }
QLabel[look="hint"] { color: $ink3; font-size: ${smallest}px; }
QFrame[look="sheet"] { background: $sheet; border: ${line}px solid $edge; border-radius: 0; }
QFrame[look="paper"] { background: $paper; border: none; }
QFrame[look="band"] { background: $block; border: none; }
QFrame[look="band"] QLabel { color: $on_block; }
QFrame[look="line"] { background: $hair; border: none; max-height: ${line}px; min-height: ${line}px; }
QFrame[look="rule"] { background: $ink2; border: none; max-height: 2px; min-height: 2px; }
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QSpinBox {
  background: $sheet; color: $ink; border: ${line}px solid $edge; border-radius: ${radius}px;
  placeholder-text-color: $ink3;
  padding: 0 ${cell}px; min-height: ${field}px; font-size: ${form}px;
  selection-background-color: $ink2; selection-color: $sheet; }
QPlainTextEdit { padding: 6px ${cell}px; }
QLineEdit:disabled, QLineEdit:read-only { background: $paper; color: $ink2; }
QSpinBox QLineEdit, QComboBox QLineEdit, QDateEdit QLineEdit { border: none; padding: 0; min-height: 0; }
QLineEdit[look="figure"] { font-size: ${figure}px; font-weight: bold; }
QLineEdit[look="bare"] { border: none; border-radius: 0; background: transparent; padding: 0; min-height: 0; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox QAbstractItemView { background: $sheet; color: $ink; border: ${line}px solid $ink;
  selection-background-color: $tint; selection-color: $ink; }
QCheckBox, QRadioButton { color: $ink; spacing: 8px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border: ${focus_line}px solid $ink; }
QAbstractItemView { background: $sheet; color: $ink; border: none; gridline-color: $hair;
  selection-background-color: $tint; selection-color: $ink; }
QHeaderView, QHeaderView::section { background: $paper; color: $ink2; font-weight: bold; }
QHeaderView::section { border: none; border-bottom: 2px solid $ink2; padding: 0 ${cell}px; }
QHeaderView::section:vertical { border-bottom: 1px solid $hair; font-weight: normal; }
QTableCornerButton::section { background: $paper; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: $paper; width: 14px; margin: 0; border: none; }
QScrollBar:horizontal { background: $paper; height: 14px; margin: 0; border: none; }
QScrollBar::handle { background: $edge; border: 3px solid $paper; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: $paper; }
QProgressBar { background: $sheet; border: ${line}px solid $edge; border-radius: 0; color: $ink; text-align: center; }
QProgressBar::chunk { background: $tint; }
QMenu { background: $sheet; color: $ink; border: ${line}px solid $ink; padding: 4px 0; }
QMenu::item { padding: 8px 22px; }
QMenu::item:selected { background: $tint; }
#topBar, #statusBar, #nav { background: $paper; }
#statusBar QLabel { font-size: ${status_text}px; color: $ink2; }
""")


def sheet(theme: Theme) -> str:
    """The style sheet for the theme's size and contrast; the leading ledger's colour is painted, never styled."""
    from village_ledger.ui.look.theme import Role

    px = theme.px
    names = ("desk", "paper", "sheet", "ink", "ink2", "ink3", "edge", "hair", "block", "on_block")
    colours = {name: theme.colour(name).name() for name in names}
    colours["tint"] = theme.tokens.colour.both.tint
    focus_line = round(px.focus)
    return _TEMPLATE.substitute(
        colours,
        serif=theme.font(Role.SERIF).family(),
        title=px.title,
        heading=theme.font(Role.HEADING).pixelSize(),
        form=px.form,
        figure=px.figure,
        figure_big=px.figure_big,
        smallest=px.smallest,
        status_text=max(px.smallest, px.body - 1),
        line=round(px.line),
        focus_line=focus_line,
        cell=px.cell,
        radius=px.radius,
        field=px.control - 2 * focus_line,
    )
