"""What a message was reacted to with, below it."""

from backendd.api.records import Message
from primitivus.model.messages.reactions import Reaction, reactions
from primitivus.model.wording import emojis
from primitivus.model.wording.address import occupant
from primitivus.widgets.drawing.cells import Row, printable, single_line
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.look import Look

# So many are called by name, more are counted only.
_NAMED = 3


def rows(message: Message, look: Look, columns: int) -> list[Row]:
    """Return the rows of the reactions to a message; none where there are none."""
    found = reactions(message)
    if not found:
        return []
    text, runs = "", []
    for each in found:
        said = _said(each, message, look)
        text += f"{said}  "
        runs += [("reaction.own" if each.is_ours else "reaction", len(said)), ("reaction", 2)]
    return wrap_runs(text.rstrip(), [*runs[:-1]], max(2, columns))


def _said(reaction: Reaction, message: Message, look: Look) -> str:
    """Return an emoji with who used it: a number where there are several, and names of few."""
    names = [_name(who, message, look) for who in reaction.others]
    names += [look.own_name] * reaction.is_ours
    count = f" {len(names)}" if len(names) > 1 else ""
    told = " " + ", ".join(names) if len(names) <= _NAMED else ""
    sign = f" {look.symbols.pending}" if reaction.is_pending else ""
    return f"{_emoji(reaction.emoji, look)}{count}{told}{sign}"


def _emoji(emoji: str, look: Look) -> str:
    return f":{emojis.name(emoji)}:" if look.symbols.are_ascii else printable(emoji)


def _name(who: str, message: Message, look: Look) -> str:
    return look.peer_name if who == message.peer else single_line(occupant(who)[1] or who)
