"""What is used of urwid: its display, without its widgets, which take longer to load than that."""

import sys
from importlib.util import find_spec, module_from_spec


def _leave_the_rest() -> None:
    """Have the package there without running its own file, which imports every part of it.

    Parts can be imported as ever; what only that file knows, such as `urwid.Text`, is not there.
    """
    spec = find_spec("urwid")
    assert spec is not None
    sys.modules["urwid"] = module_from_spec(spec)


if "urwid" not in sys.modules:
    _leave_the_rest()

from urwid import signals  # noqa: E402 - not before it is as we want it
from urwid.display import escape  # noqa: E402
from urwid.display.common import (  # noqa: E402
    INPUT_DESCRIPTORS_CHANGED,
    AttrSpec,
    InputClosedError,
)
from urwid.display.raw import Screen as RawScreen  # noqa: E402
from urwid.util import get_encoding  # noqa: E402

__all__ = [
    "INPUT_DESCRIPTORS_CHANGED",
    "AttrSpec",
    "InputClosedError",
    "RawScreen",
    "escape",
    "get_encoding",
    "signals",
]
