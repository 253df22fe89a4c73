"""Which conversations the main panes show, as conversations and accounts come and go."""

from collections.abc import Callable, Iterable
from functools import partial

from primitivus.model.accounts.account import Account
from primitivus.model.accounts.accounts import Accounts
from primitivus.model.area import Area
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import BlankPane, Pane
from primitivus.model.place import NOWHERE, Place
from primitivus.model.screen.layout import Layout
from primitivus.model.screen.trail import Trail
from primitivus.sentences import tr

# What is said where somebody is gone from the screen to whom one was writing.
NOBODY = tr("what you type now goes to nobody")


class Showing:
    """Opens conversations in the layout, and has something else there when they are gone."""

    def __init__(
        self,
        accounts: Accounts,
        layout: Layout,
        changed: Callable[..., None],
        is_typing: Callable[[], bool],
    ) -> None:
        self._accounts = accounts
        self._layout = layout
        self._changed = changed
        self._is_typing = is_typing
        # What is being closed here: that it goes is no surprise.
        self.closing = NOWHERE

    def open(self, place: Place) -> ConversationPane:
        """Show a conversation where one is, as it was left there, with what is new in it marked."""
        account, left = self._accounts.at(place), self._layout.main
        account.left_at = place.peer
        record = account.conversation(place.peer)
        pane = self._layout.opened(place, account.chat_with(place.peer))
        if pane is not left:
            pane.arrive(record)
        pane.selected = 0
        pane.chat.follow(record)
        self._layout.trail.go(pane)
        self._layout.conversations.marked = place
        self._changed(Area.VIEW, Area.MESSAGES, Area.INPUT)
        return pane

    def unselect(self) -> None:
        """Have no message selected where one is, and nothing marked that was searched for."""
        if isinstance(self._layout.main, ConversationPane):
            self._layout.main.leave()

    def stand_in(self, account: Account) -> None:
        """Be in an account, where one is in none yet."""
        if not self._layout.place.account:
            self._layout.trail.replace(BlankPane(account.place("")))
            self._changed(Area.VIEW)

    def begin(self, account: Account) -> bool:
        """Show the conversation one left in the account where one is, or its first, if none shows.

        Return whether it does.
        """
        place, main = account.left_place(), self._layout.main
        is_here = self._accounts.at(main.place) is account
        if not place.peer or not isinstance(main, BlankPane) or not is_here:
            return False
        self.open(place)
        return True

    def drop(self, account: Account, peers: Iterable[str]) -> Place | None:
        """Forget conversations; where one of them is shown, the nearest of the account is, if any.

        None is where somebody has begun to write: the rest is not for anybody else to get. Return
        the place of what was begun.
        """
        gone = {account.place(peer) for peer in peers}
        begun = self._begun(gone.__contains__)
        nearest = [self._accounts.nearest(trail.pane.place, gone) for trail in self._layout.trails]
        with self._layout.conversations.steady():
            account.conversations.remove(place.peer for place in gone)
        for place in gone:
            account.chats.pop(place.peer, None)
        for trail, place in zip(self._layout.trails, nearest, strict=True):
            is_none = begun is not None and trail is self._layout.trail
            instead = account.place("") if is_none else place
            trail.drop(gone.__contains__, partial(self._shown_in, trail, instead))
        self._changed(Area.CONVERSATIONS, Area.VIEW)
        return begun

    def enter(self, account: Account) -> None:
        """Be in an account, in no conversation of it."""
        self._layout.trail.go(BlankPane(account.place("")))
        self._layout.conversations.marked = account.place("")
        self._changed(Area.VIEW, Area.INPUT)

    def remove(self, account: Account) -> Place | None:
        """Forget an account with all that is shown of it; another one takes its place.

        No conversation of that one shows where somebody types: it would go out as somebody else.
        """
        name = account.profile.name
        begun = self._begun(lambda place: place.account == name)
        is_typed_in = self._is_typing() and self._layout.place.account == name
        instead = self._accounts.remove(name)
        self._layout.leave(name, instead.place(""))
        self._forget(name)
        for trail in self._layout.trails:
            trail.drop(lambda place: place.account == name, partial(BlankPane, instead.place("")))
        for pane in self._layout.lists:
            if pane.marked.account == name:
                pane.marked = instead.place("")
        if not is_typed_in:
            self.begin(instead)
        self._changed(Area.PROFILE, Area.CONVERSATIONS, Area.ROSTER, Area.REQUESTS, Area.VIEW)
        return begun

    def withhold(self, account: Account) -> None:
        """Show nothing any more of an account in panes that are of several: it is locked."""
        self._forget(account.profile.name)

    def _forget(self, name: str) -> None:
        for trail in self._layout.trails:
            for pane in trail.panes():
                pane.forget(name)

    def _begun(self, is_gone: Callable[[Place], bool]) -> Place | None:
        """Return where somebody is in the middle of writing, if that is gone."""
        editor, place = self._layout.main.editor, self._layout.place
        is_begun = self._is_typing() and editor is not None and bool(editor.text)
        is_told = is_begun and place != self.closing
        return place if is_told and place.peer and is_gone(place) else None

    def _shown_in(self, trail: Trail, place: Place) -> Pane:
        if not place.peer:
            return BlankPane(place)
        account = self._accounts.at(place)
        pane = self._layout.opened(place, account.chat_with(place.peer), trail)
        pane.arrive(account.conversation(place.peer))
        return pane
