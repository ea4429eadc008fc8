"""The second demonstration village, 白云村: small, both ledgers, 2025 closed, ready to be merged with 青山村."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from village_ledger.domain.area import parse_mu
from village_ledger.domain.asset import AssetKind, Card, Facts, Method, Use
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.contract import Contract, Item, Papers
from village_ledger.domain.money import parse_fen
from village_ledger.domain.parcel import ParcelCard
from village_ledger.domain.period import Month
from village_ledger.domain.rent_schedule import PayDay, RentTerms
from village_ledger.domain.rhythm import Rhythm
from village_ledger.exchange.demos.demo_year import enter_resolution
from village_ledger.exchange.people.import_members import import_members
from village_ledger.exchange.setup.import_accounts import import_accounts
from village_ledger.exchange.setup.import_opening import import_opening
from village_ledger.exchange.shares.import_shares import import_shares
from village_ledger.exchange.vouchers.import_vouchers import import_vouchers
from village_ledger.i18n import tr
from village_ledger.resources_dir import resource
from village_ledger.services.assets import cards
from village_ledger.services.bank import bank_accounts
from village_ledger.services.book.books import new_book
from village_ledger.services.closing import closing, distribution, year_end
from village_ledger.services.contracts import contracts
from village_ledger.services.entry import posting
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.parcels import parcels
from village_ledger.services.shares import certificates, shares
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.spec import BookSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village_ledger.storage.unit_of_work import UnitOfWork

BAIYUN = "白云村"
_LEDGERS = tuple(kind.value for kind in LedgerKind)


def _data() -> dict[str, Any]:
    return tomllib.loads(_file("village.toml").read_text(encoding="utf-8"))


def _file(name: str) -> Path:
    return resource("demo", f"baiyun/{name}")


def make_baiyun(path: Path, progress: Progress = SILENT) -> str:
    """Make 白云村's book, marked as a demonstration; returns the village's name. A half-made one is not left behind.

    Raises LedgerError when the path exists, BookFileError when nothing can be written there.
    """
    village = _data()
    people = village["signatures"]
    spec = BookSpec(
        village=village["village"]["name"],
        start=Month.parse(village["village"]["start"]),
        collective_name=village["collective"]["name"],
        committee_name=village["committee"]["name"],
        is_demo=True,
    )
    new_book(path, spec, people["preparer"])
    try:
        with open_book(path, Access.WRITE, people["preparer"]) as book:
            with book.unit_of_work(people["preparer"]) as uow:
                _enrol(uow, village)
                uow.commit()
            for step, ledger in enumerate(_LEDGERS):
                progress.step(step, len(_LEDGERS), tr("录入演示村"))
                _keep(book, village, ledger, people)
            for ledger in _LEDGERS:
                _close(book, village, ledger, people["preparer"])
            with book.unit_of_work(people["preparer"]) as uow:
                _own(uow, village)
                uow.commit()
    except BaseException:
        for leftover in (path, *(Path(f"{path}{end}") for end in ("-wal", "-shm", ".lock"))):
            with suppress(OSError):
                leftover.unlink()
        raise
    return str(village["village"]["name"])


def _enrol(uow: UnitOfWork, village: Mapping[str, Any]) -> None:
    """Everybody, their shares, and what happened to them."""
    import_members(uow, _file(village["members"]["file"]))
    for each in village["resolution"]:
        enter_resolution(uow, each)
    said = village["shares"]
    shares.add_class(uow, said["class"], said["decimals"], ledger=said["ledger"])
    import_shares(uow, _file(said["plan"]))
    certificates.issue_all(uow, said["certificates"])
    import_shares(uow, _file(said["events"]))


def _keep(book: BookFile, village: Mapping[str, Any], ledger: str, people: Mapping[str, str]) -> None:
    """A ledger's year: accounts, opening, vouchers posted."""
    files = village[ledger]
    with book.unit_of_work(people["preparer"]) as uow:
        import_accounts(uow, ledger, _file(files["accounts"]))
        import_opening(uow, ledger, _file(files["opening"]))
        import_vouchers(uow, ledger, _file(files["vouchers"]), post=False)
        for each in village["bank"]:
            if each["ledger"] == ledger:
                bank_accounts.add(
                    uow, ledger, each["account"], each["number"], each["bank"], kind=each["kind"]
                )
        uow.commit()
    with book.unit_of_work(people["poster"]) as uow:
        posting.post_through(uow, ledger, date(9999, 12, 31), people["reviewer"])
        uow.commit()


def _close(book: BookFile, village: Mapping[str, Any], ledger: str, by: str) -> None:
    """Every month of the year closed, the year carried forward."""
    year = Month.parse(village["village"]["start"]).year
    with book.unit_of_work(by) as uow:
        for number in range(1, distribution.DECEMBER + 1):
            closing.close(uow, ledger, Month(year, number))
        year_end.close_year(uow, ledger, year)
        uow.commit()


def _own(uow: UnitOfWork, village: Mapping[str, Any]) -> None:
    """What the village owns and lets out, as the year ended."""
    ledger = LedgerKind.COLLECTIVE.value
    ended = Month(Month.parse(village["village"]["start"]).year, distribution.DECEMBER)
    made = [
        (
            Card(
                each["code"],
                each["name"],
                AssetKind.FIXED,
                parse_fen(each["cost"]),
                each["in_use"],
                method=Method.STRAIGHT,
                months=each["months"],
                opening=parse_fen(each["taken"]),
                as_of=ended,
            ),
            Facts(Use(each["use"])),
        )
        for each in village["asset"]
    ]
    cards.add_all(uow, ledger, made, imported=True)
    for each in village["parcel"]:
        land = ParcelCard(each["name"], each["kind"], parse_mu(each["mu"]), *each["bounds"])
        parcels.add(uow, ledger, each["code"], land, each["day"], each["basis"])
    running = [
        Contract(
            each["number"],
            "contracting",
            each["party"],
            RentTerms(
                each["first"], each["last"], Rhythm(each["months"]), PayDay.FIRST, parse_fen(each["amount"])
            ),
            (Item(each["item"], ""),),
            member=True,
            papers=Papers(resolution=each["resolution"], signed_on=each["first"]),
            kept_from=ended.next().first,
        )
        for each in village["contract"]
    ]
    contracts.take_in_all(uow, ledger, running, tr("合同登记簿"))


def resolve_to_merge(book: BookFile, by: str) -> None:
    """青山村's assembly has resolved on the merger as well: its resolution in its own book."""
    said = tomllib.loads(_file("merger.toml").read_text(encoding="utf-8"))["resolution"]
    with book.unit_of_work(by) as uow:
        enter_resolution(uow, said)
        uow.commit()
