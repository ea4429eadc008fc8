"""A month between open and sealed: checked, waived, sealed; and every way into it that stays shut."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, ZHAO, Village, a_village
from tests.services.months import close, close_through, close_year, reopen, state_of
from village_ledger.domain.errors import DutyError, LedgerError, PeriodError
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.services.book import month_states
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.closing.year_end import carry_forward
from village_ledger.storage.spec import CommitteeChart

RENT = "借 101 600; 贷 501 600"
JANUARY = Month(2025, 1)


def begin(village: Village, month: Month = JANUARY) -> None:
    with village.act() as uow:
        month_states.begin_check(uow, COLLECTIVE, month)


def waive(village: Village, rule: str, reason: str = "下月处理", month: Month = JANUARY) -> None:
    with village.act() as uow:
        month_states.waive(uow, COLLECTIVE, month, rule, reason)


def seal(village: Village, month: Month, *signed: str, sheet: str = "检查单 1 号") -> list[Month]:
    with village.act() as uow:
        return month_states.seal(uow, COLLECTIVE, month, (signed[0], signed[1]), sheet).value


def line(village: Village, rule: str, month: Month = JANUARY):
    return next(item for item in check_list(village.reader, COLLECTIVE, month) if item.rule == rule)


class TestChecking:
    def test_vouchers_may_still_come_and_are_counted(self, village: Village):
        begin(village)
        village.posted("2025-01-08", "收租金", RENT)
        assert state_of(village, JANUARY) is MonthState.CHECKING
        found = village.reader.last_check(COLLECTIVE, JANUARY)
        assert found is not None
        assert found.by == WANG

    def test_later_puts_it_back(self, village: Village):
        begin(village)
        with village.act() as uow:
            month_states.put_back(uow, COLLECTIVE, JANUARY)
        assert state_of(village, JANUARY) is MonthState.OPEN

    def test_a_checked_month_closes(self, village: Village):
        begin(village)
        close(village, JANUARY)
        assert state_of(village, JANUARY) is MonthState.CLOSED
        with pytest.raises(PeriodError, match="已经结过账"):
            begin(village)


class TestWaivers:
    @pytest.fixture
    def loss(self, village: Village) -> Village:
        village.open_with("借 121 1000", "贷 301 1000")
        village.posted("2025-01-08", "盘亏", "借 181 300; 贷 121 300")
        return village

    def test_a_reason_stays_with_the_sentence_it_was_written_for(self, loss: Village):
        waive(loss, "K8")
        assert line(loss, "K8").waived
        loss.posted("2025-01-09", "盘亏", "借 181 5; 贷 121 5")
        assert not line(loss, "K8").waived

    def test_no_reason_no_waiver(self, loss: Village):
        with pytest.raises(PeriodError, match="写明原因"):
            waive(loss, "K8", " ")

    def test_a_failure_is_never_waived(self, loss: Village):
        loss.entered("2025-01-10", "收租金", RENT)
        with pytest.raises(PeriodError, match="没有通过，不能放行"):
            waive(loss, "K2")
        close_through_but_december(loss)
        with pytest.raises(PeriodError, match="没有通过，不能放行"):
            waive(loss, "K8", month=Month(2025, 12))

    def test_only_before_the_month_closes(self, loss: Village):
        close(loss, JANUARY)
        with pytest.raises(PeriodError, match="已经结过账"):
            waive(loss, "K8")
        with loss.raw() as raw, pytest.raises(sqlite3.IntegrityError, match="结账以前写"):
            raw.execute("INSERT INTO waiver VALUES (9, 1, '2025-01', 'K8', 'x', 'y', 'z', '2025')")

    def test_it_is_never_changed_and_verify_misses_one_taken_away(self, loss: Village):
        waive(loss, "K8")
        assert loss.verify() == []
        with loss.raw() as raw:
            for statement in ("UPDATE waiver SET reason = 'x'", "DELETE FROM waiver"):
                with pytest.raises(sqlite3.IntegrityError, match="放行提醒的说明不能"):
                    raw.execute(statement)
            kept = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'waiver_no_delete'").fetchone()[0]
            raw.execute("DROP TRIGGER waiver_no_delete")
            raw.execute("DELETE FROM waiver")
            raw.execute(kept)
        assert [f.text for f in loss.verify()] == ["放行提醒的记录不见了"]


def close_through_but_december(village: Village) -> None:
    """Whatever is entered is voided; January to November close."""
    for voucher in village.reader.vouchers_by_id(village.reader.unposted_ids(COLLECTIVE)):
        village.void(voucher)
    close_through(village, 11)


class TestSealing:
    def test_it_takes_the_months_before_along_and_keeps_the_head(self, village: Village):
        village.posted("2025-01-08", "收租金", RENT)
        close_through(village, 2)
        assert seal(village, Month(2025, 2), LI, ZHAO) == [JANUARY, Month(2025, 2)]
        assert state_of(village, JANUARY) is MonthState.SEALED
        assert [(s.month, s.first, s.second) for s in village.reader.seals(COLLECTIVE)] == [
            (JANUARY, LI, ZHAO),
            (Month(2025, 2), LI, ZHAO),
        ]
        assert village.verify() == []
        with pytest.raises(PeriodError, match="2025年2月 不能反结账"):
            reopen(village, Month(2025, 2))
        with pytest.raises(PeriodError, match="没有能封存的"):
            seal(village, Month(2025, 2), LI, ZHAO)

    def test_two_supervisors_and_neither_is_the_one_who_seals(self, village: Village):
        close_through(village, 1)
        for signed in ((LI, LI), (LI, ""), (LI, WANG)):
            with pytest.raises(DutyError):
                seal(village, JANUARY, *signed)
        with pytest.raises(PeriodError, match="签字单"):
            seal(village, JANUARY, LI, ZHAO, sheet=" ")
        assert state_of(village, JANUARY) is MonthState.CLOSED

    def test_an_open_month_is_not_sealed(self, village: Village):
        with pytest.raises(PeriodError, match="2025年1月还没有结账"):
            seal(village, JANUARY, LI, ZHAO)
        with village.raw() as raw, pytest.raises(sqlite3.IntegrityError, match="已结账、还没封存"):
            raw.execute(
                "INSERT INTO month_seal VALUES (1, '2025-01', 'supervisors', 'a', 'b', 'c', NULL, 'd', 'e')"
            )

    def test_december_takes_the_closing_period_along(self, village: Village):
        village.posted("2025-01-08", "收租金", RENT)
        close_through(village, 12)
        close_year(village)
        assert seal(village, Month(2025, 12), LI, ZHAO)[-1] == Month(2025, 13)
        assert village.verify() == []


class TestMoreLines:
    def test_old_debts_by_counterparty(self, village: Village):
        village.open_with("借 112@青峰公司 36000", "贷 301 36000")
        close_through(village, 6)
        assert line(village, "K19", Month(2025, 7)).verdict is Verdict.WARN
        assert line(village, "K19", Month(2025, 7)).evidence == ("青峰公司 112 36,000.00",)
        village.posted("2025-07-05", "收欠款", "借 101 36000; 贷 112@青峰公司 36000")
        assert line(village, "K19", Month(2025, 7)).verdict is Verdict.PASS

    def test_a_new_debt_is_not_old(self, village: Village):
        village.posted("2025-06-05", "应收租金", "借 112@青峰公司 600; 贷 501 600")
        assert line(village, "K19", Month(2025, 7)).verdict is Verdict.PASS

    def test_a_changed_voucher_breaks_the_chain(self, village: Village):
        voucher = village.posted("2025-01-08", "收租金", RENT)
        with village.raw() as raw:
            raw.execute("DROP TRIGGER voucher_line_update")
            raw.execute("UPDATE voucher_line SET summary = '收利息' WHERE voucher_id = ?", (voucher.id,))
        assert line(village, "K18").evidence == ("2025-01/记-0001",)
        with pytest.raises(PeriodError, match="记账链有 1 处对不上"):
            close(village, JANUARY)

    def test_depreciation_not_charged(self, village: Village):
        village.open_with("借 151 9000", "贷 301 9000")
        assert line(village, "K21").text == "本月还没有计提：固定资产折旧。"
        village.posted("2025-01-31", "提折旧", "借 513 100; 贷 152 100")
        assert line(village, "K21").verdict is Verdict.PASS


entries = st.lists(
    st.tuples(
        st.sampled_from(["501", "504", "513", "514", "515"]),
        st.integers(1, 10**9),
        st.integers(1, 12),
    ),
    max_size=8,
)


BOTH = [(COLLECTIVE, CommitteeChart.SURPLUS), *((COMMITTEE, chart) for chart in CommitteeChart)]
"""Ledgers and charts a year can end in: the collective's, the committee's own, and the one 参照集体制度."""


@settings(max_examples=18, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moved=entries, reserve=st.integers(0, 10**6), kept=st.sampled_from(BOTH))
def test_whatever_was_booked_the_year_ends_at_zero_and_begins_where_it_ended(moved, reserve, kept):
    ledger, committee = kept
    regime = ledger == COLLECTIVE or committee is CommitteeChart.COLLECTIVE
    with a_village(committee) as village:
        bank, income = ("102", "501") if regime else ("1002", "4901")
        for code, fen, month in moved:
            account = code if regime else (income if code < "510" else "5101")
            chart = village.reader.chart(ledger)
            if account not in chart or not (chart.get(account).is_leaf and chart.get(account).active):
                continue
            sides = f"借 {bank} {fen / 100}; 贷 {account} {fen / 100}"
            if code >= "510":
                sides = f"借 {account} {fen / 100}; 贷 {bank} {fen / 100}"
            village.posted(f"2025-{month:02d}-08", "往来", sides, ledger)
        if ledger == COLLECTIVE and reserve:
            village.posted(
                "2025-12-30", "提公积公益金", f"借 3220101 {reserve / 100}; 贷 311 {reserve / 100}"
            )
        close_through(village, 12, ledger)
        before = carry_forward(village.reader, ledger, 2025)
        assert before == carry_forward(village.reader, ledger, 2025)
        made = close_year(village, ledger)
        assert [v.voucher.lines for v in made] == [draft.voucher.lines for draft in before]
        after = {t.account: t.closing for t in village.reader.turnovers(ledger, Span.of_year(2025))}
        cleared = ("5", "321", "32201") if regime else ("4", "5", "3201")
        assert [c for c, balance in after.items() if c.startswith(cleared) and balance] == []
        opening = {t.account: t.opening for t in village.reader.turnovers(ledger, Span.of_year(2026))}
        assert {c: b for c, b in opening.items() if b} == {c: b for c, b in after.items() if b}
        with pytest.raises(LedgerError, match="已经年终结转过"):
            close_year(village, ledger)
        assert village.verify() == []
