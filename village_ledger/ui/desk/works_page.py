"""What the village owns, lets out and has agreed: one calm list, Enter goes there."""

from __future__ import annotations

from typing import ClassVar

from village_ledger.i18n import tr
from village_ledger.ui.tables.entry_list import Entry, EntryPage
from village_ledger.ui.tables.table_model import Look, ScreenColumn

_READ = {
    "assets": ("资产卡片", "每项资产的取得、用途、折旧、处置，和账核对"),
    "depreciation": ("折旧", "每月每项资产折旧多少，凭证在哪里"),
    "parcels": ("资源台账", "耕地、林地、水面：面积、四至、权属、谁在用"),
    "due": ("到期和欠租", "哪些租金到期、逾期，哪些合同快到期"),
    "contracts": ("合同台账", "出租、发包的合同和变更，各期租金收了没有"),
    "decisions": ("四议两公开", "提议、商议、审议、决议，决议和结果公开，每一步的记录"),
    "panel": ("六手印记", "抽中的人、六个人的签字，一个阶段一张签字纸"),
    "limits": ("审批限额", "多少钱谁签字、开什么会、要什么附件；从哪天起照哪一套办"),
    "small_powers": ("小微权力清单", "谁能定什么事，依据、步骤、责任人、时限"),
    "incomplete_papers": ("手续不全", "钱付了手续没齐的，缺什么"),
    "evidence": ("缺附件", "凭证、付款、合同、决议该有的扫描件和发票，缺的列出来"),
    "merger_follow": ("合并以后", "债权人通知、未决事项；对照表、来源表、份额清单"),
    "stock_takes": ("清产核资", "清查表、盘点的差异、审批和调整凭证"),
    "handovers": ("会计交接", "移交清册、逐项核对、三方签字"),
    "old_matters": ("旧账清单", "任期以前的债权债务：谁负责、办到哪里"),
}
"""Name and words of a line while a package is open: what there is to read."""


class WorksPage(EntryPage):
    """Registers, contracts, decisions and the great occasions, each line leading to its own page."""

    nav = "works"
    name = "资产"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("name", "看什么、办什么", Look.CODE, "小微权力清单"),
        ScreenColumn("when", "什么时候", Look.TEXT, "地块有变动时"),
        ScreenColumn("what", "怎么办", Look.TEXT, "收条、发票交来，一张报账单记成凭证", stretch=1),
    )

    reading: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("name", "看什么", Look.CODE, "小微权力清单"),
        ScreenColumn("when", "什么时候", Look.TEXT, "地块有变动时"),
        ScreenColumn("what", "里面有什么", Look.TEXT, "收条、发票交来，一张报账单记成凭证", stretch=1),
    )

    def entries(self) -> list[Entry]:
        """Registers first, then what is agreed, then the great occasions."""
        return [*self._registers(), *self._agreed(), *self._occasions()]

    def _line(self, name: str, when: str, what: str, page: str) -> Entry:
        if self.reviewing:
            name, what = _READ.get(page, (name, what))
        return Entry(tr(name), tr(what), tr(when), self.to(page), page)

    def _registers(self) -> list[Entry]:
        """Assets, parcels, contracts, what is due."""
        return [
            self._line(
                "资产卡片", "有变动时", "登记、改用途保管、改良、减值、处置、划转，和账核对", "assets"
            ),
            self._line("提折旧", "每月月底", "按卡片算好，一次做成一张凭证", "depreciation"),
            self._line(
                "资源台账", "地块有变动时", "耕地、林地、水面：面积、四至、权属、谁在用，分割合并", "parcels"
            ),
            self._line(
                "到期和欠租", "每周看一眼", "哪些租金到期、逾期，哪些合同快到期；记应收、收租金", "due"
            ),
            self._line(
                "合同台账", "签合同、变更时", "出租、发包的合同：登记、导入、变更，看各期租金", "contracts"
            ),
        ]

    def _agreed(self) -> list[Entry]:
        """Decisions, small powers, projects."""
        return [
            self._line(
                "四议两公开", "有事要决定", "提议、商议、审议、决议，决议和结果公开，一步一步办", "decisions"
            ),
            self._line(
                "六手印记", "抽签、签字", "四个名册各抽一人，六个人看到底，一个阶段一张签字纸", "panel"
            ),
            self._line(
                "审批限额",
                "付款前",
                "多少钱谁签字、开什么会、要什么附件；从哪天起照哪一套办",
                "limits",
            ),
            self._line(
                "小微权力清单", "上墙", "谁能定什么事，依据、步骤、责任人、时限，打印张贴", "small_powers"
            ),
            self._line("手续不全", "随时", "钱付了手续没齐的，缺什么；齐了一键结清", "incomplete_papers"),
            self._line(
                "项目", "有工程时", "工程、专项、一事一议：预算、招标、合同、付款、验收、决算", "projects"
            ),
            self._line(
                "缺附件", "月末", "凭证、付款、合同、决议该有的扫描件和发票，缺的列出来，当场补", "evidence"
            ),
        ]

    def _occasions(self) -> list[Entry]:
        """Stock-take, handover, merger, indicators."""
        return [
            self._line(
                "指标",
                "月底、年底",
                "经营性收入、保值增值率、租金收缴、闲置、负债，都写明怎么算",
                "indicators",
            ),
            self._line(
                "村级合并",
                "村级建制调整时",
                "两本以上账簿并成一本：检查、对照、抵销、份额，旧账封存",
                "merger",
            ),
            self._line(
                "合并以后", "合并后", "通知债权人，办未决事项；对照表、来源表、份额清单", "merger_follow"
            ),
            self._line("清产核资", "每年年末", "从账上填表，现场盘点，差异审批以后出调整凭证", "stock_takes"),
            self._line("会计交接", "换人、换届时", "列移交清册，逐项核对，三方签字，账簿接着用", "handovers"),
            self._line("旧账清单", "随时", "任期以前的债权债务：谁负责、怎么办、办到哪里", "old_matters"),
        ]
