"""``cash-count``: what was found in the cash box, and the voucher an over or short becomes."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.cash_count import over_or_short, parse_pieces
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.i18n import tr


def run_cash_count(asked: Namespace) -> int:
    """Keep a count; with ``--voucher`` book what differs, in the same go."""
    from village_ledger.services.bank import cash_counts

    if asked.pieces is None and asked.total is None:
        raise UsageError(tr("cash-count 还缺：--pieces 或 --total"))
    pieces = parse_pieces(asked.pieces or "")
    total = None if asked.total is None else parse_fen(asked.total)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        account = cash_counts.cash_account(uow.reader, ledger, asked.account or "").code
        done = cash_counts.count(uow, ledger, account, asked.date, pieces, total, asked.reason or "")
        made = cash_counts.propose(uow, ledger, account, asked.date) if asked.voucher else None
        uow.commit()
    found = done.value.found
    said = tr(
        "{day} {account} 账面 {book}，实点 {total}，",
        day=found.day,
        account=found.account,
        book=format_fen(found.book),
        total=format_fen(found.total),
    )
    differs = f"{over_or_short(found.difference)} {format_fen(abs(found.difference))}"
    say(said + (differs if found.difference else tr("相符")) + "。")
    say_all(done.warnings)
    if made is not None:
        print(made.value.ref)
        say_all(made.warnings)
        say(tr("差额填成了凭证 {ref}，等待审核和记账。", ref=made.value.ref))
    return 0
