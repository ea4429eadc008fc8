"""``new``, ``demo``, ``open``: making books and opening them in the window."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.main import open_window
from village_ledger.cli.packages import fingerprint_in
from village_ledger.cli.talk import say, say_all, terminal_progress
from village_ledger.i18n import tr


def run_new(asked: Namespace) -> int:
    """Make a village's book."""
    from village_ledger.services.book.books import doubts, new_book
    from village_ledger.storage.spec import BookSpec, CommitteeChart

    spec = BookSpec(
        village=asked.village,
        start=asked.start,
        collective_name=asked.collective_name or "",
        collective_code=asked.collective_code or "",
        committee_name=asked.committee_name or "",
        committee_code=asked.committee_code or "",
        committee_chart=CommitteeChart(asked.committee_chart),
        single=asked.single,
    )
    new_book(asked.book, spec, asked.by)
    say_all(doubts(spec))
    say(
        tr(
            "{book} 建好了，从 {start} 开始记账，签名指纹 {print}（第一次送审时念给乡镇听）。"
            "下一步请导入或增设明细科目，再录期初余额。",
            book=asked.book,
            start=asked.start,
            print=fingerprint_in(asked.book),
        )
    )
    return 0


def run_demo(asked: Namespace) -> int:
    """Make the demonstration village's book."""
    from village_ledger.exchange.demos.demo import make_demo
    from village_ledger.exchange.demos.demo_baiyun import BAIYUN, make_baiyun

    if asked.village == BAIYUN:
        village = make_baiyun(asked.book, terminal_progress())
    else:
        village = make_demo(asked.book, terminal_progress(), january=not asked.year_end)
    say(
        tr(
            "演示村{village}建好了：{book}，签名指纹 {print}。里面的人和账都是虚构的。",
            village=village,
            book=asked.book,
            print=fingerprint_in(asked.book),
        )
    )
    return 0


def run_open(asked: Namespace) -> int:
    """Open a book in the window."""
    return open_window(asked.book)
