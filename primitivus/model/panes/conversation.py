"""A conversation as one looks at it in one part of the screen."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Literal

from backendd.api.records import Conversation, Message
from primitivus.model.editing.editor import Editor
from primitivus.model.messages.chat import Chat
from primitivus.model.messages.folds import Folds
from primitivus.model.messages.stand import Position
from primitivus.model.messages.unread import Unread
from primitivus.model.messages.viewport import Viewport
from primitivus.model.messages.window import Window
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.scrolling.measure import Measure
from primitivus.model.search.matches import Matches
from primitivus.sentences import tr

# A page of history: that it opens with, where reading stopped, what lies before, what comes after.
Page = Literal["first", "unread", "older", "newer"]
# What is said of one where what is seen doesn't count as read.
PEEKING = tr("you only peek: nothing here counts as read until you write, or :read")


class ConversationPane(Pane):
    """Its messages as far as they are held here, where one stands in them, and what is selected.

    Two panes may show one conversation, each at another place; what is typed they have in common.
    """

    context = "messages"
    has_input = True

    def __init__(self, place: Place, chat: Chat) -> None:
        self.place = place
        self.chat = chat
        self.viewport = Viewport(Window())
        # The selected message, 0 for none.
        self.selected = 0
        self.unread = Unread(chat.seen)
        # Where words were found in it last.
        self.matches: Matches | None = None
        self.is_loading = False
        # What is told while a page is on its way, which may not have it.
        self._told: list[Message] = []
        self._gone: set[int] = set()
        self._told_older = ""
        self._folds = Folds()

    @property
    def window(self) -> Window:
        return self.viewport.window

    @property
    def editor(self) -> Editor:
        return self.chat.editor

    @property
    def purpose(self) -> str:
        return self.chat.purpose.said or (PEEKING if self.chat.is_peeked else "")

    @property
    def page(self) -> int:
        return self.viewport.page

    @property
    def selected_message(self) -> Message | None:
        return self.window.get(self.selected)

    def share(self, message: Message) -> int:
        """Return how many times as much of a message shows as of any; 0: it is covered."""
        return self._folds.share(message)

    def copy(self) -> "ConversationPane":
        other = ConversationPane(self.place, self.chat)
        other.viewport = self.viewport.copy()
        other.unread = self.unread.copy()
        return other

    def empty(self) -> None:
        """Forget what is held: it is void, or to be loaded anew."""
        self.viewport = Viewport(Window())

    def begin_loading(self) -> None:
        """Note that a page is asked for."""
        self.is_loading = True
        self._told, self._gone, self._told_older = [], set(), ""

    def end_loading(self) -> None:
        """Note that the page is here, or can't be had; what was told meanwhile goes into it."""
        self.is_loading = False
        told, gone = self._told, self._gone
        self._told, self._gone = [], set()
        self.take_in(told)
        self.window.remove(gone)
        if self._told_older and self.window.older == "server":
            # The answer was here before the page that says that it is waited for.
            self.window.older = self._told_older

    def tell_older(self, older: str) -> None:
        """Take over what lies before all that is stored."""
        if self.is_loading:
            self._told_older = older
        if self.window.reaches_start:
            self.window.older = older

    def remove(self, ids: Iterable[int]) -> None:
        """Forget messages that are no longer there."""
        gone = list(ids)
        self.window.remove(gone)
        if self.is_loading:
            self._gone.update(gone)

    def take_in(self, messages: Sequence[Message]) -> list[Message]:
        """Merge told messages into the window; return the new ones."""
        if self.is_loading:
            self._told += messages
        fresh = self.window.merge(messages)
        position = self.viewport.position
        self.window.trim(position.anchor if position else 0)
        return fresh

    @property
    def new_line(self) -> int:
        """Return the message before which the "new" line stands, 0 for none."""
        return self.unread.line

    def follow(self, record: Conversation, *, is_kept_up: bool = False) -> None:
        """Have the "new" line where a record says that reading stopped."""
        self.unread.told(self.window, record, is_kept_up=is_kept_up)

    def arrive(self, record: Conversation, *, still_peeks: bool = False) -> bool:
        """Begin with what is unread, if something is; return whether that is so."""
        if not still_peeks:
            self.chat.release()
        return self.unread.arrive(self.viewport, record)

    def go_on(self, record: Conversation) -> bool:
        """Show the next of what is unread and nobody has seen; return whether there is such."""
        unseen = self.unread.unseen(self.window, record)
        if not unseen or self.chat.is_read_held:
            return False
        index = self.window.index(unseen)
        is_begun = self.chat.seen.has_begun(unseen) and index in self.viewport.in_view()
        if is_begun and self.viewport.rows(index) > self.viewport.height:
            self.scroll(self.page)
        else:
            self.unread.seek(unseen)
        return True

    def go_to_end(self) -> None:
        """Stand at the newest message that is held, whatever is unread above it."""
        self.viewport.to_bottom()
        self.unread.at_end(self.viewport)

    def step(self, by: int) -> None:
        """Select another message where one is selected, else scroll."""
        if not self.selected:
            self.scroll(by)
        elif len(self.window):
            index = self.window.index(self.selected) + by
            self.selected = self.window[max(0, min(len(self.window) - 1, index))].id
            self.viewport.reveal(self.selected)

    def scroll(self, rows: int) -> None:
        self.viewport.scroll(rows)
        if self.viewport.position is None:
            self.unread.at_end(self.viewport)

    def select(self) -> None:
        """Select the newest message in view; where one is selected, none."""
        if len(self.window):
            whole = self.viewport.last_whole() if self.viewport.is_measured else 0
            self.selected = 0 if self.selected else (whole or self.window.last_id)

    def point(self, what: Hashable) -> bool | None:
        if not isinstance(what, int) or self.window.index(what) < 0:
            return None
        was_selected, self.selected = self.selected == what, what
        return was_selected

    def enter(self) -> str:
        return "details"

    @property
    def searched(self) -> str:
        """Return the words that are marked, as long as one looks for some."""
        return self.matches.asked if self.matches is not None and self.matches.is_shown else ""

    def leave(self) -> bool:
        """Have no message selected, and no words marked that were searched for."""
        was_here = bool(self.selected or self.searched)
        self.selected = 0
        if self.matches is not None:
            self.matches.is_shown = False
        return was_here

    def unfold(self) -> bool:
        """Show more of the selected message, else of the lowest in view of which some is folded.

        What is read stays where it is. Return whether there was such a message.
        """
        return self._folds.unfold(self.viewport, self._meant())

    def reveal(self) -> bool:
        """Show what a spoiler says, the selected one, else the lowest in view; or cover it again.

        What is read stays where it is. Return whether there was one.
        """
        return self._folds.reveal(self.viewport, self._meant())

    def in_view(self) -> Iterator[Message]:
        """Yield the messages in view, from below."""
        return map(self.window.__getitem__, self.viewport.in_view())

    def _meant(self) -> Iterable[int]:
        """Return the index of the selected message, else those of the ones in view, from below.

        One that was selected just now comes into view only when that is drawn.
        """
        index = self.window.index(self.selected) if self.selected else -1
        return self.viewport.in_view() if index < 0 else (index,)

    def measured(
        self, measure: Measure, record: Conversation | None = None, *, is_looked_at: bool = False
    ) -> None:
        """Take over how high messages are where it is drawn now, and whether somebody looks."""
        self.chat.place_comings(self.window)
        self.unread.place(self.viewport, measure, record if is_looked_at else None)
        self.viewport.measured(measure, is_loading=self.is_loading)
        self.unread.look(self.viewport, record, is_looked_at=is_looked_at)

    def wanted(self) -> Iterator[Page]:
        """Yield what has to be loaded for what is in view, or soon will be."""
        if not self.window.is_loaded:
            yield "first"
            return
        if self.unread.sought and self.window.index(self.unread.sought) < 0:
            yield "unread"
            return
        if self.viewport.is_near_start():
            yield "older"
        if self.viewport.position is not None and self.viewport.is_near_end():
            yield "newer"

    def where(self) -> Position | None:
        """Return where one stands, for coming back."""
        return self.viewport.position
