"""A sample over all villages by size: exactly the largest that reach the part, with no voucher kept but what is drawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Village
from tests.review.township import another, sent
from village_ledger.cli.main import main
from village_ledger.domain.errors import PackageError
from village_ledger.domain.sampling import Candidate, SampleOrder, by_size, draw, how_many_reach
from village_ledger.exchange.review.desk_sample import draw_over
from village_ledger.exchange.review.review_desk import review_folder
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.closing import year_end

TODAY = date(2025, 12, 31)


@given(st.lists(st.integers(0, 10**9), max_size=60), st.integers(1, 100))
def test_so_many_of_the_largest_reach_the_part_and_no_fewer(amounts: list[int], percent: int) -> None:
    many, ordered = how_many_reach(iter(amounts), percent), sorted(amounts, reverse=True)
    assert sum(ordered[:many]) * 100 >= sum(amounts) * percent
    assert many == 0 or sum(ordered[: many - 1]) * 100 < sum(amounts) * percent
    some = [Candidate("collective", f"2025-01/记-{n:04d}", "", fen) for n, fen in enumerate(amounts, 1)]
    assert len(by_size(some, percent)) == many


@pytest.fixture
def inbox(village: Village, tmp_path: Path) -> Path:
    """青山村 with six vouchers of 100 to 600, 白云村 with one of 1,000."""
    folder = tmp_path / "收件"
    folder.mkdir()
    for day in range(1, 7):
        village.posted(f"2025-03-{day:02d}", "收果园承包款", f"借 101 {day}00; 贷 501 {day}00")
    sent(village, folder, "一.vlpkg")
    another(tmp_path, "白云村").rename(folder / "白云村.vlpkg")
    return folder


def test_a_part_of_all_money_over_all_villages(inbox: Path, tmp_path: Path) -> None:
    run = review_folder([inbox], tmp_path / "乡镇", TODAY)
    (sample,) = draw_over(run, SampleOrder(percent=50))
    assert [(one.village, one.amount) for one in sample.drawn] == [("白云村", 1000_00), ("青山村", 600_00)]
    assert (sample.population, sample.covered, sample.amount) == (7, 1600_00, 3100_00)
    assert sample.words.startswith("金额从大到小，抽到合计占 50% 为止：7 张里的 2 张")
    (most,) = draw_over(run, SampleOrder())
    assert most.words.startswith("金额从大到小，抽到合计占 60% 为止")


def test_by_command(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = tmp_path / "乡镇"
    words = ["review", str(inbox), "-o", str(desk), "--by", "张审", "--key", str(tmp_path / "key")]
    main([*words, "--sample-percent", "50"])
    assert "抽到合计占 50% 为止：7 张里的 2 张" in capsys.readouterr().err
    assert all((desk / f"抽查清单.{ending}").exists() for ending in ("xlsx", "json", "pdf"))
    before = sorted(desk.iterdir())
    for both in (("--count", "5", "--percent", "50"), ("--sample", "5", "--sample-percent", "50")):
        assert main([*words[:3], str(tmp_path / "另一处"), *words[4:], *both]) == 1
    assert not (tmp_path / "另一处").exists()  # said before anything is opened
    assert sorted(desk.iterdir()) == before
    assert "抽几张和占金额的百分之几只能写一样" in capsys.readouterr().err
    with pytest.raises(PackageError, match="只能写一样"):
        SampleOrder.typed("", "20", "60")
    assert SampleOrder.typed("种子", "20", "60").by_seed


def test_carrying_forward_is_never_drawn(village: Village) -> None:
    village.posted("2025-03-05", "收果园承包款", "借 101 600; 贷 501 600")
    for month in range(1, 13):
        village.close_month(f"2025-{month:02d}")
    with village.act() as uow:
        year_end.close_year(uow, "collective", 2025)
    table = make(village.reader, "review-sample", ReportRequest(count=20))
    assert [row.cells[1] for row in table.rows][:-1] == ["2025-03/记-0001"]
    assert "年终结转的凭证不算" in table.notes[0]


def test_nothing_to_draw() -> None:
    assert draw([], SampleOrder(percent=60)).drawn == ()
