"""What can be refused, and the sentence that says so.

    LedgerError          a bookkeeping rule said no: say it, keep the form (exit code 1)
      AmountError        an amount that cannot be read exactly
      VoucherError       a voucher that may not be saved or posted
        UnbalancedVoucher
      ChartError         an account that does not exist, is a parent, belongs elsewhere
      PeriodError        a closed, sealed or future month
      ImportRefused      an imported file with faults; all of them named
      StatementError     a statement definition with an unknown account, a circle, a formula that cannot be read (formula.py)
      DutyError          the same person twice, nobody named, or somebody without the role
        PinError         a wrong PIN or recovery code, or one not good enough
          ShutOutError   too many wrong ones: the door stays shut until a time
        NotSignedIn      the book has staff and this person has not signed in
      ClaimError         a claim that cannot be booked as it is, an advance that does not agree
      ReceiptError       a receipt number that is not there to be used
      MemberError        a person, household or standing that cannot be as asked
      ShareError         a share event a rule (I1 to I16) or the charter forbids
      DividendError      a dividend that cannot be made or paid as asked
      StockTakeError     a stock-take that cannot go on as asked, or a count that cannot be
      HandoverError      a handover of the books, or an old matter, that cannot be as asked
      AttachmentError    a file that cannot be taken in, or is not what it was
        InvoiceError     an electronic invoice that does not add up, was taken in before, or is not what it says
      DecisionError      a step of a decision out of order, a vote or a draw that cannot be
      LimitError         a payment whose decision or papers are not there, rules that leave a gap
      ProjectError       a project's step out of order, or figures that do not agree
      ContractError      a contract, its rent rows or receipts that cannot be as asked
      CalendarError      a rule of the disclosure calendar, an excuse or a matter for it that cannot be as asked
      AssetError         an asset card, its depreciation or disposal that cannot be as asked
      PostingError       a set of sheets on the wall, its review, or an objection to it that cannot be as asked
      PackageError       a package or remarks file that cannot be made, or taken in as asked
      AgencyError        what an agency's workspace cannot do as asked
        BookAway         a village's book that is not where the workspace says, or is another one there
      BookBusy           the book is open for writing elsewhere
      ReadOnlyError      the book was opened read-only
    UnreadableError      wrong usage or a file that cannot be read (exit code 2)
      BookFileError      the book file: missing, foreign, newer, damaged
        DiskFullError    the disk took no more (exit code 1)
      BadPackage         a package or remarks file that is not whole, not signed as it says, or of a newer format
      BadRules           a rule pack of automatic checks that does not read
      BadWorkspace       an agency's workspace file that is missing, foreign, damaged or of a newer format
    Cancelled            the person pressed cancel: nobody is scolded

Every sentence says what happened, whether the books are safe, and what to do next. The number
(``code``) lets a person on the telephone name the sentence.
"""

from __future__ import annotations

from typing import ClassVar

BOOK_UNCHANGED = "账没有变化。"


class LedgerError(Exception):
    """A rule of the trade refused the action; nothing was changed.

    ``what`` is what happened, ``next_step`` what to do; ``str()`` is the whole sentence.
    """

    code: ClassVar[str] = "L-100"
    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, next_step: str = "", *, safe: str = BOOK_UNCHANGED) -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.next_step = next_step

    def __str__(self) -> str:
        sentence = self.what if self.what.endswith(("。", "？", "！")) else f"{self.what}。"
        return f"{sentence}{self.safe}{self.next_step}"


class AmountError(LedgerError):
    """An amount that cannot be read to the fen without guessing."""

    code = "L-110"


class TextError(LedgerError):
    """A text with control characters or beyond its length."""

    code = "L-111"


class VoucherError(LedgerError):
    """A voucher that may not be saved, reviewed, posted or changed."""

    code = "L-120"


class UnbalancedVoucher(VoucherError):
    """Debits and credits differ; both totals in fen are kept for the form."""

    code = "L-121"

    def __init__(self, debit: int, credit: int) -> None:
        from village_ledger.domain.money import format_fen  # money refuses through this module

        self.debit = debit
        self.credit = credit
        side = "贷方" if debit > credit else "借方"
        super().__init__(
            f"借贷不平：借方合计 {format_fen(debit)}，贷方合计 {format_fen(credit)}，"
            f"{side}还差 {format_fen(abs(debit - credit))}",
            "请核对金额后再保存。",
        )


class ChartError(LedgerError):
    """An account that does not exist, is not a leaf, is switched off or may not be changed."""

    code = "L-130"


class PeriodError(LedgerError):
    """A month that is closed, sealed, before the book's start or beyond its open years."""

    code = "L-140"


class DutyError(LedgerError):
    """Separation of duties: preparer and reviewer must be two named people."""

    code = "L-150"


class PinError(DutyError):
    """A PIN or recovery code that is wrong, or too weak to be one."""

    code = "L-151"


class ShutOutError(PinError):
    """Too many wrong PINs: even the right one is not looked at until the time named."""

    code = "L-152"


class NotSignedIn(DutyError):
    """The book has staff; whoever acts must have signed in."""

    code = "L-153"


class ImportRefused(LedgerError):
    """An imported file with faults: every row named, nothing taken in.

    ``faults`` are whole sentences, each beginning with 第N行 as the spreadsheet shows it.
    """

    code = "L-160"

    def __init__(self, faults: list[str], next_step: str = "请改好后再导入一次。") -> None:
        self.faults = faults
        super().__init__(f"文件里有 {len(faults)} 处不对，一行也没有导入", next_step)


class ClaimError(LedgerError):
    """A claim (报账单) or an advance (备用金) that cannot be taken as it is."""

    code = "L-185"


class ReceiptError(LedgerError):
    """A receipt number that is out of its book, handed out twice, or accounted for twice."""

    code = "L-186"


class MemberError(LedgerError):
    """A person, household or standing that is not there, or cannot be as asked."""

    code = "L-190"


class ShareError(LedgerError):
    """A share event that a rule or the charter forbids; the sentence names the rule."""

    code = "L-191"


class DividendError(LedgerError):
    """A dividend that cannot be made or paid as asked."""

    code = "L-192"


class ParcelError(LedgerError):
    """A parcel of land that is not there, or whose area, bounds or history cannot be as asked."""

    code = "L-202"


class StockTakeError(LedgerError):
    """A stock-take (清产核资) that cannot go on as asked, or a count that cannot be."""

    code = "L-205"


class HandoverError(LedgerError):
    """A handover (会计交接) or an old matter (旧账) that cannot be as asked."""

    code = "L-206"


class LimitError(LedgerError):
    """A payment whose decision or papers are not there yet, or rules that leave a gap."""

    code = "L-240"


class ProjectError(LedgerError):
    """A project's step out of order, or figures that do not agree."""

    code = "L-245"


class AttachmentError(LedgerError):
    """A file that cannot be an attachment, or one whose stored bytes are not what they were."""

    code = "L-198"


class DecisionError(LedgerError):
    """A decision's step out of order or too early, a vote that cannot be or did not carry, a draw that cannot be made."""

    code = "L-197"


class AssetError(LedgerError):
    """An asset card, its depreciation, its change or its disposal that cannot be as asked."""

    code = "L-201"


class ContractError(LedgerError):
    """A contract (合同) whose terms, changes or receipts cannot be as asked."""

    code = "L-195"


class PostingError(LedgerError):
    """A set of sheets on the wall (张贴), its review or taking down, or an objection, that cannot be as asked."""

    code = "L-250"


class InvoiceError(AttachmentError):
    """An electronic invoice that cannot be read, does not add up, or was taken in before."""

    code = "L-199"


class CalendarError(LedgerError):
    """Rules of the disclosure calendar (公开日历), an excuse or a matter to be published that cannot be as asked."""

    code = "L-250"


class PackageError(LedgerError):
    """A package (送审包) or remarks file that cannot be made, or cannot be taken in as asked."""

    code = "L-260"


class AgencyError(LedgerError):
    """An agency's workspace (代管工作区) that cannot do as asked."""

    code = "L-270"

    def __init__(self, what: str, next_step: str = "", *, safe: str = "各村的账没有变化。") -> None:
        super().__init__(what, next_step, safe=safe)


class BookAway(AgencyError):
    """A village's book that is not where the workspace says, or another one in its place."""

    code = "L-271"


class BookBusy(LedgerError):
    """The book is open for writing elsewhere; holder and time are in the sentence."""

    code = "L-170"


class UnreadableError(LedgerError):
    """Wrong usage, or a file that cannot be read at all."""

    code = "S-100"
    exit_code = 2


class BookFileError(UnreadableError):
    """What the world did to the book file: missing, foreign, newer, damaged, full disk."""

    code = "S-110"


class DiskFullError(BookFileError):
    """The disk took no more; the transaction rolled back."""

    code = "S-104"
    exit_code = 1


class BadPackage(UnreadableError):
    """A package or remarks file that is not whole, not signed as it says, or of a newer format; nothing was written."""

    code = "S-150"

    def __init__(
        self, what: str, next_step: str = "请对方重新做一个。", *, safe: str = "没有往任何地方写文件。"
    ) -> None:
        super().__init__(what, next_step, safe=safe)


class BadWorkspace(UnreadableError):
    """An agency's workspace file that cannot be read as one; no book was opened."""

    code = "S-160"

    def __init__(self, what: str, next_step: str = "", *, safe: str = "各村的账没有动。") -> None:
        super().__init__(what, next_step, safe=safe)


class BadRules(UnreadableError):
    """A rule pack of automatic checks that does not read; nothing was reviewed by it."""

    code = "S-151"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(
            f"规则文件 {file} {what}",
            "请照程序自带的 review_checks.toml 改好再审阅，或不写规则文件。",
            safe="一个包也没有审。",
        )


class ReadOnlyError(LedgerError):
    """The book was opened read-only (medium, permission or another writer)."""

    code = "S-120"


MISREAD = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What reading a file may raise in which stands what no program of ours has written; of a file that proves it is our mistake."""


class Cancelled(Exception):
    """The person cancelled; the transaction rolls back and nothing is said."""
