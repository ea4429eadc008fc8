"""``backup`` and ``restore``: a copy that is proven, and a book made again from one."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from village_ledger.cli.talk import say, say_all, terminal_progress
from village_ledger.i18n import tr


def run_backup(asked: Namespace) -> int:
    """Copy the book; the file's name goes to stdout."""
    from village_ledger.services.book.backups import back_up, incomplete

    made = back_up(asked.book, asked.folder, datetime.now())  # noqa: DTZ005  the village's clock
    print(made)
    say(tr("备份好了：{file}，余额和账簿一致。", file=made))
    say_all(tuple(filter(None, (incomplete(made),))))
    return 0


def run_restore(asked: Namespace) -> int:
    """Make a book from a backup."""
    from village_ledger.services.book.backups import restore

    lost = restore(asked.backup, asked.book, terminal_progress())
    say(tr("恢复好了：{book}，逐条核对过。", book=asked.book))
    say_all(tuple(filter(None, (lost,))))
    return 0
