"""Format 1: the first book format, as plain SQL that never changes again."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

END = ";\n"


def upgrade() -> None:
    """Make every table and index of format 1; triggers are installed after the last migration."""
    script = Path(__file__).with_name("v0001_baseline.sql").read_text(encoding="utf-8")
    for statement in filter(str.strip, script.split(END)):
        op.execute(statement)
