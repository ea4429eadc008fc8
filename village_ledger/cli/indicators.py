"""``indicator``: the lines from which a village looks at its indicators."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.talk import say
from village_ledger.cli.writing import writing
from village_ledger.domain.indicator import Indicator
from village_ledger.i18n import tr


def run_indicator(asked: Namespace) -> int:
    """Set a line; one sentence says which one holds now."""
    from village_ledger.services.indicators.indicator_rules import set_line

    with writing(asked) as uow:
        done = set_line(uow, asked.key, asked.value).value
        uow.commit()
    line = Indicator(done, None, "").line_shown or tr("不设")
    say(tr("{name}的警戒线：{line}。", name=done.name, line=line))
    return 0
