"""What everything that draws is given: the state, and how things look here."""

from collections.abc import Callable
from dataclasses import dataclass

from primitivus.config import Settings
from primitivus.model.state import State
from primitivus.themes.symbols import Symbols
from primitivus.widgets.cells import Row, fit


@dataclass(frozen=True, slots=True)
class Scene:
    """The state and the look of the program; `nick_style` is the style of a person's name."""

    state: State
    symbols: Symbols
    nick_style: Callable[[str], str]

    @property
    def settings(self) -> Settings:
        return self.state.settings

    def title(self, text: str, columns: int, *, is_focused: bool) -> Row:
        """Return the title of a pane, which shows whether the focus is there."""
        sign = self.symbols.focus if is_focused else " "
        style = "pane.title.focused" if is_focused else "pane.title"
        return ((style, fit(f"{sign}{text}", columns, self.symbols.ellipsis)),)

    def presence(self, show: str) -> tuple[str, str]:
        """Return the style and the sign of a presence."""
        word = "online" if show in ("online", "chat") else show or "offline"
        sign = getattr(self.symbols, word, "") or self.symbols.offline
        return f"presence.{word}" if word in _SHOWS else "presence.offline", sign


_SHOWS = ("online", "away", "xa", "dnd", "offline")
