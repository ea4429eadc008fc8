"""Registered sheets for tests that need one without drawing a report."""

from __future__ import annotations

import json

from tests.builders import Village
from village_ledger.domain.check_code import code_for
from village_ledger.domain.period import Span
from village_ledger.services.disclosure import registering


def code_of_figures(
    village: Village, ledger: str, report: str, span: Span, **figures: object
) -> tuple[str, str]:
    """The check code and the text of invented figures."""
    days = [span.first.isoformat(), span.last.isoformat()]
    text = json.dumps({"ledger": ledger, "report": report, "span": days, **figures}, ensure_ascii=False)
    return code_for(f"{village.reader.book().uid}\n{text}"), text


def registered(
    village: Village,
    ledger: str,
    report: str,
    span: Span,
    *,
    reason: str = "",
    face: str = "",
    **figures: object,
) -> str:
    """Register a sheet of invented figures; returns its check code."""
    code, text = code_of_figures(village, ledger, report, span, **figures)
    with village.act() as uow:
        registering.register(uow, code, ledger, report, span, text, face=face, reason=reason)
    return code
