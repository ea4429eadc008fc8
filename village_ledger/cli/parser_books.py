"""Words of ``bind``: books on paper as they are bound."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, add_book, add_ledger, month, year

BOOKS = (
    "general-ledger",
    "account-ledger",
    "cash-journal",
    "bank-journal",
    "multi-column",
    "quantity-ledger",
    "vouchers",
)


def add(commands: Commands) -> None:
    """The subcommand."""
    bind = commands.add_parser(
        "bind",
        help="打印装订用的账簿",
        description="一年的账簿连封面、启用表、目录打成一册；凭证按月，连封面。",
    )
    add_book(bind, "账簿文件")
    bind.add_argument("kind", metavar="KIND", choices=BOOKS, help=f"打哪一种：{'、'.join(BOOKS)}")
    add_ledger(bind)
    when = bind.add_mutually_exclusive_group(required=True)
    when.add_argument("--year", type=year, metavar="YYYY", help="哪一年")
    when.add_argument("--month", type=month, metavar="YYYY-MM", help="哪个月的凭证")
    bind.add_argument(
        "--paper", choices=("form", "A4"), default="form", help="凭证的纸：240×140（默认）或 A4 一页两张"
    )
    bind.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="写到哪个 PDF 文件")
