"""The audit interface (审计接口, GB/T 24589.1): 公共档案.xml and 总账.xml of each ledger and year, read again before they leave.

One pair for one ledger and one year stands in the folder itself, several in a folder each (collective-2025). The vouchers pass
by once: their records wait in a file of their own while the balances are summed, which the standard puts first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger import __version__
from village_ledger.domain.chart import Account, Dimension, LedgerKind, Side
from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.masking import Level
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import CLOSING, Month, Span
from village_ledger.domain.quantity import plain_price, plain_quantity, price_of
from village_ledger.exchange.exports.export_entries import (
    Books,
    books_of,
    count_of,
    hide,
    ledgers_of,
    span_of,
    unposted_warning,
)
from village_ledger.exchange.exports.export_formats import Exported, ExportRequest
from village_ledger.exchange.exports.gbt24589_check import check_files
from village_ledger.exchange.exports.gbt24589_figures import Figures, Key, YearFigures
from village_ledger.exchange.exports.gbt24589_statements import write_statements
from village_ledger.exchange.exports.gbt24589_tables import (
    Edition,
    ModuleFile,
    auxiliary,
    edition,
    module_file,
    part_file,
)
from village_ledger.i18n import tr
from village_ledger.reports.request import open_months
from village_ledger.services.entry.progress import Progress

if TYPE_CHECKING:
    from village_ledger.domain.voucher import StoredVoucher, VoucherLine
    from village_ledger.storage.reader import Reader

PUBLIC, GENERAL = "公共档案", "总账"
README = "说明.txt"
CURRENCY, RATE = "CNY", "1"
_STEP = 200
_DIMENSIONS = (
    (Dimension.COUNTERPARTY, "WLDW", "counterparty"),
    (Dimension.PROJECT, "XM", "project"),
    (Dimension.GROUP, "CMXZ", "group"),
)
"""Auxiliary dimensions in their fixed order: what, code of its file, kind of its names in the book."""
_NATURE = {
    LedgerKind.COLLECTIVE: ("农村集体经济组织", "农业"),
    LedgerKind.COMMITTEE: ("村民委员会", "基层群众自治组织"),
}
_WORDS = {"记": "记账凭证", "收": "收款凭证", "付": "付款凭证", "转": "转账凭证"}


def write_gbt24589(reader: Reader, request: ExportRequest, place: Path, progress: Progress) -> Exported:
    """Write every ledger and year asked for; raises LedgerError when what was written does not prove itself."""
    if request.span is not None and request.span != _whole_months(request.span):
        raise UnreadableError(
            tr("审计接口按会计期间导出，起止日期要是整月"),
            tr(
                "请写 {span}。",
                span=f"{_whole_months(request.span).first} 至 {_whole_months(request.span).last}",
            ),
        )
    parts = list(_parts(reader, request))
    if not parts:
        raise LedgerError(tr("这些日子里没有账可导出"), tr("请核对起止日期。"))
    rows, warnings, said = 0, list[str](), list[str]()
    for ledger, span in parts:
        books = books_of(reader, ledger, replace(request, span=span, level=Level.INTERNAL))
        folder = place if len(parts) == 1 else place / f"{ledger}-{span.first.year}"
        folder.mkdir(exist_ok=True)
        rows += _Writer(reader, request, books, folder, progress).write()
        faults = check_files(folder, books.closing)
        if faults:
            raise LedgerError(
                tr("导出的文件自己对不上：{fault}", fault=faults[0]), tr("请核对账簿，再导出。")
            )
        warnings += [*unposted_warning(books), *open_months(reader, ledger, span)]
        said.append(_said(books, folder.relative_to(place)))
    (place / README).write_text(_readme(said), encoding="utf-8-sig")
    return Exported(rows, tuple(warnings))


def _parts(reader: Reader, request: ExportRequest) -> Iterator[tuple[str, Span]]:
    """Ledgers and years, cut where a year ends."""
    for ledger in ledgers_of(reader, request):
        whole = span_of(reader, ledger, request.span)
        start = reader.ledger(ledger).start.first
        for year in range(whole.first.year, whole.last.year + 1):
            first, last = max(whole.first, date(year, 1, 1)), min(whole.last, date(year, 12, 31))
            if start <= last and first <= last:
                yield ledger, Span(first, last)


def _whole_months(span: Span) -> Span:
    """The months the days of a span lie in."""
    return Span(Month.of(span.first).first, Month.of(span.last).last)


def _said(books: Books, folder: Path) -> str:
    where = "" if folder == Path() else f"{folder}："
    return f"{where}{books.info.entity}，{books.info.title}，{books.span.words()}"


def _readme(said: list[str]) -> str:
    form = edition()
    return "\n".join(
        [
            f"审计接口文件，按 {form.name} 的结构编成，村账 {__version__}。",
            "每本账、每年一对文件：公共档案.xml 和 总账.xml，编码 GB18030。",
            "2024 年版（GB/T 24589.1-2024）已施行，文本未见，仍用 2010 年版；没有哪一部分专为农村集体经济组织而定。",
            "辅助项 1 往来单位、2 项目、3 村民小组；第 13 期是年终结转。只有已记账的凭证。",
            "导出时已自核：每张凭证借贷相等，期初加减发生额等于期末，上级等于下级之和，所用编号都有档案，与账上余额相等。",
            "",
            *said,
            "",
        ]
    )


@dataclass(slots=True)
class _Writer:
    """One ledger and year."""

    reader: Reader
    request: ExportRequest
    books: Books
    folder: Path
    progress: Progress
    form: Edition = field(default_factory=edition)
    people: dict[str, None] = field(default_factory=dict[str, None])
    words: dict[str, None] = field(default_factory=dict[str, None])
    used: list[dict[str, str]] = field(default_factory=lambda: [{} for _ in _DIMENSIONS])
    """Code → name of every value used, dimension by dimension."""
    beside: dict[str, set[int]] = field(default_factory=dict[str, set[int]])
    """Account → dimensions its lines name."""
    numbers: tuple[Mapping[str, int], ...] = ()

    def write(self) -> int:
        """Both files; returns how many voucher lines."""
        self.numbers = tuple(self.reader.name_numbers(kind) for *_, kind in _DIMENSIONS)
        figures = YearFigures(self.books.chart)
        waiting = self.folder / ".vouchers"
        with part_file(self.form, waiting) as part:
            lines = self._vouchers(part, figures)
        periods = self._periods(figures)
        with module_file(self.form, self.folder, PUBLIC) as public:
            self._public(public, periods)
        with module_file(self.form, self.folder, GENERAL) as general:
            self._general(general, figures, periods)
            general.take_over(waiting)
            write_statements(self.reader, general, self.books)
        waiting.unlink()
        return lines

    # Vouchers

    def _vouchers(self, part: ModuleFile, figures: YearFigures) -> int:
        """Every line of every posted voucher, summed as it passes."""
        for one in self.books.opening:
            key = self._key(one.account, (one.counterparty, one.project, one.group))
            figures.open(key, one.fen, one.quantity)
        total, lines = count_of(self.reader, self.books), 0
        posted = self.reader.posted_vouchers(self.books.info.code, self.books.span, with_closing=True)
        for done, stored in enumerate(posted):
            if done % _STEP == 0:
                self.progress.step(done, total, tr("写 {title}", title=self.books.info.title))
            self.people |= dict.fromkeys(
                filter(None, (stored.prepared_by, stored.reviewed_by, stored.posted_by))
            )
            self.words.setdefault(stored.ref.word)
            for number, line in enumerate(stored.voucher.lines, 1):
                key = self._key(line.account, (line.counterparty, line.project, line.group))
                figures.add(stored.ref.month, key, line.debit, line.credit, line.quantity)
                part.write("T206", self._line(stored, number, line, key))
                lines += 1
        return lines

    def _key(self, account: str, names: tuple[str, str, str]) -> Key:
        """The codes of what stands beside a line; the number the book gave a name is its code."""
        codes: list[str] = []
        for place, name in enumerate(names):
            code = ""
            if name:
                code = f"{self.numbers[place][name]:06d}"
                self.used[place][code] = hide(name, self.request.level)
                self.beside.setdefault(account, set()).add(place)
            codes.append(code)
        return Key(account, *codes)

    def _line(self, stored: StoredVoucher, number: int, line: VoucherLine, key: Key) -> dict[str, str]:
        account = self.books.chart.get(line.account)
        quantity = plain_quantity(line.quantity) if line.quantity else ""
        price = price_of(line.debit or line.credit, line.quantity) if line.quantity else None
        return {
            **_beside(key),
            "记账凭证日期": _day(stored.voucher.day),
            "会计年度": str(stored.ref.month.year),
            "会计期间号": str(stored.ref.month.month),
            "记账凭证类型编号": _word_code(self.words, stored.ref.word),
            "记账凭证编号": f"{stored.ref.number:04d}",
            "记账凭证行号": str(number),
            "记账凭证摘要": hide(line.summary, self.request.level),
            "科目编号": line.account,
            "币种编码": CURRENCY,
            "计量单位": account.unit,
            "借方数量": quantity if line.debit else "",
            "借方原币金额": plain_fen(line.debit),
            "借方本币金额": plain_fen(line.debit),
            "贷方数量": quantity if line.credit else "",
            "贷方原币金额": plain_fen(line.credit),
            "贷方本币金额": plain_fen(line.credit),
            "汇率类型编号": RATE,
            "汇率": "1.00",
            "单价": plain_price(price) if price is not None else "",
            "票据号": "、".join(stored.invoices),
            "附件数": str(stored.voucher.attachments),
            "制单人": stored.prepared_by,
            "审核人": stored.reviewed_by,
            "记账人": stored.posted_by,
            "记账标志": "1",
            "作废标志": "0",
            "凭证来源系统": GENERAL,
        }

    def _periods(self, figures: YearFigures) -> list[Month]:
        """The months of the span, and the closing period where it has vouchers."""
        first, last = Month.of(self.books.span.first), Month.of(self.books.span.last)
        months = [Month(first.year, number) for number in range(first.month, last.month + 1)]
        closing = Month(first.year, CLOSING)
        return [*months, closing] if closing in figures.moved else months

    # 公共档案

    def _public(self, file: ModuleFile, periods: list[Month]) -> None:
        info, year = self.books.info, str(self.books.span.first.year)
        nature, trade = _NATURE[info.kind]
        file.write(
            "T101",
            {
                "电子账簿编号": str(info.id),
                "电子账簿名称": f"{self.books.village}{info.title}{year}年",
                "会计核算单位": info.entity,
                "组织机构代码": info.registration_code,
                "单位性质": nature,
                "行业": trade,
                "开发单位": "村账",
                "版本号": __version__,
                "本位币": "人民币",
                "会计年度": year,
                "标准版本号": self.form.name,
            },
        )
        for month in periods:
            file.write(
                "T102",
                {
                    "会计年度": year,
                    "会计期间号": str(month.month),
                    "会计期间起始日期": _day(month.first),
                    "会计期间结束日期": _day(month.last),
                },
            )
        for word in self.words or {"记": None}:
            names = {"记账凭证类型名称": _WORDS.get(word, f"{word}字凭证"), "记账凭证类型简称": word}
            file.write("T103", {"记账凭证类型编号": _word_code(self.words, word), **names})
        file.write("T104", {"汇率类型编号": RATE, "汇率类型名称": "固定汇率"})
        file.write("T105", {"币种编码": CURRENCY, "币种名称": "人民币"})
        file.write("T107", {"部门编码": "01", "部门名称": info.entity})
        for number, name in enumerate(self.people, 1):
            file.write("T108", {"员工编码": f"{number:03d}", "员工姓名": name, "部门编码": "01"})
        for place, (dimension, code, _) in enumerate(_DIMENSIONS):
            description = tr("{what}，辅助项{number}", what=dimension.value, number=place + 1)
            file.write("T111", {"档案编码": code, "档案名称": dimension.value, "档案描述": description})
        for place, (_, code, _) in enumerate(_DIMENSIONS):
            for value, name in sorted(self.used[place].items()):
                file.write(
                    "T112", {"档案编码": code, "档案值编码": value, "档案值名称": name, "档案值级次": "1"}
                )

    # 总账

    def _general(self, file: ModuleFile, figures: YearFigures, periods: list[Month]) -> None:
        file.write(
            "T201",
            {
                "结构分隔符": "-",
                "会计科目编号规则": self.books.info.code_widths,
            },
        )
        for account in self.books.chart:
            file.write(
                "T202",
                {
                    "科目编号": account.code,
                    "科目名称": account.name,
                    "科目级次": str(account.level),
                    "科目类型": account.category,
                    "余额方向": account.side.value,
                },
            )
        for account in self.books.chart:
            demanded = {place for place, (d, *_) in enumerate(_DIMENSIONS) if d in account.demands}
            for place in sorted(demanded | self.beside.get(account.code, set())):
                dimension, code, _ = _DIMENSIONS[place]
                file.write(
                    "T203",
                    {
                        "科目编号": account.code,
                        "辅助项编号": str(place + 1),
                        "辅助项名称": dimension.value,
                        "对应档案": code,
                    },
                )
        for one in figures.by_period(periods):
            file.write("T205", self._balance(one))

    def _balance(self, one: Figures) -> dict[str, str]:
        account = self.books.chart.get(one.key.account)
        return {
            "科目编号": account.code,
            **_beside(one.key),
            "期初余额方向": _side(account, one.opening),
            "期末余额方向": _side(account, one.closing),
            "币种编码": CURRENCY,
            "计量单位": account.unit,
            "会计年度": str(one.period.year),
            "会计期间号": str(one.period.month),
            "期初数量": _quantity(one.opening_quantity),
            "期初原币余额": plain_fen(abs(one.opening)),
            "期初本币余额": plain_fen(abs(one.opening)),
            "借方数量": _quantity(one.moved.debit_quantity),
            "借方原币金额": plain_fen(one.moved.debit),
            "借方本币金额": plain_fen(one.moved.debit),
            "贷方数量": _quantity(one.moved.credit_quantity),
            "贷方原币金额": plain_fen(one.moved.credit),
            "贷方本币金额": plain_fen(one.moved.credit),
            "期末数量": _quantity(one.closing_quantity),
            "期末原币余额": plain_fen(abs(one.closing)),
            "期末本币余额": plain_fen(abs(one.closing)),
        }


def _word_code(words: Mapping[str, None], word: str) -> str:
    return str([*words].index(word) + 1) if word in words else "1"


def _beside(key: Key) -> dict[str, str]:
    return {auxiliary(number): code for number, code in enumerate(key.beside, 1) if code}


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _quantity(thousandths: int) -> str:
    return plain_quantity(thousandths) if thousandths else ""


def _side(account: Account, balance: int) -> str:
    """The side a balance stands on; an empty account shows its own."""
    side = account.side if not balance else Side.DEBIT if balance > 0 else Side.CREDIT
    return side.value
