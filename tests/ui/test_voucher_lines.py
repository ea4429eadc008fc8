"""The lines as a model, the undo steps over them, and the way Enter takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from village_ledger.domain.chart import Account, Chart, CodeRule, Dimension, LedgerKind, Money, Side
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.ui.voucher.voucher_editing import VoucherEditing
from village_ledger.ui.voucher.voucher_lines_model import CellRole, Column, VoucherLinesModel
from village_ledger.ui.voucher.voucher_route import Place, next_needed

CHART = Chart(
    LedgerKind.COLLECTIVE,
    CodeRule.parse("3-2-2-2"),
    [
        Account("101", "库存现金", Side.DEBIT, "资产", money=Money.CASH),
        Account("102", "银行存款", Side.DEBIT, "资产", is_leaf=False),
        Account("10201", "农商行基本户", Side.DEBIT, "资产", level=2, parent="102", money=Money.BANK),
        Account("113", "内部往来", Side.DEBIT, "资产", demands=frozenset({Dimension.COUNTERPARTY})),
        Account("513", "管理费用", Side.DEBIT, "损益"),
    ],
)


@pytest.fixture
def editing(qapp):
    made = VoucherEditing()
    made.load(Draft("collective", "2025-03-08"), CHART)
    return made


def typed(editing, row, column, text):
    editing.type(row, column, text)
    editing.settle()


def test_the_model_keeps_qts_rules_through_every_kind_of_change(editing):
    tester = QAbstractItemModelTester(editing.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    typed(editing, 0, Column.SUMMARY, "付电费")
    editing.put(0, Column.ACCOUNT, "513")
    editing.insert_line(0)
    editing.delete_line(0)
    editing.add_line()
    editing.undo()
    editing.undo()
    editing.redo()
    editing.load(Draft("collective", "2025-03-08", lines=[DraftLine("收款")]), CHART, read_only=True)
    assert editing.model.text(0, Column.SUMMARY) == "收款"
    assert tester.model() is editing.model


def test_a_cell_says_what_screen_readers_need(editing):
    editing.put(0, Column.ACCOUNT, "10201")
    typed(editing, 0, Column.DEBIT, "1.2万")
    model = editing.model
    assert model.index(0, Column.ACCOUNT).data() == "10201 银行存款—农商行基本户"
    assert model.index(0, Column.DEBIT).data(CellRole.FEN) == 1_200_000
    spoken = model.data(model.index(0, Column.DEBIT), 11)
    assert spoken == "第1行 借方金额 12,000.00"


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        (Column.ACCOUNT, "102", "有下级科目"),
        (Column.ACCOUNT, "yhck", "没有科目"),
        (Column.DEBIT, "12x", "看不懂"),
        (Column.DEBIT, "0.001", "小数超过两位"),
    ],
)
def test_what_cannot_stay_is_explained(editing, column, text, why):
    editing.type(0, column, text)
    assert why in editing.model.fault(0, column)


def test_the_narrow_line_shows_what_is_demanded_filled_or_visited(editing):
    model = editing.model
    editing.put(0, Column.ACCOUNT, "513")
    assert model.auxiliary(0) == []
    model.open_auxiliary((0, Column.PROJECT))
    assert [cell.label for cell in model.auxiliary(0)] == ["项目"]
    model.open_auxiliary(None)
    editing.put(0, Column.ACCOUNT, "113")
    assert [(cell.label, cell.demanded) for cell in model.auxiliary(0)] == [("往来单位", True)]
    editing.put(0, Column.GROUP, "二组")
    assert [cell.text for cell in model.auxiliary(0)] == ["", "二组"]


def test_typing_in_one_cell_is_one_step(editing):
    for text in ("付", "付电", "付电费"):
        editing.type(0, Column.SUMMARY, text)
    editing.settle()
    assert editing.stack.count() == 1
    editing.undo()
    assert editing.model.text(0, Column.SUMMARY) == ""


def test_blank_lines_in_between_are_dropped_in_one_step(editing):
    typed(editing, 0, Column.SUMMARY, "付电费")
    editing.add_line()
    editing.add_line()
    typed(editing, 3, Column.SUMMARY, "付水费")
    editing.drop_blank_lines()
    assert [line.summary for line in editing.model.lines] == ["付电费", "付水费"]
    editing.undo()
    assert [line.summary for line in editing.model.lines] == ["付电费", "", "", "付水费"]


ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("type"),
            st.integers(0, 3),
            st.sampled_from(list(Column)),
            st.sampled_from(["7", "付", "", "513"]),
        ),
        st.tuples(st.just("flip"), st.integers(0, 3)),
        st.tuples(st.just("fill"), st.integers(0, 3)),
        st.tuples(st.just("insert"), st.integers(0, 3)),
        st.tuples(st.just("delete"), st.integers(0, 3)),
    ),
    max_size=12,
)


def act(editing, name, row, *rest):
    row = min(row, editing.model.rowCount() - 1)
    if name == "type":
        typed(editing, row, *rest)
    elif name == "flip":
        editing.flip(row, Column.DEBIT)
    elif name == "fill":
        editing.fill_difference(row, Column.DEBIT)
    elif name == "insert":
        editing.insert_line(row)
    else:
        editing.delete_line(row)


@given(acts=ACTS)
def test_undoing_everything_gives_the_blank_voucher_and_redoing_the_typed_one(qapp, acts):
    editing = VoucherEditing()
    editing.load(Draft("collective", "2025-03-08"), CHART)
    for one in acts:
        act(editing, *one)
    whole = editing.draft((0, "summary")).lines
    while editing.stack.canUndo():
        editing.undo()
    assert editing.draft((0, "summary")).lines == []
    while editing.stack.canRedo():
        editing.redo()
    assert editing.draft((0, "summary")).lines == whole


@given(acts=ACTS)
def test_a_line_never_has_an_amount_on_both_sides(qapp, acts):
    editing = VoucherEditing()
    editing.load(Draft("collective", "2025-03-08"), CHART)
    for one in acts:
        act(editing, *one)
    assert all(not (line.debit and line.credit) for line in editing.model.lines)


def test_filling_the_difference_balances_whatever_the_others_say(editing):
    editing.load(
        Draft(
            "collective",
            "2025-03-08",
            lines=[DraftLine("a", "513", "3"), DraftLine("b", "513", "4"), DraftLine("c", "101")],
        ),
        CHART,
    )
    side = editing.fill_difference(2, Column.ACCOUNT)
    assert side is Column.CREDIT
    assert sum(d - c for d, c in editing.model.amounts()) == 0


def test_enter_goes_to_the_gap_that_is_left(qapp):
    model = VoucherLinesModel()
    model.show(
        [DraftLine("付电费", "513", "8"), DraftLine("付电费", "101", "", "8"), DraftLine("补记", "")], CHART
    )
    assert next_needed(model, Place(1, Column.CREDIT)) == Place(2, Column.ACCOUNT)
    model.put(2, DraftLine())
    assert next_needed(model, Place(1, Column.CREDIT)) is None
