"""Which words of a text are people: those the register knows, wherever they stand, and names nobody wrote into it yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from village_ledger.domain.masking import COMPOUND, DOTS

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石"
    "熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛岳蒲冉游欧辛阳简骆柳柯佘费管鲍"
    "左涂华童覃关耿毕盛焦纪梅舒喻伍祝滕穆詹涂靳明解柴米包车蔺芦项甄闵岑卜裴季屈宁苗娄池符瞿冷连邬隆桂涂牟仇甘景卓全辜单饶蒙路古宫霍蹇佟成晏应鄢"
    "代敖淦帅青苟母勾先泽泰尚晋和卫沙窦谷匡巫巴姬芮祁封凌虞房商郎谌权巩习宗糜占付肖阎闫仲荣那刁逄宣芶"
)
_HOUSES = frozenset("村镇乡县市省组社厂店部所站局院校会司库队馆房园场户路桥河塘山沟坝")
"""What a place or a body ends with, never a name of up to four characters."""
_AFTER_A_SHOP = ("店", "厂", "公司", "合作社", "饭店", "经营部", "家庭农场")
_AFTER_A_PLACE = (*_AFTER_A_SHOP, "村", "镇", "乡", "组", "路", "桥", "河", "山", "大院")
"""What follows when two characters of a name are part of a place's, and when a whole name is a shop's."""
_SHORT = 2
_LONGEST_PLAIN = 3
_LONGEST_COMPOUND = 4
_LONGEST_FOREIGN = 15


def is_han(char: str) -> bool:
    """A Chinese character, rare ones of the later planes too."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def reads_like_person(text: str) -> bool:
    """Whether a whole cell reads like somebody's name: surname and one or two characters, or parts set apart by dots."""
    name = text.strip()
    parts = _parts(name)
    if len(parts) > 1:
        return len(name) <= _LONGEST_FOREIGN and all(part and all(map(is_han, part)) for part in parts)
    if not name or not all(map(is_han, name)) or name[-1] in _HOUSES:
        return False
    if name[:2] in COMPOUND:
        return len(name) in (_LONGEST_PLAIN, _LONGEST_COMPOUND)
    return name[0] in _SURNAMES and 1 < len(name) <= _LONGEST_PLAIN


def _parts(name: str) -> list[str]:
    for dot in DOTS:
        name = name.replace(dot, DOTS[0])
    return name.split(DOTS[0])


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names to look for in texts; a text is read once however many names there are."""

    names: frozenset[str]
    _lengths: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]], compare=False)
    """First character to the lengths of names beginning with it, the longest first."""

    @classmethod
    def of(cls, names: Iterable[str]) -> NameIndex:
        """An index of names of two characters or more; a single character is no name to look for."""
        kept = frozenset(name for name in names if len(name) > 1)
        lengths: dict[str, set[int]] = {}
        for name in kept:
            lengths.setdefault(name[0], set()).add(len(name))
        return cls(kept, {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()})

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand, from left to right, the longest at each place; not inside the name of a place."""
        at = 0
        while at < len(text):
            for length in self._lengths.get(text[at], ()):
                end = at + length
                if text[at:end] in self.names and not _of_a_place(text, end, length):
                    yield at, end
                    at = end
                    break
            else:
                at += 1


def _of_a_place(text: str, end: int, length: int) -> bool:
    """Whether what follows makes the characters the name of a place or a shop: 高明村, but 高明组长."""
    if length > _SHORT:
        return text.startswith(_AFTER_A_SHOP, end)
    return text.startswith(_AFTER_A_PLACE, end) and not text.startswith("组长", end)
