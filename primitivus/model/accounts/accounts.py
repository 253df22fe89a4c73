"""All accounts: what goes through the conversations and contacts of each."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from backendd.api.records import Conversation
from primitivus.model.accounts.account import Account
from primitivus.model.messages.conversations import waits, worth_a_notice
from primitivus.model.messages.mentions import mentions
from primitivus.model.place import NOWHERE, Place


class Accounts(Mapping[str, Account]):
    """The attached profiles by name, in the order of their names."""

    def __init__(self) -> None:
        self._by_name: dict[str, Account] = {}
        # Stands for one that is gone, or before there is any.
        self._nobody = Account()
        # Where one was when one left the program, if one is to be there again.
        self.last = NOWHERE

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
            if name == self.last.account:
                self._by_name[name].left_at = self.last.peer
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

    def listed_contacts(self, *, offline: bool, groups: bool, wanted: str) -> list[Place]:
        """Return the entries of the contacts pane, as those of conversations.

        An account that has none of who is `wanted` has no entry either.
        """
        return self._listed(
            lambda account: account.contacts.places(offline=offline, groups=groups, wanted=wanted),
            is_narrow=bool(wanted),
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
        """Return the next conversation with something unread, in the order of what is noticed.

        Those that speak to the user come first, then others that are counted; those of which the
        user wants to notice other messages alone come last, and muted ones never.
        """
        places = self.conversations()
        start = places.index(after) + 1 if after in places else 0
        round_trip = [each for each in places[start:] + places[:start] if each != after]
        records = [(each, self.at(each).conversation(each.peer)) for each in round_trip]
        waiting = [pair for pair in records if waits(pair[1]) and not self._is_through(*pair)]
        mentioned = [each for each, record in waiting if mentions(record)]
        counted = [each for each, record in waiting if worth_a_notice(record)]
        return (*mentioned[:1], *counted[:1], *(each for each, _ in waiting), NOWHERE)[0]

    def has_muted_unread(self) -> bool:
        """Return whether something is unread that is in no count, for it is muted."""
        records = (self.at(each).conversation(each.peer) for each in self.conversations())
        return any(record.unread and not waits(record) for record in records)

    def _is_through(self, place: Place, record: Conversation) -> bool:
        """Return whether all of a conversation was seen, and only isn't told yet to be read."""
        chat = self.at(place).chats.get(place.peer)
        return chat is not None and record.last is not None and chat.marked_to == record.last.id

    def _listed(
        self, places: Callable[[Account], Iterable[Place]], *, is_narrow: bool = False
    ) -> list[Place]:
        listed: list[Place] = []
        for each in self._by_name.values():
            found = [] if each.is_locked else list(places(each))
            if len(self) > 1 and (found or not is_narrow):
                listed.append(each.place(""))
            listed.extend(found)
        return listed
