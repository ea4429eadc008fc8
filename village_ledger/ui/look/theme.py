"""Tokens turned into Qt: fonts, colours, palette and the one style sheet.

A page asks the theme for a font role, a colour by name or a measure; it holds no hex and no px of its own.
Painters read the theme while painting, so that a new size or ledger needs nothing but a repaint.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication

from village_ledger.domain.chart import LedgerKind
from village_ledger.settings import COLOURS, TEXT_SIZE, Preferences
from village_ledger.ui.look import qss
from village_ledger.ui.look.tokens import Accent, Contrast, Measures, Size, Tokens, tokens

SANS = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
)
SERIF = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "SimSun",
    "NSimSun",
    "FangSong",
    "AR PL UMing CN",
)


class Role(Enum):
    """What a text is for; decides family, size and weight."""

    BODY = "body"
    FORM = "form"
    TITLE = "title"
    """Page title: serif, bold."""
    HEADING = "heading"
    """Heading of a sheet: serif, bold, between body and title."""
    SERIF = "serif"
    """大写, paper headings, signatures at body size."""
    FIGURE = "figure"
    """A key figure: bold, larger than the body."""
    FIGURE_BIG = "figure_big"
    SMALL = "small"


def _is_tabular(name: str) -> bool:
    """Whether all figures have one width, so that columns of money stand under each other."""
    font = QFont(name)
    font.setPixelSize(32)
    measure = QFontMetricsF(font)
    return measure.horizontalAdvance("1") == measure.horizontalAdvance("8")


@lru_cache(maxsize=2)
def _family(wanted: tuple[str, ...], *, tabular: bool) -> str:
    """The first family this machine has, of those with tabular figures where asked; Qt's own choice when none."""
    present = set(QFontDatabase.families())
    for name in wanted:
        if name in present and (not tabular or _is_tabular(name)):
            return name
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def system_wants_contrast() -> bool:
    """Whether the desktop asks for high contrast (Qt 6.10 and later tell)."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    if accessibility is None:
        return False
    preference = accessibility().contrastPreference()
    return preference == Qt.ContrastPreference.HighContrast


class Theme(QObject):
    """The look of the whole window: size, contrast and the ledger whose colour leads."""

    changed = Signal()
    """Size, contrast or ledger colour is another one: lay out and paint again."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._kind: LedgerKind | None = None
        self._window_width: int | None = None
        self._tokens = self._chosen()
        self._fonts: dict[tuple[Role, bool | None], QFont] = {}

    # what painters ask

    @property
    def tokens(self) -> Tokens:
        """The table in force."""
        return self._tokens

    @property
    def px(self) -> Measures:
        """The measures in force."""
        return self._tokens.px

    @property
    def kind(self) -> LedgerKind | None:
        """Kind of ledger whose colour leads; None on pages of both and for set-up."""
        return self._kind

    def accent_of(self, kind: LedgerKind | None) -> Accent:
        """Colours of a kind of ledger; ink for None."""
        colour = self._tokens.colour
        if kind is LedgerKind.COLLECTIVE:
            return colour.green
        return colour.indigo if kind is LedgerKind.COMMITTEE else colour.both

    @property
    def accent(self) -> Accent:
        """Colours of the leading ledger."""
        return self.accent_of(self._kind)

    def colour(self, name: str) -> QColor:
        """A colour by its token (``ink``, ``sheet`` …) or of the leading ledger (``accent``, ``tint``, ``on_accent``).

        ``focus``, ``main`` and ``on_main`` follow the ledger on paper and stand alone in high contrast.
        """
        accent, table = self.accent, self._tokens.colour
        own = {"accent": accent.strong, "tint": accent.tint, "on_accent": accent.on_strong}
        if name in own:
            return QColor(own[name])
        if name in {"focus", "main"}:
            return QColor(getattr(table, name) or accent.strong)
        value = getattr(table, name)
        return QColor(value.strong if isinstance(value, Accent) else value)

    def pen(self, name: str, width: float = 0.0, *, cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap) -> QPen:
        """A pen in a token's colour; width 0 is the theme's border width."""
        pen = QPen(self.colour(name), width or self.px.line)
        pen.setCapStyle(cap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        return pen

    def font(self, role: Role = Role.BODY, *, bold: bool | None = None) -> QFont:
        """A font by what the text is for; ``bold`` overrides the role's weight."""
        made = self._fonts.get((role, bold))
        if made is None:
            made = self._fonts[role, bold] = self._made(role, bold=bold)
        return QFont(made)  # whoever asked may change it

    def _made(self, role: Role, *, bold: bool | None) -> QFont:
        px = self.px
        serif = role in {Role.TITLE, Role.HEADING, Role.SERIF}
        font = QFont(_family(SERIF, tabular=False) if serif else _family(SANS, tabular=True))
        size = {
            Role.BODY: px.body,
            Role.FORM: px.form,
            Role.TITLE: px.title,
            Role.HEADING: round((px.body + px.title) / 2),
            Role.SERIF: px.form,
            Role.FIGURE: px.figure,
            Role.FIGURE_BIG: px.figure_big,
            Role.SMALL: px.smallest,
        }[role]
        font.setPixelSize(size)
        heavy = role in {Role.TITLE, Role.HEADING, Role.FIGURE, Role.FIGURE_BIG} if bold is None else bold
        font.setWeight(QFont.Weight.Bold if heavy else QFont.Weight.Normal)
        return font

    # what changes it

    def _chosen(self) -> Tokens:
        """The table the person and the system ask for."""
        colours = self._preferences.get(COLOURS)
        high = colours == "high" or (colours == "system" and system_wants_contrast())
        contrast, size = Contrast.HIGH if high else Contrast.PAPER, Size(self._preferences.get(TEXT_SIZE))
        wide = tokens(size, contrast)
        narrow = self._window_width is not None and self._window_width < wide.px.narrow_below
        return tokens(size, contrast, narrow=True) if narrow else wide

    def fit(self, width: int) -> None:
        """The window is this wide now: bars and heads change between their wide and narrow forms."""
        self._window_width = width
        if self._chosen().narrow != self._tokens.narrow:
            self.refresh()

    def choose_size(self, size: Size) -> None:
        """Another text size, remembered."""
        self._preferences.set(TEXT_SIZE, size.value)
        self.refresh()

    def choose_colours(self, value: str) -> None:
        """``system``, ``paper`` or ``high``, remembered."""
        self._preferences.set(COLOURS, value)
        self.refresh()

    def lead_with(self, kind: LedgerKind | None) -> None:
        """Let a ledger's colour lead; None for pages of both."""
        if kind is not self._kind:
            self._kind = kind
            self.changed.emit()

    def refresh(self) -> None:
        """Read the choices again and apply them."""
        self._tokens = self._chosen()
        self._fonts.clear()
        self.apply()

    def follow_system(self) -> None:
        """Keep following the system's contrast while the program runs."""
        accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self.refresh)

    def apply(self) -> None:
        """Hand palette, font and style sheet to the application, each only when it is another one."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        sheet = qss.sheet(self)
        if sheet != application.styleSheet():
            application.setFont(self.font())
            application.setPalette(self._palette())
            application.setStyleSheet(sheet)
        self.changed.emit()

    def _palette(self) -> QPalette:
        """The tokens as Qt's own roles, for what draws without the style sheet."""
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "desk",
            QPalette.ColorRole.Base: "sheet",
            QPalette.ColorRole.AlternateBase: "sheet",
            QPalette.ColorRole.Button: "sheet",
            QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.ButtonText: "ink",
            QPalette.ColorRole.PlaceholderText: "ink3",
            QPalette.ColorRole.ToolTipBase: "sheet",
            QPalette.ColorRole.ToolTipText: "ink",
            QPalette.ColorRole.Highlight: "ink2",
            QPalette.ColorRole.HighlightedText: "sheet",
            QPalette.ColorRole.Link: "ink",
            QPalette.ColorRole.Accent: "ink",
            QPalette.ColorRole.Mid: "edge",
            QPalette.ColorRole.Midlight: "hair",
            QPalette.ColorRole.Dark: "ink2",
            QPalette.ColorRole.Light: "paper",
        }
        for role, name in roles.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("off"))
        return palette
