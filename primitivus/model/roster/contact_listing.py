"""The contacts of an account as they are listed: who asks first, then those in groups."""

from collections.abc import Callable, Sequence

from backendd.api.tuples import NamedTuple
from primitivus.model.place import Place
from primitivus.model.roster.arrangement import Group, own_name
from primitivus.model.roster.roster import Roster
from primitivus.model.wording.address import with_meaning


class _Look(NamedTuple):
    """Whether those who are offline show, and what their names are to have in them."""

    offline: bool
    wanted: str


class ContactListing:
    """The entries, made anew only where they are different: they are asked for each frame.

    `place` makes an entry, of a JID under a group; without a JID it is the heading of that.
    """

    def __init__(self, roster: Roster, place: Callable[[str, str], Place]) -> None:
        # The groups of which only the heading shows.
        self.folded: set[str] = set()
        self._roster = roster
        self._place = place
        self._made_as: tuple[object, ...] = ()
        self._places: list[Place] = []

    def places(self, *, offline: bool, groups: bool, wanted: str = "") -> list[Place]:
        """Return the entries; with `groups` those in some stand under the heading of each.

        What is `wanted` is looked for in the names and addresses of all, and alone those show.
        """
        arranged, requests = self._roster.arranged, self._roster.requests
        folded = frozenset(self.folded)
        made_as = (arranged.version, tuple(requests), folded, offline, groups, wanted)
        if made_as != self._made_as:
            look = _Look(offline=offline or bool(wanted), wanted=wanted.casefold())
            asking = [self._place(jid, "") for jid in requests if self._fits(jid, look)]
            others = arranged.alone if groups else arranged.all
            self._places = [*asking, *self._shown(others, look)]
            if groups:
                self._places += self._grouped(look)
            self._made_as = made_as
        return self._places

    def _grouped(self, look: _Look) -> list[Place]:
        groups, places = self._roster.arranged.groups, []
        for name in sorted(groups, key=str.casefold):
            shown = self._shown(groups[name], look)
            if shown:
                places.append(self._place("", name))
            if name not in self.folded or look.wanted:
                places += shown
        return places

    def _shown(self, group: Group, look: _Look) -> Sequence[Place]:
        """Return the entries of a group but of those who ask, who stand above all."""
        places = group.places(offline=look.offline)
        if look.wanted:
            places = [each for each in places if self._fits(each.peer, look)]
        asking = {jid for jid in self._roster.requests if self._roster.get(jid) is not None}
        return [each for each in places if each.peer not in asking] if asking else places

    def _fits(self, jid: str, look: _Look) -> bool:
        """Return whether what is wanted is in the name or the address of somebody."""
        contact, request = self._roster.get(jid), self._roster.requests.get(jid)
        name = own_name(contact) if contact is not None else ""
        nickname = request.nickname if request is not None else ""
        return look.wanted in f"{name}\n{nickname}\n{with_meaning(jid)}".casefold()
