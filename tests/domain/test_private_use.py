import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.private_use import own_code_points
from village_ledger.domain.voucher import check_text


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("蒲\ue863", "蒲䶮"),
        ("\ue816", "\U00020087"),
        ("\ue81e\ue864", "\u9fb4\u9fbb"),
        ("\ue78d", "\ufe10"),
        ("曾𬭎何㛃", "曾𬭎何㛃"),
    ],
)
def test_a_name_of_an_old_program_gets_its_own_characters(old, now):
    assert own_code_points(old) == now


def test_a_file_in_gb18030_of_the_year_2000_says_the_same_as_one_of_2022():
    assert own_code_points(b"\xfe\x51\xfe\x91".decode("gb18030")) == "\U00020087\U000241fe"


def test_a_private_character_nobody_knows_is_left_alone():
    assert own_code_points("\uf8ff") == "\uf8ff"


def test_two_spellings_of_one_name_are_one_name():
    assert check_text("蒲\ue863", "姓名", 40) == check_text(" 蒲䶮 ", "姓名", 40)


@given(st.text())
def test_positions_stay_true_and_twice_is_once(text):
    once = own_code_points(text)
    assert len(once) == len(text)
    assert own_code_points(once) == once
