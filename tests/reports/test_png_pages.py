"""Pages as pictures for a group: one tall one, or one a page in a folder or a zip."""

from __future__ import annotations

import zipfile

import pytest
from PIL import Image

from tests.reports import demo_village
from tests.reports.test_wall_sheet import NOVEMBER
from village_ledger.domain.errors import Cancelled
from village_ledger.reports.pens import png_pages
from village_ledger.reports.pens.output_file import OutputError
from village_ledger.reports.pens.png_pages import PHONE_DPI, PictureTooTall, write_pictures
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_sheet import page_names, write_wall_sheet
from village_ledger.services.entry.progress import Progress

pytest.importorskip("pypdfium2")


@pytest.fixture
def phone(tmp_path):
    """Sheets in a telephone's format and the names of their pages."""
    tables = [
        demo_village.wall_sheet(issuer, NOVEMBER)
        for issuer in (demo_village.COLLECTIVE, demo_village.COMMITTEE)
    ]
    result = write_wall_sheet(tables, tmp_path / "a.pdf", WallSize.PHONE)
    return tmp_path / "a.pdf", page_names(tables, result.sheets)


def test_one_tall_picture_is_as_wide_as_a_telephone(phone, tmp_path):
    pdf, names = phone
    assert write_pictures(pdf, tmp_path / "长图.png", names, dpi=PHONE_DPI) == 1
    with Image.open(tmp_path / "长图.png") as picture:
        picture.load()
        assert (picture.mode, picture.width) == ("RGB", 1081)
        assert picture.height > 1900 * len(names)
        assert picture.getpixel((540, 3)) == (255, 255, 255)


@pytest.mark.parametrize("ending", ["zip", ""])
def test_a_picture_a_page_with_names_that_sort(phone, tmp_path, ending):
    pdf, names = phone
    target = tmp_path / (f"图.{ending}" if ending else "图")
    assert write_pictures(pdf, target, names) == len(names)
    if ending:
        with zipfile.ZipFile(target) as archive:
            assert archive.namelist() == [f"{name}.png" for name in names]
            assert archive.testzip() is None
            archive.extractall(tmp_path / "出")
        target = tmp_path / "出"
    assert sorted(path.stem for path in target.iterdir()) == sorted(names)
    for path in target.iterdir():
        with Image.open(path) as picture:
            picture.verify()


def test_the_same_pages_give_the_same_zip(phone, tmp_path):
    pdf, names = phone
    for name in ("a.zip", "b.zip"):
        write_pictures(pdf, tmp_path / name, names)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_picture_nobody_can_open_is_refused_with_what_to_do(phone, tmp_path, monkeypatch):
    pdf, names = phone
    monkeypatch.setattr(png_pages, "_TALLEST", 1000)
    with pytest.raises(PictureTooTall, match="接成一张图太长"):
        write_pictures(pdf, tmp_path / "a.png", names)
    assert not (tmp_path / "a.png").exists()


def test_a_name_that_is_a_file_is_no_folder(phone, tmp_path):
    pdf, names = phone
    (tmp_path / "图").write_text("别的东西", encoding="utf-8")
    with pytest.raises(OutputError, match="不是文件夹"):
        write_pictures(pdf, tmp_path / "图", names)
    with pytest.raises(OutputError, match="写不进去"):
        write_pictures(pdf, tmp_path / "没有" / "图", names)


@pytest.mark.parametrize("name", ["a.png", "a.zip", "夹"])
def test_cancelling_leaves_no_picture(phone, tmp_path, name):
    pdf, names = phone
    stopping = Progress(lambda done, *_: stopping.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        write_pictures(pdf, tmp_path / name, names, progress=stopping)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
