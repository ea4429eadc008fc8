import pytest

from tests.builders import Village, village
from tests.disclosure.posting_village import Wall
from village_ledger.domain.chart import Dimension

__all__ = ["march", "village", "wall"]


@pytest.fixture
def march(village: Village) -> Village:
    """A village whose first two months are closed and whose March is open."""
    village.add_account("514", "路灯照明")
    village.open_with("借 101 1200", "借 102 50000", "贷 311 51200")
    village.close_month("2025-01")
    village.close_month("2025-02")
    village.posted("2025-03-05", "收鱼塘承包款", "借 102 6000; 贷 501 6000")
    village.posted("2025-03-08", "付路灯电费", "借 51401 386.40; 贷 101 386.40")
    return village


@pytest.fixture
def wall(village: Village) -> Wall:
    """Three sheets of the first quarter, registered."""
    made = Wall(village)
    for code, report in (("AAAA", "disclosure"), ("BBBB", "disclosure-items"), ("CCCC", "disclosure-money")):
        made.sheet(code, report)
    return made


@pytest.fixture
def a_quarter(village: Village) -> Village:
    """A quarter of 青山村: rent, a grant, wages accrued and paid, electricity, a debt, land money."""
    for parent, name in (
        ("501", "农产品销售收入"),
        ("501", "出租收入"),
        ("513", "管理人员工资"),
        ("514", "路灯照明"),
    ):
        village.add_account(parent, name)
    village.add_account("211", "待分配征地补偿", demands=frozenset({Dimension.COUNTERPARTY}))
    village.open_with("借 101 1200", "借 102 50000", "借 112@李记鱼庄 800", "贷 311 52000")
    village.posted("2025-01-08", "收张三旧村小租金", "借 102 6000; 贷 50102 6000")
    village.posted("2025-01-20", "卖柑橘", "借 102 9000; 借 112@果品公司 1000; 贷 50101 10000")
    village.posted("2025-02-10", "收三组通组路奖补", "借 102 40000; 贷 241#三组通组路 40000")
    village.posted("2025-02-12", "付通组路进度款", "借 241#三组通组路 15000; 贷 102 15000")
    village.posted("2025-02-20", "提现", "借 101 500; 贷 102 500")
    village.posted("2025-03-05", "计提并付工资", "借 51301 2500; 贷 212 2500; 借 212 2500; 贷 102 2500")
    village.posted("2025-03-08", "付路灯电费", "借 51401 386.40; 贷 101 386.40")
    village.posted("2025-03-09", "收李记鱼庄旧欠", "借 101 300; 贷 112@李记鱼庄 300")
    village.posted("2025-03-18", "收征地补偿", "借 102 20000; 贷 21101@县征地办 20000")
    village.posted("2025-03-31", "路灯折旧", "借 51401 100; 贷 152 100")
    return village
