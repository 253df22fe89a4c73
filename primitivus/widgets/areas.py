"""How the screen is divided: which panes show, how wide and how high everything is."""

from dataclasses import dataclass

from primitivus.config import Settings
from primitivus.model.view import Pane

# The least that can be used: a bar, some of the messages, the status line and the input.
MIN_COLUMNS, MIN_ROWS = 16, 4
# From here on the lists stand beside the messages; below, one pane has all of the width.
SIDE_FROM, BOTH_FROM = 60, 100
# How wide the list of conversations is, and how wide where messages leave columns unused.
LIST_COLUMNS, LIST_COLUMNS_SPARE = (14, 24), 48
CONTACT_COLUMNS = 28
# Below this height what pops up covers all but the input.
POPUP_FROM = 14
MAX_INPUT_ROWS = 5
MAX_BANNER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Panes:
    """How wide what is between the bar and the status line is; 0: it is not there."""

    conversations: int
    messages: int
    contacts: int


def panes(settings: Settings, focus: Pane, columns: int) -> Panes:
    """Return which panes show at this width; the focused one always does."""
    if columns < SIDE_FROM:
        if focus == "conversations":
            return Panes(columns, 0, 0)
        return Panes(0, 0, columns) if focus == "contacts" else Panes(0, columns, 0)
    right = min(CONTACT_COLUMNS, columns // 4) if settings.contacts else 0
    left = _list_columns(settings, columns - right) if settings.conversations else 0
    if left and right and columns < BOTH_FROM:
        left, right = (left, 0) if focus == "conversations" else (0, right)
    borders = bool(left) + bool(right)
    return Panes(left, columns - left - right - borders, right)


def message_columns(settings: Settings, columns: int) -> int:
    """Return how wide messages are in a pane of this width."""
    return min(columns, max(MIN_COLUMNS, settings.message_columns or columns))


def _list_columns(settings: Settings, columns: int) -> int:
    least, most = LIST_COLUMNS
    usual = max(least, min(most, columns // 5))
    spare = columns - settings.message_columns - 2 if settings.message_columns else 0
    return max(usual, min(LIST_COLUMNS_SPARE, spare))


@dataclass(frozen=True, slots=True)
class Heights:
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
