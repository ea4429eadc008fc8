"""``merge``: several villages' books become one; ``merger``: what is followed up in it afterwards."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.packages import say_key
from village_ledger.cli.parser_merger import OPTIONS
from village_ledger.cli.talk import say, say_all, terminal_progress
from village_ledger.cli.writing import PIN, secret, writing
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.merger.merger import MergerPreview
    from village_ledger.services.merger.merging import MergerRequest
    from village_ledger.services.merger.sources import OldBook
    from village_ledger.storage.file.book_file import BookFile


def run_merge(asked: Namespace) -> int:
    """Merge, or only look; or end old books that were left open."""
    if asked.archive_only:
        return _archive(asked)
    request = _request(asked)
    from village_ledger.exchange.merger.merger_last_year import yearly_figures
    from village_ledger.services.merger.merger import merge, preview

    if asked.dry_run:
        found = preview(request, terminal_progress(), enter=_sign_in(asked))
        _say_preview(found)
        if asked.format:
            print(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
        say(tr("核对过了。各村的旧账没有动，也没有建任何文件。"))
        return 1 if found.plan.faults or found.differences or found.proof.faults else 0
    done = merge(request, yearly_figures, terminal_progress(), enter=_sign_in(asked))
    result = done.value
    _say_preview(result.preview)
    if asked.format:
        print(json.dumps(_as_json(result.preview), ensure_ascii=False, indent=2))
    say_all(done.warnings)
    say(
        tr(
            "{book} 建好了：{people} 人；债权人 {creditors} 户要通知，未决事项 {matters} 件。",
            book=asked.output,
            people=result.people,
            creditors=result.creditors,
            matters=result.matters,
        )
    )
    say_key(asked.output)
    if result.archived:
        say(tr("{villages}的旧账已封成档案，只能查看。", villages="、".join(result.archived)))
    return 0


def _enter(asked: Namespace) -> Callable[[BookFile], None]:
    """Whoever merges signs in to each old book that has staff and knows them, so that its numbers can be read."""

    def enter(book: BookFile) -> None:
        from village_ledger.services.staff import staff

        if book.reader().has_staff() and any(x.name == asked.by for x in book.reader().staff()):
            staff.sign_in(book, asked.by, secret(PIN, tr("{name} 的密码", name=asked.by)))

    return enter


def _sign_in(asked: Namespace) -> Callable[[OldBook], None]:
    enter = _enter(asked)
    return lambda one: enter(one.book)


def _request(asked: Namespace) -> MergerRequest:
    missing = [
        word
        for word, value in (("--village", asked.village), ("--date", asked.date), ("--option", asked.option))
        if value is None
    ]
    if missing:
        raise UsageError(tr("还缺：{missing}", missing="、".join(missing)))
    if asked.option not in OPTIONS:
        raise UsageError(
            tr("没有方案“{option}”", option=asked.option), tr("可以是 A 分账并存、B 联合、C 合并。")
        )
    from dataclasses import replace

    from village_ledger.domain.merger import Decisions, Option
    from village_ledger.domain.merger_shares import SharesBy
    from village_ledger.exchange.merger.merger_map import read_map
    from village_ledger.services.merger.merging import MergerRequest
    from village_ledger.storage.spec import CommitteeChart

    decided = Decisions() if asked.map is None else read_map(asked.map)
    return MergerRequest(
        books=tuple(asked.books),
        target=asked.output,
        village=asked.village,
        day=asked.date,
        option=Option(asked.option),
        by=asked.by,
        collective_name=asked.collective_name or "",
        collective_code=asked.collective_code or "",
        committee_name=asked.committee_name or "",
        committee_code=asked.committee_code or "",
        committee_chart=CommitteeChart(asked.committee_chart) if asked.committee_chart else None,
        shares=SharesBy(asked.shares),
        approved_on=asked.approved_on,
        resolutions=tuple(asked.resolution),
        unit=parse_fen(asked.unit) if asked.unit else 0,
        per_head=asked.per_head or 0,
        worth=_worth(asked.worth),
        decided=replace(decided, reason=asked.difference_reason or ""),
    )


def _worth(texts: list[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for text in texts:
        village, sign, amount = text.partition("=")
        if not sign or not village.strip():
            raise UsageError(tr("--worth “{text}”看不懂", text=text), tr("请写成 青山村=2000000.00 这样。"))
        found[village.strip()] = parse_fen(amount)
    return found


def _archive(asked: Namespace) -> int:
    from village_ledger.services.merger.archive import end

    for book in asked.books:
        village = end(asked.output, book, asked.by, _enter(asked))
        say(tr("{village}的旧账已封成档案，只能查看。", village=village))
    return 0


def _say_preview(found: MergerPreview) -> None:
    for sentence in (*found.plan.faults, *found.differences, *found.proof.faults):
        say(sentence)
    for claim in found.plan.claims:
        words = tr("抵销") if claim.within_one_ledger else tr("成为新村两本账的往来")
        say(
            tr(
                "{creditor}应收{debtor} {claim}，对方应付 {debt}：{words} {equal}。",
                creditor=claim.creditor,
                debtor=claim.debtor,
                claim=format_fen(claim.claim),
                debt=format_fen(claim.debt),
                words=words,
                equal=format_fen(claim.equal),
            )
        )
    ok = not found.proof.faults
    items = len(found.proof.items)
    say(
        tr(
            "对照：{villages}，{items} 个一级科目{verdict}，各村相加减抵销等于合并数。",
            villages="、".join(found.villages),
            items=items,
            verdict=tr("逐项核对") if ok else tr("没有都对上"),
        )
        if ok
        else tr("对照没有都对上。")
    )


def _as_json(found: MergerPreview) -> dict[str, Any]:
    return {
        "villages": list(found.villages),
        "proven": not found.proof.faults,
        "faults": [*found.plan.faults, *found.differences, *found.proof.faults],
        "claims": [
            {
                "creditor": one.creditor,
                "debtor": one.debtor,
                "claim": format_fen(one.claim),
                "debt": format_fen(one.debt),
                "eliminated": format_fen(one.equal if one.within_one_ledger else 0),
            }
            for one in found.plan.claims
        ],
        "items": [
            {
                "ledger": one.ledger,
                "code": one.code,
                "name": found.ledgers[one.ledger][2].get(one.code).name,
                "before": {
                    village: format_fen(one.by_source.get(number, 0))
                    for number, village in enumerate(found.villages, 1)
                },
                "eliminated": format_fen(one.eliminated),
                "merged": format_fen(one.merged),
            }
            for one in found.proof.items
        ],
    }


def run_merger(asked: Namespace) -> int:
    """Follow up a creditor's notice or an open matter."""
    from village_ledger.services.merger.creditors import follow_creditor, follow_matter

    with writing(asked) as uow:
        if asked.what == "creditor":
            done = follow_creditor(uow, asked.number, asked.act, asked.date, asked.note or "")
            who, warnings = done.value.party, done.warnings
        else:
            if asked.act not in ("noted", "settled"):
                raise UsageError(tr("未决事项只能 noted 或 settled"))
            settled = asked.act == "settled"
            made = follow_matter(uow, asked.number, asked.date, asked.note or "", settled=settled)
            who, warnings = made.value.subject, made.warnings
        uow.commit()
    say_all(warnings)
    say(tr("登记好了：{who}。", who=who))
    return 0
