"""A sheet on the village's wall is proven from the package as from the village's own book."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import WANG, Village
from tests.cli.conftest import run
from tests.review.township import a_year, packed, sent, signed_again, unguarded, unpacked, with_book

__all__ = ["run"]


@pytest.fixture
def hung(village: Village, run) -> list[str]:
    """The check codes of the whole pack of January, registered in the village's book."""
    a_year(village)
    village.book.close()
    answer = run("report", village.path, "disclosure", "--month", "2025-01", "--by", WANG)
    assert answer.code == 0, answer.said
    with Village(village.path) as again:
        return again.reader.sheet_codes()


def test_every_sheet_of_the_pack_proves_from_the_package(
    village: Village, hung: list[str], tmp_path: Path, run
) -> None:
    with Village(village.path) as again:
        package = sent(again, tmp_path).path
    assert len(hung) > 3
    for code in hung[:: len(hung) // 3]:
        said = run("verify", package, "--sheet", code)
        assert said.code == 0, said.said
        assert "签名有效" in said.out
        assert run("verify", village.path, "--sheet", code).out in said.out
    assert run("verify", package, "--sheet", "AAAABBBBCCCC").code == 1
    assert run("verify", package, "--sheet", " ").code == 2


def test_a_sheet_from_books_that_do_not_prove_is_said_and_does_not_pass(
    village: Village, hung: list[str], tmp_path: Path, run
) -> None:
    with Village(village.path) as again:
        members = unpacked(sent(again, tmp_path).path)
    lying = with_book(
        members,
        tmp_path,
        lambda copy: unguarded(copy, "UPDATE voucher_line SET debit = 630000 WHERE debit = 620000"),
    )
    forged = packed(tmp_path / "假.vlpkg", signed_again(lying))
    said = run("verify", forged, "--sheet", hung[0])
    assert said.code == 1
    assert "[V3]" in said.out
