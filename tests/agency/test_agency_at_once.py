"""Two clerks at two computers over one shared folder at once: nobody's work is lost, and a book in use is tried again."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency, an_agency_with_work
from tests.builders import COLLECTIVE, LI, WANG, pin_of
from village_ledger.domain.agency import BatchAct, BatchResult, VillageVerdict
from village_ledger.domain.voucher import VoucherState
from village_ledger.exchange.agency.agency_batch import BatchOptions, run
from village_ledger.exchange.agency.agency_log import first_broken
from village_ledger.reports.agency.verdicts import summed_up
from village_ledger.services.book import verification
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.file.book_file import Access, BookFile, open_book

ALL = (QINGSHAN, BAIYUN, HEISHI)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return an_agency_with_work(tmp_path, *ALL)


def review(agency: Agency, progress: Progress) -> list[VillageVerdict]:
    options = BatchOptions(ledgers=(COLLECTIVE,), through=date(2025, 3, 31))
    return run(agency.path, agency.sign_in(LI), BatchAct.REVIEW, (), options, progress)


def held(agency: Agency, village: str) -> BookFile:
    """The village's book open at somebody else's."""
    return open_book(agency.book(village), Access.WRITE, WANG)


def test_a_village_somebody_else_had_open_is_done_at_the_end(agency: Agency) -> None:
    """The verdicts stand in the villages' order all the same."""
    other, seen = held(agency, QINGSHAN), list[str]()

    def watch(_done: int, _total: int, label: str) -> None:
        seen.append(label.partition(" ")[0])
        if label == HEISHI:
            other.close()

    verdicts = review(agency, Progress(watch))
    assert list(dict.fromkeys(seen)) == [QINGSHAN, BAIYUN, HEISHI]
    assert seen[-1] == QINGSHAN
    assert [(one.book.village, one.result) for one in verdicts] == [(name, BatchResult.DONE) for name in ALL]


def test_a_village_that_stays_open_elsewhere_is_tried_twice_and_said_once(agency: Agency) -> None:
    seen: list[str] = []
    other = held(agency, BAIYUN)
    try:
        verdicts = review(agency, Progress(lambda _done, _total, label: seen.append(label)))
    finally:
        other.close()
    assert seen.count(BAIYUN) == 2
    assert [one.result for one in verdicts] == [BatchResult.DONE, BatchResult.UNREACHED, BatchResult.DONE]
    assert WANG in verdicts[1].words


def test_a_stop_before_the_second_try_leaves_it_undone(agency: Agency) -> None:
    other = held(agency, QINGSHAN)

    def stop(_done: int, _total: int, label: str) -> None:
        if label == HEISHI:
            stopping.cancel()

    stopping = Progress(stop)
    try:
        verdicts = review(agency, stopping)
    finally:
        other.close()
    assert [one.result for one in verdicts] == [BatchResult.STOPPED, BatchResult.DONE, BatchResult.DONE]


def test_a_village_counts_once_in_the_sum(agency: Agency) -> None:
    """Something in one ledger and nothing in the other is a village where something was done."""
    options = BatchOptions(through=date(2025, 3, 31))
    verdicts = run(agency.path, agency.sign_in(LI), BatchAct.REVIEW, (QINGSHAN, BAIYUN), options)
    assert summed_up(BatchAct.REVIEW, verdicts) == "审核：2 个村办好了，共 2 张凭证。"
    again = run(agency.path, agency.sign_in(LI), BatchAct.REVIEW, (), options)
    assert summed_up(BatchAct.REVIEW, again) == "审核：1 个村办好了，共 1 张凭证；2 个村没有要办的。"


def test_two_computers_at_once(agency: Agency) -> None:
    """李建国 reviews while 王秀英 posts, each by a program of their own; afterwards once more each, and all is posted."""
    for _ in range(2):
        both = [clerk(agency, LI, "review"), clerk(agency, WANG, "post")]
        said = [one.communicate(timeout=120)[1] for one in both]
        assert all(one.returncode in (0, 1) for one in both), said
        assert not any("Traceback" in one for one in said)
    last = clerk(agency, WANG, "post")
    said = last.communicate(timeout=120)[1]
    assert last.returncode == 0, said
    for name in ALL:
        with agency.village(name) as village:
            states = [one.state for one in village.reader.vouchers(COLLECTIVE)]
            assert states == [VoucherState.POSTED]
            assert verification.verify(village.book.path) == []
    assert first_broken(agency.says) is None


def clerk(agency: Agency, name: str, act: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "main.py",
        "agency",
        str(agency.path),
        act,
        "--through",
        "2025-03-31",
        "--by",
        name,
    ]
    environment = os.environ | {"VILLAGE_LEDGER_PIN": pin_of(name)}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
