"""What is being seen of what comes in, and how much waits to be."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from primitivus.model.accounts.account import Account
from primitivus.model.panes.kinds import is_post
from primitivus.model.place import Place
from primitivus.model.state import State
from primitivus.model.wording.times import hour, now_us

if TYPE_CHECKING:
    from primitivus.model.panes.post import PostPane


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


def posts_seen(state: State) -> list["PostPane"]:
    """Return the panes of posts that are being seen."""
    mains = state.layout.mains() if is_looked_at(state) else ()
    return [pane for pane in mains if is_post(pane)]


def kept_up(state: State) -> set[Place]:
    """Return the conversations of which is read at once what comes in: nothing was skipped."""
    panes = state.layout.conversations_seen()
    skipped = {pane.place for pane in panes if pane.viewport.skipped is not None}
    return attended(state) - skipped


def is_kept_up(state: State, place: Place) -> bool:
    """Return whether what comes in there is read at once."""
    return place in kept_up(state)


def is_attended(state: State, place: Place) -> bool:
    """Return whether what comes in there is seen at once."""
    return place in attended(state)


def unread(state: State) -> int:
    """Return how many messages wait somewhere: not those that are just being read."""
    return sum(account.conversations.waiting(but=seen).unread for account, seen in _seen(state))


def mentions(state: State) -> int:
    """Return how many of them speak to the user."""
    return sum(account.conversations.waiting(but=seen).mentions for account, seen in _seen(state))


def is_quiet(state: State) -> bool:
    """Return whether nothing is to make a noise now."""
    return state.quiet_time.includes(hour(now_us()))


def _seen(state: State) -> Iterator[tuple[Account, set[str]]]:
    """Return each account that is open, and the peers of whom is read at once what comes in."""
    seen = kept_up(state)
    for account in state.accounts.opened():
        yield account, {place.peer for place in seen if state.at(place) is account}
