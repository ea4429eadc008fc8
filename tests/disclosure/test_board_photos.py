"""Photos of the board on the printed record: two in a row, upright, each drawn once, what is no picture left out."""

from __future__ import annotations

import io

from PIL import Image

from tests.disclosure.posting_village import PNG, Wall
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.disclosure.board_photos import LONGEST, MOST, BoardPhotos, paper_photos
from village_ledger.reports.pens.pictures import height_of


def picture(width: int, height: int, grey: int = 120) -> bytes:
    made = io.BytesIO()
    Image.new("L", (width, height), grey).save(made, "PNG")
    return made.getvalue()


def test_photos_are_made_fit_for_paper() -> None:
    made = paper_photos([("公开栏", picture(3000, 2000)), ("坏的", b"no picture"), ("近处", PNG)])
    assert made is not None
    assert [one.caption for one in made.photos] == ["公开栏", "近处"]
    large = made.photos[0]
    assert max(large.width, large.height) == LONGEST
    assert large.jpeg.startswith(b"\xff\xd8\xff")
    assert len({one.name for one in made.photos}) == 2


def test_no_more_are_printed_than_have_room() -> None:
    made = paper_photos([(str(n), picture(40, 30, n)) for n in range(MOST + 2)])
    assert made is not None
    assert len(made.photos) == MOST
    assert height_of(made) == 2 * height_of(BoardPhotos(made.photos[:1]))
    assert paper_photos([]) is None
    assert paper_photos([("坏的", b"")]) is None


def test_the_record_carries_the_photos_of_its_set_only(wall: Wall) -> None:
    made = wall.hung()
    request = ReportRequest(wall.ledger, item=made.number)
    assert make(wall.village.reader, "posting-record", request).picture is None
    wall.photo(made.number)
    shown = make(wall.village.reader, "posting-record", request).picture
    assert isinstance(shown, BoardPhotos)
    assert len(shown.photos) == 1
    assert make(wall.village.reader, "postings", ReportRequest(wall.ledger)).picture is None


def test_the_record_says_that_a_sheet_was_made_again(wall: Wall) -> None:
    made = wall.hung()
    wall.sheet("NEWA")
    table = make(wall.village.reader, "posting-record", ReportRequest(wall.ledger, item=made.number))
    assert table.warnings == ("AAAA 后来重新出过，新表是 NEWA。",)
