"""Whether keys may be for the messages, though the focus is on the input."""

from primitivus.keymaps.contexts import RESTING
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import Focus
from primitivus.model.state import State


def focus_of(state: State) -> Focus:
    """Return what keys are for: resting, while nothing is typed at the input of a conversation.

    Where one types in a mode of its own, keys are for that.
    """
    main, focus = state.layout.main, state.focus
    rests = state.mode == ("normal" if state.view.is_modal else "insert")
    if focus == "input" and rests and isinstance(main, ConversationPane) and not main.editor.text:
        return RESTING
    return focus
