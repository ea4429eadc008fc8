"""Numbers of people in sentences are found however they are written; amounts, days and papers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.personal_numbers import CUT, NumberKind, kinds_in, without_numbers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("付何世全 510903198506150010 误工", NumberKind.IDENTITY),
        ("身份证510903 19850615 001X", NumberKind.IDENTITY),
        ("老证号510903850615001", NumberKind.IDENTITY),
        ("转卡6228 4800 0000 0000 018", NumberKind.BANK),
        ("转卡6228-4800-0000-0000-018", NumberKind.BANK),
        ("账号88010120000012345", NumberKind.BANK),
        ("2025-03-08 6228480000000000018 转出", NumberKind.BANK),
        ("电话１３８００００１１１１", NumberKind.PHONE),
        ("电话138 0000 1111", NumberKind.PHONE),
        ("座机0816-2345678", NumberKind.PHONE),
    ],
)
def test_a_number_of_a_person_is_cut(text: str, kind: NumberKind):
    assert kinds_in(text) == (kind,)
    shown = without_numbers(text)
    assert CUT in shown
    assert kinds_in(shown) == ()


@pytest.mark.parametrize(
    "text",
    [
        "合同金额 12345678901.23 元",
        "1,234,567,890,123.45",
        "拨款13800001111元",
        "发票25512000000012345678",
        "合同编号202501010001000123",
        "2025-01-01 2025-03-31",
        "20250101-20250331",
        "农经发〔2011〕13号",
        "统一社会信用代码91510903MA62345678",
        "记-0012",
    ],
)
def test_amounts_days_and_papers_stay(text: str):
    assert without_numbers(text) == text


@given(st.text(alphabet="付收0123456789Xx -１２３.,元年", max_size=60))
def test_what_is_cut_once_has_nothing_left_to_cut(text: str):
    assert kinds_in(without_numbers(text)) == ()
