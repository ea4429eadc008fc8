"""Actions of the pages of members, households and shares."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, SETTINGS, ActionSpec, action

ACTIONS: tuple[ActionSpec, ...] = (
    # members and households
    action("members", "open", "看这一户", "Return", "看这一户的人、份额、变动", "看这一户", typed=True),
    action("members", "as_of", "看到哪天…", "F7", "看从前某一天的样子", "看到哪天"),
    action("members", "add", "新增人员…", "Insert", "登记一个人：出生、嫁入、收养、迁入", **PREPARE),
    action("household", "previous", "上一户", "PgUp", "到上一户", "上一户"),
    action("household", "next", "下一户", "PgDown", "到下一户", "下一户"),
    action("household", "as_of", "看到哪天…", "F7", "看从前某一天的样子", "看到哪天"),
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
    action("person_form", "act", "登记", "F6 Ctrl+S", "登记下来", "登记", **PREPARE),
    action("charter", "save", "照章程存下", "F6 Ctrl+S", "从写的那天起照它办", "存下", **SETTINGS),
)
