"""Who is in a room, in the order in which they are listed."""

from collections.abc import Callable, Iterable, Sequence

from backendd.api.records import Occupant
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.place import Place
from primitivus.model.roster.ordered import Key, Ordered
from primitivus.model.wording.lookalikes import Lookalikes
from primitivus.sentences import tr

# From those who decide most in a room to those who only listen, and what many of them are called.
GROUPS = (tr("Owners"), tr("Admins"), tr("Moderators"), tr("Participants"), tr("Visitors"))
_BY_AFFILIATION = {"owner": 0, "admin": 1}
_BY_ROLE = {"moderator": 2, "participant": 3, "visitor": 4}


def group(occupant: Occupant) -> int:
    """Return the place in GROUPS of what somebody is in a room."""
    by_role = _BY_ROLE.get(occupant.role, len(GROUPS) - 1)
    return _BY_AFFILIATION.get(occupant.affiliation, by_role)


class Occupants:
    """Occupants by nick, as they are told page by page; what signals tell meanwhile wins."""

    def __init__(self, place: Callable[[str], Place]) -> None:
        self._place = place
        self._by_nick: dict[str, Occupant] = {}
        self._ordered: Ordered[Place] = Ordered()
        self._alike = Lookalikes()
        self._meanwhile: Meanwhile[Occupant] = Meanwhile()
        self._meanwhile.begin()
        # Whether the last page of them is here.
        self.are_all = False

    def __len__(self) -> int:
        return len(self._by_nick)

    def get(self, nick: str) -> Occupant | None:
        return self._by_nick.get(nick)

    @property
    def alike(self) -> frozenset[str]:
        """Return the nicks that one could take for others that are there."""
        return self._alike.names

    def like(self, nick: str) -> Sequence[str]:
        """Return which others one could take for this nick."""
        return self._alike.of(nick)

    def nicks(self) -> Iterable[str]:
        return self._by_nick

    def listed(self) -> Sequence[Place]:
        """Return all by group and nick; the same list until somebody comes, goes or changes."""
        return self._ordered.listed()

    def add(self, page: Iterable[Occupant]) -> None:
        """Take a page of them in."""
        found = {each.nick: each for each in page}
        self._meanwhile.overrule(found)
        for each in found.values():
            self._put(each)

    def settle(self) -> None:
        """Note that the last page is here."""
        self._meanwhile.settle({})
        self.are_all = True

    def tell(self, changed: Iterable[Occupant], left: Iterable[str]) -> None:
        """Take in who has left, who came and who is another now."""
        for nick in left:
            known = self._by_nick.pop(nick, None)
            if known is not None:
                self._ordered.remove(_key(known))
                self._alike.remove(nick)
            self._meanwhile.told(nick, None)
        for each in changed:
            self._put(each)
            self._meanwhile.told(each.nick, each)

    def _put(self, occupant: Occupant) -> None:
        nick, before = occupant.nick, self._by_nick.get(occupant.nick)
        self._by_nick[nick] = occupant
        if before is None:
            self._ordered.insert(_key(occupant), self._place(nick))
            self._alike.add(nick)
        elif group(before) != group(occupant):
            self._ordered.insert(_key(occupant), self._ordered.remove(_key(before)))


def _key(occupant: Occupant) -> Key:
    """Return what an occupant is sorted by: the place of the group, and the nick."""
    return group(occupant), occupant.nick.casefold(), occupant.nick
