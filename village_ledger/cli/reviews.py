"""``review``: the township opens, proves, checks and sums up many packages in one run."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from village_ledger.cli.talk import say, terminal_progress
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from argparse import Namespace

    from village_ledger.exchange.reviewing import Run


def run_review(asked: Namespace) -> int:
    """Write the table, and for each village its findings and remarks; exit code 1 when anything is found."""
    from village_ledger.domain.errors import BookFileError
    from village_ledger.exchange.review_files import Reviewer, write_summary, write_village
    from village_ledger.exchange.reviewing import (
        Run,
        packages_in,
        remember,
        remembered,
        review_packages,
    )
    from village_ledger.services.review.reviewer_key import reviewer_key
    from village_ledger.settings import config_file

    try:
        asked.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BookFileError(
            tr("写不了 {folder}", folder=asked.output), tr("请换一个能写的文件夹。")
        ) from error
    key_file = asked.key or config_file().with_name("reviewer.key")
    now = datetime.now().astimezone().replace(tzinfo=None)
    who = Reviewer(asked.by, asked.office or tr("乡镇农经站"), reviewer_key(key_file), now, asked.seed or "")
    before = remembered(asked.output)
    run = Run()
    for done in review_packages(
        packages_in(asked.packages), now.date(), before, asked.expect, terminal_progress()
    ):
        if isinstance(done, Run):
            run = done
        else:
            write_village(asked.output, *done, who)
    write_summary(asked.output, run)
    remember(asked.output, before, run)
    return _told(run, asked)


def _told(run: Run, asked: Namespace) -> int:
    for one in run.reviewed:
        print(
            tr(
                "{village} 第 {number} 包：{verdict}，查到 {count} 处",
                village=one.known.village,
                number=one.known.number,
                verdict=one.verdict,
                count=len(one.hits),
            )
        )
        for finding in one.findings:
            print(f"  {finding.sentence()}")
    for file, why in run.unread:
        print(f"{file}：{why}")
    for village in run.missing:
        print(tr("{village}：没有送", village=village))
    say(tr("审阅了 {count} 个送审包，报告在 {folder}。", count=len(run.reviewed), folder=asked.output))
    return 1 if run.has_findings or run.missing else 0
