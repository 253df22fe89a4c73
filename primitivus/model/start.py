"""What shows first: what waits, where that is wanted and something does, else a conversation."""

from primitivus.model.accounts.account import Account
from primitivus.model.panes.home import HomePane
from primitivus.model.questions.questions import waits
from primitivus.model.state import State


def begin(state: State, account: Account, *, is_first: bool) -> None:
    """Show something of an account that has told its conversations, if nothing shows of it.

    `is_first`: at the start, where one can write at once to whom a conversation is with.
    """
    is_blank = state.account is account and not state.layout.main.is_kept
    # Whoever has gone to it wants to be there: it may have been made just now.
    is_first = is_first and state.layout.trail.is_at_start
    # Before it shows: what is looked at waits no more.
    does_wait = is_blank and bool(waits(state))
    shows = state.showing.begin(account)
    if is_first and is_blank and _is_home_wanted(state) and (does_wait or not shows):
        _go_home(state)
    elif shows and is_first and state.view.mode == "normal":
        state.show(mode="insert")


def filled(state: State) -> None:
    """Show what waits where all of an account is told at the start, if nobody does anything yet."""
    is_first = state.is_starting and state.layout.trail.is_at_start
    is_there = isinstance(state.layout.main, HomePane) or state.view.popup is not None
    if is_first and not is_there and _is_home_wanted(state) and waits(state):
        state.show(mode="normal")
        _go_home(state)
    if all(each.is_filled or each.profile.has_password for each in state.accounts.values()):
        # Those with a password need somebody who gives it.
        state.is_starting = False


def _is_home_wanted(state: State) -> bool:
    return state.settings.start == "home"


def _go_home(state: State) -> None:
    from primitivus.model.home.sources import home  # who isn't shown it starts without

    state.layout.trail.go(home(state))
