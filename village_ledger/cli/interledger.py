"""``transfer`` and ``resolution``: both sides of an inter-ledger document at once, and the resolution it rests on."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.inter_ledger import Asked, Choice
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.i18n import tr


def run_transfer(asked: Namespace) -> int:
    """Enter, review and post an inter-ledger document; the two vouchers' numbers go to stdout, the collective's first."""
    from village_ledger.services.transfers.transfers import record

    document, said = document_of(asked)
    with writing(asked) as uow:
        done = record(uow, document, asked.reviewed_by)
        titles = {info.code: info.title for info in uow.reader.ledgers()}
        uow.commit()
    for side in done.value.sides:
        print(side.ref)
    say_all((*said, *done.warnings))
    places = tr("，").join(f"{titles[side.ledger]} {side.ref}" for side in done.value.sides)
    say(
        tr(
            "往来单 {number} 记账了，金额 {amount} 元：{places}。",
            number=done.value.number,
            amount=format_fen(done.value.amount),
            places=places,
        )
    )
    return 0


def document_of(asked: Namespace) -> tuple[Asked, list[str]]:
    """The document the options mean, and what must be said of it; raises AmountError."""
    amount = parse_fen(asked.amount)
    shares, said = _shares(asked, amount) if asked.kind == "T8" else ((amount, amount), [])
    document = Asked(
        kind=asked.kind,
        day=asked.date,
        amount=amount,
        summary=asked.summary,
        collective=Choice(shares[0], asked.collective_account or "", asked.collective_bank or ""),
        committee=Choice(shares[1], asked.committee_account or "", asked.committee_bank or ""),
        resolution=asked.resolution or "",
        plan_item=asked.plan_item or "",
        settles=asked.settles or "",
        counterparty=asked.counterparty or "",
        project=asked.project or "",
        invoice=asked.invoice or "",
    )
    return document, said


def _shares(asked: Namespace, amount: int) -> tuple[tuple[int, int], list[str]]:
    """The collective's and the committee's part of a shared bill; halves when none is named, which is said."""
    if asked.collective_share is not None:
        mine = parse_fen(asked.collective_share)
        other = amount - mine if asked.committee_share is None else parse_fen(asked.committee_share)
        return (mine, other), []
    if asked.committee_share is not None:
        other = parse_fen(asked.committee_share)
        return (amount - other, other), []
    half = amount // 2
    said = tr(
        "没有写明各家分摊多少，按对半分：集体 {one}，村委会 {two}。",
        one=format_fen(amount - half),
        two=format_fen(half),
    )
    return (amount - half, half), [said]


def run_resolution(asked: Namespace) -> int:
    """Enter a resolution and its vote."""
    from village_ledger.services.transfers.resolutions import enter

    with writing(asked) as uow:
        done = enter(
            uow,
            asked.number,
            asked.date,
            asked.body,
            (asked.eligible, asked.present, asked.in_favour),
            asked.subject,
            asked.published,
        )
        uow.commit()
    say_all(done.warnings)
    say(tr("决议 {number} 登记好了。", number=done.value.number))
    return 0


def run_transfer_settings(asked: Namespace) -> int:
    """Show or change where the committee stands in the collective's ledger, and what the charter says of votes."""
    from village_ledger.services.transfers import resolutions, transfers

    changed: list[str] = []
    with writing(asked) as uow:
        if asked.mirror is not None:
            transfers.set_mirror(uow, "" if asked.mirror == "112" else asked.mirror)
            changed.append(tr("挂账科目"))
        if asked.charter is not None:
            resolutions.set_charter(uow, "" if asked.charter == "none" else asked.charter)
            changed.append(tr("章程的规定"))
        mirror = uow.reader.setting(transfers.MIRROR) or "112/211"
        clause = uow.reader.setting(resolutions.CHARTER) or tr("照法定比例")
        if changed:
            uow.commit()
    print(tr("挂账科目：{mirror}", mirror=mirror))
    print(tr("表决比例：{clause}", clause=clause))
    say(tr("{what}改好了。", what=tr("、").join(changed)) if changed else tr("没有改动。"))
    return 0
