"""The contacts of an account as they are listed: who asks first, then those in groups."""

from collections.abc import Callable

from backendd.api.records import Contact
from primitivus.model.place import Place
from primitivus.model.roster import Roster


class ContactListing:
    """The entries, made anew only where they are different: they are asked for each frame.

    `place` makes an entry, of a JID under a group; without a JID it is the heading of that.
    """

    def __init__(self, roster: Roster, place: Callable[[str, str], Place]) -> None:
        # The groups of which only the heading shows.
        self.folded: set[str] = set()
        self._roster = roster
        self._place = place
        self._made_of: list[Contact] = []
        self._made_as: tuple[object, ...] = ()
        self._places: list[Place] = []

    def places(self, *, offline: bool, groups: bool) -> list[Place]:
        """Return the entries; with `groups` those in some stand under the heading of each."""
        listed, requests = self._roster.listed(), self._roster.requests
        made_as = (tuple(requests), frozenset(self.folded), offline, groups)
        if listed is not self._made_of or made_as != self._made_as:
            wanted = [
                each for each in listed if (offline or each.show) and each.jid not in requests
            ]
            alone = [each.jid for each in wanted if not (groups and each.groups)]
            self._places = [self._place(jid, "") for jid in (*requests, *alone)]
            if groups:
                self._places += self._grouped(wanted)
            self._made_of, self._made_as = listed, made_as
        return self._places

    def _grouped(self, contacts: list[Contact]) -> list[Place]:
        grouped: dict[str, list[str]] = {}
        for each in contacts:
            for group in each.groups:
                grouped.setdefault(group, []).append(each.jid)
        places = []
        for group in sorted(grouped, key=str.casefold):
            places.append(self._place("", group))
            if group not in self.folded:
                places += [self._place(jid, group) for jid in grouped[group]]
        return places
