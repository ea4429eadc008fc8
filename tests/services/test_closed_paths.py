"""Other ways into a closed month that stay shut: a draft found again, a template, a distribution, a year gone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, Village, draft
from tests.services.months import close_through, close_year
from village_ledger.domain.errors import PeriodError
from village_ledger.domain.period import Month
from village_ledger.services.closing.distribution import Decision, distribute
from village_ledger.services.entry import templates

RENT = "借 101 600; 贷 501 600"


def test_a_draft_typed_before_and_found_again_after_closing(village: Village):
    typed = draft("2025-01-08", "收租金", RENT)
    kept = village.autosave(typed)
    close_through(village, 1)
    with pytest.raises(PeriodError, match="2025年1月已结账"):
        village.save(typed, draft_id=kept)
    assert [d.id for d in village.reader.drafts()] == [kept]
    assert village.reader.vouchers(COLLECTIVE, month=Month(2025, 1)) == []


def test_a_template(village: Village):
    with village.act() as uow:
        kept = templates.keep_from_draft(
            uow, draft("2025-01-08", "收租金", RENT), "收租金", date(2025, 1, 8)
        ).value
    close_through(village, 1)
    with pytest.raises(PeriodError, match="2025年1月已结账"):
        templates.filled(village.reader, kept.id, COLLECTIVE, date(2025, 1, 20))


def test_what_is_distributed(village: Village):
    village.posted("2025-01-08", "收租金", RENT)
    close_through(village, 12)
    with pytest.raises(PeriodError, match="2025年12月已结账"), village.act() as uow:
        distribute(uow, COLLECTIVE, Decision(2025, date(2025, 12, 20), "3号", reserve=100))
    assert village.verify() == []


class TestAYearGone:
    """An earlier year is corrected by a blue voucher of this year and in no other way (规范 art. 51)."""

    @pytest.fixture
    def gone(self, village: Village) -> Village:
        village.posted("2025-01-08", "收租金", RENT)
        close_through(village, 12)
        close_year(village)
        return village

    def test_the_blue_voucher_is_this_years(self, gone: Village):
        wrong = gone.reader.vouchers(COLLECTIVE, month=Month(2025, 1))[0]
        blue = gone.reverse(gone.reader.voucher(wrong.id), "2026-02-03")
        assert [(x.account, x.debit, x.credit) for x in blue.voucher.lines] == [
            ("101", 0, 60_000),
            ("501", 60_000, 0),
        ]
        assert blue.ref.month == Month(2026, 2)

    @pytest.mark.parametrize("day", ["2025-01-08", "2025-12-31"])
    def test_nothing_is_put_into_the_year_itself(self, gone: Village, day: str):
        wrong = gone.reader.voucher(gone.reader.vouchers(COLLECTIVE, month=Month(2025, 1))[0].id)
        with pytest.raises(PeriodError, match="已结账"):
            gone.reverse(wrong, day)
        with pytest.raises(PeriodError, match="已结账"):
            gone.entered(day, "补记", RENT)

    def test_the_new_years_books_begin_with_what_was_carried_over(self, gone: Village):
        gone.posted("2026-01-05", "收租金", RENT)
        assert gone.balance("501", "2026-01-31") == -60_000
        assert gone.balance("32202", "2026-01-31") == -60_000
        assert gone.balance("101", "2026-01-31") == 120_000
