"""Chinese on paper, whatever fonts the machine has: embedded, searchable, never boxes."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from io import BytesIO

import pytest
from fontTools.cffLib import CFFFontSet
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.tables import book, line, squeezed
from village_ledger.domain.errors import UnreadableError
from village_ledger.reports.pens import fonts
from village_ledger.reports.pens.font_cache import GlyphStore
from village_ledger.reports.pens.font_outlines import FontFile, FontReader, FontUnreadable, Glyph
from village_ledger.reports.pens.fonts import Face, FontsMissing, find_fonts
from village_ledger.reports.pens.ink import Fonts
from village_ledger.reports.pens.pdf_font import PdfFont
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.statements.cff import cid_font

NOBODY_HAS = "\U000323a0\U0003fffd"
DAY = date(2025, 3, 8)


def any_font() -> FontFile:
    return find_fonts().chains[Face.SANS][0]


def test_every_font_is_embedded_and_can_be_searched(tmp_path, fonts_of):
    write_pdf(book(line(DAY, "收鱼塘承包款", 100, balance=100)), tmp_path / "a.pdf")
    lines = fonts_of(tmp_path / "a.pdf")
    assert lines
    for entry in lines:
        embedded, subset, to_unicode = entry.split()[-5:-2]
        assert (embedded, subset, to_unicode) == ("yes", "yes", "yes"), entry
        assert "Helvetica" not in entry


def test_text_comes_back_as_it_went_in(tmp_path, text_of):
    summary = "付“三提五统”〔2025〕3号—路灯电费（2,058度×0.62元）、壹仟贰佰柒拾伍元玖角陆分"
    write_pdf(book(line(DAY, summary, credit=127596, balance=5), carries_forward=False), tmp_path / "a.pdf")
    assert squeezed(summary) in squeezed(text_of(tmp_path / "a.pdf")[0])


def test_rare_characters_of_names_come_back_too(tmp_path, text_of):
    wanted = "㛃䶮𬭎"
    with Fonts() as installed:
        installed[Face.SERIF].width(wanted)
    there = "".join(char for char in wanted if char not in installed.missing)
    result = write_pdf(book(line(DAY, f"付何{there}误工补贴", credit=1)), tmp_path / "a.pdf")
    assert result.missing == ()
    assert f"付何{there}误工补贴" in squeezed(text_of(tmp_path / "a.pdf")[0])


def test_a_character_no_font_has_is_said_on_every_page(tmp_path, text_of):
    rows = [line(DAY, f"付何{NOBODY_HAS[0]}误工补贴", credit=1)] * 40
    result = write_pdf(book(*rows), tmp_path / "a.pdf")
    assert result.missing == (NOBODY_HAS[0],)
    pages = text_of(tmp_path / "a.pdf")
    assert len(pages) == result.pages > 1
    assert all("U+323A0" in page and "印成了〓" in page for page in pages)


def test_a_machine_without_chinese_fonts_gets_a_sentence_and_no_file(tmp_path, fresh_fonts):
    empty = tmp_path / "fonts"
    empty.mkdir()
    fresh_fonts(empty)
    with pytest.raises(FontsMissing, match="fonts-noto-cjk") as refused:
        write_pdf(book(line(DAY, "收")), tmp_path / "a.pdf")
    assert isinstance(refused.value, UnreadableError)
    assert not (tmp_path / "a.pdf").exists()


def test_one_font_under_an_unknown_name_is_enough(tmp_path, fresh_fonts, text_of):
    source = any_font()
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / f"village-own{source.path.suffix}").symlink_to(source.path)
    (folder / "broken.ttf").write_bytes(b"no font at all")
    fresh_fonts(folder)
    write_pdf(book(line(DAY, "收鱼塘承包款", 100, balance=100)), tmp_path / "a.pdf")
    assert "收鱼塘承包款" in squeezed(text_of(tmp_path / "a.pdf")[0])
    assert find_fonts().stroked == {Face.SANS_BOLD, Face.SERIF_BOLD}


def test_every_known_family_is_found_by_its_file(tmp_path, fresh_fonts):
    fresh_fonts(tmp_path)
    for name in (
        "msyh.ttc",
        "simsun.ttc",
        "simhei.ttf",
        "simfang.ttf",
        "wqy-zenhei.ttc",
        "FZSSK--GBK1-0.ttf",
    ):
        (tmp_path / name).touch()
    chains = find_fonts().chains
    assert chains[Face.SANS][0].path.name == "msyh.ttc"
    assert chains[Face.SERIF][0].path.name == "simsun.ttc"
    assert {font.path.name for font in chains[Face.SERIF]} >= {
        "wqy-zenhei.ttc",
        "FZSSK--GBK1-0.ttf",
        "simfang.ttf",
    }


def test_outlines_are_kept_and_a_damaged_store_is_made_again(tmp_path):
    font = any_font()
    first = GlyphStore(font, tmp_path)
    glyph = first.glyph("村")
    first.save()
    (kept,) = tmp_path.iterdir()
    again = GlyphStore(font, tmp_path)
    assert again.glyph("村") == glyph
    assert again._reader is None
    kept.write_text("{damaged", encoding="utf-8")
    mended = GlyphStore(font, tmp_path)
    assert mended.glyph("村") == glyph
    mended.close()


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path):
    folder = tmp_path / "not a folder"
    folder.touch()
    store = GlyphStore(any_font(), folder)
    assert store.glyph("村") is not None
    store.save()
    assert folder.read_bytes() == b""


def test_a_file_that_is_no_font_is_passed_over(tmp_path):
    (tmp_path / "x.ttf").write_bytes(b"\0" * 100)
    with pytest.raises(FontUnreadable):
        FontReader(FontFile(tmp_path / "x.ttf"))
    assert GlyphStore(FontFile(tmp_path / "gone.ttf"), tmp_path).glyph("村") is None


@pytest.fixture(scope="module")
def outlines() -> dict[str, bytes]:
    with closing(FontReader(any_font())) as reader:
        return {
            char: glyph.outline for char in "村账收支一二三壹贰叁0123456789" if (glyph := reader.glyph(char))
        }


@given(
    chars=st.lists(st.sampled_from("村账收支一二三壹贰叁0123456789"), min_size=1, max_size=12, unique=True)
)
def test_the_font_program_holds_the_outlines_it_was_given(outlines, chars):
    given_outlines = [outlines[char] for char in chars]
    program = CFFFontSet()
    program.decompile(BytesIO(cid_font("ABCDEF+Test", [b"\x0e", *given_outlines])), None)
    charstrings = program[0].CharStrings
    assert [charstrings[f"cid{i:05d}"].bytecode for i in range(1, len(chars) + 1)] == given_outlines


def test_figures_stand_under_each_other():
    with Fonts() as installed:
        assert len({installed[Face.SANS].width(digit) for digit in "0123456789"}) == 1


class _Store:
    """A font with a few characters only."""

    def __init__(self, chars: str) -> None:
        self._chars = chars

    def glyph(self, char: str) -> Glyph | None:
        return Glyph(500, b"\x0e") if char in self._chars else None


def test_a_sign_a_font_lacks_is_drawn_by_its_like_and_copied_as_itself():
    font = PdfFont("Sans", [_Store("0189-〓")], tabular=True, stroked=False)  # pyright: ignore[reportArgumentType]  a store of four glyphs stands in for a font
    font.encode("−1")
    assert font.missing == set()
    assert "<0001> <2212>" in font.to_unicode().decode()
    font.encode("村")
    assert font.missing == {"村"}


def test_fontconfig_is_not_asked_where_a_folder_was_named(monkeypatch, tmp_path):
    monkeypatch.setenv(fonts.FONTS_VARIABLE, str(tmp_path))
    assert fonts._asked_fontconfig() == []
