"""The demonstration village's wall: 2025 posted quarter by quarter, one set corrected, one objection answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village_ledger.domain.attachment import Owner
from village_ledger.domain.objection import ObjectionResult
from village_ledger.domain.period import Span
from village_ledger.domain.posting import Opinion
from village_ledger.exchange.demos.demo_pictures import drawn
from village_ledger.exchange.demos.demo_year import data
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.disclosure.editions import register_all
from village_ledger.services.attachments import attachments
from village_ledger.services.disclosure import calendar_acts, objections, posting_sets, postings
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.clock import now_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from village_ledger.reports.table import Table
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.unit_of_work import UnitOfWork

_DATE = 10


def make_early_sheets(book: BookFile, people: Mapping[str, str]) -> None:
    """The sheets that were made too early: before December's distribution was booked."""
    early = data("wall.toml")["early"]
    with book.unit_of_work(people["preparer"]) as uow:
        _register(uow, early["ledger"], Span(early["first"], early["last"]), early["sheets"])
        uow.commit()


def hang_2025(book: BookFile, people: Mapping[str, str], progress: Progress = SILENT) -> None:
    """Rules followed, every posting with its opinion, photo and end, the objection, and reasons for what never hung.

    On a computer whose calendar stands before those days nothing hangs yet.
    """
    wall = data("wall.toml")
    if now_text()[:_DATE] < wall["looked_at"].isoformat():
        return
    rules = wall["rules"]
    choice = calendar_acts.Choice(rules["set"], rules["rhythm"])
    with book.unit_of_work(people["preparer"]) as uow:
        for ledger in wall["supervisors"]:
            calendar_acts.adopt(uow, ledger, choice, rules["since"], rules["reason"])
        for step, said in enumerate(wall["posting"]):
            progress.step(step, len(wall["posting"]), tr("演示村张贴公开表"))
            _posting(uow, wall, said)
        for said in wall["excuse"]:
            span = Span(said["first"], said["last"])
            calendar_acts.excuse(
                uow, said["ledger"], said["occasion"], span, said["reason"], wall["looked_at"]
            )
        uow.commit()


def _register(
    uow: UnitOfWork, ledger: str, span: Span, letters: str = "", reason: str = ""
) -> Sequence[Table]:
    tables = make_all(uow.reader, "disclosure", ReportRequest(ledger, span, sheets=tuple(letters)))
    register_all(uow, tables, reason)
    return tables


def _posting(uow: UnitOfWork, wall: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    """One hanging from the supervisors' opinion to the archive, as far as it has come."""
    ledger, span = said["ledger"], Span(said["first"], said["last"])
    codes = list[str]()
    if not said.get("early"):
        tables = _register(uow, ledger, span, said.get("sheets", ""))
        codes = [table.check_code for table in tables if table.check_code]
    number = posting_sets.open_posting(uow, ledger, span, codes, said["occasion"]).value.number
    _put_up(uow, wall, ledger, number, said)
    if "objection" in said:
        _objection(uow, ledger, number, said)
        _correct(uow, wall, number, said)
    if "down" in said:
        postings.take_down(uow, ledger, number, said["down"], people=[wall["hung_by"]])
        postings.close(uow, ledger, number, said["down"])


def _put_up(
    uow: UnitOfWork, wall: Mapping[str, Any], ledger: str, number: str, days: Mapping[str, date]
) -> None:
    supervisors = wall["supervisors"][ledger]
    postings.review(uow, ledger, number, Opinion.AGREED, supervisors, days["reviewed"])
    postings.post(uow, ledger, number, days["posted"], wall["place"], [wall["hung_by"]])
    photo, title = drawn("board", [number]), tr("公开栏 {number}.png", number=number)
    attachments.attach(uow, Owner("posting", ledger, number), photo, title, postings.PHOTO)


def _objection(uow: UnitOfWork, ledger: str, number: str, said: Mapping[str, Any]) -> None:
    """What somebody said of one of the sheets, and the answer."""
    asked = said["objection"]
    sheets = uow.reader.posting(ledger, number).sheets
    code = next(sheet.code for sheet in sheets if letter_of(sheet.report) == asked["about"])
    heard = objections.Heard(asked["who"], asked["item"], code, asked["way"])
    made = objections.object_to(uow, ledger, number, asked["day"], heard).value
    objections.answer(uow, ledger, made.number, asked["answered"], asked["by"], asked["answer"])


def _correct(uow: UnitOfWork, wall: Mapping[str, Any], number: str, said: Mapping[str, Any]) -> None:
    """The sheets made again from the books as they are now, in the place of those that hung."""
    ledger, span, correction = said["ledger"], Span(said["first"], said["last"]), said["correction"]
    _register(uow, ledger, span, reason=correction["reason"])
    again = posting_sets.open_posting(
        uow, ledger, span, (), said["occasion"], replaces=number, note=correction["reason"]
    ).value.number
    day, hung_by = correction["posted"], [wall["hung_by"]]
    postings.take_down(uow, ledger, number, day, correction["swapped"], hung_by)
    _put_up(uow, wall, ledger, again, correction)
    (objection,) = uow.reader.objections(ledger, number)
    closed = said["objection"]["closed"]
    objections.close_objection(uow, ledger, objection.number, closed, ObjectionResult.CORRECTED)
    postings.close(uow, ledger, number, day)
