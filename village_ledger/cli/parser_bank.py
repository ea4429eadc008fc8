"""Words of the command line for the bank: accounts, matching, balances, and what ``import bank`` takes."""

from __future__ import annotations

import argparse

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, add_ledger, day, name, words
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import parse_fen
from village_ledger.storage.bank.queries import KIND_WORDS

BANK_ACTS = (
    "accounts",
    "add",
    "lines",
    "match",
    "unmatch",
    "error",
    "draft",
    "assert",
    "assertions",
    "outstanding",
)


def add(commands: Commands) -> None:
    """``bank``: everything about bank accounts but the import and the report."""
    bank = commands.add_parser(
        "bank",
        help="银行账户和对账",
        description="accounts 列出银行账户，add 登记；lines 列出对账单的行和勾对，match 勾对（不写 --line 就自动勾对），"
        "unmatch 取消，error 标银行错账，draft 把银行有账上没有的填成凭证，assert 核对余额，assertions 列出核对过的余额，"
        "outstanding 补录第一份对账单以前的未达账项。",
    )
    add_book(bank, "账簿文件")
    bank.add_argument("act", metavar="ACT", choices=BANK_ACTS, help="、".join(BANK_ACTS))
    add_ledger(bank)
    bank.add_argument("--account", metavar="CODE", help="银行存款的末级科目；只有一个银行账户时可以不写")
    bank.add_argument("--number", metavar="NO", help="add：银行账号")
    bank.add_argument("--bank", type=name, metavar="NAME", help="add：开户银行")
    bank.add_argument(
        "--kind", choices=tuple(KIND_WORDS), default="basic", help="add：basic 基本户、special 专户 …"
    )
    bank.add_argument("--opened", type=day, metavar="DATE", help="add：开户日期")
    bank.add_argument(
        "--line", type=int, action="append", default=[], metavar="N", help="对账单的行号，可以写多次"
    )
    bank.add_argument(
        "--voucher",
        action="append",
        default=[],
        metavar="YYYY-MM/记-0012",
        help="match：账上的凭证，可以写多次",
    )
    bank.add_argument("--match", type=int, metavar="N", help="unmatch：哪一组")
    bank.add_argument("--counter", metavar="CODE", help="draft：对方科目，不写就按规则")
    bank.add_argument("--none", action="store_true", help="error：不是银行错账")
    bank.add_argument("--date", type=day, metavar="DATE", help="assert、outstanding：哪一天")
    bank.add_argument("--balance", type=amount, metavar="AMOUNT", help="assert：对账单余额")
    bank.add_argument("--amount", type=amount, metavar="AMOUNT", help="outstanding：金额，付出写负数")
    bank.add_argument(
        "--side", choices=("book", "bank"), default="book", help="outstanding：账上有（book）或银行有（bank）"
    )
    bank.add_argument("--note", type=words, metavar="TEXT", help="说明")
    add_by(bank, "命令行")


def add_import_options(taken: Parser) -> None:
    """What only ``import bank`` takes."""
    taken.add_argument("--account", metavar="CODE", help="对账单：银行存款的哪个末级科目")
    taken.add_argument("--bank", type=name, metavar="NAME", help="对账单：开户银行，文件里没有写时用")
    taken.add_argument(
        "--mapping", metavar="列=意思,…", help="对账单：列的意思，如 交易日期=日期,收入金额=收入"
    )


def amount(text: str) -> int:
    """An amount argument in fen."""
    try:
        return parse_fen(text)
    except LedgerError as error:
        raise argparse.ArgumentTypeError(error.what) from None
