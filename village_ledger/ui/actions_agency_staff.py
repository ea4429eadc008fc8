"""Actions of the agency's people page: who works in which village, their one PIN, whose books are kept."""

from __future__ import annotations

from village_ledger.ui.action_spec import ActionSpec, action

_P, _N, _L = "agency_staff", "agency_new", "agency_log"

ACTIONS: tuple[ActionSpec, ...] = (
    action(_P, "roles", "角色…", "Return", "框着的人在这个村的角色；没有登记的就登记", "角色", typed=True),
    action(_P, "people", "哪个人", "Left/Right", "在这个村的几个人之间走", "哪个人", typed=True),
    action(_P, "mark", "选这个村", "Space", "选上或不选这个村", "选", typed=True),
    action(_P, "all", "全选", "F7", "各村都选上；都选了就都不选"),
    action(
        _P,
        "enrol",
        "在几个村登记…",
        "F6",
        "框着的人在选上的各村登记，给同样的角色；没有选就是各村",
        "几个村登记",
    ),
    action(_P, "add", "登记新人…", "Insert", "代管单位来了人：姓名、密码；还没有任何村的角色", "登记新人"),
    action(_P, "add_book", "加账簿…", "Ctrl+O", "把村的账簿加进来；搬了地方的再加一次", "加账簿"),
    action(_P, "drop_book", "不再代管…", "Ctrl+Delete", "拿掉这个村；账簿文件和里面的人员都不动"),
    action(_P, "own_pin", "改我的密码…", "Ctrl+K", "各村一起改；打不开的下一次打开时改"),
    action(_P, "match", "对上密码…", "F8", "我在这个村账簿里的密码不同：打一次那里的密码，或用它的恢复码"),
    action(_P, "renew", "重设密码…", "Ctrl+Shift+K", "框着的人忘了密码：本人在场，设一个新的，各村一起"),
    action(_P, "unlock", "解锁", "Ctrl+U", "框着的人输错密码被锁了，让他再试；密码不变"),
    action(_P, "head", "工作区管理员…", "Ctrl+G", "让框着的人管账簿和人员，或收回"),
    action(_P, "dismiss", "离开…", "Shift+Delete", "框着的人不在这里干了：各村一起收回角色"),
    action(_P, "days", "期限…", "Ctrl+D", "什么算晚了：几号前结账，报账单、审阅意见几天内办；照乡镇的规定改"),
    action(_P, "log", "变动记录", "F4", "谁什么时候加了账簿、登记了人、让谁离开", "变动记录"),
    action(_P, "refresh", "重新看", "F9", "再看一遍各村的人员"),
    action(_P, "export", "存成 xlsx", "Ctrl+E", "这张表存成 Excel 文件"),
    action(_P, "paper", "存成 PDF", "Ctrl+Shift+E", "这张表存成 PDF，可以打印"),
    action(
        _N, "make", "建工作区", "F6 Ctrl+Return Ctrl+Enter", "建好就进去，再把各村的账簿加进来", "建工作区"
    ),
    action(_N, "demo", "看看演示工作区", "F9", "三个小村，有事等着办；第一次打开时现做", "看演示"),
    action(_L, "refresh", "重新看", "F9", "再读一遍工作区"),
    action(_L, "export", "存成 xlsx", "Ctrl+E", "变动记录存成 Excel 文件"),
    action(_L, "paper", "存成 PDF", "Ctrl+Shift+E", "变动记录存成 PDF，印出来留着可以核对"),
    action(_N, "folder", "换文件夹…", "Ctrl+O", "工作区文件放在哪里；和各村的账放在一起最好"),
)
SCOPES = {_P: "代管人员", _N: "建代管工作区", _L: "工作区变动记录"}
