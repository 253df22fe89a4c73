"""Where contacts stand: all of them, and those in each group."""

from collections.abc import Callable, Sequence

from backendd.api.records import Contact
from primitivus.model.place import Place
from primitivus.model.roster.ordered import Key, Ordered
from primitivus.model.wording.address import called

# What the first of those who are offline would have.
_OFFLINE: Key = (True,)


class Group:
    """Contacts as they are listed: those online first, then by name."""

    def __init__(self) -> None:
        self.ordered: Ordered[Place] = Ordered()

    def __len__(self) -> int:
        return len(self.ordered)

    @property
    def online(self) -> int:
        """How many are online."""
        return self.ordered.before(_OFFLINE)

    def places(self, *, offline: bool = True) -> Sequence[Place]:
        """Return the entries, also of those who are offline if they are wanted."""
        listed = self.ordered.listed()
        return listed if offline else listed[: self.online]


class Arrangement:
    """The contacts in order, whoever is another now; `place` makes an entry of a JID in a group."""

    def __init__(self, place: Callable[[str, str], Place]) -> None:
        # Another number where somebody stands elsewhere.
        self.version = 0
        self.all = Group()
        # Those who are in no group.
        self.alone = Group()
        self.groups: dict[str, Group] = {}
        self._place = place

    def move(self, before: Contact | None, now: Contact | None) -> None:
        """Have a contact stand where it belongs as it is now, and no longer as it was."""
        was, belongs = _stand(before), _stand(now)
        if was == belongs:
            return
        self.version += 1
        if before is not None:
            self._remove(_key(before), before.groups)
        if now is not None:
            self._insert(now.jid, _key(now), now.groups)

    def _insert(self, jid: str, key: Key, groups: Sequence[str]) -> None:
        self.all.ordered.insert(key, self._place(jid, ""))
        if not groups:
            self.alone.ordered.insert(key, self._place(jid, ""))
        for each in set(groups):
            group = self.groups.setdefault(each, Group())
            group.ordered.insert(key, self._place(jid, each))

    def _remove(self, key: Key, groups: Sequence[str]) -> None:
        self.all.ordered.remove(key)
        if not groups:
            self.alone.ordered.remove(key)
        for each in set(groups):
            self.groups[each].ordered.remove(key)
            if not self.groups[each]:
                del self.groups[each]


def own_name(contact: Contact) -> str:
    """Return the name that a contact was given, else the one it gives itself, if any."""
    return contact.name or str(contact.more.get("nickname", ""))


def _key(contact: Contact) -> Key:
    name = own_name(contact) or called(contact.jid)
    return contact.show == "", name.lower(), contact.jid


def _stand(contact: Contact | None) -> tuple[Key, frozenset[str]] | None:
    return (_key(contact), frozenset(contact.groups)) if contact is not None else None
