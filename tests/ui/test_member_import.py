"""Taking 石门沟村's files in by hand: columns turned, four questions answered in place, then all of it at once."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.shares.clerk import SAMPLES, identity
from village_ledger.domain.period import parse_day
from village_ledger.services.people.people import number_of
from village_ledger.services.shares import shares
from village_ledger.services.transfers import resolutions
from village_ledger.ui.bank.bank_import_page import TextModel
from village_ledger.ui.people.member_import_page import MemberImportPage
from village_ledger.ui.people.members_page import MembersPage

MESSY, PLAN = SAMPLES / "members_messy.xlsx", SAMPLES / "shares_plan.xlsx"
FILE, COLUMNS, ANSWERS, SAY = range(4)


@pytest.fixture
def page(page_of) -> MemberImportPage:
    return page_of(MemberImportPage)


def read(page: MemberImportPage, settle, path: Path, kind: str = "members") -> None:
    if page.file.kinds.value != kind:
        page.file.kinds.set_value(kind)
        page._on_kind(kind)
    page.look_at(path)
    settle()


def said(page: MemberImportPage) -> str:
    """What the slip says."""
    assert page.slip.notice is not None
    return page.slip.notice.sentence()


def questions(page: MemberImportPage) -> list[tuple[str, ...]]:
    model = page.answers.table.view.model()
    assert isinstance(model, TextModel)
    return [tuple(row) for row in model.rows]


def answer_all(page: MemberImportPage, settle) -> None:
    for act in ("wait", "wait", "leave_out", "wait"):
        page.action(act).trigger()
        settle()


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_members_lead_to_it(page_of, settle, navigator):
    page_of(MembersPage).action("take_in").trigger()
    assert navigator.opened[-1][0] == "member_import"


def test_the_village_register_by_hand(page, settle, qtbot, village, navigator):
    read(page, settle, MESSY)
    assert page.step == COLUMNS
    assert "211 人 62 户；4 处待答" in page.status()
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.step == ANSWERS
    assert [row[:3] for row in questions(page)] == [
        ("✕ 待答", "24", "唐春梅"),
        ("✕ 待答", "119", "张朝阳"),
        ("✕ 待答", "145", "李小琼"),
        ("✕ 待答", "172", "蒲玉珍"),
    ]
    assert "旁注：号码显示不全" in page.answers.what.text()
    page.go_on()
    assert page.step == ANSWERS
    assert "还有 4 处没有答" in said(page)
    page.answers.table.setFocus()
    qtbot.keyClick(page.answers.table.view, Qt.Key.Key_Return)
    page.answers.field.setText("519903199901120622")
    qtbot.keyClick(page.answers.field, Qt.Key.Key_Return)
    settle()
    assert questions(page)[0][0] == "✓ 已答"
    assert page.answers.table.row == 1
    for act in ("wait", "leave_out", "wait"):
        page.action(act).trigger()
        settle()
    assert not village.reader.people()
    page.go_on()
    settle()
    assert not village.reader.people()
    assert page.step == SAY
    assert page.next.text() == "导入 214 人 62 户"
    assert "答过 4 处" in page.say.sum.text()
    page.go_on()
    settle()
    assert len(village.reader.people()) == 214
    assert number_of(village.book, village.reader.person_at("007/唐春梅").id) == "519903199901120622"
    assert number_of(village.book, village.reader.person_at("032/张朝阳").id) is None
    assert navigator.opened[-1][0] == "members"
    assert page.found is None


def test_a_wrong_answer_is_asked_again_and_one_is_taken_back(page, settle):
    read(page, settle, MESSY)
    page.go_on()
    page.answers.answered.emit("519903199901120621")
    settle()
    first = questions(page)[0]
    assert first[0] == "✕ 待答"
    assert "校验码不对" in first[3]
    page.answers.table.go_to_row(0)
    page.action("wait").trigger()
    settle()
    assert questions(page)[0][4] == "待核"
    page.answers.table.go_to_row(0)
    page.action("take_back").trigger()
    settle()
    assert [row[0] for row in questions(page)] == ["✕ 待答"] * 4


def test_a_number_of_somebody_else_cannot_wait(page, settle):
    read(page, settle, MESSY)
    page.go_on()
    page.answers.table.go_to_row(2)
    page.action("wait").trigger()
    settle()
    assert questions(page)[2][0] == "✕ 待答"


def test_the_same_answer_for_all_that_say_the_same(page, settle, tmp_path):
    head = "户编号,户主,姓名,与户主关系,身份证号,是否成员,确认日期"
    rows = [f"{n:03},户{n},户{n},户主,{identity(n)},,2019.11.30" for n in range(1, 6)]
    read(page, settle, write(tmp_path / "册.csv", head, *rows))
    page.go_on()
    assert len(questions(page)) == 5
    page.answers.field.setText("是")
    page.action("same").trigger()
    settle()
    assert [row[0] for row in questions(page)] == ["✓ 已答"] * 5
    assert page.found.counted == "5 人 5 户"


def test_who_is_in_the_register_already_is_left_out_at_one_stroke(page, settle, village):
    read(page, settle, SAMPLES / "members_expected.csv")
    for _ in range(3):
        page.go_on()
        settle()
    assert len(village.reader.people()) == 214
    read(page, settle, SAMPLES / "members_expected.csv")
    page.go_on()
    assert len(questions(page)) == 214
    for act in ("leave_out", "same", "leave_out", "same"):  # by number, then those without one by name
        page.action(act).trigger()
        settle()
    assert {row[0] for row in questions(page)} == {"✓ 已答"}
    page.go_on()
    settle()
    assert "没有人" in said(page)
    assert len(village.reader.people()) == 214


def test_a_column_nobody_knows_is_pointed_at(page, settle, qtbot, tmp_path):
    head = "户编号,户主,姓名,与户主关系,公民号,是否成员,确认日期"
    read(page, settle, write(tmp_path / "册.csv", head, f"001,张三,张三,户主,{identity(1)},是,2019-11-30"))
    page.go_on()
    assert page.step == COLUMNS
    assert "没有这些列：证件号码" in said(page)
    page.columns.columns.setFocus()
    page.columns.columns.go_to_row(4)
    meanings = list(page.found.layout.vocabulary.meanings)
    for _ in range(meanings.index("id_number") + 1):
        qtbot.keyClick(page.columns.columns.view, Qt.Key.Key_Right)
        settle()
    assert page.found.layout.columns[4].meaning == "id_number"
    page.go_on()
    assert page.step == ANSWERS
    assert page.found.counted == "1 人 1 户"


def test_a_file_dropped_is_read_and_mended_is_read_again(page, settle, tmp_path):
    path = Path(shutil.copy(SAMPLES / "members_expected.csv", tmp_path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle()
    assert page.found.counted == "214 人 62 户"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text("\n".join(text.splitlines()[:3]), encoding="utf-8")
    page.action("again").trigger()
    settle()
    assert page.found.counted == "2 人 2 户"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [("册.xlsx", "", "空文件"), ("册.csv", "今天开会\n讨论\n", "找不到名册的表头")],
)
def test_what_is_no_register_is_said_on_the_page(page, settle, tmp_path, name, content, what):
    read(page, settle, write(tmp_path / name, content))
    assert what in said(page)
    assert page.step == FILE
    page.slip.fold()
    page.go_on()
    assert "还没有选文件" in said(page)


@pytest.fixture
def enrolled(page, settle, village) -> MemberImportPage:
    """The village's people are in, its classes set up."""
    read(page, settle, SAMPLES / "members_expected.csv")
    for _ in range(3):
        page.go_on()
        settle()
    with village.act() as uow:
        for name in ("人口股", "农龄股", "集体股"):
            shares.add_class(uow, name, 2)
    return page


def test_the_plan_needs_its_resolution_in_the_book(enrolled, settle, village):
    read(enrolled, settle, PLAN, "plan")
    assert enrolled.columns.day.text() == "2020-01-06"
    assert enrolled.columns.resolution.text() == "石股社〔2020〕1号"
    assert "人口股 2090" in enrolled.status()
    enrolled.go_on()
    settle()
    assert enrolled.step == ANSWERS
    assert any("石股社〔2020〕1号" in row[3] for row in questions(enrolled))
    assert "没有登记过决议" in enrolled.answers.what.text()
    assert not enrolled.answers.field.isVisible()
    with village.act() as uow:
        resolutions.enter(
            uow, "石股社〔2020〕1号", parse_day("2020-01-06"), "assembly", (186, 148, 139), "量化"
        )
    enrolled.action("again").trigger()
    settle()
    enrolled.go_back()
    enrolled.go_on()
    settle()
    assert enrolled.step == SAY
    assert not village.reader.share_events()
    enrolled.go_on()
    settle()
    assert len(village.reader.share_events()) == 3
    assert not village.verify()


def test_bad_rows_of_an_events_file_are_named_and_nothing_is_applied(enrolled, settle, village, tmp_path):
    path = tmp_path / "变动.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            (
                ("日期", "事件", "股份类别", "转出账户", "转入账户", "数量", "决议文号", "备注"),
                ("2025-03-01", "量化", "人口股", "", "001/郑荣华", "10", "没有这个决议", ""),
                ("2025-03-02", "转让", "人口股", "001/没有人", "002/严洪才", "1", "", ""),
            )
        )
    read(enrolled, settle, path, "events")
    assert "2 行份额变动" in enrolled.status()
    enrolled.go_on()
    settle()
    assert enrolled.step == ANSWERS
    assert {row[1] for row in questions(enrolled)} == {"2", "3"}
    enrolled.go_on()
    assert enrolled.step == ANSWERS
    assert not village.reader.share_events()
