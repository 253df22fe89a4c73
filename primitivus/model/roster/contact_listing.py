"""The contacts of an account as they are listed: who asks first, then those in groups."""

from collections.abc import Callable, Sequence

from primitivus.model.place import Place
from primitivus.model.roster.arrangement import Group
from primitivus.model.roster.roster import Roster


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

    def places(self, *, offline: bool, groups: bool) -> list[Place]:
        """Return the entries; with `groups` those in some stand under the heading of each."""
        arranged, requests = self._roster.arranged, self._roster.requests
        made_as = (arranged.version, tuple(requests), frozenset(self.folded), offline, groups)
        if made_as != self._made_as:
            asking = [self._place(jid, "") for jid in requests]
            others = arranged.alone if groups else arranged.all
            self._places = [*asking, *self._shown(others, offline=offline)]
            if groups:
                self._places += self._grouped(offline=offline)
            self._made_as = made_as
        return self._places

    def _grouped(self, *, offline: bool) -> list[Place]:
        groups, places = self._roster.arranged.groups, []
        for name in sorted(groups, key=str.casefold):
            shown = self._shown(groups[name], offline=offline)
            if shown:
                places.append(self._place("", name))
            if name not in self.folded:
                places += shown
        return places

    def _shown(self, group: Group, *, offline: bool) -> Sequence[Place]:
        """Return the entries of a group but of those who ask, who stand above all."""
        places = group.places(offline=offline)
        asking = {jid for jid in self._roster.requests if self._roster.get(jid) is not None}
        return [each for each in places if each.peer not in asking] if asking else places
