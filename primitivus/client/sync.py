"""Signals of the backend, and what they change in the model."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backendd.api.names import MANAGER, MESSAGES, PROFILE, ROSTER
from backendd.api.records import Contact, Conversation, Message, Request, Warning
from backendd.api.signature import Plain
from backendd.api.wire import from_wire
from primitivus.model.address import with_meaning
from primitivus.model.area import Area
from primitivus.model.place import Place
from primitivus.model.profile import update
from primitivus.model.state import State
from primitivus.model.subscription import said_of

Wire = Mapping[str, Any]


@dataclass
class Sync:
    """Applies what the backend tells of the shown profile; a higher revision always wins."""

    state: State
    # Called for messages that came just now into a conversation that nobody looks at.
    on_unseen: Callable[[Place], None] = lambda place: None
    _handlers: dict[tuple[str, str], Callable[..., None]] = field(init=False)

    def __post_init__(self) -> None:
        self._handlers = {
            (MESSAGES, "Changed"): self.messages_changed,
            (MESSAGES, "OlderChanged"): self.older_changed,
            (MESSAGES, "Removed"): self.messages_removed,
            (MESSAGES, "ConversationsChanged"): self.conversations_changed,
            (MESSAGES, "ConversationsRemoved"): self.conversations_removed,
            (ROSTER, "Changed"): self.contacts_changed,
            (ROSTER, "Removed"): self.contacts_removed,
            (ROSTER, "RequestsChanged"): self.requests_changed,
        }

    def handle(self, interface: str, member: str, args: Iterable[Any]) -> None:
        """Apply a signal of the profile's object; what isn't known is of a later version."""
        handler = self._handlers.get((interface, member))
        if handler is not None:
            handler(*args)
        elif member == "PropertiesChanged":
            self.properties_changed(*args)

    def properties_changed(self, interface: str, changed: Wire, _: Plain = ()) -> None:
        if interface != PROFILE:
            return
        known = set(self.state.account.profile.warnings)
        self.state.set_profile(update(self.state.account.profile, changed))
        for warning in self.state.account.profile.warnings:
            if warning not in known:
                self.state.complain(warning.text, about=_about(warning))
        for warning in known.difference(self.state.account.profile.warnings):
            self.state.settle(_about(warning))

    def backend_changed(self, interface: str, changed: Wire, _: Plain = ()) -> None:
        if interface == MANAGER and "Warnings" in changed:
            self.state.set_backend_warnings(
                from_wire(Warning, each) for each in changed["Warnings"]
            )

    def messages_changed(self, peer: str, records: list[Wire]) -> None:
        account = self.state.account
        account.revision = max([account.revision, *(each.get("revision", 0) for each in records)])
        place = account.place(peer)
        is_seen = self.state.is_attended(place)
        panes = [each for each in self.state.layout.looking_at(place) if each.window.is_loaded]
        if not panes:
            if not is_seen and any(_rings(each) for each in records):
                self.on_unseen(place)
            return
        messages = [from_wire(Message, each) for each in records]
        # Each pane holds a stretch of its own: what is new in one may be far from another.
        fresh = {each.id: each for pane in panes for each in pane.take_in(messages)}.values()
        if any(pane in panes for pane in self.state.layout.mains()):
            self.state.changed(Area.MESSAGES if fresh else Area.PROGRESS)
        if not is_seen and any(each.source == "live" and each.direction == "in" for each in fresh):
            self.on_unseen(place)

    def older_changed(self, peer: str, older: str) -> None:
        for pane in self.state.layout.looking_at(self.state.account.place(peer)):
            if pane.window.reaches_start:
                pane.window.older = older
                self.state.changed(Area.MESSAGES)

    def messages_removed(self, peer: str, ids: list[int]) -> None:
        for pane in self.state.layout.looking_at(self.state.account.place(peer)):
            pane.window.remove(ids)
            self.state.changed(Area.MESSAGES)

    def conversations_changed(self, records: list[Wire]) -> None:
        taken = self.state.account.conversations.merge(
            from_wire(Conversation, each) for each in records
        )
        self.follow(taken)

    def follow(self, records: Iterable[Conversation]) -> None:
        """Let the chats that are open here take over drafts and unread marks."""
        for record in records:
            place = self.state.account.place(record.peer)
            if not self.state.is_attended(place):
                for pane in self.state.layout.looking_at(place):
                    pane.follow(record)
            chat = self.state.account.chats.get(record.peer)
            if chat is not None and chat.follow(record) and place == self.state.layout.place:
                self.state.changed(Area.INPUT)
        self.state.changed(Area.CONVERSATIONS)

    def conversations_removed(self, peers: list[str]) -> None:
        self.state.drop(self.state.account, peers)

    def contacts_changed(self, records: list[Wire]) -> None:
        known = self.state.account.roster.merge(from_wire(Contact, each) for each in records)
        self.state.changed(Area.ROSTER)
        for old, new in known:
            if said := said_of(old, new):
                self.state.say(said)

    def contacts_removed(self, jids: list[str]) -> None:
        self.state.account.roster.remove(jids)
        self.state.changed(Area.ROSTER)

    def requests_changed(self, records: list[Wire], gone: list[str]) -> None:
        requests = [from_wire(Request, each) for each in records]
        fresh = self.state.account.roster.merge_requests(requests, gone)
        self.state.changed(Area.REQUESTS)
        for jid in gone:
            self.state.settle(f"request {jid}")
        for request in fresh:
            said = f" ({request.text})" if request.text else ""
            self.state.say(
                f"{with_meaning(request.jid)} asks to see your presence{said}: "
                f":accept {request.jid} or :deny {request.jid}",
                about=f"request {request.jid}",
            )


def _about(warning: Warning) -> str:
    return f"warning {warning.word} {warning.subject}"


def _rings(record: Wire) -> bool:
    return record.get("source") == "live" and record.get("direction") == "in"
