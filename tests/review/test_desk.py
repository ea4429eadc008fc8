"""The township's desk: one key a village, no package left out, nothing of an earlier one gone; exceptions first."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import Village
from tests.review.township import a_year, another, packed, sent, signed_again, unpacked
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadPackage, BookFileError, PackageError
from village_ledger.domain.package import NO_PACKAGE
from village_ledger.domain.period import Span
from village_ledger.domain.remarks import read_remarks
from village_ledger.domain.township import Known, history_faults, missing_villages, sequence_faults
from village_ledger.exchange.review.reminders import write_reminders
from village_ledger.exchange.review.review_desk import (
    EXPECTED,
    expected_villages,
    review_folder,
    write_reports,
)
from village_ledger.exchange.review.review_files import reviewer_of
from village_ledger.reports.review.desk import chain_table, desk_table, explained
from village_ledger.reports.review.desk_totals import comparison_table, figures_table
from village_ledger.services.review.village_keys import signed_by

FIRST = Known(
    "b1", "青山村", 1, "d1", NO_PACKAGE, "AAAA", "2025-01-01", "2025-05-31", {"collective": ("h1", 5)}
)
SECOND = replace(FIRST, number=2, digest="d2", previous="d1", heads={"collective": ("h2", 9)})
THIRD = replace(FIRST, number=3, digest="d3", previous="d2", heads={"collective": ("h3", 12)})


def _said(packages: list[Known], before: list[Known] | None = None) -> list[str]:
    return [fault.sentence() for _, fault in sequence_faults(packages, before or [])]


def test_packages_that_follow_one_another_are_left_alone() -> None:
    assert _said([THIRD, FIRST, SECOND]) == []
    assert _said([THIRD], before=[FIRST, SECOND]) == []


@pytest.mark.parametrize(
    ("packages", "before", "said"),
    [
        ([FIRST, THIRD], [], "第2包：没有收到，中间缺了"),
        ([FIRST, replace(SECOND, previous="x" * 8)], [], "接的不是收到的上一包"),
        ([FIRST, replace(SECOND, fingerprint="BBBB")], [], "签名密钥和以前的不一样"),
        ([replace(SECOND, fingerprint="BBBB")], [FIRST], "签名密钥和以前的不一样"),
        ([SECOND, replace(SECOND, digest="other")], [], "有两个不同的包是同一个号"),
        ([FIRST], [FIRST, SECOND], "是旧的，以前已经收过第2包"),
        ([FIRST, replace(FIRST, book="b2", digest="e1")], [], "同一个村名有两本不同的账簿"),
        ([replace(FIRST, previous="d0")], [], "说它前面还有别的包"),
    ],
)
def test_packages_that_do_not(packages: list[Known], before: list[Known], said: str) -> None:
    assert any(said in one for one in _said(packages, before))


def test_what_an_earlier_package_said_must_still_be_there() -> None:
    assert history_faults(SECOND, [FIRST], {("collective", 5): "h1"}) == []
    (fault,) = history_faults(SECOND, [FIRST], {("collective", 5): "changed"})
    assert "第1包里的凭证在这一包里变了或没有了" in fault.sentence()


def test_who_has_not_sent() -> None:
    assert missing_villages(["青山村", "白云村"], ["青山村"]) == ["白云村"]


def _review(folder: Path, *more: str) -> int:
    desk = folder / "乡镇"
    key = folder / "key"
    return main(["review", *more, "-o", str(desk), "--by", "张审", "--key", str(key)])


def test_a_run_over_a_folder(village: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_year(village)
    inbox = tmp_path / "收件"
    inbox.mkdir()
    sent(village, inbox, "一.vlpkg")
    village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300")
    sent(village, inbox, "二.vlpkg")
    _review(tmp_path, str(inbox))
    capsys.readouterr()
    desk = tmp_path / "乡镇"
    said = json.loads((desk / "审阅汇总.json").read_text(encoding="utf-8"))
    verdicts, figures, *_ = said["sheets"]
    assert [(row["village"], row["number"], row["faults"]) for row in verdicts["rows"]] == [
        ("青山村", 1, None),
        ("青山村", 2, None),
    ]
    assert (verdicts["packages"], verdicts["unread"], verdicts["missing"]) == (2, 0, 0)  # no amounts in fen
    collective = next(row for row in figures["rows"] if row["entity"].endswith("合作社"))
    assert (collective["income"], collective["expense"]) == ("6200.00", "686.40")
    assert collective["cash"] == "5513.60"
    assert sorted(path.name for path in desk.iterdir()) == [
        "审阅汇总.json",
        "审阅汇总.pdf",
        "审阅汇总.xlsx",
        "已收送审包.json",
        "青山村_第1包.vlremarks",
        "青山村_第1包_审查.xlsx",
        "青山村_第1包_审核意见书.pdf",
        "青山村_第2包.vlremarks",
        "青山村_第2包_审查.xlsx",
        "青山村_第2包_审核意见书.pdf",
    ]


def test_two_books_of_one_village_and_number_each_have_their_reports(
    village: Village, tmp_path: Path
) -> None:
    """Somebody hands in a second 第1包 of 青山村: neither's findings, opinion and remarks stand on the other's."""
    a_year(village)
    true, false = sent(village, tmp_path, "一.vlpkg").path, another(tmp_path, "青山村")
    desk, who = tmp_path / "乡镇", reviewer_of("张审", "", tmp_path / "key")
    run = review_folder([true, false], desk, TODAY, who=who)
    first, second = (one.known.digest for one in run.reviewed)
    said = {path.name: read_remarks(path.read_bytes()).package for path in desk.glob("*.vlremarks")}
    plain, own = "青山村_第1包", f"青山村_第1包_{second[:16]}"
    assert said == {f"{plain}.vlremarks": first, f"{own}.vlremarks": second}
    assert all((desk / f"{own}{rest}").exists() for rest in ("_审查.xlsx", "_审核意见书.pdf"))
    before = {path.name: path.read_bytes() for path in desk.glob(f"{plain}.*")}
    write_reports(review_folder([false], desk, TODAY), desk, who)  # handed in again alone, after the true one
    assert {path.name: path.read_bytes() for path in desk.glob(f"{plain}.*")} == before


def test_two_keys_for_one_village_are_a_finding(
    village: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = sent(village, tmp_path, "一.vlpkg")
    second = sent(village, tmp_path, "二.vlpkg")
    forged = packed(tmp_path / "假.vlpkg", signed_again(unpacked(second.path)))
    assert _review(tmp_path, str(first.path), str(second.path)) == 0
    assert _review(tmp_path, str(forged)) == 1
    assert "签名密钥和以前的不一样" in capsys.readouterr().out


def test_a_book_rewritten_between_two_packages_is_found(
    village: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The accountant restores an old copy of the book and goes on differently."""
    a_year(village)
    kept = village.path.read_bytes()
    village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300")
    first = sent(village, tmp_path, "一.vlpkg")
    village.book.close()
    for file in village.path.parent.glob(f"{village.path.name}-*"):
        file.unlink()
    village.path.write_bytes(kept)
    with Village(village.path) as again:
        again.posted("2025-03-05", "付办公室电费", "借 513 30; 贷 101 30")
        second = sent(again, tmp_path, "二.vlpkg")
    assert _review(tmp_path, str(first.path), str(second.path)) == 1
    out = capsys.readouterr().out
    assert "签名密钥和以前的不一样" in out or "同一个号" in out


def test_what_cannot_be_read_is_said_and_the_others_are_reviewed(
    village: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = sent(village, tmp_path, "一.vlpkg")
    broken = tmp_path / "坏.vlpkg"
    broken.write_bytes(sound.path.read_bytes()[:-100])
    assert _review(tmp_path, str(broken), str(sound.path), "--expect", "青山村", "白云村") == 1
    out = capsys.readouterr().out
    assert "坏.vlpkg：坏.vlpkg 不是完整的送审包" in out
    assert "青山村 第 1 包：可看，自动查出 没有" in out
    assert "白云村：没有送" in out


def test_nothing_to_review_and_nowhere_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _review(tmp_path, str(tmp_path)) == 2
    assert "没有找到送审包" in capsys.readouterr().err
    assert _review(tmp_path, str(tmp_path / "没有.vlpkg")) == 2
    assert _review(tmp_path, str(tmp_path), "--seed", " ") == 2
    assert "种子不能是空的" in capsys.readouterr().err
    assert not (tmp_path / "乡镇").exists()
    (tmp_path / "文件").write_text("x")
    assert main(["review", "x.vlpkg", "-o", str(tmp_path / "文件"), "--by", "张审"]) == 2


def test_remarks_are_signed_by_the_reviewer(village: Village, tmp_path: Path) -> None:
    village.posted("2025-03-05", "付款", "借 513 30; 贷 101 30")
    made = sent(village, tmp_path)
    _review(tmp_path, str(made.path))
    said = read_remarks((tmp_path / "乡镇" / "青山村_第1包.vlremarks").read_bytes())
    assert said.package == made.digest.hex()
    assert signed_by(said.public_key, said.to_sign(), said.signature)
    assert ("2025-03/记-0001", "R05") in {(one.place, one.rule) for one in said.remarks}
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


TODAY = date(2025, 12, 31)


def test_a_village_whose_books_go_less_far_is_reminded_too(village: Village, tmp_path: Path) -> None:
    a_year(village)
    inbox, desk = tmp_path / "收件", tmp_path / "乡镇"
    inbox.mkdir()
    sent(village, inbox, "一.vlpkg", span=Span(date(2025, 1, 1), date(2025, 9, 30)))
    for name in ("白云村", "水口村"):
        another(tmp_path, name).rename(inbox / f"{name}.vlpkg")
    run = review_folder([inbox], desk, TODAY)
    assert [one.village for one in run.state().behind] == ["青山村"]
    (green,) = [row for row in desk_table(run.state()).rows if row.cells[1] == "青山村"]
    assert str(green.cells[4]).startswith("账只到 9月 · ")
    letters = write_reminders(desk, run.state(), reviewer_of("张审", "", tmp_path / "key"))
    letter = letters[0].read_text(encoding="utf-8-sig")
    assert "到今天还没有收到青山村2025年12月的送审包" in letter
    assert "第 1 包，2025-01-01 至 2025-09-30" in letter
    assert "3 个村里 2 个已经送来" in letter


def test_the_opinion_leaves_room_for_the_answers(village: Village, tmp_path: Path) -> None:
    village.posted("2025-03-05", "付款", "借 513 30; 贷 101 30")
    made = sent(village, tmp_path)
    _review(tmp_path, str(made.path))
    book = load_workbook(tmp_path / "乡镇" / "青山村_第1包_审查.xlsx")
    assert book.sheetnames[:3] == ["自动审查", "抽查清单", "审核意见书"]
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("规则包“通用审查规则”" in text for text in texts)
    assert not any("还没有答复" in text for text in texts)


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """青山村 sent its first and its third package, 白云村 one that holds, and a file that is none lies beside them."""
    elsewhere = tmp_path_factory.mktemp("村里")
    folder = elsewhere / "收件"
    folder.mkdir()
    with Village.found(elsewhere) as village:
        a_year(village)
        sent(village, folder, "一.vlpkg")
        sent(village, elsewhere, "没有送到.vlpkg")
        village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300")
        sent(village, folder, "三.vlpkg")
    another(elsewhere, "白云村").rename(folder / "白云村.vlpkg")
    (folder / "坏.vlpkg").write_bytes(b"no package")
    return folder


@pytest.fixture
def inbox(received: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return shutil.copytree(received, tmp_path / received.name)


def test_a_village_is_one_row_and_what_does_not_hold_stands_first(inbox: Path, tmp_path: Path) -> None:
    run = review_folder([inbox], tmp_path / "乡镇", TODAY, ["青山村", "水口村"])
    *rows, total = desk_table(run.state()).rows
    assert [(row.cells[0], *row.cells[1:4]) for row in rows] == [
        ("读不了", "坏.vlpkg", "读不了", "—"),
        ("不能信", "青山村", "少一包", "缺第2包"),
        ("没有送", "水口村", "没交", "—"),
        ("要核对", "白云村", "没核对指纹", "第 1 包"),
    ]
    assert rows[1].cells[4] == "第2包：没有收到，中间缺了"
    assert rows[1].cells[5:8] == (551360, 0, "12月")
    assert rows[2].cells[4:] == ("从来没有收到过", None, None, "—", "催交")
    assert total.cells[1:3] == ("合计", "1 个村")
    assert "验不过的不计入合计：青山村" in str(total.cells[4])
    assert total.cells[5:7] == (100000, 0)
    assert run.state().counts() == (3, 0, 1, 2, 1)


def test_villages_stand_side_by_side_under_the_same_rules(inbox: Path, tmp_path: Path) -> None:
    run = review_folder([inbox], tmp_path / "乡镇", TODAY)
    table = comparison_table(run.state(), run.pack)
    cloud, green, total = table.rows
    assert cloud.cells[:4] == ("白云村", 100000, 0, 100000)
    assert green.cells[:4] == ("青山村（验不过）", 620000, 68640, 551360)
    assert total.cells[:4] == ("合计 1 个村", 100000, 0, 100000)
    assert table.notes[0] == f"各村照同一个{run.pack.full_words}审查。"
    assert tuple(figures_table(run.state()).rows)[-1].cells[:4] == ("合计", "1 个村", 100000, 0)
    assert green.link is not None
    assert "没有收到，中间缺了" in explained(run.state(), green.link.key)


def test_the_chain_of_packages_says_what_follows_what(inbox: Path, tmp_path: Path) -> None:
    green = next(one for one in review_folder([inbox], tmp_path, TODAY).state().villages if one.gaps)
    assert [(row.cells[0], row.cells[3], row.cells[6]) for row in chain_table(green).rows] == [
        (1, "第一次送", "这一次"),
        (3, "没有收到，中间缺了", "这一次"),
    ]


def test_packages_of_earlier_runs_belong_to_the_chain(village: Village, tmp_path: Path) -> None:
    a_year(village)
    inbox, desk = tmp_path / "收件", tmp_path / "乡镇"
    inbox.mkdir()
    first = sent(village, inbox, "一.vlpkg")
    write_reports(review_folder([inbox], desk, TODAY), desk, reviewer_of("张审", "", tmp_path / "key"))
    first.path.unlink()
    village.posted("2025-03-05", "付办公室电费", "借 513 300; 贷 101 300")
    sent(village, inbox, "二.vlpkg")
    (green,) = review_folder([inbox], desk, TODAY).state().villages
    assert green.sequence == "2 包相连"
    assert [row.cells[3] for row in chain_table(green).rows] == [
        "第一次送",
        "接着第1包，里面的凭证都还在",
    ]
    run = review_folder([another(tmp_path, "白云村")], desk, TODAY, ["青山村"])
    assert [one.words for one in run.state().absent] == ["最后一包到 2025年12月"]


def test_looking_writes_nothing_and_reports_come_after(inbox: Path, tmp_path: Path) -> None:
    desk = tmp_path / "乡镇"
    run = review_folder([inbox], desk, TODAY, ["水口村"])
    assert not desk.exists()
    write_reports(run, desk, reviewer_of("张审", "", tmp_path / "key"), ["水口村"])
    assert {path.name for path in desk.iterdir()} == {
        EXPECTED,
        "审阅汇总.json",
        "审阅汇总.pdf",
        "审阅汇总.xlsx",
        "已收送审包.json",
        *(
            f"{village}{rest}"
            for village in ("青山村_第1包", "青山村_第3包", "白云村_第1包")
            for rest in (".vlremarks", "_审查.xlsx", "_审核意见书.pdf")
        ),
        "催交_水口村.pdf",
        "催交_水口村.txt",
    }
    assert expected_villages(desk) == ["水口村"]
    assert review_folder([inbox], desk, TODAY).missing == ["水口村"]


def test_a_package_exchanged_after_the_review_is_not_reported(inbox: Path, tmp_path: Path) -> None:
    run = review_folder([inbox], tmp_path / "乡镇", TODAY)
    other = inbox / "白云村.vlpkg"
    other.write_bytes((inbox / "一.vlpkg").read_bytes())
    with pytest.raises(BadPackage, match="在审阅以后被换过"):
        write_reports(run, tmp_path / "乡镇", reviewer_of("张审", "", tmp_path / "key"))


def test_reports_without_a_reviewer_or_a_place(inbox: Path, tmp_path: Path) -> None:
    run = review_folder([inbox], tmp_path / "乡镇", TODAY)
    with pytest.raises(PackageError, match="还没有写审阅人的姓名"):
        reviewer_of(" ", "", tmp_path / "key")
    (tmp_path / "文件").write_text("x")
    with pytest.raises(BookFileError, match="写不了"):
        write_reports(run, tmp_path / "文件", reviewer_of("张审", "", tmp_path / "key"))


def test_a_list_of_villages_that_does_not_read(tmp_path: Path) -> None:
    (tmp_path / EXPECTED).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(BadPackage, match=f"{EXPECTED} 读不出来"):
        expected_villages(tmp_path)
