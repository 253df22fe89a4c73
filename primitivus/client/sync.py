"""Signals about messages and conversations, and what they change in the model."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backendd.api.names import MESSAGES
from backendd.api.records import Conversation, Message
from backendd.api.tuples import NamedTuple
from backendd.api.values import Mutable
from backendd.api.wire import from_wire
from primitivus.client.part import Handlers, Part
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.attention import is_attended, is_kept_up
from primitivus.model.messages.mentions import calls_us, speaks_to_us
from primitivus.model.messages.message import beginning
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.place import Place
from primitivus.model.screen.showing import NOBODY
from primitivus.model.state import State
from primitivus.model.telling.alert import Alert
from primitivus.sentences import tr

# More of a message is told nowhere but in its conversation.
ALERT_CHARACTERS = 200

Wire = Mapping[str, Any]


class _Came(NamedTuple):
    """What is looked at of a message for whether it rings, and the message as it was told."""

    id: int
    source: str
    direction: str
    more: Wire
    told: Message | Wire


class Sync(Mutable, Part):
    """Applies what the backend tells of messages; a higher revision always wins."""

    state: State
    account: Account
    # The newest message there is: what is told of older ones is no news. None: not known yet.
    _newest: int | None = None

    def signals(self) -> Handlers:
        return {
            (MESSAGES, "Changed"): self._messages_changed,
            (MESSAGES, "OlderChanged"): self._older_changed,
            (MESSAGES, "Removed"): self._messages_removed,
            (MESSAGES, "ConversationsChanged"): self._conversations_changed,
            (MESSAGES, "ConversationsRemoved"): self._conversations_removed,
        }

    def forget(self) -> None:
        self._newest = None

    def begin_after(self, newest: int) -> None:
        """Ring for messages above this id alone: all others were there before."""
        self._newest = newest

    def messages_changed(self, peer: str, messages: Sequence[Message]) -> None:
        """Take over what messages are now."""
        place = self.account.place(peer)
        is_seen = is_attended(self.state, place)
        panes = self._holding(place)
        # Each holds a stretch of its own: what is new in one may be far from another.
        fresh = {each.id: each for pane in panes for each in pane.take_in(messages)}
        if any(pane.window.is_loaded for pane in panes):
            messages = [each for each in messages if each.id in fresh or _is_behind(panes, each)]
        if any(pane in panes for pane in self.state.layout.mains()):
            self.state.changed(Area.MESSAGES if messages else Area.PROGRESS)
        record = self.account.conversation(peer)
        self._ring(
            record,
            [_Came(each.id, each.source, each.direction, each.more, each) for each in messages],
            is_seen=is_seen,
        )

    def follow(self, records: Iterable[Conversation]) -> None:
        """Let the chats that are open here take over drafts and unread marks."""
        for record in records:
            place = self.account.place(record.peer)
            is_read = is_kept_up(self.state, place)
            for pane in self.state.layout.looking_at(place):
                pane.follow(record, is_kept_up=is_read)
            chat = self.account.chats.get(record.peer)
            if chat is not None and chat.follow(record) and place == self.state.layout.place:
                self.state.changed(Area.INPUT)
        self.state.changed(Area.CONVERSATIONS)

    def _holding(self, place: Place) -> list[ConversationPane]:
        """Return the panes that hold messages, or soon will."""
        panes = self.state.layout.looking_at(place)
        return [each for each in panes if each.window.is_loaded or each.is_loading]

    def _messages_changed(self, peer: str, records: list[Wire]) -> None:
        account, place = self.account, self.account.place(peer)
        account.revision = max([account.revision, *(each.get("revision", 0) for each in records)])
        if self._holding(place):
            self.messages_changed(peer, [from_wire(Message, each) for each in records])
            return
        # What isn't held needs not be read.
        record = self.account.conversation(peer)
        came = [
            _Came(each["id"], each.get("source", ""), each.get("direction", ""), each, each)
            for each in records
        ]
        self._ring(record, came, is_seen=is_attended(self.state, place))

    def _ring(self, record: Conversation, came: Sequence[_Came], *, is_seen: bool) -> None:
        """Ring for what is told the first time, where it is worth that."""
        if (newest := self._newest) is None:
            return  # the first snapshot, which is on its way, may have it
        news = [each for each in came if each.id > newest]
        self._newest = max([newest, *(each.id for each in came)])
        ringing = [each for each in news if _rings(record, each, is_seen=is_seen)]
        if ringing:
            for_us = [each for each in ringing if _is_for_us(each.more)]
            told = (for_us or ringing)[-1].told
            message = told if isinstance(told, Message) else from_wire(Message, told)
            self.state.alerts.ring(_alert(self.account, record, message), self.account)

    def _older_changed(self, peer: str, older: str) -> None:
        for pane in self.state.layout.looking_at(self.account.place(peer)):
            pane.tell_older(older)
            self.state.changed(Area.MESSAGES)

    def _messages_removed(self, peer: str, ids: Iterable[int]) -> None:
        for pane in self.state.layout.looking_at(self.account.place(peer)):
            pane.remove(ids)
            self.state.changed(Area.MESSAGES)

    def _conversations_changed(self, records: list[Wire]) -> None:
        self.follow(
            self.account.conversations.merge(from_wire(Conversation, each) for each in records)
        )

    def _conversations_removed(self, peers: list[str]) -> None:
        names = {peer: self.account.name(peer) for peer in peers}
        begun = self.state.showing.drop(self.account, peers)
        if begun is not None:
            self.state.say(
                tr("{names} was closed while you wrote; {why}", names=names[begun.peer], why=NOBODY)
            )


def _is_behind(panes: Sequence[ConversationPane], message: Message) -> bool:
    """Return whether a message is none that is held, and newer than all that is."""
    windows = [pane.window for pane in panes if pane.window.is_loaded]
    return all(each.ends_before(message) for each in windows)


def _alert(account: Account, record: Conversation, message: Message) -> Alert:
    name, who = account.name(record.peer), account.author(message)
    summary = name if who == name else f"{who} ({name})"
    said = beginning(message, ALERT_CHARACTERS)
    return Alert(summary, said, is_for_us=_is_for_us(message.more))


def _is_for_us(more: Wire) -> bool:
    return speaks_to_us(more) or calls_us(more)


def _rings(record: Conversation, came: _Came, *, is_seen: bool) -> bool:
    """Return whether a message of this conversation is worth a bell."""
    if came.source != "live" or came.direction != "in" or record.notify == "none":
        return False
    if calls_us(came.more):
        return True
    is_for_all = record.notify in ("", "all")
    return not is_seen and (is_for_all or speaks_to_us(came.more))
