"""The words of ``associate``."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands


def add(commands: Commands) -> None:
    """``associate [--remove]``."""
    associate = commands.add_parser(
        "associate",
        help="双击打开账簿、送审包",
        description="登记文件类型：以后双击账簿、送审包、代管工作区就用本程序打开。只对现在登录电脑的人起作用，不用管理员。",
    )
    associate.add_argument("--remove", action="store_true", help="取消登记")
