"""A village that decides, in a few words, so that tests of files and panels read like the minutes.

number = opened(village)                    # 青村决〔2025〕1号, the collective's, proposed on 2025-05-06
steps(village, number, "consulted", "reviewed", "resolved", "published")
drawn(village, number)                      # the list taken in, four drawn, two fixed
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.decision import Entry, Stage, Step
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.panel import PLACES, ListRow
from village_ledger.domain.voting import Vote
from village_ledger.services.decisions import decision_files, panels
from village_ledger.services.decisions.decision_files import Asked
from village_ledger.storage.decisions.records import Decision, Panel

NUMBER = "青村决〔2025〕1号"
FOUR = {
    "组长老干部": "何世全 罗长贵 杨桂芳",
    "普通党员": "李国强 周德清 陈秀英 赵平",
    "困难户": "吴大福 郑小兰 秦二喜",
    "其他农户": "孙有田 钱多福 冯春花 褚老四 卫青山",
}
MINUTES = {
    "proposed": Entry(Step.PROPOSED, date(2025, 5, 6)),
    "consulted": Entry(Step.CONSULTED, date(2025, 5, 8), Vote(9, 8, 8)),
    "reviewed": Entry(Step.REVIEWED, date(2025, 5, 10), Vote(40, 30, 25)),
    "resolved": Entry(Step.RESOLVED, date(2025, 5, 25), Vote(30, 28, 27, 1), date(2025, 5, 12)),
    "published": Entry(Step.PUBLISHED, date(2025, 5, 26)),
    "executed": Entry(Step.EXECUTED, date(2025, 6, 20)),
    "result": Entry(Step.RESULT, date(2025, 6, 25)),
}
SIGNED_ON = {
    Stage.PROPOSAL: date(2025, 5, 10),
    Stage.DECISION: date(2025, 5, 26),
    Stage.EXECUTION: date(2025, 6, 21),
    Stage.EVALUATION: date(2025, 6, 30),
}


def opened(
    village: Village,
    number: str = NUMBER,
    *,
    ledger: str = COLLECTIVE,
    matter: str = "project",
    body: str = "",
) -> str:
    """A file opened and proposed."""
    asked = Asked(ledger, matter, "修通组公路", body or "representatives", 86_000_00)
    with village.act() as uow:
        decision_files.open_file(uow, number, asked, MINUTES["proposed"])
    return number


def step(village: Village, number: str, name: str, **more: object) -> Decision:
    """One step as the minutes have it, but for what is said otherwise."""
    entry = replace(MINUTES[name], **more)  # pyright: ignore[reportArgumentType]  an entry's own fields
    with village.act() as uow:
        return decision_files.take_step(uow, number, entry).value


def steps(village: Village, number: str, *names: str) -> None:
    """Steps as the minutes have them."""
    for name in names:
        step(village, number, name)


def the_list(village: Village, **more: str) -> None:
    """The four registers taken in; ``name*`` is marked 回避."""
    names = [(register, name) for register, text in (FOUR | more).items() for name in text.split()]
    rows = [
        ListRow(n, register, name.rstrip("*"), name.endswith("*"))
        for n, (register, name) in enumerate(names, 1)
    ]
    with village.act() as uow:
        panels.take_list(uow, rows)


def draw(village: Village, number: str, seed: str = "3-7-1-9") -> Panel:
    """Lots drawn."""
    with village.act() as uow:
        return panels.draw_lots(uow, number, seed).value


def drawn(village: Village, number: str) -> Panel:
    """A whole panel: four drawn, two by name."""
    the_list(village)
    draw(village, number)
    with village.act() as uow:
        panels.take_seat(uow, number, 5, "文律师", "律师")
        return panels.take_seat(uow, number, 6, "唐代表", "人大代表").value


def sign(village: Village, number: str, stage: Stage, place: int, **more: object) -> Decision:
    """One place agrees on the day of the stage, but for what is said otherwise."""
    said = panels.Signature(**({"verdict": "agree", "day": SIGNED_ON[stage]} | more))  # pyright: ignore[reportArgumentType]  a signature's own fields
    with village.act() as uow:
        return panels.sign(uow, number, stage, place, said).value


def signed(village: Village, number: str, stage: Stage) -> None:
    """All six agree to a stage."""
    for place in range(1, PLACES + 1):
        sign(village, number, stage, place)


def refusal(village: Village, act: object) -> str:
    """The sentence an act is refused with; the log is as before."""
    before = len(list(village.reader.operations()))
    try:
        act()  # pyright: ignore[reportCallIssue]  a function without arguments
    except LedgerError as error:
        assert len(list(village.reader.operations())) == before
        return str(error)
    raise AssertionError("not refused")
