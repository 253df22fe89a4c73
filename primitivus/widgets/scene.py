"""What everything that draws is given: the state, and how things look here."""

from collections.abc import Callable

from backendd.api.values import Value
from primitivus.config import Settings
from primitivus.keymaps.keymap import Keymap
from primitivus.model.accounts.account import Account
from primitivus.model.scrolling.beyond import ALL_SHOWS, Beyond
from primitivus.model.state import State
from primitivus.themes.symbols import Symbols
from primitivus.widgets.drawing.attributes import Attribute
from primitivus.widgets.drawing.cells import Row, fit, width
from primitivus.widgets.drawing.palette import Ground
from primitivus.widgets.pictures.pictures import Gallery


def _as_it_is(attribute: Attribute, _: Ground) -> Attribute:
    return attribute


class Scene(Value):
    """The state and the look of the program; `nick_style` is the style of a person's name."""

    state: State
    symbols: Symbols
    nick_style: Callable[[str], str]
    # How pictures are shown; None: by their names alone.
    gallery: Gallery | None = None
    # How something is drawn on a background that isn't its own.
    over: Callable[[Attribute, Ground], Attribute] = _as_it_is
    # Which keys run what.
    keymap: Keymap | None = None

    @property
    def settings(self) -> Settings:
        return self.state.settings

    def key_for(self, line: str, *tables: str) -> str:
        """Return the key that runs a command line, in these tables or any; else how to type it."""
        keys = self.keymap.keys_for(line, *tables) if self.keymap is not None else ()
        return keys[0] if keys else f":{line}"

    def title(
        self, text: str, columns: int, *, is_focused: bool, beyond: Beyond = ALL_SHOWS
    ) -> Row:
        """Return the title of a pane: whether the focus is there, and whether it has more."""
        sign = self.symbols.focus if is_focused else " "
        style = "pane.title.focused" if is_focused else "pane.title"
        more = self.more(beyond)
        if width(text) + 1 + width(more) > columns:
            more = more[-1:]  # what the title counts says more
        left = fit(f"{sign}{text}", columns - width(more), self.symbols.ellipsis)
        return ((style, fit(f"{left}{more}", columns, "")),)

    def more(self, beyond: Beyond) -> str:
        """Return signs for what there is above and below; nothing where all shows."""
        above = self.symbols.above if beyond.above else ""
        below = self.symbols.below if beyond.below else ""
        return above + below

    def presence(self, show: str) -> tuple[str, str]:
        """Return the style and the sign of a presence."""
        word = "online" if show in ("online", "chat") else show or "offline"
        sign = getattr(self.symbols, word, "") or self.symbols.offline
        return f"presence.{word}" if word in _SHOWS else "presence.offline", sign

    def hears_of_others(self, account: Account) -> bool:
        """Return whether what is known of others in an account is so now."""
        return self.state.backend.hears_of_others(account.profile)

    def presence_in(self, account: Account, show: str) -> tuple[str, str]:
        """Return those of somebody's presence in an account, or that nobody knows it now."""
        if self.hears_of_others(account):
            return self.presence(show)
        return "presence.offline", self.symbols.unknown


_SHOWS = ("online", "away", "xa", "dnd", "offline")
