"""The list of what completes a message while it is being written."""

from collections.abc import Callable

from primitivus.commands.arguments import emojis
from primitivus.commands.line import complete
from primitivus.commands.line.complete import Completion, Written
from primitivus.commands.rooms import occupants

COMPLETERS: tuple[Callable[[Written], Completion | None], ...] = (
    complete.complete_command,
    emojis.complete,
    occupants.complete_nick,
)
"""Each says what may stand at the cursor instead; the first that knows something is asked."""


def complete_written(written: Written) -> Completion:
    """Return how a message that is being written can go on."""
    for each in COMPLETERS:
        found = each(written)
        if found is not None and found.candidates:
            return found
    return written.instead(written.cursor, ())
