"""One attached profile: what is known of it, and what is kept of its conversations here."""

from collections.abc import Sequence
from typing import TypeVar, cast

from backendd.api.records import Conversation, Message
from primitivus.model.accounts.profile import Profile
from primitivus.model.messages.chat import Chat
from primitivus.model.messages.conversations import Conversations, blank
from primitivus.model.messages.message import nick_of
from primitivus.model.place import Place
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.roster.blocked import Blocked
from primitivus.model.roster.contact_listing import ContactListing
from primitivus.model.roster.namesakes import Namesakes
from primitivus.model.roster.roster import Roster
from primitivus.model.wording.address import called, occupant, with_meaning
from primitivus.sentences import tr

T = TypeVar("T")


class Account:
    """A profile of the backend as this frontend sees it."""

    def __init__(self) -> None:
        self.profile = Profile()
        self.conversations = Conversations()
        self.roster = Roster(self._kept)
        self.blocked = Blocked()
        self.contacts = ContactListing(self.roster, self._kept)
        self.chats: dict[str, Chat] = {}
        # Whether its owner has shown to be here, where that is asked for.
        self.is_open = False
        # Whether somebody has locked it, rather than that the backend began anew.
        self.is_shut = False
        # Whether all of it was told that is told by itself.
        self.is_filled = False
        # With whom one was talking when one was here last.
        self.left_at = ""
        # The services that were seen, and what they are called.
        self.services: dict[str, str] = {}
        # What was filled into forms that were left, by what each was for.
        self.filled: dict[str, dict[str, list[str]]] = {}
        # The highest message revision told so far: from here on `Changes` catches up.
        self.revision = 0
        self._of_features: dict[type, object] = {}
        self._namesakes = Namesakes()
        self._places: dict[tuple[str, str], Place] = {}
        # The conversations of which the places were made last, and those.
        self._listed: list[Conversation] = []
        self._listed_places: list[Place] = []

    def of(self, kind: type[T]) -> T:
        """Return what a feature keeps of it, an object of this class, made when first asked for.

        The feature's part of the account fills and empties it.
        """
        if kind not in self._of_features:
            self._of_features[kind] = kind()
        return cast("T", self._of_features[kind])

    @property
    def is_locked(self) -> bool:
        """Return whether nothing of it may be shown, whatever the backend itself would show."""
        return self.profile.is_locked or not self.is_open

    @property
    def is_withheld(self) -> bool:
        """Return whether it stays so: one that only began anew is back at once, and typed on in."""
        return self.is_locked and (self.profile.has_password or self.is_shut)

    @property
    def owner(self) -> str:
        """Return who has to be here for what is shown of it now to be seen, if somebody has."""
        return "" if self.is_locked else self.profile.name

    def why_locked(self) -> str:
        """Return a sentence that says so, and what opens it."""
        name = self.profile.name
        if self.profile.has_password:
            return tr("{name} is locked: :unlock {name} asks for its password", name=name)
        return tr("{name} is locked: :unlock {name} opens it", name=name)

    def place(self, peer: str) -> Place:
        """Return where the conversation with `peer` is on the screen."""
        return Place(self.profile.name, peer)

    def left_place(self) -> Place:
        """Return where one was here last, else the first conversation, if there is one."""
        peers = self.conversations.peers()
        return self.place(self.left_at if self.left_at in peers else "".join(peers[:1]))

    def chat_with(self, peer: str) -> Chat:
        """Return what is kept of the conversation with `peer`, made when first asked for."""
        if peer not in self.chats:
            self.chats[peer] = Chat(peer)
        return self.chats[peer]

    def conversation(self, peer: str) -> Conversation:
        return self.conversations.get(peer) or blank(peer)

    def name(self, peer: str) -> str:
        """Return what to call a peer: as its record or the roster says, or part of it."""
        record = self.conversations.get(peer)
        if record is not None and record.name:
            return record.name
        room = self.of(Rooms).get(peer)
        if room is not None and room.name:
            return room.name  # bookmarked, and never entered
        return self.roster.name(peer)

    def title(self, peer: str) -> str:
        """Return what to call a conversation: an occupant's with the room where they are."""
        room, nick = occupant(peer)
        is_alone = bool(nick) and self.conversation(peer).kind == "private"
        return (
            tr("{name} in {room}", name=self.name(peer), room=self.name(room))
            if is_alone
            else self.name(peer)
        )

    def author(self, message: Message) -> str:
        """Return what to call who wrote a message that isn't ours: in a room by nick."""
        return nick_of(message) or self.name(message.peer)

    def label(self, peer: str) -> str:
        """Return what to call a peer among others: with the address where others are called so."""
        name = self.title(peer)
        naming = self.roster.naming, self.conversations.naming
        self._namesakes.count(naming, self.peers_and_contacts, self.title)
        if not self._namesakes.has(name):
            return name
        return with_meaning(peer) if name == called(peer) else f"{name} {peer}"

    def conversation_places(self) -> Sequence[Place]:
        """Return the conversations in the order in which they are listed."""
        listed = self.conversations.listed()
        if listed is not self._listed:
            self._listed = listed
            self._listed_places = [self._kept(each.peer) for each in listed]
        return self._listed_places

    def occupant_places(self, room: Place) -> Sequence[Place]:
        """Return who is in a room in which we are, in the order in which they are listed."""
        return () if self.is_locked else self.of(Rooms).entries(room)

    def _kept(self, peer: str, group: str = "") -> Place:
        """Return a place as `place`, made but once: lists of thousands are asked for each frame."""
        place = self._places.get((peer, group))
        if place is None:
            made = Place(self.profile.name, peer, group)
            place = self._places[peer, group] = made
        return place

    def peers_and_contacts(self) -> list[str]:
        """Return all who are known: with whom one talks, then the other contacts."""
        others = [each.jid for each in self.roster.listed() if each.jid not in self.conversations]
        return [*self.conversations.peers(), *others]
