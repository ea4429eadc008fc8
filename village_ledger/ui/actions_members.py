"""Actions of the pages of members, households and shares."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, SETTINGS, ActionSpec, action, step_keys

ACTIONS: tuple[ActionSpec, ...] = (
    # members and households
    action("members", "open", "看这一户", "Return", "看这一户的人、份额、变动", "看这一户", typed=True),
    action("members", "as_of", "看到哪天…", "F7", "看从前某一天的样子", "看到哪天"),
    action("members", "certificates", "股权证", "F8", "每户的股权证：发、换、收回、查真假、打印", "股权证"),
    action("members", "register", "登记簿", "F9", "股权登记簿：任何一天谁有多少，变动、质押、上限", "登记簿"),
    action("members", "cases", "份额变动", "F6", "新办一件，看办到哪一步", "份额变动"),
    action(
        "members", "take_in", "从文件导入…", "Ctrl+O", "成员名册、量化方案、份额变动的 xlsx 或 csv", **PREPARE
    ),
    action("members", "add", "新增人员…", "Insert", "登记一个人：出生、嫁入、收养、迁入", **PREPARE),
    action("household", "previous", "上一户", "PgUp", "到上一户", "上一户"),
    action("household", "next", "下一户", "PgDown", "到下一户", "下一户"),
    action("household", "as_of", "看到哪天…", "F7", "看从前某一天的样子", "看到哪天"),
    action("household", "certificate", "股权证", "F8", "这一户的股权证：发、换、打印"),
    action("household", "dividends", "分红发放", "Ctrl+D", "这一户的分红：还没有领的、怎么发的"),
    action("household", "split", "分户…", "", "这一户分成两户，份额总数不变", **PREPARE),
    action(
        "household", "death", "登记去世…", "Ctrl+Delete", "选中的人去世了：身份终止，份额等着继承", **PREPARE
    ),
    action("household", "admit", "确认成员…", "Ctrl+Return", "凭决议确认选中的人为成员", **PREPARE),
    action("household", "leave", "退出…", "", "选中的人退出或丧失成员身份", **PREPARE),
    action("household", "head", "另定户主…", "", "选中的人作这一户的户主", **PREPARE),
    action("household", "add", "新增人员…", "Insert", "给这一户登记一个人", **PREPARE),
    action(
        "household", "change", "办份额变动", "F6", "转让、赠与、继承、质押、退出", "办份额变动", **PREPARE
    ),
    action("household", "reverse", "冲销…", "Ctrl+R", "冲销变动表里选中的这一号", **PREPARE),
    action("person_form", "act", "登记", "F6 Ctrl+S", "登记下来", "登记", **PREPARE),
    # share certificates and the share register
    action("certificates", "open", "看这一户", "Return", "看这一户的人、份额、变动", "看这一户", typed=True),
    action("certificates", "issue", "发证", "Insert", "给这一户发股权证", "发证", **PREPARE),
    action(
        "certificates",
        "issue_all",
        "成批发证…",
        "Ctrl+Insert",
        "给所有没有证的户发，要换的也可以换",
        **PREPARE,
    ),
    action("certificates", "replace", "换发…", "Ctrl+R", "份额变了或遗失了：旧证收回，发新证", **PREPARE),
    action("certificates", "void", "收回…", "Ctrl+Delete", "写错、遗失或交回：证失效，不发新的", **PREPARE),
    action("certificates", "act", "照填的办", "F6", "照打开的表办", **PREPARE),
    action(
        "certificates", "check", "查真假…", "F9", "打证号或校验码，看是不是本社发的、还有效没有", "查真假"
    ),
    action("certificates", "print_all", "打印全部…", "Ctrl+Shift+P", "表里有效的证一次打出来"),
    action("certificates", "register", "登记表", "F8", "每一本证写的份额、有效还是收回的，可以打印"),
    action(
        "share_register", "open", "看这一户", "Return", "看这一户的人、份额、变动", "看这一户", typed=True
    ),
    action("share_register", "as_of", "看到哪天…", "F7", "看从前某一天；期间变动是从哪天到哪天", "看到哪天"),
    action("share_register", "register", "登记簿", "Alt+1", "谁有多少：可动、质押、冻结、占本类多少"),
    action("share_register", "movements", "期间变动", "Alt+2", "一段时间里每一次变动"),
    action("share_register", "pledges", "质押清单", "Alt+3", "哪些份额质押着，给谁，到哪天"),
    action("share_register", "caps", "上限检查", "Alt+4", "谁超过章程规定的上限"),
    action("share_register", "equality", "平衡核对", "Alt+5", "量化、账户、质押、股权证四边相等"),
    action("share_register", "certificates", "股权证", "F8", "每户的股权证", "股权证"),
    action("share_register", "posting", "张榜…", "Ctrl+Shift+P", "打张榜的登记簿：姓名遮一半，小孩不写姓名"),
    action("share_register", "export", "导出 xlsx", "Ctrl+E", "把这张表存成 Excel 文件"),
    *step_keys("share_event"),
    action("share_event", "cases", "办理中的变动", "F8", "看办到哪一步：审查、批准、公示、登记", "办理中的"),
    action("share_cases", "new", "新办一件", "Insert", "转让、继承、质押……从头办一件", "新办", **PREPARE),
    action("share_cases", "open", "打开", "Return", "草稿接着填；办过的看转出的那一户", "打开", typed=True),
    action("share_cases", "check", "审查", "F7", "照规则再查一遍，通过就等批准", "审查", **PREPARE),
    action("share_cases", "approve", "批准…", "F8", "另一个人凭决议批准", "批准", when_writable=True),
    action("share_cases", "publish", "公示…", "F9", "从哪天起张榜公示", "公示", **PREPARE),
    action("share_cases", "post", "登记", "F10", "公示期满，登记到份额登记簿", "登记", **PREPARE),
    action("share_cases", "papers", "收到材料", "F6", "下面打勾的材料收到了", "收到材料", **PREPARE),
    action("share_cases", "object", "有异议…", "Ctrl+B", "公示期里有人提出异议", **PREPARE),
    action("share_cases", "reject", "退回…", "Shift+F8", "写明原因，不办了", **PREPARE),
    action("share_cases", "again", "照它另起", "Ctrl+D", "退回的办件，照它起一份新的草稿", **PREPARE),
    action("charter", "save", "照章程存下", "F6 Ctrl+S", "从写的那天起照它办", "存下", **SETTINGS),
)
