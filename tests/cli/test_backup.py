"""``backup`` and ``restore`` as a person meets them."""

from __future__ import annotations


def test_there_and_back(run, posted, tmp_path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    made = run("backup", posted, folder)
    assert made.code == 0
    copy = made.out.strip()
    again = tmp_path / "新.vledger"
    assert run("restore", copy, again).code == 0
    assert run("verify", again).code == 0
    ours, theirs = (
        run("report", book, "trial-balance", "--ledger", "collective").out for book in (posted, again)
    )
    assert ours == theirs
    refused = run("restore", copy, again)
    assert refused.code == 1
    assert "已经存在" in refused.said


def test_what_is_not_there_is_said(run, posted, tmp_path):
    assert run("backup", posted, tmp_path / "没插").code == 2
    assert run("restore", tmp_path / "没有.vledger", tmp_path / "新.vledger").code == 2
