"""财会〔2024〕12号 arts. 20–27 and 31–35: each points to tests, and every test it points to is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "resources" / "docs" / "software_norms.md"
ROW = re.compile(r"^\| (?P<article>\d+)(?: \(\d\))? \|.*\| (?P<tests>[^|]*) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[^`]+\.py)(?:::(\w+))?`")
ARTICLES = [*range(20, 28), *range(31, 36)]


def pointed_to() -> dict[int, list[tuple[str, str]]]:
    """(file, test or empty) by article."""
    found: dict[int, list[tuple[str, str]]] = {}
    for row in ROW.finditer(PAGE.read_text(encoding="utf-8")):
        found.setdefault(int(row["article"]), []).extend(NAMED.findall(row["tests"]))
    return found


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_points_to_a_test(article):
    assert pointed_to().get(article)


@pytest.mark.parametrize(("file", "test"), sorted({one for some in pointed_to().values() for one in some}))
def test_what_it_points_to_is_there(file, test):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert test in names if test else any(name.startswith("test_") for name in names)
