"""A page of steps: forward when the step is filled, back with everything kept, the proof beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from village_ledger.domain.chart import LedgerKind
from village_ledger.ui.widgets.proof_panel import ProofBlock
from village_ledger.ui.widgets.state_mark import Check
from village_ledger.ui.widgets.step_page import Step, StepPage


class Splitting(StepPage):
    """Three steps: an empty field does not let one on."""

    scope = "setup"

    def __init__(self, session, operations, navigator):
        super().__init__(session, operations, navigator)
        self.set_title("分账")
        self.field = QLineEdit()
        self.seen: list[int] = []
        self.finished = 0
        self.set_steps(
            [
                Step("谁的账", self.field),
                Step("期初余额", QLabel("表"), onward="分好了", with_proof=True),
                Step("做完", QLabel("好"), onward="去填凭证", returns=False),
            ]
        )

    def arrived(self, step):
        self.seen.append(step)

    def may_go_on(self, step):
        return step != 0 or bool(self.field.text())

    def finish(self):
        self.finished += 1


@pytest.fixture
def page(page_of):
    return page_of(Splitting)


def test_a_step_that_is_not_filled_keeps_one_there(page):
    page.next.click()
    assert page.step == 0
    page.field.setText("大湾村")
    page.next.click()
    assert page.step == 1
    assert page.seen == [0, 1]
    assert page.next.text() == "分好了"
    assert page.proof.isVisible()


def test_keys_go_forward_and_back_and_what_was_filled_stays(page, qtbot):
    page.field.setText("大湾村")
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.step == 1
    assert page.escape()
    assert (page.step, page.field.text()) == (0, "大湾村")
    assert not page.escape()
    assert not page.previous.isEnabled()


def test_from_what_is_done_there_is_no_way_back_and_the_last_button_finishes(page):
    page.field.setText("大湾村")
    page.go(step=2)
    assert not page.previous.isEnabled()
    page.go_back()
    assert page.step == 2
    assert not page.escape()
    page.next.click()
    assert page.finished == 1


def test_the_strip_says_where_one_is(page):
    page.go(step=1)
    assert page.strip.accessibleName() == "第 2 步，共 3 步：期初余额"
    assert page.where() == {"step": 1}


def test_the_proof_is_read_out_and_replaced(page):
    page.go(step=1)
    page.show_proof(
        [
            ProofBlock("旧账", Check.GOOD, (("借方", "2,922,930.65"), ("贷方", "2,922,930.65"))),
            ProofBlock(
                "集体经济组织账", Check.WAITING, kind=LedgerKind.COLLECTIVE, big="40.00", words="还差"
            ),
        ],
        brief="差 40.00",
    )
    assert "旧账，借方 2,922,930.65" in page.proof.accessibleName()
    page.show_proof([ProofBlock("都平了", Check.GOOD)])
    assert page.proof.accessibleName() == "边填边证：都平了"
    figures = [label.text() for label in page.proof.findChildren(QLabel) if label.isVisibleTo(page.proof)]
    assert "40.00" not in figures


def test_in_a_narrow_window_one_line_stands_for_the_proof(page, theme):
    page.go(step=1)
    page.say_help("空格换归属。")
    page.show_proof([ProofBlock("旧账", Check.GOOD)], brief="差额 0.00，平")
    theme.fit(683)
    assert not page.proof.isVisible()
    assert page.words.text() == "差额 0.00，平"
    theme.fit(1366)
    assert page.words.text() == "空格换归属。"
    assert page.proof.isVisible()
