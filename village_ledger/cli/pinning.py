"""``remarks PACKAGE …``: a reviewer pins remarks, passes and returns vouchers, accepts months, prints and signs the file.

What is written is kept where the window keeps it, so that one may begin here and go on there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.talk import say, terminal_progress
from village_ledger.domain.errors import PackageError
from village_ledger.domain.period import Month
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remark_place import TITLES, FigurePlace, place_of, place_words
from village_ledger.domain.remarks import ENDING, Remark, Verdict, VoucherVerdict
from village_ledger.domain.review_check import Severity
from village_ledger.exchange.review.remark_drafts import keep_draft, load_draft, remarks_name
from village_ledger.i18n import tr
from village_ledger.settings import Preferences, config_file, reviewer_key_file

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from village_ledger.exchange.review.package_reading import Package
    from village_ledger.storage.reader import Reader

NOBODY = "命令行"
"""Who acts where nobody is named: no reviewer."""
_PROVES = frozenset({"sign", "opinion"})
"""Acts that go by whether the package holds."""


def run_pinning(asked: Namespace) -> int:
    """One act on the draft of a package."""
    from village_ledger.exchange.review.package_reading import opened, reading
    from village_ledger.storage.file.book_file import Access, open_book

    act = _ACTS.get(asked.file)
    if act is None:
        raise UsageError(
            tr("送审包上不能“{act}”", act=asked.file), tr("可以写：{acts}。", acts="、".join(_ACTS))
        )
    with (
        opened(asked.book, terminal_progress(), prove=asked.file in _PROVES) as package,
        reading(),
        open_book(package.book, Access.READ) as book,
    ):
        return act(asked, package, book.reader())


def _draft(package: Package) -> RemarkDraft:
    return load_draft(config_file().parent, package.digest.hex())


def _keep(package: Package, draft: RemarkDraft) -> None:
    keep_draft(config_file().parent, package.digest.hex(), draft)


def _ledger(asked: Namespace, reader: Reader) -> str:
    return str(asked.ledger or reader.ledgers()[0].code)


def _pin(asked: Namespace, package: Package, reader: Reader) -> int:
    from village_ledger.services.review.second_reviews import ensure_there

    if asked.text is None:
        raise UsageError(tr("钉一条意见要写 --text"))
    place = place_of(asked.place or "")
    if isinstance(place, FigurePlace):
        _ensure_sheet(place)
    ledger = _ledger(asked, reader)
    ensure_there(reader, ledger, place)
    number = asked.number or 0
    remark = Remark(number, ledger, asked.place or "", Severity(asked.severity), asked.text, asked.rule or "")
    draft = _draft(package).pinned(remark)
    _keep(package, draft)
    said = draft.remarks[number - 1 if 0 < number <= len(draft.remarks) else -1]
    say(tr("第 {number} 条钉上了：{place} {text}", number=said.number, place=_where(said), text=said.text))
    return 0


def _ensure_sheet(place: FigurePlace) -> None:
    """Raises PackageError for the name of no report and no page."""
    from village_ledger.cli.parser import REPORTS

    known = place.name in REPORTS or place.name in TITLES or "_" in place.name
    if not known and not place.name.startswith(("own:", "disclosure")):
        raise PackageError(tr("没有“{name}”这张表", name=place.name), tr("报表的名字和 report 命令的一样。"))


def _where(remark: Remark) -> str:
    return place_words(remark.place) or tr("整本账")


def _list(asked: Namespace, package: Package, reader: Reader) -> int:
    """What is written so far, then what came earlier with the village's answers."""
    from village_ledger.services.review.remarks_in import remarks

    del asked
    draft, titles = _draft(package), {info.code: info.title for info in reader.ledgers()}
    for one in draft.remarks:
        print(
            f"{one.number} {one.severity.words} {titles.get(one.ledger, one.ledger)} {_where(one)} {one.text} {one.rule}".rstrip()
        )
    for one in draft.verdicts:
        print(f"{one.verdict.words} {titles.get(one.ledger, one.ledger)} {one.voucher} {one.reason}".rstrip())
    for ledger, month in draft.accepted:
        print(
            tr("接受 {ledger} {month}", ledger=titles.get(ledger, ledger), month=Month.parse(month).words())
        )
    if draft.is_empty:
        say(tr("这个包还没有写意见。"))
    for view in remarks(reader):
        answers = "；".join(given.text for given in view.answers) or tr("还没有答复")
        print(
            tr(
                "以前的 {number} {ledger} {place} {text}：{answers}",
                number=view.number,
                ledger=titles.get(view.remark.ledger, view.remark.ledger),
                place=_where(view.remark),
                text=view.remark.text,
                answers=answers,
            )
        )
    return 0


def _drop(asked: Namespace, package: Package, reader: Reader) -> int:
    """Take back a remark by its number, a verdict by its voucher, an accepted month."""
    draft, ledger = _draft(package), _ledger(asked, reader)
    if asked.number is not None:
        if not 1 <= asked.number <= len(draft.remarks):
            raise PackageError(tr("没有第 {number} 条意见", number=asked.number), tr("请用 list 看编号。"))
        left = draft.without(asked.number)
    elif asked.voucher is not None:
        left = draft.unjudged(ledger, asked.voucher)
    elif asked.month is not None:
        left = draft.accepting(ledger, asked.month) if (ledger, asked.month) in draft.accepted else draft
    else:
        raise UsageError(tr("收回要写 --number、--voucher 或 --month"))
    if left == draft:
        raise PackageError(tr("没有这一项，没有可收回的"), tr("请用 list 看写了什么。"))
    _keep(package, left)
    say(tr("收回了。"))
    return 0


def _judge(verdict: Verdict) -> Callable[[Namespace, Package, Reader], int]:
    def act(asked: Namespace, package: Package, reader: Reader) -> int:
        from village_ledger.services.review.second_reviews import ensure_may_say

        if asked.voucher is None:
            raise UsageError(tr("要写 --voucher"))
        said = VoucherVerdict(_ledger(asked, reader), asked.voucher, verdict, asked.text or "")
        ensure_may_say(reader, RemarkDraft().judged(said), "" if asked.by == NOBODY else asked.by)
        _keep(package, _draft(package).judged(said))
        say(tr("{voucher} {words}，写进意见了。", voucher=asked.voucher, words=verdict.words))
        return 0

    return act


def _accept(asked: Namespace, package: Package, reader: Reader) -> int:
    from village_ledger.services.review.second_reviews import ensure_may_say

    if asked.month is None:
        raise UsageError(tr("接受要写 --month"))
    draft, ledger, month = _draft(package), _ledger(asked, reader), str(Month.parse(asked.month))
    if (ledger, month) in draft.accepted:
        raise PackageError(tr("{month}已经接受过", month=Month.parse(month).words()), tr("要收回请用 drop。"))
    more = draft.accepting(ledger, month)
    ensure_may_say(reader, RemarkDraft(accepted=more.accepted), "")
    _keep(package, more)
    say(tr("接受{month}，写进意见了。", month=Month.parse(month).words()))
    return 0


def _opinion(asked: Namespace, package: Package, reader: Reader) -> int:
    from village_ledger.exchange.review.remark_drafts import written_opinion
    from village_ledger.reports.pens.render_xlsx import write_xlsx
    from village_ledger.reports.printing import print_tables

    target: Path | None = asked.output
    if target is None or target.suffix.lower() not in {".pdf", ".xlsx"}:
        raise UsageError(tr("意见书要写 -o 文件，.pdf 或 .xlsx"))
    table = written_opinion(reader, _draft(package), package, _who(asked))
    if target.suffix.lower() == ".xlsx":
        write_xlsx((table,), target)
    else:
        print_tables((table,), target)
    say(tr("审核意见书写好了：{file}。", file=target))
    return 0


def _who(asked: Namespace) -> tuple[str, str]:
    """Reviewer and office: as said now, else as this computer remembers."""
    kept = Preferences().desk()
    return ("" if asked.by == NOBODY else asked.by) or kept.reviewer, asked.office or kept.office


def _sign(asked: Namespace, package: Package, reader: Reader) -> int:
    from village_ledger.exchange.review.remark_drafts import write_remarks
    from village_ledger.exchange.review.review_files import reviewer_of

    target: Path | None = asked.output
    if target is None:
        raise UsageError(tr("存意见文件要写 -o 文件或文件夹"))
    if target.is_dir():
        target /= remarks_name(package)
    elif target.suffix.lower() != ENDING:
        raise UsageError(tr("意见文件的名字要以 {ending} 结尾", ending=ENDING))
    key = asked.key or reviewer_key_file()
    who = reviewer_of(*_who(asked), key, drafts=config_file().parent)
    said = write_remarks(reader, _draft(package), package, who, target)
    say(
        tr(
            "存好了：{file}，{count} 条意见，{verdicts} 张结论，接受 {months} 个月，{who} 签名。拷回村里收。",
            file=target,
            count=len(said.remarks),
            verdicts=len(said.verdicts),
            months=len(said.accepted),
            who=said.reviewer,
        )
    )
    return 0


_ACTS: dict[str, Callable[[Namespace, Package, Reader], int]] = {
    "list": _list,
    "pin": _pin,
    "drop": _drop,
    "pass": _judge(Verdict.PASS),
    "return": _judge(Verdict.RETURN),
    "accept": _accept,
    "opinion": _opinion,
    "sign": _sign,
}
