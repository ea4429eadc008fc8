"""Actions of the pages that work a dividend out and pay it."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action

_R, _P = "dividend_run", "dividend_payments"

ACTIONS: tuple[ActionSpec, ...] = (
    # working it out
    action(_R, "persons", "看每人", "Return", "展开这一户，看每个人多少份、分多少", "看每人", typed=True),
    action(_R, "fill", "全部分完", "=", "光标在“这次分”里：填上可以分的全部", typed=True),
    action(_R, "explain", "怎么算的", "F4", "这一户、这个人的钱是怎么算出来的", "怎么算的"),
    action(
        _R,
        "gates",
        "过几道关",
        "F7",
        "看还差什么才能生成凭证；再按一次回到各户",
        "过几道关",
        when_writable=True,
    ),
    action(
        _R, "terms", "年度、日期、决议", "F2", "到年度、登记日、分红日、决议；窗口小时它们收着，按一下打开"
    ),
    action(_R, "notice", "公示单…", "F8", "一户一行，名字照公示的写法遮住，预览并打印"),
    action(_R, "sheet", "签领单…", "Ctrl+Shift+P", "一户一行，签字、代领人、关系，预览并打印"),
    action(_R, "export", "导出 xlsx", "Ctrl+E", "每个账户一行，存成 Excel 文件"),
    action(_R, "export_csv", "导出 csv", "Ctrl+Shift+E", "每个账户一行，存成 csv 文件"),
    action(_R, "resolve", "登记决议…", "Ctrl+B", "先登记成员（代表）大会的决议", reads="看决议"),
    action(_R, "pay", "分红发放…", "Ctrl+D", "分红的凭证记了账：发钱、登记银行结果"),
    action(_R, "post", "生成凭证", "F10", "每一道关都过了，填好分红的凭证，等待审核", "生成凭证", **PREPARE),
    # paying it
    action(
        _P,
        "mark",
        "选这一笔",
        "Space",
        "选上或去掉这一笔；都不选就是光标所在的一笔",
        "选",
        typed=True,
        when_writable=True,
    ),
    action(_P, "household", "选这一户", "F7", "选上或去掉光标所在的一户", "选这一户", when_writable=True),
    action(
        _P,
        "all",
        "全选",
        "Ctrl+A",
        "选上列出来的每一笔，挂账的除外；再按一次全部去掉",
        "全选",
        when_writable=True,
    ),
    action(
        _P,
        "form",
        "填怎么发",
        "F8",
        "到右边填日期、怎么发、代领人；再按一次回到名单",
        "填怎么发",
        when_writable=True,
    ),
    action(_P, "open", "看凭证", "Return", "看这一笔的凭证；没有发的看为什么", typed=True),
    action(_P, "explain", "怎么来的", "F4", "这一笔应领、已发、未领多少，为什么没有领"),
    action(_P, "due", "未领的", "Alt+1", "还没有领的，在这里发放"),
    action(_P, "waiting", "等银行的", "Alt+2", "交给银行还没有答复的，在这里登记结果"),
    action(_P, "paid", "发过的", "Alt+3", "每一笔发放：哪天、怎么发、谁代领"),
    action(
        _P, "from_file", "从文件登记…", "Ctrl+O", "读银行给的代发结果文件，一行不对就一行也不登记", **PREPARE
    ),
    action(_P, "sheet", "签领单…", "Ctrl+Shift+P", "一户一行，签字、代领人、银行结果，预览并打印"),
    action(_P, "run", "收益分红…", "Ctrl+D", "看这一年每户分了多少、怎么算的", leads="dividend_run"),
    action(_P, "act", "发放", "F6", "把选上的发掉，记一张凭证；或者登记银行的结果", "办", **PREPARE),
)
