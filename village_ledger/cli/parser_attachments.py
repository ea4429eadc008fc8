"""Words of the command line for attachments: ``attach``, ``attachment``, ``invoice``."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import (
    Commands,
    add_book,
    add_by,
    add_ledger,
    day,
    name,
    voucher,
    words,
)

REPORTS: tuple[str, ...] = ("missing-evidence", "attachments")
ACTS = ("list", "check", "save", "take-back", "entry-info")
OWNER = "挂在哪里：voucher:2025-03/记-0012、contract:合同编号、asset:资产编号、decision:文号、posting:张贴编号 …，inbox 先收着"


def add(commands: Commands) -> None:
    """Subcommands of this area."""
    attach = commands.add_parser(
        "attach", help="附上文件", description="把文件附在凭证、合同、资产、决议上；附件号写到标准输出。"
    )
    add_book(attach, "账簿文件")
    attach.add_argument("owner", metavar="OWNER", help=OWNER)
    attach.add_argument("file", metavar="FILE", type=Path, nargs="+", help="文件，可以几个")
    add_ledger(attach)
    attach.add_argument("--kind", type=name, metavar="K", help="种类：发票、合同、照片、签字页 …")
    attach.add_argument("--paper", type=name, metavar="WHERE", help="纸质原件放在哪里")
    add_by(attach, "命令行")
    _attachment(commands)
    _invoice(commands)


def _attachment(commands: Commands) -> None:
    attachment = commands.add_parser(
        "attachment",
        help="看附件、核对附件",
        description="list 列出，check 逐个核对，save 存出来，take-back 撤下，entry-info 出入账信息文件。",
    )
    attachment.add_argument("act", metavar="ACT", choices=ACTS, help="、".join(ACTS))
    add_book(attachment, "账簿文件")
    attachment.add_argument(
        "what", metavar="WHAT", nargs="?", help="list 后可写挂在哪里；save、take-back 后写附件号"
    )
    add_ledger(attachment)
    attachment.add_argument(
        "--voucher", type=voucher, metavar="REF", help="entry-info：哪张凭证，2025-03/记-0012"
    )
    attachment.add_argument("--reason", type=words, metavar="TEXT", help="take-back：为什么撤下")
    attachment.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PLACE",
        help="save：存到哪个文件夹；entry-info：文件，几张发票的写文件夹",
    )
    add_by(attachment, "命令行")


def _invoice(commands: Commands) -> None:
    invoice = commands.add_parser(
        "invoice",
        help="读电子发票",
        description="invoice read FILE 只读不收；invoice BOOK take FILE 收进账簿，可以直接填成草稿。电子发票一律未验签。",
    )
    invoice.add_argument("first", metavar="read|BOOK", help="read，或账簿文件")
    invoice.add_argument("second", metavar="FILE|take", help="要读的文件，或 take")
    invoice.add_argument("third", metavar="FILE", nargs="*", help="take 后的文件，可以几个")
    add_ledger(invoice)
    invoice.add_argument("--voucher", type=voucher, metavar="REF", help="附在这张凭证上；不写就先收着")
    invoice.add_argument("--draft", action="store_true", help="每张发票填成一份凭证草稿，等人来改、来存")
    invoice.add_argument("--date", type=day, metavar="DATE", help="草稿的日期，默认是开票日期")
    add_by(invoice, "命令行")
