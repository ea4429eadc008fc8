"""Words of ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, add_book


def add(commands: Commands) -> None:
    """Both subcommands."""
    backup = commands.add_parser(
        "backup", help="备份账簿", description="把账簿整份拷到一个文件夹，拷完核对余额。"
    )
    add_book(backup, "账簿文件")
    backup.add_argument("folder", metavar="DIR", type=Path, help="放备份的文件夹，最好在另一块盘或 U 盘上")
    restore = commands.add_parser(
        "restore", help="从备份恢复", description="从备份另建一本账簿，先核对备份，绝不覆盖已有的文件。"
    )
    restore.add_argument("backup", metavar="BACKUP", type=Path, help="备份文件")
    add_book(restore, "恢复成的账簿文件，不能已经存在")
