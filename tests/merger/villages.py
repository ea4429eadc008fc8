"""Two small villages with both ledgers, closed through June 2025, each owing the other something.

qingshan, baiyun = pair(tmp_path)
done = merged(tmp_path, qingshan, baiyun, option="C")
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.builders import COLLECTIVE, COMMITTEE, WANG, Village, blank_book
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.merger import Decisions, Option
from village_ledger.domain.merger_shares import SharesBy
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.period import Month
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest, Part
from village_ledger.services.book import books
from village_ledger.services.merger.merger import MergerResult, merge
from village_ledger.services.merger.merging import MergerRequest
from village_ledger.services.outcome import Outcome
from village_ledger.services.people import people
from village_ledger.services.shares import shares
from village_ledger.services.transfers import resolutions
from village_ledger.storage.spec import BookSpec, CommitteeChart

END = date(2025, 6, 30)
NEW = "青云村"
GRANTED = "成员大会1号"
AGREED = {"青山村": "青大〔2025〕9号", "白云村": "白大〔2025〕3号"}


def pair(
    folder: Path, *, owed: str = "3000", through: int = 6, chart: CommitteeChart = CommitteeChart.SURPLUS
) -> tuple[Path, Path]:
    """青山村 claims 3,000 of 白云村, which says it owes ``owed``; both closed through a month. Made once, then copied."""
    made = _made(owed, through, chart)
    return tuple(Path(shutil.copyfile(path, folder / path.name)) for path in made)  # pyright: ignore[reportReturnType]  two


@cache
def _made(owed: str, through: int, chart: CommitteeChart) -> tuple[Path, Path]:
    folder = Path(tempfile.mkdtemp(prefix="village_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    first = blank_book(folder)
    with Village(first) as village:
        village.open_with("借 101 1000", "借 112@白云村股份经济合作社 3000", "借 113@张三 600", "贷 311 4600")
        village.open_with("借 1001 500", "贷 3101 500", ledger=COMMITTEE)
        village.add_account("102", "农商行")
        village.posted("2025-02-10", "收租金", "借 10201 8000; 贷 501 8000")
        village.posted("2025-03-10", "欠农资款", "借 511 1200; 贷 211@农资站 1200")
        _close(village, through)
    second = folder / "白云村.vledger"
    books.new_book(second, BookSpec("白云村", Month(2025, 1), committee_chart=chart), WANG)
    with Village(second) as village:
        other = "青山村股份经济合作社"
        village.open_with("借 101 7000", f"贷 211@{other} {owed}", f"贷 311 {7000 - int(owed)}")
        cash = "1001" if chart is CommitteeChart.SURPLUS else "101"
        equity = "3101" if chart is CommitteeChart.SURPLUS else "311"
        village.open_with(f"借 {cash} 200", f"贷 {equity} 200", ledger=COMMITTEE)
        village.add_account("102", "农商行")
        village.posted("2025-04-10", "卖茶", "借 10201 2500; 贷 501 2500")
        village.posted("2025-05-10", "欠农资款", "借 511 300; 贷 211@农资站 300")
        village.posted("2025-05-12", "张三借款", "借 113@张三 100; 贷 101 100")
        _close(village, through)
    return first, second


def _close(village: Village, through: int) -> None:
    for ledger in (COLLECTIVE, COMMITTEE):
        for month in range(1, through + 1):
            village.close_month(f"2025-{month:02d}", ledger)


def enrol(path: Path, household: str, *names: str, number: str = "", share: str = "10") -> None:
    """Members of one household, each with shares of a class 成员股, and the resolution to merge."""
    with Village(path) as village, village.act() as uow:
        for place, name in enumerate(names):
            new = NewPerson(
                name,
                household,
                "户主" if not place else "家庭成员",
                id_number=number if not place else "",
                status=Status.MEMBER,
                reason=Reason.REGISTERED,
                confirmed_on=date(2020, 1, 1),
                group="一组",
            )
            people.add(uow, new, "名册")
        where = uow.reader.book().village
        for no, day in ((GRANTED, date(2020, 1, 1)), (AGREED[where], date(2025, 6, 10))):
            resolutions.enter(uow, no, day, "assembly", (30, 28, 27), "份额", day - timedelta(days=20))
        shares.add_class(uow, "成员股", 2)
        request = EventRequest(
            EventKind.GRANT,
            "成员股",
            date(2025, 1, 2),
            parts=tuple(Part(f"{household}/{name}", share) for name in names),
            resolution=GRANTED,
        )
        shares.post(uow, request)


def asked(folder: Path, paths: Sequence[Path], **more: Any) -> MergerRequest:
    """A merger of these books into 青云村 at the end of June."""
    given: dict[str, Any] = {
        "books": tuple(paths),
        "target": folder / "青云村.vledger",
        "village": NEW,
        "day": END,
        "option": Option(more.pop("option", "C")),
        "by": WANG,
        "shares": SharesBy(more.pop("shares", "side-by-side")),
        "decided": Decisions(reason=more.pop("reason", "")),
    }
    return MergerRequest(**{**given, **more})


def merged(folder: Path, *paths: Path, **more: Any) -> Outcome[MergerResult]:
    """The same, made."""
    return merge(asked(folder, paths, **more))
