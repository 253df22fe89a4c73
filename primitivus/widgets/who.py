"""How it stands with whom one talks, by what the conversation is: in words, and as a sign."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from backendd.api.words import Kind
from primitivus.model.account import Account
from primitivus.model.place import Place
from primitivus.widgets.scene import Scene


class Standing(NamedTuple):
    """A word for how it stands with somebody, what they say of it, and how reachable they are."""

    word: str = ""
    said: str = ""
    show: str = ""


def standing(scene: Scene, place: Place) -> Standing:
    """Return how it stands; nothing where one is offline, and knows nothing of the others."""
    account = scene.state.at(place)
    if account.profile.state != "online" or not scene.state.is_attached:
        return Standing()
    return _of(account, place.peer)


def sign(scene: Scene, place: Place) -> tuple[str, str]:
    """Return the style and the sign of how reachable they are."""
    return scene.presence(_of(scene.state.at(place), place.peer).show)


def _of(account: Account, peer: str) -> Standing:
    if account.blocked.entry(peer):
        return Standing("blocked")
    tell = KINDS.get(account.conversation(peer).kind)
    return tell(account, peer) if tell is not None else Standing()


def _contact(account: Account, peer: str) -> Standing:
    contact = account.roster.get(peer)
    if contact is None:
        return Standing()
    if contact.show:
        return Standing(contact.show, contact.status, contact.show)
    if contact.subscription in ("to", "both"):
        return Standing("offline", contact.status)
    return Standing("asked for presence" if contact.ask else "presence unknown", contact.status)


KINDS: Mapping[Kind, Callable[[Account, str], Standing]] = {"chat": _contact}
"""Who knows how it stands, by the kind of the conversation."""
