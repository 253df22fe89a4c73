"""What the user looks at: the mode, the focus, and where the cursors stand."""

from dataclasses import dataclass
from typing import Literal

from primitivus.model.place import NOWHERE, Place
from primitivus.model.popup import Popup

Mode = Literal["normal", "insert", "command"]
Pane = Literal["conversations", "contacts", "messages", "input"]
Focus = Literal["conversations", "contacts", "messages", "input", "switcher", "dialog", "overlay"]


@dataclass(frozen=True, slots=True)
class View:
    """What decides what is drawn, but what is drawn of XMPP, and the settings."""

    # The mode as it was set; `in_mode` is the one in force.
    mode: Mode = "normal"
    is_modal: bool = True
    pane: Pane = "input"
    # The account where one is, and the conversation that is shown.
    place: Place = NOWHERE
    popup: Popup | None = None
    is_popup_hidden: bool = False
    # Where the cursors of the lists stand, and the message that is selected.
    listed: Place = NOWHERE
    listed_contact: Place = NOWHERE
    selected_message: int = 0
    # Whether the terminal has the focus; until it tells, it has.
    is_terminal_focused: bool = True
    # What may follow the keys typed so far, for the which-key hint: pairs of key and command.
    typed_keys: str = ""
    hints: tuple[tuple[str, str], ...] = ()

    @property
    def in_mode(self) -> Mode:
        """Return the mode in force: without modes one types where the focus is on the input."""
        if self.is_modal or self.mode == "command":
            return self.mode
        return "insert" if self.pane == "input" else "normal"

    @property
    def shown_popup(self) -> Popup | None:
        return None if self.is_popup_hidden else self.popup

    @property
    def focus(self) -> Focus:
        popup = self.shown_popup
        return popup.focus if popup is not None else self.pane
