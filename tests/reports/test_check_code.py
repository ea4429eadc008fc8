"""The check code ties a sheet to its figures, and says which figure changed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.reports import demo_village as village
from village_ledger.domain.check_code import ALPHABET, LENGTH
from village_ledger.domain.period import Month, Span
from village_ledger.reports.pens.check_code import code_of, compare, figures_json, with_code
from village_ledger.reports.table import Role, Table

SHEET = village.wall_sheet(village.COLLECTIVE, Span.of_month(Month(2025, 11)))


def with_cell(table: Table, row: int, key: str, value) -> Table:
    rows = list(table.rows)
    cells = list(rows[row].cells)
    cells[table.column_index(key)] = value
    rows[row] = replace(rows[row], cells=tuple(cells))
    return replace(table, rows=tuple(rows))


def test_a_code_is_twelve_characters_nobody_confuses():
    code = code_of(SHEET, "book-1")
    assert len(code) == LENGTH == 12
    assert set(code) <= set(ALPHABET)
    assert not set("01IO") & set(ALPHABET)
    assert with_code(SHEET, "book-1").check_code == code


def test_paper_notes_names_and_marks_do_not_change_it():
    dressed = replace(
        SHEET,
        notes=("别的说明",),
        warnings=("未结账",),
        signatures=(("编制", "王秀英"),),
        watermark="",
        columns=tuple(replace(column, width_mm=1) for column in SHEET.columns),
        check_code="X",
    )
    assert code_of(with_cell(dressed, 1, "note", "待补审"), "book-1") == code_of(SHEET, "book-1")


def test_another_book_has_another_code():
    assert code_of(SHEET, "book-1") != code_of(SHEET, "book-2")


@given(
    st.integers(1, len(list(SHEET.rows)) - 3),
    st.sampled_from(["income", "expense", "summary", "counterparty"]),
)
def test_every_figure_and_word_counts(row, key):
    changed = with_cell(SHEET, row, key, 123456789 if key in {"income", "expense"} else "别的")
    assert code_of(changed, "book-1") != code_of(SHEET, "book-1")
    sentences = compare(figures_json(SHEET), figures_json(changed))
    label = SHEET.columns[SHEET.column_index(key)].label
    assert len(sentences) == 1
    assert f"的{label}：公布时 " in sentences[0]


def test_the_same_figures_have_nothing_to_say():
    assert compare(figures_json(SHEET), figures_json(SHEET)) == []


def test_changed_sums_and_items_are_named():
    details = [row for row in SHEET.rows if row.role is Role.DETAIL]
    fewer = replace(
        SHEET,
        rows=tuple(row for row in SHEET.rows if row is not details[0]),
        facts={**SHEET.facts, "income": 1},
    )
    gone = compare(figures_json(SHEET), figures_json(fewer))
    assert gone[0].startswith("本期收入：公布时 92,836.00，现在 0.01")
    assert any(sentence.endswith("公布时有这一笔，现在没有了。") for sentence in gone)
    assert any(
        "公布时没有这一笔" in sentence for sentence in compare(figures_json(fewer), figures_json(SHEET))
    )
