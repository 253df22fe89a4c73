"""One attached profile: what is known of it, and what is kept of its conversations here."""

from backendd.api.records import Conversation
from primitivus.model.address import local_part, with_meaning
from primitivus.model.chat import Chat
from primitivus.model.conversations import Conversations, blank
from primitivus.model.namesakes import Namesakes
from primitivus.model.place import Place
from primitivus.model.profile import Profile
from primitivus.model.roster import Roster


class Account:
    """A profile of the backend as this frontend sees it."""

    def __init__(self) -> None:
        self.profile = Profile()
        self.conversations = Conversations()
        self.roster = Roster()
        self.chats: dict[str, Chat] = {}
        # The highest message revision told so far: from here on `Changes` catches up.
        self.revision = 0
        self._namesakes = Namesakes()

    def place(self, peer: str) -> Place:
        """Return where the conversation with `peer` is on the screen."""
        return Place(self.profile.name, peer)

    def chat_with(self, peer: str) -> Chat:
        """Return what is kept of the conversation with `peer`, made when first asked for."""
        if peer not in self.chats:
            self.chats[peer] = Chat(peer)
        return self.chats[peer]

    def conversation(self, peer: str) -> Conversation:
        return self.conversations.get(peer) or blank(peer)

    def name(self, peer: str) -> str:
        """Return what to call a peer: the conversation's name, the roster's, or part of the JID."""
        record = self.conversations.get(peer)
        if record is not None and record.name:
            return record.name
        return self.roster.name(peer)

    def label(self, peer: str) -> str:
        """Return what to call a peer among others: with the address where others are called so."""
        name = self.name(peer)
        naming = self.roster.naming, self.conversations.naming
        self._namesakes.count(naming, self._peers_and_contacts, self.name)
        if not self._namesakes.has(name):
            return name
        return with_meaning(peer) if name == local_part(peer) else f"{name} {peer}"

    def listed_contacts(self, *, offline: bool) -> list[str]:
        """Return the JIDs in the contacts pane, from top to bottom: who asks, then contacts."""
        contacts = [
            each.jid
            for each in self.roster.listed()
            if (offline or each.show) and each.jid not in self.roster.requests
        ]
        return [*self.roster.requests, *contacts]

    def _peers_and_contacts(self) -> set[str]:
        return {*self.conversations.peers(), *self.roster.jids()}
