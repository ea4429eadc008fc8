"""Rules of people, certificates and dividends as a refusal names them: ``（规则 集体经济组织法第12条：…）``.

Those of share events are numbered (``share_rules``); what the law says is named by its article, what the register of
members itself asks by 名册.
"""

from __future__ import annotations

from typing import Final

WELL_WRITTEN: Final = "（规则 名册：证件号码合 GB 11643，姓名和日期写得清楚）"
ONCE_ONLY: Final = "（规则 名册：同一个人只登记一次）"
ONE_NAME: Final = "（规则 账户：户编号和姓名合起来只指一个人）"
WITH_BASIS: Final = "（规则 名册：每次变动写明依据）"
IN_ORDER: Final = "（规则 名册：变动按先后登记）"
KNOWN_FIELD: Final = "（规则 名册：只更正名册上有的一项）"
ONE_DEATH: Final = "（规则 名册：死亡只登记一次，更正写明依据）"
DEATH_DAY: Final = "（规则 名册：死亡在出生以后、今天以前）"
THE_LIVING: Final = "（规则 名册：死亡以后身份不再变动）"
ON_THE_LIST: Final = "（规则 名册：只认那一天已经登记的人）"
WHICH_YEAR: Final = "（规则 分红：写明是哪一年的分红）"
NO_GROUND: Final = "（规则 集体经济组织法第18条：有这些情形的保留成员身份）"
HOUSEHOLDS: Final = "（规则 分户并户：分户不增、并户不减，一人一天只在一户）"
HEAD_OF_HOUSE: Final = "（规则 户主：户主是在世的本户人）"
ADMISSION: Final = "（规则 集体经济组织法第12条：因出生、婚姻、收养、政策移民或成员大会确认成为成员）"
CONFIRMED_BY: Final = "（规则 集体经济组织法第26、28条：确认成员由成员大会决定）"
NON_MEMBER: Final = "（规则 集体经济组织法第15条：给非成员权利要全体成员四分之三以上同意）"
LEAVING: Final = "（规则 集体经济组织法第16、17条：成员才能退出，丧失成员身份只有法定的原因）"
RESOLVED: Final = "（规则 I12：要凭通过了的决议办理）"
SHARE_CLASS: Final = "（规则 份额类别：名称不重复，最小单位定了不改）"
TWO_PEOPLE: Final = "（规则 不相容职务：经办和批准、复核不是同一个人）"
CERTIFICATE: Final = "（规则 I16：一户只有一本）"
DIVIDEND_LINES: Final = "（规则 I15：分红逐户合计等于总额，发放不超过各户应领）"
ESTATE: Final = "（规则 I14：遗产的分红先挂账，不发放）"
DIVIDEND_DAY: Final = "（规则 发放：记了账的分红才能发放，发放不早于分红，结果不早于发放）"
PAYEE: Final = "（规则 发放：代领人写明是谁、和持有人是什么关系）"
PAYING: Final = "（规则 发放：写明发给谁、怎么发、从哪个户头发）"
BANK_RESULT: Final = "（规则 发放：每一笔银行代发登记一次结果）"
CASE_STEPS: Final = "（规则 办件：草稿、审查、批准、公示、登记，一步一步办）"
CASE_PAPERS: Final = "（规则 办件：收一样记一样，收齐为止）"
CASE_NOTICE: Final = "（规则 办件：公示满章程规定的天数才登记）"
CHARTER: Final = "（规则 章程参数：只能是写明的几种值）"
DIVIDEND_POOL: Final = "（规则 D2：分红不超过可分配的收益）"
