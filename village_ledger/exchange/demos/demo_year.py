"""The demonstration village's year 2025 closed: banks agreed, income given away, warnings let pass with a reason, carried on."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Month
from village_ledger.exchange.bank.import_bank import import_bank
from village_ledger.i18n import tr
from village_ledger.resources_dir import resource
from village_ledger.services.bank import bank_accounts, bank_assertions, bank_matches
from village_ledger.services.bank.bank_position import read_position, reconcile
from village_ledger.services.book import month_states
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing import closing, distribution, statement_texts, year_end
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.dividends import dividends
from village_ledger.services.entry import posting
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.transfers import resolutions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.unit_of_work import UnitOfWork


def data(name: str) -> dict[str, Any]:
    """A TOML file of the demonstration village."""
    return tomllib.loads(resource("demo", name).read_text(encoding="utf-8"))


def agree_with_banks(book: BookFile, people: Mapping[str, str]) -> None:
    """Every bank account registered, matched and agreed at the year's end."""
    year = data("year_end.toml")
    december = Month(int(year["year"]), distribution.DECEMBER)
    for each in year["bank"]:
        with book.unit_of_work(people["cashier"]) as uow:
            _agree_with_bank(uow, each, december)
            uow.commit()


def close_2025(
    book: BookFile, people: Mapping[str, str], ledgers: Sequence[str], progress: Progress = SILENT
) -> None:
    """Close the year in each ledger as its accountant would: every step is a service anybody's book goes through."""
    year = data("year_end.toml")
    december = Month(int(year["year"]), distribution.DECEMBER)
    with book.unit_of_work(people["preparer"]) as uow:
        enter_resolution(uow, year["resolution"])
        _distribute(uow, year, year["resolution"]["number"])
        uow.commit()
    with book.unit_of_work(people["poster"]) as uow:
        posting.post_through(uow, year["distribution"]["ledger"], december.last, people["reviewer"])
        uow.commit()
    for step, ledger in enumerate(ledgers):
        progress.step(step, len(ledgers), tr("演示村结账"))
        reasons = {w["rule"]: w["reason"] for w in year["waiver"] if w["ledger"] == ledger}
        with book.unit_of_work(people["preparer"]) as uow:
            for number in range(1, distribution.DECEMBER + 1):
                _close(uow, ledger, Month(december.year, number), reasons)
            year_end.close_year(uow, ledger, december.year)
            for text in (each for each in year["text"] if each["ledger"] == ledger):
                statement_texts.write(uow, ledger, december.year, text["item"], text["text"])
            uow.commit()


def enter_resolution(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """A resolution as a file has it."""
    eligible, present, in_favour = said["votes"]
    votes = (int(eligible), int(present), int(in_favour))
    resolutions.enter(
        uow, said["number"], said["day"], said["body"], votes, said["subject"], said["published"]
    )


def _agree_with_bank(uow: UnitOfWork, said: Mapping[str, Any], month: Month) -> None:
    """A bank account registered, its statement taken in and matched, its balance agreed."""
    ledger, account = said["ledger"], said["account"]
    bank_accounts.add(uow, ledger, account, said["number"], said["bank"], kind=said["kind"])
    import_bank(uow, ledger, resource("demo", said["statement"]), account=account)
    found = uow.reader.bank_account(ledger, account)
    if "by_hand" in said:
        position = read_position(uow.reader, found)
        lines = [x.id for x in position.lines if x.day == said["by_hand"] and not x.match]
        entries = [(x.voucher_id, x.line) for x in position.book if x.day == said["by_hand"] and not x.match]
        bank_matches.match_by_hand(uow, found, lines, entries)
    balance = reconcile(uow.reader, found, month.last).bank_balance
    if balance is not None:
        bank_assertions.assert_balance(uow, found, month.last, balance)


def _distribute(uow: UnitOfWork, year: Mapping[str, Any], resolution: str) -> None:
    said = year["distribution"]
    day: date = said["day"]
    decision = distribution.Decision(
        int(year["year"]), day, resolution, reserve_percent=Decimal(said["reserve_percent"])
    )
    distribution.distribute(uow, said["ledger"], decision)
    each = year["dividend"]
    dividends.post(
        uow,
        each["ledger"],
        int(year["year"]),
        parse_fen(each["amount"]),
        each["record_date"],
        each["day"],
        resolution,
    )


def _close(uow: UnitOfWork, ledger: str, month: Month, reasons: Mapping[str, str]) -> None:
    """Check a month, write why its warnings are let pass, close it."""
    warned = {item.rule for item in check_list(uow.reader, ledger, month) if item.verdict is Verdict.WARN}
    for rule in sorted(warned & reasons.keys()):
        month_states.waive(uow, ledger, month, rule, reasons[rule])
    closing.close(uow, ledger, month)
