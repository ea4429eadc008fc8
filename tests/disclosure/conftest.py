import pytest

from tests.builders import Village, village
from tests.disclosure.posting_village import Wall

__all__ = ["village"]


@pytest.fixture
def wall(village: Village) -> Wall:
    """Three sheets of the first quarter, registered."""
    made = Wall(village)
    for code, report in (("AAAA", "disclosure"), ("BBBB", "disclosure-items"), ("CCCC", "disclosure-money")):
        made.sheet(code, report)
    return made
