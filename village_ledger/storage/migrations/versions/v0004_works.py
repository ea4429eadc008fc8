"""Format 4: assets, contracts, decisions and what hangs on them. Each area adds its tables as plain SQL in a file of its own."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

END = ";\n"


def upgrade() -> None:
    """Make every table and index that format 4 adds; nothing of older formats is touched."""
    for script in sorted(Path(__file__).parent.glob("v0004_*.sql")):
        for statement in filter(str.strip, script.read_text(encoding="utf-8").split(END)):
            op.execute(statement)
