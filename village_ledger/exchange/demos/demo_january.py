"""The demonstration village's January 2026, the month in hand: something at every station of a voucher's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village_ledger.domain.claim import Claim, Settle
from village_ledger.domain.inter_ledger import Asked, Choice
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Month
from village_ledger.domain.receipt_book import Act, Numbers, ReceiptEvent
from village_ledger.domain.rhythm import Rhythm
from village_ledger.domain.voucher import VoucherRef
from village_ledger.exchange.demos.demo_year import data, enter_resolution
from village_ledger.exchange.import_budget import import_budget
from village_ledger.exchange.import_claim import read_claim
from village_ledger.exchange.import_templates import import_templates
from village_ledger.exchange.vouchers.import_vouchers import import_vouchers
from village_ledger.resources_dir import resource
from village_ledger.services.book import accounts
from village_ledger.services.claims import claims, receipt_books
from village_ledger.services.entry import posting, recurring, review
from village_ledger.services.planning import prepaid
from village_ledger.services.transfers import transfers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.unit_of_work import UnitOfWork


def begin_january(book: BookFile, people: Mapping[str, str]) -> Month:
    """What the office did in the first half of the month; returns the month."""
    january = data("january.toml")
    month = Month.parse(january["month"])
    with book.unit_of_work(people["chief"]) as uow:
        for each in january["resolution"]:
            enter_resolution(uow, each)
        for each in january["budget"]:
            file = resource("demo", each["file"])
            import_budget(uow, each["ledger"], file, month.year, each["resolution"])
        uow.commit()
    with book.unit_of_work(people["preparer"]) as uow:
        for each in january["account"]:
            accounts.add(uow, each["ledger"], each["parent"], each["name"], code=each["code"])
        for each in january["vouchers"]:
            import_vouchers(uow, each["ledger"], resource("demo", each["file"]), post=False)
        uow.commit()
    for each in january["vouchers"]:
        _pass(book, people, each, month)
    with book.unit_of_work(people["preparer"]) as uow:
        for each in january["transfer"]:
            _transfer(uow, each, people["reviewer"])
        _claim(uow, january["claims"])
        _come_round(uow, january, month)
        uow.commit()
    with book.unit_of_work(people["cashier"]) as uow:
        _receipts(uow, january["receipts"])
        uow.commit()
    return month


def _pass(book: BookFile, people: Mapping[str, str], said: Mapping[str, Any], month: Month) -> None:
    """Post what came first, review some, give one back; the rest waits."""
    ledger = said["ledger"]
    with book.unit_of_work(people["poster"]) as uow:
        posting.post_through(uow, ledger, said["posted_through"], people["reviewer"])
        uow.commit()
    with book.unit_of_work(people["reviewer"]) as uow:
        ids = {v.ref.number: v.id for v in uow.reader.vouchers(ledger, month=month)}
        review.pass_vouchers(uow, [ids[number] for number in said["reviewed"]])
        if "returned" in said:
            review.give_back(uow, ids[said["returned"]], said["why"])
        uow.commit()


def _transfer(uow: UnitOfWork, said: Mapping[str, Any], reviewer: str) -> None:
    """A document between the two ledgers."""
    amount = parse_fen(said["amount"])
    sides = [
        Choice(amount, said[side].get("account", ""), said[side].get("bank", ""))
        for side in ("collective", "committee")
    ]
    asked = Asked(
        said["kind"],
        said["day"],
        amount,
        said["summary"],
        *sides,
        resolution=said.get("resolution", ""),
        plan_item=said.get("plan_item", ""),
        attachments=said["attachments"],
    )
    if said.get("posted"):
        transfers.record(uow, asked, reviewer)
    else:
        transfers.enter(uow, asked)


def _claim(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """A 报账员 with an advance, and a claim that waits for the accountant."""
    ledger, claimant = said["ledger"], said["claimant"]
    claims.register_claimant(uow, ledger, claimant, said["account"])
    pays = claims.paying_account(uow.reader, ledger, claimant, Settle.ADVANCE)
    lines, _ = read_claim(resource("demo", said["file"]))
    claims.submit(uow, ledger, Claim(claimant, said["day"], Settle.ADVANCE, pays, lines, said["note"]))


def _come_round(uow: UnitOfWork, january: Mapping[str, Any], month: Month) -> None:
    """Advance rent released month by month, and vouchers that come every month."""
    for each in january["prepaid"]:
        prepaid.add(
            uow,
            each["ledger"],
            VoucherRef.parse(each["voucher"]),
            each["first"],
            each["last"],
            what=each["what"],
            revenue=each["revenue"],
        )
    for each in january["recurring"]:
        import_templates(uow, each["ledger"], resource("demo", each["file"]))
        template = next(t for t in uow.reader.templates(each["ledger"]) if t.name == each["name"])
        recurring.add(uow, template.id, Rhythm(each["months"]), each["on"], month)


def _receipts(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """A book of receipts, part of it handed out, some used."""
    ledger, kind, holder = said["ledger"], said["kind"], said["holder"]
    receipt_books.register(uow, ledger, kind, said["first"], said["last"], said["day"])
    for act, key, day, amount in (
        (Act.ISSUE, "issued", said["day"], 0),
        (Act.USE, "used", said["used_on"], parse_fen(said["amount"])),
    ):
        first, last = (receipt_books.read_number(text) for text in said[key])
        receipt_books.write(
            uow, ledger, kind, ReceiptEvent(0, act, Numbers(first, last), holder, day, amount)
        )
