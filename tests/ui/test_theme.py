"""One token table: contrasts as look.md asks, three sizes, and no colour or measure anywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from village_ledger import ui
from village_ledger.domain.chart import LedgerKind
from village_ledger.settings import COLOURS, TEXT_SIZE, Preferences
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.look.tokens import Contrast, Size, contrast_ratio, tokens

UI = Path(ui.__file__).parent
SIZES = list(Size)


def grounds(size: Size, contrast: Contrast) -> list[str]:
    colour = tokens(size, contrast).colour
    return [colour.desk, colour.paper, colour.sheet]


def test_black_on_white_is_the_greatest_contrast():
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast_ratio("#777777", "#777777") == 1


@pytest.mark.parametrize(
    ("name", "on_sheet", "on_desk"),
    [("ink", 17.0, 13.3), ("ink2", 9.3, 7.3), ("ink3", 6.3, 4.9), ("edge", 4.1, 3.2), ("red", 6.7, 5.2)],
)
def test_standard_contrasts_are_those_of_the_palette(name, on_sheet, on_desk):
    colour = tokens(Size.STANDARD, Contrast.PAPER).colour
    assert contrast_ratio(getattr(colour, name), colour.sheet) == pytest.approx(on_sheet, abs=0.1)
    assert contrast_ratio(getattr(colour, name), colour.desk) == pytest.approx(on_desk, abs=0.1)


@pytest.mark.parametrize("contrast", list(Contrast))
@pytest.mark.parametrize("size", SIZES)
def test_text_is_readable_on_every_ground(size, contrast):
    colour = tokens(size, contrast).colour
    least = 4.5 if size is Size.STANDARD and contrast is Contrast.PAPER else 7.0
    for ground in grounds(size, contrast):
        for text in (colour.ink, colour.ink2, colour.ink3, colour.green.strong, colour.indigo.strong):
            assert contrast_ratio(text, ground) >= least, (text, ground)
    for text in (colour.red, colour.ochre):
        assert contrast_ratio(text, colour.sheet) >= least
    for accent in (colour.green, colour.indigo, colour.both):
        assert contrast_ratio(accent.on_strong, accent.strong) >= 4.5
        assert contrast_ratio(colour.ink, accent.tint) >= 7
    assert contrast_ratio(colour.off, colour.desk) >= 4.5
    assert contrast_ratio(colour.ink2, colour.closed) >= 4.5
    assert contrast_ratio(colour.on_block, colour.block) >= 7
    assert contrast_ratio(colour.edge, colour.sheet) >= 3


@pytest.mark.parametrize("size", SIZES)
def test_buttons_grow_with_the_text(size):
    px = tokens(size, Contrast.PAPER).px
    assert px.control >= 36
    assert px.control >= px.body * 2
    assert px.smallest >= 13


def test_high_contrast_draws_thicker():
    assert tokens(Size.STANDARD, Contrast.HIGH).px.line > tokens(Size.STANDARD, Contrast.PAPER).px.line


def test_sizes_stop_at_their_ends():
    assert Size.STANDARD.smaller() is Size.STANDARD
    assert Size.STANDARD.larger().larger().larger() is Size.HUGE


@pytest.mark.parametrize("role", [Role.BODY, Role.FORM, Role.FIGURE, Role.SMALL])
@pytest.mark.parametrize("bold", [False, True])
def test_figures_stand_under_each_other(theme, role, bold):
    measure = QFontMetricsF(theme.font(role, bold=bold))
    assert len({measure.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_the_ledgers_lead_with_their_own_colour(theme):
    theme.lead_with(LedgerKind.COLLECTIVE)
    green = theme.colour("accent").name()
    theme.lead_with(LedgerKind.COMMITTEE)
    assert theme.colour("accent").name() != green
    assert theme.colour("focus") == theme.colour("accent")
    theme.lead_with(None)
    assert theme.colour("accent") == theme.colour("ink")


def test_another_ledger_repaints_and_styles_nothing_anew(theme):
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before, palette = application.styleSheet(), QApplication.palette()
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(True))
    theme.lead_with(LedgerKind.COMMITTEE)
    theme.lead_with(LedgerKind.COMMITTEE)
    assert told == [True]
    assert application.styleSheet() == before
    assert QApplication.palette() == palette


def test_a_chosen_size_is_remembered_and_laid_out(theme, preferences):
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(True))
    theme.choose_size(Size.HUGE)
    assert told
    assert QApplication.font().pixelSize() == tokens(Size.HUGE, Contrast.PAPER).px.body
    assert Theme(Preferences()).tokens.size is Size.HUGE


def test_high_contrast_by_choice_and_by_the_system(theme, preferences, monkeypatch):
    theme.choose_colours("high")
    assert theme.tokens.contrast is Contrast.HIGH
    assert theme.colour("focus").name() == "#ffe169"
    theme.choose_colours("paper")
    assert theme.tokens.contrast is Contrast.PAPER
    monkeypatch.setattr("village_ledger.ui.look.theme.system_wants_contrast", lambda: True)
    theme.refresh()
    assert theme.tokens.contrast is Contrast.PAPER
    theme.choose_colours("system")
    assert theme.tokens.contrast is Contrast.HIGH


@pytest.mark.parametrize(
    "rubbish", ["", "{", "[]", '{"text_size": "riesig", "recent": [1, {"path": 2}], "people": 3}']
)
def test_a_damaged_settings_file_gives_the_defaults(tmp_path, rubbish):
    path = tmp_path / "settings.json"
    path.write_text(rubbish, encoding="utf-8")
    choices = Preferences(path)
    assert choices.get(TEXT_SIZE) == "standard"
    assert choices.get(COLOURS) == "system"
    assert choices.recent() == []
    assert choices.people(path) == []


def test_an_unwritable_settings_file_keeps_the_program_going(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    choices = Preferences(blocked / "settings.json")
    choices.set(TEXT_SIZE, "large")
    assert choices.get(TEXT_SIZE) == "large"


def test_recent_books_and_people_come_newest_first(preferences, tmp_path):
    one, two = tmp_path / "一.vledger", tmp_path / "二.vledger"
    for path in (one, two, one):
        preferences.remember_book(path, path.stem, "2025-12-31T10:42")
    preferences.remember_person(one, "王秀英")
    preferences.remember_person(one, "蒲文斌")
    again = Preferences()
    assert [book.village for book in again.recent()] == ["一", "二"]
    assert again.people(one) == ["蒲文斌", "王秀英"]
    assert again.people(two) == []
    again.forget_book(one)
    assert [book.village for book in again.recent()] == ["二"]


def test_an_unknown_choice_is_a_mistake_of_ours(preferences):
    with pytest.raises(ValueError, match="riesig"):
        preferences.set(TEXT_SIZE, "riesig")


def test_no_colour_stands_outside_the_token_table():
    hexes = re.compile(r"#[0-9A-Fa-f]{6}\b")
    keepers = {"tokens.py", "icons.py"}
    guilty = [
        path.name
        for path in UI.rglob("*.py")
        if path.name not in keepers and hexes.search(path.read_text("utf-8"))
    ]
    assert guilty == []
