import pytest

from tests.builders import Village, village
from tests.disclosure.posting_village import Wall

__all__ = ["march", "village", "wall"]


@pytest.fixture
def march(village: Village) -> Village:
    """A village whose first two months are closed and whose March is open."""
    village.add_account("514", "路灯照明")
    village.open_with("借 101 1200", "借 102 50000", "贷 311 51200")
    village.close_month("2025-01")
    village.close_month("2025-02")
    village.posted("2025-03-05", "收鱼塘承包款", "借 102 6000; 贷 501 6000")
    village.posted("2025-03-08", "付路灯电费", "借 51401 386.40; 贷 101 386.40")
    return village


@pytest.fixture
def wall(village: Village) -> Wall:
    """Three sheets of the first quarter, registered."""
    made = Wall(village)
    for code, report in (("AAAA", "disclosure"), ("BBBB", "disclosure-items"), ("CCCC", "disclosure-money")):
        made.sheet(code, report)
    return made
