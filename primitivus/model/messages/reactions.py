"""The reactions of a message: what its record says of them."""

from collections.abc import Mapping, Sequence
from typing import cast

from backendd.api.records import Message
from backendd.api.tuples import NamedTuple
from primitivus.model.wording.emojis import plain


class Reaction(NamedTuple):
    """An emoji, and who reacted with it besides us, if we did; `is_pending`: nobody knows yet."""

    emoji: str
    others: tuple[str, ...]
    is_ours: bool
    is_pending: bool = False


def reactions(message: Message) -> list[Reaction]:
    """Return what was reacted with, in the order of who did first."""
    who_by_emoji = cast("Mapping[str, Sequence[str]]", message.more.get("reactions", {}))
    return [_reaction(message, emoji, who) for emoji, who in who_by_emoji.items()]


def _reaction(message: Message, emoji: str, who: Sequence[str]) -> Reaction:
    ours = cast("Mapping[str, str]", message.more.get("reactions_own", {}))
    others = list(who)
    is_ours = emoji in ours
    if is_ours and ours[emoji] in others:
        others.remove(ours[emoji])  # once: in a room somebody else may have our nick by now
    waiting = cast("Sequence[str]", message.more.get("reactions_pending", ()))
    is_pending = is_ours and plain(emoji) in map(plain, waiting)
    return Reaction(emoji, tuple(others), is_ours, is_pending)


def toggled(message: Message, emoji: str) -> list[str]:
    """Return our reactions with `emoji` among them, or without where it is there already."""
    ours = [each.emoji for each in reactions(message) if each.is_ours]
    rest = [each for each in ours if plain(each) != plain(emoji)]
    return rest if len(rest) < len(ours) else [*ours, emoji]
