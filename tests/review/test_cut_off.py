"""The stick is pulled, the disk is full, the current fails: what stands under a file's name is whole or not there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Village
from tests.review.township import PLAIN, YEAR, a_year, sent, unpacked
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadPackage, BookFileError, Cancelled, DiskFullError, LedgerError
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.exchange.review import package_making, package_zip
from village_ledger.exchange.review.package_making import PackageOrder, make_package
from village_ledger.exchange.review.package_reading import opened
from village_ledger.exchange.review.remark_drafts import keep_draft, load_draft
from village_ledger.services.entry.progress import Progress
from village_ledger.services.review.reviewer_key import reviewer_key
from village_ledger.storage.file import create, durable

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX's")


def _in_a_process(limit: int, program: str) -> subprocess.CompletedProcess[str]:
    """A program of ours whose files may take no more than so many bytes, as on a stick that fills up."""
    begin = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
    return subprocess.run(
        [sys.executable, "-c", begin + program],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        timeout=120,
    )


@posix
@pytest.mark.parametrize("part", [0.05, 0.6, 0.97])
def test_a_stick_that_fills_up_has_no_half_package(village: Village, tmp_path: Path, part: float) -> None:
    a_year(village)
    stick = tmp_path / "U盘"
    stick.mkdir()
    argv = ["export", "package", str(village.path), "-o", str(stick / "一.vlpkg"), "--by", "王秀英"]
    village.book.close()
    limit = int(village.path.stat().st_size * part)
    done = _in_a_process(
        limit, f"import sys; from village_ledger.cli.main import main; sys.exit(main({argv!r}))"
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().endswith("。")
    assert list(stick.iterdir()) == []
    with Village(village.path) as again:
        assert again.reader.sent_packages() == []
        assert again.verify() == []


@posix
def test_a_disk_that_fills_up_while_a_package_is_opened(village: Village, tmp_path: Path) -> None:
    a_year(village)
    path = sent(village, tmp_path).path
    done = _in_a_process(
        200_000,
        f"import sys; from village_ledger.cli.main import main; sys.exit(main(['verify', {str(path)!r}]))",
    )
    assert done.returncode == 1
    assert "磁盘已满" in done.stderr
    assert "Traceback" not in done.stderr


class _Pulled(OSError):
    """The medium is gone."""


@pytest.mark.parametrize("after", [0, 1, 3, 5, 8, 12])
def test_the_stick_is_pulled_while_the_package_is_written(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Whatever piece was the last that arrived, nothing stands under the package's name, and the book knows of none."""
    stick, left = tmp_path / "U盘", [after]
    stick.mkdir()

    class Stick(zipfile.ZipFile):
        """Takes some pieces and is gone."""

        def _write(self, data: bytes) -> int:
            left[0] -= 1
            if left[0] < 0:
                raise _Pulled(5, "Input/output error")
            return len(data)

        def open(self, *some, **more):
            member: Any = super().open(*some, **more)
            taken = member.write

            def write(data: bytes) -> int:
                self._write(data)
                return taken(data)

            member.write = write
            return member

    monkeypatch.setattr(package_zip.zipfile, "ZipFile", Stick)
    monkeypatch.setattr(package_zip, "CHUNK", 20_000)
    with pytest.raises(DiskFullError, match="没能写送审包"):
        sent(village, stick)
    assert left[0] < 0
    assert list(stick.iterdir()) == []
    assert village.reader.sent_packages() == []


@pytest.mark.parametrize("place", ["settle", "link"])
def test_what_cannot_be_made_durable_or_named_is_not_there(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def fails(*_: object) -> None:
        raise _Pulled(5, "Input/output error")

    stick = tmp_path / "U盘"
    stick.mkdir()
    if place == "settle":
        monkeypatch.setattr(create, "settle", fails)
    else:  # a stick without hard links, gone between taking the name and giving it its bytes
        monkeypatch.setattr(create.os, "link", fails)
        monkeypatch.setattr(create.Path, "replace", fails)
    with pytest.raises(DiskFullError, match="没能写送审包"):
        sent(village, stick)
    assert list(stick.iterdir()) == []


def test_a_stick_without_hard_links_takes_the_package(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(create.os, "link", none)
    with opened(sent(village, tmp_path).path) as package:
        assert package.findings == []
    with pytest.raises(LedgerError, match="已经存在"):
        sent(village, tmp_path)


def test_the_current_fails_before_the_bytes_are_on_the_stick(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is given after the bytes are on the medium, and the folder after the name."""
    seen: list[tuple[str, bool]] = []
    target = tmp_path / "一.vlpkg"
    monkeypatch.setattr(create, "settle", lambda part: seen.append(("bytes", target.exists())))
    monkeypatch.setattr(create, "settle_names", lambda _: seen.append(("name", target.exists())))
    sent(village, tmp_path, target.name)
    assert seen == [("bytes", False), ("name", True)]


@posix
def test_the_bytes_and_the_name_really_go_to_the_medium(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handles: list[int] = []
    monkeypatch.setattr(durable.os, "fsync", handles.append)
    (tmp_path / "x").write_bytes(b"x")
    durable.settle(tmp_path / "x")
    durable.settle_names(tmp_path)
    assert len(handles) == 2


def test_half_a_package_by_another_name_does_not_open(village: Village, tmp_path: Path) -> None:
    """What a dying system may leave under the hidden name is refused whatever it is called."""
    raw = sent(village, tmp_path).path.read_bytes()
    for part in range(1, 20):
        half = tmp_path / "半.vlpkg"
        half.write_bytes(raw[: len(raw) * part // 20] + bytes(len(raw) - len(raw) * part // 20))
        with pytest.raises(BadPackage, match="不是完整的送审包"), opened(half):
            pass


def test_nothing_to_put_the_parts_in(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package_making, "pack", full)
    with pytest.raises(DiskFullError, match="临时文件夹满了"):
        sent(village, tmp_path)
    assert list(tmp_path.glob("*.vlpkg")) == []


def test_stopped_at_every_step_nothing_is_left(village: Village, tmp_path: Path) -> None:
    a_year(village)
    steps = 0

    def made(stop_at: int) -> bool:
        count = 0

        def step(*_: object) -> None:
            nonlocal count, steps
            count += 1
            steps = max(steps, count)
            if count == stop_at:
                progress.cancel()

        progress = Progress(step)
        try:
            with village.act() as uow:
                make_package(uow, tmp_path / "一.vlpkg", PackageOrder(YEAR), PLAIN, progress)
        except Cancelled:
            return False
        return True

    for stop_at in range(1, 40):
        if made(stop_at):
            break
        assert list(tmp_path.glob("*.vlpkg*")) == []
        assert list(tmp_path.glob(".*")) == []
        assert village.reader.sent_packages() == []
    assert steps >= 9  # the books, the two readable parts, the signature, each member


def test_a_reviewers_key_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise _Pulled(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(create, "settle", fails)
        with pytest.raises(BookFileError, match="签名密钥"):
            reviewer_key(tmp_path / "审阅" / "key")
    assert list((tmp_path / "审阅").iterdir()) == []
    first = reviewer_key(tmp_path / "审阅" / "key")
    assert reviewer_key(tmp_path / "审阅" / "key").public == first.public
    if os.name == "posix":
        assert (tmp_path / "审阅" / "key").stat().st_mode & 0o077 == 0


def test_a_draft_that_cannot_be_kept_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = RemarkDraft(accepted=(("collective", "2025-01"),))
    keep_draft(tmp_path, "d" * 64, draft)
    with monkeypatch.context() as full:

        def fails(*_: object) -> None:
            raise _Pulled(28, "No space left on device")

        full.setattr("os.fsync", fails)
        with pytest.raises(BookFileError, match="没能存下审阅草稿"):
            keep_draft(tmp_path, "d" * 64, RemarkDraft())
    assert load_draft(tmp_path, "d" * 64) == draft


SAME = """
import sys
from datetime import datetime
from pathlib import Path
from village_ledger.domain.period import Span
from village_ledger.exchange.review.package_making import PackageOrder, make_package
from village_ledger.exchange.review.package_papers import WRITERS
from village_ledger.storage.file.book_file import Access, open_book
with open_book(Path(sys.argv[1]), Access.WRITE, "王秀英") as book, book.unit_of_work("王秀英") as uow:
    uow.at = "2025-12-31T08:00:00"
    made = make_package(uow, Path(sys.argv[2]), PackageOrder(Span.of_year(2025)), WRITERS).value
    print(made.digest.hex())
"""


def test_the_same_state_at_the_same_time_gives_the_same_bytes_in_any_process(
    village: Village, tmp_path: Path
) -> None:
    """Books, workbook, wall sheets, manifest, signature and zip: the very same file, whatever process makes it where."""
    a_year(village)
    sent(village, tmp_path, "先有一包.vlpkg")
    village.book.close()
    digests: list[str] = []
    for number, (seed, zone) in enumerate((("1", "Asia/Shanghai"), ("2", "UTC"))):
        folder = tmp_path / f"盘{number}"
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", SAME, str(village.path), str(folder / "一.vlpkg")],
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "TMPDIR": str(folder)},
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        digests.append(done.stdout.strip())
    assert digests[0] == digests[1]


def test_a_second_of_difference_is_another_package(village: Village, tmp_path: Path) -> None:
    with village.act() as uow:
        first = make_package(uow, tmp_path / "一.vlpkg", PackageOrder(YEAR), PLAIN).value
    with village.act() as uow:
        second = make_package(uow, tmp_path / "二.vlpkg", PackageOrder(YEAR), PLAIN).value
    assert first.digest != second.digest
    assert hashlib.sha256((tmp_path / "一.vlpkg").read_bytes()).digest() == first.digest


def test_a_package_is_never_written_over(village: Village, tmp_path: Path, capsys) -> None:
    first = sent(village, tmp_path).path
    content = first.read_bytes()
    book = str(village.path)
    village.book.close()
    assert main(["export", "package", book, "-o", str(first), "--by", "王秀英"]) == 1
    assert "已经存在" in capsys.readouterr().err
    assert first.read_bytes() == content
    assert len(unpacked(first)) == 5
