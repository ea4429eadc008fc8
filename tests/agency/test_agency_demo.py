"""The demonstration workspace: three villages made by the services people use, sound and with work that waits today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village
from village_ledger.domain.agency import Waiting
from village_ledger.domain.errors import BookFileError, Cancelled, PinError
from village_ledger.exchange.agency import agency_demo
from village_ledger.exchange.agency.agency_demo import FOLDER, open_demo
from village_ledger.exchange.agency.agency_file import place_of, read_workspace
from village_ledger.exchange.agency.agency_staff import Identity, open_as
from village_ledger.exchange.agency.agency_todo import gather
from village_ledger.services.entry.progress import Progress

TODAY = date(2026, 1, 15)
"""Its books then began in the year before."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Identity]:
    """Made once; only looked at."""
    return open_demo(tmp_path_factory.mktemp("演示") / "工作区", TODAY)


def test_work_of_every_kind_waits_in_it(demo: tuple[Path, Identity]) -> None:
    path, identity = demo
    found = gather(path, identity, TODAY)
    assert [one.trouble for one in found] == ["", "", ""]
    kinds = {todo.kind for one in found for todo in one.todos}
    assert {Waiting.CLAIMS, Waiting.REVIEW, Waiting.POST, Waiting.MONTHS} <= kinds
    assert {one.book.village: one.through for one in found} == {
        "青山村": "2025-11",
        "石桥村": "",
        "水口村": "2025-10",
    }


def test_every_book_of_it_is_sound_and_marked_as_a_demonstration(demo: tuple[Path, Identity]) -> None:
    path, _ = demo
    for kept in read_workspace(path).books:
        with Village(place_of(path, kept)) as village:
            assert village.verify() == []
            assert village.reader.book().is_demo


def test_who_looks_at_it_may_work_in_every_village(demo: tuple[Path, Identity]) -> None:
    path, identity = demo
    for kept in read_workspace(path).books:
        with open_as(path, kept, identity) as book:
            assert not book.read_only


def test_it_is_made_once_and_then_opened(
    demo: tuple[Path, Identity], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, identity = demo
    monkeypatch.setattr(agency_demo, "_make", None)
    again, same = open_demo(path.parent.parent, TODAY)
    assert (again, same.name) == (path, identity.name)


def test_stopped_nothing_is_left(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        open_demo(tmp_path, TODAY, progress)
    assert list(tmp_path.iterdir()) == []


def test_what_lies_beside_it_stays(tmp_path: Path) -> None:
    (tmp_path / "青山村.vledger").write_bytes("演示村的账".encode())
    open_demo(tmp_path, TODAY)
    assert {one.name for one in tmp_path.iterdir()} == {"青山村.vledger", FOLDER}


def test_where_nothing_can_be_written_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "占着").write_text("一个文件")
    with pytest.raises(BookFileError, match="写不进去"):
        open_demo(tmp_path / "占着" / "工作区", TODAY)


def test_something_else_in_its_place_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / "别人的.txt").write_text("留着")
    with pytest.raises(BookFileError, match="写不进去"):
        open_demo(tmp_path, TODAY)
    assert [one.name for one in folder.iterdir()] == ["别人的.txt"]


def test_with_another_pin_it_asks_like_any_workspace(
    demo: tuple[Path, Identity], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = demo
    said = agency_demo._said() | {"pin": "别的密码1949"}
    monkeypatch.setattr(agency_demo, "_said", lambda: said)
    with pytest.raises(PinError):
        open_demo(path.parent.parent, TODAY)
