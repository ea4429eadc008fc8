"""Taking a reviewer's remarks and verdicts into the village's book (收审阅意见), and answering them.

No remark changes a figure. A verdict changes how a voucher of a one-person post stands (待补审 → 已审核), an accepted month may
be sealed on the package. What came is kept word for word, so that ``verify`` can hold all of it to its signature.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, PackageError
from village_ledger.domain.package import fingerprint
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.remarks import Remark, Remarks, Verdict, VoucherVerdict, read_remarks
from village_ledger.domain.voucher import SUMMARY_LIMIT, StoredVoucher, VoucherRef, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.review.village_keys import signed_by
from village_ledger.storage.closing.queries import Seal
from village_ledger.storage.closing.register import ClosingRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.review.inspection import ANSWERED, REMARKS_IN, SECOND_REVIEW, second_review_detail
from village_ledger.storage.review.queries import Answer, SentPackage, TakenRemarks
from village_ledger.storage.review.register import ReviewRegister
from village_ledger.storage.unit_of_work import UnitOfWork

SEALED = "封存"


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A remark with what was answered."""

    file: TakenRemarks
    remark: Remark
    answers: tuple[Answer, ...]
    also: tuple[str, ...] = ()
    """Numbers of remarks of other files on the same package that say the same rule of the same place."""

    @property
    def number(self) -> str:
        """How it is called: file and number, 1-12."""
        return f"{self.file.id}-{self.remark.number}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return not self.answers


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a remarks file."""

    said: Remarks
    passed: int
    returned: int
    sealed: tuple[str, ...]
    """Months as people say them, each with its ledger's title."""
    first_key: bool
    """Whether the reviewer's key was seen for the first time: its fingerprint should be compared."""

    @property
    def fingerprint(self) -> str:
        """The reviewer's key, to be compared with what the township says."""
        return fingerprint(self.said.public_key)


def take_in(uow: UnitOfWork, content: bytes, compared: str = "") -> Outcome[TakenIn]:
    """Take a remarks file in, all of it or nothing; ``compared`` is the fingerprint as the township said it.

    Raises BadPackage for what is no remarks file, PackageError for one that is not signed as it says, of another book, of no
    package of ours, taken in before or from an unknown key, DutyError for a reviewer who prepared what he passes.
    """
    named(uow.by)
    require(uow, Duty.DISCLOSE)
    said, digest = read_remarks(content), sha256(content).digest()
    package = _ensure_ours(uow.reader, said, digest)
    first_key = _ensure_known(uow, said, compared)
    register = ReviewRegister(uow)
    file_id = register.add_remarks(digest, package.seq, said)
    uow.log.add(
        REMARKS_IN,
        subject=digest.hex(),
        detail=f"{said.office} {said.reviewer}，第{package.seq}包，{len(said.remarks)} 条意见",
    )
    for verdict in said.verdicts:
        _apply(uow, register, file_id, said, verdict)
    sealed = [_seal(uow, package, ledger, Month.parse(month)) for ledger, month in said.accepted]
    kinds = [verdict.verdict for verdict in said.verdicts]
    taken = TakenIn(said, kinds.count(Verdict.PASS), kinds.count(Verdict.RETURN), tuple(sealed), first_key)
    return Outcome(taken, Changes(vouchers=bool(kinds), periods=bool(sealed)))


def to_compare(reader: Reader, content: bytes) -> str:
    """The fingerprint a person compares before a file is taken in that passes vouchers or accepts months; empty where none is.

    The first key of a reviewer is taken on trust with remarks alone, which may be read by anybody; a month sealed on them stays
    sealed. Raises BadPackage for what is no remarks file.
    """
    said = read_remarks(content)
    passes = said.accepted or any(one.verdict is Verdict.PASS for one in said.verdicts)
    known = any(one.public == said.public_key for one in reader.known_reviewers())
    return fingerprint(said.public_key) if passes and not known else ""


def _ensure_ours(reader: Reader, said: Remarks, digest: bytes) -> SentPackage:
    if not signed_by(said.public_key, said.to_sign(), said.signature):
        raise PackageError("审阅意见的签名无效，可能被改动过", "请审阅的人重新做一份。")
    if said.book != reader.book().uid:
        raise PackageError(
            f"这份审阅意见是给{said.village}另一本账的", "请核对文件，也看看打开的是不是这本账。"
        )
    if any(bytes(one.digest) == digest for one in reader.taken_remarks()):
        raise PackageError("这份审阅意见已经收过了", "不用再收；答复请在审阅意见里写。")
    package = next((one for one in reader.sent_packages() if bytes(one.digest).hex() == said.package), None)
    if package is None:
        raise PackageError("这份审阅意见说的送审包不是这本账做的", "请核对是不是恢复过备份，或拿错了文件。")
    return package


def _ensure_known(uow: UnitOfWork, said: Remarks, compared: str) -> bool:
    """Whether the key is new and was taken on trust; the first is taken, a later other one only with its fingerprint."""
    known = uow.reader.known_reviewers()
    if any(one.public == said.public_key for one in known):
        return False
    shown = fingerprint(said.public_key)
    same = _plain(compared) == _plain(shown)
    if compared and not same:
        raise PackageError(f"指纹和文件里的（{shown}）不一样", "请再和乡镇核对；不一样就不能收。")
    if known and not same:
        raise PackageError(
            f"审阅人换了签名密钥，指纹是 {shown}", "请打电话和乡镇核对；一样的，把指纹写上再收一次。"
        )
    ReviewRegister(uow).know_reviewer(said.public_key, said.office, compared=same)
    return not same


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()


def _apply(
    uow: UnitOfWork, register: ReviewRegister, file_id: int, said: Remarks, verdict: VoucherVerdict
) -> None:
    stored = uow.reader.find_voucher(verdict.ledger, VoucherRef.parse(verdict.voucher))
    if not stored.awaits_second_review:
        raise PackageError(
            f"{verdict.voucher} 不在等补审，这份审阅意见一条也没有收", "请审阅的人核对后重新做一份。"
        )
    if said.reviewer in (stored.prepared_by, stored.posted_by):
        raise DutyError(
            f"{verdict.voucher} 是 {said.reviewer} 自己制单或记账的，不能由同一个人补审", "请乡镇换一个人审。"
        )
    if verdict.verdict is Verdict.RETURN and not verdict.reason.strip():
        raise PackageError(f"{verdict.voucher} 退回没有写原因", "请审阅的人写明原因后重新做一份。")
    at = said.made_at.isoformat(timespec="seconds")
    register.second_review(stored.id, file_id, verdict, said.reviewer, at)
    uow.log.add(
        SECOND_REVIEW,
        ledger=stored.ledger,
        subject=str(stored.ref),
        detail=second_review_detail(verdict.verdict.value, said.reviewer, at, verdict.reason),
    )


def _seal(uow: UnitOfWork, package: SentPackage, ledger: str, month: Month) -> str:
    """Seal a month on the package that carried it as it was closed, never on one sent before; returns it in words."""
    title, when = uow.reader.ledger(ledger).title, month.words()
    state = next((m.state for m in uow.reader.months(ledger) if m.month == month), None)
    if state is MonthState.SEALED:
        raise PackageError(f"{title}{when}已经封存", "请审阅的人去掉这个月，重新做一份。")
    if state is not MonthState.CLOSED or not uow.reader.carried_as_closed(ledger, month, package.seq):
        raise PackageError(
            f"{title}{when}在第{package.seq}包里还没有结账，或结账以后变过，不能凭这个包封存",
            "请结账以后再做一个送审包。",
        )
    earlier = [
        m.month for m in uow.reader.months(ledger) if m.month < month and m.state is not MonthState.SEALED
    ]
    if earlier:
        raise PackageError(
            f"{title}前面的{earlier[0].words()}还没有封存，不能先封存{when}", "请按月份的先后接受。"
        )
    sheet = bytes(package.digest).hex()
    ClosingRegister(uow).note_seal(Seal(ledger, month, "package", "", "", sheet))
    uow.periods.set_state(ledger, month, MonthState.SEALED)
    uow.log.add(SEALED, ledger=ledger, subject=str(month), detail=f"乡镇接受的送审包 {sheet}")
    return f"{title}{when}"


def answer(uow: UnitOfWork, file_id: int, number: int, text: str) -> Outcome[None]:
    """Answer a remark; raises PackageError for one there is not, or without words."""
    named(uow.by)
    require(uow, Duty.DISCLOSE)
    text = check_text(text, "答复", SUMMARY_LIMIT * 4)
    if not text:
        raise PackageError("答复不能是空的", "请写明怎样办的，或为什么不用办。")
    said = next((one.body for one in uow.reader.taken_remarks() if one.id == file_id), None)
    if said is None or number not in {one.number for one in read_remarks(said.encode()).remarks}:
        raise PackageError(f"没有第 {file_id} 份审阅意见的第 {number} 条", "请核对编号。")
    ReviewRegister(uow).answer(file_id, number, text)
    uow.log.add(ANSWERED, subject=f"{file_id}-{number}", detail=text)
    return Outcome(None, Changes())


def remarks(reader: Reader) -> list[RemarkView]:
    """Every remark of every file with its answers, the newest file first, the gravest remark first.

    What the automatic remarks and those pinned by hand both say is listed once, as the newer file says it.
    """
    found: list[RemarkView] = []
    for taken in reversed(reader.taken_remarks()):
        answers = reader.remark_answers(taken.id)
        said = read_remarks(taken.body.encode()).remarks
        newer = len(found)
        for remark in sorted(said, key=lambda one: one.severity.place):
            given = tuple(one for one in answers if one.number == remark.number)
            view = RemarkView(taken, remark, given)
            twin = next((n for n, one in enumerate(found[:newer]) if _same(one, view)), None)
            if twin is None:
                found.append(view)
            else:
                found[twin] = _merged(found[twin], view)
    return found


def _same(newer: RemarkView, older: RemarkView) -> bool:
    return newer.file.package_seq == older.file.package_seq and newer.remark.is_twin(older.remark)


def _merged(newer: RemarkView, older: RemarkView) -> RemarkView:
    answers = sorted((*older.answers, *newer.answers), key=lambda one: one.at)
    return replace(newer, answers=tuple(answers), also=(*newer.also, older.number))


def pending(reader: Reader, ledger: str) -> list[StoredVoucher]:
    """Vouchers of a one-person post the township has not passed yet."""
    ids = [one.id for one in reader.vouchers(ledger) if one.awaits_second_review]
    return reader.vouchers_by_id(ids)
