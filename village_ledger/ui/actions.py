"""Every action, declared once: its words, keys and help. Buttons, key hints and the F1 card are all made from here.

A page names its ``scope`` and gives a slot per action id (``Page.handlers``); the keys are then bound to the page.
Keys marked ``typed`` are not shortcuts: the cell, table or window that has the focus answers them, and the table
here only tells people about them. A test holds that no two actions of one scope share a key. An area with a table of its
own keeps it in ``actions_<area>`` and is gathered here.
"""

from __future__ import annotations

from village_ledger.ui import (
    actions_agency,
    actions_agency_staff,
    actions_assets,
    actions_attachments,
    actions_calendar,
    actions_contracts,
    actions_counting,
    actions_decisions,
    actions_desk,
    actions_dividends,
    actions_export,
    actions_indicators,
    actions_intake,
    actions_limits,
    actions_members,
    actions_merger,
    actions_oldbooks,
    actions_parcels,
    actions_postings,
    actions_public,
    actions_review,
    actions_sheets,
    actions_wall,
)
from village_ledger.ui.action_spec import (
    ACCOUNTS,
    ADMINISTER,
    CASH,
    CLOSE,
    OPENING,
    POST,
    PREPARE,
    RECONCILE,
    REVIEW,
    ActionSpec,
    action,
    step_keys,
)

EVERYWHERE = "everywhere"
"""Scope of the window's own actions."""
TABLE = "table"
"""Scope shared by every page that shows a table of figures."""


SCOPE_TITLES = {
    EVERYWHERE: "到处都能按",
    "voucher": "填凭证",
    "voucher_list": "审凭证、记账",
    "planning": "办事：模板、预收、计划",
    "transfers": "两账往来",
    "transfer": "填往来单",
    "resolutions": "决议",
    TABLE: "账簿和报表",
    "claims": "报账单",
    "claim": "填报账单",
    "advances": "报账员和备用金",
    "cash_count": "现金盘点",
    "receipts": "收据领用核销",
    "preview": "打印预览",
    "backup": "备份",
    "calibration": "打印校准",
    "closing": "结账",
    "month_form": "反结账、封存、收益分配",
    "year_end": "年终结转",
    "setup": "建账、期初余额",
    "last_year": "上年数",
    "staff": "人员",
    "operation_log": "操作日志",
    "bank": "银行对账",
    "bank_import": "导入对账单",
    "bank_accounts": "银行账户",
    "separation": "分账",
    "members": "成员",
    "member_import": "导入成员和份额",
    "household": "一户的成员和份额",
    "person_form": "登记成员的变化",
    "certificates": "股权证",
    "share_register": "股权登记簿",
    "share_event": "份额变动",
    "share_cases": "办理中的份额变动",
    "charter": "章程参数",
    "dividend_run": "收益分红",
    "dividend_payments": "分红发放",
    **actions_assets.SCOPES,
    **actions_counting.SCOPES,
    **actions_parcels.SCOPES,
    **actions_indicators.SCOPES,
    **actions_attachments.SCOPES,
    **actions_decisions.SCOPES,
    **actions_merger.SCOPES,
    **actions_oldbooks.SCOPES,
    **actions_contracts.SCOPES,
    **actions_limits.SCOPES,
    **actions_calendar.SCOPES,
    **actions_public.SCOPES,
    **actions_postings.SCOPES,
    **actions_sheets.SCOPES,
    **actions_export.SCOPES,
    **actions_wall.SCOPES,
    **actions_review.SCOPES,
    **actions_desk.SCOPES,
    **actions_agency.SCOPES,
    **actions_agency_staff.SCOPES,
}
"""Heading of each group on the key card, in its order."""

_V, _L, _S, _B = "voucher", "voucher_list", "staff", "bank"
_T = "transfers"

ACTIONS: tuple[ActionSpec, ...] = (
    # the window
    action(EVERYWHERE, "new_voucher", "记一笔", "F5 Ctrl+N", "填一张新凭证", **PREPARE),
    action(EVERYWHERE, "find", "查找", "Ctrl+F", "把光标放进本页的查找框"),
    action(EVERYWHERE, "print", "打印…", "Ctrl+P", "预览并打印本页"),
    action(EVERYWHERE, "larger", "字大一点", "Ctrl++ Ctrl+=", "所有页面的字都大一级"),
    action(EVERYWHERE, "smaller", "字小一点", "Ctrl+-", "所有页面的字都小一级"),
    action(EVERYWHERE, "back", "回来", "Escape", "退一级，回到刚才那一行", typed=True),
    action(EVERYWHERE, "key_card", "按键卡", "F1", "看这张按键卡", "按键卡"),
    action(EVERYWHERE, "other_ledger", "换账", "F12", "换到另一本账，页面不变", "换账"),
    action(EVERYWHERE, "lock", "锁屏", "Ctrl+Shift+L", "离开一会儿：草稿都在，回来输密码"),
    # the voucher page
    action(_V, "save", "保存", "F6 Ctrl+S", "保存这张凭证并编号", **PREPARE),
    action(_V, "save_next", "保存并记下一张", "Ctrl+Return Ctrl+Enter", "保存后接着填下一张", **PREPARE),
    action(_V, "swap", "借贷互换", "Space", "在金额格里把金额换到另一边", "借贷互换", typed=True),
    action(_V, "balance", "补平", "= Ctrl+F7", "把差额填到这一行", "补平", typed=True),
    action(_V, "copy_above", "抄上一行摘要", "..", "摘要里打两个点，抄上一行", "抄上一行摘要", typed=True),
    action(_V, "copy_first", "抄第一行摘要", "//", "摘要里打两条斜线，抄第一行", typed=True),
    action(_V, "look_up", "选科目", "F7 F2", "打开科目、单位的清单；打字时它也自己出来", "选科目"),
    action(_V, "calculator", "计算器", "F9", "带纸带的计算器；金额格里直接打 12*3+5 也行"),
    action(_V, "insert_line", "插一行", "Insert Ctrl+I", "在这一行前面插一行", when_writable=True),
    action(_V, "delete_line", "删这一行", "Ctrl+Delete", "删掉光标所在的一行", when_writable=True),
    action(_V, "undo", "撤销", "Ctrl+Z", "退回上一步", when_writable=True),
    action(_V, "redo", "重做", "Ctrl+Y", "再做一次刚撤销的一步", when_writable=True),
    action(_V, "previous", "上一张", "PgUp", "看前一号凭证"),
    action(_V, "next", "下一张", "PgDown", "看后一号凭证"),
    action(_V, "go_to", "到某一号", "Ctrl+G", "打凭证号，直接过去"),
    action(_V, "templates", "模板", "Ctrl+T", "用模板填这张：打字查找，Enter 填上", **PREPARE),
    action(_V, "keep_template", "存为模板…", "Ctrl+Shift+T", "把这张凭证存成模板", **PREPARE),
    action(_V, "copy", "复制这张", "Ctrl+D", "照这张再填一张，日期换到没结账的月份", **PREPARE),
    action(_V, "copy_across", "复制到另一本账…", "Ctrl+Shift+D", "先选好那本账里的科目", **PREPARE),
    action(
        _V, "how_to_book", "这笔怎么记", "F3", "打事情的叫法，看该记哪些科目", "怎么记", leads="posting_event"
    ),
    action(_V, "document", "往来单", "Ctrl+B", "这张是两账往来的一边：看它的往来单"),
    action(_V, "other_side", "另一边凭证", "Ctrl+Shift+B", "看往来单在另一本账里的那张凭证"),
    action(_V, "look", "换样式", "Ctrl+L", "凭证纸和简表换着看，录入的方法一样"),
    action(_V, "papers", "附件", "Ctrl+J", "看这张凭证的附件；文件、发票拖进来，截图粘贴进来"),
    action(_V, "reverse", "红字冲销…", "Ctrl+R", "照已记账的这张做红字凭证冲掉它", **PREPARE),
    # the voucher list
    action(_L, "move", "上下移动", "Up/Down", "到上一张、下一张", typed=True),
    action(_L, "mark", "标记", "Space", "标上或去掉这一张", "标记", typed=True, when_writable=True),
    action(_L, "open", "打开", "Return", "打开这一张", "打开", typed=True),
    action(_L, "pass", "通过", "F8", "标记的凭证全部审核通过", "通过", **REVIEW),
    action(_L, "give_back", "退回这张…", "Shift+F8", "写明原因，退回给制单人", "退回", **REVIEW),
    action(_L, "post", "记账", "F10", "把已审核的凭证记到账上", "记账", **POST),
    action(_L, "unreview", "取消审核", "", "谁审核，谁取消；只在记账以前", **REVIEW),
    action(_L, "void", "作废…", "", "写明原因作废，字号保留，装订时留一页", **PREPARE),
    action(_L, "delete", "删除最后一张…", "", "只能删没审核的、本月最后一张", **PREPARE),
    action(_L, "resort", "按日期重排字号", "", "没审核的凭证按日期从小到大重新编号", **PREPARE),
    # help to book: one table over one form
    action("planning", "fill_in", "填好了", "F6", "照填的办", "照填的办", **PREPARE),
    action("planning", "keep", "存下", "Ctrl+S", "存下这一项", "存下", **PREPARE),
    action("planning", "make", "记下", "F10", "到期的一次记下，记过的不会再记", "记下", **PREPARE),
    action("planning", "leave_out", "跳过", "F8", "这一项不办，写明原因", "跳过", **PREPARE),
    action("planning", "stop", "停止", "", "以后不再办，已经记的不动", **PREPARE),
    # money between the ledgers
    action(_T, "new", "新填往来单", "Insert", "填一份往来单，两边的凭证一起出", "新填", **PREPARE),
    action(_T, "settle", "归还、转交", "F6", "归还或转交这一份，金额先填好", "归还", **PREPARE),
    action(_T, "pass", "审核两边", "F8", "两边的凭证一起审核通过", "审核", **REVIEW),
    action(_T, "post", "两边记账", "F10", "两边的凭证一起记账", "记账", **POST),
    action(_T, "reverse", "两边冲销…", "Ctrl+R", "两边各填一张冲销凭证", **PREPARE),
    action(_T, "void", "两边作废…", "", "没记账的往来单，两边的凭证一起作废", **PREPARE),
    action(_T, "slip", "分割单", "", "共同费用的原始凭证分割单，可以打印"),
    action(_T, "other_voucher", "另一边凭证", "Ctrl+Return", "看另一本账里的那张凭证", "另一边"),
    action("transfer", "save", "填好，两边出凭证", "F6 Ctrl+S", "两边的凭证一起填制", "填好", **PREPARE),
    action("resolutions", "save", "登记", "F6 Ctrl+S", "登记这份决议", "登记", **PREPARE),
    # tables of figures
    action(TABLE, "explain", "怎么来的", "F4", "这个数由哪些数、哪些凭证来", "怎么来的"),
    action(TABLE, "into", "往里看", "Return", "从数字到明细账，再到凭证", "往里看", typed=True),
    action(TABLE, "earlier", "上月", "Alt+Left", "看上一个月"),
    action(TABLE, "later", "下月", "Alt+Right", "看下一个月"),
    action(TABLE, "export", "导出 xlsx", "Ctrl+E", "存成 Excel 文件"),
    # claims, advances, receipts
    action("claims", "new", "收一张报账单", "Insert", "填一张新的报账单", "收报账单", **PREPARE),
    action("claims", "book", "记成凭证", "F8", "把这张报账单记成凭证，等待审核", "记成凭证", **PREPARE),
    action("claims", "give_back", "退回…", "Shift+F8", "写明原因，退回给报账员", **PREPARE),
    action("claims", "form", "打印这张", "Ctrl+Shift+P", "预览并打印这张报账单"),
    action("claims", "holders", "报账员和备用金", "Ctrl+B", "登记报账员，核对备用金"),
    action("claim", "put", "放进单子", "Ctrl+Return", "把填好的一张单据放进单子", **PREPARE),
    action("claim", "remove", "去掉这张", "Ctrl+Delete", "把选中的单据从单子里去掉", **PREPARE),
    action("claim", "from_file", "从表格读…", "Ctrl+O", "从 xlsx 或 csv 读入单据", **PREPARE),
    action("claim", "save", "保存", "F6 Ctrl+S", "保存这张报账单", "保存", **PREPARE),
    action("advances", "register", "登记报账员", "Ctrl+I", "登记姓名和放备用金的科目", **ACCOUNTS),
    action("advances", "dismiss", "停用", "Ctrl+Delete", "这个人不再报账；备用金要先结清", **ACCOUNTS),
    action("advances", "count", "登记核对", "F6", "登记选中那人的现金和未报单据", **CASH),
    # counting the cash box
    action("cash_count", "count", "登记", "F6", "登记点到的现金，和账面对", "登记", **CASH),
    action("cash_count", "voucher", "差额填成凭证", "F10", "长款、短款记待处理，等待审核", **PREPARE),
    action("receipts", "register", "登记一本", "Insert", "登记新领来的一本收据", **CASH),
    action("receipts", "write", "登记", "F6", "登记领用、使用、作废或交回", **CASH),
    # closing a month
    action("closing", "item", "换一项", "Up/Down", "看检查单的上一项、下一项", "换一项", typed=True),
    action(
        "closing", "evidence", "看证据", "Return", "到这一项的凭证、明细账；Esc 回来", "看证据", typed=True
    ),
    action("closing", "check", "重新检查", "F9", "再查一遍，这个月转为“核”", "重新检查", **CLOSE),
    action("closing", "close", "结账", "F10", "检查单都通过后结账，凭证不能再动", "结账", **CLOSE),
    action("closing", "later", "先不结", "", "这个月退回“开”，以后再结", **CLOSE),
    action("closing", "review", "去审凭证", "F8", "看本月等着审核、记账的凭证"),
    action("closing", "reopen", "反结账…", "", "只反最近一个月；要另一个人批准，写明原因", **CLOSE),
    action("closing", "seal", "监事签字封存…", "", "两名监事签字后封存，以后不能反结账", **CLOSE),
    action("closing", "year_end", "年终结转…", "", "先看要记哪些凭证，再结转全年收支", reads="看年终结转"),
    action(
        "closing", "distribute", "收益分配…", "", "弥补亏损、提公积公益金、向成员分配", leads="distribution"
    ),
    action("year_end", "carry", "年终结转", "F10", "照草稿记账，一年一次", "年终结转", **CLOSE),
    action(
        "year_end", "distribute", "收益分配…", "", "弥补亏损、提公积公益金、向成员分配", leads="distribution"
    ),
    action("year_end", "into", "看明细账", "Return", "到这一行的明细账", "看明细账", typed=True),
    action("month_form", "list", "逐户名单…", "Ctrl+O", "收益分配：选逐户名单的 csv 或 xlsx", **PREPARE),
    action("month_form", "act", "办理", "F10", "照填好的办", **CLOSE),
    # the preview
    action("preview", "previous_sheet", "上一页", "PgUp", "看上一页"),
    action("preview", "next_sheet", "下一页", "PgDown", "看下一页"),
    action("preview", "save_pdf", "存成 PDF", "Ctrl+S", "存成 PDF 文件，打印和发送都用它"),
    action("preview", "calibrate", "打印校准…", "Ctrl+K", "打歪了时量两个数，以后打得正"),
    # backups
    action("backup", "back_up", "备份到…", "F6", "选一个文件夹，最好在另一块盘或 U 盘上", "备份"),
    action("backup", "try_out", "试恢复", "F8", "把选中的备份逐条核对一遍，看它能不能用", "试恢复"),
    action("backup", "restore", "恢复成新账簿…", "", "从选中的备份另建一本账簿，不覆盖任何文件"),
    # print calibration
    action("calibration", "ruler", "打印刻度页", "F9", "打一张带毫米刻度的纸，用尺子量"),
    action("calibration", "ruler_pdf", "存成 PDF", "Ctrl+S", "把刻度页存成文件"),
    action("calibration", "keep", "记住", "F6", "记住量到的两个数"),
    # staff
    action(_S, "add", "登记…", "Insert", "登记一个人，给角色、设密码", "登记", **ADMINISTER),
    action(_S, "roles", "角色…", "Return", "给这个人角色，或收回", "角色", typed=True, **ADMINISTER),
    action(_S, "unlock", "解锁", "Ctrl+U", "密码错得太多锁住的，让他再试", **ADMINISTER),
    action(_S, "dismiss", "离任…", "Ctrl+Delete", "收回全部角色；凭证上的名字不变", **ADMINISTER),
    action(_S, "own_pin", "改我的密码…", "Ctrl+M", "先输旧密码，再设新的", when_writable=True),
    action(_S, "recovery", "换恢复码…", "Ctrl+R", "做一张新的恢复码，旧的作废", **ADMINISTER),
    action(_S, "log", "操作日志", "Ctrl+L", "谁在什么时候做了什么"),
    # the operation log
    action("operation_log", "ask", "查", "F6", "照上面写的找", "查"),
    action("operation_log", "everything", "全部", "Ctrl+0", "清空条件，看全部"),
    # the bank
    action(_B, "tick", "选这一行", "Space", "选上或去掉这一行；两边选到相等就能勾对", "选", typed=True),
    action(_B, "match", "勾对", "F8", "把两边选中的行勾成一组，两边要相等", "勾对", **RECONCILE),
    action(_B, "unmatch", "取消勾对", "Shift+F8", "取消这一行所在的那一组", **RECONCILE),
    action(_B, "automatic", "自动勾对", "F7", "把有把握的都勾上", **RECONCILE),
    action(_B, "propose", "下一个建议", "F9", "拿不准的由人来定：选上下一组可能的行", "建议"),
    action(_B, "draft", "填成凭证", "F10", "银行有、账上没有的，填成凭证等审核", "填成凭证", **PREPARE),
    action(_B, "error", "银行错账", "Ctrl+B", "这一行是银行记错的；再按一次就不是", **RECONCILE),
    action(_B, "assert", "核对余额…", "Ctrl+D", "写下对账单上月末的余额，以后一直核对", **RECONCILE),
    action(_B, "waiting", "只看没勾对的", "Ctrl+U", "只看还没勾对的行，或看全部"),
    action(_B, "other_side", "换边", "Alt+Down", "光标换到另一边的表"),
    action(_B, "statement", "导入对账单…", "Ctrl+I", "导入银行给的 csv 或 xlsx", **RECONCILE),
    action(_B, "accounts", "银行账户…", "", "登记银行账号、开户和销户日期"),
    action("bank_import", "choose", "选文件…", "Ctrl+O", "选银行给的对账单文件"),
    action("bank_import", "take", "导入", "F6", "照下面的意思导入，一行不对就一行也不导", **RECONCILE),
    action(
        "bank_import", "meaning", "换意思", "Left", "光标在列上时按 ← →，换这一列的意思", "换意思", typed=True
    ),
    action("bank_accounts", "keep", "保存", "F6 Ctrl+S", "登记或保存这个银行账户", **ACCOUNTS),
    action("bank_accounts", "new", "新登记", "Ctrl+Insert", "空出来填一个新账户", **ACCOUNTS),
    action(
        "bank_accounts",
        "remove",
        "删除",
        "Ctrl+Delete",
        "删掉登记错的账户；有了对账单就不能删",
        **ACCOUNTS,
    ),
    # set-up and opening balances
    *step_keys("setup"),
    action(
        "setup",
        "paste_block",
        "粘贴表格",
        "Ctrl+Shift+V",
        "把 Excel 里复制的一块贴进来，先看后放",
        **OPENING,
    ),
    action("setup", "take_file", "导入文件…", "Ctrl+O", "从 xlsx 或 csv 读期初余额", **OPENING),
    action("setup", "drop_row", "去掉这一行", "Ctrl+Delete", "去掉表里选中的一行", **OPENING),
    action("setup", "confirm_opening", "期初定下来", "", "期初不再改了，以后要更正用凭证", **OPENING),
    action("last_year", "save", "存下", "F6 Ctrl+S", "存下这张表的上年数", "存下", **OPENING),
    action("last_year", "take_file", "导入文件…", "Ctrl+O", "从 xlsx 或 csv 读上年报表", **OPENING),
    *actions_members.ACTIONS,
    *actions_intake.ACTIONS,
    *actions_dividends.ACTIONS,
    *actions_assets.ACTIONS,
    *actions_counting.ACTIONS,
    *actions_parcels.ACTIONS,
    *actions_indicators.ACTIONS,
    *actions_attachments.ACTIONS,
    *actions_decisions.ACTIONS,
    *actions_merger.ACTIONS,
    *actions_oldbooks.ACTIONS,
    *actions_contracts.ACTIONS,
    *actions_limits.ACTIONS,
    *actions_calendar.ACTIONS,
    *actions_public.ACTIONS,
    *actions_postings.ACTIONS,
    *actions_sheets.ACTIONS,
    *actions_export.ACTIONS,
    *actions_wall.ACTIONS,
    *actions_review.ACTIONS,
    *actions_desk.ACTIONS,
    *actions_agency.ACTIONS,
    *actions_agency_staff.ACTIONS,
    # one ledger split in two
    *step_keys("separation"),
    action(
        "separation", "owner", "换归属", "Space", "集体、村委会、代管代发、待定，轮着换", "换归属", typed=True
    ),
    action("separation", "split", "拆开这一行", "/", "把一行分成几份，各归各的", "拆开这一行"),
    action("separation", "edit", "改这一份", "Return", "改金额、科目、往来和理由", "改这一份", typed=True),
    action("separation", "join", "并回去", "Ctrl+Delete", "去掉这一份，钱并到别的份里"),
    action("separation", "undo", "撤销", "Ctrl+Z", "退回上一步", "撤销"),
    action("separation", "redo", "重做", "Ctrl+Y", "再做一次刚撤销的一步"),
    action("separation", "prefill", "照规则预填", "Ctrl+R", "每一行都照规则重新初判；可以撤销"),
    action("separation", "next_open", "下一个没定的", "F7", "到下一行待定的", "下一个没定的"),
    action("separation", "print_list", "打印公示清单…", "F8", "签字前张贴：每一行归谁、合计、核对"),
    action("separation", "print_signoff", "打印签字表…", "", "两边负责人和监督签字的表"),
)

_BY_ID = {(spec.scope, spec.id): spec for spec in ACTIONS}


def spec(scope: str, action_id: str) -> ActionSpec:
    """The action of a scope, or the window's own of that name; raises KeyError for one not declared."""
    found = _BY_ID.get((scope, action_id)) or _BY_ID.get((EVERYWHERE, action_id))
    if found is None:
        raise KeyError(f"{scope}.{action_id}")
    return found


def of_scope(scope: str) -> list[ActionSpec]:
    """The actions of one scope in their order."""
    return [s for s in ACTIONS if s.scope == scope]


def shared_keys(scope: str) -> list[tuple[str, str, str]]:
    """Keys two actions of a page would both answer: (key, action, action); the window's count on every page."""
    taken: dict[str, str] = {}
    clashes: list[tuple[str, str, str]] = []
    reach = of_scope(EVERYWHERE) if scope == EVERYWHERE else [*of_scope(EVERYWHERE), *of_scope(scope)]
    for one in reach:
        for key in one.keys:
            if key in taken:
                clashes.append((key, taken[key], one.id))
            taken[key] = one.id
    return clashes
