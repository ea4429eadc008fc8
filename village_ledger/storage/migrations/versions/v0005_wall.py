"""Format 5: what hangs on the wall, and what was said of it. Each area adds its tables as plain SQL in a file of its own."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

END = ";\n"


def upgrade() -> None:
    """Make every table and index that format 5 adds; nothing of older formats is touched."""
    for script in sorted(Path(__file__).parent.glob("v0005_*.sql")):
        for statement in filter(str.strip, script.read_text(encoding="utf-8").split(END)):
            op.execute(statement)
