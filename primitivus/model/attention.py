"""What is being seen of what comes in, and how much waits to be."""

from primitivus.model.place import Place
from primitivus.model.state import State


def is_used(state: State) -> bool:
    """Return whether somebody is here, as far as one can know."""
    return state.view.is_terminal_focused and not state.view.is_away


def is_looked_at(state: State) -> bool:
    """Return whether the messages on the screen are being seen, as far as one can know."""
    return is_used(state) and state.view.shown_popup is None


def attended(state: State) -> set[Place]:
    """Return the conversations of which is seen at once what comes in."""
    if not is_looked_at(state):
        return set()
    return {
        pane.place
        for pane in state.layout.conversations_seen()
        if pane.viewport.position is None and not pane.chat.is_read_held
    }


def is_attended(state: State, place: Place) -> bool:
    """Return whether what comes in there is seen at once."""
    return place in attended(state)


def unread(state: State) -> int:
    """Return how many messages wait somewhere: not those that are just being seen."""
    seen = attended(state)
    return sum(
        account.conversations.unread(
            but={place.peer for place in seen if state.at(place) is account}
        )
        for account in state.accounts.opened()
    )
