"""Whatever may be written after ``import`` and ``export`` stands in their help."""

from __future__ import annotations

import pytest

from village_ledger.cli.parser import KINDS
from village_ledger.exchange.exports.export_formats import FORMATS


@pytest.mark.parametrize(("command", "words"), [("import", KINDS), ("export", (*FORMATS, "package"))])
def test_every_word_has_its_help(run, command, words):
    said = "".join(run(command, "--help").out.split())
    assert [word for word in words if word not in said] == []
