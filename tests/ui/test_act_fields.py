"""Fields made from their specs: what the book says is never changed unseen, Enter walks through them and acts at the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from village_ledger.ui.widgets.act_fields import ActFields, FieldSpec

KIND = FieldSpec("kind", "类别", choices=(("field", "耕地"), ("forest", "林地")))
NAME = FieldSpec("name", "名称")
PARTS = FieldSpec("parts", "分成哪几块", lines=3)
HOW = FieldSpec("how", "凭证", offered=True)


@pytest.fixture
def acted() -> list[str]:
    return []


@pytest.fixture
def form(qtbot, theme, acted) -> ActFields:
    made = ActFields(theme, lambda: acted.append("acted"))
    qtbot.addWidget(made)
    made.add("登记", (KIND, NAME, HOW))
    made.show()
    return made


def test_a_value_a_list_does_not_offer_stays_what_the_book_says(form):
    form.put("kind", "forest")
    assert form.said()["kind"] == "forest"
    form.put("kind", "pond")
    assert form.said()["kind"] == "pond"


def test_choices_of_the_book_come_later_and_leave_the_chosen_one_alone(form):
    assert form.said()["how"] == ""
    form.offer("how", [("1", "记-0001"), ("2", "记-0002")])
    form.put("how", "2")
    form.offer("how", [("0", "记-0000"), ("2", "记-0002")])
    assert form.said()["how"] == "2"
    form.offer("how", [("0", "记-0000")])
    assert form.said()["how"] == "0"


def test_enter_goes_to_the_next_field_and_acts_after_the_last(form, acted):
    form.add("更多", (FieldSpec("note", "备注"),))
    form.fields["name"].setFocus()
    QTest.keyClick(form.fields["name"], Qt.Key.Key_Return)
    assert acted == []
    QTest.keyClick(form.fields["note"], Qt.Key.Key_Return)
    assert acted == ["acted"]


def test_another_act_takes_the_place_of_the_fields_before(form):
    form.put("name", "河湾水田")
    form.clear()
    form.add("分割", (PARTS, NAME))
    form.put("parts", "T01:1.5:东\nT02::西")
    form.put("kind", "forest")  # a field this act has not
    assert form.said() == {"parts": "T01:1.5:东\nT02::西", "name": ""}
