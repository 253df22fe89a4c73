"""How the keyboard and the whole screen are looked at: the mode, and what lies over the panes."""

from typing import Literal, TypedDict

from backendd.api.values import Value
from primitivus.model.panes.pane import Pane

Mode = Literal["normal", "insert", "command"]
Hints = tuple[tuple[str, str], ...]


class View(Value):
    """What decides what is drawn, but the panes, what is drawn in them, and the settings."""

    # The mode as it was set; State.mode is the one in force.
    mode: Mode = "normal"
    # Whether what is typed in insert mode takes the place of what is there; it ends with the mode.
    is_over: bool = False
    # The one that follows when a command was typed.
    mode_after: Mode = "normal"
    is_modal: bool = True
    # Whether quit closes a pane of two, and leaves from the last one.
    quits_panes: bool = False
    popup: Pane | None = None
    is_popup_hidden: bool = False
    # Whether the terminal has the focus, as far as it tells, or a key does; not before that.
    is_terminal_focused: bool = False
    # Whether no key has come for so long that nobody is likely to look.
    is_away: bool = False
    # What may follow the keys typed so far, for the which-key hint: pairs of key and command.
    typed_keys: str = ""
    hints: Hints = ()
    # Which of them is chosen, where they are candidates of a completion.
    chosen_hint: int | None = None

    @property
    def shown_popup(self) -> Pane | None:
        return None if self.is_popup_hidden else self.popup


class ViewChanges(TypedDict, total=False):
    """Parts of a view, as State.show takes them."""

    mode: Mode
    is_over: bool
    mode_after: Mode
    is_modal: bool
    quits_panes: bool
    popup: Pane | None
    is_popup_hidden: bool
    is_terminal_focused: bool
    is_away: bool
    typed_keys: str
    hints: Hints
    chosen_hint: int | None
