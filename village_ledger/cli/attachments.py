"""``attach``, ``attachment`` and ``invoice``: files on what they prove, proven themselves; electronic invoices read."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all, terminal_progress
from village_ledger.cli.writing import writing
from village_ledger.domain.attachment import INBOX, Owner
from village_ledger.domain.electronic_invoice import NOT_VERIFIED, ElectronicInvoice
from village_ledger.domain.errors import AttachmentError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import VoucherRef
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


def run_attach(asked: Namespace) -> int:
    """Attach files to something; their numbers go to stdout."""
    from village_ledger.exchange.attachments.attachment_files import take_all

    files = [(path, path.name) for path in asked.file]
    with writing(asked) as uow:
        owner = owner_of(uow.reader, asked.owner, asked.ledger)
        done = take_all(uow, owner, files, asked.kind or "", asked.paper or "")
        uow.commit()
    for kept in done.value:
        print(kept.id)
    say_all(done.warnings)
    read = [kept.invoice for kept in done.value if kept.invoice]
    if read:
        say(tr("电子发票 {numbers}：{state}。", numbers="、".join(dict.fromkeys(read)), state=NOT_VERIFIED))
    say(tr("附上了 {n} 个文件。", n=len(done.value)))
    return 0


def owner_of(reader: Reader, text: str, ledger: str | None) -> Owner:
    """What ``voucher:2025-03/记-0012`` and its kin mean; raises AttachmentError, VoucherError."""
    kind, _, key = text.partition(":")
    code = ledger_of(reader, ledger)
    if kind == "voucher":
        key = str(reader.find_voucher(code, VoucherRef.parse(key)).id)
    owner = Owner(kind, code, "" if kind == INBOX else key)
    if not reader.owner_is_known(owner):
        raise AttachmentError(
            tr("没有编号是“{key}”的{what}", key=key, what=owner.words), tr("请核对编号和是哪本账。")
        )
    return owner


def run_attachment(asked: Namespace) -> int:
    """One of the acts on what is attached."""
    acts = {
        "list": _list,
        "check": _check,
        "save": _save,
        "take-back": _take_back,
        "entry-info": _entry_info,
    }
    needs = {"save": ("what", "output"), "take-back": ("what", "reason"), "entry-info": ("voucher", "output")}
    missing = [key for key in needs.get(asked.act, ()) if not getattr(asked, key)]
    if missing:
        said = "、".join({"what": tr("附件号"), "output": "-o"}.get(key, f"--{key}") for key in missing)
        raise UsageError(tr("attachment {act} 还缺：{words}", act=asked.act, words=said))
    return acts[asked.act](asked)


def _list(asked: Namespace) -> int:
    from village_ledger.reports.attachments.evidence_sheet import state_words
    from village_ledger.services.attachments.attachments import place

    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        kept = (
            reader.attachments(owner_of(reader, asked.what, asked.ledger))
            if asked.what
            else [a for a in reader.every_attachment() if asked.ledger in (None, a.owner.ledger)]
        )
        for one in kept:
            parts = (
                str(one.id),
                place(reader, one.owner),
                one.title,
                one.kind,
                str(one.size),
                state_words(one),
            )
            print("\t".join(parts))
    say(tr("共 {n} 个附件。", n=sum(1 for one in kept if one.stands)))
    return 0


def _check(asked: Namespace) -> int:
    """Every byte of every attachment; exit code 1 when one is not what it was."""
    from village_ledger.services.attachments.attachments import place, unsound

    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        wrong = unsound(reader, terminal_progress())
        for one, condition in wrong:
            said = f"{one.id}\t{place(reader, one.owner)}\t{one.title}\t{condition.words}"
            print(said)
        count = sum(1 for _ in reader.every_attachment())
    if wrong:
        say(tr("{n} 个附件不对，请从备份里找回或重新附上。账没有变化。", n=len(wrong)))
        return 1
    say(tr("{n} 个附件都和存入时一样。", n=count))
    return 0


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise UsageError(tr("“{text}”不是附件号", text=text), tr("attachment list 可以看号。"))
    return int(text)


def _save(asked: Namespace) -> int:
    from village_ledger.services.attachments.attachments import save

    with open_book(asked.book, Access.READ) as book:
        print(save(book.reader(), _number(asked.what), asked.output))
    return 0


def _take_back(asked: Namespace) -> int:
    from village_ledger.services.attachments.attachments import take_back

    number = _number(asked.what)
    with writing(asked) as uow:
        done = take_back(uow, number, asked.reason)
        uow.commit()
    say(tr("撤下了“{title}”，它还留在账簿里。", title=done.value.title))
    return 0


def _entry_info(asked: Namespace) -> int:
    """One file, or a folder of one file an invoice."""
    from village_ledger.exchange.vouchers.entry_files import write_entry_files, write_text
    from village_ledger.services.attachments.entry_information import files_of

    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        stored = reader.find_voucher(ledger_of(reader, asked.ledger), asked.voucher)
        if asked.output.is_dir():
            written = write_entry_files(reader, stored, asked.output)
        else:
            texts = list(files_of(reader, stored).values())
            if len(texts) > 1:
                raise UsageError(
                    tr("{ref} 有 {n} 张电子发票，一张一个文件", ref=stored.ref, n=len(texts)),
                    tr("-o 请写一个文件夹。"),
                )
            written = [write_text(asked.output, texts[0])]
    for path in written:
        print(path)
    say(tr("写好了 {n} 个入账信息文件。", n=len(written)))
    return 0


def run_invoice(asked: Namespace) -> int:
    """Read an invoice, or take invoices in."""
    if asked.first == "read" and not asked.third:
        return _read(Path(asked.second))
    if asked.second == "take" and asked.third:
        asked.book = Path(asked.first)
        return _take(asked, [Path(name) for name in asked.third])
    raise UsageError(tr("请写成 invoice read FILE 或 invoice BOOK take FILE"))


def _read(path: Path) -> int:
    from village_ledger.exchange.attachments.attachment_files import content_of
    from village_ledger.exchange.attachments.einvoice import read_invoice

    invoice = read_invoice(content_of(path), path.name)
    for label, text in described(invoice):
        print(f"{label}\t{text}")
    return 0


def described(invoice: ElectronicInvoice) -> list[tuple[str, str]]:
    """An invoice line by line, as the terminal shows it."""
    rows = [
        (tr("种类"), f"{invoice.kind.words} {invoice.title}".strip()),
        (tr("票据号"), invoice.key),
        (tr("开票日期"), invoice.day.isoformat()),
        (tr("销售方"), invoice.seller),
        (tr("购买方"), invoice.buyer),
        (tr("金额"), format_fen(invoice.net)),
        (tr("税额"), format_fen(invoice.tax)),
        (tr("价税合计"), format_fen(invoice.gross)),
    ]
    rows += [(tr("明细"), f"{line.name} {format_fen(line.gross)}") for line in invoice.lines]
    if invoice.is_red:
        rows.append((tr("红字"), tr("冲减，原发票 {number}", number=invoice.original or tr("没有写明"))))
    return [*rows, (tr("签名"), NOT_VERIFIED)]


def _take(asked: Namespace, paths: Sequence[Path]) -> int:
    from village_ledger.exchange.attachments.attachment_files import content_of, take_all
    from village_ledger.exchange.attachments.einvoice import read_invoice
    from village_ledger.services.attachments import invoice_draft
    from village_ledger.services.entry import drafts

    invoices = [read_invoice(content_of(path), path.name) for path in paths]
    made = 0
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        owner = Owner(INBOX, ledger)
        if asked.voucher:
            owner = Owner("voucher", ledger, str(uow.reader.find_voucher(ledger, asked.voucher).id))
        done = take_all(uow, owner, [(path, path.name) for path in paths])
        if asked.draft and not asked.voucher:
            for invoice in {one.key: one for one in invoices}.values():
                drafts.autosave(uow, invoice_draft.proposed(uow.reader, ledger, invoice, asked.date))
                made += 1
        uow.commit()
    for number in dict.fromkeys(one.key for one in invoices):
        print(number)
    say_all(done.warnings)
    drafted = tr("，填了 {n} 份草稿", n=made) if made else ""
    say(
        tr(
            "收了 {n} 张电子发票（{state}）{drafted}。",
            n=len({i.key for i in invoices}),
            state=NOT_VERIFIED,
            drafted=drafted,
        )
    )
    return 0
