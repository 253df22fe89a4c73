"""The contacts, their presence, and who asks to see ours."""

from collections.abc import Callable, Iterable

from backendd.api.records import Contact, Request
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.place import Place
from primitivus.model.roster.arrangement import Arrangement, own_name
from primitivus.model.wording.address import called

# From the most to the least reachable; an empty show is offline.
SHOWS = ("chat", "online", "away", "xa", "dnd", "")


class Roster:
    """Contact records by JID, and the open requests, oldest first.

    `place` makes an entry of the list of contacts, of a JID under a group.
    """

    def __init__(self, place: Callable[[str, str], Place]) -> None:
        self._contacts: dict[str, Contact] = {}
        self.arranged = Arrangement(place)
        # Another number where somebody came, went or has another name.
        self.naming = 0
        self.requests: dict[str, Request] = {}
        self._told_contacts: Meanwhile[Contact] = Meanwhile()
        self._told_requests: Meanwhile[Request] = Meanwhile()

    def get(self, jid: str) -> Contact | None:
        return self._contacts.get(jid)

    def __len__(self) -> int:
        return len(self._contacts)

    def jids(self) -> list[str]:
        return sorted(self._contacts)

    def listed(self) -> list[Contact]:
        """Return the contacts, those online first, then by name."""
        return [self._contacts[each.peer] for each in self.arranged.all.places()]

    def in_group(self, name: str) -> list[Contact]:
        """Return the contacts that are in a group, as they are listed."""
        group = self.arranged.groups.get(name)
        return [self._contacts[each.peer] for each in group.places()] if group is not None else []

    def name(self, jid: str) -> str:
        """Return what to call the owner of `jid`: their name, else their nickname, or a part."""
        contact = self._contacts.get(jid)
        if contact is not None and (name := own_name(contact)):
            return name
        return called(jid)

    def show(self, jid: str) -> str:
        contact = self._contacts.get(jid)
        return contact.show if contact is not None else ""

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._told_contacts.begin()
        self._told_requests.begin()

    def reset(self, contacts: Iterable[Contact], requests: Iterable[Request]) -> None:
        """Replace all by a fresh snapshot, but keep what is held in a higher revision."""
        held = self._contacts
        self._contacts = {}
        for record in contacts:
            old = held.get(record.jid)
            is_newer = old is not None and old.revision > record.revision
            self._contacts[record.jid] = old if old is not None and is_newer else record
        self._told_contacts.settle(self._contacts)
        for jid in held.keys() | self._contacts.keys():
            self.arranged.move(held.get(jid), self._contacts.get(jid))
        self.requests = {request.jid: request for request in requests}
        self._told_requests.settle(self.requests)
        self.naming += 1

    def merge(self, contacts: Iterable[Contact]) -> list[tuple[Contact, Contact]]:
        """Take records in, each unless a higher revision is held.

        Returns what was held and is now held of contacts that were known before.
        """
        known = []
        for record in contacts:
            old = self._contacts.get(record.jid)
            if old is None or record.revision >= old.revision:
                self._contacts[record.jid] = record
                self.arranged.move(old, record)
                self._told_contacts.told(record.jid, record)
                self.naming += old is None or own_name(old) != own_name(record)
                if old is not None:
                    known.append((old, record))
        return known

    def remove(self, jids: Iterable[str]) -> None:
        for jid in jids:
            self.arranged.move(self._contacts.pop(jid, None), None)
            self._told_contacts.told(jid, None)
        self.naming += 1

    def merge_requests(self, requests: Iterable[Request], gone: Iterable[str]) -> list[Request]:
        """Take requests in and settled ones out; return those that are new."""
        fresh = []
        for request in requests:
            if request.jid not in self.requests:
                fresh.append(request)
            self.requests[request.jid] = request
            self._told_requests.told(request.jid, request)
        for jid in gone:
            self.requests.pop(jid, None)
            self._told_requests.told(jid, None)
        return fresh


def idle_since(contact: Contact) -> int:
    """Return since when nobody uses any client of a contact, 0 where somebody may."""
    since = [each.idle_since for each in contact.resources]
    return max(since) if since and all(since) else 0
