"""青山村 and 白云村, the demonstration villages, merged in each way: totals proven, all three books verified."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests import made
from village_ledger.cli.main import main
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.book.verification import verify
from village_ledger.services.review.village_keys import fingerprint_of
from village_ledger.storage.file.book_file import Access, open_book

END = date(2025, 12, 31)
BOTH = ("--resolution", "青社大〔2025〕5号", "--resolution", "白社大〔2025〕2号")


@pytest.fixture(scope="module")
def villages(tmp_path_factory) -> tuple[Path, Path]:
    """Both books at the end of 2025, made once."""
    folder = tmp_path_factory.mktemp("两村")
    return made.demo(folder, january=False), made.baiyun(folder)


@pytest.fixture
def books(villages, tmp_path) -> list[Path]:
    return [Path(shutil.copyfile(path, tmp_path / path.name)) for path in villages]


def merge(books: list[Path], *more: str) -> tuple[int, Path]:
    target = books[0].with_name("青云村.vledger")
    asked = ["merge", *map(str, books), "-o", str(target), "--village", "青云村", "--date", "2025-12-31"]
    return main([*asked, "--by", "杜晓兰", *more]), target


def assets(path: Path, ledger: str, day: date) -> int:
    with open_book(path, Access.READ) as book:
        reader = book.reader()
        chart = reader.chart(ledger)
        return sum(
            x.balance for x in reader.balances_at(ledger, day) if chart.get(x.account).category == "资产"
        )


@pytest.mark.parametrize(
    ("option", "shares"),
    [("C", "value"), ("C", "head"), ("C", "side-by-side"), ("A", "side-by-side"), ("B", "head")],
)
def test_both_villages_merge_and_all_three_books_prove(books, option, shares, capsys):
    before = sum(assets(path, "collective", END) for path in books)
    code, target = merge(books, "--option", option, "--shares", shares, *BOTH)
    assert code == 0
    with open_book(target, Access.READ) as book:
        assert f"新账簿的签名指纹是 {fingerprint_of(book.reader())}，" in capsys.readouterr().err
    for path in (target, *books):
        assert verify(path) == []
    if option == "C":
        assert assets(target, "collective", END) == before - 3000_00
    elif option == "A":
        assert assets(target, "group-01", END) + assets(target, "group-03", END) == before
    with open_book(target, Access.READ) as book:
        reader = book.reader()
        assert len(reader.people()) == 215 + 33
        assert len(reader.living_members()) == 213 + 33
        assert reader.book().is_demo


def test_the_merged_book_s_papers_agree(books):
    code, target = merge(books, "--option", "C", "--shares", "value", *BOTH, "--approved-on", "2026-01-10")
    assert code == 0
    with open_book(target, Access.READ) as book:
        reader = book.reader()
        for name in ("merger-comparison", "merger-shares", "merger-origin"):
            assert all(check.ok for check in make(reader, name, ReportRequest()).checks), name
        new = reader.share_class("成员股")
        assert new.text(reader.class_total(new.id)) == "31017.43"
        assert {x.code for x in reader.parcels("collective")} == {"Z01"}
        assert [x.number for x in reader.contracts("collective")] == ["白合〔2023〕1号"]
        last = reader.last_year("collective", "income-distribution")
        assert last is not None
        assert last.figures["R1"] == 573727_27


def test_the_demonstration_in_january_is_not_merged(tmp_path, capsys):
    code, target = merge([made.demo(tmp_path), made.baiyun(tmp_path)], "--option", "C")
    assert code == 1
    assert "2025-12-31 以后已经有凭证" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize(
    ("more", "code", "sentence"),
    [
        (("--option", "D"), 2, "没有方案“D”"),
        (("--option", "C", "--worth", "青山村"), 2, "--worth “青山村”看不懂"),
        ((), 2, "还缺：--option"),
        (("--option", "C", "--shares", "value"), 1, "青山村的账簿里没有"),
    ],
)
def test_wrong_usage_is_said_and_makes_nothing(books, capsys, more, code, sentence):
    found, target = merge(books, *more)
    assert found == code
    assert sentence in capsys.readouterr().err
    assert not target.exists()


def test_a_dry_run_says_the_figures_and_makes_nothing(books, capsys):
    code, target = merge(books, "--option", "C", "--dry-run", "--format", "json")
    out = capsys.readouterr()
    assert code == 0
    assert '"eliminated": "3000.00"' in out.out.replace("3,000.00", "3000.00")
    assert "没有建任何文件" in out.err
    assert not target.exists()
