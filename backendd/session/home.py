"""What a feature sees of its profile: one place for its store, its stream and its events."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.errors import InvalidJid, NotSupported, StorageError
from backendd.api.tasks import Tasks
from backendd.api.words import Older
from backendd.core import clock, jid, xml
from backendd.core.conversations import Peer
from backendd.core.hub import Hub
from backendd.core.inbound import Context
from backendd.core.jid import Jid
from backendd.core.messages import RoomsKnown
from backendd.core.profiles import Profile, ProfileChanged
from backendd.core.rooms import Rooms
from backendd.core.warnings import Warnings
from backendd.crypto.secrets import Secrets
from backendd.files.copies import Copies
from backendd.session.backend import Backend
from backendd.session.bits import Bits
from backendd.session.blog_nodes import BlogNodes
from backendd.session.disco import Disco
from backendd.session.feeds import Feeds
from backendd.session.missing import PATIENCE, Missing, Patience
from backendd.session.outbound import Outbound
from backendd.session.part import Part
from backendd.session.pipeline import Pipeline
from backendd.session.publishing import Publishing
from backendd.session.pubsub import Pubsub
from backendd.session.server import Server
from backendd.session.stages import Inbound
from backendd.session.transfers import Transfers
from backendd.session.uplink import Uplink
from backendd.store import conversations, occupancies
from backendd.store.ledger import Ledger, Owner, ProfileStore
from backendd.store.view import Contributor, View

log = logging.getLogger(__name__)


class Home:
    """A profile as its features know it, whether it is locked or not, connected or not.

    `parts` are those that its features take in it, in the order of the registry.
    """

    def __init__(
        self,
        profile: Profile,
        backend: Backend,
        *,
        events: Hub,
        inbound: Inbound,
        contributors: Sequence[Contributor] = (),
        owners: Mapping[str, Owner] | None = None,
        patience: Patience = PATIENCE,
    ) -> None:
        self.profile = profile
        self.backend = backend
        self.config = backend.config
        self.events = events
        self.when_caller_leaves = backend.when_caller_leaves
        self.account_jid: Jid = jid.received(self.own)
        self.tasks = Tasks()
        self.warnings = Warnings(lambda: self.changed("Warnings"))
        self.secrets = Secrets(profile.name)
        self.store = ProfileStore(
            backend.database, profile.id, events, contributors, owners, self.secrets
        )
        self.inbound = Pipeline(inbound)
        self.stream = Uplink(profile.name, self.inbound.iqs)
        self.rooms = Rooms()
        """Replaced by who enters rooms."""
        self.server = Server()
        self.bits = Bits(self.stream)
        self.disco = Disco(self.stream, self.store, self.tasks, events)
        self.pubsub = Pubsub(self.stream, self.disco, lambda: self.own)
        self.feeds = Feeds(self.store, self.pubsub, lambda: self.own)
        self.blog_nodes = BlogNodes(self.store, self.pubsub, self.disco, lambda: self.own)
        copies = Copies(backend.database.path.with_suffix(".handed"))
        self.transfers = Transfers(self.store, self.tasks, events, self.storage_failed, copies)
        self.publishing = Publishing(self.store, self.feeds, self.transfers, lambda: self.own)
        self.missing = Missing(
            patience,
            self.tasks,
            lambda: self.changed("Missing", "Syncing"),
            self.storage_failed,
        )
        self.parts: Sequence[Part] = ()
        self.outbound = Outbound(())
        """What an outgoing stanza gets before it is written."""
        self._has_loaded_rooms = False
        events.subscribe(RoomsKnown, self._on_rooms_known)
        self._catching_up: set[str] = set()

    @property
    def own(self) -> str:
        """The bare JID of the account, as the server has it."""
        return self.profile.bound or self.profile.jid

    def context(self) -> Context:
        """Return what holds for the stanzas that arrive now."""
        return Context(
            own=self.account_jid,
            now=clock.now_us(),
            full_jid=self.stream.full_jid,
            sm_id=self.stream.sm_id,
            archives=self._trusted_archives,
            features=self.server.features,
            rooms=self.rooms,
            missing=frozenset(self.missing.words),
            nodes=self.pubsub.events.wishes,
            settings=self.profile.settings,
            sent=self.stream.sent,
        )

    @property
    def _trusted_archives(self) -> frozenset[str]:
        own = frozenset((self.account_jid.bare,)) if self.server.trusts_ids else frozenset[str]()
        return own | self.rooms.archives

    async def known_rooms(self) -> Rooms:
        """Return `rooms` once it has what is stored of them."""
        if not self._has_loaded_rooms:
            found = await self.store.read(conversations.rooms)
            self.rooms = self.rooms.knowing(found)
            # A stream that is resumed brings what they say before anything else is done on it.
            for room, us, has_ids in await self.store.read(occupancies.occupied):
                self.rooms = self.rooms.entered(room, us, has_ids=has_ids)
            self._has_loaded_rooms = True
        return self.rooms

    def _on_rooms_known(self, event: RoomsKnown) -> None:
        self.rooms = self.rooms.knowing(event.peers)

    def changed(self, *properties: str) -> None:
        """Tell that properties of the profile changed."""
        self.events.publish(ProfileChanged(properties))

    @property
    def is_syncing(self) -> bool:
        """Whether an archive is being caught up, and answers."""
        return bool(self._catching_up) and "archive" not in self.missing.words

    def set_syncing(self, archive: str, *, is_syncing: bool) -> None:
        """Say whether an archive is being caught up."""
        was_syncing = bool(self._catching_up)
        if is_syncing:
            self._catching_up.add(archive)
        else:
            self._catching_up.discard(archive)
        if bool(self._catching_up) != was_syncing:
            self.changed("Syncing")

    def with_live(self, conversation: records.Conversation) -> records.Conversation:
        """Return the record of a conversation with what is so just now and stored nowhere."""
        now: dict[str, Any] = {}
        for part in self.parts:
            now |= part.live(conversation.peer)
        return replace(conversation, **now) if now else conversation

    def permit(self, view: View, whom: Peer) -> None:
        """Raise why the user can say nothing in a conversation now; nothing is to be sent then."""
        for part in self.parts:
            part.permit(view, whom)

    def announce(self) -> None:
        """Have it told how the user is to be seen from now on."""
        for part in self.parts:
            part.announce()

    def fetch_older(self, whom: Peer) -> Older:
        """Have fetched what is before the oldest message of a conversation; say what lies there."""
        answers = (part.fetch_older(whom) for part in self.parts)
        return next((older for older in answers if older is not None), "end")

    def fill_gap(self, whom: Peer, message_id: int) -> None:
        """Have fetched what may be missing before a message of a conversation, where it can be."""
        for part in self.parts:
            part.fill_gap(whom, message_id)

    async def enter_room(self, room: str, nick: str = "", password: str = "") -> None:
        """Return when we are in a room, for who has one to go to; raises why we aren't."""
        await self._go(part.enter_room(room, nick, password) for part in self.parts)

    async def leave_room(self, room: str) -> None:
        """Return when we have left a room."""
        await self._go(part.leave_room(room) for part in self.parts)

    async def _go(self, ways: Iterable[Awaitable[None] | None]) -> None:
        way = next((each for each in ways if each is not None), None)
        if way is None:
            raise NotSupported("nothing here enters rooms")
        await way

    def presence(self, to: str = "", also: Iterable[Element] = ()) -> Element:
        """Return our presence as it is now: for all who see it, or with `also` for one alone."""
        show, status = self.profile.show, self.profile.status
        children = [self.stream.capabilities]
        if show != "online":
            children.append(xml.element(xml.CLIENT, "show", text=show))
        if status:
            children.append(xml.element(xml.CLIENT, "status", text=status))
        priority = self.profile.settings.priority
        if priority and not to:  # rooms choose none of our clients by it
            children.append(xml.element(xml.CLIENT, "priority", text=str(priority)))
        children += (child for part in self.parts for child in part.present())
        children += also
        return xml.element(xml.CLIENT, "presence", {"to": to} if to else {}, children)

    def write_soon(self, work: Callable[[Ledger], object], *, name: str) -> None:
        """Have `work` stored; where that fails the connection is dropped."""
        self.do_soon(self.store.write(work), name=name)

    def do_soon(self, work: Coroutine[Any, Any, object], *, name: str) -> asyncio.Task[None]:
        """Have `work` done; where what it has to store fails the connection is dropped."""
        task = self.tasks.start(self._do_or_drop(work), name=name)
        task.add_done_callback(lambda _: work.close())  # it may have ended before it began
        return task

    async def _do_or_drop(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except* StorageError as errors:  # of several things that are done at once as well
            await self.storage_failed(_first(errors))

    async def storage_failed(self, error: StorageError) -> None:
        """Drop the connection: what is due on it can't be stored."""
        log.error("%s: the connection is dropped: %s", self.profile.name, error)
        await self.stream.drop(error)

    def warn_of_nobody(self, stanza: Element, error: InvalidJid) -> None:
        """Tell that a stanza was lost, for it says of nobody whom it is from or to."""
        log.warning("%s: dropped what is from or to nobody: %s", self.profile.name, error)
        sender = stanza.get("from", "")
        self.warnings.add("dropped", sender, f"something was lost that nobody can answer: {error}")


def _first(errors: ExceptionGroup[StorageError]) -> StorageError:
    """Return the first of them, however deep it is."""
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first
