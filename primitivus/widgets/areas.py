"""How high what stands above and below the panes is, and how wide messages get."""

from backendd.api.values import Value
from primitivus.config import Settings

# The least that can be used: a bar, some of the messages, the status line and the input.
MIN_COLUMNS, MIN_ROWS = 16, 4
# Below this height what pops up covers all but the input.
POPUP_FROM = 14
MAX_INPUT_ROWS = 5
MAX_BANNER_ROWS = 3


def message_columns(settings: Settings, columns: int) -> int:
    """Return how wide messages are in a pane of this width."""
    return min(columns, max(MIN_COLUMNS, settings.message_columns or columns))


class Heights(Value):
    """How many rows each part of the screen may take; the panes have what is left."""

    bar: int
    banner: int
    status: int
    input: int


def heights(rows: int, banner: int, input_rows: int) -> Heights:
    """Return how to divide `rows`, with so many rows wanted for the banner and the input.

    The panes and the status line keep a row each, then what is wrong is told before who it is
    with.
    """
    input_rows = max(1, min(input_rows, MAX_INPUT_ROWS, rows - 6))
    room = rows - input_rows - 2
    banner = min(banner, MAX_BANNER_ROWS, max(1, room - 1))
    bar = 1 if room > banner else 0
    return Heights(bar, banner, room - bar - banner + 1, input_rows)
