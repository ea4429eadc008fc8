"""资产卡片 in the window: the register, a card, the forms, a month's depreciation, a list taken in."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.assets.asset_village import TRACTOR, AssetVillage, a_card
from tests.assets.test_asset_files import ANSWERS, LIST
from tests.builders import COLLECTIVE
from village_ledger.domain.asset import Status, Use
from village_ledger.domain.period import Month
from village_ledger.services.assets import cards
from village_ledger.ui.assets.asset_acts import ACTS
from village_ledger.ui.assets.asset_card_page import AssetCardPage
from village_ledger.ui.assets.asset_form_page import AssetFormPage
from village_ledger.ui.assets.asset_import_page import AssetImportPage
from village_ledger.ui.assets.assets_page import AssetsPage
from village_ledger.ui.assets.depreciation_page import DepreciationPage
from village_ledger.ui.voucher.voucher_page import VoucherPage
from village_ledger.ui.widgets.pick_list import PickList


@pytest.fixture
def village(tmp_path):
    """A drier, an office computer, a tractor."""
    with AssetVillage.found(tmp_path) as made:
        made.register(a_card(), TRACTOR)
        made.register(a_card("G003", name="台式电脑", category="办公设备"), use=Use.OFFICE, keeper="向小军")
        yield made


def rows(table) -> list[list[str]]:
    model = table.view.model()
    return [[model.text(row, place) for place in range(len(model.columns))] for row in range(model.count())]


def act(page: AssetFormPage, settle, **said: str) -> None:
    """Write into the fields of a form and act."""
    for key, text in said.items():
        field = page.fields[key]
        if isinstance(field, PickList):
            field.setCurrentIndex(field.findData(text))
        else:
            assert isinstance(field, QLineEdit)
            field.setText(text)
    page.action("act").trigger()
    settle()


def test_the_register_is_filtered_by_kind_use_state_and_words(page_of, settle, village):
    page = page_of(AssetsPage)
    settle()
    assert [row[0] for row in rows(page.table)] == ["G003", "J009", "J020"]
    assert page.tie.text().startswith("▲ 和账对不上：151 固定资产：账上 0.00")
    page.use.setCurrentIndex(page.use.findData("office"))
    assert [row[0] for row in rows(page.table)] == ["G003"]
    assert page.escape()
    page.search.setText("向小军")
    assert [row[0] for row in rows(page.table)] == ["G003"]
    page.escape()
    page.table.go_to_row(1)
    page.action("open").trigger()
    assert page.navigator.opened[-1][0] == "asset_card"
    assert page.navigator.opened[-1][1]["code"] == "J009"


def test_what_is_gone_is_shown_where_it_is_asked_for(page_of, settle, village):
    village.dispose("J009", "2025-01-20")
    page = page_of(AssetsPage)
    settle()
    assert [row[0] for row in rows(page.table)] == ["G003", "J020"]
    page.status_choice.setCurrentIndex(page.status_choice.findData(Status.GONE.value))
    settle()
    assert [(row[0], row[7]) for row in rows(page.table)] == [("J009", "已处置")]


def test_a_card_shows_its_history_and_leads_to_its_vouchers(page_of, settle, village):
    made = village.charge("2025-01").value
    page = page_of(AssetCardPage, code="J009")
    settle()
    said = rows(page.table)
    assert said[0][1:4] == ["原值", "", "57,800.00"]
    place = next(i for i, row in enumerate(said) if row[4] == "2025-01/记-0001")
    page.table.go_to_row(place)
    page.action("open").trigger()
    assert page.navigator.opened[-1] == ("voucher", {"voucher_id": made.id})
    page.action("next").trigger()
    settle()
    assert page.where()["code"] == "J020"
    assert page.action("work").isEnabled()
    page.action("previous").trigger()
    settle()
    assert not page.action("work").isEnabled()


def test_a_voucher_leads_to_its_cards(page_of, settle, village):
    made = village.charge("2025-01").value
    sold = village.dispose("J009", "2025-01-31")
    page = page_of(VoucherPage, voucher_id=made.id)
    settle()
    assert "折旧 2 项资产" in page.state_line.words
    page.browsing.go_to("depreciation")
    assert page.navigator.opened[-1] == ("depreciation", {"month": Month(2025, 1)})
    page.go(voucher_id=sold.id)
    settle()
    assert "处置 J009 茶叶烘干机" in page.state_line.words
    page.browsing.go_to("asset J009")
    assert page.navigator.opened[-1] == ("asset_card", {"code": "J009"})


def test_a_month_is_charged_with_one_button_and_once(page_of, settle, village):
    page = page_of(DepreciationPage, month="2025-01")
    settle()
    assert [row[0] for row in rows(page.table)][:2] == ["G003", "J009"]
    assert page.words.text().startswith("还没有提：2 项，915.16 元")
    assert "J020 拖拉机" in page.words.text()
    page.action("charge").trigger()
    settle()
    page.reload()
    settle()
    assert page.words.text().startswith("✓ 已提：2025-01/记-0001，等待审核记账")
    assert not page.action("charge").isEnabled()
    page.action("voucher").trigger()
    assert page.navigator.opened[-1][0] == "voucher"
    page.action("next").trigger()
    settle()
    assert page.found.month == Month(2025, 2)
    assert page.action("charge").isEnabled()


def test_every_act_has_a_form_that_can_be_shown(page_of, settle, village):
    page = page_of(AssetFormPage)
    for name, form in ACTS.items():
        page.go(act=name, code="J009")
        settle()
        assert set(page.said()) == {spec.key for spec in form.fields}


def test_an_asset_is_registered_moved_and_disposed_of_by_forms(page_of, settle, village):
    page = page_of(AssetFormPage, act="add")
    act(
        page,
        settle,
        code="J030",
        name="冷藏库",
        category="机器设备",
        in_use="2025-01-05",
        cost="1200",
        months="12",
        use="operating",
        paid="211@某厂",
    )
    assert village.asset("J030").cost == 120_000
    page.go(act="say", code="J030")
    settle()
    act(page, settle, use="welfare", place="村口", day="2025-01-06")
    assert village.asset("J030").facts.place == "村口"
    page.go(act="improve", code="J030")
    settle()
    act(page, settle, amount="100", paid="101", day="2025-01-07", basis="决议")
    page.go(act="amend", code="G003")
    settle()
    act(page, settle, spec="联想")
    assert village.asset("G003").card.spec == "联想"
    assert village.asset("G003").card.opening == 3_386_092
    page.go(act="work", code="J020")
    settle()
    act(page, settle, month="2025-01", units="80")
    page.go(act="dispose", code="J009")
    settle()
    act(page, settle, way="sell", day="2025-01-20", basis="决议3号", proceeds="30000", into="101")
    assert village.asset("J009").gone_on == date(2025, 1, 20)
    assert village.verify() == []


def test_a_refusal_is_said_in_the_form(page_of, settle, village):
    page = page_of(AssetFormPage, act="dispose", code="J009")
    settle()
    act(page, settle, way="scrap", day="2025-01-20")
    assert "处置资产要写明依据" in page.slip.notice.what
    assert cards.ensure_there(village.reader, COLLECTIVE, "J009").gone_on is None


def test_a_list_kept_by_hand_is_answered_and_taken_in(page_of, settle, village):
    for code in ("J009", "G003"):
        with village.act() as uow:
            cards.withdraw(uow, COLLECTIVE, code, "台账里有")
    page = page_of(AssetImportPage, path=str(LIST))
    settle()
    assert len(rows(page.problems)) == 13
    assert not page.action("take_in").isEnabled()
    meanings = {"使用月数": "months", "残值": "salvage"}
    for row, label, text in ANSWERS[1:]:
        page.answers[row, meanings[label]] = text
    page._read(LIST)
    settle()
    assert [row[:2] for row in rows(page.problems)] == [["39", "村道(村口—党群服务中心)"]]
    page.answer.setText("240")
    page.answer.returnPressed.emit()
    settle()
    page.action("take_in").trigger()
    settle()
    assert page.navigator.opened[-1][0] == "assets"
    assert len(village.reader.asset_codes(COLLECTIVE)) == 1 + 36


def test_one_answer_may_be_given_to_all_alike(page_of, settle, village):
    page = page_of(AssetImportPage, path=str(LIST))
    settle()
    page.action("same").trigger()
    settle()
    assert page.read.problems == []
    assert page.answers[39, "months"] == "240"
    assert page.answers[23, "months"] == "120"
