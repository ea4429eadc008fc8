"""Pages of decisions: the register, a new file, the next step weighed while it is typed."""

from __future__ import annotations

import pytest

from tests.decision_village import NUMBER, drawn, opened, signed, step, steps
from tests.two_ledgers import moved
from tests.ui.decision_hand import cells, choose, see
from village_ledger.domain.decision import Stage, Step
from village_ledger.services.decisions import decision_files
from village_ledger.ui.decisions.decision_form_page import DecisionFormPage
from village_ledger.ui.decisions.decision_page import DecisionPage
from village_ledger.ui.decisions.decision_words import RestsModel
from village_ledger.ui.decisions.decisions_page import DecisionsPage
from village_ledger.ui.widgets.state_mark import Check

# the register


def test_the_register_shows_how_far_each_matter_is(page_of, village, navigator):
    opened(village)
    drawn(village, NUMBER)
    steps(village, NUMBER, "consulted", "reviewed")
    signed(village, NUMBER, Stage.PROPOSAL)
    page = page_of(DecisionsPage)
    assert cells(page, 0) == [
        NUMBER,
        "修通组公路",
        "工程项目",
        "成员代表大会",
        "●●●○○○○",
        "党员大会审议",
        "会议决议",
        "6/24",
    ]
    assert page.model.words(0, 4) == "3 步，共 7 步"
    assert page.status() == "共 1 件，在办 1 件"
    page.action("open").trigger()
    page.action("panel").trigger()
    page.action("new").trigger()
    page.handlers()["print"]()
    assert [name for name, _ in navigator.opened] == ["decision", "panel", "decision_form", "preview"]


def test_what_ended_is_put_away_until_one_asks_for_all(page_of, village, settle):
    opened(village)
    page = page_of(DecisionsPage)
    assert page.model.count() == 1
    step(village, NUMBER, "executed", step=Step.DROPPED, note="改由镇里修")
    see(page, settle)
    assert cells(page, 0)[4:7] == ["●⊘", "终止", ""]  # nothing under way: what was decided is shown
    opened(village, number="青村决〔2025〕2号")
    see(page, settle)
    assert [cells(page, row)[0] for row in range(page.model.count())] == ["青村决〔2025〕2号"]
    page.action("all").trigger()
    assert page.model.count() == 2


# a new file


def test_only_bodies_of_the_ledgers_own_law_can_be_chosen(page_of, session, village):
    page = page_of(DecisionFormPage)
    choose(page.matter, "project")
    names = [page.meeting.itemText(i) for i in range(page.meeting.count())]
    assert names == ["成员大会", "成员代表大会"]
    assert page.matter.findData("welfare") == -1
    session.switch_ledger("committee")
    page.reload()
    other = page_of(DecisionFormPage)
    choose(other.matter, "project")
    names = [other.meeting.itemText(i) for i in range(other.meeting.count())]
    assert names == ["村民会议", "村民会议（户代表）", "村民代表会议"]
    assert other.matter.findData("distribution") == -1
    assert any("《村民委员会组织法》" in row.words for row in other.rules.rows)


def test_a_file_is_opened_and_its_matter_written_better(page_of, village, settle, navigator):
    page = page_of(DecisionFormPage)
    page.number.setText(NUMBER)
    page.subject.setText("修通组公路")
    page.amount.setText("8.6万")
    choose(page.matter, "contract")
    page.day.setText("2025-05-06")
    page.action("act").trigger()
    settle()
    assert navigator.opened == [("decision", {"number": NUMBER})]
    assert village.reader.decision(NUMBER).amount == 86_000_00
    again = page_of(DecisionFormPage, number=NUMBER)
    assert (again.subject.text(), again.amount.fen(), again.number.isEnabled()) == (
        "修通组公路",
        86_000_00,
        False,
    )
    assert not again.day.isVisible()
    again.subject.setText("修三组公路")
    choose(again.matter, "routine")
    assert again.meeting.currentText() == "两委商议决定"
    again.action("act").trigger()
    settle()
    assert navigator.backs == 1
    assert village.reader.decision(NUMBER).progress.body is None


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("number", "", "卷宗要有文号"),
        ("subject", "", "卷宗要写明是什么事"),
        ("amount", "八万", "金额看不懂"),
        ("day", "昨天", "日期"),
    ],
)
def test_what_cannot_be_opened_is_said_in_the_page(page_of, village, settle, field, text, sentence):
    page = page_of(DecisionFormPage)
    for name, value in {"number": NUMBER, "subject": "修路", "day": "2025-05-06", field: text}.items():
        getattr(page, name).setText(value)
    page.action("act").trigger()
    settle()
    assert sentence in page.slip.notice.what
    assert village.reader.decisions() == []


# one file


@pytest.fixture
def reviewed(village):
    opened(village)
    steps(village, NUMBER, "consulted", "reviewed")
    return village


def fill(page: DecisionPage, **texts: str) -> None:
    for key, text in texts.items():
        page.form.fields[key].setText(text)
    page.form.edited.emit()


def marks(page: DecisionPage) -> list[Check]:
    return [row.check for row in page.needs.rows]


def test_the_vote_is_weighed_by_the_right_law_while_it_is_typed(page_of, reviewed):
    page = page_of(DecisionPage, number=NUMBER)
    assert page.form.step is Step.RESOLVED
    fill(page, day="2025-05-25", notice_from="2025-05-16", eligible="30", present="19", in_favour="19")
    shown = {row.words: (row.check, row.fact) for row in page.needs.rows}
    assert shown == {
        "日期不早于 2025-05-10": (Check.GOOD, "2025-05-25"),
        "到会要 20 人": (Check.FAIL, "实到 19，还差 1"),
        "赞成要 20 票": (Check.FAIL, "赞成 19，还差 1"),
        "提前 10 日通知开会": (Check.FAIL, "提前 9 日"),
    }
    fill(page, notice_from="2025-05-12", present="28", in_favour="27")
    assert set(marks(page)) == {Check.GOOD}
    fill(page, in_favour="29")
    assert [row.fact for row in page.needs.rows if row.check is Check.FAIL] == [
        "赞成 29，只有 28",
        "29 票，实到 28",
    ]
    fill(page, day="2025-05-01")
    assert page.needs.rows[0].check is Check.FAIL


def test_a_step_is_registered_and_the_next_one_asked_for(page_of, reviewed, settle):
    page = page_of(DecisionPage, number=NUMBER)
    fill(
        page,
        day="2025-05-25",
        notice_from="2025-05-12",
        eligible="30",
        present="28",
        in_favour="27",
        place="村委会",
    )
    page.action("step").trigger()
    see(page, settle)
    assert page.form.step is Step.PUBLISHED
    assert page.status() == f"{NUMBER} 会议决议，登记好了"
    fill(page, day="2025-05-26")
    notice = page.needs.rows[1]
    assert (notice.words, notice.fact) == ("至少公示 7 日", "到 2025-06-02，7 日")
    fill(page, until="2025-05-30")
    assert marks(page)[1] is Check.FAIL
    page.action("step").trigger()
    settle()
    assert "决议公开只有 4 日" in page.slip.notice.what
    fill(page, until="")
    page.action("step").trigger()
    see(page, settle)
    assert page.form.step is Step.EXECUTED
    assert [row.words for row in page.done.rows][-2:] == ["会议决议", "决议公开"]


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"day": ""}, "没有写日期"),
        ({"day": "2025-05-25", "eligible": "三十"}, "“三十”不是人数"),
        ({"day": "2025-05-25"}, "没有写成员代表大会的通知日"),
        ({"day": "2025-05-25", "notice_from": "2025-05-12"}, "没有写成员代表大会的到会和票数"),
    ],
)
def test_what_is_typed_wrong_is_said_and_stays(page_of, reviewed, settle, texts, sentence):
    page = page_of(DecisionPage, number=NUMBER)
    fill(page, **texts)
    page.action("step").trigger()
    settle()
    assert sentence in page.slip.notice.what
    assert page.form.fields["day"].text() == texts["day"]


def test_interests_links_and_the_end_are_asked_in_the_page(page_of, reviewed, settle, navigator):
    page = page_of(DecisionPage, number=NUMBER)
    for name, text in (("interest", "包工头 投标人"), ("link", "合同 HT-7")):
        page.action(name).trigger()
        page.bar.field.setText(text)
        page.bar._finish()
        see(page, settle)
    assert [(row.words, row.fact) for row in page.interests.rows] == [("包工头", "投标人")]
    assert resting(page) == [("合同", "HT-7")]
    page.action("interest").trigger()
    page.bar.field.setText("撤下 包工头 同名的人")
    page.bar._finish()
    see(page, settle)
    assert [row.words for row in page.interests.rows] == ["还没有写"]
    assert not page.action("amend").isEnabled()
    page.action("panel").trigger()
    assert navigator.opened == [("panel", {"number": NUMBER})]
    page.action("drop").trigger()
    assert page.escape()
    page.action("drop").trigger()
    fill(page, day="2025-05-25", eligible="30", present="28", in_favour="10")
    page.bar.field.setText("没有通过")
    page.bar._finish()
    see(page, settle)
    last = reviewed.reader.decision(NUMBER).progress.entries[-1]
    assert (last.step, last.note) == (Step.DROPPED, "没有通过")
    assert last.vote is not None
    assert last.vote.in_favour == 10
    assert not page.action("step").isEnabled()


def resting(page: DecisionPage) -> list[tuple[str, str]]:
    model = page.rests.view.model()
    assert isinstance(model, RestsModel)
    return [(model.text(row, 0), model.text(row, 1)) for row in range(model.count())]


def test_what_rests_on_a_decision_comes_by_itself_and_opens(page_of, reviewed, settle, navigator):
    step(reviewed, NUMBER, "resolved")
    rent = reviewed.posted("2025-06-20", "付修路款", "借 513 600; 贷 101 600")
    document = moved(reviewed, "T1", "100", "2025-06-21", resolution=NUMBER)
    with reviewed.act() as uow:
        decision_files.link(uow, NUMBER, "voucher", str(rent.ref))
        decision_files.link(uow, NUMBER, "contract", "HT-7")
    page = page_of(DecisionPage, number=NUMBER)
    assert resting(page) == [
        ("凭证", str(rent.ref)),
        ("合同", "HT-7"),
        ("两账往来", str(document.number)),
    ]
    for row in range(3):
        page.rests.opened.emit(row)
        settle()
    assert navigator.opened == [
        ("voucher", {"voucher_id": rent.id}),
        ("contract", {"number": "HT-7"}),
        ("transfers", {}),
    ]


def test_a_file_is_printed(page_of, reviewed, settle, navigator):
    page = page_of(DecisionPage, number=NUMBER)
    page.handlers()["print"]()
    settle()
    ((name, where),) = navigator.opened
    assert (name, where["tables"][0].report) == ("preview", "decision")
