"""A village's own asset list taken in: classes as merged rows, sums, dates such as 2016.3, a platform's export beside it.

What can be worked out is (months and salvage from what was taken, a month from the platform's sheet) and is said; what
cannot stops the import with sheet, row and column until it is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from village_ledger.domain.errors import ImportRefused, LedgerError, UnreadableError
from village_ledger.domain.money import format_fen
from village_ledger.exchange.assets.import_assets_reading import Entry, OwnList, Problem, Reading, Stuck
from village_ledger.exchange.assets.import_assets_rows import ASSET_FIELDS, AssetRow, AssetRows
from village_ledger.exchange.assets.import_assets_words import (
    MEANINGS,
    asset_vocabulary,
    through,
    words,
)
from village_ledger.exchange.reading.answers import Answers, read_answers
from village_ledger.exchange.reading.cells import fen_of, reason
from village_ledger.exchange.reading.heading_rows import Layout, propose, tidy
from village_ledger.exchange.reading.shown_sheet import ShownSheet, read_shown
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.i18n import tr

ANSWER_HINT = (
    "请改好后再导入一次；也可以把答复写成一个 csv（三列：行、栏、答复），用 --answers 带上，答复写对的值，"
    "或者“略去”（不要这一行）；使用月数可以答“按类别”（用这一类常用的月数）或“不提折旧”。"
)


def is_own_list(path: Path) -> bool:
    """Whether a file is a list kept by hand and no file of the contract's columns."""
    sheets = read_shown(path)
    first = next(((row, cells) for row, cells in sheets[0].rows), None) if sheets else None
    if first is None:
        return False
    headings = {tidy(cell).casefold() for cell in first[1]}
    known = [{f.key, f.label} for f in ASSET_FIELDS if f.required]
    return first[0] > 1 or sum(bool(names & headings) for names in known) < len(known) // 2


def read_own_list(path: Path, answers: Path | None = None) -> AssetRows:
    """The cards of a list kept by hand; raises UnreadableError, ImportRefused naming every place that needs an answer."""
    layout = find_layout(path)
    found = examine(layout, read_answers(answers, layout, words()["answers"]) if answers is not None else {})
    if found.problems:
        raise ImportRefused([problem.sentence for problem in found.problems], tr(ANSWER_HINT))
    if not found.rows:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有资产", name=path.name), tr("请核对是不是选错了文件。")
        )
    return AssetRows(found.rows, found.notices)


def find_layout(path: Path, chosen: Mapping[int, str] | None = None) -> Layout:
    """The heading of the list and its columns; raises UnreadableError where there is none."""
    sheets = read_shown(path)
    by_hand = [sheet for sheet in sheets if not _is_platform(sheet)]
    layout = propose(by_hand or sheets, asset_vocabulary(), chosen)
    if layout is None or layout.missing:
        needed = "、".join(MEANINGS[x] for x in asset_vocabulary().needed)
        raise UnreadableError(
            tr("“{name}”里找不到资产表的表头", name=path.name),
            tr("表头要有这些列：{needed}；请核对是不是选错了文件。", needed=needed),
        )
    return layout


def _is_platform(sheet: ShownSheet) -> bool:
    wanted = set(words()["platform"]["headings"])
    return any(wanted <= {tidy(cell) for cell in cells} for row, cells in sheet.rows if row <= 10)


def examine(layout: Layout, answers: Answers) -> OwnList:
    """What the list says under the answers so far; writes nothing."""
    found = OwnList(layout, as_of=through(layout.sheet.rows, layout.row))
    platform = _platform_rows(layout.sheet.path)
    category = ""
    section: list[AssetRow] = []
    for row, cells in layout.rows:
        filled = [tidy(cell) or str(cell) for cell in cells if cell != ""]
        if any(text in words()["cells"]["sums"] for text in filled):
            _hold_against(found, row, cells, section if "小计" in filled else found.rows)
            section = []
        elif len(filled) == 1 and cells[0] != "":
            category, section = filled[0], []
        elif filled:
            entry = _entry(layout, row, cells, category, platform)
            one = _read(found, entry, answers)
            if one is not None:
                found.rows.append(one)
                section.append(one)
    for row, meaning in sorted(answers.keys() - found.answered):
        said = tr("第{row}行：答复了“{field}”，可是没有用到。", row=row, field=MEANINGS.get(meaning, ""))
        found.problems.append(Problem(row, meaning, said))
    return found


def _entry(
    layout: Layout, row: int, cells: Sequence[Cell], category: str, platform: list[dict[str, Cell]]
) -> Entry:
    mine = {x.meaning: cells[x.place] for x in layout.columns if x.meaning and x.place < len(cells)}
    code, name = tidy(mine.get("code", "")), tidy(mine.get("name", ""))
    twin = next((p for p in platform if code and tidy(p.get("code", "")).endswith(code)), None)
    twin = twin or next((p for p in platform if tidy(p.get("name", "")) == name), None)
    return Entry(row, tidy(mine.get("kind", "")) or category, mine, twin or {})


def _platform_rows(path: Path) -> list[dict[str, Cell]]:
    sheet = next((s for s in read_shown(path) if _is_platform(s)), None)
    layout = propose([sheet], asset_vocabulary()) if sheet is not None else None
    if layout is None:
        return []
    return [
        {x.meaning: cells[x.place] for x in layout.columns if x.meaning and x.place < len(cells)}
        for _, cells in layout.rows
    ]


def _read(found: OwnList, entry: Entry, answers: Answers) -> AssetRow | None:
    """An asset of the list; None where it is left out or waits for an answer."""

    def answered(meaning: str) -> str:
        text = answers.get((entry.row, meaning), "")
        if text:
            found.answered.add((entry.row, meaning))
        return text

    if answered(""):
        found.notices.append(tr("第{row}行按答复略去。", row=entry.row))
        return None
    reading = Reading(found, entry, answered)
    try:
        return reading.asset()
    except Stuck as stuck:
        reading.note(stuck.meaning, stuck.what, stuck.proposal)
    except LedgerError as error:
        reading.note("", reason(error))
    return None


def _hold_against(found: OwnList, row: int, cells: Sequence[Cell], rows: Sequence[AssetRow]) -> None:
    """A row of sums agrees with the rows it adds up, unless some of them still wait for an answer."""
    if found.problems:
        return
    for meaning, total in (
        ("cost", sum(one.card.cost for one in rows)),
        ("accumulated", sum(one.card.opening for one in rows)),
    ):
        place = found.layout.place(meaning)
        cell = cells[place] if place is not None and place < len(cells) else ""
        said = fen_of(cell)
        if cell != "" and said != total:
            at = found.layout.sheet.at(row, place, found.layout.heading(place or 0))
            what = tr(
                "{at}：合计写的是 {said}，各行加起来是 {total}。",
                at=at,
                said=format_fen(said),
                total=format_fen(total),
            )
            found.problems.append(Problem(row, meaning, what))
