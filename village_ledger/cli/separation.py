"""``separate``: one old ledger split in two, in a new book; the old one stays as it is."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.packages import say_key
from village_ledger.cli.talk import say, say_all
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.storage.spec import BookSpec, CommitteeChart

if TYPE_CHECKING:
    from village_ledger.domain.separation import Proof, SplitLine
    from village_ledger.services.separation.separation import OldBalances


def run_separate(asked: Namespace) -> int:
    """Propose whose is what, or make the new book from what was decided."""
    _check_usage(asked)
    old = _read(asked)
    say_all(old.notices)
    return _propose(asked, old) if asked.propose else _separate(asked, old)


def _check_usage(asked: Namespace) -> None:
    """What cannot be meant, before any file is read."""
    if asked.propose:
        if asked.output is None:
            raise UsageError(tr("--propose 要写明清单写到哪里"), tr("请加上 -o 和文件名。"))
        if asked.book is not None or asked.decisions is not None:
            raise UsageError(tr("--propose 只列清单，不建账"), tr("请去掉新账簿和 --decisions。"))
        _not_onto(asked.output, asked.old)
        return
    missing = [
        word
        for word, value in (
            ("NEWBOOK", asked.book),
            ("--village", asked.village),
            ("--start", asked.start),
            ("--decisions", asked.decisions),
        )
        if value is None
    ]
    if missing:
        raise UsageError(
            tr("还缺：{missing}", missing="、".join(missing)), tr("先用 --propose 列出清单，改好以后再分。")
        )
    for paper in (asked.list, asked.signoff):
        if paper is not None and paper.suffix.lower() not in {".pdf", ".xlsx"}:
            raise UsageError(tr("“{name}”要以 .pdf 或 .xlsx 结尾", name=paper.name))
        _not_onto(paper, asked.old)
        _not_onto(paper, asked.decisions)


def _not_onto(output: Path | None, source: Path) -> None:
    if output is not None and output.exists() and source.exists() and output.samefile(source):
        raise UsageError(tr("不能写到“{name}”自己身上", name=source.name), tr("请另起一个文件名。"))


def _read(asked: Namespace) -> OldBalances:
    from village_ledger.exchange.separation.old_balances import is_own_book, read_old_book, read_old_file

    if is_own_book(asked.old):
        return read_old_book(asked.old, None if asked.start is None else asked.start.year - 1)
    return read_old_file(asked.old)


def _propose(asked: Namespace, old: OldBalances) -> int:
    from village_ledger.exchange.separation.split_decisions import write_decisions
    from village_ledger.services.separation.separation import propose

    lines = propose(old.lines, CommitteeChart(asked.committee_chart))
    write_decisions(asked.output, lines)
    open_ = [one for one in lines if not one.is_decided]
    hints = [one for one in lines if one.hint]
    for one in open_:
        say(
            tr(
                "第{row}行 {words}：待定。{reason}。",
                row=one.line.row,
                words=one.line.words,
                reason=one.parts[0].reason,
            )
        )
    for one in hints:
        say(tr("第{row}行 {words}：{hint}", row=one.line.row, words=one.line.words, hint=one.hint))
    say(
        tr(
            "清单写好了：{file}，共 {count} 行，{open} 行待定。请改好归属、金额和科目，再用 --decisions 分账。",
            file=asked.output,
            count=len(lines),
            open=len(open_),
        )
    )
    return 0


def _separate(asked: Namespace, old: OldBalances) -> int:
    from village_ledger.exchange.separation.split_decisions import read_decisions
    from village_ledger.services.separation.separation import (
        cautions,
        check_ready,
        propose,
        reminder,
        separate,
    )

    preset = CommitteeChart(asked.committee_chart)
    spec = _spec(asked, preset)
    lines = read_decisions(asked.decisions, propose(old.lines, preset), preset)
    proof = check_ready(lines, spec)
    warnings = (*cautions(lines, proof), *filter(None, (reminder(proof),)))
    if not asked.dry_run:
        warnings = separate(asked.book, spec, old, lines, asked.by).warnings
    _papers(asked, spec, old, lines)
    say_all(warnings)
    _say_proof(proof)
    if asked.dry_run:
        say(tr("核对过了，可以分账。旧账没有动，也没有建任何文件。"))
    else:
        say(tr("{book} 建好了，两本账的期初都已录入；旧账没有动，请留作档案。", book=asked.book))
        say_key(asked.book)
    return 0


def _spec(asked: Namespace, preset: CommitteeChart) -> BookSpec:
    return BookSpec(
        village=asked.village,
        start=asked.start,
        collective_name=asked.collective_name or "",
        collective_code=asked.collective_code or "",
        committee_name=asked.committee_name or "",
        committee_code=asked.committee_code or "",
        committee_chart=preset,
    )


def _say_proof(proof: Proof) -> None:
    collective, committee = proof.side(LedgerKind.COLLECTIVE), proof.side(LedgerKind.COMMITTEE)
    say(
        tr(
            "旧账 {old}；集体账期初 {ours}，村委会账期初 {theirs}，其中两账往来 {mirror}；{lines} 行逐行相加等于旧账。",
            old=format_fen(proof.old.debit),
            ours=format_fen(collective.debit),
            theirs=format_fen(committee.debit),
            mirror=format_fen(abs(proof.mirror)),
            lines=proof.lines,
        )
    )


def _papers(asked: Namespace, spec: BookSpec, old: OldBalances, lines: Sequence[SplitLine]) -> None:
    """The list and the sign-off sheet where they were asked for."""
    if asked.list is None and asked.signoff is None:
        return
    from village_ledger.reports.separation.separation_list import SplitPaper
    from village_ledger.reports.separation.separation_printing import write_list, write_signoff_sheet

    paper = SplitPaper.of(spec, old.source, lines)
    if asked.list is not None:
        write_list(paper, asked.list)
    if asked.signoff is not None:
        write_signoff_sheet(paper, asked.signoff)
