"""What leaves has its name only when every byte of it is on the medium: a stick may be pulled the moment it is there."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.builders import WANG, Village
from village_ledger.domain.errors import BookFileError, Cancelled
from village_ledger.exchange.exports import exporting
from village_ledger.exchange.exports.export_formats import FORMATS, ExportRequest
from village_ledger.exchange.exports.exporting import ACTION, export
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.file.book_file import Access, open_book

forms = pytest.mark.parametrize("form", ["hledger", "workbook", "dump", "gbt24589", "archive"])


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    with Village.found(tmp_path_factory.mktemp("村")) as founded:
        founded.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = founded.path
    with open_book(path, Access.WRITE, WANG) as opened:
        yield opened


def written(book, form, folder, progress=None):
    out = folder / f"账{FORMATS[form].ending}"
    export(book, WANG, form, ExportRequest(out, by=WANG), progress or Progress())
    return out


@forms
def test_every_file_and_folder_is_on_the_medium_before_anything_has_a_name(book, form, tmp_path, monkeypatch):
    kept: list[Path] = []
    named: list[Path] = []
    out = tmp_path / f"账{FORMATS[form].ending}"

    def file_kept(path: Path) -> None:
        assert not out.exists()
        kept.append(path)

    def folder_kept(path: Path) -> None:
        assert out.exists() is (path == tmp_path)
        named.append(path)

    monkeypatch.setattr(exporting, "settle", file_kept)
    monkeypatch.setattr(exporting, "settle_names", folder_kept)
    assert written(book, form, tmp_path) == out
    place = next(path for path in (*named, *kept) if path.name.endswith(".part"))
    inside = list(out.rglob("*")) if out.is_dir() else []
    files = {place / path.relative_to(out) for path in inside if path.is_file()} or {place}
    folders = {place / path.relative_to(out) for path in inside if path.is_dir()} | (
        {place} if inside else set()
    )
    beside = {path for path in tmp_path.iterdir() if path != out}
    assert set(kept) == files | beside
    assert len(kept) == len(set(kept))
    assert set(named) == folders | {tmp_path}
    assert named[-1] == tmp_path


@forms
def test_a_stick_that_is_pulled_while_it_writes_keeps_nothing_that_looks_whole(
    book, form, tmp_path, monkeypatch
):
    lines = len(book.reader().operations(action=ACTION))

    def pulled(path: Path) -> None:
        raise OSError(errno.EIO, "pulled", str(path))

    monkeypatch.setattr(exporting, "settle", pulled)
    with pytest.raises(BookFileError):
        written(book, form, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert len(book.reader().operations(action=ACTION)) == lines


@forms
def test_thinking_better_of_it_while_it_settles_leaves_nothing(book, form, tmp_path):
    def stop(_done: int, _total: int, label: str) -> None:
        if label.startswith("写到盘上"):
            raise Cancelled

    with pytest.raises(Cancelled):
        written(book, form, tmp_path, Progress(stop))
    assert list(tmp_path.iterdir()) == []
