"""What the demonstration village owns, lets out and agreed: cards, land, contracts, a decided road, a stock-take, a handover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village_ledger.domain.attachment import Owner
from village_ledger.domain.contract import Act, Change, Status
from village_ledger.domain.decision import Entry, Stage, Step
from village_ledger.domain.handover import ItemKind, Parties, Place
from village_ledger.domain.money import parse_fen
from village_ledger.domain.old_matter import FollowUp, MatterStatus, Side
from village_ledger.domain.panel import PLACES
from village_ledger.domain.parcel import parse_corners
from village_ledger.domain.period import Month
from village_ledger.domain.project import Acceptance, Budget, Card, Contract, FinalAccount, Tender
from village_ledger.domain.project import Change as ProjectChange
from village_ledger.domain.stock_take import Persons
from village_ledger.domain.voting import Vote
from village_ledger.domain.voucher import VoucherRef
from village_ledger.exchange.assets.import_assets import import_assets
from village_ledger.exchange.contracts.import_contracts import import_contracts
from village_ledger.exchange.demos.demo_pictures import drawn
from village_ledger.exchange.demos.demo_year import data, enter_resolution
from village_ledger.exchange.import_panel import import_panel
from village_ledger.exchange.import_parcels import import_parcels
from village_ledger.resources_dir import resource
from village_ledger.services.assets import depreciation
from village_ledger.services.attachments import attachments
from village_ledger.services.bank import cash_counts
from village_ledger.services.contracts import contracts, owed_matches, receipts
from village_ledger.services.counting import adjustments, confirmation, stock_takes
from village_ledger.services.decisions import decision_files, panels
from village_ledger.services.handover import handovers, old_matters
from village_ledger.services.limits import limit_rules, limit_sets
from village_ledger.services.parcels import parcels
from village_ledger.services.projects import projects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.unit_of_work import UnitOfWork


def add_works(book: BookFile, people: Mapping[str, str], month: Month) -> None:
    """Everything of works.toml, each by the service anybody's book goes through; ``month`` is in hand."""
    works = data("works.toml")
    with book.unit_of_work(people["preparer"]) as uow:
        for each in works["assets"]:
            import_assets(uow, each["ledger"], resource("demo", each["file"]))
        _parcels(uow, works["parcels"])
        _contracts(uow, works["contracts"])
        _decide(uow, works["decision"])
        _build(uow, works["project"])
        uow.commit()
    with book.unit_of_work(people["chief"]) as uow:
        for each in works["limits"]:
            chosen = limit_rules.preset(each["preset"])
            limit_sets.adopt(uow, each["ledger"], chosen, each["since"], each["reason"])
        for each in works["stock_take"]:
            _count(uow, each)
        uow.commit()
    with book.unit_of_work(people["cashier"]) as uow:
        _hand_over(uow, works["handover"])
        for each in works["old"]:
            _old_matter(uow, each)
        uow.commit()
    with book.unit_of_work(people["preparer"]) as uow:
        for ledger in works["depreciation"]["ledgers"]:
            depreciation.depreciate(uow, ledger, month)
        for each in works["attachment"]:
            picture = drawn(each["drawn"], each.get("words", ()))
            attachments.attach(uow, Owner(*each["owner"]), picture, each["title"], each["kind"])
        uow.commit()


def _parcels(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """The register, and what was measured."""
    import_parcels(uow, said["ledger"], resource("demo", said["file"]))
    for each in said["sketch"]:
        corners = parse_corners(each["corners"])
        parcels.sketch(uow, said["ledger"], each["code"], corners, each["day"], each["basis"])


def _contracts(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """The register, the vouchers that stand for its rent, and what ran out."""
    ledger = said["ledger"]
    import_contracts(uow, ledger, resource("demo", said["file"]))
    for each in said["booked"]:
        if "owed" in each:
            owed_matches.match_owed(uow, ledger, each["number"], VoucherRef.parse(each["owed"]))
        else:
            receipts.match(uow, ledger, each["number"], VoucherRef.parse(each["received"]))
    for number, day in said["ended"].items():
        contracts.change(uow, ledger, number, Change(day, Act.END, Status.ENDED, basis="到期收回"))


def _decide(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """A file through all its steps, its panel drawn, four stages signed by six."""
    number, first, *steps = said["number"], *said["step"]
    asked = decision_files.Asked(
        said["ledger"], said["matter"], said["subject"], said["body"], parse_fen(said["amount"])
    )
    decision_files.open_file(uow, number, asked, _entry(first))
    decision_files.name_interest(uow, number, **said["interest"])
    import_panel(uow, resource("demo", said["panel"]))
    panels.draw_lots(uow, number, said["seed"])
    for place, (name, post) in said["seats"].items():
        panels.take_seat(uow, number, int(place), name, post)
    decision_files.link(uow, number, "project", said["project"])
    for each in steps:
        decision_files.take_step(uow, number, _entry(each))
        if "sign" in each:
            for place in range(1, PLACES + 1):
                agreed = panels.Signature("agree", each["signed_on"])
                panels.sign(uow, number, Stage(each["sign"]), place, agreed)


def _entry(said: Mapping[str, Any]) -> Entry:
    vote = Vote(*said["votes"]) if "votes" in said else None
    return Entry(Step(said["step"]), said["day"], vote, said.get("notice"))


def _build(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """The road as a project, from its card to the final account; its payments are vouchers already."""
    ledger, name, builder, price = said["ledger"], said["name"], said["builder"], parse_fen(said["price"])
    warranty = parse_fen(said["warranty"])
    bids = tuple((who, parse_fen(amount)) for who, amount in said["bids"])
    budget = tuple((what, parse_fen(amount)) for what, amount in said["budget"])
    card = Card("works", said["content"], said["place"], said["keeper"], said["decision"])
    for day, body in (
        (said["carded"], card),
        (said["budgeted"], Budget(budget, said["budget_basis"])),
        (said["tendered"], Tender("open", builder, price, parse_fen(said["ceiling"]), bids)),
        (said["signed"], Contract(said["contract"], builder, price, warranty, said["warranty_until"])),
        (said["changed"], ProjectChange(parse_fen(said["change"]), said["change_reason"])),
        (said["accepted"], Acceptance(tuple(said["people"]), passed=True)),
        (said["settled"], FinalAccount(parse_fen(said["final"]), warranty, said["audit"])),
    ):
        projects.write(uow, ledger, name, day, body)


def _count(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """The year's end counted, everything as the books say, confirmed by the representatives."""
    ledger, day = said["ledger"], said["day"]
    stock_takes.begin(uow, ledger, day, Persons(said["leader"], said["counters"], said["supervisor"]))
    stock_takes.fill(uow, ledger, day)
    stock_takes.agree(uow, ledger, day)
    confirmation.finish(uow, ledger, day)
    confirmation.approve(uow, ledger, day, said["resolution"], said["approved"])
    adjustments.adjust(uow, ledger, day, said["approved"])
    confirmation.publish(uow, ledger, day, said["published"], said["place"])
    enter_resolution(uow, said["confirmation"])
    confirmation.confirm(uow, ledger, day, said["confirmation"]["number"], said["confirmed"])


def _hand_over(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """The cashier's post passed on: cash counted, a list from the books, three signatures."""
    ledger, day = said["ledger"], said["day"]
    balance = cash_counts.book_balance(uow.reader, ledger, said["cash"], day)
    cash_counts.count(uow, ledger, said["cash"], day, {}, balance)
    parties = Parties(said["post"], said["giver"], said["taker"], said["supervisor"], said["supervisor_post"])
    number = handovers.begin(uow, day, parties, ledger, said["note"]).value.number
    handovers.make_list(uow, number, with_open=True)
    for kind, title, quantity in said["items"]:
        handovers.add_item(uow, number, ItemKind(kind), title, quantity=quantity)
    handovers.tick_rest(uow, number)
    for place in Place:
        handovers.sign(uow, number, place, day)
    handovers.finish(uow, number, day)


def _old_matter(uow: UnitOfWork, said: Mapping[str, Any]) -> None:
    """Something left from the term before, and who sees to it how until when."""
    ledger, term = said["ledger"], said["term"]
    made = old_matters.add(uow, ledger, term, Side(said["side"]), said["name"], parse_fen(said["balance"]))
    entry = FollowUp(term, MatterStatus.OPEN, said["owner"], said["cause"], said["plan"], said["due"])
    old_matters.follow_up(uow, ledger, made.value.number, entry)
