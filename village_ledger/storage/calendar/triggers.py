"""The disclosure calendar: what must hold against raw SQL."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse


def _numbered(table: str, column: str, what: str) -> str:
    """Rows of a ledger are numbered one after another; none takes another's place."""
    return refuse(
        f"{table}_insert",
        "INSERT",
        table,
        f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) OR NEW.{column} <> 1 + (SELECT coalesce(max({column}), 0) "
        f"FROM {table} WHERE ledger_id = NEW.ledger_id)",
        f"{what}的编号接不上。",
    )


CALENDAR: tuple[str, ...] = (
    _numbered("calendar_rules", "version", "公开规矩"),
    *append_only("calendar_rules", "采用公开规矩的记录"),
    refuse(
        "calendar_excuse_insert",
        "INSERT",
        "calendar_excuse",
        "EXISTS (SELECT 1 FROM calendar_excuse WHERE id = NEW.id OR (ledger_id = NEW.ledger_id "
        "AND occasion = NEW.occasion AND first_day = NEW.first_day AND last_day = NEW.last_day))",
        "这件事不公开的原因已经写过。",
    ),
    *append_only("calendar_excuse", "不公开的原因"),
    _numbered("calendar_matter", "number", "要公开的事"),
    *append_only("calendar_matter", "要公开的事"),
)
