"""What the world does to a village office: the disk fills up, the power goes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.builders import WANG, Village, blank_book, draft, in_file, mounted
from village_ledger.domain.errors import BookFileError, DiskFullError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.book import books, verification
from village_ledger.storage.spec import BookSpec

STICK_BYTES = 3 * 1024 * 1024
"""Twice an empty book and a little."""
RENT = draft("2025-03-08", "收租金", "借 101 600; 贷 501 600")


@pytest.fixture
def small_stick() -> Iterator[Path]:
    """A stick with hardly any room; where nothing may be mounted the page limit below serves instead."""
    with mounted("-t", "tmpfs", "-o", f"size={STICK_BYTES}", "village") as folder:
        if folder is None:
            pytest.skip("no right to mount a small file system here; see the test with a page limit")
        yield folder


def fill(folder: Path) -> Path:
    """Take all the room that is left."""
    hog = folder / "照片.jpg"
    with hog.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return hog


def post_until_full(village: Village) -> int:
    """Post one voucher after another until the disk is full; returns how many went in."""
    done: list[StoredVoucher] = []

    def keep_on() -> None:
        for _ in range(10_000):
            done.append(village.posted("2025-03-08", "收租金", "借 101 600; 贷 501 600"))  # noqa: PERF401  it ends in the middle

    with pytest.raises(DiskFullError) as full:
        keep_on()
    assert full.value.code == "S-104"
    assert "磁盘" in str(full.value)
    assert "账没有变化" in str(full.value)
    return len(done)


def test_a_full_stick_takes_whole_vouchers_only_and_keeps_the_draft(small_stick: Path):
    with Village(blank_book(small_stick)) as village:
        kept = village.autosave(draft("2025-03-09", "没有记完的", "借 101 5"))
        before = len(village.reader.operations())
        hog = fill(small_stick)
        count = post_until_full(village)
        assert village.verify() == []
        waiting = [v for v in village.reader.vouchers("collective") if not v.posted_by]
        assert (
            len(waiting) <= 1
        )  # entered or reviewed when the room ran out; each of those was an action of its own
        assert [d.id for d in village.reader.drafts()] == [kept]
        assert len(village.reader.operations()) >= before + 3 * count
        hog.unlink()
        village.posted("2025-03-10", "有地方了", "借 101 600; 贷 501 600")
        assert village.verify() == []
    assert verification.verify(village.path) == []


def test_a_refused_save_keeps_the_draft_it_came_from(small_stick: Path):
    with Village(blank_book(small_stick)) as village:
        kept = village.autosave(RENT)
        fill(small_stick)
        post_until_full(village)
        many = draft("2025-03-09", "很长的一张", "; ".join(["借 101 1"] * 400 + ["贷 501 400"]))
        with pytest.raises(DiskFullError):
            village.save(many, draft_id=kept)
        assert [d.id for d in village.reader.drafts()] == [kept]


def test_an_import_that_does_not_fit_leaves_nothing(small_stick: Path):
    with Village(blank_book(small_stick)) as village:
        fill(small_stick)
        with pytest.raises(DiskFullError):
            village.take_in(*[in_file(RENT, number) for number in range(1, 3001)])
        assert village.reader.vouchers("collective") == []
        assert village.verify() == []


def test_no_room_for_a_new_book(small_stick: Path):
    hog = fill(small_stick)
    with pytest.raises((DiskFullError, BookFileError), match=r"没能建账|建不了文件"):
        books.new_book(small_stick / "青山村.vledger", BookSpec("青山村", Month(2025, 1)), WANG)
    assert list(small_stick.iterdir()) == [hog]


def test_the_page_limit_of_a_file_system_is_a_full_disk(village: Village):
    """The same without a mount: SQLite may not grow the file any more."""
    kept = village.autosave(RENT)
    connection = village.book.connection()
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 6}")
    assert post_until_full(village) > 0
    many = draft("2025-03-09", "很长的一张", "; ".join(["借 101 1"] * 400 + ["贷 501 400"]))
    with pytest.raises(DiskFullError):
        village.save(many, draft_id=kept)
    assert [d.id for d in village.reader.drafts()] == [kept]
    assert village.verify() == []
    connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    village.save(many, draft_id=kept)
    assert village.reader.drafts() == []


POST_FOR_EVER = """
import sys
from pathlib import Path
from tests.builders import Village, draft
village = Village(Path(sys.argv[1]))
print("open", flush=True)
for count in range(100000):
    village.autosave(draft("2025-03-08", f"草稿{count}", "借 101 1"), 1)
    village.posted("2025-03-08", f"第{count}笔", "借 101 600; 贷 113@张三 600")
    print(count, flush=True)
"""
IMPORT_FOR_EVER = """
import sys
from pathlib import Path
from tests.builders import Village, draft, in_file
village = Village(Path(sys.argv[1]))
number = len(village.reader.vouchers("collective"))
print("open", flush=True)
for count in range(100000):
    typed = draft("2025-03-08", "收租金", "借 101 600; 贷 113@张三 600")
    village.take_in(*[in_file(typed, number + i) for i in range(1, 201)])
    number += 200
    print(count, flush=True)
"""


def kill_while(work: str, path: Path, after: int, luck: random.Random) -> int:
    """Run ``work`` on the book and kill it (-9) at a random moment after so many steps; returns the last step it told."""
    with subprocess.Popen(
        [sys.executable, "-c", work, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        told = -1
        for line in process.stdout:
            if line != "open\n":
                told = int(line)
            if told >= after:
                break
        burn(luck)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split()
    return int(rest[-1]) if rest else told


def burn(luck: random.Random) -> None:
    """Let some work's worth of time pass without looking at a clock."""
    for _ in range(luck.randrange(60_000)):
        pass


def killed_again_and_again(
    work: str, path: Path, times: int, check: Callable[[Village, int], None], seed: int
) -> None:
    luck = random.Random(seed)
    for _ in range(times):
        told = kill_while(work, path, luck.randrange(4), luck)
        with Village(path) as village:  # the lock of the dead is no lock
            assert village.verify() == []
            check(village, told)


def test_a_power_cut_while_posting_costs_no_posted_voucher(tmp_path: Path):
    path = blank_book(tmp_path)
    told_in_all = 0

    def nothing_lost(village: Village, told: int) -> None:
        nonlocal told_in_all
        told_in_all += told + 1
        posted = [v for v in village.reader.vouchers("collective") if v.posted_by]
        assert len(posted) >= told_in_all  # everything the person was told is there
        assert [v.ref.number for v in village.reader.vouchers("collective")] == list(
            range(1, len(village.reader.vouchers("collective")) + 1)
        )
        assert len(village.reader.drafts()) == 1

    killed_again_and_again(POST_FOR_EVER, path, 4, nothing_lost, seed=1)


def test_a_power_cut_while_importing_leaves_whole_imports(tmp_path: Path):
    def whole(village: Village, told: int) -> None:
        assert len(village.reader.vouchers("collective")) % 200 == 0

    killed_again_and_again(IMPORT_FOR_EVER, blank_book(tmp_path), 2, whole, seed=2)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("work", [POST_FOR_EVER, IMPORT_FOR_EVER], ids=["posting", "importing"])
def test_many_power_cuts(tmp_path: Path, work: str, seed: int):
    killed_again_and_again(work, blank_book(tmp_path), 15, lambda _village, _told: None, seed)
