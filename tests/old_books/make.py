"""Make the book of the present format that later releases must open: ``python -m tests.old_books.make``.

Run once, by the release that first writes a format; the file is never changed afterwards. An invented village with a
little of everything: openings, both ledgers, sub-accounts, a reversal, a void page, a draft, a closed month.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.builders import COMMITTEE, Village, draft
from village_ledger.storage.spec import FORMAT


def make(target: Path) -> None:
    """Write the book; refuses to touch one that is there."""
    if target.exists():
        raise SystemExit(f"{target.name} is there already; a released book never changes")
    with tempfile.TemporaryDirectory() as folder:
        with Village.found(Path(folder)) as village:
            village.open_with("借 101 1200", "借 113@张三 300", "借 153#通组路 500", "贷 311 2000")
            village.open_with("借 1001 80", "贷 3101 80", ledger=COMMITTEE)
            village.add_account("513", "办公费")
            village.posted("2025-01-08", "收门面租金", "借 101 600; 贷 501 600")
            village.close_month("2025-01")
            village.posted("2025-02-08", "收张三承包款", "借 101 300; 贷 113@张三%一组 300")
            wrong = village.posted("2025-02-09", "付电费", "借 51301 210; 贷 101 210")
            red = village.reverse(wrong, "2025-02-20")
            village.review(red)
            village.post(red)
            village.void(village.entered("2025-02-21", "填错", "借 101 1; 贷 501 1"))
            village.entered("2025-02-22", "付电费", "借 51301 120; 贷 101 120")
            village.posted("2025-03-12", "发误工补贴", "借 5101 30; 贷 1001 30", COMMITTEE)
            village.autosave(draft("2025-03-15", "没有记完的", "借 101 5"))
            assert village.verify() == []
            path = village.path
        shutil.copyfile(path, target)


if __name__ == "__main__":
    make(Path(__file__).with_name(f"format{FORMAT}.vledger"))
