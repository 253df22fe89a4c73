"""Which commands a key may run while a form is open: nothing behind it hears keys."""

from primitivus.commands.registry import Registry
from primitivus.model.panes.pane import Pane
from primitivus.model.popups.popup import Dialog

# What a form takes besides editing, and what is of the program as a whole.
_OF_FORMS = frozenset({"enter", "submit", "focus", "cancel", "page-up", "page-down", "point"})
_OF_THE_PROGRAM = frozenset(
    {"help", "popup", "quit", "quit-all", "redraw", "suspend", "wheel", "mouse"}
)
# A form that is being handed over can only be left.
_WHILE_BUSY = _OF_THE_PROGRAM | {"cancel"}


def is_for_popup(popup: Pane | None, registry: Registry, line: str) -> bool:
    """Return whether a key may run `line` now; where no form is open, any may."""
    if not isinstance(popup, Dialog):
        return True
    command = registry.find(line.split(maxsplit=1)[0])
    if command is None:
        return True  # it is refused with a sentence
    if popup.is_busy:
        return command.name in _WHILE_BUSY
    return command.context == "line" or command.name in _OF_FORMS | _OF_THE_PROGRAM
