"""A split in the making, kept in a file beside the book it will become, so that one can go on tomorrow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.period import Month
from village_ledger.domain.separation import OldLine, Owner, Part, SplitLine
from village_ledger.i18n import tr
from village_ledger.reports.pens.output_file import replacing
from village_ledger.services.separation.separation import OldBalances
from village_ledger.storage.spec import BookSpec, CommitteeChart

FORMAT = 1
ENDING = ".vlsplit"


@dataclass(frozen=True, slots=True)
class SplitDraft:
    """Everything the wizard knows: the old balances, the decisions so far, the book to be."""

    spec: BookSpec
    person: str
    old: OldBalances
    lines: tuple[SplitLine, ...]


def save_draft(path: Path, draft: SplitDraft) -> None:
    """Write it whole; raises OutputError, OutputDiskFull."""
    spec = asdict(draft.spec) | {
        "start": str(draft.spec.start),
        "committee_chart": draft.spec.committee_chart.value,
    }
    body = {
        "format": FORMAT,
        "spec": spec,
        "person": draft.person,
        "source": draft.old.source,
        "mark": draft.old.mark,
        "notices": list(draft.old.notices),
        "year": draft.old.year,
        "lines": [_line(one) for one in draft.lines],
    }
    with replacing(path) as stream:
        stream.write(json.dumps(body, ensure_ascii=False, indent=1).encode())


def load_draft(path: Path) -> SplitDraft:
    """Read it again; raises UnreadableError for a file that is no such draft or of a newer program."""
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        newer = int(body["format"]) > FORMAT
        draft = None if newer else _draft(body)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, LedgerError) as error:
        raise UnreadableError(
            tr("“{name}”不是分账的草稿，或已损坏", name=path.name),
            tr("请选以 .vlsplit 结尾的文件，或重新读旧账。"),
        ) from error
    if draft is None:
        raise UnreadableError(tr("“{name}”是更新版本的程序存的", name=path.name), tr("请先升级程序。"))
    return draft


def _draft(body: Mapping[str, Any]) -> SplitDraft:
    spec = dict(body["spec"])
    spec["start"] = Month.parse(spec["start"])
    spec["committee_chart"] = CommitteeChart(spec["committee_chart"])
    lines = tuple(_split(one) for one in body["lines"])
    old = OldBalances(
        str(body["source"]),
        str(body["mark"]),
        tuple(one.line for one in lines),
        tuple(map(str, body["notices"])),
        int(body["year"]),
    )
    return SplitDraft(BookSpec(**spec), str(body["person"]), old, lines)


def _line(one: SplitLine) -> dict[str, object]:
    return {
        **asdict(one.line),
        "guess": one.guess.value,
        "certainty": one.certainty,
        "source": one.source,
        "hint": one.hint,
        "parts": [asdict(part) | {"owner": part.owner.value} for part in one.parts],
    }


def _split(body: Mapping[str, Any]) -> SplitLine:
    parts = tuple(
        Part(
            Owner(part["owner"]),
            int(part["amount"]),
            str(part["account"]),
            str(part["detail"]),
            str(part["counterparty"]),
            str(part["project"]),
            str(part["reason"]),
        )
        for part in body["parts"]
    )
    return SplitLine(
        OldLine(
            int(body["row"]),
            str(body["code"]),
            str(body["name"]),
            str(body["item"]),
            int(body["debit"]),
            int(body["credit"]),
            str(body["note"]),
        ),
        parts,
        Owner(body["guess"]),
        str(body["certainty"]),
        str(body["source"]),
        str(body["hint"]),
    )
