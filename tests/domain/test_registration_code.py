"""Registration codes: the check character, letters that are not used, whose certificate it is (identifiers.md)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.registration_code import check_code, organisation_check

COLLECTIVE, COMMITTEE = LedgerKind.COLLECTIVE, LedgerKind.COMMITTEE
GOOD = [
    "91350100M000100Y43",
    "N2510903MF0000013A",
    "N1510923MF00000217",
    "N3510922MF000003XA",
    "54510903MF00000488",
]


@pytest.mark.parametrize("code", GOOD)
def test_codes_that_are_right(code: str):
    assert check_code(code).fault == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("N2510903MF0000013B", "校验码对不上"),
        ("N25l0903MF0000013A", "是不是数字 1"),
        ("N2510903MF0O00013A", "是不是数字 0"),
        ("N25I0903MF0000013A", "是不是数字 1"),
        ("N2510903MF000001", "现在是 16 位"),
        ("N2A10903MF0000013A", "区划"),
    ],
)
def test_codes_that_cannot_be_right(code: str, words: str):
    fault = check_code(code).fault
    assert words in fault


def test_blanks_small_and_full_width_letters_are_made_plain():
    assert check_code(" ｎ2510903 mf0000013a ").code == "N2510903MF0000013A"
    assert check_code(" ｎ2510903 mf0000013a ").sentence == ""


def test_an_empty_code_may_follow_later():
    assert check_code("  ") == check_code("")
    assert check_code("").sentence == ""


def test_whose_certificate_it_is_raises_a_doubt_and_no_more():
    committee_with_collectives = check_code("N2510903MF0000013A", COMMITTEE)
    assert committee_with_collectives.fault == ""
    assert "54" in committee_with_collectives.doubt
    assert check_code("54510903MF00000488", COMMITTEE).doubt == ""


def test_the_inner_check_of_the_published_sample():
    assert organisation_check("D2143569") == "X"


@given(st.sampled_from(GOOD), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_character_miscopied_is_always_found(code: str, place: int, other: str):
    wrong = code[:place] + other + code[place + 1 :]
    assert bool(check_code(wrong).fault) == (wrong != code)
