"""Definitions of own reports as a village writes them."""

from __future__ import annotations

RENT = """\
format = 1
id = "rent_by_kind"
report = "rent-by-kind"
title = "承包租金情况表"
charts = ["collective_2023"]
effective = 2024-01-01
source = "青山村自定"
source_note = "给村民代表会议看的。"
heading = "span"
row_key = "line"
signatures = ["制表"]

[[column]]
key = "period"
label = "本期数"
basis = "span"

[[column]]
key = "year"
label = "本年累计"

[[block]]
title = "收入"
rows = [
    { line = "A1", name = "经营收入", formula = "F(501)" },
    { line = "A2", name = "其中：租金", formula = "F(501.租金)", sign = "memo" },
    { line = "A3", name = "减：管理费用", formula = "F(513)", sign = "-" },
    { line = "A4", name = "合计", role = "total", formula = "A1-A3" },
]
"""
