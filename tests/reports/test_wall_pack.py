"""The pack on paper: counted before it is printed, at the size chosen, every entry on it, stopped when asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.reports import demo_village
from tests.reports.tables import LONG, THIRTEEN_DIGITS, squeezed
from tests.reports.test_wall_sheet import NOVEMBER
from village_ledger.domain.errors import Cancelled
from village_ledger.domain.money import format_fen
from village_ledger.reports.pens.ink import Fonts
from village_ledger.reports.pens.wall_groups import Grouped, Grouping, Run, group_rules
from village_ledger.reports.pens.wall_layout import CARD, WallSize
from village_ledger.reports.pens.wall_sheet import measured, page_names, plan_wall, write_wall_sheet
from village_ledger.reports.pens.wall_sizes import PRINTED, STEPS, size_of
from village_ledger.reports.table import Column, Kind, LazyRows, Role, Row, Table
from village_ledger.services.entry.progress import Progress

CLAIMS = (
    Column("name", "单位、个人", Kind.TEXT, 62),
    Column("cause", "什么钱", Kind.TEXT, 46),
    Column("opening", "期初", Kind.MONEY, 34),
    Column("settled", "本期还", Kind.MONEY, 34),
    Column("closing", "期末", Kind.MONEY, 34),
)


def sheet_a(issuer=demo_village.COLLECTIVE) -> Table:
    return demo_village.wall_sheet(issuer, NOVEMBER)


def claims(count: int = 60) -> Table:
    """So many households paid their dividend in full, and one that is not."""
    paid = [
        Row(Role.DETAIL, (f"{i:03d}户 何世{chr(0x4E00 + i)}", "应付分红", 500_00 + i, 500_00 + i, 0))
        for i in range(count)
    ]
    owing = Row(Role.DETAIL, ("溪口镇人民政府", "征地补偿", 316_140_00, 0, 316_140_00))
    section = Row(Role.SECTION, ("我们欠的", None, None, None, None))
    total = sum(int(str(row.cells[2])) for row in paid)
    closing = Row(Role.SUBTOTAL, ("我们欠的合计", None, total + 316_140_00, total, 316_140_00))
    return replace(
        sheet_a(),
        report="disclosure-claims",
        title="青山村 2025年11月 债权债务公开表",
        columns=CLAIMS,
        rows=(section, owing, *paid, closing),
        facts={},
        zero="—",
    )


def register(columns: int) -> Table:
    """A register of so many columns of figures."""
    heads = (
        Column("name", "名称", Kind.TEXT, 40),
        *(Column(f"c{i}", f"金额{i}", Kind.MONEY, 30) for i in range(columns)),
    )
    rows = tuple(
        Row(Role.DETAIL, (f"资产{n}", *(n * 1_000_000_00 + i for i in range(columns)))) for n in range(1, 9)
    )
    return replace(claims(), report="disclosure-assets", title="资产", columns=heads, rows=rows)


# sizes


def test_papers_places_and_sizes_of_type_are_all_there_and_none_is_below_its_type():
    assert {(size.paper, size.is_desk, size.step) for size in PRINTED} == {
        (paper, desk, step) for paper in ("A3", "A4") for desk in (False, True) for step in STEPS
    }
    assert all(size_of(size.paper, desk=size.is_desk, step=size.step) is size for size in PRINTED)
    for size in PRINTED:
        assert size.value.body >= (10 if size.is_desk else 16)
        assert size.value.square >= (25 if not size.is_desk and size.paper == "A3" else 15)


@pytest.mark.parametrize("size", list(WallSize), ids=lambda size: size.name)
def test_a_plan_says_the_very_pages_that_are_printed_and_their_paper(tmp_path, size):
    tables = [sheet_a(), claims(), register(6)]
    (plan,) = plan_wall(tables, [size])
    result = write_wall_sheet(tables, tmp_path / "a.pdf", size)
    assert (plan.pages, plan.sheets, plan.paper_mm2) == (result.pages, result.sheets, result.paper_mm2)
    assert plan.pages == len(page_names(tables, plan.sheets))
    paper = size.value.paper
    assert plan.paper_mm2 == round(paper.width * paper.height) * plan.pages


def test_paper_is_said_in_pages_and_square_metres():
    (plan,) = plan_wall([sheet_a()], [WallSize.A3])
    assert plan.words == f"共 {plan.pages} 页，约 {plan.pages * 0.12474:.2f} ㎡"


@pytest.mark.parametrize("size", [s for s in PRINTED if not s.is_desk], ids=lambda size: size.name)
def test_rows_are_never_written_smaller_than_the_type_chosen(tmp_path, text_of, size):
    table = sheet_a()
    opening, first, *others = table.rows
    cells = list(first.cells)
    cells[table.column_index("summary")] = LONG * 12
    cells[table.column_index("expense")] = THIRTEEN_DIGITS
    long = replace(table, rows=(opening, replace(first, cells=tuple(cells)), *others))
    write_wall_sheet(long, tmp_path / "a.pdf", size)
    assert format_fen(THIRTEEN_DIGITS) in squeezed("".join(text_of(tmp_path / "a.pdf")))
    with Fonts() as fonts:
        (pen,) = measured([long], size, fonts)
        lines = list(pen.columns.lines(400))
    assert {block.size for line in lines for block in line.blocks if block} == {size.value.body}
    assert max(line.height for line in lines) <= 400
    what = pen.columns.index("summary")
    told = "".join(text for line in lines if (block := line.blocks[what]) for text in block.lines)
    assert squeezed(told).startswith(squeezed(LONG * 12))


def test_many_columns_of_figures_become_a_paragraph_a_row_where_nothing_else_fits(tmp_path, text_of):
    table = register(12)
    write_wall_sheet(table, tmp_path / "a.pdf", WallSize.A4_HUGE)
    raw = squeezed("".join(text_of(tmp_path / "a.pdf")))
    for row in table.rows:
        for value in row.cells[1:]:
            assert format_fen(int(str(value))) in raw
    with Fonts() as fonts:
        (pen,) = measured([table], WallSize.A4_HUGE, fonts)
        assert [column.key for column in pen.columns.columns] == [CARD]


# what repeats


@pytest.mark.parametrize("grouping", list(Grouping), ids=lambda grouping: grouping.value)
@pytest.mark.parametrize(
    "size", [WallSize.A3, WallSize.A4, WallSize.DESK, WallSize.PHONE], ids=lambda s: s.name
)
def test_every_entry_is_on_paper_however_lines_are_grouped(tmp_path, text_of, grouping, size):
    table = claims()
    write_wall_sheet(table, tmp_path / "a.pdf", size, grouping=grouping)
    raw = squeezed("".join(text_of(tmp_path / "a.pdf")))
    for row in table.rows:
        if row.role is Role.DETAIL:
            assert squeezed(str(row.cells[0])) in raw
            assert format_fen(int(str(row.cells[2]))) in raw


def test_grouping_saves_paper_and_says_how_many_stand_in_a_line(tmp_path, text_of):
    plain, grouped = (
        plan_wall([claims()], [WallSize.A3], way)[0].pages for way in (Grouping.NONE, Grouping.RULE)
    )
    assert grouped < plain
    write_wall_sheet(claims(), tmp_path / "a.pdf")
    text = squeezed("".join(text_of(tmp_path / "a.pdf")))
    assert "60笔，逐笔见下" in text
    assert format_fen(sum(500_00 + i for i in range(60))) in text


def test_sheet_a_is_grouped_only_when_asked_and_then_page_sums_still_add_up(tmp_path, text_of):
    assert not group_rules()["A"].usual
    table = sheet_a()
    where = table.column_index
    opening, *details = [row for row in table.rows if row.role in (Role.OPENING, Role.DETAIL)]
    repeated = []
    for i, row in enumerate(details):
        cells = list(row.cells)
        cells[where("number")], cells[where("summary")] = i + 1, f"付保洁员补贴（第{i + 1}次）"
        cells[where("income")], cells[where("expense")] = 0, 100_00 + i
        cells[where("handler")], cells[where("approver")] = "何世全", "赵永康"
        repeated.append(replace(row, cells=tuple(cells)))
    spent = sum(100_00 + i for i in range(len(repeated)))
    table = replace(table, rows=(opening, *repeated), facts={**table.facts, "income": 0, "expense": spent})
    usual = [row for row in Grouped(table, "A", Grouping.RULE) if isinstance(row, Run)]
    asked = [row for row in Grouped(table, "A", Grouping.ALL) if isinstance(row, Run)]
    assert (len(usual), [len(run.entries) for run in asked]) == (0, [len(repeated)])
    write_wall_sheet(table, tmp_path / "a.pdf", grouping=Grouping.ALL)
    text = "".join(text_of(tmp_path / "a.pdf"))
    assert f"（{len(repeated)}笔，逐笔见下）" in squeezed(text)
    for i, row in enumerate(repeated):
        assert f"第{i + 1}笔" in squeezed(text)
        assert str(row.cells[where("voucher")]) in text
        assert format_fen(100_00 + i) in text


def test_red_letters_stand_by_themselves():
    table = sheet_a()
    where = table.column_index
    detail = next(row for row in table.rows if row.role is Role.DETAIL)
    cells = list(detail.cells)
    cells[where("income")], cells[where("expense")] = 0, -5_00
    rows = tuple(replace(detail, cells=tuple(cells)) for _ in range(5))
    assert list(Grouped(replace(table, rows=rows), "A", Grouping.ALL)) == list(rows)


def test_rows_with_signatures_and_items_are_never_grouped():
    rules = group_rules()
    assert all(rules[letter].never for letter in "JSB")


# pages


def test_every_page_has_its_code_its_place_in_the_sheet_and_in_the_pack(tmp_path, text_of):
    tables = [sheet_a(), claims(200)]
    result = write_wall_sheet(tables, tmp_path / "a.pdf", grouping=Grouping.NONE)
    pages = [squeezed(page) for page in text_of(tmp_path / "a.pdf")]
    expected = [(i, count) for count in result.sheets for i in range(1, count + 1)]
    for number, (page, (place, count)) in enumerate(zip(pages, expected, strict=True), 1):
        assert f"本表第{place}页，共{count}页·整套第{number}页，共{result.pages}页" in page
        assert "校验码QS7K" in page


def test_pages_of_notes_have_the_head_of_every_page(tmp_path, text_of):
    notes = tuple(f"第{i}条说明：{LONG}" for i in range(90))
    table = replace(claims(), notes=notes)
    result = write_wall_sheet(table, tmp_path / "a.pdf")
    pages = [squeezed(page) for page in text_of(tmp_path / "a.pdf")]
    assert len(pages) == result.pages
    assert "说明（续）" in pages[-1]
    for page in pages:
        assert squeezed(table.title) in page
        assert "校验码QS7K" in page
    raw = "".join(pages)
    assert all(f"第{i}条说明" in raw for i in range(90))


@pytest.mark.parametrize("count", range(1, 40))
def test_nobody_signs_a_page_without_figures(count):
    rows = tuple(Row(Role.DETAIL, (f"第{i}户", "押金", 100_00 + i, 0, 100_00 + i)) for i in range(count))
    table = replace(claims(), rows=rows)
    with Fonts() as fonts:
        (pen,) = measured([table], WallSize.A3, fonts, Grouping.NONE)
        pages = list(pen.placed())
    assert sum(map(len, pages)) == count
    assert pages[-1]


def test_a_square_for_telephones_is_on_every_page_and_says_title_and_code(tmp_path):
    pdfium = pytest.importorskip("pypdfium2")
    write_wall_sheet([sheet_a(), claims(200)], tmp_path / "a.pdf", grouping=Grouping.NONE)
    size = WallSize.A3.value
    dots = 100 / 25.4
    for page in pdfium.PdfDocument(tmp_path / "a.pdf"):
        image = page.render(scale=100 / 72).to_pil().convert("L")
        right, side = size.paper.width - size.paper.right, size.square
        box = [round(dots * mm) for mm in (right - side, 10.5, right, 10.5 + side)]
        dark = image.crop(tuple(box)).point(lambda value: value < 128, mode="1")
        share = sum(dark.tobytes().count(bytes([byte])) * byte.bit_count() for byte in range(256))
        assert 0.35 < share / (dark.width * dark.height) < 0.65


def test_progress_counts_pages_and_cancelling_leaves_no_file(tmp_path):
    steps: list[tuple[int, int, str]] = []
    progress = Progress(lambda *step: steps.append(step))
    result = write_wall_sheet([claims(200)], tmp_path / "a.pdf", grouping=Grouping.NONE, progress=progress)
    assert steps[-1][:2] == (result.pages, result.pages)
    assert f"第 2 页，共 {result.pages} 页" in [label for _, _, label in steps]

    stopping = Progress(
        lambda done, _total, label: stopping.cancel() if done == 2 and "页" in label else None
    )
    with pytest.raises(Cancelled):
        write_wall_sheet([claims(200)], tmp_path / "b.pdf", grouping=Grouping.NONE, progress=stopping)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_rows_are_read_again_for_every_page_and_never_held(tmp_path):
    alive, most = 0, 0

    class Fen(int):
        """An amount that says when it is let go."""

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    details = [row for row in sheet_a().rows if row.role is Role.DETAIL]
    spent = sheet_a().column_index("expense")

    def rows():
        nonlocal alive, most
        for _ in range(100):
            for row in details:
                cells = list(row.cells)
                cells[spent] = Fen(100)
                alive += 1
                most = max(most, alive)
                yield replace(row, cells=tuple(cells))

    many = LazyRows(rows, 100 * len(details))
    result = write_wall_sheet(replace(sheet_a(), rows=many), tmp_path / "a.pdf")
    assert result.pages > 50
    assert 0 < most < 10


def test_a_day_of_another_year_says_its_year(tmp_path, text_of):
    columns = (Column("name", "合同", Kind.TEXT, 60), Column("until", "到期", Kind.DATE, 24))
    rows = (Row(Role.DETAIL, ("鱼塘", date(2027, 12, 31))), Row(Role.DETAIL, ("果园", date(2025, 11, 30))))
    table = replace(claims(), report="disclosure-contracts", columns=columns, rows=rows)
    write_wall_sheet(table, tmp_path / "a.pdf")
    text = "".join(text_of(tmp_path / "a.pdf"))
    assert re.search(r"鱼塘\s+2027-12-31", text)
    assert re.search(r"果园\s+2025-11-30", text)
