"""All accounts: what goes through the conversations and contacts of each."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from primitivus.model.account import Account
from primitivus.model.fuzzy import rank
from primitivus.model.mentions import mentions
from primitivus.model.place import NOWHERE, Place


class Accounts(Mapping[str, Account]):
    """The attached profiles by name, in the order of their names."""

    def __init__(self) -> None:
        self._by_name: dict[str, Account] = {}
        # Stands for one that is gone, or before there is any.
        self._nobody = Account()

    def __getitem__(self, name: str) -> Account:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def at(self, place: Place) -> Account:
        """Return the account that a place is in; a blank one for one that is gone."""
        return self._by_name.get(place.account, self._nobody)

    def make(self, name: str) -> Account:
        """Return the account called `name`, made when first asked for."""
        if name not in self._by_name:
            self._by_name[name] = Account()
            self._by_name = dict(sorted(self._by_name.items()))
        return self._by_name[name]

    def remove(self, name: str) -> Account:
        """Forget an account; return one that can take its place on the screen."""
        self._by_name.pop(name, None)
        return next(iter(self._by_name.values()), self._nobody)

    def opened(self) -> list[Account]:
        """Return those of which something may be shown."""
        return [each for each in self._by_name.values() if not each.is_locked]

    def told_apart(self, account: Account) -> str:
        """Return the name of an account where that has to be said: there are others."""
        return account.profile.name if len(self) > 1 else ""

    def has_namesake(self, place: Place) -> bool:
        """Return whether another account has a conversation with the same person."""
        here = self.at(place)
        return any(place.peer in each.conversations for each in self.opened() if each is not here)

    def conversations(self) -> list[Place]:
        """Return all conversations, in the order in which they are listed."""
        return [place for each in self.opened() for place in each.conversation_places()]

    def listed_conversations(self) -> list[Place]:
        """Return the entries of the list of conversations, from top to bottom.

        Where there are several accounts, each begins with one for itself, without a peer.
        """
        return self._listed(Account.conversation_places)

    def listed_contacts(self, *, offline: bool, groups: bool) -> list[Place]:
        """Return the entries of the contacts pane, as those of conversations."""
        return self._listed(lambda account: account.contacts.places(offline=offline, groups=groups))

    def matches(self, pattern: str) -> list[Place]:
        """Return the peers and contacts whose name or address fits some letters, best first."""
        return rank(
            pattern,
            (
                (each.place(jid), f"{each.name(jid)} {jid} {self.told_apart(each)}")
                for each in self.opened()
                for jid in each.peers_and_contacts()
            ),
        )

    def beside(self, place: Place, step: int) -> Place:
        """Return the conversation `step` places below (above, if negative), going round."""
        places = self.conversations()
        if not places:
            return NOWHERE
        if place not in places:
            return places[0 if step > 0 else -1]
        return places[(places.index(place) + step) % len(places)]

    def nearest(self, place: Place, gone: Container[Place]) -> Place:
        """Return the conversation to be in once some are `gone`: the one below, else above it.

        It is one of the same account, or nowhere in it: what is typed next goes out from it.
        """
        places = [each for each in self.conversations() if each.account == place.account]
        at = places.index(place) if place in places else 0
        left = (each for each in (*places[at:], *reversed(places[:at])) if each not in gone)
        return next(left, Place(place.account))

    def next_unread(self, after: Place) -> Place:
        """Return the next conversation with something unread, those with mentions first."""
        places = self.conversations()
        start = places.index(after) + 1 if after in places else 0
        round_trip = [each for each in places[start:] + places[:start] if each != after]
        records = [(each, self.at(each).conversation(each.peer)) for each in round_trip]
        waiting = [each for each, record in records if record.unread]
        mentioned = [each for each, record in records if mentions(record)]
        return (mentioned or waiting or [NOWHERE])[0]

    def _listed(self, places: Callable[[Account], Iterable[Place]]) -> list[Place]:
        listed: list[Place] = []
        for each in self._by_name.values():
            if len(self) > 1:
                listed.append(each.place(""))
            if not each.is_locked:
                listed.extend(places(each))
        return listed
