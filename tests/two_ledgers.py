"""What tests say of money between the ledgers.

lent = moved(village, "T4", "100.01")          # entered, passed and posted
owed = waiting(village, "T6", "50")             # entered only
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, Village
from village_ledger.domain.inter_ledger import Asked, Choice, DocumentNumber
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import parse_day
from village_ledger.services.transfers import resolutions, transfers
from village_ledger.storage.interledger.records import Transfer

RESOLUTION = "青社代〔2025〕1号"


def resolved(village: Village, number: str = RESOLUTION, day: str = "2025-01-05") -> str:
    """A resolution of the representatives, carried."""
    with village.act() as uow:
        resolutions.enter(uow, number, parse_day(day), "representatives", (30, 28, 27), "补助村委会")
    return number


def asked(
    kind: str, amount: str, day: str = "2025-03-08", *, shares: tuple[str, str] | None = None, **more: Any
) -> Asked:
    """A document as asked for; ``collective`` and ``committee`` may name accounts."""
    fen = parse_fen(amount)
    mine, theirs = (fen, fen) if shares is None else map(parse_fen, shares)
    collective = Choice(mine, more.pop("collective", ""), more.pop("collective_bank", ""))
    committee = Choice(theirs, more.pop("committee", ""), more.pop("committee_bank", ""))
    made = Asked(kind, parse_day(day), fen, f"往来{kind}", collective, committee)
    return replace(made, **more)


def waiting(village: Village, kind: str, amount: str, day: str = "2025-03-08", **more: Any) -> Transfer:
    """A document entered by 王秀英, waiting for review."""
    with village.act(WANG) as uow:
        return transfers.enter(uow, asked(kind, amount, day, **more)).value


def moved(village: Village, kind: str, amount: str, day: str = "2025-03-08", **more: Any) -> Transfer:
    """A document entered, passed by 李建国 and posted."""
    with village.act(WANG) as uow:
        return transfers.record(uow, asked(kind, amount, day, **more), LI).value


def undone(village: Village, document: Transfer, day: str = "2025-03-20") -> Transfer:
    """The document that reverses another, posted."""
    with village.act(WANG) as uow:
        made = transfers.reverse(uow, document.number, parse_day(day), "记错了").value
    ids = [side.voucher_id for side in made.sides]
    village.review(*(village.reader.voucher(i) for i in ids[:1]))
    village.post(*(village.reader.voucher(i) for i in ids[:1]))
    return again(village, made.number)


def again(village: Village, number: DocumentNumber) -> Transfer:
    """A document as the book now holds it."""
    return village.reader.transfer(number)


def lines(village: Village, document: Transfer, ledger: str) -> list[str]:
    """A side's lines as ``借 101@张三 600.00``."""
    side = document.side(ledger)
    if side is None:
        return []
    voucher = village.reader.voucher(side.voucher_id).voucher
    said: list[str] = []
    for x in voucher.lines:
        whom = f"@{x.counterparty}" if x.counterparty else ""
        what = f"#{x.project}" if x.project else ""
        amount = x.debit or x.credit
        said.append(f"{'借' if x.debit else '贷'} {x.account}{whom}{what} {amount / 100:.2f}")
    return said


def mirrors(village: Village) -> list[tuple[int, int]]:
    """(collective, committee) of both mirrors, fen."""
    entity = {code: village.reader.ledger(code).entity for code in (COLLECTIVE, COMMITTEE)}
    after = parse_day("2026-12-31")
    found: list[tuple[int, int]] = []
    for mine, theirs in (("112", "2202"), ("211", "1122")):
        here = village.reader.party_balance_before(COLLECTIVE, mine, entity[COMMITTEE], after)
        there = village.reader.party_balance_before(COMMITTEE, theirs, entity[COLLECTIVE], after)
        found.append((here, -there))
    return found
