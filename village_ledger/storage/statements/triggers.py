"""Triggers of the village's own reports and texts: versions follow one another, none is changed or taken away."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse


def _next_version(table: str, keys: tuple[str, ...], what: str) -> str:
    same = " AND ".join(f"x.{key} = NEW.{key}" for key in keys)
    newest = f"(SELECT coalesce(max(x.version), 0) + 1 FROM {table} x WHERE {same})"
    return refuse(
        f"{table}_insert", "INSERT", table, f"NEW.version IS NOT {newest}", f"{what}的版本号要接着排。"
    )


STATEMENTS: tuple[str, ...] = (
    _next_version("own_statement", ("name",), "自定义报表"),
    *append_only("own_statement", "存过的自定义报表"),
    _next_version("statement_text", ("ledger_id", "year", "item"), "附注文字"),
    *append_only("statement_text", "写过的附注文字"),
)
