"""``cash-count`` and its sheet."""

from __future__ import annotations

import json

import pytest

L = ("--ledger", "collective")


def test_a_count_its_voucher_and_the_sheet(run, posted, tmp_path):
    book = json.loads(run("report", posted, "cash-count", *L, "--month", "2025-03").out)
    cash = next(row for row in book["rows"] if row["denomination"] == "账面余额")["amount"]
    assert any("还没有登记现金盘点" in note for note in book["notes"])
    short = f"{float(cash.replace(',', '')) - 1:.2f}"
    words = ("--date", "2025-03-31", "--total", short, "--reason", "找零少收", "--voucher")
    done = run("cash-count", posted, *L, *words)
    assert (done.code, done.out.strip()[:10]) == (0, "2025-03/记-")
    assert "短款 1.00" in done.said
    sheet = json.loads(run("report", posted, "cash-count", *L, "--month", "2025-03").out)
    assert sheet["rows"][-1] | {"amount": "-1.00"} == sheet["rows"][-1]
    assert (
        run("report", posted, "cash-count", *L, "--month", "2025-03", "-o", tmp_path / "盘点.pdf").code == 0
    )
    assert run("verify", posted).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "还缺：--pieces 或 --total"),
        (("--pieces", "100"), 1, "看不懂"),
        (("--pieces", "3*1"), 1, "没有面额"),
        (("--pieces", "100*1", "--total", "5"), 1, "合计填的是"),
        (("--total", "5", "--account", "102"), 1, "不是库存现金"),
    ],
)
def test_what_cannot_be_counted_is_said(run, posted, words, code, said):
    answer = run("cash-count", posted, *L, "--date", "2025-03-31", *words)
    assert answer.code == code
    assert said in answer.said
