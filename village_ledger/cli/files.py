"""``associate``: a double click opens our files."""

from __future__ import annotations

from argparse import Namespace

from village_ledger import file_types
from village_ledger.cli.talk import say
from village_ledger.i18n import tr


def run_associate(asked: Namespace) -> int:
    """Tell this computer about our files, or take it back."""
    names = "、".join(f"{one.words}（{one.ending}）" for one in file_types.TYPES)
    if asked.remove:
        file_types.unregister()
        say(tr("取消了：双击不再用本程序打开{names}。账簿没有变化。", names=names))
    else:
        file_types.register()
        say(tr("登记好了：以后双击就打开{names}。", names=names))
    return 0
