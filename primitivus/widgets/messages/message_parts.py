"""What stands with the text of a message: above it, below it, and signs beside its first row.

Each is a function in one of these lists, in their order; a feature adds its own. What a message
brings is hidden with its text.
"""

from collections.abc import Callable, Iterator, Sequence

from backendd.api.records import Message
from backendd.api.tuples import NamedTuple
from primitivus.failures import reason
from primitivus.model.messages.message import what_helps
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, clip, single_line, width
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages import attachments, days, reactions, replies
from primitivus.widgets.messages.look import Look

Rows = Callable[[Message, Look, int], Sequence[Row]]
"""Returns rows of at most so many columns; none where there is nothing to say."""

Bring = Callable[[Message, Look, int, attachments.Moved], attachments.Brought]
"""Returns such rows of what comes by itself, and is told how far."""


class Sign(NamedTuple):
    """A sign at the right edge, and the columns kept for it, so that no text moves."""

    style: str
    text: str
    columns: int


def _state(message: Message, look: Look) -> Sign | None:
    """Return how far a message of ours got."""
    if message.direction != "out" or not message.state:
        return None
    return Sign(f"state.{message.state}", look.symbols.of(message.state), look.state_columns)


def _edited(message: Message, look: Look) -> Sign | None:
    """Return that a message said something else before."""
    if not message.more.get("edited"):
        return None
    waits = f" {look.symbols.pending}" if message.more.get("edited_pending") else ""
    text = tr("edited") + waits
    return Sign("message.info", text, width(text))


def below(
    message: Message,
    look: Look,
    columns: int,
    moved: attachments.Moved,
    *,
    fails_as_next: bool = False,
) -> Iterator[Row]:
    """Yield all that stands below a message: what features say of it, and why it was not sent.

    Where it `fails_as_next` that stands below the next one.
    """
    for rows in BELOW:
        yield from rows(message, look, columns)
    yield from _failure(message, look, columns, moved, fails_as_next=fails_as_next)


def _failure(
    message: Message, look: Look, columns: int, moved: attachments.Moved, *, fails_as_next: bool
) -> Sequence[Row]:
    if message.state != "failed":
        return []
    if fails_as_next:
        return [
            (("message.error", clip(tr("not sent, as below"), columns, look.symbols.ellipsis)),)
        ]
    why = single_line(reason(message.error)).rstrip(".") or tr("it could not be sent")
    text = tr("not sent: {why} ({helps})", why=why, helps=what_helps(message, moved.values()))
    return wrap_runs(text, [("message.error", len(text))], columns)


ABOVE: tuple[Rows, ...] = (days.claim, replies.rows)
BROUGHT: tuple[Bring, ...] = (attachments.rows,)
BELOW: tuple[Rows, ...] = (reactions.rows,)
SIGNS: tuple[Callable[[Message, Look], Sign | None], ...] = (_edited, _state)
