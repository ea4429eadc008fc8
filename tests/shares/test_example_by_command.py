"""The worked example of the rules (§6) through the command line: to the quantum, to the fen, and with its refusals."""

from __future__ import annotations

import pytest

from tests.exchange.files import write_csv
from tests.shares.clerk import BY, Clerk, command, identity

SHARE = "份额股"
NAMES = {f"M{n:02d}": f"{n:03d}/M{n:02d}" for n in range(1, 8)} | {"N01": "008/N01", "集体": "集体"}
START = {"集体": 200, "M01": 100, "M02": 100, "M03": 100, "M04": 150, "M05": 100, "M06": 100, "M07": 150}
BOARD, ASSEMBLY = "理〔2025〕1号", "社〔2025〕1号"
E1 = f"2025-02-01 transfer {SHARE} 001/M01>002/M02 30 {BOARD}"
E2 = f"2025-02-02 pledge {SHARE} 002/M02> 50 {BOARD} 农商质字1号"
E3 = f"2025-02-03 transfer {SHARE} 002/M02>004/M04 90 {BOARD}"
E4 = tuple(
    f"2025-02-04 inherit {SHARE} 003/M03>{heir} {part} {BOARD}"
    for heir, part in (("005/M05", "33.34"), ("006/M06", "33.33"), ("008/N01", "33.33"))
)
E5 = f"2025-02-05 gift {SHARE} 004/M04>007/M07 50 {BOARD}"
E6 = f"2025-02-06 redeem {SHARE} 005/M05>集体 33.34 {ASSEMBLY}"
E7 = f"2025-02-07 release {SHARE} 002/M02> 50 - 农商质字1号"
E8 = "2025-02-08 reverse - > - - 2"
PAID = {
    "001/M01": ("100.00", "8888.89"),
    "002/M02": ("100.00", "8888.89"),
    "004/M04": ("100.00", "8888.89"),
    "005/M05": ("100.00", "8888.89"),
    "006/M06": ("133.33", "11851.55"),
    "007/M07": ("200.00", "17777.77"),
    "008/N01": ("33.33", "2962.67"),
    "集体": ("233.34", "20741.33"),
}


@pytest.fixture(scope="module")
def granted(tmp_path_factory) -> Clerk:
    clerk = Clerk.found(tmp_path_factory.mktemp("例"))
    rows = [
        (
            key[:3],
            name,
            name,
            "户主",
            "男",
            identity(2 * n + 1),
            "否" if name == "N01" else "是",
            "2020-01-01",
            "",
        )
        for n, (name, key) in enumerate(NAMES.items())
        if name != "集体"
    ]
    clerk.take_members(clerk.member_file(rows))
    clerk.died("003/M03", "2025-01-20")
    clerk.share_class(SHARE, "--cap", "none")
    clerk.resolution(ASSEMBLY, "2025-01-05", "assembly", "200/150/140")
    clerk.resolution(BOARD, "2025-01-05")
    clerk.apply(*(f"2025-01-05 grant {SHARE} >{NAMES[who]} {n}.00 {ASSEMBLY}" for who, n in START.items()))
    return clerk


@pytest.fixture
def village(granted, tmp_path) -> Clerk:
    return granted.copy(tmp_path)


def figures(village: Clerk, day: str) -> dict[str, str]:
    """Account to ``free`` or ``free+pledged``."""
    found = {}
    for (account, share), (free, pledged, frozen, _) in village.register(day).items():
        assert (share, frozen) == (SHARE, "0.00")
        found[account.partition("/")[2] or account] = free if pledged == "0.00" else f"{free}+{pledged}"
    return found


def test_every_step_leaves_what_the_table_says(village):
    held = {who: f"{n}.00" for who, n in START.items()}
    assert figures(village, "2025-01-05") == held
    village.apply(E1)
    held |= {"M01": "70.00", "M02": "130.00"}
    assert figures(village, "2025-02-01") == held
    village.apply(E2)
    held |= {"M02": "80.00+50.00"}
    assert figures(village, "2025-02-02") == held
    said = village.forbidden(E3)
    assert "I4" in said
    assert "80.00" in said
    village.apply(*E4)
    held |= {"M05": "133.34", "M06": "133.33", "N01": "33.33"}
    del held["M03"]
    assert figures(village, "2025-02-04") == held
    village.apply(E5)
    held |= {"M04": "100.00", "M07": "200.00"}
    assert figures(village, "2025-02-05") == held
    village.apply(E6)
    held |= {"M05": "100.00", "集体": "233.34"}
    assert figures(village, "2025-02-06") == held
    village.apply(E7)
    held |= {"M02": "130.00"}
    assert figures(village, "2025-02-07") == held
    village.apply(E8)
    held |= {"M01": "100.00", "M02": "100.00"}
    assert figures(village, "2025-02-08") == held
    assert figures(village, "2025-02-02")["M02"] == "80.00+50.00"
    assert village.done("verify").code == 0


def test_in_between_a_transfer_is_reversed_while_its_shares_are_free(village):
    village.apply(E1, E2)
    village.apply(E8)
    assert figures(village, "2025-02-08")["M02"] == "50.00+50.00"


def test_and_not_when_they_are_pledged(village):
    village.apply(E1, E2.replace(" 50 ", " 110 "))
    assert "I10" in village.forbidden(E8)


def test_nobody_is_paid_a_fen_more_or_less(village):
    village.apply(E1, E2, *E4, E5, E6, E7, E8)
    money = write_csv(
        village.book.parent / "收入.csv",
        [
            ("2025-03-01", "记", "1", "收租金", "101", "200000.00", "", "", "", "1"),
            ("2025-03-01", "记", "1", "收租金", "501", "", "200000.00", "", "", "1"),
        ],
    )
    ledger = ("--ledger", "collective")
    assert command("import", "vouchers", village.book, money, *ledger, "--post").code == 0
    for month in range(1, 13):
        village.done("close", *ledger, "--month", f"2025-{month:02d}", *BY)
    village.done("close-year", *ledger, "--year", "2025", *BY)
    village.resolution("社〔2026〕1号", "2026-01-15", "assembly", "200/150/140", "--published", "2026-01-02")
    run = ("--year", "2025", "--amount", "88888.88", "--record-date", "2025-12-31", "--date", "2026-01-20")
    asked = ("dividend", *run, "--resolution", "社〔2026〕1号", *BY)
    import json

    told = json.loads(village.done(*asked, "--format", "json").out)
    assert (told["year"], told["record_date"], told["pool"]) == (2025, "2025-12-31", "88888.88")
    rows = told["rows"]
    lines = {row["account"]: (row["shares"], row["amount"]) for row in rows if row["role"] == "detail"}
    assert lines == PAID
    assert list(lines) == sorted(lines)
    village.done(*asked, "--post")
    assert village.done("verify").code == 0
