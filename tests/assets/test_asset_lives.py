"""Whatever happens to an asset in whatever order, what is taken from it adds up and never goes beyond what it is worth."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assets.asset_village import AssetVillage, a_card
from tests.builders import COLLECTIVE
from tests.parcels import land
from village_ledger.domain.errors import AssetError
from village_ledger.services.assets import cards, movements

EVENTS = st.lists(
    st.tuples(
        st.integers(1, 12), st.sampled_from(["improve", "impair", "revise", "void"]), st.integers(1, 40_000)
    ),
    max_size=6,
)


def happen(village: AssetVillage, month: int, what: str, amount: int) -> None:
    """An event of a month, or its refusal; either leaves the books right."""
    day = date(2025, month, 10)
    with village.act() as uow:
        if what == "improve":
            movements.improve(uow, COLLECTIVE, "J1", day, amount, cards.OtherSide("101"))
        elif what == "impair":
            movements.impair(uow, COLLECTIVE, "J1", day, amount, basis="决议")
        else:
            movements.revise(
                uow, COLLECTIVE, "J1", day, movements.Estimate(months=amount % 20 + 1), basis="评估"
            )


@settings(max_examples=12, deadline=None)
@given(
    cost=st.integers(20_000, 90_000), months=st.integers(1, 14), salvage=st.integers(0, 20_000), events=EVENTS
)
def test_a_year_of_anything_adds_up(cost: int, months: int, salvage: int, events: list[tuple[int, str, int]]):
    with tempfile.TemporaryDirectory() as folder, AssetVillage.found(Path(folder)) as village:
        village.register(
            a_card("J1", cost=cost, salvage=salvage, months=months, opening=0, in_use=date(2024, 12, 5))
        )
        for month in range(1, 13):
            voids = False
            for when, what, amount in events:
                if when == month and what == "void":
                    voids = True
                elif when == month:
                    try:
                        happen(village, month, what, amount)
                    except AssetError:
                        continue
            made = village.charge(f"2025-{month:02d}").value
            if voids and made is not None:
                village.void(made)
                village.charge(f"2025-{month:02d}")
            one = village.asset("J1")
            assert 0 <= one.accumulated <= one.cost - one.salvage
            stored = one.stored.id
            assert one.accumulated == sum(charge.amount for charge in village.reader.asset_charges(stored))
        assert village.verify() == []


def test_an_asset_and_a_parcel_share_one_run_of_codes(village: AssetVillage):
    land.register(village, "T01", "10")
    with pytest.raises(AssetError, match="资产编号 T01 已经有了"):
        village.register(a_card("T01"))
