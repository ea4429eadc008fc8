"""Actions of the pages that work a dividend out and pay it."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action

_R = "dividend_run"

ACTIONS: tuple[ActionSpec, ...] = (
    # working it out
    action(_R, "persons", "看每人", "Return", "展开这一户，看每个人多少份、分多少", "看每人", typed=True),
    action(_R, "fill", "全部分完", "=", "光标在“这次分”里：填上可以分的全部", typed=True),
    action(_R, "explain", "怎么算的", "F4", "这一户、这个人的钱是怎么算出来的", "怎么算的"),
    action(_R, "gates", "过几道关", "F7", "看还差什么才能生成凭证；再按一次回到各户", "过几道关"),
    action(_R, "notice", "公示单…", "F8", "一户一行，名字照公示的写法遮住，预览并打印"),
    action(_R, "sheet", "签领单…", "Ctrl+Shift+P", "一户一行，签字、代领人、关系，预览并打印"),
    action(_R, "export", "导出 xlsx", "Ctrl+E", "每个账户一行，存成 Excel 文件"),
    action(_R, "export_csv", "导出 csv", "Ctrl+Shift+E", "每个账户一行，存成 csv 文件"),
    action(_R, "resolve", "登记决议…", "Ctrl+B", "先登记成员（代表）大会的决议"),
    action(_R, "post", "生成凭证", "F10", "每一道关都过了，填好分红的凭证，等待审核", "生成凭证", **PREPARE),
)
