"""Registered sheets for tests that need one without drawing a report."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.check_code import code_for
from village_ledger.domain.period import Span
from village_ledger.domain.sheet_version import SheetVersion
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.disclosure.editions import register_all
from village_ledger.reports.table import Table
from village_ledger.services.disclosure import registering

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))


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


def sheet(village: Village, span: Span = MARCH, report: str = "disclosure") -> Table:
    return make(village.reader, report, ReportRequest(COLLECTIVE, span))


def put_up(village: Village, reason: str = "", span: Span = MARCH, report: str = "disclosure") -> str:
    """Register the sheet as it is now; returns its check code."""
    with village.act() as uow:
        table = make(uow.reader, report, ReportRequest(COLLECTIVE, span))
        register_all(uow, [table], reason)
    return str(table.check_code)


def versions(village: Village, span: Span = MARCH) -> list[SheetVersion]:
    return village.reader.sheet_versions(COLLECTIVE, "disclosure", span)


def tampered(village: Village, statement: str, *parameters: object) -> None:
    """Somebody takes the triggers off, changes something, and puts them back."""
    with closing(sqlite3.connect(village.path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA foreign_keys=OFF")
        assert connection.execute(statement, parameters).rowcount
        for _, sql in triggers:
            connection.execute(sql)
