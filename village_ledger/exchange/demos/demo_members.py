"""The demonstration village's members and shares: the register, the plan, a year of changes and the certificates."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, Any

from village_ledger.domain.new_person import NewPerson
from village_ledger.exchange.demos.demo_year import data, enter_resolution
from village_ledger.exchange.people.import_members import import_members
from village_ledger.exchange.shares.import_shares import import_shares
from village_ledger.resources_dir import resource
from village_ledger.services.people import people
from village_ledger.services.shares import certificates, shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.unit_of_work import UnitOfWork


def enrol(book: BookFile, members: str, by: str) -> None:
    """Take in everyone, give them their shares and let the year happen to both; the same imports as anybody's."""
    said = data("shares.toml")
    with book.unit_of_work(by) as uow:
        import_members(uow, resource("demo", members))
        for each in said["resolution"]:
            enter_resolution(uow, each)
        shares.add_class(uow, said["class"]["name"], said["class"]["decimals"], ledger=said["ledger"])
        import_shares(uow, resource("demo", said["plan"]))
        certificates.issue_all(uow, said["certificates"]["issued"])
        _befall(uow, said)
        import_shares(uow, resource("demo", said["events"]))
        _give_cards(uow, said["cards"])
        certificates.issue_all(uow, said["certificates"]["renewed"], renew=True)
        uow.commit()


def _befall(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """What happened to people: somebody died and another heads the household; an heir from outside is written down."""
    for each in said["death"]:
        people.record_death(uow, each["person"], each["day"], each["basis"])
        people.set_head(uow, each["head"], each["day"], each["basis"])
    for each in said["outsider"]:
        new = NewPerson(
            each["name"],
            each["household"],
            each["relation"],
            each["sex"],
            each["number"],
            since=each["day"],
        )
        people.add(uow, new, each["basis"])


def _give_cards(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """Most heads of a household have told where their dividend may be paid to."""
    with resource("demo", said["file"]).open(encoding="utf-8-sig", newline="") as stream:
        for key, number in islice(csv.reader(stream), 1, None):
            people.correct(uow, key, "bank_account", number, said["basis"], day=said["day"])
