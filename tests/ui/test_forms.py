"""Parts of forms: a list to choose from, fields as wide as what is written into them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from village_ledger.ui.look.tokens import Size
from village_ledger.ui.shell import TRAIL, _last
from village_ledger.ui.widgets.form import FIELD_CHARACTERS, Section
from village_ledger.ui.widgets.pick_list import PickList


@pytest.fixture
def box(qtbot, theme):
    made = PickList("付法")
    made.addItems(["冲备用金", "付现金", "由银行转账付到报账员本人的卡上，一次付清"])
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_wheel_scrolls_the_page_and_never_changes_what_was_chosen(box):
    down = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, down)
    assert (box.currentIndex(), down.isAccepted()) == (0, False)


def test_arrow_keys_choose_and_long_words_do_not_widen_the_list(box, qtbot):
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "付现金"
    assert box.accessibleName() == "付法"
    assert box.minimumSizeHint().width() < box.fontMetrics().horizontalAdvance(box.itemText(2))


def test_the_triangle_is_seen_at_the_right(box, qtbot):
    box.resize(300, 40)
    picture = box.grab().toImage()
    right = {picture.pixelColor(x, 20).lightness() for x in range(270, 296)}
    assert min(right) < 100 < max(right)


def test_a_field_ends_with_its_words_in_every_size_and_is_hidden_with_its_row(theme, qtbot):
    section = Section(theme, "登记")
    qtbot.addWidget(section)
    field, plain = QLineEdit(), QLabel("第一村民小组")
    row = section.add_row("账的名称", field, "印在每一页上。")
    section.add_row("单位", plain)
    section.resize(1600, 300)
    section.show()
    for size in Size:
        theme.choose_size(size)
        assert field.maximumWidth() == FIELD_CHARACTERS * theme.px.form
        qtbot.waitUntil(lambda: field.width() <= field.maximumWidth())
        qtbot.waitUntil(lambda: field.x() == plain.x())
    assert field.accessibleName() == "账的名称"
    for part in row:
        part.hide()
    assert not field.isVisible()


def test_the_status_bar_names_the_last_pages_only():
    way = ["办事", "报账单", "填凭证", "科目余额表"]
    assert _last(way[:TRAIL]) == way[:TRAIL]
    assert _last(way) == ["…", *way[-TRAIL:]]
