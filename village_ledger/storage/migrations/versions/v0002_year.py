"""Format 2: the whole accounting year. Each area adds its tables as plain SQL in a file of its own."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

END = ";\n"


def upgrade() -> None:
    """Make every table and index that format 2 adds; nothing of format 1 is touched."""
    for script in sorted(Path(__file__).parent.glob("v0002_*.sql")):
        for statement in filter(str.strip, script.read_text(encoding="utf-8").split(END)):
            op.execute(statement)
