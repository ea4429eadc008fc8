"""Every clause of the 2019 resolution that asks something of the books has its page, and the manual leads there."""

from __future__ import annotations

import re

import pytest

from village_ledger.resources_dir import resource
from village_ledger.ui.pages import FACTORIES

CLAUSES = {
    "（六）": ["staff"],
    "（十二）": ["merger", "merger_follow", "stock_takes", "small_powers", "limits"],
    "（十四）": [
        "members",
        "share_cases",
        "transfers",
        "assets",
        "parcels",
        "contracts",
        "due",
        "indicators",
    ],
    "（十六）": ["decisions", "panel", "projects"],
    "（十七）": ["handovers", "old_matters"],
    "（二十）": ["disclosure", "reports", "backup"],
}
"""Clause to the pages that answer it."""


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_has_its_pages_and_its_line_in_the_manual(clause: str):
    chapter = resource("manual", "clauses.md").read_text(encoding="utf-8")
    asked = re.findall(r"^\| (（\S+?）)", chapter, re.MULTILINE)
    assert clause in asked
    assert [page for page in CLAUSES[clause] if page not in FACTORIES] == []


def test_the_manual_names_no_clause_without_a_page():
    chapter = resource("manual", "clauses.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (（\S+?）)", chapter, re.MULTILINE)) == set(CLAUSES)


def test_the_manual_leads_to_the_chapter():
    assert "(clauses.md)" in resource("manual", "manual.md").read_text(encoding="utf-8")
