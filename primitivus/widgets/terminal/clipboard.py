"""The clipboard, as far as one can be reached from a terminal."""

import base64
from collections.abc import Mapping

from primitivus.commands.errors import CommandError
from primitivus.sentences import tr
from primitivus.widgets.terminal.multiplexers import past_screen
from primitivus.widgets.terminal.questions import can_be_asked


def sequence(text: str, term: str, environ: Mapping[str, str]) -> str:
    """Return what gives `text` to the terminal for its clipboard (OSC 52).

    CommandError if this terminal would print it.
    """
    if not can_be_asked(term):
        raise CommandError(tr("this terminal has no clipboard"))
    data = base64.b64encode(text.encode("utf-8", "replace")).decode()
    # tmux takes it, and hands it on by itself.
    return past_screen(f"\x1b]52;c;{data}\x07", environ)
