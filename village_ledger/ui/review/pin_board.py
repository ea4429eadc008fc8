"""What is pinned where in the book in view: the reviewer's own draft, and remarks that came in earlier with their answers."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village_ledger.domain.errors import MISREAD, BadPackage, LedgerError
from village_ledger.domain.remark_place import FigurePlace, VoucherPlace
from village_ledger.i18n import tr
from village_ledger.services.review.remarks_in import RemarkView, remarks

if TYPE_CHECKING:
    from village_ledger.domain.remark_draft import RemarkDraft
    from village_ledger.domain.remarks import Remark
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.review.opened_package import OpenedPackage


@dataclass(frozen=True, slots=True)
class PinTag:
    """A remark as its ochre tag and the strip say it."""

    number: str
    """``3`` of the reviewer's draft, ``1-12`` of a file taken in."""
    text: str
    who: str
    answer: str = ""
    line: int = 0
    """Line of the voucher, 0 for all of it."""
    row: str = ""
    column: str = ""
    page: str = "remarks"
    """The list it stands in."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it; its tag is filled then."""
        return not self.answer

    def words(self) -> str:
        """Remark, who says so, and the answer."""
        said = tr("{text}（{who}）", text=self.text, who=self.who) if self.who else self.text
        return tr("{said}　答复：{answer}", said=said, answer=self.answer) if self.answer else said


SheetKey = tuple[str, tuple[tuple[str, str], ...], str]


class PinBoard:
    """Read once from the book and the draft; looked up by voucher and by sheet."""

    def __init__(self, reader: Reader, draft: RemarkDraft | None = None) -> None:
        self._vouchers: dict[int, list[PinTag]] = defaultdict(list)
        self._sheets: dict[SheetKey, list[tuple[str, PinTag]]] = defaultdict(list)
        for view in _taken(reader):
            answer = view.answers[-1].text if view.answers else ""
            self._pin(reader, view.remark, view.number, view.file.reviewer, answer, "remarks")
        for remark in draft.remarks if draft is not None else ():
            self._pin(reader, remark, str(remark.number), "", "", "pinned")

    def _pin(self, reader: Reader, remark: Remark, number: str, who: str, answer: str, page: str) -> None:
        place = remark.pinned_to
        if isinstance(place, VoucherPlace):
            voucher = reader.voucher_id(remark.ledger, place.ref)
            self._vouchers[voucher].append(
                PinTag(number, remark.text, who, answer, line=place.line, page=page)
            )
        elif isinstance(place, FigurePlace):
            tag = PinTag(number, remark.text, who, answer, row=place.row, column=place.column, page=page)
            self._sheets[place.key].append((remark.ledger, tag))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is pinned to any voucher or figure."""
        return not (self._vouchers or self._sheets)

    @property
    def has_vouchers(self) -> bool:
        """Whether something is pinned to vouchers."""
        return bool(self._vouchers)

    def on_voucher(self, voucher_id: int) -> list[PinTag]:
        """Everything pinned to a voucher or its lines."""
        return self._vouchers.get(voucher_id, [])

    def on_sheet(self, place: FigurePlace, ledger: str) -> list[PinTag]:
        """Everything pinned to rows of a sheet, of a ledger or, without one, of any."""
        return [tag for of, tag in self._sheets.get(place.key, ()) if ledger in ("", of)]

    @property
    def widest(self) -> str:
        """The longest number, which every tag has room for."""
        tags = [tag for tags in self._vouchers.values() for tag in tags]
        tags += [tag for pairs in self._sheets.values() for _, tag in pairs]
        return max((tag.number for tag in tags), key=len, default="1")


def _taken(reader: Reader) -> list[RemarkView]:
    """Remarks the book has; what another program wrote into a package and does not read has no tags."""
    try:
        return remarks(reader)
    except (LedgerError, *MISREAD):
        return []


def read_pins(reader: Reader, opened: OpenedPackage | None) -> PinBoard:
    """Of a village's own book what came in; of a package also what the reviewer has written of it so far."""
    if opened is None:
        return PinBoard(reader)
    from village_ledger.exchange.review.remark_drafts import load_draft
    from village_ledger.settings import config_file

    with suppress(BadPackage):  # the page of remarks says that the draft does not read
        return PinBoard(reader, load_draft(config_file().parent, opened.digest))
    return PinBoard(reader)
