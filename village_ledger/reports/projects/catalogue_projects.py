"""Projects: reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from village_ledger.domain.errors import ProjectError

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def _register(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.limits.catalogue_limits import last_day
    from village_ledger.reports.projects.project_reports import register_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.projects.project_rules import kinds
    from village_ledger.services.projects.project_status import statuses

    day = last_day(reader, request)
    found = statuses(reader, request.ledger, day)
    return register_table(issuer_of(reader, request.ledger), found, kinds(), day)


def _account(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.projects.project_reports import account_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.projects.project_rules import kinds, ways
    from village_ledger.services.projects.project_status import status_of

    if not request.item:
        names = "、".join(one.name for one in reader.project_files(request.ledger)) or "还没有"
        raise ProjectError("没有写是哪个项目", f"立了项的有：{names}。")
    project = reader.project_file(request.ledger, request.item)
    status = status_of(reader, project, request.span.last if request.span else None)
    return account_table(issuer_of(reader, request.ledger), status, kinds(), ways())


PROJECT_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "projects": _register,
    "project-account": _account,
}
