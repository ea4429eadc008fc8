"""Every refusal of members, shares, certificates and dividends names its rule: the sources are walked, raise by raise."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import village_ledger
from village_ledger.domain import rule_names
from village_ledger.domain.share_rules import RULES, rule_words
from village_ledger.services.dividends.dividend_gates import dividend_rules
from village_ledger.services.shares.share_plan import verdict

SOURCE = Path(village_ledger.__file__).parent
SERVICES = SOURCE / "services"
READERS = {"services/shares/share_plan.py"}
"""What it raises is caught where it is read and named 填写 or I10 (``Plan.fault``)."""
WALKED = sorted(
    path.relative_to(SOURCE).as_posix()
    for pattern in (
        "services/shares/*.py",
        "services/dividends/*.py",
        "services/people/people*.py",
        "services/people/standing.py",
        "storage/people/queries.py",
        "storage/dividends/queries.py",
        "storage/people/register.py",
        "domain/member.py",
        "domain/share_rules.py",
    )
    for path in SOURCE.glob(pattern)
    if path.relative_to(SOURCE).as_posix() not in READERS
)
REFUSALS = {"ShareError", "MemberError", "DividendError", "DutyError"}
NAMES = {name for name in vars(rule_names) if name.isupper()}


def refusals(source: Path) -> list[ast.Call]:
    """Every refusal that is raised in a file."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    calls = [one.exc for one in ast.walk(tree) if isinstance(one, ast.Raise)]
    return [
        call
        for call in calls
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in REFUSALS
    ]


def names_its_rule(call: ast.Call) -> bool:
    """A rule's name in the sentence, or a check's own sentence, which carries it."""
    said = list(ast.walk(call.args[0]))
    return any(
        (isinstance(part, ast.Name) and part.id in NAMES)
        or (isinstance(part, ast.Constant) and "（规则 " in str(part.value))
        or (isinstance(part, ast.Attribute) and part.attr == "sentence")
        or (isinstance(part, ast.Name) and part.id in {"rule_words", "rule"})
        for part in said
    )


@pytest.mark.parametrize("name", WALKED)
def test_each_names_its_rule(name):
    nameless = [call.lineno for call in refusals(SOURCE / name) if not names_its_rule(call)]
    assert nameless == []


def test_the_walk_meets_refusals_in_most_files():
    assert sum(len(refusals(SOURCE / name)) for name in WALKED) > 60


def test_each_check_of_an_event_that_can_fail_has_a_rule_with_words():
    """``verdict`` and ``_shut`` are asked with a rule that is written down."""
    gates = set(dividend_rules()["gates"])
    for path in (SERVICES / "shares").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "verdict":
                (rule,) = (part.value for part in call.args[:1] if isinstance(part, ast.Constant))
                assert rule in RULES, f"{path.name}:{call.lineno}"
    shut = ast.parse((SERVICES / "dividends" / "dividend_gates.py").read_text(encoding="utf-8"))
    asked = {
        call.args[0].value
        for call in ast.walk(shut)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_shut"
        if isinstance(call.args[0], ast.Constant)
    }
    assert asked
    assert asked <= gates


def test_a_rule_is_named_once():
    check = verdict("分户并户", "户可以变动", f"001/张三 本来就在这一户{rule_names.HOUSEHOLDS}")
    assert check.sentence.count("（规则 ") == 1
    assert verdict("I6", "转入人合格", "不是成员").sentence == f"不是成员{rule_words('I6')}"
