"""How messages look: all that decides about their rows but the messages themselves."""

from collections.abc import Callable

from backendd.api.values import Value
from primitivus.sentences import tr
from primitivus.themes.symbols import STATES, Symbols
from primitivus.widgets.drawing import edges
from primitivus.widgets.drawing.cells import fit, width
from primitivus.widgets.pictures.pictures import Gallery

# The longest a name may be beside messages, and with short nicks.
NICK_COLUMNS = 12
SHORT_NICK_COLUMNS = 4
# The part of a narrow window that names get.
NICK_PART = 2 / 9
# Below these widths the time, then the names, give way to the text.
TIME_FROM = 43
NICK_FROM = 30


def _plain(_: str) -> str:
    return "message.nick"


class Look(Value):
    """The settings in force for one conversation at one width."""

    columns: int
    symbols: Symbols
    own_name: str = tr("me")
    # What one is called where one acts ("/me").
    own_nick: str = tr("me")
    peer_name: str = ""
    # Nicks that one could take for others of those who are in the room.
    alike: frozenset[str] = frozenset()
    # Many talk here: there is room for whatever they are called, where the window isn't narrow.
    is_room: bool = False
    # In a narrow one there is as much as the nicks take that were in view.
    nicks: int = 0
    timestamps: bool = True
    short_nicks: bool = False
    decorations: bool = True
    time_format: str = "%H:%M"
    day_format: str = "%A, %d %B %Y"
    # The style of the name of whoever has this JID, or nick in a room.
    nick_style: Callable[[str], str] = _plain
    # Of the selected message: its links have numbers, by which they are opened.
    is_numbered: bool = False
    # The words that are searched for here, as they were typed.
    searched: str = ""
    # How pictures are shown; None: by their names alone.
    gallery: Gallery | None = None

    @property
    def has_time(self) -> bool:
        return self.timestamps and self.columns >= TIME_FROM

    @property
    def nick_columns(self) -> int:
        """Return how wide the column of names is; 0 where names stand on lines of their own."""
        if self.columns < NICK_FROM:
            return 0
        most = SHORT_NICK_COLUMNS if self.short_nicks else min(NICK_COLUMNS, self._nick_part)
        if self.is_room and not self.fits_nicks:
            return most
        names = self.nicks if self.is_room else width(self.peer_name)
        return min(max(width(self.own_name), names, 2), most)

    @property
    def fits_nicks(self) -> bool:
        """Whether a column for all nicks would take too much of the window."""
        return self.is_room and not self.short_nicks and self._nick_part < NICK_COLUMNS

    @property
    def _nick_part(self) -> int:
        return max(SHORT_NICK_COLUMNS, int(self.columns * NICK_PART))

    @property
    def state_columns(self) -> int:
        """Return how wide the column of states is: the same for all, so that no text moves."""
        return max(width(self.symbols.of(state)) for state in STATES)

    def nick(self, name: str) -> str:
        return fit(name, self.nick_columns, self.symbols.ellipsis)

    def rule(self, label: str) -> str:
        """Return a line across the window with `label` in its middle."""
        return edges.rule(label, self.columns, self.symbols, is_drawn=self.decorations)
