import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from tests.strategies import account_codes, account_names
from village_ledger.domain.account_search import AccountIndex, Match, MatchKind, SearchEntry


def entry(code: str, path: str) -> SearchEntry:
    return SearchEntry(code, path.rpartition("—")[2], path)


VILLAGE = [
    entry("101", "库存现金"),
    entry("10201", "银行存款—农商行基本户"),
    entry("10202", "银行存款—土地补偿费专户"),
    entry("113", "内部往来"),
    entry("151", "固定资产"),
    entry("50101", "经营收入—出租收入"),
    entry("511", "经营支出"),
    entry("51101", "经营支出—果园—水电费"),
    entry("51301", "管理费用—办公费"),
    entry("51302", "管理费用—水电费"),
    entry("51303", "管理费用—差旅费"),
    entry("51304", "管理费用—绿化费"),
    entry("51305", "管理费用—调解费"),
    entry("15301", "在建工程—重修长乐桥"),
    entry("15302", "在建工程—2号蓄水池（新）"),
]
INDEX = AccountIndex(VILLAGE, aliases={"电费": "51302"})


def codes(text: str, index: AccountIndex = INDEX) -> list[str]:
    return [match.entry.code for match in index.search(text)]


def underlined(match: Match) -> str:
    whole = match.entry.code if match.kind is MatchKind.CODE else match.entry.path
    return whole[match.start : match.start + match.length]


@pytest.mark.parametrize("typed", ["102", "1 02", "１０２", "102.", " 102 "])
def test_a_code_is_found_by_its_beginning(typed):
    assert codes(typed) == ["10201", "10202"]


@pytest.mark.parametrize("typed", ["10201", "102 01", "102.01", "102-01", "１０２　０１"])
def test_blanks_and_dots_in_a_code_do_not_matter(typed):
    [match] = INDEX.search(typed)
    assert (match.entry.code, match.kind, underlined(match)) == ("10201", MatchKind.CODE, "10201")


@pytest.mark.parametrize(
    ("typed", "code", "underline"),
    [
        ("基本户", "10201", "基本户"),
        ("往来", "113", "往来"),
        ("费用水电", "51302", "费用—水电"),
        ("管理费用-水电费", "51302", "管理费用—水电费"),
        ("管理费用 办公", "51301", "管理费用—办公"),
        ("水池（新", "15302", "水池（新"),
        ("２号", "15302", "2号"),
    ],
)
def test_characters_are_found_in_name_and_path(typed, code, underline):
    match = next(match for match in INDEX.search(typed) if match.entry.code == code)
    assert match.kind is MatchKind.NAME
    assert underlined(match) == underline


@pytest.mark.parametrize(
    ("typed", "code", "underline"),
    [
        ("yhck", "10201", "银行存款"),
        ("yxck", "10201", "银行存款"),
        ("YHCK", "10202", "银行存款"),
        ("ｙｈｃｋ", "10201", "银行存款"),
        ("yhcknshjbh", "10201", "银行存款—农商行基本户"),
        ("nsxjbh", "10201", "农商行基本户"),
        ("jbh", "10201", "基本户"),
        ("yinhang", "10201", "银行"),
        ("yin hang", "10201", "银行"),
        ("yinha", "10201", "银行"),
        ("yinhck", "10201", "银行存款"),
        ("银hck", "10201", "银行存款"),
        ("glfysdf", "51302", "管理费用—水电费"),
        ("clf", "51303", "差旅费"),
        ("chail", "51303", "差旅"),
        ("chalv", "51303", "差旅"),
        ("lvhua", "51304", "绿化"),
        ("luhua", "51304", "绿化"),
        ("tiaojie", "51305", "调解"),
        ("diaojie", "51305", "调解"),
        ("cxclq", "15301", "重修长乐桥"),
        ("zxzyq", "15301", "重修长乐桥"),
        ("chongxiuchangle", "15301", "重修长乐"),
        ("zhongxiuzhangyue", "15301", "重修长乐"),
        ("zhxzhyq", "15301", "重修长乐桥"),
        ("2hxsc", "15302", "2号蓄水池"),
        ("xscx", "15302", "蓄水池（新"),
    ],
)
def test_pinyin_by_initials_in_full_and_mixed_with_every_reading(typed, code, underline):
    match = next(match for match in INDEX.search(typed) if match.entry.code == code)
    assert match.kind is MatchKind.PINYIN
    assert underlined(match) == underline


@pytest.mark.parametrize("typed", ["yhcq", "yyyy", "银存", "999", "。", "—", "a" * 500, "\x00"])
def test_what_is_not_there_is_not_found(typed):
    assert codes(typed) == []


@pytest.mark.parametrize("typed", ["电费", "df", "dianfei", "电f"])
def test_a_learned_nickname_comes_before_the_name(typed):
    first = INDEX.search(typed)[0]
    assert (first.entry.code, first.kind, underlined(first)) == ("51302", MatchKind.ALIAS, "水电费")


def test_a_nickname_of_an_account_that_is_gone_is_forgotten():
    index = AccountIndex(VILLAGE, aliases={"老科目": "51399"})
    assert codes("老科目", index) == []


def test_the_exact_code_comes_before_longer_ones_and_those_before_names():
    index = AccountIndex([entry("15302", "2号池"), entry("513", "管理费用"), entry("51301", "513专项")])
    assert codes("513", index) == ["513", "51301"]
    assert codes("2", index) == ["15302"]


def test_a_name_that_begins_so_comes_before_one_that_holds_it():
    index = AccountIndex(
        [entry("101", "现存水电"), entry("102", "水电费"), entry("103", "杂费—水电"), entry("104", "三点")]
    )
    assert codes("水电", index) == ["103", "102", "101"]
    assert codes("sd", index) == ["102", "103", "104", "101"]


def test_among_equals_the_one_used_last_comes_first():
    index = AccountIndex(VILLAGE, last_used={"10202": 20250308, "10201": 20250101})
    assert codes("yhck", index) == ["10202", "10201"]
    assert codes("", index)[:3] == ["10202", "10201", "101"]


def test_an_empty_field_offers_what_was_used_last_up_to_the_limit():
    matches = INDEX.search("  ", limit=3)
    assert [(match.kind, match.length) for match in matches] == [(MatchKind.RECENT, 0)] * 3


def test_an_account_is_listed_once_however_many_ways_lead_to_it():
    index = AccountIndex([entry("51302", "管理费用—电费")], aliases={"电费": "51302", "电": "51302"})
    assert codes("电费", index) == ["51302"]


paths = st.lists(account_names(), min_size=1, max_size=3).map("—".join)


def all_initials(name: str) -> list[str]:
    """Every way to type the initials of a name, worked out apart from the program."""
    choices = [
        sorted({reading[0] for reading in pinyin(char, style=Style.NORMAL, heteronym=True)[0]})
        for char in name.lower()
    ]
    return ["".join(way) for way in itertools.islice(itertools.product(*choices), 50)]


@given(st.dictionaries(account_codes(), paths, min_size=1, max_size=8), st.data())
def test_every_account_is_found_by_code_name_path_and_initials(chart, data):
    index = AccountIndex([entry(code, path) for code, path in chart.items()])
    code, path = data.draw(st.sampled_from(sorted(chart.items())))
    name = path.rpartition("—")[2]
    assert codes(code, index)[0] == code
    assert code in codes(name, index)
    assert code in codes(path, index)
    assert code in codes(data.draw(st.sampled_from(all_initials(name))), index)
    assert code in codes(data.draw(st.sampled_from(all_initials(path.replace("—", "")))), index)


@given(st.dictionaries(account_codes(), paths, min_size=1, max_size=8), st.text(max_size=8))
def test_what_is_underlined_lies_in_what_is_shown(chart, typed):
    index = AccountIndex([entry(code, path) for code, path in chart.items()], aliases={typed: min(chart)})
    for match in index.search(typed):
        whole = match.entry.code if match.kind is MatchKind.CODE else match.entry.path
        assert 0 <= match.start <= match.start + match.length <= len(whole)


@given(paths, st.data())
def test_each_further_letter_keeps_the_account_in_the_list(path, data):
    letters = data.draw(st.sampled_from(all_initials(path.replace("—", ""))))
    assume(letters)
    index = AccountIndex([entry("101", path)])
    assert all(codes(letters[:typed], index) == ["101"] for typed in range(1, len(letters) + 1))
