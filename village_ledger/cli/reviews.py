"""``review``: the township opens, proves, checks and sums up many packages in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.cli.talk import say, terminal_progress
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from argparse import Namespace

    from village_ledger.exchange.review.reviewing import Run


def run_review(asked: Namespace) -> int:
    """Write the table, and for each village its findings and remarks; exit code 1 when anything is found."""
    from village_ledger.domain.sampling import SampleOrder
    from village_ledger.exchange.review.review_desk import review_folder
    from village_ledger.exchange.review.review_files import reviewer_of
    from village_ledger.settings import config_file, reviewer_key_file

    order = SampleOrder(asked.seed or "", asked.count or 0, asked.percent or 0).ensured()
    seed = order.seed if asked.sample else ""
    over = SampleOrder(seed, asked.sample or 0, asked.sample_percent or 0).ensured()
    who = reviewer_of(
        asked.by, asked.office or "", asked.key or reviewer_key_file(), order, config_file().parent
    )
    run = review_folder(
        asked.packages,
        asked.output,
        who.at.date(),
        asked.expect or None,
        who,
        terminal_progress(),
        asked.rules,
        asked.due,
        keys=config_file().parent,
    )
    if asked.sample or asked.sample_percent:
        from village_ledger.exchange.review.desk_sample import draw_over, write_sample

        samples = draw_over(run, over, terminal_progress())
        write_sample(asked.output, run, samples, who.at.date(), who.office)
        say(samples[0].words)
    return _told(run, asked)


def _told(run: Run, asked: Namespace) -> int:
    from village_ledger.domain.desk_state import found_words, month_words
    from village_ledger.reports.review.desk import in_order

    for one in in_order(run.reviewed):
        print(
            tr(
                "{village} 第 {number} 包：{verdict}，自动查出 {found}",
                village=one.known.village,
                number=one.known.number,
                verdict=one.verdict,
                found=found_words(one),
            )
        )
        for finding in one.findings:
            print(f"  {finding.sentence()}")
    for file, why in run.unread:
        print(f"{file}：{why}")
    for village in run.missing:
        print(tr("{village}：没有送", village=village))
    state = run.state()
    for late in state.behind:
        until = month_words(late.newest.known.last, long=True)
        print(tr("{village}：账只到 {month}", village=late.village, month=until))
    if state.due:
        say(tr("账要到 {month}。", month=month_words(state.due, long=True)))
    say(tr("各村照同一个{pack}审查。", pack=run.pack.full_words))
    say(tr("审阅了 {count} 个送审包，报告在 {folder}。", count=len(run.reviewed), folder=asked.output))
    return 1 if run.has_findings else 0
