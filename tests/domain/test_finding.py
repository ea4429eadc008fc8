"""A fault in one line says what was expected and what was found, and nothing where there is nothing to say."""

from __future__ import annotations

import pytest

from village_ledger.domain.finding import Finding


@pytest.mark.parametrize(
    ("expected", "found", "proof"),
    [
        ("600.00", "600.01", "（应为 600.00，实为 600.01）"),
        ("", "杜撰的科目", "（实为 杜撰的科目）"),
        ("没有死亡", "", "（应为 没有死亡）"),
        ("", "", ""),
    ],
)
def test_only_the_side_there_is_is_printed(expected: str, found: str, proof: str) -> None:
    fault = Finding("V13", "科目 51301", "和增设时不同", "collective", expected, found)
    assert fault.sentence() == f"[V13] collective 科目 51301：和增设时不同{proof}"
