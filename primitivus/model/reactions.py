"""The reactions of a message: what its record says of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from backendd.api.records import Message
from primitivus.model.emojis import plain


class Reaction(NamedTuple):
    """An emoji, and who reacted with it besides us, if we did; `is_pending`: nobody knows yet."""

    emoji: str
    others: tuple[str, ...]
    is_ours: bool
    is_pending: bool = False


def reactions(message: Message, us: str = "") -> list[Reaction]:
    """Return what was reacted with, in the order of who did first.

    `us` is what we are in the room where it was said, by room and nick.
    """
    who_by_emoji = cast("Mapping[str, Sequence[str]]", message.more.get("reactions", {}))
    return [_reaction(message, emoji, who, us) for emoji, who in who_by_emoji.items()]


def _reaction(message: Message, emoji: str, who: Sequence[str], us: str) -> Reaction:
    others = tuple(each for each in who if not _is_ours(message, each, us))
    is_ours = len(others) < len(who)
    waiting = cast("Sequence[str]", message.more.get("reactions_pending", ()))
    is_pending = is_ours and plain(emoji) in map(plain, waiting)
    return Reaction(emoji, others, is_ours, is_pending)


def toggled(message: Message, emoji: str, us: str = "") -> list[str]:
    """Return our reactions with `emoji` among them, or without where it is there already."""
    ours = [each.emoji for each in reactions(message, us) if each.is_ours]
    rest = [each for each in ours if plain(each) != plain(emoji)]
    return rest if len(rest) < len(ours) else [*ours, emoji]


def _is_ours(message: Message, who: str, us: str) -> bool:
    if message.kind == "room":
        # Where nobody knows what we are there, rather none is ours than those of others, which
        # would be sent again as ours.
        return bool(us) and who == us
    # There are two in a conversation, whatever our own address is just now.
    return who != message.peer
