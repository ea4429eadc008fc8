"""A rule set as the file a village edits and adopts again."""

from __future__ import annotations

import json

from village_ledger.domain.limit import ApprovalRule, RuleSet
from village_ledger.domain.money import plain_fen


def rules_text(rules: RuleSet) -> str:
    """TOML in the shape of ``rules/limits.toml``; read back by ``limit_rules.rules_file``."""
    lines = [
        "# 改好以后：limits BOOK adopt --file 本文件 --from 日期 --reason 依据。",
        "# upto 不超过（≤），below 不满（<），都不写没有上限；单位元。",
        f"name = {_text(rules.name)}",
        f"source = {_text(rules.source)}",
    ]
    if rules.acceptance_people:
        lines += [
            f"acceptance_from = {_text(plain_fen(rules.acceptance_from))}",
            f"acceptance_people = {rules.acceptance_people}",
        ]
    if rules.audit_from:
        lines.append(f"audit_from = {_text(plain_fen(rules.audit_from))}")
    for band in rules.bands:
        lines += ["", "[[band]]", *_band(band)]
    return "\n".join([*lines, ""])


def _band(band: ApprovalRule) -> list[str]:
    lines = [f"kinds = {_list((band.kind,))}"]
    if band.last is not None:
        below = band.last % 100 == 99
        lines.append(
            f"below = {_text(plain_fen(band.last + 1))}" if below else f"upto = {_text(plain_fen(band.last))}"
        )
    lines.append(f"signers = {_list(band.signers)}")
    for key, values in (("meetings", band.meetings), ("papers", band.papers)):
        if values:
            lines.append(f"{key} = {_list(values)}")
    if band.stage:
        lines.append(f"stage = {_text(band.stage)}")
    if band.notice_days:
        lines.append(f"notice_days = {band.notice_days}")
    return lines


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(values: tuple[str, ...]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
