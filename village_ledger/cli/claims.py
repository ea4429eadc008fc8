"""``claim``, ``advance`` and ``receipts``: what a 报账员 hands in, holds and has signed for."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book


def run_claim(asked: Namespace) -> int:
    """One of the acts of a claim."""
    acts = {"claimant": _claimant, "dismiss": _dismiss, "submit": _submit, "book": _book}
    acts |= {"return": _return, "list": _list}
    needs = {
        "claimant": ("claimant", "account"),
        "dismiss": ("claimant",),
        "submit": ("what", "claimant", "date"),
        "book": ("what",),
        "return": ("what", "reason"),
    }
    missing = [key for key in needs.get(asked.act, ()) if not getattr(asked, key)]
    if missing:
        words = "、".join({"what": "WHAT"}.get(key, f"--{key}") for key in missing)
        raise UsageError(tr("claim {act} 还缺：{words}", act=asked.act, words=words))
    return acts[asked.act](asked)


def _claimant(asked: Namespace) -> int:
    from village_ledger.services.claims.claims import register_claimant

    with writing(asked) as uow:
        register_claimant(uow, ledger_of(uow.reader, asked.ledger), asked.claimant, asked.account)
        uow.commit()
    say(tr("登记了报账员{name}，备用金记在 {account}。", name=asked.claimant, account=asked.account))
    return 0


def _dismiss(asked: Namespace) -> int:
    from village_ledger.services.claims.claims import dismiss_claimant

    with writing(asked) as uow:
        dismiss_claimant(uow, ledger_of(uow.reader, asked.ledger), asked.claimant)
        uow.commit()
    say(tr("{name}不再报账；重新登记就又能报。", name=asked.claimant))
    return 0


def _submit(asked: Namespace) -> int:
    from village_ledger.domain.claim import Claim, Settle
    from village_ledger.exchange.import_claim import read_claim
    from village_ledger.services.claims.claims import paying_account, submit

    lines, notices = read_claim(Path(asked.what))
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        settle = Settle(asked.settle)
        pays = paying_account(uow.reader, ledger, asked.claimant, settle, asked.account or "")
        done = submit(uow, ledger, Claim(asked.claimant, asked.date, settle, pays, lines))
        uow.commit()
    say_all(notices)
    print(done.value.number)
    total = format_fen(done.value.claim.total)
    say(
        tr(
            "收到报账单 {number}，{count} 张单据，{total} 元。",
            number=done.value.number,
            count=len(lines),
            total=total,
        )
    )
    return 0


def _book(asked: Namespace) -> int:
    from village_ledger.services.claims.claims import book

    with writing(asked) as uow:
        stored = uow.reader.find_claim(ledger_of(uow.reader, asked.ledger), asked.what)
        done = book(uow, stored.id)
        uow.commit()
    for voucher in done.value:
        print(voucher.ref)
    say_all(done.warnings)
    say(tr("{number} 记成了 {count} 张凭证，等待审核和记账。", number=stored.number, count=len(done.value)))
    return 0


def _return(asked: Namespace) -> int:
    from village_ledger.services.claims.claims import give_back

    with writing(asked) as uow:
        stored = uow.reader.find_claim(ledger_of(uow.reader, asked.ledger), asked.what)
        give_back(uow, stored.id, asked.reason)
        uow.commit()
    say(tr("{number} 退回给 {name} 了。", number=stored.number, name=stored.claim.claimant))
    return 0


def _list(asked: Namespace) -> int:
    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        for stored in reader.claims(ledger_of(reader, asked.ledger)):
            claim = stored.claim
            refs = "、".join(ref for *_, ref in stored.vouchers)
            total = format_fen(claim.total)
            print("\t".join((stored.number, str(claim.day), claim.claimant, total, stored.state.words, refs)))
    return 0


def run_advance(asked: Namespace) -> int:
    """Reconcile an advance with what was counted."""
    from village_ledger.services.claims.advances import reconcile

    cash, receipts = parse_fen(asked.cash), parse_fen(asked.receipts)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        check = reconcile(uow, ledger, asked.claimant, asked.month, cash, receipts, asked.reason or "").value
        uow.commit()
    say(
        tr(
            "{name} {month} 末备用金账上 {book}，实有 {found}，差额 {difference}，登记了。",
            name=check.claimant,
            month=check.month,
            book=format_fen(check.book),
            found=format_fen(check.cash + check.receipts),
            difference=format_fen(check.difference),
        )
    )
    return 0


def run_receipts(asked: Namespace) -> int:
    """Register a receipt book, or say what happened to some of its numbers."""
    from village_ledger.domain.receipt_book import Act, Numbers, ReceiptEvent
    from village_ledger.services.claims import receipt_books

    last = asked.last or asked.first
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        if asked.act == "register":
            receipt_books.register(uow, ledger, asked.kind, asked.first, last, asked.date)
        else:
            numbers = Numbers(receipt_books.read_number(asked.first), receipt_books.read_number(last))
            act, amount = Act(asked.act), parse_fen(asked.amount)
            event = ReceiptEvent(0, act, numbers, asked.holder or "", asked.date, amount, asked.note or "")
            receipt_books.write(uow, ledger, asked.kind, event)
        uow.commit()
    words = "登记" if asked.act == "register" else Act(asked.act).words
    say(
        tr(
            "{kind} {first} 到 {last}：{words}，登记了。",
            kind=asked.kind,
            first=asked.first,
            last=last,
            words=words,
        )
    )
    return 0
