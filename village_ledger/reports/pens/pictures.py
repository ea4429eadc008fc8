"""Pictures under the rows of a report: which pen draws which, and how much room each takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.reports.disclosure.board_photos import BoardPhotos
from village_ledger.reports.parcels import sketch_pdf
from village_ledger.reports.parcels.sketch_picture import SketchPicture
from village_ledger.reports.shares import share_picture_pdf

if TYPE_CHECKING:
    from village_ledger.reports.pens.ink import Ink
    from village_ledger.reports.shares.share_history import ShareHistory


def height_of(picture: ShareHistory | SketchPicture | BoardPhotos | None) -> float:
    """Room a picture takes below the last row; none for none."""
    if picture is None:
        return 0
    if isinstance(picture, BoardPhotos):
        return picture.height
    return sketch_pdf.HEIGHT if isinstance(picture, SketchPicture) else share_picture_pdf.HEIGHT


def draw_picture(
    ink: Ink,
    picture: ShareHistory | SketchPicture | BoardPhotos | None,
    left: float,
    top: float,
    width: float,
) -> None:
    """Draw it, whichever it is."""
    if isinstance(picture, BoardPhotos):
        picture.draw(ink, left, top, width)
    elif isinstance(picture, SketchPicture):
        sketch_pdf.draw_sketch(ink, picture, left, top, width)
    elif picture is not None:
        share_picture_pdf.draw_history(ink, picture, left, top, width)
