"""The worked example of members_and_shares §6, to the quantum, and every rule of §5.4 refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shares_village import ShareVillage


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """M01 to M07 and one outsider, N01, the grant of 1000.00 posted."""
    with ShareVillage.found(tmp_path) as found:
        found.people(*(f"0{n} M0{n}" for n in range(1, 8)))
        found.people("08 N01", status="none")
        found.share(
            "grant",
            "2025-01-10",
            to="集体=200, 01/M01=100, 02/M02=100, 03/M03=100, 04/M04=150, 05/M05=100, 06/M06=100, 07/M07=150",
        )
        yield found


def _through_e7(village: ShareVillage) -> None:
    village.share("transfer", "2025-02-01", "01/M01", "02/M02", "30")
    village.share("pledge", "2025-02-02", "02/M02", "", "50", contract="质1号", party="信用社")
    village.dies("03/M03", "2025-02-03")
    village.share("inherit", "2025-02-10", "03/M03", "05/M05, 06/M06, 08/N01")
    village.share("gift", "2025-02-11", "04/M04", "07/M07", "50")
    village.share("redeem", "2025-02-12", "05/M05", "集体", "33.34", price=200000)
    village.share("release", "2025-02-13", "02/M02", "", "50", contract="质1号")


def test_the_worked_example_to_the_quantum(village: ShareVillage) -> None:
    _through_e7(village)
    village.share("reverse", "2025-02-14", reverses=2)
    assert village.held() == {
        "集体": "233.34",
        "01/M01": "100.00",
        "02/M02": "100.00",
        "04/M04": "100.00",
        "05/M05": "100.00",
        "06/M06": "133.33",
        "07/M07": "200.00",
        "08/N01": "33.33",
    }
    assert village.held("2025-02-10")["05/M05"] == "133.34"
    assert village.held("2025-02-12")["02/M02"] == "80.00 p50.00"
    assert village.verify() == []


def test_more_than_is_free_is_refused(village: ShareVillage) -> None:
    village.share("transfer", "2025-02-01", "01/M01", "02/M02", "30")
    village.share("pledge", "2025-02-02", "02/M02", "", "50", contract="质1号")
    sentence = village.refused("transfer", "2025-02-03", "02/M02", "04/M04", "90")
    assert "可动的人口股只有 80.00，要动用 90.00（规则 I4：只有可动的份额能转出）" in sentence


def test_a_reversal_before_the_release_leaves_the_pledge(village: ShareVillage) -> None:
    village.share("transfer", "2025-02-01", "01/M01", "02/M02", "30")
    village.share("pledge", "2025-02-02", "02/M02", "", "50", contract="质1号")
    village.share("reverse", "2025-02-03", reverses=2)
    assert village.held()["02/M02"] == "50.00 p50.00"


def test_a_reversal_of_what_was_pledged_since_is_refused(village: ShareVillage) -> None:
    village.share("transfer", "2025-02-01", "01/M01", "02/M02", "30")
    village.share("pledge", "2025-02-02", "02/M02", "", "110", contract="质1号")
    assert "规则 I10" in village.refused("reverse", "2025-02-03", reverses=2)


def test_an_heir_who_is_no_member_becomes_a_holder_without_a_vote(village: ShareVillage) -> None:
    _through_e7(village)
    heir = village.reader.person_at("08/N01", None)
    assert (heir.status, heir.is_member) == ("holder", False)
