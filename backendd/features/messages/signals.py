"""What the Messages interface tells: bursts become few signals of not too many records."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.messages import (
    ConversationsChanged,
    HistoryAnswered,
    MessagesChanged,
    MessagesRemoved,
)
from backendd.session.home import Home
from backendd.session.part import Outlet


class MessagesSignals:
    """Turns what is stored of one profile into signals."""

    def __init__(self, home: Home, outlet: Outlet) -> None:
        self._home = home
        self._emit = outlet.emit
        self._messages: Burst[records.Message] = Burst(
            self._tell_messages, key=lambda message: message.id, is_clear=outlet.is_clear
        )
        self._conversations: Burst[records.Conversation] = Burst(
            self._tell_conversations,
            key=lambda conversation: conversation.peer,
            is_clear=outlet.is_clear,
        )
        home.events.subscribe(MessagesChanged, self._on_messages)
        home.events.subscribe(MessagesRemoved, self._on_removed)
        home.events.subscribe(ConversationsChanged, self._on_conversations)
        home.events.subscribe(HistoryAnswered, self._on_history_answered)

    def _on_messages(self, event: MessagesChanged) -> None:
        self._messages.add(*event.messages)

    def _on_removed(self, event: MessagesRemoved) -> None:
        self._messages.flush()
        self._emit(names.MESSAGES, "Removed", event.peer, list(event.ids))

    def _on_conversations(self, event: ConversationsChanged) -> None:
        self._conversations.add(*map(self._home.with_live, event.conversations))
        if event.closed:
            self._conversations.flush()
            self._emit(names.MESSAGES, "ConversationsRemoved", list(event.closed))

    def _on_history_answered(self, event: HistoryAnswered) -> None:
        self._messages.flush()  # what it brought comes first
        self._emit(names.MESSAGES, "OlderChanged", event.peer, event.older)

    def _tell_messages(self, messages: Sequence[records.Message]) -> None:
        by_peer = attrgetter("peer")
        for peer, group in groupby(sorted(messages, key=by_peer), key=by_peer):
            self._emit(names.MESSAGES, "Changed", peer, list(group))

    def _tell_conversations(self, conversations: Sequence[records.Conversation]) -> None:
        self._emit(names.MESSAGES, "ConversationsChanged", list(conversations))
