"""Files that come from outside, each made once in small; tests spoil copies of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.agency.agencies import hash_of, village_book
from tests.builders import COLLECTIVE, WANG, Village
from tests.cli.conftest import run
from tests.review.township import a_year, sent
from village_ledger.domain.agency import AgencyMember, Workspace
from village_ledger.domain.period import Span
from village_ledger.domain.remarks import Remark, Remarks, Verdict, VoucherVerdict
from village_ledger.domain.review_check import Severity
from village_ledger.exchange.agency import agency_file
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.services.review.reviewer_key import reviewer_key
from village_ledger.storage.file.book_file import Access, open_book

__all__ = ["run"]


@pytest.fixture(scope="session")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of each: 村.vledger, 包.vlpkg, 意见.vlremarks, 数据/ (dump), 档案/ (archive), 镇.vlagency."""
    folder = tmp_path_factory.mktemp("外来")
    with Village.found(folder) as village:
        a_year(village)
        made, key = sent(village, folder, "包.vlpkg"), reviewer_key(folder / "审阅.key")
        said = Remarks(
            made.digest.hex(),
            made.manifest.book,
            "青山村",
            "张审",
            "溪口镇农经站",
            datetime.fromisoformat("2025-07-01T09:00:00"),
            key.public,
            remarks=(Remark(1, COLLECTIVE, "2025-01/记-0001", Severity.GRAVE, "请补发票", "R04"),),
            verdicts=(VoucherVerdict(COLLECTIVE, "2025-01/记-0001", Verdict.RETURN, "没有发票"),),
        )
        (folder / "意见.vlremarks").write_bytes(said.signed(key.sign(said.to_sign())).to_bytes())
        book = village.path
    for form, name, ledger, span in (
        ("dump", "数据", "", None),
        ("archive", "档案", COLLECTIVE, Span.of_year(2025)),
    ):
        with open_book(book, Access.WRITE, WANG) as opened:
            export(opened, WANG, form, ExportRequest(folder / name, ledger, span, by=WANG))
    town = folder / "镇.vlagency"
    member = AgencyMember("钱书记", hash_of("钱书记"), administers=True)
    agency_file.create_workspace(town, Workspace("溪口镇", (), (member,)))
    agency_file.keep_book(town, village_book(folder, "白云村", staffed=False))
    return folder


@pytest.fixture
def copied(outside: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of one of them, under its own name, that may be spoilt."""

    def copy(name: str) -> Path:
        source, target = outside / name, tmp_path / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target)
            for path in [target, *target.rglob("*")]:
                path.chmod(0o755 if path.is_dir() else 0o644)
        else:
            shutil.copyfile(source, target)
        return target

    return copy
