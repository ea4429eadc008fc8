"""Alembic's entry: runs on the connection ``storage.upgrade`` hands over, never on a path of its own."""

from __future__ import annotations

from alembic import context

from village_ledger.storage.all_tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
