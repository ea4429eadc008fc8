"""Reading the audit interface's files again, as an auditor's program would, and everything that must tie in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from xml.parsers import expat

from village_ledger.domain.errors import UnreadableError
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.exchange.exports.gbt24589_tables import Edition, auxiliary, edition
from village_ledger.i18n import tr

Record = dict[str, str]
_Whose = tuple[str, ...]
"""An account, or with what stands beside it an account's part."""
_CHUNK = 1 << 16
_SIDES = {"借": 1, "贷": -1}
_BESIDE = itemgetter(*(auxiliary(number) for number in range(1, 31)))
"""The thirty dimensions of a record, in their order; most are empty."""


def records_of(path: Path, of: Edition | None = None) -> Iterator[tuple[str, Record]]:
    """(number of the table, fields) of every record of a module's file, in order.

    Raises UnreadableError for a file that is no such XML, or whose records are not built as the edition says.
    """
    form = of or edition()
    forms = {table.name: table for table in form.tables.values() if table.module == path.stem}
    found: list[tuple[str, Record]] = []
    try:
        with path.open(encoding=form.encoding, newline="") as stream:
            reading = _Reading(found.append)
            parser = reading.parser()
            while chunk := stream.read(_CHUNK):
                parser.Parse(
                    chunk.replace(f'encoding="{form.encoding}"', "", 1) if reading.is_first() else chunk
                )
                for name, record in _taken(found):
                    table = forms.get(name)
                    if table is None or tuple(record) != table.fields:
                        raise UnreadableError(
                            tr(
                                "{file} 的“{name}”不合 {edition} 的结构",
                                file=path.name,
                                name=name,
                                edition=form.name,
                            )
                        )
                    yield table.id, record
            parser.Parse("", True)  # noqa: FBT003  expat's own way to say that this was the last of it
    except (OSError, UnicodeDecodeError, expat.ExpatError) as error:
        raise UnreadableError(tr("{file} 读不出来", file=path.name), tr("请重新导出。")) from error


def _taken(found: list[tuple[str, Record]]) -> list[tuple[str, Record]]:
    taken = list(found)
    found.clear()
    return taken


def _no_doctype(name: str, *_said: object) -> None:
    """Nothing is declared in these files: a type would bring entities that unfold, or that fetch."""
    raise UnreadableError(tr("文件里有不该有的定义（{name}），没有读它", name=name), tr("请重新导出。"))


class _Reading:
    """A file on its way through the parser: records stand at the second depth, fields at the third."""

    def __init__(self, give: Callable[[tuple[str, Record]], None]) -> None:
        self._give = give
        self.begun = False

    def is_first(self) -> bool:
        """Whether this is the piece with the declaration; only once."""
        first, self.begun = not self.begun, True
        return first

    def parser(self) -> expat.XMLParserType:
        """An expat parser that hands records over; text in our own encoding is decoded before."""
        made = expat.ParserCreate("utf-8")
        made.buffer_text = True
        made.StartDoctypeDeclHandler = _no_doctype
        self._listen(made)
        return made

    def _listen(self, parser: expat.XMLParserType) -> None:
        """Locals, not members: a year has millions of elements."""
        depth, text, record = 0, "", Record()

        def start(_name: str, _attributes: object) -> None:
            nonlocal depth, text, record
            depth += 1
            text = ""
            if depth == 2:
                record = {}

        def data(piece: str) -> None:
            nonlocal text
            text += piece

        def end(name: str) -> None:
            nonlocal depth
            if depth == 3:
                record[name] = text
            elif depth == 2:
                self._give((name, record))
            depth -= 1

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = data


@dataclass(slots=True)
class _Declared:
    """Codes the files declare."""

    periods: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    words: set[str] = field(default_factory=set[str])
    people: set[str] = field(default_factory=set[str])
    currencies: set[str] = field(default_factory=set[str])
    rates: set[str] = field(default_factory=set[str])
    files: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """File of a dimension → its values."""
    accounts: dict[str, Record] = field(default_factory=dict[str, Record])
    dimensions: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Account → number of a dimension → its file."""


def check_files(folder: Path, closing: Mapping[str, int] | None = None) -> list[str]:
    """Everything in the two files of a folder that does not tie; ``closing`` are the balances of leaves the books give."""
    checks = _Checks()
    for table, record in records_of(folder / "公共档案.xml"):
        checks.public(table, record)
    for table, record in records_of(folder / "总账.xml"):
        checks.general(table, record)
    return checks.finished(closing)


class _Checks:
    """One run over both files; sums are kept by voucher, account and period."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._declared = _Declared()
        self._standing: dict[tuple[str, ...], int] = {}
        self._children: dict[tuple[str, str, str], int] = defaultdict(int)
        self._totals: dict[tuple[str, str, str], int] = {}
        self._moved: dict[tuple[_Whose, str, str], int] = defaultdict(int)
        self._said: dict[tuple[_Whose, str, str], int] = {}
        self._voucher: tuple[str, ...] = ()
        self._sum = 0
        self._closing: dict[str, int] = {}
        self._parents: dict[str, str] = {}

    def public(self, table: str, record: Record) -> None:
        """A record of 公共档案."""
        declared = self._declared
        if table == "T101":
            if record["标准版本号"] != edition().name:
                self.faults.append(tr("电子账簿：标准版本号不是 {name}", name=edition().name))
        elif table == "T102":
            declared.periods.add((record["会计年度"], record["会计期间号"]))
        elif table == "T103":
            declared.words.add(record["记账凭证类型编号"])
        elif table == "T104":
            declared.rates.add(record["汇率类型编号"])
        elif table == "T105":
            declared.currencies.add(record["币种编码"])
        elif table == "T108":
            declared.people.add(record["员工姓名"])
        elif table == "T112":
            declared.files[record["档案编码"]].add(record["档案值编码"])

    def general(self, table: str, record: Record) -> None:
        """A record of 总账."""
        if table == "T202":
            self._declared.accounts[record["科目编号"]] = record
        elif table == "T203":
            self._declared.dimensions[record["科目编号"]][record["辅助项编号"]] = record["对应档案"]
        elif table == "T205":
            self._balance(record)
        elif table == "T206":
            self._line(record)

    def _known(self, record: Record, where: str) -> None:
        """Every code used is declared."""
        account = record["科目编号"]
        if account not in self._declared.accounts:
            self.faults.append(tr("{where}：科目 {code} 没有档案", where=where, code=account))
        if (record["会计年度"], record["会计期间号"]) not in self._declared.periods:
            self.faults.append(tr("{where}：会计期间没有档案", where=where))
        if record["币种编码"] not in self._declared.currencies:
            self.faults.append(tr("{where}：币种没有档案", where=where))
        for number, value in enumerate(_BESIDE(record), 1):
            if value:
                file = self._declared.dimensions[account].get(str(number), "")
                if value not in self._declared.files.get(file, ()):
                    self.faults.append(
                        tr(
                            "{where}：辅助项{number} {value} 没有档案",
                            where=where,
                            number=number,
                            value=value,
                        )
                    )

    def _balance(self, record: Record) -> None:
        account, period = record["科目编号"], (record["会计年度"], record["会计期间号"])
        where = tr("科目 {code} {year} 年第 {period} 期", code=account, year=period[0], period=period[1])
        self._known(record, where)
        beside = _BESIDE(record)
        opening = _SIDES[record["期初余额方向"]] * parse_fen(record["期初本币余额"])
        closing = _SIDES[record["期末余额方向"]] * parse_fen(record["期末本币余额"])
        debit, credit = parse_fen(record["借方本币金额"]), parse_fen(record["贷方本币金额"])
        if opening + debit - credit != closing:
            self.faults.append(tr("{where}：期初加减发生额不等于期末", where=where))
        key = (account, *beside)
        if self._standing.get(key, opening) != opening:
            self.faults.append(tr("{where}：期初不等于上期期末", where=where))
        self._standing[key] = closing
        whose = key if any(beside) else (account,)
        self._said[whose, "/".join(period), "debit"] = debit
        self._said[whose, "/".join(period), "credit"] = credit
        if any(beside):
            return
        self._closing[account] = closing
        parent = self._parent(account)
        for kind, fen in (("opening", opening), ("debit", debit), ("credit", credit), ("closing", closing)):
            self._totals[account, "/".join(period), kind] = fen
            if parent:
                self._children[parent, "/".join(period), kind] += fen

    def _parent(self, account: str) -> str:
        if account not in self._parents:
            above = (x for x in self._declared.accounts if x != account and account.startswith(x))
            self._parents[account] = max(above, key=len, default="")
        return self._parents[account]

    def _line(self, record: Record) -> None:
        voucher = (
            record["会计年度"],
            record["会计期间号"],
            record["记账凭证类型编号"],
            record["记账凭证编号"],
        )
        where = tr("凭证 {ref} 第 {line} 行", ref="-".join(voucher), line=record["记账凭证行号"])
        self._known(record, where)
        if record["记账凭证类型编号"] not in self._declared.words:
            self.faults.append(tr("{where}：凭证类型没有档案", where=where))
        if record["汇率类型编号"] not in self._declared.rates:
            self.faults.append(tr("{where}：汇率类型没有档案", where=where))
        if (record["记账标志"], record["作废标志"]) != ("1", "0"):
            self.faults.append(tr("{where}：不是已记账的凭证", where=where))
        if voucher != self._voucher:
            self._voucher_ends()
            self._voucher = voucher
        debit, credit = parse_fen(record["借方本币金额"]), parse_fen(record["贷方本币金额"])
        self._sum += debit - credit
        period = "/".join(voucher[:2])
        account, beside = record["科目编号"], _BESIDE(record)
        for whose in ((account,), (account, *beside)) if any(beside) else ((account,),):
            self._moved[whose, period, "debit"] += debit
            self._moved[whose, period, "credit"] += credit
        for who in ("制单人", "审核人", "记账人"):
            if record[who] and record[who] not in self._declared.people:
                self.faults.append(tr("{where}：{who}没有档案", where=where, who=who))

    def _voucher_ends(self) -> None:
        if self._sum:
            ref = "-".join(self._voucher)
            self.faults.append(tr("凭证 {ref} 借贷不平，相差 {gap}", ref=ref, gap=format_fen(abs(self._sum))))
        self._sum = 0

    def finished(self, closing: Mapping[str, int] | None) -> list[str]:
        """What is only known at the end: the last voucher, parents, the lines against the balances, and the books."""
        self._voucher_ends()
        for key, fen in self._children.items():
            if self._totals.get(key) != fen:
                self.faults.append(tr("科目 {code} 第 {period} 期不等于下级之和", code=key[0], period=key[1]))
        leaves = self._declared.accounts.keys() - {key[0] for key in self._children}
        for key in {*self._moved, *(k for k in self._said if k[0][0] in leaves)}:
            if self._moved.get(key, 0) != self._said.get(key, 0):
                code = " ".join(filter(None, key[0]))
                self.faults.append(
                    tr("科目 {code} 第 {period} 期的发生额不等于凭证之和", code=code, period=key[1])
                )
        for code, fen in (closing or {}).items():
            if self._closing.get(code, 0) != fen:
                self.faults.append(tr("科目 {code} 的期末余额和账上不同", code=code))
        return self.faults
