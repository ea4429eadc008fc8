"""The desk holds packages to the keys somebody compared, by the one list of this computer; each package is unpacked once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village
from tests.review.township import a_year, sent
from village_ledger.cli.main import main
from village_ledger.domain.package import NO_PACKAGE
from village_ledger.domain.township import Known, sequence_faults
from village_ledger.domain.village_key import KnownVillage
from village_ledger.exchange.review import reviewing
from village_ledger.exchange.review.known_villages import FILE as KEYS
from village_ledger.exchange.review.review_desk import review_folder
from village_ledger.services.review.village_keys import make
from village_ledger.settings import config_file

FIRST = Known(
    "b1", "青山村", 1, "d1", NO_PACKAGE, "AAAA", "2025-01-01", "2025-05-31", {"collective": ("h1", 5)}
)
SECOND = replace(FIRST, number=2, digest="d2", previous="d1", heads={"collective": ("h2", 9)})
TODAY = date(2025, 12, 31)
RENEWED = replace(SECOND, fingerprint="BBBB")
COMPARED = [KnownVillage("b1", "青山村", "BBBB")]


@pytest.mark.parametrize(
    ("packages", "before", "compared", "said"),
    [
        ([RENEWED], [FIRST], COMPARED, []),
        ([FIRST, RENEWED], [FIRST], COMPARED, []),
        ([FIRST, RENEWED], [], COMPARED, ["第1包"]),
        ([SECOND], [FIRST], COMPARED, ["第2包"]),
        ([FIRST], [], [KnownVillage("b1", "青山村", "AAAA")], []),
        ([FIRST], [], [KnownVillage("another", "青山村", "AAAA")], ["第1包"]),
        ([FIRST], [], [KnownVillage("b2", "白云村", "AAAA")], []),
    ],
)
def test_the_key_somebody_compared_is_the_villages(
    packages: list[Known], before: list[Known], compared: list[KnownVillage], said: list[str]
) -> None:
    """A renewed key is the village's once it was compared, also on the desk; packages taken in before stay what they were."""
    faults = sequence_faults(packages, before, compared)
    assert [fault.record.split()[-1] for _, fault in faults] == said
    assert all("签名密钥和核对过的不一样" in fault.sentence() for _, fault in faults)


def test_a_package_is_unpacked_once_and_one_that_is_torn_counts_for_nothing(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_year(village)
    folder = tmp_path / "收件"
    folder.mkdir()
    for name in ("一", "二", "三"):
        sent(village, folder, f"{name}.vlpkg")
    content = bytearray((folder / "二.vlpkg").read_bytes())
    content[len(content) // 2] ^= 0xFF  # within the books: what the manifest says reads all the same
    (folder / "二.vlpkg").write_bytes(content)
    (folder / "一（复件）.vlpkg").write_bytes((folder / "一.vlpkg").read_bytes())
    opened: list[str] = []
    unpacking = reviewing.opened
    monkeypatch.setattr(
        reviewing, "opened", lambda path, *more: opened.append(path.name) or unpacking(path, *more)
    )
    run = review_folder([folder], tmp_path / "乡镇", TODAY)
    assert sorted(opened) == ["一.vlpkg", "一（复件）.vlpkg", "三.vlpkg", "二.vlpkg"]
    assert [one.known.number for one in run.reviewed] == [1, 3]
    assert [file for file, _ in run.unread] == ["二.vlpkg"]
    assert [fault.sentence() for one in run.reviewed for fault in one.findings] == [
        "[P5] 青山村 第2包：没有收到，中间缺了"
    ]


def test_the_desk_and_the_window_know_villages_by_one_list(
    village: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key compared by ``verify`` is the one ``review`` holds packages to, in whatever folder the reports stand."""
    a_year(village)
    first = sent(village, tmp_path, "一.vlpkg")
    assert main(["verify", str(first.path), "--fingerprint", first.fingerprint]) == 0
    keys = config_file().parent
    assert (keys / KEYS).exists()
    with village.act() as uow:
        make(uow, "换电脑")
    second = sent(village, tmp_path, "二.vlpkg")
    (green,) = review_folder([second.path], tmp_path / "另一个文件夹", TODAY, keys=keys).reviewed
    assert [fault.rule for fault in green.findings] == ["P4"]
    assert main(["review", str(second.path), "-o", str(tmp_path / "乡镇"), "--by", "张审"]) == 1
    assert "签名密钥和核对过的不一样" in capsys.readouterr().out
    assert main(["verify", str(second.path), "--fingerprint", second.fingerprint]) == 0
    (green,) = review_folder([second.path], tmp_path / "另一个文件夹", TODAY, keys=keys).reviewed
    assert (green.findings, green.key_compared) == ([], True)
