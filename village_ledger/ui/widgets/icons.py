"""Icons: one 21-px grid, one line width, recoloured by token. Each stands beside a word, never alone."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from village_ledger.resources_dir import resource

_INK = "#1D1B18"
"""The stroke colour the files are drawn in; replaced by the token's."""


@lru_cache(maxsize=64)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    """A renderer of an icon in one colour."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(drawing.replace(_INK, colour).encode())


def paint_icon(painter: QPainter, box: QRectF, name: str, colour: str) -> None:
    """Draw an icon of ``resources/icons`` into a square box in a ``#RRGGBB`` colour."""
    _renderer(name, colour).render(painter, box)
