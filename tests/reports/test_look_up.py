"""What the fonts are asked for before a sheet is drawn."""

from __future__ import annotations

from collections import defaultdict

from village_ledger.reports.pens.pdf_furniture import look_up
from village_ledger.reports.table import Table


class Listener:
    """A face that notes what it is asked for."""

    def __init__(self):
        self.asked = ""

    def width(self, text):
        self.asked += text
        return 0


def test_a_line_break_in_a_seal_is_no_missing_character():
    table = Table(
        report="disclosure",
        title="财务收支公开表",
        village="青山村",
        ledger="collective",
        entity="青山村股份经济合作联合社",
        columns=(),
        rows=(),
        seals=("集体经济组织\n盖章处",),
    )
    faces = defaultdict(Listener)
    look_up(table, faces)  # pyright: ignore[reportArgumentType]  only width is asked
    (face,) = faces.values()
    assert "盖章处" in face.asked
    assert "\n" not in face.asked
