"""A village with shares, for tests of the pages of share changes."""

from __future__ import annotations

from datetime import date

from tests.builders import Village
from tests.ui.test_members_pages import enrol
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest, Part
from village_ledger.services.shares import shares
from village_ledger.services.transfers import resolutions

GRANTED = date(2025, 1, 10)
BOARD, ASSEMBLY = "青社理〔2025〕1号", "青社大〔2025〕1号"


def with_holders(village: Village) -> Village:
    """吴家兴 5.00, 周德明 12.00, 周建军 8.00, 集体 75.00; the board has decided."""
    enrol(village, "017", "2组", (("周德明", "户主", 1967), ("周建军", "子", 1992)))
    enrol(village, "003", "1组", (("吴家兴", "户主", 1958),))
    with village.act() as uow:
        shares.add_class(uow, "成员股", 2, cap="none")
        resolutions.enter(
            uow, ASSEMBLY, date(2025, 1, 5), "assembly", (90, 80, 75), "量化", date(2024, 12, 20)
        )
        resolutions.enter(uow, BOARD, date(2025, 1, 5), "board", (5, 5, 4), "同意转让")
        parts = (
            Part("003/吴家兴", "5"),
            Part("017/周德明", "12"),
            Part("017/周建军", "8"),
            Part("集体", "75"),
        )
        shares.post(uow, EventRequest(EventKind.GRANT, "成员股", GRANTED, parts=parts, resolution=ASSEMBLY))
    return village
