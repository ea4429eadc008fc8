"""The month the books should go to is the reviewer's to set: by command, beside the reports, until most are past it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village
from tests.review.township import a_year, another, review_words, sent
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadPackage, PeriodError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.township import SOUND, TO_CHECK
from village_ledger.exchange.review.reminders import write_reminders
from village_ledger.exchange.review.review_desk import DUE, month_due, review_folder
from village_ledger.exchange.review.review_files import reviewer_of
from village_ledger.reports.review.desk import desk_table

TODAY = date(2025, 7, 10)


@pytest.fixture
def inbox(village: Village, tmp_path: Path) -> Path:
    """青山村 sent May, 白云村 the whole year."""
    a_year(village)
    folder = tmp_path / "收件"
    folder.mkdir()
    sent(village, folder, "一.vlpkg", span=Span(date(2025, 1, 1), date(2025, 5, 31)))
    another(tmp_path, "白云村").rename(folder / "白云村.vlpkg")
    return folder


def test_a_month_as_people_write_it() -> None:
    assert {month_due(said) for said in ("2025-06", " 2025年6月 ", "2025.6", "2025/06")} == {Month(2025, 6)}
    assert month_due(" ") is None
    for said in ("六月", "2025-13", "2025-00", "2025", "2025-06-30"):
        with pytest.raises(PeriodError, match="不是月份"):
            month_due(said)


def test_by_command_and_remembered_beside_the_reports(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = review_words(str(inbox), tmp_path)
    assert main([*words, "--due", "2025-05"]) == 0
    assert "账要到 2025年5月" in capsys.readouterr().err
    assert main([*words, "--due", "2025-06"]) == 1
    said = capsys.readouterr()
    assert "青山村：账只到 2025年5月" in said.out
    assert (tmp_path / "乡镇" / DUE).read_text(encoding="utf-8") == "2025-06\n"
    assert (tmp_path / "乡镇" / "催交_青山村.txt").exists()
    verdicts = json.loads((tmp_path / "乡镇" / "审阅汇总.json").read_text(encoding="utf-8"))["sheets"][0]
    assert verdicts["due"] == "2025-06"
    assert main([*words, "--due", "2025-13"]) == 2
    assert "“2025-13”不是月份" in capsys.readouterr().err


def test_the_month_kept_holds_until_most_villages_are_past_it(inbox: Path, tmp_path: Path) -> None:
    desk, who = tmp_path / "乡镇", reviewer_of("张审", "", tmp_path / "key")
    review_folder([inbox / "一.vlpkg"], desk, TODAY, who=who, due=Month(2025, 6))
    again = review_folder([inbox / "一.vlpkg"], desk, TODAY)
    assert (again.due, [one.village for one in again.state().behind]) == ("2025-06", ["青山村"])
    past = review_folder([inbox / "白云村.vlpkg"], desk, TODAY)
    assert (past.due, past.state().due) == ("", "2025-12")


def test_a_kept_month_that_does_not_read_is_said_before_anything_is_opened(tmp_path: Path) -> None:
    (tmp_path / DUE).write_text("六月", encoding="utf-8")
    (tmp_path / "坏.vlpkg").write_bytes(b"no package")
    with pytest.raises(BadPackage, match=f"{DUE} 读不出来"):
        review_folder([tmp_path], tmp_path, TODAY)


def test_who_has_not_come_to_the_month_stands_before_those_that_have(inbox: Path, tmp_path: Path) -> None:
    state = review_folder([inbox], tmp_path / "乡镇", TODAY, due=Month(2025, 12)).state()
    late, *_ = state.behind
    assert (late.village, state.verdict_of(late)) == ("青山村", TO_CHECK)
    assert state.counts()[1] == sum(one.verdict == SOUND for one in state.villages if one is not late)
    first, second, total = desk_table(state).rows
    assert (first.cells[1], second.cells[1]) == ("青山村", "白云村")
    assert "账还没有到 2025年12月 的照已经送来的算：青山村（2025年5月）" in str(total.cells[4])


def test_who_sent_a_file_that_does_not_read_is_told_so(inbox: Path, tmp_path: Path) -> None:
    """Nobody who brought a stick is written that nothing came."""
    (inbox / "水口村_第1包.vlpkg").write_bytes(b"half a package")
    state = review_folder([inbox], tmp_path / "乡镇", TODAY, ["水口村", "石桥村"]).state()
    assert [one.words for one in state.absent] == ["送来的 水口村_第1包.vlpkg 读不了", "从来没有收到过"]
    letters = write_reminders(tmp_path / "乡镇", state, reviewer_of("张审", "", tmp_path / "key"), ["水口村"])
    said = letters[0].read_text(encoding="utf-8-sig")
    assert "送来的文件 水口村_第1包.vlpkg 读不了，可能没有拷完" in said
    assert "到今天还没有收到" not in said
