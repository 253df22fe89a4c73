"""The theme that is looked at before it is chosen."""

from primitivus.model.popups.listing import Listing
from primitivus.model.state import State
from primitivus.themes.background import AUTO
from primitivus.themes.load import theme_names

_COMMAND = "theme"


class Preview:
    """Knows which theme Enter would draw with now, in a list or on the command line.

    It follows from what is on the screen: whatever ends the choosing ends it as well.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        # What was asked for last, and whether there is such a theme.
        self._last = ("", False)

    def theme(self) -> str:
        """Return its name; nothing while none is being chosen."""
        name = _named(_line(self._state))
        if name and name != self._last[0]:
            self._last = (name, name == AUTO or name in theme_names())
        return name if name and self._last[1] else ""


def _line(state: State) -> str:
    """Return the command line that Enter would run, as far as that can be told."""
    popup = state.view.shown_popup
    if popup is None:
        return state.command_line.text if state.view.mode == "command" else ""
    return popup.enter() if type(popup) is Listing else ""


def _named(line: str) -> str:
    if not line.lstrip().startswith(f"{_COMMAND} "):
        return ""
    from primitivus.commands.line.words import read_word, skip_blanks  # late: few name one

    start = skip_blanks(line, line.index(_COMMAND) + len(_COMMAND))
    return read_word(line, start).text if start < len(line) else ""
