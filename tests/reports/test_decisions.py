"""Papers of decisions: the register, a file, the lots anybody can draw again, the sheet with six boxes a stage."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.builders import COMMITTEE, Village
from tests.decision_village import NUMBER, draw, drawn, opened, sign, signed, step, steps, the_list
from village_ledger.cli.main import main
from village_ledger.domain.decision import Stage, Step
from village_ledger.domain.errors import DecisionError
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.decisions.catalogue_decisions import print_panel_sheet
from village_ledger.reports.table import Role, Table
from village_ledger.services.decisions import decision_files, panels


def made(village: Village, name: str, number: str = "", **more: object) -> Table:
    return make(village.reader, name, ReportRequest(item=number, **more))  # pyright: ignore[reportArgumentType]  the request's own fields


def cells(table: Table, key: str, role: Role = Role.DETAIL) -> list[object]:
    place = table.column_index(key)
    return [row.cells[place] for row in table.rows if row.role is role]


@pytest.fixture
def decided(village: Village) -> Village:
    """A file whose decision stage is half signed, and one of the committee's just proposed."""
    opened(village)
    drawn(village, NUMBER)
    steps(village, NUMBER, "consulted", "reviewed")
    signed(village, NUMBER, Stage.PROPOSAL)
    steps(village, NUMBER, "resolved", "published")
    for place in (1, 2, 3):
        sign(village, NUMBER, Stage.DECISION, place)
    sign(village, NUMBER, Stage.DECISION, 4, verdict="disagree", opinion="先修水渠")
    opened(village, "青村决〔2025〕2号", ledger=COMMITTEE, matter="welfare", body="villager-representatives")
    return village


def test_the_register_says_how_far_every_matter_is(decided):
    table = made(decided, "decision-register")
    assert cells(table, "number") == [NUMBER, "青村决〔2025〕2号"]
    assert cells(table, "body") == ["成员代表大会", "村民代表会议"]
    assert cells(table, "vote") == ["27/28/30", ""]
    assert cells(table, "signed") == ["10/24", ""]
    assert cells(table, "state") == ["决议公开", "支部提议"]
    assert cells(table, "next") == ["组织实施", "两委商议"]
    assert (table.ledger, table.entity) == ("", "青山村")
    assert cells(made(decided, "decision-register", ledger=COMMITTEE), "number") == ["青村决〔2025〕2号"]
    assert cells(made(decided, "decision-register", span=Span.of_year(2024)), "number") == []


def test_a_file_shows_every_step_and_what_each_vote_had_to_reach(decided):
    with decided.act() as uow:
        decision_files.name_interest(uow, NUMBER, "包工头", "投标人")
        decision_files.link(uow, NUMBER, "contract", "HT-7")
    table = made(decided, "decision", NUMBER)
    assert cells(table, "step") == [step.words for step in Step if step is not Step.DROPPED]
    assert cells(table, "date")[:5] == [date(2025, 5, d) for d in (6, 8, 10, 25, 26)]
    assert cells(table, "needs")[3] == "到会 20，赞成 20"
    assert cells(table, "notice")[3:5] == ["2025-05-12 通知，提前 13 日", "公示到 2025-06-02，7 日"]
    assert all(check.ok for check in table.checks)
    notes = "".join(table.notes)
    assert "利害关系人：包工头（投标人）。" in notes
    assert "据此办理：合同 HT-7。" in notes
    assert "提议 6/6，决策 4/6，实施 0/6，评议 0/6" in notes


def test_a_dropped_matter_says_so(decided):
    step(decided, NUMBER, "executed", step=Step.DROPPED, note="改由镇里修")
    table = made(decided, "decision", NUMBER)
    assert (cells(table, "step")[-1], cells(table, "note")[-1]) == ("终止", "改由镇里修")


def test_the_lots_can_be_drawn_again_from_the_paper_alone(village):
    opened(village)
    the_list(village, 普通党员="李国强 周德清* 陈秀英 赵平")
    with village.act() as uow:
        decision_files.name_interest(uow, NUMBER, "秦二喜", "投标人")
    panel = draw(village, NUMBER)
    with village.act() as uow:
        panels.substitute(uow, NUMBER, panel.seats[4].name, "外出务工")
    table = made(village, "panel-lots", NUMBER)
    rows = [row.cells for row in table.rows if row.role is Role.DETAIL]
    digest = str(table.facts["list_digest"])
    lines = "".join(f"{r}\t{n}\t{'回避' if out == '名单注明回避' else ''}\n" for r, _, n, _, _, out in rows)
    assert digest == hashlib.sha256(lines.encode()).hexdigest()
    for register in dict.fromkeys(str(row[0]) for row in rows):
        takes_part = [row[2] for row in rows if row[0] == register and row[3] is not None]
        text = f"{table.facts['seed']}\n{digest}\n{register}"
        index = int(hashlib.sha256(text.encode()).hexdigest(), 16) % len(takes_part)
        (first,) = [row for row in rows if row[0] == register and row[4] in {"● 抽中", "○ 第 1 轮，已替补"}]
        assert first[2] == takes_part[index]
    assert "名单注明回避" in cells(table, "out")
    assert "本人是利害关系人（投标人）" in cells(table, "out")
    assert cells(table, "drawn").count("● 抽中") == 3
    assert cells(table, "drawn").count("○ 第 1 轮，已替补") == 1
    assert cells(table, "drawn").count("● 第 2 轮抽中") == 1
    assert cells(table, "drawn", Role.SUBTOTAL) == ["● 替补"]
    assert digest in table.notes[0]


def test_the_signatures_as_figures(decided):
    table = made(decided, "panel-sheet", NUMBER)
    assert len(cells(table, "stage")) == 24
    assert cells(table, "verdict")[6:12] == ["同意", "同意", "同意", "不同意", "", ""]
    assert cells(table, "opinion")[9] == "先修水渠"
    assert cells(table, "on_paper")[9] == "是"


@pytest.mark.parametrize("wall", [False, True])
def test_the_sheet_has_a_page_a_stage_with_six_boxes(decided, tmp_path, wall):
    path = Path(tmp_path, "六手印记.pdf")
    result = print_panel_sheet(decided.reader, ReportRequest(item=NUMBER), path, wall=wall)
    assert result.missing == ()
    document = pypdfium2.PdfDocument(path)
    assert len(document) == len(Stage)
    assert round(document[0].get_width() / 72 * 25.4) == (420 if wall else 297)
    for page, stage in zip(document, Stage, strict=True):
        text = page.get_textpage().get_text_range()
        assert text.count("签名") == 6
        assert stage.words in text
        for name in ("文律师", "唐代表", "修通组公路", NUMBER, "3-7-1-9"):
            assert name in text
    second = document[1].get_textpage().get_text_range()
    assert (second.count("原件已按"), second.count("按手印处")) == (4, 2)
    assert "先修水渠" in second
    document.close()


def test_papers_of_a_panel_need_a_draw(village):
    opened(village)
    for name in ("panel-sheet", "panel-lots"):
        with pytest.raises(DecisionError, match="还没有抽签"):
            made(village, name, NUMBER)
    with pytest.raises(DecisionError, match="没有决策卷宗"):
        made(village, "decision", "无此号")


@pytest.mark.parametrize("name", ["decision-register", "decision", "panel-sheet", "panel-lots"])
@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "pdf"])
def test_every_paper_from_the_command_line(decided, tmp_path, capsys, name, ending):
    target = tmp_path / f"out.{ending}"
    asked = ["report", str(decided.path), name, "-o", str(target)]
    if name != "decision-register":
        assert main(asked) == 2
        assert "请加上 --decision 和决策文号" in capsys.readouterr().err
        asked += ["--decision", NUMBER]
    assert main(asked) == 0
    assert target.stat().st_size > 0
    if ending == "json":
        assert json.loads(target.read_text(encoding="utf-8"))["report"] == name
