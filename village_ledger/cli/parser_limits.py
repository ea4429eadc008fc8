"""Small powers and approval limits: words of ``limits`` and ``payment``."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_ledger.cli.arguments import (
    Commands,
    Parser,
    add_book,
    add_by,
    add_ledger,
    day,
    name,
    voucher,
    words,
)
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import parse_fen
from village_ledger.i18n import tr

REPORTS: tuple[str, ...] = (
    "approval-limits",
    "small-powers",
    "incomplete-papers",
    "approval-register",
    "payment-approval",
)
LIMIT_ACTS = ("adopt", "show", "check", "list", "presets", "powers")
PAYMENT_ACTS = ("show", "approve", "advance", "settle", "pass", "list")


def add(commands: Commands) -> None:
    """``limits`` and ``payment``."""
    _limits(
        commands.add_parser(
            "limits",
            help="审批限额",
            description="审批限额：adopt 从某天起采用一套规则，show 看现行的（写 -o 存成可以改的文件），"
            "check 问一笔钱要什么手续，list 看各版，presets 看现成的几套，"
            "powers 看小微权力清单（-o 存成文件，--file 采用改好的）。没有采用以前不管任何付款。",
        )
    )
    _payment(
        commands.add_parser(
            "payment",
            help="付款审批",
            description="付款审批：show 看一张凭证要什么、缺什么，approve 登记审批，advance 把已经付出、手续不全的改记暂付，"
            "settle 手续补齐后结清暂付，pass 审核人写明原因放行拆分、关联的提醒，list 列手续不全的暂付。",
        )
    )


def fen(text: str) -> int:
    """An amount in yuan, fen out."""
    try:
        return parse_fen(text)
    except LedgerError as error:
        raise argparse.ArgumentTypeError(error.what) from None


def pair(text: str) -> tuple[str, str]:
    """位置=姓名."""
    key, equals, value = text.partition("=")
    if not (equals and key.strip() and value.strip()):
        raise argparse.ArgumentTypeError(tr("“{text}”要写成 名=值 的样子", text=text))
    return key.strip(), value.strip()


def paper(text: str) -> tuple[str, int]:
    """附件=张数, one sheet when no number is written."""
    key, _, count = text.partition("=")
    if not key.strip() or not (count.strip() or "1").isascii() or not (count.strip() or "1").isdigit():
        raise argparse.ArgumentTypeError(tr("“{text}”要写成 附件=张数 的样子", text=text))
    return key.strip(), int(count.strip() or "1")


def _limits(parser: Parser) -> None:
    add_book(parser, "账簿文件")
    parser.add_argument("act", metavar="ACT", choices=LIMIT_ACTS, help="、".join(LIMIT_ACTS))
    add_ledger(parser)
    parser.add_argument("--preset", type=name, metavar="A|B|C|D", help="现成的哪一套")
    parser.add_argument("--file", type=Path, metavar="FILE", help="自己的规则文件（toml）")
    parser.add_argument("--from", dest="since", type=day, metavar="DATE", help="adopt：从哪天起")
    parser.add_argument("--reason", type=words, metavar="TEXT", help="adopt：依据的文件或会议")
    parser.add_argument("--kind", type=name, metavar="K", help="check：哪类支出，如 非生产性支出")
    parser.add_argument("--amount", type=fen, metavar="A", help="check：多少元")
    parser.add_argument("--date", type=day, metavar="DATE", help="show、check：哪一天，默认今天")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="show：存成规则文件")
    add_by(parser, "设置")


def _payment(parser: Parser) -> None:
    add_book(parser, "账簿文件")
    parser.add_argument("act", metavar="ACT", choices=PAYMENT_ACTS, help="、".join(PAYMENT_ACTS))
    add_ledger(parser)
    parser.add_argument(
        "--voucher", type=voucher, metavar="YYYY-MM/记-0012", help="哪张凭证；settle 写暂付的那张"
    )
    parser.add_argument("--decision", type=name, metavar="NO", help="决策或决议编号")
    parser.add_argument(
        "--sign", type=pair, action="append", default=[], metavar="处=姓名", help="谁在哪里签了字，可写多次"
    )
    parser.add_argument(
        "--paper", type=paper, action="append", default=[], metavar="附件=张数", help="有哪些附件，可写多次"
    )
    parser.add_argument("--payee", type=name, metavar="NAME", help="advance：钱付给了谁")
    parser.add_argument("--account", metavar="CODE", help="advance：暂付记在哪个科目，默认按收款人")
    parser.add_argument("--date", type=day, metavar="DATE", help="settle：哪天结清")
    parser.add_argument("--reason", type=words, metavar="TEXT", help="pass：为什么放行")
    add_by(parser, "制单")
