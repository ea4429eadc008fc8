"""The attachments of one owner as rows, and what an electronic invoice among them says."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.attachment import Attachment, sized
from village_ledger.domain.electronic_invoice import NOT_VERIFIED, ElectronicInvoice
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn

_COLUMNS = (
    ScreenColumn("title", "附件", Look.TEXT, "三组机耕道硬化工程发票.pdf", stretch=2),
    ScreenColumn("kind", "种类", Look.TEXT, "会议记录"),
    ScreenColumn("type", "文件", Look.TEXT, "扫描图"),
    ScreenColumn("size", "大小", Look.MONEY, "1023.9 MB"),
    ScreenColumn("sheets", "张", Look.MONEY, "999"),
    ScreenColumn("state", "状态", Look.TEXT, "✕ 已被改动，不要再用", stretch=1),
)


def state_words(kept: Attachment) -> str:
    """How an attachment stands: taken back, wrong, an invoice not verified, or simply as it was; where its paper is."""
    if not kept.stands:
        return tr("⊘ 撤下：{reason}", reason=kept.taken_back)
    if kept.condition.words:
        return f"✕ {kept.condition.words}"
    if kept.invoice:
        return tr("电子发票 · {state}", state=NOT_VERIFIED)
    as_kept = tr("照片已缩小") if kept.scaled else tr("原件")
    return tr("{as_kept} · 纸在{place}", as_kept=as_kept, place=kept.paper_at) if kept.paper_at else as_kept


def invoice_words(invoice: ElectronicInvoice) -> str:
    """What an invoice says, beside the file itself (财会〔2024〕12号 art. 18)."""
    lines = tr("；").join(f"{line.name} {format_fen(line.gross)}" for line in invoice.lines)
    red = tr("（红字，冲减）") if invoice.is_red else ""
    return tr(
        "{kind} {number}　{day}　{seller} → {buyer}　金额 {net}，税额 {tax}，价税合计 {gross}{red}　{lines}　{state}",
        kind=invoice.kind.words,
        number=invoice.key,
        day=invoice.day,
        seller=invoice.seller,
        buyer=invoice.buyer,
        net=format_fen(invoice.net),
        tax=format_fen(invoice.tax),
        gross=format_fen(invoice.gross),
        red=red,
        lines=lines,
        state=NOT_VERIFIED,
    )


class AttachmentModel(FigureModel):
    """The attachments of one owner."""

    def __init__(self, kept: Sequence[Attachment]) -> None:
        super().__init__(_COLUMNS)
        self.kept = tuple(kept)

    def count(self) -> int:
        """Attachments, those taken back too."""
        return len(self.kept)

    def text(self, row: int, column: int) -> str:
        """One part of an attachment."""
        one = self.kept[row]
        return (
            one.title,
            one.kind,
            one.shown_type,
            sized(one.size),
            str(one.sheets),
            state_words(one),
        )[column]
