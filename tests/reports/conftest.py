"""Paper in tests: fonts of this machine; what poppler reads out of a PDF; a small village's year, open and carried forward."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.builders import village
from tests.domain.paper_village import PaperBooks, small_village
from village_ledger.reports.pens import font_cache

__all__ = ["village"]


@pytest.fixture(scope="session")
def text_of():
    """The text of a PDF as a reader would copy it, page by page."""

    def read(path: Path) -> list[str]:
        done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        return done.stdout.decode("utf-8").split("\f")[:-1]

    return read


@pytest.fixture(scope="session")
def fonts_of():
    """Lines of pdffonts: name, type, encoding, emb, sub, uni, object."""

    def read(path: Path) -> list[str]:
        done = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True)
        return done.stdout.splitlines()[2:]

    return read


@pytest.fixture
def fresh_fonts(monkeypatch, tmp_path):
    """Look for fonts in one folder only, with nothing remembered from before."""

    def look_in(folder: Path) -> None:
        monkeypatch.setenv("VILLAGE_LEDGER_FONTS", str(folder))
        monkeypatch.setenv(font_cache.CACHE_VARIABLE, str(tmp_path / "outlines"))
        font_cache.cache_folder.cache_clear()
        font_cache.glyph_store.cache_clear()

    yield look_in
    font_cache.cache_folder.cache_clear()
    font_cache.glyph_store.cache_clear()


@pytest.fixture(scope="module")
def open_year() -> PaperBooks:
    return small_village()


@pytest.fixture(scope="module")
def closed_year() -> PaperBooks:
    books = small_village()
    books.carry_forward("2025-12-31")
    return books


@pytest.fixture(params=["open", "closed"])
def books(request, open_year, closed_year) -> PaperBooks:
    """The same year before and after its result is carried forward: the sheets must not change."""
    return open_year if request.param == "open" else closed_year
