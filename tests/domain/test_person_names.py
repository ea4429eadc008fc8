"""Who is a person in a cell or a sentence."""

from __future__ import annotations

import pytest

from village_ledger.domain.person_names import NameIndex, reads_like_person


@pytest.mark.parametrize(
    "name", ["何世全", "刘雪", "欧阳修", "司马相如", "买买提·艾力", "曾𬭎", "何㛃", "蒲䶮", " 王强 "]
)
def test_it_reads_like_a_person(name: str):
    assert reads_like_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "王",
        "一组",
        "零售",
        "王家店",
        "陈家沟",
        "溪口文具店",
        "云屏县税务局",
        "刘桂珍等8人",
        "李明2",
        "a·b",
    ],
)
def test_it_does_not(name: str):
    assert not reads_like_person(name)


def test_names_are_found_in_sentences_the_longest_first():
    index = NameIndex.of(["何明", "何明忠", "杨丽", "王"])
    text = "付何明忠、何明运费，杨丽检修路灯，王某"
    assert [text[start:end] for start, end in index.found(text)] == ["何明忠", "何明", "杨丽"]


def test_part_of_a_place_is_no_name():
    index = NameIndex.of(["高明", "何家"])
    assert list(index.found("高明村修路，付溪口何家饭店")) == []


def test_a_name_before_an_office_is_a_name():
    index = NameIndex.of(["高明", "何小乐"])
    text = "高明组长、何小乐组长"
    assert [text[start:end] for start, end in index.found(text)] == ["高明", "何小乐"]


def test_a_shop_called_after_somebody_keeps_its_name():
    assert list(NameIndex.of(["何明忠"]).found("付何明忠饭店餐费")) == []


def test_a_book_without_people_names_nobody():
    assert list(NameIndex.of([]).found("付何明忠运费")) == []
