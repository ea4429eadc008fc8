"""What counterparties owe and are owed is kept while posting, in whatever order vouchers come, and read at any day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, Village, a_village, draft, in_file, opening
from village_ledger.domain.period import Month
from village_ledger.services.book import openings
from village_ledger.storage.upgrade import MIGRATIONS
from village_ledger.storage.vouchers import vouchers
from village_ledger.storage.vouchers.party_sides import BALANCES, SIDES

PEOPLE = ("张三", "李四", "王五")
MOVES = st.lists(
    st.tuples(
        st.integers(1, 12), st.integers(1, 28), st.sampled_from(PEOPLE), st.integers(-900, 900).filter(bool)
    ),
    min_size=1,
    max_size=10,
)
"""(month, day, who, yuan); below zero they pay."""


def words(who: str, amount: int) -> str:
    """A loan to somebody, or a payment."""
    return (
        f"借 113@{who} {amount}; 贷 101 {amount}"
        if amount > 0
        else f"借 101 {-amount}; 贷 113@{who} {-amount}"
    )


def assert_kept_is_worked_out(village: Village) -> None:
    """Both tables hold what their definitions give; rows of nothing aside."""
    with village.raw() as raw:
        for table, columns, rows in (
            ("side_total", "account, month, debit, credit", SIDES),
            ("party_balance", "account, counterparty_id, balance", BALANCES),
        ):
            kept = raw.execute(f"SELECT {columns} FROM {table} WHERE ledger_id = 1").fetchall()
            worked_out = raw.execute(rows, (1,)).fetchall()
            some = (row for row in kept if any(row[2:]))
            assert sorted(some) == sorted(row for row in worked_out if any(row[2:])), table


@settings(max_examples=25, deadline=None)
@given(MOVES, st.integers(-500, 500).filter(bool), st.integers(1, 12), st.integers(1, 28))
def test_both_sides_at_any_day_are_those_of_every_counterparty(
    moves: list[tuple[int, int, str, int]], began: int, month: int, day: int
):
    with a_village() as village:
        village.open_with(
            f"{'借' if began > 0 else '贷'} 113@张三 {abs(began)}",
            f"{'贷' if began > 0 else '借'} 311 {abs(began)}",
        )
        at = date(2025, month, day)
        balances: dict[str, int] = defaultdict(int, {"张三": began * 100})
        for in_month, on, who, amount in moves:
            moved_on = date(2025, in_month, on)
            village.posted(moved_on.isoformat(), "往来", words(who, amount))
            balances[who] += amount * 100 if moved_on <= at else 0
        owing, owed = (sum(max(sign * b, 0) for b in balances.values()) for sign in (1, -1))
        assert village.reader.sides(COLLECTIVE, at, ["113"])["113"] == (owing, owed)
        assert_kept_is_worked_out(village)


@pytest.mark.parametrize("few", [0, 500])
def test_an_import_leaves_the_same_as_posting_one_by_one(
    village: Village, monkeypatch: pytest.MonkeyPatch, few: int
):
    monkeypatch.setattr(vouchers, "FEW", few)
    village.posted("2025-06-02", "借款", words("张三", 100))
    village.posted("2025-03-02", "还款", words("张三", -300))
    rows = [("2025-04-03", 1, "张三", 250), ("2025-04-04", 2, "李四", -80), ("2025-07-01", 1, "李四", 200)]
    some = (in_file(draft(day, "往来", words(who, yuan)), number) for day, number, who, yuan in rows)
    village.take_in(*some)
    assert_kept_is_worked_out(village)
    assert village.reader.sides(COLLECTIVE, date(2025, 4, 30), ["113"])["113"] == (0, 130_00)
    assert village.verify() == []


def test_a_changed_opening_moves_both_sides_of_all_months(village: Village):
    with village.act() as uow:
        openings.set_opening(uow, COLLECTIVE, opening("借 113@张三 300", "贷 311 300"), provisional=True)
    village.posted("2025-02-01", "还款", words("张三", -400))
    assert village.reader.sides(COLLECTIVE, date(2025, 2, 28), ["113"])["113"] == (0, 100_00)
    with village.act() as uow:
        openings.change(uow, COLLECTIVE, opening("借 113@张三 900", "贷 311 900"), "清理核实")
    assert village.reader.sides(COLLECTIVE, date(2025, 2, 28), ["113"])["113"] == (500_00, 0)
    assert_kept_is_worked_out(village)


class TestOldDebts:
    """Who owes for too long, also where the debt was paid after the month asked of."""

    def test_a_debt_of_the_opening_without_any_voucher(self, village: Village):
        village.open_with("借 113@张三 300", "贷 311 300")
        assert [(d.counterparty, d.amount) for d in self.debts(village)] == [("张三", 300_00)]

    def test_a_debt_paid_after_the_month_asked_of_was_one_then(self, village: Village):
        village.open_with("借 113@张三 300", "贷 311 300")
        village.posted("2025-09-01", "还款", words("张三", -300))
        assert [(d.counterparty, d.amount) for d in self.debts(village)] == [("张三", 300_00)]

    def test_what_was_borrowed_since_is_not_old(self, village: Village):
        village.posted("2025-02-01", "借款", words("李四", 100))
        village.posted("2025-07-01", "借款", words("李四", 40))
        assert [(d.counterparty, d.amount) for d in self.debts(village)] == [("李四", 100_00)]

    @staticmethod
    def debts(village: Village):
        return village.reader.old_debts(COLLECTIVE, ["112", "113"], Month(2025, 8), Month(2025, 6))


def test_a_book_of_format_1_gets_both_tables_filled(tmp_path: Path):
    """The migration's own words give what the program keeps."""
    script = MIGRATIONS / "versions" / "v0002_sides_fill.sql"
    with Village.found(tmp_path) as village:
        village.open_with("借 113@张三 300", "贷 311 300")
        village.posted("2025-06-02", "借款", words("李四", 100))
        village.posted("2025-03-02", "还款", words("张三", -400))
        with village.raw() as raw:
            kept = [raw.execute(f"SELECT * FROM {t}").fetchall() for t in ("side_total", "party_balance")]
            raw.execute("DELETE FROM side_total")
            raw.execute("DELETE FROM party_balance")
            for statement in filter(str.strip, script.read_text(encoding="utf-8").split(";\n")):
                raw.execute(statement)
            filled = [raw.execute(f"SELECT * FROM {t}").fetchall() for t in ("side_total", "party_balance")]
            raw.rollback()
        assert filled == kept
