"""Where things stand on a printed voucher: its own paper, half an A4 sheet, or a form printed beforehand (套打)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from village_ledger.reports.pens.ink import MM
from village_ledger.reports.pens.pdf_layout import Paper, Sheet

LINES = 5
"""Lines on a form; a longer voucher is continued on further ones (会计基础工作规范 art. 51: fraction numbers)."""


@dataclass(frozen=True, slots=True)
class VoucherPlan:
    """Measures of one form in millimetres; the properties give points."""

    width: float
    height: float
    left_mm: float
    right_mm: float
    top_mm: float
    row_mm: float
    summary_mm: float
    account_mm: float
    words: str
    """How the foot names the paper."""
    only_figures: bool = False
    """The form with its rules and labels is on the paper already; only what is written by hand is printed."""

    @property
    def left(self) -> float:
        """Left edge of the form's frame."""
        return self.left_mm * MM

    @property
    def right(self) -> float:
        """Right edge of the form's frame."""
        return self.right_mm * MM

    @property
    def top(self) -> float:
        """Upper edge of the form's frame."""
        return self.top_mm * MM

    @property
    def head(self) -> float:
        """Height of the column heads."""
        return 11.6 * MM

    @property
    def row(self) -> float:
        """Height of one of the five lines and of the total."""
        return self.row_mm * MM

    @property
    def summary(self) -> float:
        """Width of 摘要."""
        return self.summary_mm * MM

    @property
    def account(self) -> float:
        """Width of 会计科目."""
        return self.account_mm * MM

    @property
    def amount(self) -> float:
        """Width of either amount grid."""
        return (self.right - self.left - self.summary - self.account) / 2

    @property
    def centre(self) -> float:
        """Middle of the form."""
        return (self.left + self.right) / 2

    @property
    def is_narrow(self) -> bool:
        """Whether title and number leave no room beside the title."""
        return self.right_mm - self.left_mm < 200


class VoucherPaper(Enum):
    """The papers a voucher is printed on: sheet, form, forms on a sheet."""

    FORM = (Paper.VOUCHER.value, VoucherPlan(240, 140, 15, 230, 26, 11.8, 47, 61, "纸 240×140 毫米"), 1)
    A4_TWO = (Paper.A4_PORTRAIT.value, VoucherPlan(210, 148.5, 20, 200, 28, 12.2, 40, 50, "A4 一页两张"), 2)
    PREPRINTED = (
        Paper.VOUCHER.value,
        VoucherPlan(240, 140, 15, 230, 26, 11.8, 47, 61, "套打 240×140 毫米", only_figures=True),
        1,
    )

    @property
    def sheet(self) -> Sheet:
        """The paper."""
        return self.value[0]

    @property
    def plan(self) -> VoucherPlan:
        """Measures of a form on it."""
        return self.value[1]

    @property
    def forms(self) -> int:
        """Forms below each other on one sheet."""
        return self.value[2]
