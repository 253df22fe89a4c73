"""What is used of urwid: its display, without its widgets, which take longer to load than that."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from types import ModuleType


def _leave_the_rest() -> None:
    """Have the package there without running its own file, which imports every part of it.

    Parts can be imported as ever; what only that file knows, such as `urwid.Text`, is not there.
    """
    spec = find_spec("urwid")
    assert spec is not None
    sys.modules["urwid"] = module_from_spec(spec)


@contextmanager
def _stand_ins() -> Iterator[None]:
    """Have little ones for what takes a quarter of the time, and of which it uses next to nothing.

    It asks once what system this is, for Windows' Linux has that in the name of its release, and
    marks what is deprecated for who checks types.
    """
    stand_ins = [ModuleType("platform"), ModuleType("typing_extensions")]
    stand_ins[0].platform = lambda: os.uname().release  # type: ignore[attr-defined]
    stand_ins[1].deprecated = lambda *_, **__: lambda marked: marked  # type: ignore[attr-defined]
    used = [each for each in stand_ins if sys.modules.setdefault(each.__name__, each) is each]
    try:
        yield
    finally:
        for each in used:
            del sys.modules[each.__name__]


if "urwid" not in sys.modules:
    _leave_the_rest()

with _stand_ins():
    from urwid import signals
    from urwid.display import escape
    from urwid.display.common import INPUT_DESCRIPTORS_CHANGED, AttrSpec, InputClosedError
    from urwid.display.raw import Screen as RawScreen
    from urwid.util import LayeredAttr, get_encoding

__all__ = [
    "INPUT_DESCRIPTORS_CHANGED",
    "AttrSpec",
    "InputClosedError",
    "LayeredAttr",
    "RawScreen",
    "escape",
    "get_encoding",
    "signals",
]
